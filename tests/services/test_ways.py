"""The gentlest step of a demand that leaves a menu, and whether that is proven."""

from typing import Any

import pytest

from mealmag.planning.solver.outcome import Status
from mealmag.planning.solver.whole import NONE, UNKNOWN, Feasibility
from mealmag.services.demands import Demand, Gentler
from mealmag.services.ways import Step, first_step
from mealmag.storage.profile import Profile

ASKED = Profile.model_validate({"person": {"sex": "female", "age": 34}})
RUNGS = 40


def ladder(rule: str) -> Demand:
    """Forty steps, of which the profile's budget tells the number."""
    steps = []
    for rung in range(RUNGS):
        plan = ASKED.plan.model_copy(update={"budget": rung + 1.0})
        steps.append(Gentler(f"step {rung}", "", ASKED.model_copy(update={"plan": plan})))
    return Demand(rule, rule, lambda case: case, tuple(steps))


def rung(case: Any) -> int:
    return int(case.profile.plan.budget) - 1


class Steps:
    """Stands for `Trials`: sums prove steps before `out` impossible, a brief look finds a menu from `soon`
    on, a closer one from `at` on, and before `proven` it proves that there is none. A menu is its step."""

    case = None

    def __init__(self, out: int, proven: int, at: int, soon: int) -> None:
        self.out, self.proven, self.at, self.soon = out, proven, at, soon
        self.looks = 0

    def is_out(self, case: Any) -> bool:
        return rung(case) < self.out

    def nearest(self, *_: Any) -> Any:
        return self.soon

    def allows(self, case: Any, menu: Any) -> bool:
        return rung(case) >= menu

    def menu(self, case: Any) -> Any:
        return rung(case) if rung(case) >= self.soon else None

    def menu_near(self, *_: Any) -> None:
        return None

    def narrow_look(self, case: Any) -> Feasibility:
        self.looks += 1
        if rung(case) >= self.at:
            menu: Any = rung(case)
            return Feasibility(Status.FEASIBLE, menu)
        return NONE if rung(case) < self.proven else UNKNOWN


def stepped(trials: Any, rule: str = "minutes") -> tuple[int, bool]:
    found = first_step(trials, ladder(rule), lambda: False)
    assert isinstance(found, Step)
    return int(found.gentler.change.removeprefix("step ")), found.least


@pytest.mark.parametrize("rule", ["minutes", "main_food"])
def test_a_closer_look_between_proof_and_step_finds_the_gentlest(rule: str) -> None:
    assert stepped(Steps(out=4, proven=6, at=6, soon=8), rule) == (6, True)


@pytest.mark.parametrize("rule", ["minutes", "main_food"])
@pytest.mark.parametrize("first", range(12))
def test_a_step_next_to_a_proof_is_the_least_without_a_look(rule: str, first: int) -> None:
    trials = Steps(out=first, proven=first, at=first, soon=first)
    assert stepped(trials, rule) == (first, True)
    assert trials.looks == 0


def test_a_step_of_which_nothing_is_known_leaves_the_least_open() -> None:
    assert stepped(Steps(out=5, proven=5, at=7, soon=7)) == (7, False)


def test_looks_are_few_and_then_the_least_is_open() -> None:
    trials = Steps(out=0, proven=0, at=RUNGS - 2, soon=RUNGS - 1)
    assert stepped(trials) == (RUNGS - 1, False)
    assert trials.looks == 3


def test_a_stop_ends_the_looks() -> None:
    trials: Any = Steps(out=4, proven=6, at=6, soon=8)
    found = first_step(trials, ladder("minutes"), lambda: True)
    assert trials.looks == 0
    assert found is not None
    assert not found.least


def test_no_step_is_told_where_none_leaves_a_menu() -> None:
    trials: Any = Steps(out=RUNGS, proven=RUNGS, at=RUNGS, soon=RUNGS)
    assert first_step(trials, ladder("minutes"), lambda: False) is None
