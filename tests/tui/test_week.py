import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, Input, Static

from mealmag.errors import ImpossibleError
from mealmag.storage.paths import Paths
from mealmag.tui.app import MealmagApp
from mealmag.tui.commands import APP, DAY, PROFILE, WEEK
from mealmag.tui.dialogs import MessageDialog, NameDialog
from mealmag.tui.screens.day import DayScreen
from mealmag.tui.screens.help import HelpScreen
from mealmag.tui.screens.profile import ProfileScreen
from mealmag.tui.screens.week import WeekScreen
from tests.tui.conftest import Planner, fault
from tests.tui.snapshot import assert_like_snapshot, screen_text

Make = Callable[..., MealmagApp]


async def planned(app: MealmagApp, pilot: Pilot[None]) -> None:
    await pilot.press("p")
    await app.workers.wait_for_complete()
    await pilot.pause()


def progress(app: MealmagApp) -> str:
    return str(app.week.query_one("#progress", Static).content)


async def test_without_a_profile_it_opens_on_the_profile(make_app: Make, paths: Paths) -> None:
    app = make_app(paths)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, ProfileScreen)


async def test_an_empty_week_says_what_to_press(make_app: Make, with_profile: Paths) -> None:
    app = make_app(with_profile)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "Press p" in screen_text(app)
        assert "Stop" not in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_picture_of_a_week(
    make_app: Make, with_profile: Paths, size: tuple[int, int]
) -> None:
    app = make_app(with_profile)
    async with app.run_test(size=size) as pilot:
        await planned(app, pilot)
        assert_like_snapshot(app, f"week-{size[0]}")


async def test_planning_shows_the_best_so_far_and_stop_keeps_it(
    make_app: Make, with_profile: Paths
) -> None:
    planner = Planner(waits=True)
    app = make_app(with_profile, planner)
    async with app.run_test() as pilot:
        await pilot.press("p")
        while not app.week.query_one("#days", DataTable).row_count:
            await pilot.pause(0.01)
        assert "variety: 31 points · proven bound 7" in progress(app)
        assert app.week.query_one("#days", DataTable).row_count == 2
        assert "Stop" in screen_text(app)
        assert "Save" not in screen_text(app)
        await pilot.press("p")
        assert len(planner.requests) == 1
        await pilot.press("s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert planner.stopped
        assert not app.week.planning
        assert app.week.query_one("#days", DataTable).row_count == 7
        assert "2 of 3 goals proven best" in progress(app)


async def test_another_week_takes_the_next_seed(make_app: Make, with_profile: Paths) -> None:
    planner = Planner()
    app = make_app(with_profile, planner)
    async with app.run_test() as pilot:
        await planned(app, pilot)
        await pilot.press("n")
        await app.workers.wait_for_complete()
        assert [request.seed for request in planner.requests] == [1, 2]


async def test_a_day_opens_to_portions_and_nutrients(make_app: Make, with_profile: Paths) -> None:
    app = make_app(with_profile)
    async with app.run_test(size=(120, 40)) as pilot:
        await planned(app, pilot)
        await pilot.press("j", "enter")
        await pilot.pause()
        assert isinstance(app.screen, DayScreen)
        text = screen_text(app)
        assert "Tuesday 24 November" in text
        assert "rolled oats: 6 tablespoons, 60 g" in text
        assert "297 of 320 mg short 23" in text
        assert "▼ low (mean counts)" in text
        await pilot.press("right")
        await pilot.pause()
        assert "Wednesday 25 November" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, WeekScreen)


async def test_saving_writes_the_json_and_asks_before_replacing(
    make_app: Make, with_profile: Paths, tmp_path: Path
) -> None:
    target = tmp_path / "week.json"
    app = make_app(with_profile)
    async with app.run_test() as pilot:
        await planned(app, pilot)

        async def save() -> None:
            await pilot.press("w")
            await pilot.pause()
            assert isinstance(app.screen, NameDialog)
            app.screen.query_one(Input).value = str(target)
            await pilot.press("enter")
            await pilot.pause()

        await save()
        assert json.loads(target.read_text("utf-8"))["schema"] == "mealmag/plan/1"
        target.write_text("mine", encoding="utf-8")
        await save()
        assert isinstance(app.screen, MessageDialog)
        await pilot.click("#cancel")
        assert target.read_text("utf-8") == "mine"
        await save()
        await pilot.click("#replace")
        await pilot.pause()
        assert target.read_text("utf-8") != "mine"


