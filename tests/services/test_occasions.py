"""Weeks in which not every meal is a dish for one: planned, checked, forged, and changed."""

import copy
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from mealmag.catalogue.dish import Meal
from mealmag.errors import ImpossibleError, InputError, UsageError
from mealmag.nutrition.food import Diet
from mealmag.planning.check import check
from mealmag.planning.occasion import CookDouble, EatingOut, Guest, Place, Skipped, parse
from mealmag.planning.plan import Plan, PlanMeal
from mealmag.planning.problem import Effort
from mealmag.services.catalogue import Catalogue, load_catalogue
from mealmag.services.change import Changer, ChangeRequest, profile_of
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.services.why import why
from mealmag.storage.profile import Profile

Document = dict[str, Any]

MONDAY = date(2026, 11, 23)
WEEK: Document = {
    "tuesday": {"lunch": "out 650"},
    "wednesday": {"dinner": "double"},
    "friday": {"breakfast": "skip"},
    "2026-11-23": {"breakfast": "ate 60 g oats-rolled, 118 g banana"},
    "saturday": {"dinner": "guest vegan, nuts"},
}


def profile(occasions: Document, **rules: object) -> Profile:
    return Profile.model_validate(
        {
            "person": {"sex": "female", "age": 34},
            "plan": {"occasions": occasions, **rules},
        }
    )


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def week() -> Plan:
    return plan_week(PlanRequest(profile(WEEK), start=MONDAY, days=6, effort=Effort.QUICK))


def at(plan: Plan, day: int, meal: Meal) -> PlanMeal:
    return next(each for each in plan.days[day].meals if each.meal is meal)


def test_each_meal_is_as_it_was_said(week: Plan, catalogue: Catalogue) -> None:
    assert check(week, catalogue.foods, catalogue.dishes) == []
    eaten = at(week, 0, Meal.BREAKFAST)
    assert [(p.food, p.grams) for p in eaten.portions] == [("oats-rolled", 60.0), ("banana", 118.0)]
    assert (at(week, 1, Meal.LUNCH).dish, at(week, 1, Meal.LUNCH).portions) == ("out", [])
    assert (at(week, 4, Meal.BREAKFAST).dish, at(week, 4, Meal.BREAKFAST).portions) == (
        "skipped",
        [],
    )
    dinner, lunch = at(week, 2, Meal.DINNER), at(week, 3, Meal.LUNCH)
    assert dinner.occasion == CookDouble()
    assert lunch.leftover
    assert (lunch.dish, lunch.portions, lunch.minutes) == (dinner.dish, dinner.portions, 0)
    assert catalogue.dishes[lunch.dish].is_lunch_tomorrow
    for portion in at(week, 5, Meal.DINNER).portions:
        food = catalogue.foods[portion.food]
        assert food.diet is Diet.VEGAN
        assert "nuts" not in food.allergens


def test_what_is_unknown_is_said(week: Plan) -> None:
    day = week.days[1]
    assert day.incomplete["magnesium_mg"] == 1
    assert "energy_kcal" not in day.incomplete
    share = 100 * (1 - 650 / day.totals["energy_kcal"])
    assert day.known_percent["magnesium_mg"] == pytest.approx(share, abs=0.06)
    cooked = sum(p.magnesium_mg for meal in day.meals for p in meal.portions)
    assert day.magnesium.food_mg == pytest.approx(cooked, abs=0.05)
    band = week.targets["energy_kcal"]
    assert band.floor is not None
    assert band.ceiling is not None
    assert all(band.floor <= each.totals["energy_kcal"] <= band.ceiling for each in week.days)


def test_the_profile_comes_back_out_of_the_plan(week: Plan) -> None:
    days = [MONDAY + timedelta(days=d) for d in range(6)]
    found = profile_of(week).plan.occasions_on(days)
    assert found[Place(MONDAY + timedelta(days=1), Meal.LUNCH)] == EatingOut(kcal=650)
    assert found[Place(MONDAY + timedelta(days=4), Meal.BREAKFAST)] == Skipped()
    assert len(found) == 5


def test_a_date_goes_before_its_weekday() -> None:
    plan = profile(
        {"monday": {"dinner": "out 800"}, "2026-11-23": {"dinner": "planned", "lunch": "skip"}}
    ).plan
    days = [MONDAY, MONDAY + timedelta(days=7)]
    assert plan.occasions_on(days) == {
        Place(days[0], Meal.LUNCH): Skipped(),
        Place(days[1], Meal.DINNER): EatingOut(kcal=800),
    }


