"""Other weeks that are nearly as good: look through them while the search goes on, and take one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from mealmag.errors import MealmagError
from mealmag.export.certainty_text import certainty_lines
from mealmag.export.plans_text import loss_words, others
from mealmag.planning.alternatives import Loss
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort
from mealmag.services.alternatives import Wish
from mealmag.services.catalogue import Sources
from mealmag.services.change import profile_of
from mealmag.services.plan import PlanRequest
from mealmag.services.plan_progress import PlanProgress
from mealmag.tui.commands import ALTERNATIVES, APP, bindings
from mealmag.tui.dialogs import MessageDialog
from mealmag.tui.figures import dishes_table
from mealmag.tui.screens.day import DayScreen
from mealmag.tui.widgets.keys import Keys
from mealmag.tui.widgets.search import SearchLine
from mealmag.tui.widgets.week_table import WeekTable

if TYPE_CHECKING:
    from mealmag.tui.app import MealmagApp

MORE = 2


class AlternativesScreen(Screen[Plan | None]):
    """The plan as it is, and beside it those that are found; answers with the one that is taken."""

    app: "MealmagApp"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ALTERNATIVES, APP)]
    TITLE = "Other plans"
    HELP = (
        "Two more plans are looked for, under the same rules: at least a third of the meals are of "
        "dishes that no plan before has, magnesium loses nothing, other nutrients at most 1 % a day, "
        "and variety at most 10 points. Locked meals stay. Each can be looked at as soon as it is "
        "found; the first is the week as it was, and stays until another is taken."
    )

    class Found(Message):
        """Another plan, with what it loses against the first."""

        def __init__(self, plan: Plan, lost: Loss) -> None:
            super().__init__()
            self.plan = plan
            self.lost = lost

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plans = [plan]
        self._lost = [Loss(magnesium_mg=0, nutrients_percent=0, points=0)]
        self._shown = 0
        self._missing = ""

    def compose(self) -> ComposeResult:
        yield Static(id="who", markup=False)
        yield SearchLine(self._find, self.app.clock, id="progress")
        yield WeekTable(id="days")
        with VerticalScroll(id="notes"):
            yield Static(id="preview")
            yield Static(id="words", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        best = self._plans[0]
        locked = any(meal.locked for day in best.days for meal in day.meals)
        self.query_one(SearchLine).begin(
            PlanRequest(
                profile_of(best),
                start=best.days[0].date,
                days=len(best.days),
                seed=best.made_by.solver.seed,
                effort=Effort(best.made_by.solver.effort),
                sources=Sources(own=self.app.paths),
                keep=best if locked else None,
            )
        )
        self._show()
        self.query_one(WeekTable).focus()

    def _find(
        self,
        request: PlanRequest,
        *,
        on_progress: Callable[[PlanProgress], None],
        stop: Callable[[], bool],
    ) -> Plan:
        """The search's own thread."""
        plans = self.app.others(
            request,
            Wish(MORE),
            best=self._plans[0],
            on_progress=on_progress,
            on_found=lambda plan, lost: self.post_message(self.Found(plan, lost)),
            stop=stop,
        )
        self._missing = plans.missing
        return plans.plans[-1]

    # What is shown.

    @property
    def _plan(self) -> Plan:
        return self._plans[self._shown]

    def _show(self) -> None:
        self.query_one("#who", Static).update(self._title())
        self.query_one(WeekTable).show(self._plan.days)
        self._preview()
        self.refresh_bindings()

    def _title(self) -> str:
        many = f"Plan {self._shown + 1} of {len(self._plans)}"
        if not self._shown:
            return f"{many} · the week as it is"
        count = others(self._plans[0], self._plan)
        return f"{many} · {count} {'meal' if count == 1 else 'meals'} of other dishes"

    @on(WeekTable.RowHighlighted)
    def _preview(self) -> None:
        day = self._plan.days[self.query_one(WeekTable).chosen]
        self.query_one("#preview", Static).update(dishes_table(day))
        lost = f"It loses {loss_words(self._lost[self._shown])}." if self._shown else ""
        words = filter(None, [lost, *certainty_lines(self._plan), self._missing])
        self.query_one("#words", Static).update("\n".join(words))

    # What can be done.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command applies now."""
        del parameters
        if action == "stop":
            return self.is_mounted and self.query_one(SearchLine).running
        if action == "turn":
            return len(self._plans) > 1
        return action != "take" or self._shown > 0

    def action_turn(self, step: int) -> None:
        """Show the next plan, or the one before."""
        self._shown = (self._shown + step) % len(self._plans)
        self._show()

    def action_take(self) -> None:
        """Answer with the plan that is shown."""
        self.dismiss(self._plan)

    def action_back(self) -> None:
        """Answer with none; the search ends with the screen."""
        self.dismiss(None)

    def action_stop(self) -> None:
        """Look for no more."""
        self.query_one(SearchLine).stop()

    def action_cursor_down(self) -> None:
        self.query_one(WeekTable).action_cursor_down()

    def action_cursor_up(self) -> None:
        self.query_one(WeekTable).action_cursor_up()

    @on(WeekTable.RowSelected)
    def action_day(self) -> None:
        """Open the day under the cursor, to look at."""
        plan, row = self._plan, self.query_one(WeekTable).chosen
        self.app.push_screen(DayScreen(plan.days, row, plan.targets))

    # What the search says.

    @on(Found)
    def _found(self, message: Found) -> None:
        self._plans.append(message.plan)
        self._lost.append(message.lost)
        self._show()

    @on(SearchLine.Planned)
    def _planned(self, message: SearchLine.Planned) -> None:
        found = len(self._plans) - 1
        plans = f"{found} other {'plan' if found == 1 else 'plans'}"
        self.query_one(SearchLine).update(f"{plans} after {message.seconds:.1f} s")
        self._show()

    @on(SearchLine.Failed)
    def _failed(self, message: SearchLine.Failed) -> None:
        self._show()
        error = message.error
        if isinstance(error, MealmagError):
            self.app.push_screen(MessageDialog.of(error))
        else:
            self.app.push_screen(MessageDialog.fault(error))
