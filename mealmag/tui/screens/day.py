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
from mealmag.tui.figures import magnesium_bar, nutrient_row, portions_table


class DayScreen(Screen[None]):
    """Portions by meal in household measures with their magnesium, and the day's nutrients."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(DAY, APP)]
    TITLE = "Day"
    HELP = (
        "Left: each meal with its portions, in measures and grams, and the magnesium of each. Right "
        "(or below): the day's nutrients against floor and ceiling. For most nutrients the mean of the "
        "week counts, not the single day."
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
            yield DataTable(id="nutrients", cursor_type="none")
        yield Footer()

    def on_mount(self) -> None:
        self._show()
        self.query_one("#meals").focus()

    def on_resize(self) -> None:
        self.query_one("#day").set_class(self.app.size.width < 110, "narrow")

    def _show(self) -> None:
        day = self._days[self._index]
        title = Text(f"{day.date:%A %d %B} · ")
        title.append_text(magnesium_bar(day.magnesium))
        self.query_one("#who", Static).update(title)
        self.query_one("#portions", Static).update(portions_table(day))
        table = self.query_one("#nutrients", DataTable)
        table.clear(columns=True)
        for label, width in (("nutrient", 13), ("amount", 10), ("at least", 8), ("at most", 8)):
            table.add_column(label, width=width)
        table.add_column("", width=20)
        for key, target in self._targets.items():
            table.add_row(*nutrient_row(key, day.totals[key], target))
        if not self._targets:
            for key in ("energy_kcal", "protein_g", "fibre_g", "magnesium_mg"):
                nutrient = BY_KEY[key]
                amount = f"{day.totals[key]:,.{nutrient.decimals}f} {nutrient.unit}"
                table.add_row(nutrient.name, Text(amount, justify="right"), "", "", "")
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
