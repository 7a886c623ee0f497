from collections.abc import Callable

import pytest
from textual.widgets import Input, Select, SelectionList, Static

from mealmag.storage.paths import Paths
from mealmag.storage.profile import load_profile
from mealmag.tui.app import MealmagApp
from mealmag.tui.dialogs import MessageDialog
from mealmag.tui.screens.profile import ProfileScreen
from mealmag.tui.screens.week import WeekScreen
from tests.tui.snapshot import assert_like_snapshot, screen_text

Make = Callable[..., MealmagApp]


def verdict(app: MealmagApp) -> str:
    return str(app.screen.query_one("#verdict", Static).content)


def put(app: MealmagApp, field: str, text: str) -> None:
    app.screen.query_one(f"#{field}", Input).value = text


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_picture_of_a_profile(
    make_app: Make, with_profile: Paths, size: tuple[int, int]
) -> None:
    app = make_app(with_profile)
    async with app.run_test(size=size) as pilot:
        await pilot.press("e")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert_like_snapshot(app, f"profile-{size[0]}")


async def test_a_first_profile_is_filled_in_and_kept(make_app: Make, paths: Paths) -> None:
    app = make_app(paths)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert verdict(app) == "✗ Sex: needed"
        app.screen.query_one("#person-sex", Select).value = "male"
        put(app, "person-age", "45")
        put(app, "diet-dislikes", "tofu-firm, fish")
        app.screen.query_one("#diet-avoid-allergens", SelectionList).select("sesame")
        put(app, "plan-weekday-minutes", "")
        await pilot.pause()
        assert verdict(app).startswith("✓ 420 mg magnesium a day (RDA, NAM 1997)")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, WeekScreen)
    profile = load_profile(paths.profile)
    assert (profile.person.sex, profile.person.age) == ("male", 45)
    assert profile.diet.avoid_allergens == ("sesame",)
    assert profile.diet.dislikes == ("tofu-firm", "fish")
    assert profile.plan.weekday_minutes is None


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("person-age", "0", "Age:"),
        ("person-age", "150", "Age:"),
        ("person-age", "old", "Age:"),
        ("person-weight-kg", "-3", "Weight:"),
        ("plan-max-repeats", "9", "Repeats:"),
        ("diet-dislikes", "leafy-green", 'Did you mean "leafy-greens"'),
    ],
)
async def test_what_is_wrong_is_said_and_not_saved(
    make_app: Make, with_profile: Paths, field: str, text: str, words: str
) -> None:
    before = with_profile.profile.read_text("utf-8")
    app = make_app(with_profile)
    async with app.run_test() as pilot:
        await pilot.press("e")
        await app.workers.wait_for_complete()
        put(app, field, text)
        await pilot.pause()
        assert verdict(app).startswith("✗")
        assert words in verdict(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, ProfileScreen)
    assert with_profile.profile.read_text("utf-8") == before


async def test_a_pregnant_man_is_refused(make_app: Make, with_profile: Paths) -> None:
    app = make_app(with_profile)
    async with app.run_test() as pilot:
        await pilot.press("e")
        await pilot.pause()
        app.screen.query_one("#person-life-stage", Select).value = "pregnant"
        await pilot.pause()
        assert verdict(app).startswith("✓ 360 mg")
        app.screen.query_one("#person-sex", Select).value = "male"
        await pilot.pause()
        assert 'needs sex "female"' in verdict(app)


async def test_a_file_written_by_hand_is_kept(make_app: Make, with_profile: Paths) -> None:
    mine = with_profile.profile.read_text("utf-8")
    backup = with_profile.profile.with_suffix(".toml.bak")
    app = make_app(with_profile)
    async with app.run_test() as pilot:
        for age in ("35", "36"):
            await pilot.press("e")
            await pilot.pause()
            put(app, "person-age", age)
            await pilot.press("ctrl+s")
            await pilot.pause()
    assert backup.read_text("utf-8") == mine
    assert load_profile(with_profile.profile).person.age == 36


async def test_leaving_asks_when_something_changed(make_app: Make, with_profile: Paths) -> None:
    app = make_app(with_profile)
    async with app.run_test() as pilot:
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, WeekScreen)
        await pilot.press("e")
        await pilot.pause()
        put(app, "person-age", "40")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, MessageDialog)
        await pilot.click("#stay")
        await pilot.pause()
        assert isinstance(app.screen, ProfileScreen)
        await pilot.press("escape")
        await pilot.pause()
        await pilot.click("#leave")
        await pilot.pause()
        assert isinstance(app.screen, WeekScreen)


async def test_only_ticked_boxes_show_a_mark(make_app: Make, with_profile: Paths) -> None:
    app = make_app(with_profile)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("e")
        await pilot.pause()
        lines = {line.split()[-1]: line for line in screen_text(app).splitlines() if "▌" in line}
        assert "X" in lines["breakfast"]
        assert "X" not in lines["gluten"]
