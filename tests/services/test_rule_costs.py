"""What each demand costs in magnesium, where food leaves a gap."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mealmag.catalogue.reference import ReferenceTables
from mealmag.export.text import cost_words
from mealmag.planning.instance import Instance
from mealmag.planning.solver.certificate import shortfall_without
from mealmag.services.catalogue import Catalogue, Sources, load_catalogue
from mealmag.services.problem import planning_problem
from mealmag.services.rule_costs import rule_costs
from mealmag.services.target import target_report
from mealmag.storage.profile import Profile

MONDAY = date(2026, 11, 23)
FRUGAL = Profile.model_validate(
    {
        "person": {"sex": "male", "age": 45, "energy_kcal": 900},
        "plan": {"meals": ["breakfast", "dinner"], "weekday_minutes": 30},
        "diet": {
            "dislikes": ["pulses", "nuts", "seeds", "leafy-greens", "cacao", "whole-grains"],
            "avoid_allergens": ["soybeans", "lupin"],
        },
    }
)
TABLES = ReferenceTables()
POOR = Sources(dishes=Path(__file__).parents[1] / "planning" / "poor_cookbook.toml")


def shortfall(profile: Profile, catalogue: Catalogue) -> Decimal:
    """What one day lacks at the least, in mg."""
    need = target_report(profile.person, profile.reference.set, TABLES)
    problem = planning_problem(profile, need, catalogue, start=MONDAY, days=1)
    lacking = shortfall_without(Instance(problem), frozenset())
    assert lacking is not None
    return lacking


def test_each_demand_costs_what_a_day_without_it_brings_more() -> None:
    catalogue = load_catalogue()
    as_asked = shortfall(FRUGAL, catalogue)
    assert as_asked > 20
    costs = rule_costs(FRUGAL, catalogue, TABLES, start=MONDAY, days=1, shortfall_mg=as_asked)
    by_rule = {cost.rule: cost.would_add_mg for cost in costs}
    assert list(by_rule.values()) == sorted(by_rule.values(), reverse=True)
    assert all(1 <= added <= float(as_asked) + 0.005 for added in by_rule.values())
    assert "no lupin" not in by_rule, "nothing that these meals would miss"
    assert not any("kcal" in rule or "caffeine" in rule for rule in by_rule)
    dislikes = tuple(word for word in FRUGAL.diet.dislikes if word != "pulses")
    diet = FRUGAL.diet.model_copy(update={"dislikes": dislikes})
    freer = shortfall(FRUGAL.model_copy(update={"diet": diet}), catalogue)
    assert by_rule["no pulses"] == round(float(as_asked - freer), 2)


def test_the_costs_are_said_in_a_sentence() -> None:
    advice = {"why_not_food": [{"rule": "no nuts", "would_add_mg": 70.6}]}
    assert cost_words(advice) == "Food could bring a day more without: “no nuts” (+71 mg)."
    assert cost_words({"why_not_food": []}) == ""


def test_a_day_that_has_begun_is_measured_with_its_own_floor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    floors = []

    def without(instance: Instance, *_: object, **__: object) -> None:
        floors.append(instance.problem.target("energy_kcal").floor)

    monkeypatch.setattr("mealmag.planning.solver.certificate.shortfall_without", without)
    rule_costs(
        FRUGAL, load_catalogue(), TABLES,
        start=MONDAY, days=1, shortfall_mg=Decimal(100), floor_kcal=Decimal(300),
    )  # fmt: skip
    assert floors
    assert set(floors) == {300}


def test_a_meal_out_has_its_price_and_one_that_was_eaten_has_none() -> None:
    """Its magnesium is unknown and counts as none; what was eaten is nobody's to take back."""
    out = {"2026-11-23": {"dinner": {"kind": "out", "kcal": 300}}}
    food = {"food": "rice-basmati-cooked", "grams": 300}
    eaten = {"2026-11-23": {"dinner": {"kind": "eaten", "foods": [food]}}}
    catalogue = load_catalogue(POOR)
    for occasions, named in ((out, True), (eaten, False)):
        plan = FRUGAL.plan.model_dump() | {"occasions": occasions}
        profile = Profile.model_validate(FRUGAL.model_dump() | {"plan": plan})
        as_asked = shortfall(profile, catalogue)
        at_home = shortfall(FRUGAL, catalogue)
        assert as_asked > at_home, "the meal costs something: else nothing is tested"
        costs = rule_costs(profile, catalogue, TABLES, start=MONDAY, days=1, shortfall_mg=as_asked)
        assert any("dinner" in cost.rule for cost in costs) is named
