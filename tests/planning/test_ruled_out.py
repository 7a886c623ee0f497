"""What is ruled out is in no menu, and leaves an engine little to look at where rules leave little room."""

from decimal import Decimal

import pytest

from mealmag.planning.instance import Instance, Slot
from mealmag.planning.problem import Rules
from mealmag.planning.rules import build, follows
from mealmag.planning.solver import mathopt
from mealmag.planning.solver.outcome import Status
from mealmag.planning.solver.ruled_out import ruled_out
from mealmag.planning.solver.whole import FEW, Whole
from mealmag.planning.start import anneal
from tests.planning.toy import TOY_TARGETS, toy_problem


def instance_of(days: int, seed: int, minutes: int | None, kcal: tuple[int, int]) -> Instance:
    energy = {"floor": Decimal(kcal[0]), "ceiling": Decimal(kcal[1])}
    targets = tuple(
        target.model_copy(update=energy) if target.nutrient == "energy_kcal" else target
        for target in TOY_TARGETS
    )
    rules = Rules(weekday_minutes=minutes, weekend_minutes=minutes)
    return Instance(
        toy_problem(days=days, dishes=24, foods=30, seed=seed, rules=rules, targets=targets)
    )


def has_menu(instance: Instance, slot: Slot, dish: int) -> bool:
    """Whether an engine finds a day with this dish, rounded outward; all of them prove it or find one."""
    offer = {each: instance.offered(each) for each in instance.slots} | {slot: (dish,)}
    model = build(instance, instance.slots, {}, goals=(), outward=True, offer=offer)
    outcome = mathopt.solve(model.model, "HiGHS")
    assert outcome.status is not Status.UNKNOWN
    return outcome.values is not None


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("minutes", "kcal"), [(25, (1_800, 2_200)), (None, (2_900, 3_400))])
def test_no_menu_has_what_is_ruled_out(
    seed: int, minutes: int | None, kcal: tuple[int, int]
) -> None:
    instance = instance_of(1, seed, minutes, kcal)
    out = ruled_out(instance)
    if out.hopeless:
        assert not any(
            has_menu(instance, Slot(0, 0), dish) for dish in instance.offered(Slot(0, 0))
        )
    for slot, dishes in out.dishes.items():
        assert not any(has_menu(instance, slot, dish) for dish in dishes)


def test_something_is_ruled_out_where_there_is_little_room_and_nothing_where_there_is_much() -> (
    None
):
    tight = [ruled_out(instance_of(1, seed, 25, (1_800, 2_200))) for seed in range(4)]
    assert any(out.dishes for out in tight)
    assert any(out.servings for out in tight)
    wide = ruled_out(instance_of(1, 1, None, (1, 9_000)))
    assert (wide.dishes, wide.servings, wide.hopeless) == ({}, {}, False)


@pytest.mark.parametrize("seed", range(6))
def test_menus_of_several_days_survive(seed: int) -> None:
    """Closing what is ruled out leaves a menu that follows the rules as it is."""
    instance = instance_of(3, seed, 30, (1_800, 2_200))
    menu = anneal(instance, seed=1, moves=3_000)
    if not follows(instance, menu):
        pytest.skip("chance finds none")
    model = build(instance, instance.slots, {}, goals=(), outward=True)
    ruled_out(instance).close(model)
    values = model.encode(menu)
    assert all(value <= upper for value, upper in zip(values, model.model.upper, strict=True))


def test_a_rule_that_cannot_be_met_at_all_is_hopeless() -> None:
    assert ruled_out(instance_of(1, 1, None, (90_000, 95_000))).hopeless


def test_a_stop_rules_nothing_out() -> None:
    out = ruled_out(instance_of(1, 1, 25, (1_800, 2_200)), stop=lambda: True)
    assert (out.dishes, out.hopeless) == ({}, False)


def test_a_menu_of_what_is_left_follows_the_rules() -> None:
    instance = instance_of(2, 2, 30, (1_800, 2_200))
    found = Whole(instance).by_highs(FEW)
    assert found.menu is not None
    assert follows(instance, found.menu)
