"""A week with a pantry and dinners cooked once: planned, checked, forged, changed, and explained."""

import copy
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from mealmag.catalogue.dish import Meal
from mealmag.errors import InputError
from mealmag.export.text import plan_text
from mealmag.planning.check import check
from mealmag.planning.occasion import CookDouble, Place, parse
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort
from mealmag.services.catalogue import Catalogue, Sources, load_catalogue
from mealmag.services.change import Changer, ChangeRequest, profile_of
from mealmag.services.demands import demands
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.services.why import why
from mealmag.storage.profile import Profile

Document = dict[str, Any]
MONDAY = date(2026, 11, 23)
PANTRY = """food,amount,best_before
spinach-raw,200 g,2026-11-24
lentils-red-dry,500 g,
milk-semi-skimmed,1 glass,2026-11-22
agar-dried,10 g,
"""


def profile(**plan: object) -> Profile:
    return Profile.model_validate({"person": {"sex": "female", "age": 34}, "plan": plan})


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    path = tmp_path_factory.mktemp("home") / "pantry.csv"
    path.write_text(PANTRY, encoding="utf-8")
    return Sources(pantry=path)


@pytest.fixture(scope="module")
def catalogue(sources: Sources) -> Catalogue:
    return load_catalogue(sources)


@pytest.fixture(scope="module")
def week(sources: Sources) -> Plan:
    """Five days of which one lunch is out, so that one dinner must keep for two days."""
    occasions = {"tuesday": {"lunch": "out 650"}, "monday": {"dinner": "double 2"}}
    asked = profile(cook_once=4, weights={"pantry": 20}, occasions=occasions)
    return plan_week(
        PlanRequest(asked, start=MONDAY, days=4, effort=Effort.QUICK, sources=sources)
    )  # fmt: skip


def test_dinners_are_cooked_once_for_a_lunch_in_time(week: Plan, catalogue: Catalogue) -> None:
    assert check(week, catalogue.foods, catalogue.dishes) == []
    meals = {(d, meal.meal): meal for d, day in enumerate(week.days) for meal in day.meals}
    left = {d: meal for (d, _), meal in meals.items() if meal.leftover}
    assert left.keys() == {2, 3}
    for day, gap in ((2, 2), (3, 1)):
        lunch, dinner = meals[day, Meal.LUNCH], meals[day - gap, Meal.DINNER]
        assert dinner.occasion == CookDouble(days=gap)
        assert (lunch.dish, lunch.portions) == (dinner.dish, dinner.portions)
        keeps = catalogue.dishes[lunch.dish].keeps_days
        assert keeps >= gap
        assert lunch.leftover_of == week.days[day - gap].date
        assert lunch.keeps_until == week.days[day - gap].date + timedelta(days=keeps)
    page = plan_text(week)
    assert "left of Monday dinner, good until" in page
    assert "the rest is the lunch in 2 days" in page


def test_the_pantry_is_used_and_what_cannot_be_is_said(week: Plan) -> None:
    assert [stock.food for stock in week.pantry] == ["spinach-raw", "lentils-red-dry"]
    for stock in week.pantry:
        assert stock.used_g > 0
        assert stock.used_g + stock.left_g == stock.grams
    said = " ".join(week.warnings)
    assert "milk-semi-skimmed was good until 2026-11-22" in said
    assert "uses agar-dried" in said
    assert "From your pantry: raw spinach" in plan_text(week)


def _says_it_keeps_longer(page: Document) -> None:
    page["days"][2]["meals"][1]["keeps_until"] = "2026-12-24"


def _of_another_evening(page: Document) -> None:
    page["days"][2]["meals"][1]["leftover_of"] = "2026-11-24"


def _left_of_nothing(page: Document) -> None:
    page["days"][1]["meals"][0]["leftover_of"] = "2026-11-23"


def _for_another_lunch(page: Document) -> None:
    page["days"][0]["meals"][2]["occasion"]["days"] = 1


def _nobody_eats_it(page: Document) -> None:
    page["days"][1]["meals"][2]["occasion"] = {"kind": "double", "days": 1}


@pytest.mark.parametrize(
    "forge",
    [
        _says_it_keeps_longer,
        _of_another_evening,
        _left_of_nothing,
        _for_another_lunch,
        _nobody_eats_it,
    ],
)
def test_forged_leftovers_are_found(
    week: Plan, catalogue: Catalogue, forge: Callable[[Document], None]
) -> None:
    page = copy.deepcopy(week.model_dump(mode="json", by_alias=True))
    forge(page)
    found = check(Plan.model_validate(page), catalogue.foods, catalogue.dishes)
    assert "leftovers" in {violation.rule for violation in found}


def test_a_change_keeps_the_pantry_and_the_lunches(week: Plan) -> None:
    """By the plan alone: the file may be gone."""
    place = Place(week.days[3].date, Meal.SNACK)
    changed = Changer().change(week, ChangeRequest(meals={place: parse("skip")})).plan
    assert [stock.food for stock in changed.pantry] == [stock.food for stock in week.pantry]
    left = [meal.leftover_of for day in changed.days for meal in day.meals if meal.leftover]
    assert left == [week.days[0].date, week.days[2].date]
    assert profile_of(week).plan.cook_once == 0  # the doubles are in the plan already


def test_why_counts_it_as_the_plan_does(week: Plan, catalogue: Catalogue) -> None:
    answer = why(week, catalogue)
    assert [goal.counted for goal in answer.goals] == [goal.value for goal in week.goals]
    states = {state.rule: state for state in answer.rules}
    assert states["leftovers"].words == "2 lunches left of a dinner that still keeps"


def test_what_is_asked_can_be_taken_back() -> None:
    found = next(d for d in demands(profile(cook_once=2), "1") if d.rule == "leftovers")
    assert found.sentence == "2 dinners a week are cooked double"
    assert [step.option for step in found.ladder] == ["--cook-once 1", "--cook-once 0"]
    assert [step.profile.plan.cook_once for step in found.ladder] == [1, 0]


def test_a_bad_pantry_and_two_dinners_for_one_lunch_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "pantry.csv"
    path.write_text("food,amount,best_before\nspinach-raw,2 kilo,\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"pantry\.csv has a problem"):
        load_catalogue(Sources(pantry=path))
    twice = {"monday": {"dinner": "double 2"}, "tuesday": {"dinner": "double"}}
    with pytest.raises(InputError, match="left of another dinner"):
        plan_week(PlanRequest(profile(occasions=twice), start=MONDAY, days=3, effort=Effort.QUICK))
    with pytest.raises(ValueError, match="both must be among the meals"):
        profile(cook_once=1, meals=["breakfast", "dinner"])
    with pytest.raises(ValueError, match="cook_once"):
        profile(cook_once=7)