# Forged plans.


def _meal(page: Document, day: int, meal: int) -> Document:
    found: Document = page["days"][day]["meals"][meal]
    return found


def _skipped_but_eaten(page: Document) -> None:
    _meal(page, 4, 0)["portions"] = copy.deepcopy(_meal(page, 3, 0)["portions"])


def _another_guess(page: Document) -> None:
    _meal(page, 1, 1)["occasion"]["kcal"] = 600


def _another_name(page: Document) -> None:
    _meal(page, 1, 1)["dish"] = "skipped"


def _ate_less(page: Document) -> None:
    _meal(page, 0, 0)["portions"].pop()


def _out_takes_minutes(page: Document) -> None:
    _meal(page, 1, 1)["minutes"] = 5


def _another_lunch(page: Document) -> None:
    page["days"][3]["meals"][1] = {**copy.deepcopy(_meal(page, 0, 1)), "leftover": True}


def _nothing_cooked_double(page: Document) -> None:
    _meal(page, 2, 2)["occasion"] = None


def _nobody_eats_the_rest(page: Document) -> None:
    _meal(page, 3, 1)["leftover"] = False


def _guest_gets_meat(page: Document) -> None:
    _meal(page, 5, 2)["portions"][0]["food"] = "chicken-breast-roasted"


def _more_known(page: Document) -> None:
    page["days"][1]["known_percent"]["magnesium_mg"] = 99.0


def _less_said(page: Document) -> None:
    page["days"][1]["known_percent"] = {}


@pytest.mark.parametrize(
    ("forge", "rule"),
    [
        (_skipped_but_eaten, "occasions"),
        (_another_guess, "totals"),
        (_another_name, "occasions"),
        (_ate_less, "occasions"),
        (_out_takes_minutes, "minutes"),
        (_another_lunch, "leftovers"),
        (_nothing_cooked_double, "leftovers"),
        (_nobody_eats_the_rest, "leftovers"),
        (_guest_gets_meat, "guests"),
        (_more_known, "totals"),
        (_less_said, "totals"),
    ],
)
def test_a_forged_meal_is_found(
    week: Plan, catalogue: Catalogue, forge: Callable[[Document], None], rule: str
) -> None:
    page = week.model_dump(mode="json", by_alias=True)
    forge(page)
    found = check(Plan.model_validate(page), catalogue.foods, catalogue.dishes)
    assert rule in {violation.rule for violation in found}


# What cannot be.


