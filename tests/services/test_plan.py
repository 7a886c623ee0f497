"""Real plans for real people, from the shipped catalogue through the real optimiser."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import ImpossibleError, InputError, UsageError
from mealmag.nutrition.figures import Figures
from mealmag.nutrition.food_groups import groups_of
from mealmag.nutrition.person import Person
from mealmag.nutrition.reference import ReferenceSet
from mealmag.nutrition.supplement import SupplementAdvice
from mealmag.planning.check import check
from mealmag.planning.plan import Plan, PlanGoal
from mealmag.planning.problem import Effort
from mealmag.planning.solver.certificate import DayCertificate
from mealmag.services.catalogue import Sources, load_catalogue, load_food_table
from mealmag.services.check import check_plan
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.services.plan_progress import PlanProgress
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
KIDNEY_LIMITS = {
    "magnesium_mg": {"floor": 420, "ceiling": 600},
    "potassium_mg": {"ceiling": 3000},
    "phosphorus_mg": {"ceiling": 1500},
}
POOR = Sources(dishes=Path(__file__).parents[1] / "planning" / "poor_cookbook.toml")
HUNGRY: dict[str, dict[str, object]] = {
    "person": {"sex": "male", "age": 45, "energy_kcal": 900},
    "plan": {"meals": ["breakfast", "dinner"], "max_repeats": 7, "weekday_minutes": 120},
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


def test_a_cautious_week_reaches_the_target_on_the_lowest_figures() -> None:
    """Counted anew from the tables of the foods as they were read, with no choice of figures."""
    plan = plan_week(
        request({"person": {"sex": "male", "age": 72}, "reference": {"figures": "cautious"}})
    )
    table, cooked = load_food_table(), load_catalogue(None, Figures.USDA).foods
    assert plan.certainty is not None
    for day in plan.days:
        lowest = Decimal(0)
        for portion in (portion for meal in day.meals for portion in meal.portions):
            raw = table[cooked[portion.food].bought_id]
            counted = raw.nutrients["magnesium_mg"]
            amount = cooked[portion.food].amount("magnesium_mg", Decimal(str(portion.grams)))
            if counted and amount:
                figures = raw.magnesium_tables.values() or [counted]
                lowest += amount * min(figures) / counted
        assert lowest >= 420
        assert plan.certainty.lowest_mg[str(day.date)] >= 420
        assert float(lowest) == pytest.approx(day.magnesium.food_mg, abs=0.01)


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
    """A cookbook that cannot bring a man's target: a dose, below gap and upper level."""
    plan = plan_week(request(HUNGRY, days=2, sources=POOR))
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
    ill = {**HUNGRY["person"], "conditions": ["kidney-disease"]}
    plan = plan_week(
        request({**HUNGRY, "person": ill, "limits": KIDNEY_LIMITS}, days=1, sources=POOR)
    )
    assert plan.supplement is not None
    assert plan.supplement["form"] is None
    assert "kidney" in plan.supplement["refused"]
    assert all(day.magnesium.supplement is None for day in plan.days)


def test_a_kidney_disease_needs_limits_of_its_own() -> None:
    ill = {"person": {"sex": "male", "age": 45, "conditions": ["dialysis"]}}
    with pytest.raises(UsageError, match="kidney team") as caught:
        plan_week(request(ill))
    assert "magnesium_mg, potassium_mg, phosphorus_mg" in caught.value.hint
    almost = {key: limit for key, limit in KIDNEY_LIMITS.items() if key != "phosphorus_mg"}
    with pytest.raises(UsageError) as caught:
        plan_week(request({**ill, "limits": almost}))
    assert "give what they say for phosphorus_mg as" in caught.value.hint
    bare = {**KIDNEY_LIMITS, "magnesium_mg": {"floor": 420}, "potassium_mg": {"floor": 1000}}
    with pytest.raises(UsageError) as caught:
        plan_week(request({**ill, "limits": bare}))
    assert "magnesium_mg, potassium_mg as [limits]" in caught.value.hint
    assert "--limit magnesium_mg=MIN..MAX --limit potassium_mg=..MAX" in caught.value.hint


