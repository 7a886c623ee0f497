"""The days of a plan as rows: date, magnesium against its target, energy, dishes."""

import textwrap
from collections.abc import Sequence

from rich.text import Text
from textual.widgets import DataTable

from mealmag.catalogue.dish import Meal
from mealmag.planning.plan import PlanDay
from mealmag.tui.figures import magnesium_bar

_WIDE = 110  # columns from which every meal has one of its own
_TALL = 36  # lines from which a name may take three
_LEAST = 12  # narrower than this a dish has no name any more
_EDGES = 2  # a cell's padding, left and right


class WeekTable(DataTable[Text]):
    """Narrow terminals see the dinner only; below the table stand the dishes of the chosen day."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, cursor_type="row", zebra_stripes=True)
        self._days: Sequence[PlanDay] = ()

    def show(self, days: Sequence[PlanDay]) -> None:
        """Draw these days; the cursor stays on its row."""
        self._days = days
        self._draw()

    @property
    def chosen(self) -> int:
        """The row under the cursor."""
        return max(0, min(self.cursor_row, len(self._days) - 1))

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        row = self.chosen
        size = self.app.size
        wide = size.width >= _WIDE
        bars = [magnesium_bar(day.magnesium) for day in self._days]
        fixed = {
            "day": 10,
            "magnesium from food": max(19, *(bar.cell_len for bar in bars)) if bars else 19,
            "kcal": 5,
        }
        meals = self._meals() if wide else [str(Meal.DINNER)]
        left = size.width - sum(width + _EDGES for width in fixed.values())
        room = left // max(1, len(meals)) - _EDGES
        self.clear(columns=True)
        for label, width in fixed.items():
            self.add_column(
                Text(label, justify="right" if label == "kcal" else "left"), width=width
            )
        for meal in meals if room >= _LEAST else ():
            self.add_column(meal, width=room)
        most = (3 if size.height >= _TALL else 2) if wide else 1
        for day, bar in zip(self._days, bars, strict=True):
            names = {str(meal.meal): meal.name for meal in day.meals}
            dishes = [_fit(names.get(meal, "–"), room, most) for meal in meals]
            self.add_row(
                Text(f"{day.date:%a %d %b}"),
                bar,
                Text(f"{day.totals['energy_kcal']:,.0f}", justify="right"),
                *(dishes if room >= _LEAST else ()),
                height=max(len(dish.plain.splitlines()) for dish in dishes),
            )
        self.move_cursor(row=row)

    def _meals(self) -> list[str]:
        served = {str(meal.meal) for day in self._days for meal in day.meals}
        return [str(meal) for meal in Meal if meal in served]


def _fit(name: str, width: int, lines: int) -> Text:
    """The name in at most so many lines, with … where something is missing."""
    found = textwrap.wrap(name, max(_LEAST, width), max_lines=lines, placeholder=" …")
    return Text("\n".join(found) or "–")
