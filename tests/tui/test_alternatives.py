"""Other plans beside the week: found one by one, looked through, one taken, and a Stop."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from mealmag.errors import InputError
from mealmag.planning.alternatives import Loss, Plans
from mealmag.planning.plan import Plan
from mealmag.services.alternatives import Wish
from mealmag.services.last_plan import last_plan
from mealmag.services.plan import PlanRequest
from mealmag.storage.paths import Paths
from mealmag.tui.app import MealmagApp
from mealmag.tui.screens.alternatives import AlternativesScreen
from mealmag.tui.screens.day import DayScreen
from mealmag.tui.screens.week import WeekScreen
from tests.tui.test_week import LARGE, SMALL, footer, until

NONE = Loss(magnesium_mg=0, nutrients_percent=0, points=0)


class StubOthers:
    """Finds one plan with another dinner on Monday, then waits for Stop, where it is told to."""

    def __init__(self, plan: Plan) -> None:
        document = plan.model_dump(mode="json", by_alias=True)
        document["days"][0]["meals"][2] |= {"dish": "another", "name": "Another dinner"}
        self.other = Plan.model_validate(document)
        self.asked: list[tuple[PlanRequest, Wish]] = []
        self.waits = False
        self.error: Exception | None = None
        self.ended = threading.Event()

    def __call__(
        self,
        request: PlanRequest,
        wish: Wish,
        *,
        best: Plan,
        on_progress: Callable[..., None],
        on_found: Callable[[Plan, Loss], None],
        stop: Callable[[], bool],
    ) -> Plans:
        self.asked.append((request, wish))
        if self.error is not None:
            raise self.error
        lost = Loss(magnesium_mg=0, nutrients_percent=0, points=3)
        on_found(self.other, lost)
        while self.waits and not stop():
            threading.Event().wait(0.005)
        self.ended.set()
        return Plans(
            asked=wish.count,
            differ=9,
            may_lose=lost,
            lose=[NONE, lost],
            plans=[best, self.other],
            missing="There is no plan 3.",
        )


@pytest.fixture
def others(app_with_week: MealmagApp, plan: Plan) -> StubOthers:
    stub = StubOthers(plan)
    app_with_week.others = stub
    return stub


async def test_a_plan_is_found_looked_at_and_taken(
    app_with_week: MealmagApp, others: StubOthers, plan: Plan, paths: Paths
) -> None:
    async with app_with_week.run_test(size=LARGE) as pilot:
        await until(pilot, "Mon 23 Nov")
        assert "Others" in footer(app_with_week)
        await pilot.press("a")
        text = await until(pilot, "1 other plan after")
        assert "Plan 1 of 2 · the week as it is" in text
        assert "There is no plan 3." in text
        assert not {"Take it", "Stop"} & set(footer(app_with_week))
        await pilot.press("l")
        text = await until(pilot, "Plan 2 of 2 · 1 meal of other dishes")
        assert "It loses 3 points of variety." in text
        assert "Another dinner" in text
        assert "How sure" in text
        await pilot.press("enter")
        await until(pilot, "Monday 23 November")
        assert isinstance(app_with_week.screen, DayScreen)
        assert "Other dish" not in footer(app_with_week), "it is not the week yet"
        await pilot.press("escape", "t")
        await until(pilot, "Another of the plans")
        assert isinstance(app_with_week.screen, WeekScreen)
        assert app_with_week.screen.plan == others.other
    request, wish = others.asked[0]
    assert (request.start, request.days, wish.count) == (plan.days[0].date, 7, 2)
    assert request.keep is None
    assert last_plan(paths) == others.other


async def test_stop_keeps_what_was_found_and_back_takes_nothing(
    app_with_week: MealmagApp, others: StubOthers, plan: Plan
) -> None:
    others.waits = True
    async with app_with_week.run_test(size=SMALL) as pilot:
        await until(pilot, "Mon 23 Nov")
        await pilot.press("a")
        await until(pilot, "Plan 1 of 2")
        assert "Stop" in footer(app_with_week)
        await pilot.press("s")
        await until(pilot, "1 other plan after")
        assert others.ended.is_set()
        await pilot.press("l", "escape")
        await until(pilot, "The last plan")
        assert isinstance(app_with_week.screen, WeekScreen)
        assert app_with_week.screen.plan == plan


async def test_leaving_stops_the_search(app_with_week: MealmagApp, others: StubOthers) -> None:
    others.waits = True
    async with app_with_week.run_test(size=SMALL) as pilot:
        await until(pilot, "Mon 23 Nov")
        await pilot.press("a")
        await until(pilot, "Plan 1 of 2")
        await pilot.press("escape")
        await until(pilot, "The last plan")
        assert others.ended.wait(5)


@pytest.mark.parametrize(
    ("error", "words"),
    [(InputError("foods.csv is broken."), "is broken"), (ZeroDivisionError("oops"), "oops")],
)
async def test_an_error_is_told(
    app_with_week: MealmagApp, others: StubOthers, error: Exception, words: str
) -> None:
    others.error = error
    async with app_with_week.run_test(size=SMALL) as pilot:
        await until(pilot, "Mon 23 Nov")
        await pilot.press("a")
        await until(pilot, words)
        await pilot.press("escape")
        await until(pilot, "Plan 1 of 1 · the week as it is")
        assert isinstance(app_with_week.screen, AlternativesScreen)


async def test_locked_meals_stay_in_every_plan(
    app_with_week: MealmagApp, others: StubOthers, plan: Plan
) -> None:
    document: dict[str, Any] = plan.model_dump(mode="json", by_alias=True)
    document["days"][2]["meals"][2]["locked"] = True
    locked = Plan.model_validate(document)
    async with app_with_week.run_test(size=SMALL) as pilot:
        await until(pilot, "Mon 23 Nov")
        app_with_week.push_screen(AlternativesScreen(locked))
        await until(pilot, "1 other plan after")
    assert others.asked[0][0].keep == locked