@pytest.mark.parametrize(
    ("occasions", "error", "said"),
    [
        ({"monday": {"lunch": "ate 50 g no-such-food"}}, InputError, "no food of the table"),
        ({"monday": {"lunch": "guest no-such-food"}}, InputError, "no diet, allergen, food"),
        (
            {"monday": {"dinner": "double"}, "tuesday": {"lunch": "out 500"}},
            InputError,
            "Tuesday lunch is otherwise",
        ),
        (
            {
                "monday": {
                    "dinner": "guest vegan, vegetables, pulses, condiments, herbs-spices, fats"
                }
            },
            ImpossibleError,
            "suits the guest",
        ),
    ],
)
def test_what_cannot_be_served_is_said(
    occasions: Document, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        plan_week(PlanRequest(profile(occasions), start=MONDAY, days=2, effort=Effort.QUICK))


def test_the_last_evening_may_be_cooked_double() -> None:
    one = plan_week(
        PlanRequest(profile({"monday": {"dinner": "double"}}), start=MONDAY, days=1, effort=Effort.QUICK)
    )  # fmt: skip
    assert not any(meal.leftover for meal in one.days[0].meals)


def test_an_unplanned_meal_is_refused() -> None:
    with pytest.raises(ValueError, match="has no snack"):
        profile({"monday": {"snack": "skip"}}, meals=["lunch", "dinner"])
    with pytest.raises(ValueError, match="only a dinner"):
        profile({"monday": {"lunch": "double"}})


# Changes.


@pytest.mark.parametrize(
    ("day", "meal", "words"),
    [
        (0, Meal.DINNER, "out 700"),
        (1, Meal.LUNCH, "planned"),
        (2, Meal.DINNER, "planned"),
        (3, Meal.DINNER, "guest vegetarian, milk"),
        (3, Meal.DINNER, "double"),
        (3, Meal.SNACK, "skip"),
        (5, Meal.DINNER, "planned"),
    ],
)
def test_a_meal_is_made_otherwise_and_the_rest_stays(
    week: Plan, catalogue: Catalogue, day: int, meal: Meal, words: str
) -> None:
    place = Place(MONDAY + timedelta(days=day), meal)
    changed = Changer().change(week, ChangeRequest(meals={place: parse(words)}))
    assert check(changed.plan, catalogue.foods, catalogue.dishes) == []
    assert at(changed.plan, day, meal).occasion == parse(words)
    same = [
        (before.dish, before.portions) == (after.dish, after.portions)
        for d, (was, now) in enumerate(zip(week.days, changed.plan.days, strict=True))
        for before, after in zip(was.meals, now.meals, strict=True)
        if d not in (day, day + 1)
    ]
    assert all(same)


def test_a_changed_person_keeps_what_still_fits(week: Plan, catalogue: Catalogue) -> None:
    heavier = profile({})
    person = heavier.person.model_copy(update={"energy_kcal": 2000})
    heavier = heavier.model_copy(update={"person": person})
    changed = Changer().change(week, ChangeRequest(profile=heavier))
    assert check(changed.plan, catalogue.foods, catalogue.dishes) == []
    assert changed.plan.targets["energy_kcal"].floor == 1800
    assert at(changed.plan, 1, Meal.LUNCH).occasion == EatingOut(kcal=650)
    kept = sum(
        before.dish == after.dish
        for was, now in zip(week.days, changed.plan.days, strict=True)
        for before, after in zip(was.meals, now.meals, strict=True)
    )
    assert kept >= 12


def test_nobody_swaps_what_nobody_cooks(week: Plan) -> None:
    with pytest.raises(UsageError, match="Nobody cooks"):
        Changer().change(week, ChangeRequest(swap=(Place(MONDAY + timedelta(days=1), Meal.LUNCH),)))
    with pytest.raises(UsageError, match="left of an earlier dinner"):
        Changer().change(week, ChangeRequest(swap=(Place(MONDAY + timedelta(days=3), Meal.LUNCH),)))


def test_a_guest_is_in_words() -> None:
    assert str(Guest(diet=Diet.VEGAN, avoid_allergens=("nuts",))) == "guest vegan, nuts"


def test_a_forged_share_is_found(week: Plan, catalogue: Catalogue) -> None:
    page = week.model_dump(mode="json", by_alias=True)
    page["rules"]["shares"] = {"lunch": {"min": 0, "max": 1}}
    found = check(Plan.model_validate(page), catalogue.foods, catalogue.dishes)
    shared = {violation.place for violation in found if violation.rule == "meal_share"}
    # Not on the days with a meal out, eaten or skipped, and not where it is what was left.
    assert shared == {"2026-11-25 lunch", "2026-11-28 lunch"}


def test_why_counts_what_is_otherwise_as_the_plan_does(week: Plan, catalogue: Catalogue) -> None:
    answer = why(week, catalogue)
    assert [goal.counted for goal in answer.goals] == [goal.value for goal in week.goals]
    assert answer.notes == []
    together = {state.rule: state.words for state in answer.rules}
    assert together["occasions"] == "3 meals as you said"
    assert together["guests"] == "what is served suits them at 1 meal"
    assert together["leftovers"] == "1 lunch left of a dinner that still keeps"
    planned_whole = ["meal_share" in {s.rule for s in day.rules} for day in answer.days]
    assert planned_whole == [False, False, True, True, False, True]
    out = answer.days[1]
    assert sum(meal.magnesium_mg for meal in out.meals) == pytest.approx(out.food_mg, abs=0.03)


def test_why_tells_leftovers_and_guests_that_do_not_fit(week: Plan, catalogue: Catalogue) -> None:
    document = week.model_dump(mode="json")
    for day in document["days"]:
        for meal in day["meals"]:
            if meal["leftover"]:
                meal["portions"] = meal["portions"][:-1]
            if meal["occasion"] and "diet" in meal["occasion"]:
                meal["occasion"]["dislikes"] = [meal["portions"][0]["food"]]
    states = {s.rule: s for s in why(Plan.model_validate(document), catalogue).rules}
    assert states["leftovers"].slack == states["guests"].slack == -1
