"""Where the checker is just about satisfied: ceilings of what is unknown, guests, leftovers, shares."""

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from mealmag.catalogue.dish import Meal
from mealmag.nutrition.unknown import Unknown
from mealmag.planning.check import check
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort
from mealmag.services.catalogue import Catalogue
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.storage.profile import Profile

Document = dict[str, Any]


def found(page: Document, catalogue: Catalogue) -> list[tuple[str, str, str]]:
    violations = check(Plan.model_validate(page), catalogue.foods, catalogue.dishes)
    return [(violation.rule, violation.place, violation.message) for violation in violations]


def rules_broken(page: Document, catalogue: Catalogue) -> set[str]:
    return {rule for rule, _, _ in found(page, catalogue)}


# Goals: what is unknown counts towards a ceiling with the most that it may be.


def test_a_ceiling_counts_the_most_that_is_unknown(
    plan: Plan, catalogue: Catalogue, document: Callable[[Plan], Document]
) -> None:
    """Of vitamin B12, say, nobody knows what is in a food; the sum of the goals follows it."""
    page = document(plan)
    key = "vitamin_b12_ug"
    portion = page["days"][0]["meals"][0]["portions"][0]
    food = catalogue.foods[portion["food"]]
    blank = replace(food, nutrients={**food.nutrients, key: None})
    shelf = replace(catalogue, foods={**catalogue.foods, food.id: blank})
    portions = [
        [
            (shelf.foods[p["food"]], Decimal(str(p["grams"])))
            for m in day["meals"]
            for p in m["portions"]
        ]
        for day in page["days"]
    ]
    known = [sum((f.amount(key, g) or Decimal(0) for f, g in day), Decimal(0)) for day in portions]
    most = [Unknown(shelf.foods).most(day, key) for day in portions]
    assert sum(most) > sum(known)
    days = len(page["days"])
    low, high = sum(known) / days, sum(most) / days
    ceiling = (low + high) / 2  # over it with what may be, under it with what is known
    over = [_counted(page, shelf, key, limit) for limit in (float(ceiling), float(high) + 1)]
    assert over[0] - over[1] == pytest.approx(float(days * (100 * high / ceiling - 100)), abs=0.02)


def _counted(page: Document, shelf: Catalogue, key: str, ceiling: float) -> float:
    """The checker's own count of the sum of nutrients, as it says it where the plan states another."""
    changed = copy.deepcopy(page)
    target = changed["targets"]["iron_mg"]
    changed["targets"][key] = {**target, "floor": None, "ceiling": ceiling, "per": "week"}
    changed["goals"][2] |= {"value": 88_888.88, "bound": 0.0, "gap": 1.0, "status": "feasible"}
    said = next(words for _, place, words in found(changed, shelf) if place == "other_nutrients")
    return float(said.removeprefix("it is ").partition(",")[0])


# Guests.


@pytest.mark.parametrize(
    "guest",
    [
        lambda food: {"avoid_allergens": [min(food.allergens)]},
        lambda food: {"dislikes": [food.group]},
        lambda food: {"dislikes": [food.bought_id]},
    ],
    ids=["allergen", "group", "food"],
)
def test_a_guest_is_as_strictly_served(
    plan: Plan,
    catalogue: Catalogue,
    document: Callable[[Plan], Document],
    guest: Callable[[Any], Document],
) -> None:
    page = document(plan)
    meal, food = next(
        (meal, food)
        for day in page["days"]
        for meal in day["meals"]
        for food in (catalogue.foods[p["food"]] for p in meal["portions"])
        if food.allergens
    )
    meal["occasion"] = {"kind": "guest", "diet": "omnivore"}
    assert rules_broken(page, catalogue) == set()
    meal["occasion"] |= guest(food)
    assert rules_broken(page, catalogue) == {"guests"}


# Leftovers.


@pytest.fixture(scope="module")
def left() -> Plan:
    """A dinner that is cooked double for the lunch two days later."""
    profile = Profile.model_validate(
        {
            "person": {"sex": "female", "age": 34},
            "plan": {"occasions": {"monday": {"dinner": "double 2"}}},
        }
    )
    return plan_week(PlanRequest(profile, date(2026, 11, 23), 3, effort=Effort.QUICK))


@pytest.mark.parametrize("late", [0, 1])
def test_leftovers_are_eaten_while_they_keep(
    left: Plan, catalogue: Catalogue, document: Callable[[Plan], Document], late: int
) -> None:
    """The dish keeps until that many days before the lunch, and the plan says so truly."""
    page = document(left)
    lunch = page["days"][2]["meals"][1]
    assert lunch["leftover"]
    keeps = 2 - late
    dish = replace(catalogue.dishes[lunch["dish"]], keeps_days=keeps)
    assert dish.is_lunch_tomorrow
    shelf = replace(catalogue, dishes={**catalogue.dishes, dish.id: dish})
    for meal in (meal for day in page["days"] for meal in day["meals"] if meal["dish"] == dish.id):
        meal["keeps_days"] = keeps
    lunch["keeps_until"] = str(left.days[0].date + timedelta(days=keeps))
    assert rules_broken(page, shelf) == (set() if late == 0 else {"leftovers"})


# A meal's share of the energy.


@pytest.mark.parametrize("bound", ["min", "max"])
def test_a_share_is_kept_to_the_last_percent(
    plan: Plan, catalogue: Catalogue, document: Callable[[Plan], Document], bound: str
) -> None:
    page = document(plan)
    band = plan.targets["energy_kcal"]
    middle = ((band.floor or 0) + (band.ceiling or 0)) / 2
    shares = [
        100
        * sum(
            float(catalogue.foods[p.food].amount("energy_kcal", Decimal(str(p.grams))) or 0)
            for p in day.meals[2].portions
        )
        / middle
        for day in plan.days
    ]
    assert page["rules"]["meals"][2] == Meal.DINNER
    least, most = int(min(shares)), int(max(shares)) + 1
    assert min(share % 1 for share in shares) > 0
    fine = {"min": least, "max": most}
    page["rules"]["shares"] = {Meal.DINNER: fine}
    assert rules_broken(page, catalogue) == set()
    narrower = {"min": least + 1} if bound == "min" else {"max": most - 1}
    page["rules"]["shares"] = {Meal.DINNER: fine | narrower}
    assert rules_broken(page, catalogue) == {"meal_share"}
