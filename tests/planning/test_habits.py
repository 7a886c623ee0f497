"""The fewest and mildest changes, held against trying all choices, and a second engine."""

import itertools
import random
from decimal import Decimal

import pytest

from mealmag.planning.habits import MOST_CHANGES, HabitChange, Room, model_of
from mealmag.planning.solver import mathopt
from mealmag.planning.solver.few_changes import fewest_changes
from mealmag.planning.solver.outcome import Status

NUTRIENTS = ("magnesium_mg", "energy_kcal", "iron_mg")


def drawn(seed: int) -> tuple[list[HabitChange], Room]:
    draw = random.Random(seed)
    changes = [
        HabitChange(
            draw.choice("abcdef"),
            draw.randint(1, 60),
            {
                "magnesium_mg": Decimal(draw.randint(5, 60)),
                "energy_kcal": Decimal(draw.randint(-80, 120)),
                "iron_mg": Decimal(draw.randint(-20, 30)) / 10,
            },
        )
        for _ in range(11)
    ]
    least = {
        "magnesium_mg": Decimal(draw.randint(20, 160)),
        "energy_kcal": Decimal(-150),
        "iron_mg": Decimal(0),
    }
    return changes, Room(least, {"energy_kcal": Decimal(100)})


def allowed(chosen: tuple[HabitChange, ...], room: Room) -> bool:
    sums = {key: sum((c.adds[key] for c in chosen), Decimal(0)) for key in NUTRIENTS}
    habits = [change.habit for change in chosen]
    return (
        len(set(habits)) == len(habits)
        and all(sums[key] >= least for key, least in room.least.items())
        and all(sums[key] <= most for key, most in room.most.items())
    )


@pytest.mark.parametrize("seed", range(25))
def test_no_choice_is_smaller(seed: int) -> None:
    changes, room = drawn(seed)
    every = [
        (len(some), sum(c.cost for c in some))
        for count in range(MOST_CHANGES + 1)
        for some in itertools.combinations(changes, count)
        if allowed(some, room)
    ]
    found = list(fewest_changes(changes, room, 1))
    model = model_of(changes, room)
    second = mathopt.solve(model, "HiGHS")
    if not every:
        assert found == []
        assert second.status is Status.INFEASIBLE
        return
    (places, proven) = found[0]
    chosen = tuple(changes[place] for place in places)
    assert proven
    assert allowed(chosen, room)
    assert (len(chosen), sum(c.cost for c in chosen)) == min(every)
    assert second.objective == model.value([place in places for place in range(len(changes))])


@pytest.mark.parametrize("seed", range(8))
def test_other_choices_are_other_ones_and_no_smaller(seed: int) -> None:
    changes, room = drawn(seed)
    found = [places for places, _ in fewest_changes(changes, room, 4)]
    habits = [frozenset(changes[place].habit for place in places) for places in found]
    for before, after in itertools.combinations(habits, 2):
        assert not before <= after
    sizes = [(len(p), sum(changes[place].cost for place in p)) for p in found]
    assert sizes == sorted(sizes)


def test_a_stop_is_heard_at_once() -> None:
    changes, room = drawn(1)
    assert list(fewest_changes(changes, room, 3, stop=lambda: True)) == []
