"""The Foods screen: found while one types, in both languages, ours first and all on demand."""

import threading
from pathlib import Path

import pytest
from rich.console import Console
from textual.widgets import DataTable, Input, Static

from mealmag.catalogue.every_food import EveryFood
from mealmag.nutrition.food import Food
from mealmag.services.catalogue import Sources
from mealmag.services.profile import keep_profile
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile
from mealmag.tui.app import MealmagApp
from mealmag.tui.screens import foods
from mealmag.tui.screens.foods import FoodsScreen
from mealmag.tui.screens.week import WeekScreen
from tests.tui.conftest import NOW
from tests.tui.snapshot import screen_text


def app_at(home: Path, **diet: object) -> MealmagApp:
    paths = Paths(home, home / "data", home / "cache")
    profile = Profile.model_validate({"person": {"sex": "female", "age": 34}, "diet": diet})
    keep_profile(paths, profile)
    return MealmagApp(paths, now=lambda: NOW, warm=lambda: None)


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


async def test_an_empty_line_says_that_the_toggle_is_on(tmp_path: Path) -> None:
    app = app_at(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        listed = names(screen)
        await pilot.press("ctrl+t")
        await until(pilot, lambda: "typing finds all foods" in screen_text(app))
        assert names(screen) == listed


async def test_all_foods_asked_for_before_ours_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours are among all, and the source table is read once, however often the key is pressed."""
    may_read, reads = threading.Event(), []
    read, read_all = foods.load_food_table, foods.EveryFood

    def slowly(sources: Sources) -> dict[str, Food]:
        assert may_read.wait(10)
        return read(sources)

    def counted() -> EveryFood:
        reads.append(1)
        return read_all()

    monkeypatch.setattr(foods, "load_food_table", slowly)
    monkeypatch.setattr(foods, "EveryFood", counted)
    app = app_at(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f", "ctrl+t", "ctrl+t", "ctrl+t")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, FoodsScreen)
        assert said(screen, "#progress") == "Loading all foods …"
        await typed(pilot, "pindakaas")
        may_read.set()
        await until(pilot, lambda: "in all foods" in said(screen, "#progress"))
        assert names(screen)[0] == "peanut butter · pindakaas"
    assert reads == [1]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 15)])
async def test_facts_stand_beside_the_list_or_below_it(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = app_at(tmp_path)
    async with app.run_test(size=size) as pilot:
        screen = await opened(app, pilot)
        table, facts = screen.query_one(DataTable), screen.query_one("#meals")
        below = facts.region.y >= table.region.bottom
        assert below == (size[0] < 110)
        assert below or facts.region.x >= table.region.right
        assert min(table.region.height, facts.region.height) >= 4
        assert not table.show_horizontal_scrollbar
        if size[0] == 40:
            assert any(name.endswith("…") for name in names(screen)), "a cut name says so"


async def test_a_terminal_made_narrow_keeps_the_food(tmp_path: Path) -> None:
    app = app_at(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(app, pilot)
        await pilot.press("down", "down")
        await pilot.pause()
        facts = said(screen, "#facts")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert screen.query_one(DataTable).cursor_row == 2
        assert said(screen, "#facts") == facts


async def test_the_arrows_scroll_the_facts_where_one_is_in_them(tmp_path: Path) -> None:
    app = app_at(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        facts = screen.query_one("#meals")
        facts.focus()
        for key, row in (("down", 1), ("down", 2), ("down", 3), ("up", 2)):
            await pilot.press(key)
            await until(pilot, lambda row=row: facts.scroll_y == row)
        assert screen.query_one(DataTable).cursor_row == 0


async def test_the_palette_of_the_week_has_it(tmp_path: Path) -> None:
    app = app_at(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, WeekScreen)
        command = next(c for c in app.get_system_commands(app.screen) if c.title == "Foods")
        await command.callback()
        await pilot.pause()
        assert isinstance(app.screen, FoodsScreen)


async def test_a_broken_own_table_is_told(tmp_path: Path) -> None:
    app = app_at(tmp_path)
    (tmp_path / "foods.csv").write_text("id,name\n1,2\n", encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("f")
        await until(pilot, lambda: type(app.screen).__name__ == "MessageDialog")
        await pilot.press("escape")
        await until(pilot, lambda: "The foods cannot be read" in screen_text(app))
        await pilot.press("ctrl+t")
        await typed(pilot, "mothbeans")
        await until(pilot, lambda: "found in all foods" in screen_text(app))
