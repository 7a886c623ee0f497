"""Real plans for real people, from the shipped catalogue through the real optimiser."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import ImpossibleError, InputError, UsageError
from mealmag.nutrition.person import Person
from mealmag.nutrition.reference import ReferenceSet
from mealmag.planning.check import check
from mealmag.planning.plan import Plan, PlanGoal
from mealmag.planning.problem import Effort
from mealmag.planning.solver.certificate import DayCertificate
from mealmag.services.catalogue import Sources, load_catalogue
from mealmag.services.plan import PlanProgress, PlanRequest, plan_week
from mealmag.services.supplement import supplement
from mealmag.services.target import target_report
from mealmag.storage.profile import Profile

START = date(2026, 11, 23)
PEOPLE = {
    "woman of 34": {"person": {"sex": "female", "age": 34}},
    "man of 45": {"person": {"sex": "male", "age": 45}},
    "vegan pregnant woman of 28": {
        "person": {"sex": "female", "age": 28, "life_stage": "pregnant"},
        "diet": {"kind": "vegan"},
    },
    "man of 72 without gluten and nuts": {
        "person": {"sex": "male", "age": 72, "energy_kcal": 1700},
        "diet": {"avoid_allergens": ["gluten", "nuts", "peanuts"]},
    },
}


def request(profile: dict[str, object], **changes: object) -> PlanRequest:
    settings = {"start": START, "effort": Effort.QUICK, **changes}
    return PlanRequest(Profile.model_validate(profile), **settings)  # type: ignore[arg-type]


@pytest.mark.parametrize("who", PEOPLE)
def test_a_week_reaches_the_target(who: str) -> None:
    plan = plan_week(request(PEOPLE[who]))
    catalogue = load_catalogue()
    assert check(plan, catalogue.foods, catalogue.dishes) == []
    assert [day.magnesium.gap_mg for day in plan.days] == [0.0] * 7
    assert plan.supplement is None
    assert plan.goals[0].status == "optimal"


def test_the_same_input_gives_the_same_bytes() -> None:
    first, second = (
        plan_week(request(PEOPLE["woman of 34"], days=2)).model_dump_json(by_alias=True)
        for _ in range(2)
    )
    assert first == second
    other = plan_week(request(PEOPLE["woman of 34"], days=2, seed=2))
    assert other.model_dump_json(by_alias=True) != first


def test_progress_carries_the_best_plan_so_far() -> None:
    seen: list[PlanProgress] = []
    plan: Plan = plan_week(request(PEOPLE["man of 45"], days=2), on_progress=seen.append)
    assert seen[0].incumbent is not None
    assert len(seen[0].days) == 2
    assert seen[-1].days == plan.days
    assert [p.elapsed_s for p in seen] == sorted(p.elapsed_s for p in seen)


def test_what_food_cannot_close_is_proven_and_capped() -> None:
    """A menu of snacks only cannot bring a man's target: a dose, below gap and upper level."""
    snacks = {
        "person": {"sex": "male", "age": 45, "energy_kcal": 800},
        "diet": {
            "dislikes": ["seeds", "nuts", "soya", "cacao", "pulses", "leafy-greens", "whole-grains"]
        },
        "plan": {"meals": ["breakfast", "dinner"], "max_repeats": 7, "weekday_minutes": 120},
    }
    plan = plan_week(request(snacks, days=2, effort=Effort.NORMAL))
    assert plan.supplement is not None
    dose = plan.supplement["elemental_mg"]
    assert dose
    assert plan.supplement["upper_level_mg"] == 350
    assert len(plan.supplement["certificate"]["engines"]) == 2
    for day in plan.days:
        assert day.magnesium.supplement in (None, dose)
        assert (day.magnesium.supplement or 0) <= day.magnesium.gap_mg
    best = plan.supplement["certificate"]["best_possible_food_mg"]
    assert all(day.magnesium.food_mg <= best for day in plan.days)


def test_a_kidney_disease_refuses_the_supplement_with_the_reason() -> None:
    snacks = {
        "person": {
            "sex": "male",
            "age": 45,
            "energy_kcal": 800,
            "conditions": ["kidney-disease"],
        },
        "diet": {
            "dislikes": ["seeds", "nuts", "soya", "cacao", "pulses", "leafy-greens", "whole-grains"]
        },
        "plan": {"meals": ["breakfast", "dinner"], "max_repeats": 7, "weekday_minutes": 120},
    }
    plan = plan_week(request(snacks, days=1))
    assert plan.supplement is not None
    assert plan.supplement["form"] is None
    assert "kidney" in plan.supplement["refused"]
    assert all(day.magnesium.supplement is None for day in plan.days)


def test_impossible_rules_are_named() -> None:
    with pytest.raises(ImpossibleError, match="minutes") as caught:
        plan_week(request({**PEOPLE["man of 45"], "plan": {"weekday_minutes": 5}}, days=2))
    assert "minutes" in caught.value.rules


def test_no_dish_left_names_the_rule_that_took_them() -> None:
    every_grain = ["whole-grains", "refined-grains", "bread", "fruit", "soya", "dairy", "eggs"]
    with pytest.raises(ImpossibleError, match="dislikes"):
        plan_week(
            request(
                {**PEOPLE["woman of 34"], "diet": {"dislikes": [*every_grain, "pulses", "nuts"]}}
            )
        )


def test_an_unknown_dislike_gets_a_suggestion() -> None:
    with pytest.raises(InputError, match='Did you mean "leafy-greens"'):
        plan_week(request({**PEOPLE["woman of 34"], "diet": {"dislikes": ["leafy-green"]}}))


@pytest.mark.parametrize("days", [0, 29])
def test_days_beyond_reason_are_refused(days: int) -> None:
    with pytest.raises(UsageError, match="days"):
        plan_week(request(PEOPLE["woman of 34"], days=days))


def test_a_broken_food_table_is_refused_with_its_line(tmp_path: Path) -> None:
    table = tmp_path / "foods.csv"
    table.write_text("id,name\nx,y\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        plan_week(request(PEOPLE["woman of 34"], sources=Sources(foods=table)))
    assert caught.value.problems[0].line == 1


def test_a_bound_of_one_engine_alone_carries_no_dose() -> None:
    reference = target_report(
        Person.model_validate(PEOPLE["man of 45"]["person"]), ReferenceSet.US
    ).magnesium
    shortfall = PlanGoal(
        name="magnesium_shortfall", unit="mg", value=500, bound=500, gap=0, status="optimal"
    )
    for certificates in (
        None,
        [DayCertificate((0,), None, ("a", "b"))],
        [DayCertificate((0,), Decimal(300), ("a", "b")), DayCertificate((1,), None, ("a", "b"))],
    ):
        advice = supplement(
            {"2026-11-23": Decimal(170), "2026-11-24": Decimal(170)},
            shortfall,
            certificates,
            reference=reference,
            person=Person.model_validate(PEOPLE["man of 45"]["person"]),
            tables=ReferenceTables(),
        )
        assert advice is not None
        assert advice.elemental_mg is None
