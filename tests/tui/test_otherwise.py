"""The window that asks what is otherwise at a meal: words, and a dish found while one types."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from mealmag.catalogue.dish import Meal
from mealmag.catalogue.dish_index import dish_entries
from mealmag.catalogue.search import Index
from mealmag.planning.occasion import Place, dish_part
from mealmag.services.catalogue import load_catalogue
from mealmag.tui.app import MealmagApp
from mealmag.tui.screens.otherwise import OtherwiseDialog
from tests.tui.snapshot import assert_snapshot

DINNER = Place(date(2026, 11, 23), Meal.DINNER)


@pytest.mark.parametrize(
    ("text", "dish", "rest"),
    [
        ("", "", ""),
        ("lentil", "lentil", ""),
        ("Lentil  soup", "lentil soup", ""),
        ("lentil soup guest vegan, nuts", "lentil soup", "guest vegan, nuts"),
        ("lentil-soup double 2", "lentil-soup", "double 2"),
        ("guest lentil-soup", "", "guest lentil-soup"),
        ("out 800", "", "out 800"),
    ],
)
def test_what_of_the_words_names_a_dish(text: str, dish: str, rest: str) -> None:
    assert dish_part(text) == (dish, rest)


class Asked:
    """The window over an app, and what it answers."""

    def __init__(self, pilot: Pilot[None], answers: list[str | None]) -> None:
        self.pilot = pilot
        self.answers = answers

    @property
    def line(self) -> Input:
        return self.pilot.app.screen.query_one("#name", Input)

    @property
    def shown(self) -> list[str | None]:
        options = self.pilot.app.screen.query_one(OptionList)
        found = [options.get_option_at_index(n).id for n in range(options.option_count)]
        return found if options.display else []

    async def type(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()


@asynccontextmanager
async def asked(
    app: MealmagApp, value: str = "", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Asked]:
    answers: list[str | None] = []
    load_catalogue()  # so that the window has it at once
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.push_screen(OtherwiseDialog(DINNER, value), answers.append)
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        yield Asked(pilot, answers)


async def test_a_dish_is_found_by_its_name_and_taken_by_its_id(app: MealmagApp) -> None:
    async with asked(app) as window:
        assert window.shown == []
        await window.type(*"linzensoep")  # the Dutch name finds it too
        assert "lentil-soup" in window.shown
        before = len(window.shown)
        assert 1 <= before <= 5
        await window.type(*["down"] * (window.shown.index("lentil-soup") + 1), "enter")
        assert window.line.value == "lentil-soup"
        assert window.shown == []
        await window.type("enter")
        assert window.answers == ["lentil-soup"]


async def test_words_that_are_no_dish_mark_the_first_that_they_find(app: MealmagApp) -> None:
    async with asked(app, "lentil soup double") as window:
        first = window.shown[0]
        await window.type("enter")
        assert (window.answers, window.line.value) == ([], "lentil soup double")
        await window.type("enter")
        assert window.line.value == f"{first} double"
        await window.type("enter")
        assert window.answers == [f"{first} double"]


async def test_what_else_is_said_stays(app: MealmagApp) -> None:
    async with asked(app, "soup guest vegan") as window:
        first = window.shown[0]
        await window.type("down", "enter")
        assert window.line.value == f"{first} guest vegan"
        await window.type("enter")
        assert window.answers == [f"{first} guest vegan"]


def test_those_for_the_meal_come_first() -> None:
    """Of two that are called alike, whichever meal is asked for."""
    soup = load_catalogue().dishes["lentil-soup"]
    early = replace(soup, id="a-soup", meals=frozenset({Meal.BREAKFAST}))
    late = replace(soup, id="b-soup", meals=frozenset({Meal.DINNER}))
    for meal, first in ((Meal.BREAKFAST, "a-soup"), (Meal.DINNER, "b-soup")):
        assert Index(dish_entries([early, late], meal)).find("lentil soup")[0] == first


@pytest.mark.parametrize(
    "words", ["out 800", "skip", "guest soup", "ate 60 g oats-rolled", "planned"]
)
async def test_words_of_meals_find_no_dish(app: MealmagApp, words: str) -> None:
    async with asked(app, words) as window:
        assert window.shown == []
        await window.type("down", "enter")
        assert window.answers == [words]


@pytest.mark.parametrize("keys", [["escape"], ["tab", "tab", "enter"]])
async def test_escape_and_cancel_answer_nothing(app: MealmagApp, keys: list[str]) -> None:
    async with asked(app, "lentil-soup") as window:
        await window.type(*keys)
        assert window.answers == [""]


async def test_the_button_answers_with_the_words(app: MealmagApp) -> None:
    async with asked(app, "out 700") as window:
        await window.type("tab", "enter")
        assert window.answers == ["out 700"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_as_it_looks(app: MealmagApp, size: tuple[int, int]) -> None:
    async with asked(app, "lentil", size) as window:
        await window.type("down")
        assert_snapshot(window.pilot.app, f"otherwise-{size[0]}x{size[1]}")
