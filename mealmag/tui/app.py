"""The application: opens on the week, keeps profile and paths, and warms the solver after first paint."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Input

from mealmag.errors import ExitCode, MealmagError
from mealmag.planning.plan import Plan
from mealmag.services.last_plan import last_plan
from mealmag.services.plan import plan_week
from mealmag.services.profile import stored_profile
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile
from mealmag.tui.commands import APP, DAY, PROFILE, WEEK, Command
from mealmag.tui.dialogs import MessageDialog
from mealmag.tui.screens.day import DayScreen
from mealmag.tui.screens.help import HelpScreen
from mealmag.tui.screens.profile import ProfileScreen
from mealmag.tui.screens.week import WeekScreen

_COMMANDS: Mapping[type[Screen[Any]], tuple[Command, ...]] = {
    WeekScreen: WEEK,
    DayScreen: DAY,
    ProfileScreen: PROFILE,
}


def warm_solver() -> None:
    """Import the solver, so that the first plan need not wait for it."""
    import mealmag.planning.solver.search  # noqa: F401


class MealmagApp(App[None]):
    """The screens of mealmag. Clock, paths and planner are handed in."""

    TITLE = "mealmag"
    CSS_PATH = "style.tcss"
    BINDINGS: ClassVar[list[BindingType]] = []
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self,
        paths: Paths,
        *,
        today: date,
        planner: Callable[..., Plan] = plan_week,
        warm: Callable[[], None] = warm_solver,
    ) -> None:
        super().__init__()
        self.paths = paths
        self.today = today
        self.planner = planner
        self.profile: Profile | None = None
        self._warm = warm
        self._fault: MealmagError | None = None
        try:
            self.profile = stored_profile(paths)
        except MealmagError as error:
            self._fault = error

    def on_mount(self) -> None:
        """The week first; over it the profile where there is none yet."""
        self.week = WeekScreen(last_plan(self.paths) if self.profile else None)
        self.push_screen(self.week)
        if self._fault is not None:
            self.push_screen(MessageDialog.of(self._fault))
        elif self.profile is None:
            self.open_profile()
        self.call_after_refresh(
            self.run_worker, self._warm, thread=True, group="warm", exit_on_error=False
        )

    def open_profile(self) -> None:
        """Edit the profile; a saved one changes what the week says."""
        self.push_screen(
            ProfileScreen(self.profile), lambda saved: self.week.retarget() if saved else None
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """`q` and `?` are letters as long as an input has the focus."""
        if action in ("quit", "help") and isinstance(self.focused, Input):
            return False
        return super().check_action(action, parameters)

    def commands(self) -> tuple[Command, ...]:
        """The commands of the open screen, and of the application."""
        return (*_COMMANDS.get(type(self.screen), ()), *APP)

    def action_help(self) -> None:
        """Help for the open screen."""
        words = str(getattr(self.screen, "HELP", ""))
        self.push_screen(HelpScreen(str(self.screen.TITLE or "mealmag"), words, self.commands()))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: the screen's own commands that apply now, then Textual's."""
        for command in _COMMANDS.get(type(screen), ()):
            name = command.action.partition("(")[0]
            if screen.check_action(name, ()):
                yield SystemCommand(command.label, command.help, self._runs(screen, command.action))
        yield from super().get_system_commands(screen)

    @staticmethod
    def _runs(screen: Screen[Any], action: str) -> Callable[[], Any]:
        async def call() -> None:
            await screen.run_action(action)

        return call


def run(environ: Mapping[str, str]) -> int:
    """Open the screens; returns the exit code."""
    paths = Paths.of(environ, Path.home())
    MealmagApp(paths, today=date.today()).run()  # noqa: DTZ011 - the wall calendar is meant
    return ExitCode.OK