def test_own_limits_hold_on_every_day_and_the_plan_says_so() -> None:
    ill = {"person": {"sex": "female", "age": 60, "conditions": ["kidney-disease"]}}
    plan = plan_week(request({**ill, "limits": KIDNEY_LIMITS}, days=2))
    assert plan.targets["magnesium_mg"].floor == 420
    assert plan.targets["potassium_mg"].floor is None
    assert plan.targets["phosphorus_mg"].per == "day"
    for day in plan.days:
        assert day.magnesium.target_mg == 420
        assert day.totals["potassium_mg"] <= 3000
        assert day.totals["phosphorus_mg"] <= 1500
    document = plan.model_dump_json(by_alias=True)
    assert check_plan(document, "plan").violations == []
    bare = plan.model_copy(update={"rules": plan.rules.model_copy(update={"limits": {}})})
    found = check_plan(bare.model_dump_json(by_alias=True), "plan").violations
    assert any("kidney" in fault for fault in found)


def test_caffeine_is_kept_to_what_is_safe_or_to_what_is_asked() -> None:
    mother = {"person": {"sex": "female", "age": 30, "life_stage": "breastfeeding"}}
    assert plan_week(request(mother, days=1)).rules.caffeine_mg == 200
    less = plan_week(request({**mother, "plan": {"caffeine_mg": 10}}, days=2))
    assert all(day.totals["caffeine_mg"] <= 10 for day in less.days)
    assert not any("caffeine" in warning for warning in less.warnings)
    more = plan_week(request({**mother, "plan": {"caffeine_mg": 300}}, days=1))
    assert any("300 mg a day is your own; EFSA" in warning for warning in more.warnings)


def test_a_week_keeps_to_its_groups() -> None:
    groups = {"fish": {"min": 2, "max": 2}, "red-meat": {"max": 1}, "processed-meat": {"max": 0}}
    plan = plan_week(request({**PEOPLE["man of 45"], "plan": {"groups": groups}}))
    foods = load_catalogue().foods
    plates = [{p.food for p in meal.portions} for day in plan.days for meal in day.meals]
    assert sum(any(foods[food].group == "fish" for food in plate) for plate in plates) == 2
    assert sum(any("red-meat" in groups_of(foods[food]) for food in plate) for plate in plates) <= 1
    assert not any("processed-meat" in groups_of(foods[food]) for plate in plates for food in plate)


def test_impossible_rules_are_named() -> None:
    with pytest.raises(ImpossibleError, match="minutes") as caught:
        plan_week(request({**PEOPLE["man of 45"], "plan": {"weekday_minutes": 5}}, days=1))
    assert "minutes" in caught.value.rules


def test_no_dish_left_names_the_rule_that_took_them() -> None:
    every_grain = ["whole-grains", "refined-grains", "bread", "fruit", "soya", "dairy", "eggs"]
    with pytest.raises(ImpossibleError, match="dislikes"):
        plan_week(
            request(
                {**PEOPLE["woman of 34"], "diet": {"dislikes": [*every_grain, "pulses", "nuts"]}},
                days=1,
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


def test_no_dose_hangs_on_a_meal_that_is_eaten_out() -> None:
    """The rest of the day cannot reach the target, as two engines prove; what the meal out brings, nobody
    knows. The checker finds a dose that is given all the same."""
    asked = {
        "person": {"sex": "male", "age": 45, "energy_kcal": 1500},
        "plan": {"meals": ["dinner", "snack"], "occasions": {"monday": {"dinner": "out 1250"}}},
    }
    monday, catalogue = date(2026, 11, 23), load_catalogue()
    request = PlanRequest(Profile.model_validate(asked), monday, days=1, effort=Effort.QUICK)
    plan = plan_week(request)
    advice = SupplementAdvice.model_validate(plan.supplement)
    assert plan.days[0].magnesium.gap_mg > 25
    assert advice.certificate is not None
    assert advice.elemental_mg is None
    assert "nobody knows the magnesium of a meal" in (advice.note or "")
    assert any("Nobody knows what a meal there brings" in words for words in plan.warnings)
    assert advice.upper_level_mg is not None
    dose = min(advice.upper_level_mg, plan.days[0].magnesium.gap_mg, plan.goals[0].bound) // 5 * 5
    page = plan.model_dump(mode="json")
    intakes = [(dose - dose // 2 // 5 * 5, "with breakfast"), (dose // 2 // 5 * 5, "with dinner")]
    page["supplement"] |= {
        "elemental_mg": dose,
        "doses": [{"mg": mg, "when": when} for mg, when in intakes],
        "on_days": [str(monday)],
        "gap_mg": plan.days[0].magnesium.gap_mg,
        "note": None,
    }
    page["days"][0]["magnesium"]["supplement"] = dose
    found = check(Plan.model_validate(page), catalogue.foods, catalogue.dishes)
    assert any("exceed the gap that is proven" in str(fault) for fault in found)


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
