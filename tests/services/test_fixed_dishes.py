"""Plans with meals of which the dish was named: made, checked, forged, changed, and refused with a reason."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mealmag.catalogue.dish import Meal
from mealmag.errors import ImpossibleError, InputError, UsageError
from mealmag.export.json import plan_json
from mealmag.export.text import plan_text
from mealmag.planning.check import check
from mealmag.planning.occasion import CookDouble, FixedDish, Place, parse
from mealmag.planning.plan import Plan, PlanMeal
from mealmag.planning.problem import Effort
from mealmag.services.alternatives import Wish, alternatives
from mealmag.services.catalogue import Catalogue, Sources, load_catalogue
from mealmag.services.change import Changer, ChangeRequest, plan_again, profile_of
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.services.schema import schema_of
from mealmag.services.why import why
from mealmag.storage.profile import Profile

Document = dict[str, Any]

MONDAY = date(2026, 11, 23)
SOUP, PANCAKES = "lentil-soup", "blueberry-pancakes"  # lunch or dinner; breakfast
AT_DINNER, AT_SUPPER = Place(MONDAY, Meal.DINNER), Place(MONDAY + timedelta(days=1), Meal.DINNER)
NAMED = {"monday": {"dinner": SOUP}, "2026-11-24": {"dinner": PANCAKES}}


def request(occasions: Document, days: int = 3, **sections: Any) -> PlanRequest:
    asked = {"person": {"sex": "female", "age": 34}, **sections}
    asked["plan"] = {"occasions": occasions, **asked.get("plan", {})}
    profile = Profile.model_validate(asked)
    return PlanRequest(profile, start=MONDAY, days=days, effort=Effort.QUICK)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def plan() -> Plan:
    ratings = {PANCAKES: -2, SOUP: -1, "shakshuka": 2}
    return plan_week(request(NAMED, ratings=ratings))


def at(plan: Plan, place: Place) -> PlanMeal:
    day = plan.days[(place.date - MONDAY).days]
    return next(meal for meal in day.meals if meal.meal is place.meal)


def faults(plan: Plan, catalogue: Catalogue) -> set[str]:
    return {violation.rule for violation in check(plan, catalogue.foods, catalogue.dishes)}


def test_the_dish_stands_where_it_was_named(plan: Plan, catalogue: Catalogue) -> None:
    assert faults(plan, catalogue) == set()
    for place, dish in ((AT_DINNER, SOUP), (AT_SUPPER, PANCAKES)):
        meal = at(plan, place)
        assert (meal.dish, meal.occasion) == (dish, FixedDish(dish=dish))
        assert meal.minutes == catalogue.dishes[dish].minutes
        assert not meal.locked
    assert sum(meal.occasion is not None for day in plan.days for meal in day.meals) == 2


def test_the_document_and_the_page_say_it(plan: Plan) -> None:
    document = json.loads(plan_json(plan))
    Draft202012Validator(schema_of("plan")).validate(document)
    assert document["days"][0]["meals"][2]["occasion"] == {"kind": "fixed", "dish": SOUP}
    page = " ".join(plan_text(plan).split())
    assert page.count("(the dish you named") == 2
    assert "(the dish you named; 35 min in all)" in page
    assert max(map(len, plan_text(plan).splitlines())) <= 80


def test_why_tells_it_and_counts_as_the_plan_does(plan: Plan, catalogue: Catalogue) -> None:
    answer = why(plan, catalogue)
    assert [goal.counted for goal in answer.goals] == [goal.value for goal in plan.goals]
    state = next(state for state in answer.rules if state.rule == "fixed_dishes")
    assert state.words == "2 meals of the dish you named"
    assert state.slack == 0


# With a guest, or cooked double.

GUEST_SOUP = f"{SOUP} guest vegan, nuts"
TOGETHER = {
    "monday": {"dinner": f"{SOUP} double 2"},
    "2026-11-24": {"dinner": "aloo-gobi-peas guest vegan, nuts"},
}


@pytest.fixture(scope="module")
def together() -> Plan:
    return plan_week(request(TOGETHER))


def test_a_named_dish_is_cooked_double_and_for_a_guest(
    together: Plan, catalogue: Catalogue
) -> None:
    assert faults(together, catalogue) == set()
    dinner, left = (
        at(together, AT_DINNER),
        at(together, Place(MONDAY + timedelta(days=2), Meal.LUNCH)),
    )
    assert (dinner.dish, dinner.occasion) == (SOUP, CookDouble(dish=SOUP, days=2))
    assert (left.dish, left.leftover_of, left.portions) == (SOUP, MONDAY, dinner.portions)
    hosted = at(together, AT_SUPPER)
    assert hosted.dish == "aloo-gobi-peas"
    assert str(hosted.occasion) == "aloo-gobi-peas guest vegan, nuts"
    assert all(catalogue.foods[portion.food].diet == "vegan" for portion in hosted.portions)
    assert all("nuts" not in catalogue.foods[portion.food].allergens for portion in hosted.portions)


def test_all_that_is_said_of_such_a_meal_is_shown(together: Plan, catalogue: Catalogue) -> None:
    Draft202012Validator(schema_of("plan")).validate(json.loads(plan_json(together)))
    page = " ".join(plan_text(together).split())
    assert "the dish you named; cook double: the rest is the lunch in 2 days" in page
    assert "for a guest too: vegan, nuts; the dish you named" in page
    words = {state.rule: state.words for state in why(together, catalogue).rules}
    assert words["fixed_dishes"] == "2 meals of the dish you named"
    assert words["guests"].startswith("what is served suits them at 1 meal")


def test_another_dish_in_its_place_is_found(together: Plan, catalogue: Catalogue) -> None:
    for place in (AT_DINNER, AT_SUPPER):
        page = json.loads(plan_json(together))
        meal = page["days"][(place.date - MONDAY).days]["meals"][2]
        meal["occasion"]["dish"] = "shakshuka"
        assert "fixed_dishes" in faults(Plan.model_validate(page), catalogue)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "shakshuka guest vegan",
            "Monday dinner cannot be shakshuka: it does not suit the guest (vegan).",
        ),
        (
            "aloo-gobi-peas double 3",
            "Monday dinner cannot be aloo-gobi-peas, cooked double: it does not keep for 3 days.",
        ),
        (
            "shakshuka double",
            "Monday dinner cannot be shakshuka, cooked double: it does not keep until the next day.",
        ),
    ],
)
def test_what_a_named_dish_cannot_be_is_told(words: str, said: str) -> None:
    with pytest.raises(ImpossibleError) as caught:
        plan_week(request({"monday": {"dinner": words}}, days=5))
    assert caught.value.message.startswith(said)


def test_a_guest_may_come_to_a_dish_that_was_named(plan: Plan, catalogue: Catalogue) -> None:
    answer = Changer().change(plan, ChangeRequest(meals={AT_DINNER: parse(GUEST_SOUP)}))
    assert any(line.startswith("Monday dinner: Lentil soup") for line in answer.said)
    changed = answer.plan
    assert faults(changed, catalogue) == set()
    again = Changer().change(
        changed, ChangeRequest(meals={AT_DINNER: parse(f"{SOUP} guest vegan")})
    )
    assert any(line.endswith(f"as you said: {SOUP} guest vegan") for line in again.said)
    meal = at(changed, AT_DINNER)
    assert (meal.dish, str(meal.occasion)) == (SOUP, GUEST_SOUP)
    assert profile_of(changed).plan.occasions[MONDAY.isoformat()][Meal.DINNER] == meal.occasion
    with pytest.raises(UsageError, match="because you named"):
        Changer().change(changed, ChangeRequest(swap=(AT_DINNER,)))


# Forged plans.


def _another_dish(page: Document) -> None:
    dinner, lunch = page["days"][0]["meals"][2], page["days"][2]["meals"][2]
    page["days"][0]["meals"][2] = {**lunch, "occasion": dinner["occasion"]}


def _another_name(page: Document) -> None:
    page["days"][1]["meals"][2]["occasion"]["dish"] = "shakshuka"


def _nobody_named_it(page: Document) -> None:
    page["days"][1]["meals"][2]["occasion"] = None


def _other_portions(page: Document) -> None:
    page["days"][0]["meals"][2]["portions"][0]["grams"] = 7.0


@pytest.mark.parametrize(
    ("forge", "rule"),
    [
        (_another_dish, "fixed_dishes"),
        (_another_name, "fixed_dishes"),
        (_nobody_named_it, "natural_amounts"),  # a breakfast at dinner
        (_other_portions, "natural_amounts"),
    ],
)
def test_a_forged_dish_is_found(
    plan: Plan, catalogue: Catalogue, forge: Callable[[Document], None], rule: str
) -> None:
    page = plan.model_dump(mode="json", by_alias=True)
    forge(page)
    forged = Plan.model_validate(page)
    assert rule in faults(forged, catalogue)
    if rule == "fixed_dishes":
        states = {state.rule: state.slack for state in why(forged, catalogue).rules}
        assert states[rule] == -1


# Changes, and plans made anew.


def test_it_stays_whatever_is_changed_and_planned_anew(plan: Plan, catalogue: Catalogue) -> None:
    changer, lunch = Changer(), Place(MONDAY, Meal.LUNCH)
    changes = ChangeRequest(swap=(lunch,), ban=("banana",), lock=(AT_DINNER, AT_SUPPER))
    changed = changer.change(plan, changes).plan
    assert at(changed, lunch).dish != at(plan, lunch).dish
    for other in (changed, plan_again(changed, Sources())):
        assert profile_of(other).plan.occasions == profile_of(plan).plan.occasions
        assert (at(other, AT_DINNER).dish, at(other, AT_SUPPER).dish) == (SOUP, PANCAKES)
        assert faults(other, catalogue) == set()


def test_another_dish_may_be_named_and_none_again(plan: Plan, catalogue: Catalogue) -> None:
    changer = Changer()
    fixed = ChangeRequest(meals={AT_DINNER: FixedDish(dish="shakshuka")})
    changed = changer.change(plan, fixed)
    assert at(changed.plan, AT_DINNER).dish == "shakshuka"
    assert faults(changed.plan, catalogue) == set()
    assert any(line.startswith("Monday dinner: ") for line in changed.said)
    free = changer.change(changed.plan, ChangeRequest(meals={AT_SUPPER: None})).plan
    assert faults(free, catalogue) == set()
    assert at(free, AT_SUPPER).occasion is None
    assert at(free, AT_SUPPER).dish != PANCAKES  # it suits no dinner that is planned
    assert at(free, AT_DINNER).dish == "shakshuka"


def test_it_is_not_swapped_and_not_banned(plan: Plan) -> None:
    with pytest.raises(
        UsageError, match="Monday dinner is lentil-soup, because you named"
    ) as caught:
        Changer().change(plan, ChangeRequest(swap=(AT_DINNER,)))
    assert '--meal "2026-11-23:dinner=planned"' in caught.value.hint
    with pytest.raises(ImpossibleError, match=r"boiled lentils may not be served \(dislikes\)"):
        Changer().change(plan, ChangeRequest(ban=("lentils-boiled",)))
    with pytest.raises(InputError, match="no dish of the cookbook"):
        Changer().change(plan, ChangeRequest(meals={AT_DINNER: FixedDish(dish="lentil-sop")}))


def test_plans_beside_it_have_it_too() -> None:
    two = alternatives(request(NAMED, days=2), Wish(1, differ=6))
    assert len(two.plans) == 2
    for each in two.plans:
        assert (at(each, AT_DINNER).dish, at(each, AT_SUPPER).dish) == (SOUP, PANCAKES)
    with pytest.raises(InputError, match="7 meals cannot differ where 6 are cooked and not named"):
        alternatives(request(NAMED, days=2), Wish(1, differ=7), best=two.plans[0])


# What cannot be.


def refused(asked: PlanRequest) -> ImpossibleError:
    with pytest.raises(ImpossibleError) as caught:
        plan_week(asked)
    return caught.value


def test_an_unknown_dish_is_refused_though_its_day_is_not_planned() -> None:
    with pytest.raises(InputError, match='Sunday lunch: "lentil-sop" is no dish'):
        plan_week(request({"sunday": {"lunch": "lentil-sop"}}, days=1))


PLANNED = '--meal "monday:dinner=planned"'


@pytest.mark.parametrize(
    ("sections", "said", "demand", "ways"),
    [
        (
            {"diet": {"dislikes": [SOUP]}},
            "it may not be served (dislikes)",
            ("dislikes", f"no {SOUP}"),
            {f"without --dislike {SOUP}", PLANNED},
        ),
        (
            {"diet": {"dislikes": ["lentils-boiled"]}},
            "its boiled lentils may not be served (dislikes)",
            ("dislikes", "no lentils-boiled"),
            {"without --dislike lentils-boiled", PLANNED},
        ),
    ],
)
def test_what_the_person_does_not_eat_is_a_conflict_with_ways_out(
    sections: Document, said: str, demand: tuple[str, str], ways: set[str]
) -> None:
    error = refused(request({"monday": {"dinner": SOUP}}, days=1, **sections))
    assert error.message.startswith(f"Monday dinner cannot be {SOUP}: {said}.")
    assert [(each.rule, each.sentence) for each in error.demands] == [
        demand,
        ("fixed_dishes", f"Monday dinner is {SOUP}"),
    ]
    assert {way.option for way in error.ways} == ways


def test_an_allergen_is_not_lifted_for_a_name() -> None:
    asked = request(
        {"monday": {"dinner": "chicken-pesto-pasta"}}, 1, diet={"avoid_allergens": ["milk"]}
    )
    error = refused(asked)
    assert "its basil pesto may not be served (allergens: milk)" in error.message
    assert error.rules == ("allergens", "fixed_dishes")
    assert [way.option for way in error.ways] == [PLANNED]


def test_a_dish_that_takes_too_long_is_told_and_one_that_just_fits_is_not() -> None:
    roast = "roast-chicken-sunday"  # 100 minutes from start to table
    late = request({"monday": {"dinner": roast}}, 1, plan={"weekday_minutes": 99})
    error = refused(late)
    assert [(each.rule, each.sentence) for each in error.demands] == [
        ("minutes", "a weekday day takes 99 minutes at most"),
        ("fixed_dishes", f"Monday dinner is {roast}"),
    ]
    assert {way.option for way in error.ways} == {"--weekday-minutes 100", PLANNED}
    in_time = request({"monday": {"dinner": roast}}, 1, plan={"weekday_minutes": 100})
    assert at(plan_week(in_time), AT_DINNER).dish == roast


@pytest.mark.parametrize(
    ("named", "rule", "days"),
    [
        ({"monday": {"dinner": SOUP}, "tuesday": {"lunch": SOUP}}, "neighbouring_days", 2),
        ({"monday": {"dinner": SOUP, "lunch": SOUP}}, "neighbouring_days", 1),
        (
            {"monday": {"dinner": SOUP}, "tuesday": {"dinner": "turkish-red-lentil-soup"}},
            "main_food",
            2,
        ),
    ],
)
def test_dishes_named_too_near_each_other_are_told_alone(
    named: Document, rule: str, days: int
) -> None:
    error = refused(request(named, days))
    assert [each.rule for each in error.demands] == [rule, "fixed_dishes", "fixed_dishes"]
    assert all(each.proven for each in error.demands if each.rule == "fixed_dishes")
    assert len([way for way in error.ways if way.option.endswith('=planned"')]) == 2


def test_dishes_named_just_far_enough_apart_are_planned(catalogue: Catalogue) -> None:
    named = {
        "monday": {"dinner": SOUP},
        "wednesday": {"lunch": SOUP},
        "tuesday": {"breakfast": SOUP},
    }
    apart = plan_week(request(named, 3, plan={"max_repeats": 3}))
    assert faults(apart, catalogue) == set()


def test_a_dish_named_too_often_is_told_and_as_often_as_may_be_is_not(catalogue: Catalogue) -> None:
    twice = {day: {"breakfast": PANCAKES} for day in ("monday", "tuesday")}
    error = refused(request(twice, 2, plan={"max_repeats": 1}))
    assert {(each.rule, each.sentence) for each in error.demands} == {
        ("repeats", "no dish comes more than once a week"),
        ("fixed_dishes", f"Monday breakfast is {PANCAKES}"),
        ("fixed_dishes", f"Tuesday breakfast is {PANCAKES}"),
    }
    assert {way.option for way in error.ways} == {
        "--max-repeats 2",
        '--meal "monday:breakfast=planned"',
        '--meal "tuesday:breakfast=planned"',
    }
    fine = plan_week(request(twice, 2, plan={"max_repeats": 2}))
    assert faults(fine, catalogue) == set()
