"""Menus that are found soon: near another, breaking a rule as little as can be, or better than one."""

import pytest

from mealmag.planning.instance import Instance
from mealmag.planning.problem import Rules
from mealmag.planning.rules import HARD, build, follows, values
from mealmag.planning.solver import feasibility
from mealmag.planning.solver.feasibility import annealed_menu
from mealmag.planning.solver.guided import nearest_menu
from mealmag.planning.solver.outcome import Status
from mealmag.planning.solver.soon import better_menu
from tests.planning.toy import toy_problem

EASY = Rules(weekday_minutes=None)


def day_minutes(instance: Instance, menu: dict) -> int:
    return max(
        sum(instance.dishes[pick.dish].minutes for slot, pick in menu.items() if slot.day == day)
        for day in range(instance.days)
    )


def test_the_nearest_menu_breaks_one_rule_alone_and_by_little() -> None:
    instance = Instance(toy_problem(days=2, rules=Rules(weekday_minutes=1)))
    assert annealed_menu(instance, runs=1) is None
    menu = nearest_menu(instance, "minutes")
    assert menu is not None
    assert follows(instance, menu, relaxed={"minutes"})
    assert not follows(instance, menu)
    fastest = sum(
        min(instance.dishes[k].minutes for k in instance.offered(slot))
        for slot in instance.slots
        if slot.day == 0
    )
    assert fastest <= day_minutes(instance, menu) <= 2 * fastest
    enough = Rules(weekday_minutes=day_minutes(instance, menu))
    assert follows(instance.under(enough), menu)


def test_where_chance_seldom_meets_the_rules_it_gets_more_patience_before_an_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    instance = Instance(
        toy_problem(days=7, seed=2, rules=Rules(weekday_minutes=28, weekend_minutes=28))
    )
    assert annealed_menu(instance) is None, "in short runs"

    def no_engine(*_: object) -> None:
        raise AssertionError("an engine was asked for a menu that chance finds")

    monkeypatch.setattr(feasibility, "Whole", no_engine)
    found = feasibility.any_menu(instance)
    assert found.status is Status.FEASIBLE
    assert found.menu is not None
    assert follows(instance, found.menu)


def test_a_menu_that_follows_is_near_itself() -> None:
    instance = Instance(toy_problem(days=2, rules=EASY))
    menu = annealed_menu(instance)
    assert menu is not None
    assert annealed_menu(instance, near=menu) is menu


def test_a_menu_is_made_no_worse_and_still_follows() -> None:
    instance = Instance(toy_problem(days=2, rules=EASY))
    menu = nearest_menu(instance, "repeats")
    assert menu is not None
    better = better_menu(instance, menu)
    assert follows(instance, better)
    assert tuple(values(instance, better).values()) <= tuple(values(instance, menu).values())
    assert better_menu(instance, menu, stop=lambda: True) is menu


def test_other_rules_make_the_same_rows_as_a_problem_that_has_them() -> None:
    rules = Rules(weekday_minutes=20, max_repeats=1, groups={"fish": {"min": 1, "max": 3}})
    shared = Instance(toy_problem(days=2, rules=EASY)).under(rules)
    fresh = Instance(toy_problem(days=2, rules=rules))
    rows = [build(each, each.slots, {}, goals=()).model.rows for each in (shared, fresh)]
    assert rows[0] == rows[1]
    assert {row.rule for row in rows[0]} & set(HARD)
