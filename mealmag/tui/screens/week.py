"""The week: plan it in the background, look at its days, save it."""

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Center, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Button, Static

from mealmag.errors import ImpossibleError, MealmagError
from mealmag.planning.plan import Plan, PlanDay
from mealmag.services.catalogue import Sources
from mealmag.services.last_plan import remember_plan
from mealmag.services.plan import PlanRequest
from mealmag.tui.commands import APP, WEEK, WEEK_MORE, bindings
from mealmag.tui.dialogs import MessageDialog
from mealmag.tui.figures import dishes_table, notes, result_words
from mealmag.tui.fits import made_for
from mealmag.tui.saving import save_plan
from mealmag.tui.screens.alternatives import AlternativesScreen
from mealmag.tui.screens.day import DayScreen
from mealmag.tui.widgets.keys import Keys
from mealmag.tui.widgets.search import SearchLine
from mealmag.tui.widgets.week_table import WeekTable

if TYPE_CHECKING:
    from mealmag.tui.app import MealmagApp


class WeekScreen(Screen[None]):
    """The days of the plan, each with its magnesium against the target."""

    app: "MealmagApp"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(WEEK, APP, WEEK_MORE)]
    TITLE = "Week"
    HELP = (
        "Each row is a day: its magnesium from food against the target (the upright line in the bar), "
        "its energy and its dishes. ✓ says that food alone reaches the target. While a search runs, "
        "the best plan so far is shown. The bound is what no menu can better; the gap is what lies "
        "between. a looks for two other plans that are nearly as good; f opens the foods."
    )

    def __init__(self, plan: Plan | None) -> None:
        super().__init__()
        self.plan = plan
        self.seed = plan.made_by.solver.seed if plan else 1
        self._kept = plan
        self._days: list[PlanDay] = list(plan.days) if plan else []
        self._said = f"The last plan · {result_words(plan)}" if plan else ""

    @property
    def planning(self) -> bool:
        """Whether a search runs."""
        return self.is_mounted and self.query_one(SearchLine).running

    def compose(self) -> ComposeResult:
        yield Static(id="who", markup=False)
        yield SearchLine(self.app.planner, self.app.clock, id="progress")
        with Vertical(id="empty"):
            yield Static(id="invitation", markup=False)
            yield Center(Button("", id="begin", variant="primary"))
        yield WeekTable(id="days")
        with VerticalScroll(id="notes"):
            yield Static(id="preview")
            yield Static(id="words", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(SearchLine).update(self._said)
        self.show_all()
        self.query_one("#days" if self._days else "#begin").focus()

    def on_screen_resume(self) -> None:
        """Back from another screen: the profile may have changed."""
        self.show_all()

    # What is shown.

    def show_all(self) -> None:
        """Everything anew: who, table, words."""
        profile = self.app.profile
        who = "mealmag"
        if profile is not None:
            person = profile.person
            stage = "" if person.life_stage == "none" else f", {person.life_stage}"
            who = f"mealmag · {person.sex}, {person.age}{stage} · {profile.diet.kind}"
            if self._days:
                target = self._days[0].magnesium.target_mg
                who += f" · {target:g} mg magnesium a day, from food"
        self.query_one("#who", Static).update(who)
        self._show_empty()
        table = self.query_one(WeekTable)
        appeared = bool(self._days) and not table.display
        for part in (table, self.query_one("#notes")):
            part.display = bool(self._days)
        table.show(self._days)
        if appeared or (self._days and self.focused is None):
            table.focus()
        self.query_one("#words", Static).update(self._words())
        self._preview()
        self.refresh_bindings()

    def _show_empty(self) -> None:
        self.query_one("#empty").display = not self._days
        button = self.query_one("#begin", Button)
        button.display = not self.planning
        if self.app.profile is None:
            words, label = (
                "mealmag plans meals for a person.\nFirst: who eats?",
                "Fill in the profile",
            )
        elif self.planning:
            words, label = "Looking for a first plan …", ""
        else:
            words = (
                "No plan yet.\n\nReal meals that reach the magnesium target,\n"
                "planned on this machine. Nothing leaves it."
            )
            label = f"Plan {self.app.days} days" if self.app.days > 1 else "Plan a day"
        self.query_one("#invitation", Static).update(words)
        button.label = label

    def _words(self) -> str:
        if self.plan is None:
            return "The best plan so far; the search goes on. Press s to keep it."
        profile = self.app.profile
        stale = profile is not None and not made_for(self.plan, profile)
        lead = "This plan was made for another profile. Press p to plan anew.\n" if stale else ""
        return lead + notes(self.plan)

    @on(WeekTable.RowHighlighted)
    def _preview(self) -> None:
        """The dishes of the day under the cursor, in full."""
        if self._days:
            day = self._days[self.query_one(WeekTable).chosen]
            self.query_one("#preview", Static).update(dishes_table(day))

    # What can be done.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command applies now; the footer and the palette follow it."""
        del parameters
        idle = not self.planning
        applies = {
            "stop": not idle,
            "plan": idle and self.app.profile is not None,
            "another": idle and self.app.profile is not None and self.plan is not None,
            "others": idle and self.plan is not None,
            "save": idle and self.plan is not None,
            "day": bool(self._days),
            "cursor_down": bool(self._days),
            "cursor_up": bool(self._days),
        }
        return applies.get(action, True)

    @on(Button.Pressed, "#begin")
    def _begin(self) -> None:
        if self.app.profile is None:
            self.app.open_profile()
        else:
            self.action_plan()

    def action_plan(self) -> None:
        """Plan in a thread; messages bring what it finds."""
        profile = self.app.profile
        if profile is None:
            return
        request = PlanRequest(
            profile,
            start=self.app.today,
            days=self.app.days,
            seed=self.seed,
            sources=Sources(own=self.app.paths),
            keep=self._locked_plan(),
        )
        self.query_one(SearchLine).begin(request)
        self.show_all()

    def _locked_plan(self) -> Plan | None:
        """The plan, where meals of it are locked and its days are planned anew."""
        plan = self.plan
        if plan is None or [day.date for day in plan.days] != [
            self.app.today + timedelta(days=d) for d in range(self.app.days)
        ]:
            return None
        return plan if any(meal.locked for day in plan.days for meal in day.meals) else None

    def action_foods(self) -> None:
        """Look foods up."""
        self.app.open_foods()

    def action_another(self) -> None:
        """Plan with the next seed."""
        self.seed += 1
        self.action_plan()

    def action_others(self) -> None:
        """Look for other plans that are nearly as good."""
        if self.plan is not None:
            self.app.push_screen(AlternativesScreen(self.plan), self._take_other)

    def _take_other(self, plan: Plan | None) -> None:
        if plan is not None:
            self._take(plan, "Another of the plans")

    def action_stop(self) -> None:
        """Keep the best plan so far."""
        self.query_one(SearchLine).stop()

    def action_cursor_down(self) -> None:
        self.query_one(WeekTable).action_cursor_down()

    def action_cursor_up(self) -> None:
        self.query_one(WeekTable).action_cursor_up()

    @on(WeekTable.RowSelected)
    def action_day(self) -> None:
        """Open the day under the cursor."""
        if self._days:
            known, profile = self.plan or self._kept, self.app.profile
            fits = known is not None and profile is not None and made_for(known, profile)
            targets = known.targets if known is not None and (self.plan or fits) else {}
            self.app.push_screen(
                DayScreen(
                    self._days,
                    self.query_one(WeekTable).chosen,
                    targets,
                    plan=None if self.planning else self.plan,
                    changed=self._take_change,
                )
            )

    def _take_change(self, plan: Plan) -> None:
        """A meal was changed on the day's screen."""
        self._take(plan, "Changed by hand")

    def _take(self, plan: Plan, how: str) -> None:
        """This plan is the week from now on."""
        self.plan, self._kept, self._days = plan, plan, list(plan.days)
        self.query_one(SearchLine).update(f"{how} · {result_words(plan)}")
        self.show_all()
        self._remember(plan)

    @work(thread=True, group="remember")
    def _remember(self, plan: Plan) -> None:
        remember_plan(self.app.paths, plan)

    def action_profile(self) -> None:
        """Edit the profile."""
        self.app.open_profile()

    @work(group="save", exclusive=True)
    async def action_save(self) -> None:
        """Ask for a name, then write."""
        if self.plan is not None:
            await save_plan(self.app, self.plan)

    # What the search says.

    @on(SearchLine.Improved)
    def _improved(self, message: SearchLine.Improved) -> None:
        if message.progress.days:
            self._days, self.plan = message.progress.days, None
            self.show_all()

    @on(SearchLine.Planned)
    async def _planned(self, message: SearchLine.Planned) -> None:
        self.plan = message.plan
        self._days = list(message.plan.days)
        done = "Done" if message.plan.made_by.solver.complete else "Stopped"
        self.query_one(SearchLine).update(
            f"{done} after {message.seconds:.1f} s · {result_words(message.plan)}"
        )
        self._kept = message.plan
        self.show_all()
        await asyncio.to_thread(remember_plan, self.app.paths, message.plan)

    @on(SearchLine.Failed)
    def _failed(self, message: SearchLine.Failed) -> None:
        self.plan = self._kept
        self._days = list(self._kept.days) if self._kept else []
        self.show_all()
        error = message.error
        if message.stopped:
            self.query_one(SearchLine).update("Stopped before a plan was found.")
        elif isinstance(error, ImpossibleError):
            self.app.push_screen(
                MessageDialog.of(error, {"ok": "Change the profile", "close": "Close"}),
                lambda answer: self.app.open_profile() if answer == "ok" else None,
            )
        elif isinstance(error, MealmagError):
            self.app.push_screen(MessageDialog.of(error))
        else:
            self.app.push_screen(MessageDialog.fault(error))
