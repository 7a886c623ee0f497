"""Which dinners are cooked double: spread, in time for their lunch, and around what is otherwise."""

from datetime import date, timedelta

import pytest

from mealmag.catalogue.dish import Meal
from mealmag.planning.cook_once import doubles, wanted
from mealmag.planning.occasion import CookDouble, Occasion, Place, parse

MONDAY = date(2026, 11, 23)
WEEK = [MONDAY + timedelta(days=d) for d in range(7)]


def chosen(a_week: int, days: int = 7, keeps: int = 2, **said: str) -> dict[int, int]:
    """Day of the dinner → days until its lunch; `said` is `dinner_0="out 800"`."""
    occasions: dict[Place, Occasion] = {}
    for where, words in said.items():
        meal, day = where.split("_")
        occasion = parse(words)
        assert occasion is not None
        occasions[Place(WEEK[int(day)], Meal(meal))] = occasion
    found = doubles(a_week, WEEK[:days], occasions, keeps)
    assert not found.keys() & occasions.keys()
    return {
        WEEK.index(place.date): double.days
        for place, double in found.items()
        if isinstance(double, CookDouble) and place.meal is Meal.DINNER
    }


@pytest.mark.parametrize(
    ("a_week", "days", "expected"),
    [(0, 7, 0), (2, 7, 2), (2, 14, 4), (1, 3, 1), (3, 5, 2), (1, 1, 0), (6, 2, 2), (1, 28, 4)],
)
def test_so_many_a_week_for_a_plan_of_any_length(a_week: int, days: int, expected: int) -> None:
    assert wanted(a_week, days) == expected


def test_they_are_spread_over_the_week() -> None:
    assert chosen(0) == {}
    assert chosen(1) == {2: 1}
    assert chosen(2) == {1: 1, 4: 1}
    assert chosen(6) == dict.fromkeys(range(6), 1)


def test_what_is_otherwise_stays() -> None:
    assert chosen(1, dinner_2="out 800") in ({1: 1}, {3: 1})
    assert 1 not in chosen(2, lunch_2="skip")
    assert chosen(1, dinner_4="double") == {}  # that is one already
    assert chosen(2, dinner_4="double") == {2: 1}
    assert len(chosen(2, dinner_6="double")) == 2  # that would be for a lunch after the plan


def test_a_lunch_that_is_not_free_is_passed_over_while_it_keeps() -> None:
    taken = {f"lunch_{day}": "skip" for day in (1, 3, 4, 5, 6)}
    assert chosen(1, keeps=2, **taken) == {1: 1}
    assert chosen(1, keeps=2, dinner_1="out 700", **taken) == {0: 2}
    assert chosen(1, keeps=1, dinner_1="out 700", **taken) == {}


def test_no_lunch_twice_and_none_where_nothing_keeps() -> None:
    assert chosen(6, days=3, keeps=3) == {0: 1, 1: 1}
    assert chosen(3, keeps=0) == {}
