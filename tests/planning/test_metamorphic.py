"""What must hold between two problems: more to choose from is never worse, a stricter rule never better."""

import random
import re
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from mealmag.catalogue.appetite import appetite
from mealmag.catalogue.locate import data_file
from mealmag.nutrition.food import GROUPS, Diet
from mealmag.nutrition.person import Person, Sex
from mealmag.nutrition.reference import ReferenceSet
from mealmag.planning import assemble
from mealmag.planning.candidates import choices, facts
from mealmag.planning.instance import Instance
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort, NutrientTarget, PlanningProblem, Rules, TimesAWeek
from mealmag.planning.rulebook import MAGNESIUM
from mealmag.planning.rules import build
from mealmag.planning.solver import mathopt
from mealmag.planning.solver.certificate import certify
from mealmag.planning.solver.outcome import Status
from mealmag.planning.solver.relaxation import relax
from mealmag.planning.solver.search import Search
from mealmag.services.catalogue import Catalogue, Sources
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.services.target import target_report
from mealmag.storage.profile import Profile
from tests.planning.drawn import Drawn, draw, draw_from

OUT_OF_REACH = 5_000
MONDAY = date(2026, 11, 23)


# The most magnesium of a day.


def best_mg(drawn: Drawn) -> Decimal:
    """What a day can bring at best; 0 where no menu follows the rules."""
    instance = Instance(drawn.problem)
    menu = build(instance, instance.slots, {}, goals=(MAGNESIUM.name,), outward=True)
    menu.model.minimise(menu.goals[MAGNESIUM.name])
    outcome = mathopt.solve(menu.model, "HiGHS")
    if outcome.status is Status.INFEASIBLE:
        return Decimal(0)
    assert outcome.status is Status.OPTIMAL
    scale = instance.scale[instance.nutrient("magnesium_mg")]
    return OUT_OF_REACH - Decimal(outcome.objective or 0) / scale


def a_day(seed: int, **rules: object) -> Drawn:
    """One Thursday of ten dishes, with room for every rule."""
    drawn = draw(seed, days=1, dishes=10, magnesium=OUT_OF_REACH, free=True)
    energy = drawn.problem.targets[1].model_copy(update={"floor": Decimal(1400)})
    targets = (drawn.problem.targets[0], energy, *drawn.problem.targets[2:])
    wide = drawn.problem.model_copy(update={"targets": targets})
    return replace(drawn, problem=wide).with_rules(**rules)


def with_dishes(drawn: Drawn, count: int) -> Drawn:
    some = dict(list(drawn.dishes.items())[:count])
    return draw_from(replace(drawn, dishes=some), drawn.problem.rules)


SEEDS = range(1, 4)
ROUNDING = Decimal("0.1")  # what the servings of a day can lose, and an engine's tolerance
FEW, MORE = GROUPS[3:5]
# Looser first. Each pair differs in one rule.
PAIRS: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "minutes": ({"weekday_minutes": None}, {"weekday_minutes": 30}),
    "allergens": ({"avoid_allergens": ("milk",)}, {"avoid_allergens": ("milk", "gluten")}),
    "dislikes": ({"dislikes": ("food-1",)}, {"dislikes": ("food-1", "food-2", "food-7")}),
    "limits": ({}, {"limits": ("sodium_mg", "protein_g")}),
    "caffeine": ({"caffeine_mg": Decimal(400)}, {"caffeine_mg": Decimal(15)}),
    "budget": ({"budget": Decimal(50)}, {"budget": Decimal(4)}),
    "groups at most": ({}, {"groups": {FEW: TimesAWeek(max=0), MORE: TimesAWeek(max=0)}}),
    "groups at least": ({}, {"groups": {MORE: TimesAWeek(min=14)}}),
}


@pytest.mark.parametrize("rule", PAIRS)
def test_a_stricter_rule_never_raises_what_a_day_can_bring(rule: str) -> None:
    looser, stricter = PAIRS[rule]
    bites = 0
    for seed in SEEDS:
        most = best_mg(a_day(seed, **looser))
        less = best_mg(a_day(seed, **{**looser, **stricter}))
        assert less <= most + ROUNDING, seed
        bites += less < most - 1
    assert bites, "no pair differs: the test proves nothing"


def test_more_dishes_never_lower_what_a_day_can_bring() -> None:
    gains = 0
    for seed in SEEDS:
        whole = draw(seed, days=1, dishes=16, magnesium=OUT_OF_REACH, free=True)
        bests = [best_mg(with_dishes(whole, count)) for count in (8, 12, 16)]
        assert bests[0] <= bests[1] + ROUNDING <= bests[2] + 2 * ROUNDING
        gains += bests[0] < bests[2] - 1
    assert gains, "no catalogue differs: the test proves nothing"


def test_a_certificate_says_what_the_whole_model_says() -> None:
    """Two engines on the day alone, and one on the plan, of the same dishes under the same rules."""
    for seed in SEEDS[:2]:
        drawn = a_day(seed, weekday_minutes=40)
        instance = Instance(drawn.problem)
        certificates = certify(instance)
        assert certificates is not None
        assert certificates[0].best_mg == best_mg(drawn) + instance.rounding_mg


# The same over the shipped catalogue, by the relaxation.


