"""Everyday words for several foods: what the shipped file says, and what is wrong with another."""

from pathlib import Path

import pytest

from mealmag.catalogue.freetext.items import Item
from mealmag.catalogue.freetext.meaning import Unsure, Vocabulary
from mealmag.catalogue.freetext.names import comparable, number_key
from mealmag.catalogue.kinds import Kind, load_kinds
from mealmag.catalogue.locate import data_file
from mealmag.services.catalogue import everyday_words, load_food_table

FOODS = load_food_table()
KINDS = everyday_words()
HEADER = "english,dutch,match,foods\n"


def test_every_food_of_the_shipped_file_is_in_the_table() -> None:
    _, problems = load_kinds(data_file("kinds.csv"))
    assert problems == []
    assert {food for kind in KINDS.values() for food in kind.foods} <= FOODS.keys()


def test_one_thing_and_many_are_one_word() -> None:
    """Words of one key in two rows: the vocabulary would know the later row alone."""
    by_key: dict[str, set[Kind]] = {}
    for word, kind in KINDS.items():
        by_key.setdefault(number_key(comparable(word)), set()).add(kind)
    assert {key: kinds for key, kinds in by_key.items() if len(kinds) > 1} == {}


def test_no_word_is_the_own_name_of_a_food() -> None:
    names = {name.casefold() for food in FOODS.values() for name in (food.name_en, food.name_nl)}
    assert [word for word in KINDS if word.casefold() in names] == []


@pytest.mark.parametrize("word", ["cheese", "kaas", "rice", "rijst", "chicken", "kip", "kroket"])
def test_such_a_word_is_asked_about_likeliest_first(word: str) -> None:
    item = Item(f"100 g {word}", None, "g", word, 0)
    meaning = Vocabulary(FOODS, {}, KINDS).understand(item)
    assert isinstance(meaning, Unsure)
    assert meaning.question == "food"
    assert meaning.candidates[0].id == KINDS[word].foods[0]
    nearest = KINDS[word].match == "near"
    assert meaning.reason.endswith("these come nearest." if nearest else "may be several foods.")


def test_who_once_said_which_is_not_asked_again() -> None:
    words = Vocabulary(FOODS, {"cheese": "edam", "hagelslag": "chocolate-milk"}, KINDS)
    assert [food.id for food in words.called("cheese")] == ["edam"]
    assert [food.id for food in words.called("hagelslag")] == ["chocolate-milk"]


def test_foods_that_another_table_lacks_are_left_aside() -> None:
    few = {key: FOODS[key] for key in ("edam", "brie", "apple")}
    assert [food.id for food in Vocabulary(few, {}, KINDS).called("cheese")] == ["edam", "brie"]


def test_the_measure_that_was_said_comes_first() -> None:
    item = Item("1 wedge cheese", None, "wedge", "cheese", 0)
    kinds = {"cheese": Kind(("gouda", "cheddar", "feta"), "kind")}
    meaning = Vocabulary(FOODS, {}, kinds).understand(item)
    assert isinstance(meaning, Unsure)
    assert [food.id for food in meaning.candidates] == ["feta", "gouda", "cheddar"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("word,foods\n", 1, "The first line must be"),
        (HEADER + "cheese,kaas,kind\n", 2, "4 cells"),
        (HEADER + "cheese,kaas,maybe,edam;brie\n", 2, '"kind" or "near"'),
        (HEADER + "cheese,kaas,kind,edam\n", 2, "Two foods or more"),
        (HEADER + "cheese,,kind,edam;brie\nham,cheese,kind,ham;edam\n", 3, "other foods above"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    path = tmp_path / "kinds.csv"
    path.write_text(text, "utf-8")
    _, problems = load_kinds(path)
    assert [problem.line for problem in problems] == [line]
    assert words in problems[0].message
