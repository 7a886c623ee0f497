"""What a plan makes nothing of is said among its warnings, and nothing where there is nothing to say."""

from datetime import date
from typing import Any

import pytest

from mealmag.catalogue.dish import Meal
from mealmag.catalogue.reference import ReferenceTables
from mealmag.planning.occasion import EatingOut
from mealmag.planning.problem import (
    LeftoverMeal,
    PlanningProblem,
    SettledMeal,
    Share,
    TimesAWeek,
    usual_shares,
)
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.services.unheeded import warnings
from mealmag.storage.profile import Profile
from tests.planning.toy import toy_problem

TABLES = ReferenceTables()


def said(problem: PlanningProblem | None = None, **sections: Any) -> list[str]:
    person = {"sex": "female", "age": 34, **sections.pop("person", {})}
    profile = Profile.model_validate({"person": person, **sections})
    return list(warnings(profile, problem or toy_problem(days=3), TABLES))


def of(*conditions: str, avoid: tuple[str, ...] = (), **person: object) -> list[str]:
    return said(person={"conditions": conditions, **person}, diet={"avoid_allergens": list(avoid)})


@pytest.mark.parametrize(
    ("condition", "option"),
    [
        ("nut allergy", "--avoid nuts"),
        ("coeliac disease", "--avoid gluten"),
        ("Celiac", "--avoid gluten"),
        ("lactose-intolerant", "--avoid milk"),
        ("shellfish allergy", "--avoid crustaceans,molluscs"),
    ],
)
def test_an_allergy_names_the_option(condition: str, option: str) -> None:
    (warning,) = of(condition)
    assert f'"{condition}"' in warning
    assert warning.endswith(f"such as {option}.")


def test_an_allergy_that_is_avoided_needs_no_word() -> None:
    assert of("nut allergy", avoid=("nuts",)) == []
    (warning,) = of("shellfish allergy", avoid=("molluscs",))
    assert warning.endswith("such as --avoid crustaceans.")
    (warning,) = of("pollen allergy", avoid=("nuts",))
    assert warning.endswith("by --avoid, with one of the fourteen of the EU.")


def test_what_nothing_follows_from() -> None:
    (warning,) = of("hayfever", "type 2 diabetes", "gout")
    assert warning.startswith('Nothing in this plan follows from "hayfever", "gout"')
    assert of("type 2 diabetes") == of() == []


@pytest.mark.parametrize(
    ("condition", "stage"),
    [("pregnancy", "pregnant"), ("zwanger", "pregnant"), ("lactating", "breastfeeding")],
)
def test_a_life_stage_that_is_a_condition_alone(condition: str, stage: str) -> None:
    (warning,) = of(condition)
    assert f"--life-stage {stage} sets" in warning
    assert of(condition, life_stage=stage) == []
    (too_old,) = of(condition, age=60)
    assert "--life-stage" not in too_old


def asking(days: int, **groups: TimesAWeek) -> list[str]:
    problem = toy_problem(days=days)
    rules = problem.rules.model_copy(update={"groups": groups})
    return said(problem.model_copy(update={"rules": rules}))


def test_minimums_that_come_to_nothing() -> None:
    twice, once = TimesAWeek(min=2), TimesAWeek(min=1, max=3)
    assert asking(3, fish=twice, meat=once) == [
        "fish at least 2 a week: these 3 days are too few for it to ask for any.",
        "meat at least 1 a week: these 3 days are too few for it to ask for any.",
    ]
    assert "this one day is too few" in asking(1, fish=twice)[0]
    assert asking(4, fish=twice) == asking(7, fish=once) == asking(7) == []
    assert asking(1, fish=TimesAWeek(min=0), meat=TimesAWeek(max=1)) == []


def sharing(days: tuple[int, ...], **own: Share) -> list[str]:
    problem = toy_problem(days=3)
    shares = {
        **usual_shares(problem.meals, {}),
        **{Meal(meal): share for meal, share in own.items()},
    }
    dinner = problem.meals.index(Meal.DINNER)
    settled = tuple(SettledMeal(day=day, meal=dinner, occasion=EatingOut(kcal=700)) for day in days)
    rules = problem.rules.model_copy(update={"shares": shares})
    return said(problem.model_copy(update={"rules": rules, "settled": settled}))


def test_own_shares_are_not_held_where_a_meal_is_out() -> None:
    own = Share(min=10, max=20)
    monday = toy_problem(days=3).days[0]
    [sentence] = sharing((0,), breakfast=own)
    assert f"for breakfast is not held on {monday:%A}: where a meal is not planned" in sentence
    [both] = sharing((0, 2), breakfast=own, lunch=own)
    wednesday = toy_problem(days=3).days[2]
    assert f"for breakfast and lunch is not held on {monday:%A} and {wednesday:%A}:" in both
    assert sharing((), breakfast=own) == sharing((0,)) == []


def test_a_lunch_that_is_left_is_as_large_as_the_dinner() -> None:
    problem = toy_problem(days=9)
    lunch, dinner = problem.meals.index(Meal.LUNCH), problem.meals.index(Meal.DINNER)
    left = tuple(
        LeftoverMeal(day=day, meal=lunch, of_day=day - 1, of_meal=dinner) for day in (1, 4, 8)
    )
    days = [
        f"{problem.days[day]:%A} {problem.days[day].day} {problem.days[day]:%b}"
        for day in (1, 4, 8)
    ]
    for meal, count in ((Meal.LUNCH, 1), (Meal.BREAKFAST, 0)):
        shares = {**usual_shares(problem.meals, {}), meal: Share(min=10, max=20)}
        rules = problem.rules.model_copy(update={"shares": shares})
        found = said(problem.model_copy(update={"rules": rules, "leftovers": left}))
        assert len(found) == count
        assert all(
            f"held on {days[0]}, {days[1]} and {days[2]}: what is left" in each for each in found
        )


@pytest.mark.parametrize(
    ("words", "count"),
    [("double", 0), ("double 2", 1), ("lentil-soup double 3", 1), ("guest", 0), ("skip", 0)],
)
def test_a_dinner_for_a_lunch_after_the_plan_is_not_cooked_double(words: str, count: int) -> None:
    problem = toy_problem(days=3)
    second = f"{problem.days[1]:%A}"
    found = said(problem, plan={"occasions": {second.lower(): {"dinner": words}}})
    assert len(found) == count
    assert all(f"{second} dinner is not cooked double" in sentence for sentence in found)


def test_a_plan_says_it() -> None:
    profile = Profile.model_validate(
        {
            "person": {"sex": "female", "age": 34, "conditions": ["nut allergy"]},
            "plan": {"groups": {"fish": {"min": 2}}},
        }
    )
    plan = plan_week(PlanRequest(profile, date(2026, 11, 23), days=1, fast=False))
    assert any("--avoid nuts" in warning for warning in plan.warnings)
    assert any("this one day is too few" in warning for warning in plan.warnings)
