"""Cases of one request: what is shared between them, what a removal proves, and which step does."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mealmag.catalogue.reference import ReferenceTables
from mealmag.planning.instance import Instance, Slot
from mealmag.planning.main_food_count import MainFoodCount
from mealmag.services.case import Case
from mealmag.services.catalogue import load_catalogue
from mealmag.services.conflict import Conflict
from mealmag.services.demands import Demand, demands
from mealmag.services.problem import planning_problem
from mealmag.services.trials import Trials
from mealmag.services.ways import first_step
from mealmag.storage.profile import Profile

MONDAY = date(2026, 11, 23)


def profile(**plan: Any) -> Profile:
    return Profile.model_validate({"person": {"sex": "female", "age": 34}, "plan": plan})


def trials(of: Profile, days: int = 1) -> Trials:
    return Trials(of, load_catalogue(), ReferenceTables(), start=MONDAY, days=days)


def test_cases_that_differ_in_rules_alone_are_as_if_made_anew() -> None:
    tried = trials(profile(weekday_minutes=30))
    first = tried.instance(Case(profile(weekday_minutes=30)))
    other = profile(weekday_minutes=60, max_repeats=1, max_main_food=4, groups={"fish": {"min": 2}})
    shared = tried.instance(Case(other))
    assert first is not None
    assert shared is not None
    fresh = Instance(
        planning_problem(other, tried.need(other), load_catalogue(), start=MONDAY, days=1)
    )
    assert shared.dishes is first.dishes
    assert shared.dishes == fresh.dishes
    assert shared.problem == fresh.problem
    assert (shared.budget, shared.scale) == (fresh.budget, fresh.scale)
    assert first.problem.rules.weekday_minutes == 30


def test_main_foods_are_counted_for_every_case_whichever_came_first() -> None:
    free, asked = profile(max_main_food=None), profile(max_main_food=1)
    tried = trials(asked, days=2)
    first, second = (tried.instance(Case(each)) for each in (free, asked))
    assert first is not None
    assert second is not None
    assert second.main_foods
    assert any(shown for shown in second.shown_mains)
    menu = tried.menu(Case(asked))
    assert menu is not None
    counts = [MainFoodCount(each) for each in (first, second)]
    for count in counts:
        for slot in first.slots[:4]:  # the same day twice
            count.count(slot, second.piece(menu[slot]), 1)
            count.count(Slot(1, slot.meal), second.piece(menu[slot]), 1)
    assert counts[0].broken == 0 < counts[1].broken


def test_a_case_with_other_food_shares_nothing() -> None:
    tried = trials(profile())
    omnivore = tried.instance(Case(profile()))
    vegan = Profile.model_validate(profile().model_dump() | {"diet": {"kind": "vegan"}})
    other = tried.instance(Case(vegan))
    assert omnivore is not None
    assert other is not None
    assert len(other.problem.dishes) < len(omnivore.problem.dishes)


def test_the_step_is_the_gentlest_whose_menu_is_found() -> None:
    hurried = profile(weekday_minutes=6)
    tried = trials(hurried)
    demand = next(each for each in demands(hurried, "") if each.rule == "minutes")
    found = first_step(tried, demand, lambda: False)
    assert found is not None
    step, menu, least = found
    assert least
    assert tried.allows(Case(step.profile), menu)
    at = demand.ladder.index(step)
    assert at == 0 or tried.narrow_look(Case(demand.ladder[at - 1].profile)).is_proof
    assert tried.is_out(tried.case)


class Told(Trials):
    """Trials by decree: which sets of letters collide, by sums or by an engine, and which have a menu."""

    def __init__(self, sums: Sequence[str], engine: Sequence[str], menus: Sequence[str]) -> None:
        self._sums, self._engine, self._menus = sums, engine, menus

    def without(self, everything: Sequence[Demand], some: Sequence[Demand]) -> Any:
        return "".join(sorted(each.sentence for each in some))

    def contradiction(self, case: Any, some: Sequence[Demand]) -> list[Demand] | None:
        return list(some) if any(set(s) <= set(case) for s in self._sums) else None

    def collision(self, case: Any, some: Sequence[Demand], *, deep: bool = False) -> Any:
        """Only a deep look finds a menu where there is one."""
        collide = any(set(s) <= set(case) for s in self._engine)
        return list(some) if collide else None, self.menu(case) if deep else None

    def menu(self, case: Any) -> Any:
        return {} if any(set(case) <= set(s) for s in self._menus) else None


def letters(text: str) -> list[Demand]:
    def back(case: Case) -> Case:
        return case

    return [Demand("minutes", letter, back) for letter in text]


def conflict(sums: str, engine: str, menus: str) -> Conflict:
    told = Told(sums.split(), engine.split(), menus.split())
    everything = letters("abcd")
    found = Conflict(told, everything, everything, sure=True, stop=lambda: False)
    found.verify()
    return found


@pytest.mark.parametrize(
    ("sums", "engine", "menus", "left", "unsure"),
    [
        ("bc", "bc", "abd acd", "bc", ""),
        ("bc", "bc b", "acd", "b", ""),  # sums need both, an engine proves that one is enough
        ("bc", "bc", "abd", "bc", "b"),  # nobody can tell whether c alone has a menu
        ("", "ad", "abc bcd", "ad", ""),  # where sums prove nothing an engine's word is taken
    ],
)
def test_what_is_left_is_needed_or_said_to_be_unsure(
    sums: str, engine: str, menus: str, left: str, unsure: str
) -> None:
    found = conflict(sums, engine, menus)
    assert [each.sentence for each in found.demands] == list(left)
    assert [each.sentence for each in found.unsure] == list(unsure)


def test_a_demand_of_which_a_menu_is_known_is_not_looked_at_again() -> None:
    asked: list[str] = []

    class Counting(Told):
        def menu(self, case: Any) -> Any:
            asked.append(case)
            return super().menu(case)

    everything = letters("ab")
    found = Conflict(
        Counting(["ab"], ["ab"], ["a"]), everything, everything, sure=True, stop=lambda: False
    )
    found.needed.append(everything[0])
    found.verify()
    assert asked == ["a"]
    assert not found.unsure


def test_a_day_that_has_begun_has_its_own_floor() -> None:
    tried = Trials(
        profile(),
        load_catalogue(),
        ReferenceTables(),
        start=MONDAY,
        days=1,
        floor_kcal=Decimal(900),
    )
    assert tried.energy(profile()) == "900 to 2,287 kcal"
    assert trials(profile()).energy(profile()) == "1,871 to 2,287 kcal"
    instance = tried.instance(Case(profile()))
    assert instance is not None
    assert instance.problem.target("energy_kcal").floor == 900