def shipped(catalogue: Catalogue, **rules: object) -> PlanningProblem:
    """A weekday of a woman of 34, with a target that nothing reaches."""
    need = target_report(Person(sex=Sex.FEMALE, age=34), ReferenceSet.US)
    targets = tuple(NutrientTarget.model_validate(asdict(t)) for t in need.targets.values())
    targets = tuple(
        t.model_copy(update={"floor": Decimal(OUT_OF_REACH)}) if t.nutrient == "magnesium_mg" else t
        for t in targets
    )
    asked = Rules.model_validate(rules)
    energy = next(t for t in targets if t.nutrient == "energy_kcal")
    meals = tuple(Profile(person=need.person).plan.meals)
    keys = tuple(t.nutrient for t in targets)
    dishes = choices(
        catalogue.dishes.values(),
        catalogue.foods,
        asked,
        meals,
        steps=appetite(energy.middle),
    )
    return PlanningProblem(
        days=(MONDAY,),
        meals=meals,
        dishes=dishes,
        foods=facts(dishes, catalogue.foods, set(keys)),
        targets=targets,
        rules=asked,
    )


def least_shortfall(problem: PlanningProblem) -> Decimal:
    """What a day must lack at least, in mg."""
    instance = Instance(problem)
    relaxation = relax(instance, MAGNESIUM.name, {})
    assert relaxation is not None
    scale = instance.scale[instance.nutrient("magnesium_mg")]
    return Decimal(float(relaxation.optimum)) / scale


def test_each_further_rule_leaves_a_real_day_less_magnesium(catalogue: Catalogue) -> None:
    rules: dict[str, object] = {"weekday_minutes": None}
    shortfalls = [least_shortfall(shipped(catalogue, **rules))]
    for further in (
        {"weekday_minutes": 40},
        {"dislikes": ("seeds",)},
        {"avoid_allergens": ("nuts",)},
        {"diet": Diet.VEGAN},
        {"groups": {"leafy-greens": TimesAWeek(max=0)}},
    ):
        rules |= further
        shortfalls.append(least_shortfall(shipped(catalogue, **rules)))
    for before, after in pairwise(shortfalls):
        assert before <= after + ROUNDING
    assert shortfalls[0] + 50 < shortfalls[-1] < OUT_OF_REACH


# The order in which things are written down.


def reordered(drawn: Drawn, what: str) -> Drawn:
    """The same problem from a catalogue or rules that are written in another order."""
    rng = random.Random(3)
    if what == "dislikes":
        words = list(drawn.problem.rules.dislikes)
        return drawn.with_rules(dislikes=tuple(reversed(words)))
    things: dict[str, Any] = getattr(drawn, what)
    keys = rng.sample(list(things), k=len(things))
    assert keys != list(things)
    return draw_from(
        replace(drawn, **{what: {key: things[key] for key in keys}}), drawn.problem.rules
    )


ORDERS = [
    "foods",
    "dislikes",
    "dishes",
]


@pytest.mark.parametrize("what", ORDERS)
def test_the_order_of_a_toy_catalogue_makes_no_difference(what: str) -> None:
    drawn = draw(11, days=2, dishes=20, free=True).with_rules(dislikes=("food-1", "food-2"))
    other = reordered(drawn, what).problem
    same_rules = other.model_copy(update={"rules": drawn.problem.rules})
    assert same_rules == drawn.problem or what == "dishes"
    days = []
    for problem in (drawn.problem, other):
        menu = Search(problem).run().menu
        days.append(assemble.days(problem, menu, drawn.foods, drawn.dishes))
    assert days[0] == days[1]


def a_plan(sources: Sources, dislikes: tuple[str, ...] = ("tempeh", "nuts", "almonds")) -> Plan:
    profile = Profile.model_validate(
        {"person": {"sex": "female", "age": 34}, "diet": {"dislikes": dislikes}}
    )
    return plan_week(PlanRequest(profile, MONDAY, 1, effort=Effort.QUICK, sources=sources))


@pytest.fixture(scope="module")
def one_day() -> Plan:
    return a_plan(Sources())


@pytest.mark.parametrize("what", ORDERS)
def test_the_order_of_the_shipped_files_makes_no_difference(
    one_day: Plan, tmp_path: Path, what: str
) -> None:
    """To the byte, but for the hashes of the files and the list of dislikes itself."""
    rng = random.Random(3)
    name = {"foods": "foods.csv", "dishes": "dishes.toml", "dislikes": ""}[what]
    if what == "dislikes":
        other = a_plan(Sources(), ("almonds", "tempeh", "nuts"))
    else:
        start = r"^(?=\[\[dish\]\])" if what == "dishes" else r"^"
        head, *parts = re.split(start, data_file(name).read_text("utf-8"), flags=re.MULTILINE)
        if what == "foods":
            head, parts = parts[0], [part for part in parts[1:] if part]
        rng.shuffle(parts)
        path = tmp_path / name
        path.write_text(head + "".join(parts), encoding="utf-8")
        other = a_plan(Sources(**{what: path}))
    same = {"made_by": one_day.made_by, "rules": one_day.rules}
    assert other.model_copy(update=same).model_dump_json() == one_day.model_dump_json()
