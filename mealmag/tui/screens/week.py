"""The week: plan it in the background, look at its days, save it."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import DataTable, Footer, Static
from textual.worker import Worker, WorkerState

from mealmag.errors import ImpossibleError, MealmagError
from mealmag.export.json import plan_json
from mealmag.export.text import supplement_lines
from mealmag.planning.plan import Plan, PlanDay
from mealmag.services.last_plan import remember_plan
from mealmag.services.plan import PlanProgress, PlanRequest
from mealmag.storage.atomic import write_atomic
from mealmag.tui.commands import APP, WEEK, bindings
from mealmag.tui.dialogs import MessageDialog, NameDialog
from mealmag.tui.figures import dishes_of, dishes_table, magnesium_bar
from mealmag.tui.screens.day import DayScreen

if TYPE_CHECKING:
    from mealmag.tui.app import MealmagApp

_WIDE = 110
_GOAL_WORDS = {
    "magnesium_shortfall": "magnesium below target",
    "other_nutrients": "other nutrients",
    "liking_and_variety": "variety",
}


class WeekScreen(Screen[None]):
    """The days of the plan, each with its magnesium against the target."""

    app: "MealmagApp"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(WEEK, APP)]
    TITLE = "Week"
    HELP = (
        "Each row is a day: its magnesium from food against the target, its energy and its dishes. "
        "Press p to plan; while it searches, the best plan so far is shown and s keeps it. "
        "Enter opens a day."
    )

    class Progressed(Message):
        """The search has something new."""

        def __init__(self, progress: PlanProgress) -> None:
            super().__init__()
            self.progress = progress

    class Planned(Message):
        """The search is done, with a checked plan."""

        def __init__(self, plan: Plan) -> None:
            super().__init__()
            self.plan = plan

    class Failed(Message):
        """The search ended without a plan."""

        def __init__(self, error: MealmagError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, plan: Plan | None) -> None:
        super().__init__()
        self.plan = plan
        self.planning = False
        self.seed = plan.made_by.solver.seed if plan else 1
        self._stop = threading.Event()
        self._days: list[PlanDay] = list(plan.days) if plan else []

    def compose(self) -> ComposeResult:
        yield Static(id="who", markup=False)
        yield Static(id="progress", markup=False)
        yield DataTable(id="days", cursor_type="row", zebra_stripes=True)
        with VerticalScroll(id="notes", can_focus=False):
            yield Static(id="preview")
            yield Static(id="words", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        self.refresh_all()
        self.query_one("#days").focus()

    def on_resize(self) -> None:
        self._fill_table()

    def on_unmount(self) -> None:
        self._stop.set()

    # What is shown.

    def refresh_all(self) -> None:
        """Everything anew: who, table, words."""
        profile = self.app.profile
        who = "No profile yet: press e."
        if profile is not None:
            person = profile.person
            stage = "" if person.life_stage == "none" else f", {person.life_stage}"
            who = f"mealmag · {person.sex}, {person.age}{stage} · {profile.diet.kind}"
            if self._days:
                target = self._days[0].magnesium.target_mg
                who += f" · target {target:.0f} mg magnesium a day from food"
        self.query_one("#who", Static).update(who)
        self._fill_table()
        self._say_words()
        self.refresh_bindings()

    def _fill_table(self) -> None:
        table = self.query_one("#days", DataTable)
        row = table.cursor_row
        table.clear(columns=True)
        wide = self.app.size.width >= _WIDE
        meals = ("breakfast", "lunch", "dinner", "snack") if wide else ("dinner",)
        room = max(12, (self.app.size.width - 57) // len(meals) - 2)
        table.add_column("day", width=10)
        table.add_column("magnesium from food", width=30)
        table.add_column(Text("kcal", justify="right"), width=5)
        for meal in meals:
            table.add_column(meal, width=room)
        for index, day in enumerate(self._days):
            table.add_row(
                f"{day.date:%a %d %b}",
                magnesium_bar(day.magnesium, 7),
                Text(f"{day.totals['energy_kcal']:,.0f}", justify="right"),
                *(Text(name, overflow="ellipsis") for name in dishes_of(day, meals)),
                height=2 if wide else 1,
                key=str(index),
            )
        if self._days:
            table.move_cursor(row=min(row, len(self._days) - 1))

    def _say_words(self) -> None:
        words = self.query_one("#words", Static)
        if not self._days:
            words.update(
                "There is no plan yet. Press p: a week of real meals that reaches the magnesium "
                "target, made on this machine in some seconds.\n\nPress ? for help at any time."
            )
            return
        if self.plan is None:
            words.update("The best plan so far; the search goes on. Press s to keep it.")
            return
        lines = [" ".join(supplement_lines(self.plan)), ""]
        lines += [f"· {warning}" for warning in self.plan.warnings]
        lines.append("A plan for healthy people; no medical advice.")
        words.update("\n".join(lines))

    def _say_progress(self, text: str) -> None:
        self.query_one("#progress", Static).update(text)

    # What can be done.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command applies now; the footer and the palette follow it."""
        del parameters
        if action == "stop":
            return self.planning
        if action in ("plan", "another"):
            return not self.planning and self.app.profile is not None
        if action == "save":
            return self.plan is not None and not self.planning
        return bool(self._days) if action == "day" else True

    def action_plan(self) -> None:
        """Plan in a thread; messages bring what it finds."""
        profile = self.app.profile
        if profile is None or self.planning:
            return
        self._stop = threading.Event()
        self.planning, self.plan = True, None
        request = PlanRequest(profile=profile, start=self.app.today, seed=self.seed)
        self._say_progress("Looking for a first plan …")
        self.refresh_bindings()
        self.run_worker(
            lambda: self._work(request, self._stop),
            name="plan",
            group="plan",
            thread=True,
            exclusive=True,
            exit_on_error=False,
        )

    def _work(self, request: PlanRequest, stop: threading.Event) -> None:
        try:
            plan = self.app.planner(
                request,
                on_progress=lambda progress: self.post_message(self.Progressed(progress)),
                stop=stop.is_set,
            )
        except MealmagError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Planned(plan))

    def action_another(self) -> None:
        """Plan with the next seed."""
        self.seed += 1
        self.action_plan()

    def action_stop(self) -> None:
        """Keep the best plan so far."""
        self._stop.set()
        self._say_progress("Stopping; the best plan so far is kept …")

    def action_cursor_down(self) -> None:
        self.query_one("#days", DataTable).action_cursor_down()

    def action_cursor_up(self) -> None:
        self.query_one("#days", DataTable).action_cursor_up()

    def action_day(self) -> None:
        """Open the day under the cursor."""
        if self._days:
            targets = self.plan.targets if self.plan else {}
            row = self.query_one("#days", DataTable).cursor_row
            self.app.push_screen(DayScreen(self._days, row, targets))

    def action_profile(self) -> None:
        """Edit the profile."""
        self.app.open_profile()

    def action_save(self) -> None:
        """Ask for a name, then write."""
        if self.plan is not None:
            name = f"mealmag-week-{self.plan.days[0].date}.json"
            self.app.push_screen(NameDialog("Save the plan as JSON", name), self._named)

    def _named(self, name: str | None) -> None:
        if not name:
            return
        path = Path(name).expanduser()
        if path.is_file():
            self.app.push_screen(
                MessageDialog(
                    "That file is there already",
                    f"{path} will be replaced.",
                    {"replace": "Replace", "cancel": "Cancel"},
                ),
                lambda answer: self._write(path) if answer == "replace" else None,
            )
        else:
            self._write(path)

    def _write(self, path: Path) -> None:
        assert self.plan is not None
        try:
            write_atomic(path, plan_json(self.plan))
        except MealmagError as error:
            self.app.push_screen(MessageDialog.of(error))
        else:
            self.notify(str(path.resolve()), title="Saved")

    # What the search says.

    @on(DataTable.RowHighlighted)
    def _preview(self) -> None:
        """The dishes of the day under the cursor, in full."""
        table = self.query_one("#days", DataTable)
        preview = self.query_one("#preview", Static)
        preview.display = bool(self._days)
        if self._days:
            day = self._days[min(table.cursor_row, len(self._days) - 1)]
            preview.update(dishes_table(day))

    @on(DataTable.RowSelected)
    def _row_chosen(self) -> None:
        self.action_day()

    @on(Progressed)
    def _progressed(self, message: Progressed) -> None:
        if not self.planning:
            return
        progress = message.progress
        found = "nothing yet" if progress.incumbent is None else f"{progress.incumbent:g}"
        bound = "none yet" if progress.bound is None else f"{progress.bound:g}"
        self._say_progress(
            f"{progress.elapsed_s:5.1f} s · {_GOAL_WORDS.get(progress.goal, progress.goal)}: "
            f"{found} {progress.unit.removesuffix(' of reference')} · proven bound {bound}"
        )
        if progress.days:
            self._days = progress.days
            self.refresh_all()

    @on(Planned)
    def _planned(self, message: Planned) -> None:
        self.planning = False
        self.plan = message.plan
        self._days = list(message.plan.days)
        goals = message.plan.goals
        proven = sum(goal.status == "optimal" for goal in goals)
        self._say_progress(
            f"Done and checked · {proven} of {len(goals)} goals proven best · "
            f"variety {goals[-1].value:g}, bound {goals[-1].bound:g}"
        )
        remember_plan(self.app.paths, message.plan)
        self.refresh_all()

    @on(Failed)
    def _failed(self, message: Failed) -> None:
        self._idle("No plan.")
        if isinstance(message.error, ImpossibleError):
            buttons = {"ok": "Change the profile", "close": "Close"}
            self.app.push_screen(
                MessageDialog.of(message.error, buttons),
                lambda answer: self.app.open_profile() if answer == "ok" else None,
            )
        else:
            self.app.push_screen(MessageDialog.of(message.error))

    def _idle(self, words: str) -> None:
        self.planning = False
        self._say_progress(words)
        self.refresh_bindings()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault of ours in the search: say so, and go on living."""
        if event.worker.group == "plan" and event.state is WorkerState.ERROR:
            self._idle("No plan.")
            fault = event.worker.error
            self.app.push_screen(
                MessageDialog(
                    "A fault of mealmag", f"{type(fault).__name__}: {fault}\n\nPlease report it."
                )
            )

    def retarget(self) -> None:
        """The profile changed: the plan that is shown is no longer its plan."""
        if self.plan is not None or self._days:
            self._say_progress("The profile has changed; press p to plan anew.")
        self.refresh_all()
