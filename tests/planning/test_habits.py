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
    found = list(fewest_changes(changes, room, 1, nutrient="magnesium_mg"))
    model = model_of(changes, room)
    second = mathopt.solve(model, "HiGHS")
    if not every:
        assert found == []
        assert second.status is Status.INFEASIBLE
        return
    places = found[0].places
    chosen = tuple(changes[place] for place in places)
    assert found[0].proven
    assert allowed(chosen, room)
    assert (len(chosen), sum(c.cost for c in chosen)) == min(every)
    assert second.objective == model.value([place in places for place in range(len(changes))])


@pytest.mark.parametrize("seed", range(12))
def test_another_choice_keeps_what_one_before_changes(seed: int) -> None:
    changes, room = drawn(seed)
    found = list(fewest_changes(changes, room, 4, nutrient="magnesium_mg"))
    habits = [{changes[place].habit for place in few.places} for few in found]
    assert len({frozenset(each) for each in habits}) == len(habits)
    for place, (few, changed) in enumerate(zip(found, habits, strict=True)):
        assert not changed & set(few.kept)
        assert set(few.kept) <= set().union(*habits[:place])
        assert bool(few.kept) == bool(place)
        others = [change for change in changes if change.habit not in few.kept]
        smallest = next(iter(fewest_changes(others, room, 1, nutrient="magnesium_mg")))
        cost = sum(changes[p].cost for p in few.places)
        assert (len(few.places), cost) == (
            len(smallest.places), sum(others[p].cost for p in smallest.places)
        )  # fmt: skip
    if len(found) > 1:
        most = max(found[0].places, key=lambda p: changes[p].adds["magnesium_mg"])
        assert len(found[1].kept) == 1 or len(found[0].places) == 1
        assert changes[most].habit in {habit for few in found[1:] for habit in few.kept}


def test_a_stop_is_heard_at_once() -> None:
    changes, room = drawn(1)
    assert list(fewest_changes(changes, room, 3, nutrient="iron_mg", stop=lambda: True)) == []
