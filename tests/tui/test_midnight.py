"""The Today screen past midnight: the page of today goes on to the new day, and nothing lands on the old one
unseen."""

from datetime import datetime, timedelta

import pytest

from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile
from mealmag.tui.app import MealmagApp
from mealmag.tui.screens import closing, today
from mealmag.tui.screens.profile import ProfileScreen
from tests.tui.conftest import TODAY as DAY
from tests.tui.snapshot import screen_text
from tests.tui.test_today import StubGap, keep, line, logged, opened_at, typed
from tests.tui.test_week import SMALL, footer, until

NEXT = DAY + timedelta(days=1)
_TURNED = "It is Tuesday 24 November now, and this page has turned to it."


@pytest.fixture
def never(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen does not look at the calendar by itself."""
    monkeypatch.setattr(today, "_LOOK_S", 1000)


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(today, "_LOOK_S", 0.02)


def midnight(app: MealmagApp) -> None:
    """It is a minute past."""
    app.now = lambda: datetime(2026, 11, 24, 0, 1)  # noqa: DTZ001 - on the wall clock


async def test_the_page_of_today_turns_by_itself(
    profile: Profile, app: MealmagApp, paths: Paths, often: None
) -> None:
    keep(paths, "2 eggs")
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened_at(pilot, "▸  1")
        await typed(pilot, "an ap")
        midnight(app)
        text = await until(pilot, _TURNED)
        assert "Tuesday 24 November 2026 · today" in await until(
            pilot, "Nothing is logged today yet."
        )
        assert "“yesterday:” goes to the day before" in " ".join(text.split())
        assert line(screen).value == "an ap", "what is being typed stays"
        await typed(pilot, "ple")
        await pilot.press("enter")
        await until(pilot, "✓ 1 piece apple")
        await pilot.press("left")
        await until(pilot, "Monday 23 November 2026 · yesterday")
    assert logged(paths) == [":2 eggs egg-raw"]
    assert logged(paths, NEXT) == [":1 piece apple"]


async def test_a_line_that_was_typed_before_midnight_waits_for_one_more_enter(
    profile: Profile, app: MealmagApp, paths: Paths, never: None
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened_at(pilot)
        await typed(pilot, "2 eggs")
        midnight(app)
        await pilot.press("enter")
        await until(pilot, _TURNED)
        await until(pilot, "Tuesday 24 November 2026 · today")
        assert line(screen).value == "2 eggs"
        assert logged(paths) == logged(paths, NEXT) == []
        await pilot.press("home")
        await typed(pilot, "yesterday: ")
        await pilot.press("enter")
        await until(pilot, "✓ Mon 23 Nov: 2 eggs")
    assert logged(paths) == [":2 eggs egg-raw"]
    assert logged(paths, NEXT) == []


async def test_another_day_that_is_shown_stays_and_has_its_new_name(
    profile: Profile, app: MealmagApp, paths: Paths, often: None
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        await pilot.press("left")
        await until(pilot, "Sunday 22 November 2026 · yesterday")
        await until(pilot, "Nothing is logged on this day.")
        midnight(app)
        for _ in range(200):
            await pilot.pause(0.01)
            if "· yesterday" not in screen_text(app):
                break
        text = screen_text(app)
        assert "Sunday 22 November 2026" in text
        assert "· yesterday" not in text
        assert "has turned" not in text
        await typed(pilot, "2 eggs")
        await pilot.press("enter")
        await until(pilot, "✓ 2 eggs")
    assert logged(paths, DAY - timedelta(days=1)) == [":2 eggs egg-raw"]


async def test_a_window_over_it_keeps_its_day_and_the_day_is_said(
    profile: Profile, app: MealmagApp, paths: Paths, often: None
) -> None:
    keep(paths, "lunch: 2 eggs", day=DAY - timedelta(days=1))
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        await pilot.press("f3")
        await until(pilot, "1 yesterday lunch")
        midnight(app)
        await pilot.pause(0.1)
        assert "has turned" not in screen_text(app)
        await pilot.press("1")
        await until(pilot, "✓ Mon 23 Nov lunch: 2 eggs")
        await until(pilot, "Tuesday 24 November 2026 · today")
    assert logged(paths) == ["lunch:2 eggs egg-raw"]
    assert logged(paths, NEXT) == []


async def test_what_closes_the_gap_of_a_day_goes_to_that_day(
    profile: Profile, app: MealmagApp, paths: Paths, often: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "close_gap", StubGap())
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        await pilot.press("ctrl+g")
        await until(pilot, "One of these more")
        midnight(app)
        await pilot.pause(0.1)
        await pilot.press("enter")
        await until(pilot, "✓ Mon 23 Nov: 2 tablespoons pumpkin seeds")
    assert logged(paths) == [":2 tablespoons pumpkin-seeds"]
    assert logged(paths, NEXT) == []


async def test_back_from_another_screen_it_has_turned(
    profile: Profile, app: MealmagApp, never: None
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        await pilot.press("f4")
        await pilot.pause()
        assert isinstance(app.screen, ProfileScreen)
        midnight(app)
        await pilot.press("escape")
        await until(pilot, _TURNED)
        await until(pilot, "Tuesday 24 November 2026 · today")
        assert "Next day" not in footer(app)
