"""Days trade places between weeks; nothing else changes."""

from collections import Counter
from itertools import combinations

import pytest

from mealmag.planning.instance import Instance, Menu, Slot
from mealmag.planning.problem import Rules
from mealmag.planning.rules import follows, values
from mealmag.planning.solver.even_weeks import evened
from mealmag.planning.solver.search import Search
from mealmag.planning.start import anneal
from tests.planning.toy import toy_problem

RULES = Rules(max_repeats=2)


def too_many(menu: Menu, instance: Instance) -> int:
    """Meals that are one too many of a dish in their week."""
    times = Counter((slot.day // 7, instance.base[pick.dish]) for slot, pick in menu.items())
    return sum(max(0, each - RULES.max_repeats) for each in times.values())


def uneven(instance: Instance) -> Menu:
    """A menu that follows the rules, days of which have traded places for more of one dish in a week."""
    menu = anneal(instance, seed=1, moves=6_000)
    assert follows(instance, menu)
    for days in instance.day_kinds():
        for one, other in combinations(days, 2):
            places = {one: other, other: one}
            traded = {
                Slot(places.get(slot.day, slot.day), slot.meal): pick for slot, pick in menu.items()
            }
            if too_many(traded, instance) > too_many(menu, instance) and follows(instance, traded):
                menu = dict(sorted(traded.items()))
    assert too_many(menu, instance), "nothing to do: nothing is tested"
    return menu


def days_of(instance: Instance, menu: Menu) -> Counter[object]:
    return Counter(
        tuple(menu[Slot(day, meal)] for meal in range(instance.meals))
        for day in range(instance.days)
    )


@pytest.mark.parametrize("days", [10, 14, 21])
def test_no_week_has_too_much_of_a_dish_where_another_order_helps(days: int) -> None:
    instance = Instance(toy_problem(days=days, dishes=16, rules=RULES))
    menu = uneven(instance)
    better = evened(instance, menu)
    assert too_many(better, instance) < too_many(menu, instance)
    assert days_of(instance, better) == days_of(instance, menu)
    assert follows(instance, better)
    reached = values(instance, menu)
    assert all(value <= reached[goal] for goal, value in values(instance, better).items())


def test_a_week_and_a_stop_leave_the_order() -> None:
    week = Instance(toy_problem(days=7, rules=RULES))
    menu = anneal(week, seed=1, moves=500)
    assert evened(week, menu) == menu
    weeks = Instance(toy_problem(days=14, dishes=16, rules=RULES))
    menu = uneven(weeks)
    assert evened(weeks, menu, stop=lambda: True) == menu


def test_a_locked_meal_stays_on_its_day() -> None:
    problem = toy_problem(days=14, dishes=16, rules=RULES)
    menu = uneven(Instance(problem))
    locked = {Slot(0, 0): menu[Slot(0, 0)]}
    better = evened(Instance(problem, locked), menu)
    assert better[Slot(0, 0)] == menu[Slot(0, 0)]
    assert better != menu


def test_a_search_over_two_weeks_ends_so() -> None:
    found = Search(toy_problem(days=14, dishes=16, rules=RULES)).run()
    assert evened(found.instance, found.menu) == found.menu
    assert follows(found.instance, found.menu)
