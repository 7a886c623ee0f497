"""A search that begins with a menu that is near: of the same day, with one food more or less."""

import pytest

from mealmag.planning.instance import Instance, Menu
from mealmag.planning.problem import Effort
from mealmag.planning.rules import follows, values
from mealmag.planning.solver import search as module
from mealmag.planning.solver.report import Progress
from mealmag.planning.solver.search import Search
from mealmag.planning.start import anneal
from tests.planning.toy import toy_problem

PROBLEM = toy_problem(days=1, dishes=24, foods=30, seed=4, effort=Effort.QUICK)


def a_menu(instance: Instance) -> Menu:
    menu = anneal(instance, seed=3, moves=3_000)
    assert follows(instance, menu)
    return menu


def no_annealing(*_: object, **__: object) -> Menu:
    raise AssertionError("nothing is drawn where a menu is near")


def test_it_is_the_first_and_is_only_made_better(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Instance(PROBLEM)
    near = a_menu(before)
    monkeypatch.setattr(module, "anneal", no_annealing)
    told: list[Progress] = []
    search = Search(PROBLEM, near=near, before=before, on_progress=told.append)
    assert search.instance.dishes[0] is before.dishes[0], "taken over, not counted anew"
    found = search.run()
    assert told[0].menu == near
    assert tuple(values(found.instance, found.menu).values()) <= tuple(
        values(before, near).values()
    )


def test_what_is_locked_goes_before_it() -> None:
    instance = Instance(PROBLEM)
    near = a_menu(instance)
    slot = instance.slots[1]
    other = next(
        pick
        for seed in range(20)
        if (menu := anneal(instance, seed=seed, moves=2_000))
        and (pick := menu[slot]) != near[slot]
        and follows(instance, {**near, slot: pick})
    )
    found = Search(PROBLEM, near=near, locked={slot: other}).run()
    assert found.menu[slot] == other


def test_one_that_lacks_a_meal_or_breaks_a_rule_is_left_aside() -> None:
    instance = Instance(PROBLEM)
    near = a_menu(instance)
    part = {slot: pick for slot, pick in near.items() if slot.meal}
    strict = PROBLEM.model_copy(
        update={"rules": PROBLEM.rules.model_copy(update={"weekday_minutes": None})}
    )
    alone = Search(PROBLEM).run()
    assert Search(PROBLEM, near=part).run().menu == alone.menu
    assert Search(strict, near=near).run().menu
