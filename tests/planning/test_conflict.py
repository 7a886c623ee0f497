"""The deletion filter: what it leaves collides, and nothing of it can go."""

import itertools
import random

import pytest

from mealmag.planning.solver.conflict import minimal


@pytest.mark.parametrize("seed", range(40))
def test_what_is_left_collides_and_none_of_it_can_be_left_out(seed: int) -> None:
    draw = random.Random(seed)
    names = [f"demand-{i}" for i in range(7)]
    cores = [frozenset(draw.sample(names, draw.randint(1, 4))) for _ in range(draw.randint(1, 3))]

    def collides(some: list[str]) -> bool:
        return any(core <= set(some) for core in cores)

    def collide(some: list[str]) -> list[str] | None:
        return some if collides(some) else None

    found = minimal(names, collide)
    assert frozenset(found) in cores
    assert found == [name for name in names if name in found]
    assert not any(collides([name for name in found if name != spared]) for spared in found)


def test_a_core_that_is_handed_back_spares_looks() -> None:
    looks = []

    def collide(some: list[int]) -> list[int] | None:
        looks.append(some)
        return [7, 9] if {7, 9} <= set(some) else None

    assert minimal(list(range(20)), collide) == [7, 9]
    assert len(looks) == 3


def test_what_has_no_part_in_it_goes_in_few_looks() -> None:
    looks = []

    def collide(some: list[int]) -> list[int] | None:
        looks.append(some)
        return some if 60 in some else None

    assert minimal(list(range(64)), collide) == [60]
    assert len(looks) < 20


def test_what_nobody_can_tell_stays() -> None:
    assert minimal(["a", "b"], lambda _: None) == ["a", "b"]


def test_a_stop_leaves_what_is_there_by_then() -> None:
    ticks = itertools.count()
    found = minimal(list(range(9)), lambda some: some, lambda: next(ticks) >= 3)
    assert found == [7, 8]