async def test_a_place_that_cannot_be_written_is_said(
    make_app: Make, with_profile: Paths, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    app = make_app(with_profile)
    async with app.run_test() as pilot:
        await planned(app, pilot)
        await pilot.press("w")
        await pilot.pause()
        app.screen.query_one(Input).value = str(tmp_path / "file" / "week.json")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, MessageDialog)


async def test_the_last_plan_is_there_again(make_app: Make, with_profile: Paths) -> None:
    app = make_app(with_profile)
    async with app.run_test() as pilot:
        await planned(app, pilot)
    again = make_app(with_profile)
    async with again.run_test() as pilot:
        await pilot.pause()
        assert again.week.query_one("#days", DataTable).row_count == 7


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (fault(), ["Nothing goes.", "Loosen a rule."]),
        (ImpossibleError("Rules collide: minutes.", rules=["minutes"]), ["Change the profile"]),
        (RuntimeError("boom"), ["A fault of mealmag", "RuntimeError: boom"]),
    ],
)
async def test_errors_become_words(
    make_app: Make, with_profile: Paths, error: Exception, words: list[str]
) -> None:
    app = make_app(with_profile, Planner(fails=error))
    async with app.run_test() as pilot:
        await pilot.press("p")
        while not isinstance(app.screen, MessageDialog):
            await pilot.pause(0.01)
        await pilot.pause()
        text = screen_text(app)
        assert all(word in text for word in words)
        await pilot.press("escape")
        await pilot.pause()
        assert not app.week.planning


async def test_impossible_leads_to_the_profile(make_app: Make, with_profile: Paths) -> None:
    app = make_app(with_profile, Planner(fails=ImpossibleError("No.", rules=["minutes"])))
    async with app.run_test() as pilot:
        await pilot.press("p")
        while not isinstance(app.screen, MessageDialog):
            await pilot.pause(0.01)
        await pilot.pause()
        await pilot.click("#ok")
        await pilot.pause()
        assert isinstance(app.screen, ProfileScreen)


async def test_quitting_stops_the_search(make_app: Make, with_profile: Paths) -> None:
    planner = Planner(waits=True)
    app = make_app(with_profile, planner)
    async with app.run_test() as pilot:
        await pilot.press("p")
        while not planner.requests:
            await pilot.pause(0.01)
        await pilot.press("q")
        await pilot.pause()
    for _ in range(500):
        if planner.stopped:
            break
        await asyncio.sleep(0.01)
    assert planner.stopped


async def test_a_broken_profile_is_told_and_kept(make_app: Make, with_profile: Paths) -> None:
    with_profile.profile.write_text("[person]\nsex = 3\n", encoding="utf-8")
    app = make_app(with_profile)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, MessageDialog)
        assert "profile.toml:2" in screen_text(app)
    assert with_profile.profile.read_text("utf-8") == "[person]\nsex = 3\n"


async def test_help_tells_every_command_of_the_screen(make_app: Make, with_profile: Paths) -> None:
    app = make_app(with_profile)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        text = screen_text(app)
        assert all(command.help in text for command in (*WEEK, *APP))
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, WeekScreen)


async def test_the_palette_offers_what_applies(make_app: Make, with_profile: Paths) -> None:
    app = make_app(with_profile)
    async with app.run_test() as pilot:
        await pilot.pause()
        titles = {command.title for command in app.get_system_commands(app.screen)}
        assert {"Plan", "Profile"} <= titles
        assert not {"Stop", "Save JSON", "Open day"} & titles


def test_every_command_has_its_own_id() -> None:
    ids = [command.id for command in (*APP, *WEEK, *DAY, *PROFILE)]
    assert len(set(ids)) == len(ids)


def test_opening_does_not_wait_for_the_solver() -> None:
    code = (
        "import sys, mealmag.tui.app; "
        "assert not {'ortools', 'pandas', 'numpy', 'httpx'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
