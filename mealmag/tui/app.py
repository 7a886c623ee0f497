"""The application: opens on the week, keeps profile and paths, and warms the solver after first paint."""

import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, ClassVar

from textual.actions import parse
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from mealmag.errors import ExitCode, MealmagError
from mealmag.planning.alternatives import Plans
from mealmag.planning.plan import Plan
from mealmag.services.alternatives import alternatives
from mealmag.services.catalogue import Sources, load_catalogue
from mealmag.services.change import Changer
from mealmag.services.last_plan import last_plan
from mealmag.services.plan import plan_week
from mealmag.services.profile import stored_profile
from mealmag.services.ratings import MOST, rate
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile
from mealmag.tui.commands import (
    ALTERNATIVES,
    APP,
    DAY,
    DAY_MORE,
    FOODS,
    OPEN_TODAY,
    PROFILE,
    TODAY,
    TODAY_MORE,
    WEEK,
    WEEK_MORE,
    WHY,
    Command,
)
from mealmag.tui.dialogs import MessageDialog
from mealmag.tui.screens.alternatives import AlternativesScreen
from mealmag.tui.screens.day import DayScreen
from mealmag.tui.screens.foods import FoodsScreen
from mealmag.tui.screens.help import HelpScreen
from mealmag.tui.screens.profile import ProfileScreen
from mealmag.tui.screens.today import TodayScreen
from mealmag.tui.screens.week import WeekScreen
from mealmag.tui.screens.why import WhyScreen

_COMMANDS: Mapping[type[Screen[Any]], tuple[Command, ...]] = {
    WeekScreen: (*WEEK, *WEEK_MORE),
    AlternativesScreen: ALTERNATIVES,
    DayScreen: (*DAY, *DAY_MORE),
    WhyScreen: WHY,
    ProfileScreen: PROFILE,
    FoodsScreen: FOODS,
    TodayScreen: (*TODAY, *TODAY_MORE),
}
_A_WEEK = 7


def warm_solver() -> None:
    """Import the solver, so that the first plan need not wait for it."""
    import mealmag.planning.solver.change
    import mealmag.planning.solver.search  # noqa: F401


class MealmagApp(App[None]):
    """The screens of mealmag. Paths, calendar, clock (seconds) and planners are handed in.

    `days` is how many days are planned; the last plan remembers it.
    """

    TITLE = "mealmag"
    CSS_PATH = "style.tcss"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        paths: Paths,
        *,
        now: Callable[[], datetime] = datetime.now,
        planner: Callable[..., Plan] = plan_week,
        others: Callable[..., Plans] = alternatives,
        clock: Callable[[], float] = monotonic,
        warm: Callable[[], None] = warm_solver,
    ) -> None:
        super().__init__()
        self.paths = paths
        self.now = now
        self.planner = planner
        self.others = others
        self.clock = clock
        self.profile: Profile | None = None
        self.changer = Changer(Sources(own=paths))
        self._warm = warm
        self._rating = Lock()
        self._fault: MealmagError | None = None
        try:
            self.profile = stored_profile(paths)
        except MealmagError as error:
            self._fault = error
        self._last = last_plan(paths) if self.profile else None
        self.days = len(self._last.days) if self._last else _A_WEEK

    @property
    def today(self) -> date:
        """The day on the wall calendar, also past midnight."""
        return self.now().date()

    def on_mount(self) -> None:
        """The week first; over it the profile where there is none yet."""
        self.push_screen(WeekScreen(self._last))
        if self._fault is not None:
            self.push_screen(MessageDialog.of(self._fault))
        elif self.profile is None:
            self.open_profile()
        self.call_after_refresh(
            self.run_worker, self._warm, thread=True, group="warm", exit_on_error=False
        )

    def open_profile(self) -> None:
        """Edit the profile; the week looks at it when it comes back."""
        self.push_screen(ProfileScreen(self.profile, self.days))

    def rate(self, dish: str, step: int) -> int:
        """Rate a dish a step higher or lower, from -2 to 2; returns the rating. Reads files: call it in a
        thread. Raises MealmagError."""
        with self._rating:
            stored = stored_profile(self.paths)
            before = 0 if stored is None else stored.ratings.get(dish, 0)
            rating = max(-MOST, min(MOST, before + step))
            catalogue = load_catalogue(Sources(own=self.paths))
            self.profile = rate(self.paths, dish, rating, catalogue)
        return rating

    def open_foods(self) -> None:
        """Look foods up."""
        self.push_screen(FoodsScreen())

    def action_today(self) -> None:
        """Open the diary at today."""
        self.push_screen(TodayScreen(self.today))

    def action_help(self) -> None:
        """Help for the open screen."""
        screen = self.screen
        commands = _COMMANDS.get(type(screen))
        if commands is not None:
            words = str(getattr(screen, "HELP", ""))
            self.push_screen(HelpScreen(str(screen.TITLE), words, (*commands, *APP)))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: the screen's own commands that apply now, the diary, help, then Textual's."""
        commands = _COMMANDS.get(type(screen), ())
        if commands and not any(isinstance(each, TodayScreen) for each in self.screen_stack):
            commands = tuple(dict.fromkeys((*commands, OPEN_TODAY)))
        for command in commands:
            _, action, parameters = parse(command.action)
            if screen.check_action(action, parameters):
                yield SystemCommand(command.label, command.help, self._runs(screen, command.action))
        yield SystemCommand("Help", "What this screen does, and its keys.", self.action_help)
        yield from super().get_system_commands(screen)

    @staticmethod
    def _runs(screen: Screen[Any], action: str) -> Callable[[], Any]:
        async def call() -> None:
            await screen.run_action(action)

        return call


def run(environ: Mapping[str, str]) -> int:
    """Open the screens; returns the exit code. InputError where the environment names no folder."""
    paths = Paths.of(environ, Path.home())
    # Python asks this stream how large the terminal is. The command line keeps descriptor 1 from the engines,
    # so that the stream of old leads nowhere, and every terminal would be taken for 80 by 24.
    sys.__stdout__ = sys.stdout  # type: ignore[misc, assignment]
    app = MealmagApp(paths)
    app.run()
    return app.return_code or ExitCode.OK
