"""A home of its own for each test, a real plan kept as a file, and a planner that does as it is told."""

import asyncio
import threading
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from mealmag.errors import NoPlanError
from mealmag.export.json import parse_plan
from mealmag.planning.plan import Plan
from mealmag.services.last_plan import remember_plan
from mealmag.services.plan import PlanRequest
from mealmag.services.plan_progress import PlanProgress
from mealmag.services.profile import keep_profile
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile
from mealmag.tui.app import MealmagApp

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8)  # noqa: DTZ001 - on the wall clock
WEEK = Path(__file__).parent / "week.json"
_IDLE_TURNS = 4


class StubPlanner:
    """Reports the steps it was given, waits for Stop if told to, then returns the plan or raises."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.steps: list[PlanProgress] = []
        self.error: Exception | None = None
        self.waits = False
        self.requests: list[PlanRequest] = []
        self.stopped = threading.Event()

    def __call__(
        self,
        request: PlanRequest,
        *,
        on_progress: Callable[[PlanProgress], None],
        stop: Callable[[], bool],
    ) -> Plan:
        self.requests.append(request)
        for step in self.steps:
            on_progress(step)
        while self.waits and not stop():
            threading.Event().wait(0.005)
        if stop():
            self.stopped.set()
            if not self.steps:
                raise NoPlanError("Stopped before the first plan.")
        if self.error is not None:
            raise self.error
        return self.plan


async def nothing_to_do(*_: float) -> None:
    """Until nothing waits to be done at once; what a thread or the clock brings is waited for by `until`."""
    loop: Any = asyncio.get_running_loop()
    turns = 0
    while turns < _IDLE_TURNS:
        await asyncio.sleep(0)
        turns = 0 if loop._ready else turns + 1


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key is done with once nothing is left to do. Textual waits twice for it, 20 ms at the least and up to
    a second where the processor is used; a pause still does.
    """
    monkeypatch.setattr("textual.app.wait_for_idle", nothing_to_do)


@pytest.fixture(scope="session")
def plan() -> Plan:
    """A week that `mealmag plan --sex female --age 34 --effort quick --start 2026-11-23` made: a file,
    so that the pictures of the screens change only when the screens do. A dish or a food that leaves the
    catalogue makes it one that cannot be explained; then it is to be made anew.
    """
    return parse_plan(WEEK.read_text("utf-8"), WEEK.name)


@pytest.fixture
def planner(plan: Plan) -> StubPlanner:
    return StubPlanner(plan)


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """A home of its own, and an empty current folder beside it."""
    home, here = tmp_path / "home", tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return Paths(home, home / "data", home / "cache")


@pytest.fixture
def profile(paths: Paths) -> Profile:
    """The profile that the week was made for, kept at home."""
    found = Profile.model_validate({"person": {"sex": "female", "age": 34}})
    keep_profile(paths, found)
    return found


@pytest.fixture
def app(paths: Paths, planner: StubPlanner) -> MealmagApp:
    """The application in this home; nobody has planned yet."""
    return build(paths, planner)


@pytest.fixture
def app_with_week(paths: Paths, profile: Profile, plan: Plan, planner: StubPlanner) -> MealmagApp:
    """The application with a profile and the last plan."""
    remember_plan(paths, plan)
    return build(paths, planner)


def build(paths: Paths, planner: Any) -> MealmagApp:
    """Fixed calendar and clock; the solver stays away."""
    return MealmagApp(
        paths, now=lambda: NOW, planner=planner, clock=lambda: 12.3, warm=lambda: None
    )
