"""Lanes of looks: each hangs on itself alone, and what is best there is ends the lanes after it."""

import random
import threading
from collections.abc import Callable

import pytest

from mealmag.planning.instance import Instance
from mealmag.planning.rulebook import ENJOYMENT
from mealmag.planning.solver.lanes import Lane, following, one, take
from mealmag.planning.solver.looks import Look, Looker
from mealmag.planning.solver.outcome import Outcome, Status
from mealmag.planning.solver.relaxation import relax
from tests.planning.toy import toy_problem

FOUND, NOTHING = Outcome(Status.OPTIMAL, [1], 0), Outcome(Status.INFEASIBLE)


@pytest.fixture(scope="module")
def looker() -> Looker:
    instance = Instance(toy_problem(days=1, dishes=12, foods=20))
    relaxation = relax(instance, ENJOYMENT.name, {})
    assert relaxation is not None
    return Looker(instance, ENJOYMENT.name, {}, relaxation, random.Random(1))


@pytest.fixture
def looks(looker: Looker) -> list[Look]:
    return [looker.near_bound(limit) for limit in (1, 2, 3)]


def is_found(_: Look, outcome: Outcome) -> bool:
    return outcome is FOUND


def test_a_lane_is_told_what_came_of_its_own_looks(looks: list[Look]) -> None:
    told: list[Outcome] = []

    def lane() -> Lane:
        for look in looks:
            told.append((yield look))

    def solve(look: Look, _: Callable[[], bool]) -> Outcome:
        return Outcome(Status.UNKNOWN, bound=look.limit)

    [mine, other] = take([lane(), one(looks[2])], solve, is_found)
    assert [outcome.bound for outcome in told] == [1, 2, 3]
    assert [look for look, _ in mine] == looks
    assert [outcome for _, outcome in mine] == told
    assert [look for look, _ in other] == [looks[2]]


def test_the_best_there_is_ends_the_lanes_after_its_own(looks: list[Look]) -> None:
    begun = threading.Event()

    def solve(look: Look, ended: Callable[[], bool]) -> Outcome:
        if look is looks[0]:
            assert begun.wait(10)
            return FOUND
        begun.set()
        while not ended():
            pass
        return NOTHING

    def later() -> Lane:
        yield looks[1]
        pytest.fail("a look more, though the best is found")

    [first, second] = take([one(looks[0]), later()], solve, is_found)
    assert first[0].outcome is FOUND
    assert len(second) == 1


def test_a_later_lane_does_not_end_an_earlier_one(looks: list[Look]) -> None:
    """Else what comes of both would hang on which is the faster."""
    over = threading.Event()

    def solve(look: Look, ended: Callable[[], bool]) -> Outcome:
        if look is looks[2]:
            over.set()
            return FOUND
        assert over.wait(10)
        return NOTHING if not ended() else FOUND

    def first() -> Lane:
        yield looks[0]
        yield looks[1]

    [earlier, _] = take([first(), one(looks[2])], solve, is_found)
    assert [outcome for _, outcome in earlier] == [NOTHING, NOTHING]


def test_a_lane_ends_with_what_is_best(looks: list[Look]) -> None:
    def lane() -> Lane:
        yield looks[0]
        yield looks[1]

    [taken] = take([lane()], lambda *_: FOUND, is_found)
    assert len(taken) == 1


def test_days_that_are_locked_are_no_look(looker: Looker) -> None:
    look = looker.of_dishes({}, 1)
    look.model.free.clear()
    [taken] = take([one(look)], lambda *_: pytest.fail("solved"), is_found)
    assert not taken


def test_what_follows_the_last_is_nothing() -> None:
    made = (n for n in (1,))
    assert next(made) == 1
    assert following(made, None) is None
