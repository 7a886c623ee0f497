"""From words to entries with somebody to ask: what answers mean, and what is left out."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from mealmag.errors import InputError
from mealmag.nutrition.diary import Entry
from mealmag.services.catalogue import everyday_words, load_catalogue, load_food_table
from mealmag.services.doubt import Question, among
from mealmag.services.log import Reader
from mealmag.services.log_entries import When

TODAY = date(2026, 11, 29)
FOODS = load_food_table()


class Answers:
    """Answers by the beginning of a question's reason; "=" takes the usual amount, None leaves it out."""

    def __init__(self, *answers: str | None) -> None:
        self.answers = list(answers)
        self.asked: list[Question] = []

    def __call__(self, question: Question) -> str | None:
        self.asked.append(question)
        answer = self.answers.pop(0)
        return question.usual if answer == "=" else answer


def read(text: str, ask: Callable[[Question], str | None] | None = None) -> list[Entry]:
    cookbook = partial(load_catalogue)
    reader = Reader(FOODS, {}, cookbook, ask, everyday_words())
    return reader.read(text, When(TODAY), TODAY)


def said(entries: list[Entry]) -> list[str]:
    return [f"{entry.measure} {entry.snapshot.food}" for entry in entries]


def test_a_choice_is_answered_in_words_for_what_was_offered() -> None:
    answers = Answers("rood")
    assert said(read("1 glas wijn", answers)) == ["1 glass wine-red"]
    assert len(answers.asked) == 1


def test_words_for_several_of_them_are_asked_about_again() -> None:
    answers = Answers("chocolate", "white")
    assert said(read("30 g sweets", Answers("caramels"))) == ["30 g caramels"]
    read("30 g chocolate", answers)
    assert answers.asked[1].reason == '"chocolate" may be several of them.'


def test_words_that_say_none_keep_what_was_offered() -> None:
    answers = Answers("qwxz", "1")
    with pytest.raises(IndexError):  # "1" is no word for a food either; a third answer is asked for
        read("30 g cheese", answers)
    first, second, _ = answers.asked
    assert second.reason.startswith('No food is called "qwxz".')
    assert second.candidates[: len(first.candidates)] == first.candidates


def test_the_usual_amount_is_so_many_as_were_counted() -> None:
    answers = Answers("=")
    assert said(read("3 beers", answers)) == ["3 glasses beer"]
    assert answers.asked[0].usual == "3 glasses"
    assert said(read("3 beers", Answers("cans"))) == ["3 cans beer"]
    assert said(read("3 beers", Answers("330 ml"))) == ["330 ml beer"]


def test_a_sandwich_is_bread_and_what_is_on_it() -> None:
    answers = Answers("wholewheat bread", "cheddar", "=")
    entries = read("cheese sandwich", answers)
    assert said(entries) == ["2 slices bread-whole-wheat", "1 slice cheddar"]
    assert said(read("2 broodjes kaas", Answers("roll-white-soft", "gouda", "2 slices"))) == [
        "2 pieces roll-white-soft", "2 slices gouda"
    ]  # fmt: skip
    three = read("tosti ham kaas", Answers("bread-white", "=", "gouda", "="))
    assert [entry.snapshot.food for entry in three] == ["bread-white", "ham-sliced", "gouda"]


def test_a_food_that_is_called_a_sandwich_stays_one() -> None:
    assert said(read("1 tuna sandwich")) == ["1 piece sandwich-tuna"]


def test_what_gets_no_answer_is_left_out_and_the_rest_is_logged() -> None:
    assert said(read("cheese sandwich", Answers(None, "cheddar", "="))) == ["1 slice cheddar"]
    with pytest.raises(InputError, match="nothing was logged"):
        read("30 g cheese", Answers(None))


def test_in_a_script_every_open_part_is_named() -> None:
    with pytest.raises(InputError) as caught:
        read("cheese sandwich")
    assert [str(problem)[:16] for problem in caught.value.problems] == [
        '"2 slices bread"', '"cheese": "chees'
    ]  # fmt: skip


def test_a_dish_is_what_its_whole_name_says() -> None:
    """Its id says less than is in it: a mushroom risotto has no beans."""
    with pytest.raises(InputError) as caught:
        read("mushroom risotto")
    assert "these come nearest" in str(caught.value.problems[0])


def test_the_choices_of_a_dish_are_answered_in_words_and_each_may_be_left_out() -> None:
    name = "Fried eggs with ham and cheese on bread"
    every: list[Question] = []

    def first(question: Question) -> str:
        every.append(question)
        return question.candidates[0].name

    entries = read(name, first)
    assert {entry.dish for entry in entries} == {name}
    assert every[0].text.startswith(f"{name}: ")

    def all_but_bread(question: Question) -> str | None:
        return None if "bread" in question.reason.split(" was ")[0] else question.candidates[0].key

    without = read(name, all_but_bread)
    assert len(without) == len(entries) - 1


@pytest.mark.parametrize(
    ("answer", "keys"),
    [
        ("white bread", ["white"]),
        ("white", ["white", "toast"]),
        ("wit", ["white"]),
        ("toasted", ["toast"]),
        ("rye", []),
        ("", []),
    ],
)
def test_an_answer_among_what_was_offered(answer: str, keys: list[str]) -> None:
    offered = {"white": ("white bread", "witbrood", "wit brood"), "toast": ("toasted white bread",)}
    assert among(answer, offered) == keys
