"""The Foods screen: found while one types, in both languages, ours first and all on demand."""

from pathlib import Path

from rich.console import Console
from textual.widgets import DataTable, Input, Static

from mealmag.services.profile import keep_profile
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile
from mealmag.tui.app import MealmagApp
from mealmag.tui.screens.foods import FoodsScreen
from tests.tui.conftest import TODAY


def app_at(home: Path, **diet: object) -> MealmagApp:
    paths = Paths(home, home / "data", home / "cache")
    profile = Profile.model_validate({"person": {"sex": "female", "age": 34}, "diet": diet})
    keep_profile(paths, profile)
    return MealmagApp(paths, today=TODAY, warm=lambda: None)


async def opened(app: MealmagApp, pilot) -> FoodsScreen:
    await pilot.pause()
    await pilot.press("f")
    await pilot.pause()
    screen = app.screen
    assert isinstance(screen, FoodsScreen)
    await until(pilot, lambda: screen.query_one(DataTable).row_count > 0)
    return screen


async def until(pilot, true) -> None:
    for _ in range(400):
        if true():
            return
        await pilot.pause(0.02)
    raise AssertionError("it never came true")


def names(screen: FoodsScreen) -> list[str]:
    table = screen.query_one(DataTable)
    return [table.get_row_at(i)[2].plain for i in range(table.row_count)]


def said(screen: FoodsScreen, part: str) -> str:
    """The words of a part as they stand on the screen."""
    widget = screen.query_one(part, Static)
    if part != "#facts":
        return str(widget.render())
    console = Console(width=60, color_system=None)
    with console.capture() as capture:
        console.print(widget.content)
    return capture.get()


async def typed(pilot, text: str) -> None:
    for sign in text:
        await pilot.press("space" if sign == " " else sign)
    await pilot.pause()


async def test_a_dutch_word_finds_the_food_and_shows_its_facts(tmp_path: Path) -> None:
    app = app_at(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(app, pilot)
        await typed(pilot, "pindakaas")
        assert names(screen)[0] == "peanut butter · pindakaas"
        assert "allergens: peanuts" in said(screen, "#facts")
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, FoodsScreen)


async def test_nothing_typed_shows_the_richest_within_the_diet(tmp_path: Path) -> None:
    app = app_at(tmp_path, kind="vegan", avoid_allergens=["soybeans"])
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        listed = names(screen)
        assert len(listed) >= 20
        assert not any("soya" in name or "tofu" in name for name in listed)


async def test_the_cursor_moves_while_the_line_keeps_the_focus(tmp_path: Path) -> None:
    app = app_at(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await typed(pilot, "spinach")
        first = said(screen, "#facts")
        await pilot.press("down")
        await pilot.pause()
        assert said(screen, "#facts") != first
        assert isinstance(app.focused, Input)
        await pilot.press("up", "up")
        await pilot.pause()
        assert said(screen, "#facts") == first


async def test_all_foods_of_the_source_on_demand(tmp_path: Path) -> None:
    app = app_at(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(app, pilot)
        await typed(pilot, "mothbeans")
        assert names(screen) == []
        assert "Nothing is called that in our foods" in said(screen, "#progress")
        await pilot.press("ctrl+t")
        await until(pilot, lambda: "in all foods" in said(screen, "#progress"))
        assert any("Mothbeans" in name for name in names(screen))
        assert "not planned with" in " ".join(said(screen, "#facts").split())
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert names(screen) == []


async def test_a_broken_own_table_is_told(tmp_path: Path) -> None:
    app = app_at(tmp_path)
    (tmp_path / "foods.csv").write_text("id,name\n1,2\n", encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("f")
        await until(pilot, lambda: type(app.screen).__name__ == "MessageDialog")
