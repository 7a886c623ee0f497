"""Why a day is as it is: where its magnesium comes from, what its rules leave, and what it paid."""

import asyncio
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from mealmag.errors import MealmagError
from mealmag.export.why_text import day_lines, together_lines
from mealmag.planning.plan import Plan
from mealmag.planning.why.answer import Why
from mealmag.services.catalogue import Sources
from mealmag.services.why import why_plan
from mealmag.tui.commands import APP, WHY, bindings
from mealmag.tui.dialogs import MessageDialog
from mealmag.tui.widgets.keys import Keys

if TYPE_CHECKING:
    from mealmag.tui.app import MealmagApp

_WIDEST, _MARGIN = 100, 4


class WhyScreen(Screen[None]):
    """The answer for one day, and below it what holds for all days together."""

    app: "MealmagApp"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(WHY, APP)]
    TITLE = "Why"
    HELP = (
        "Which foods bring the day's magnesium; how much room each rule leaves, and which bind; and for "
        "which meal each point of the goals was paid. What holds for all days together stands below."
    )

    def __init__(self, plan: Plan, index: int) -> None:
        """`index` is the day that is shown first."""
        super().__init__()
        self._plan = plan
        self._index = index
        self._why: Why | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="who")
        with VerticalScroll(id="why"):
            yield Static("Counting …", id="answer", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self.query_one("#why").focus()
        self._show()
        self._count()

    def on_resize(self) -> None:
        self._show()

    @work(group="count", exit_on_error=False)
    async def _count(self) -> None:
        try:
            self._why = await asyncio.to_thread(
                why_plan, self._plan, Sources(own=self.app.paths), "This plan"
            )
        except MealmagError as error:
            self._refuse(MessageDialog.of(error))
        else:
            self._show()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault of ours is told like any other."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self._refuse(MessageDialog.fault(event.worker.error))

    def _refuse(self, dialog: MessageDialog) -> None:
        """Say why there is no answer, over this screen; when that is read, so is this."""
        self.query_one("#answer", Static).update("There is no answer for this plan.")
        self.app.push_screen(dialog, lambda _: self.action_back())

    def _show(self) -> None:
        day = self._plan.days[self._index]
        self.query_one("#who", Static).update(Text(f"Why {day.date:%A %d %B} is as it is"))
        if self._why is None:
            return
        width = max(60, min(_WIDEST, self.app.size.width - _MARGIN))
        lines = [*day_lines(self._why.days[self._index], width), "", "─" * width, ""]
        lines += together_lines(self._why, width)
        self.query_one("#answer", Static).update("\n".join(line.rstrip() for line in lines))

    def action_back(self) -> None:
        self.dismiss()

    def action_turn(self, step: int) -> None:
        """Go to a neighbouring day, round the week."""
        self._index = (self._index + step) % len(self._plan.days)
        self._show()
        self.query_one("#why").scroll_home(animate=False)

    def action_scroll(self, step: int) -> None:
        """Scroll the answer."""
        self.query_one("#why").scroll_relative(y=step, animate=False)
