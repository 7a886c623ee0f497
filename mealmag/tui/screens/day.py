"""One day: what is on each plate, and what it adds up to."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import DataTable, Footer, Static

from mealmag.nutrition.nutrients import BY_KEY
from mealmag.planning.plan import PlanDay, PlanTarget
from mealmag.tui.commands import APP, DAY, bindings
from mealmag.tui.figures import amount, magnesium_bar, nutrient_row, portions_table

_SIDE_BY_SIDE = 110
_COLUMNS = (("nutrient", 13), ("amount", 11), ("at least", 8), ("at most", 8), ("", 18))


class DayScreen(Screen[None]):
    """Portions by meal in household measures with their magnesium, and the day's nutrients."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(DAY, APP)]
    TITLE = "Day"
    HELP = (
        "The meals with their portions, in household measures and grams, each with its milligrams of "
        "magnesium; and the day's nutrients against floor and ceiling. Where the mean of all days "
        "counts and says otherwise than this day, that is said beside it. ≥ means that some portion "
        "has no published figure. Tab goes from one part to the other."
    )

    def __init__(
        self, days: Sequence[PlanDay], index: int, targets: Mapping[str, PlanTarget]
    ) -> None:
        super().__init__()
        self._days = days
        self._index = index
        self._targets = targets

    def compose(self) -> ComposeResult:
        yield Static(id="who")
        with Horizontal(id="day"):
            with VerticalScroll(id="meals"):
                yield Static(id="portions")
            yield DataTable[Text](id="nutrients", cursor_type="none")
        yield Footer()

    def on_mount(self) -> None:
        self._show()
        self.query_one("#meals").focus()

    def on_resize(self) -> None:
        self.query_one("#day").set_class(self.app.size.width < _SIDE_BY_SIDE, "narrow")

    def _show(self) -> None:
        day = self._days[self._index]
        title = Text(f"{day.date:%A %d %B} · ")
        title.append_text(magnesium_bar(day.magnesium))
        title.append(f" · {day.totals['energy_kcal']:,.0f} kcal")
        self.query_one("#who", Static).update(title)
        self.query_one("#portions", Static).update(portions_table(day))
        table = self.query_one("#nutrients", DataTable)
        table.clear(columns=True)
        for label, width in _COLUMNS:
            right = label.startswith("a")
            table.add_column(Text(label, justify="right" if right else "left"), width=width)
        for key, target in self._targets.items():
            table.add_row(*nutrient_row(key, self._days, self._index, target))
        if not self._targets:  # a search runs; its plan has no targets yet
            for key in sorted(day.totals, key=lambda key: key != "magnesium_mg"):
                table.add_row(Text(BY_KEY[key].name), amount(key, day))
        self.query_one("#meals").scroll_home(animate=False)

    def action_back(self) -> None:
        self.dismiss()

    def action_turn(self, step: int) -> None:
        """Go to a neighbouring day, round the week."""
        self._index = (self._index + step) % len(self._days)
        self._show()

    def action_scroll(self, step: int) -> None:
        """Scroll the portions."""
        self.query_one("#meals").scroll_relative(y=step, animate=False)
