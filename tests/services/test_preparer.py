"""What is taken over from the problem before is what would have been worked out anew."""

from datetime import date

import pytest

from mealmag.catalogue.reference import ReferenceTables
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort
from mealmag.services.catalogue import Sources
from mealmag.services.change import profile_of
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.services.preparer import Prepared, Preparer
from mealmag.storage.profile import Profile

PERSON = {"sex": "female", "age": 34}


def eaten(*foods: str) -> dict[str, object]:
    """A meal of foods, which no dish may serve."""
    return {"kind": "eaten", "foods": [{"food": food, "grams": 300} for food in foods]}


def named(dish: str) -> dict[str, object]:
    """A meal of a dish that was named."""
    return {"kind": "fixed", "dish": dish}


@pytest.fixture(scope="module")
def plan() -> Plan:
    profile = Profile.model_validate({"person": PERSON})
    start = date(2026, 11, 23)
    return plan_week(PlanRequest(profile, start=start, days=2, effort=Effort.QUICK))


def prepared(preparer: Preparer, week: Plan, /, **sections: dict[str, object]) -> Prepared:
    document = profile_of(week).model_dump()
    for section, changes in sections.items():
        document[section] = document[section] | changes
    return preparer.prepare(Profile.model_validate(document), week)


@pytest.mark.parametrize(
    "sections",
    [
        {"plan": {"occasions": {"2026-11-23": {"lunch": {"kind": "out", "kcal": 700}}}}},
        {"plan": {"occasions": {"2026-11-24": {"dinner": {"kind": "guest", "diet": "vegan"}}}}},
        {"plan": {"occasions": {"2026-11-23": {"dinner": {"kind": "double", "days": 1}}}}},
        {"plan": {"occasions": {"2026-11-23": {"dinner": eaten("pizza-base")}}}},
        {"plan": {"occasions": {"2026-11-23": {"dinner": named("lentil-soup")}}}},
        {"plan": {"occasions": {"2026-11-23": {"dinner": named("blueberry-pancakes")}}}},
        {"plan": {"weekday_minutes": 30}},
        {"diet": {"dislikes": ["oats-rolled"]}},
        {"limits": {"sodium_mg": {"ceiling": 2300.0}}},
        {"ratings": {"banana": 2}},
        {"person": {"age": 55}},
        {"reference": {"figures": "cautious"}},
    ],
    ids=lambda sections: "-".join(map(str, next(iter(sections.values())))),
)
def test_what_is_taken_over_is_what_would_be_worked_out(
    plan: Plan, sections: dict[str, dict[str, object]]
) -> None:
    preparer = Preparer(Sources(), ReferenceTables())
    first = prepared(preparer, plan)
    after = prepared(preparer, plan, **sections)
    fresh = prepared(Preparer(Sources(), ReferenceTables()), plan, **sections)
    assert after.instance.problem == fresh.instance.problem != first.instance.problem
    assert after.instance.dishes == fresh.instance.dishes
    assert after.instance.scale == fresh.instance.scale
    assert after.instance.base == fresh.instance.base


def test_a_dish_that_suits_no_meal_is_there_while_it_is_named() -> None:
    profile = Profile.model_validate({"person": PERSON, "plan": {"meals": ["lunch", "dinner"]}})
    week = plan_week(PlanRequest(profile, start=date(2026, 11, 23), days=1, effort=Effort.QUICK))
    preparer = Preparer(Sources(), ReferenceTables())
    without = prepared(preparer, week).instance.problem
    at_dinner = {"occasions": {"2026-11-23": {"dinner": named("blueberry-pancakes")}}}
    for sections in ({"plan": at_dinner}, {}):
        problem = prepared(preparer, week, **sections).instance.problem
        fresh = Preparer(Sources(), ReferenceTables())
        assert problem == prepared(fresh, week, **sections).instance.problem
        assert len(problem.dishes) - len(without.dishes) == len(sections)


def test_a_food_that_no_dish_serves_leaves_the_others_in_their_places(plan: Plan) -> None:
    preparer = Preparer(Sources(), ReferenceTables())
    first = prepared(preparer, plan).instance
    for foods in (["pizza-base"], ["beer", "pizza-base"], ["beer-strong", "pizza-margherita"]):
        told = {"occasions": {"2026-11-23": {"dinner": eaten(*foods)}}}
        after = prepared(preparer, plan, plan=told).instance
        fresh = prepared(Preparer(Sources(), ReferenceTables()), plan, plan=told).instance
        assert after.dishes == fresh.dishes
        assert after.settled == fresh.settled
        assert after.problem.foods == fresh.problem.foods
        kept = zip(after.dishes, first.dishes, strict=False)
        assert sum(now is was for now, was in kept) == len(first.problem.dishes)


def test_a_meal_out_takes_over_the_dishes_and_their_pieces(plan: Plan) -> None:
    preparer = Preparer(Sources(), ReferenceTables())
    first = prepared(preparer, plan).instance
    out = {"occasions": {"2026-11-23": {"lunch": {"kind": "out", "kcal": 700}}}}
    after = prepared(preparer, plan, plan=out).instance
    foods = zip(after.problem.foods, first.problem.foods, strict=True)
    assert all(now is before for now, before in foods)
    kept = sum(now is before for now, before in zip(after.dishes, first.dishes, strict=False))
    assert kept == len(first.problem.dishes)
    assert prepared(preparer, plan, plan=out).instance is after
