"""Forged words: what foods, dishes and goals are called, what the plan says of itself, and its caffeine."""

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mealmag.planning.check import check
from mealmag.planning.plan import Plan
from mealmag.services.catalogue import Catalogue

Document = dict[str, Any]


@pytest.fixture
def page(plan: Plan) -> Document:
    loaded: Document = json.loads(plan.model_dump_json(by_alias=True))
    return loaded


def broken(page: Document, catalogue: Catalogue) -> set[str]:
    found = check(Plan.model_validate(page), catalogue.foods, catalogue.dishes)
    return {violation.rule for violation in found}


# Goals.


def _a_false_one_first(page: Document) -> None:
    false = {"value": 9999.0, "bound": 9999.0, "gap": 0.0, "status": "optimal"}
    page["goals"].insert(0, page["goals"][0] | false)


def _a_false_one_last(page: Document) -> None:
    page["goals"].append(page["goals"][3] | {"value": 0.0, "bound": 0.0, "status": "optimal"})
    page["goals"][-1]["gap"] = 0.0


def _the_same_twice(page: Document) -> None:
    page["goals"].insert(1, copy.deepcopy(page["goals"][0]))


def _one_more(page: Document) -> None:
    page["goals"].append(page["goals"][0] | {"name": "happiness"})


def _another_order(page: Document) -> None:
    page["goals"].reverse()


@pytest.mark.parametrize(
    "forge",
    [_a_false_one_first, _a_false_one_last, _the_same_twice, _one_more, _another_order],
    ids=lambda forge: forge.__name__,
)
def test_each_goal_stands_once_and_in_its_order(
    page: Document, catalogue: Catalogue, forge: Callable[[Document], None]
) -> None:
    forge(page)
    assert broken(page, catalogue) == {"goals"}


# Names.


def test_no_portion_has_another_name(page: Document, catalogue: Catalogue) -> None:
    unseen = []
    for day in page["days"]:
        for meal in day["meals"]:
            for portion in meal["portions"]:
                name = portion["name"]
                portion["name"] = "poison"
                if broken({**page, "days": [day]}, catalogue).isdisjoint({"names"}):
                    unseen.append(portion["food"])
                portion["name"] = name
    assert unseen == []


def test_what_a_dish_cooks_may_be_called_raw(page: Document, catalogue: Catalogue) -> None:
    """As plans called it once; what nobody cooks never loses the word."""
    portions = [p for day in page["days"] for meal in day["meals"] for p in meal["portions"]]
    cooked = next(
        p
        for p in portions
        if catalogue.foods[p["food"]].cooked
        and catalogue.foods[p["food"]].name_en.startswith("raw ")
    )
    assert not cooked["name"].startswith("raw ")
    cooked["name"] = f"raw {cooked['name']}"
    assert broken(page, catalogue) == set()
    food = catalogue.foods[cooked["food"]]
    shelf = replace(catalogue, foods={**catalogue.foods, food.id: replace(food, cooked="")})
    cooked["name"] = cooked["name"].removeprefix("raw ")
    assert "names" in broken(page, shelf)


def test_an_own_food_is_called_as_its_owner_does(page: Document, catalogue: Catalogue) -> None:
    portion = page["days"][0]["meals"][0]["portions"][0]
    food = replace(catalogue.foods[portion["food"]], name_en="Grandma's best")
    shelf = replace(catalogue, foods={**catalogue.foods, food.id: food})
    for other in (p for day in page["days"] for meal in day["meals"] for p in meal["portions"]):
        if other["food"] == food.id:
            other["name"] = "Grandma's best"
    assert broken(page, shelf) == set()


def _another_dish(page: Document) -> None:
    page["days"][0]["meals"][0]["name"] = "Something else"


def _skipped_by_another_name(page: Document) -> None:
    page["days"][0]["meals"][0] |= {
        "dish": "skipped",
        "name": "A feast",
        "occasion": {"kind": "skipped"},
    }


@pytest.mark.parametrize("forge", [_another_dish, _skipped_by_another_name])
def test_no_meal_has_another_name(
    page: Document, catalogue: Catalogue, forge: Callable[[Document], None]
) -> None:
    forge(page)
    assert "names" in broken(page, catalogue)


def test_what_makes_no_lunch_the_day_after_is_not_said_to(
    page: Document, catalogue: Catalogue
) -> None:
    meal = next(
        meal
        for day in page["days"]
        for meal in day["meals"]
        if not catalogue.dishes[meal["dish"]].is_lunch_tomorrow
    )
    meal["lunch_tomorrow"] = True
    assert broken(page, catalogue) == {"minutes"}


# What the plan says of itself.


@pytest.mark.parametrize(
    "said", [{"ok": False, "problems": []}, {"ok": True, "problems": ["It is burnt."]}]
)
def test_a_sound_plan_does_not_say_that_something_is_wrong(
    page: Document, catalogue: Catalogue, said: Document
) -> None:
    page["check"] = said
    assert broken(page, catalogue) == {"check"}
    page["days"][0]["totals"]["iron_mg"] += 1
    assert broken(page, catalogue) == {"totals"}


def test_nothing_was_made_without_a_margin_where_none_was_asked_for(
    page: Document, catalogue: Catalogue
) -> None:
    page["certainty"]["chance_without_margin"] = dict(page["certainty"]["chance"])
    assert broken(page, catalogue) == {"certainty"}
    page["rules"]["margin_mg"] = page["certainty"]["margin_mg"] = 20.0
    assert "certainty" not in broken(page, catalogue)


# Caffeine: 400 mg for an adult, 200 mg for a mother to be, less for the young.

OWN = "The caffeine ceiling of 450 mg a day is your own; EFSA (2015) has no concern up to 400 mg."


@pytest.mark.parametrize(
    ("person", "stated", "warning", "fault"),
    [
        ({}, 400.0, None, False),
        ({}, 300.0, None, False),
        ({}, 400.5, None, True),
        ({}, 9000.0, None, True),
        ({}, 450.0, OWN, False),
        ({}, 451.0, OWN, True),
        ({}, 450.0, "Energy is estimated; 450 mg of nothing.", True),
        ({}, None, OWN, True),
        ({"life_stage": "pregnant"}, 400.0, OWN, True),
        ({"life_stage": "pregnant"}, 400.0, None, True),
        ({"life_stage": "pregnant"}, 200.0, None, False),
        ({"conditions": ["pregnant"]}, 400.0, None, True),
        ({"age": 12}, 400.0, None, True),
    ],
)
def test_a_ceiling_of_caffeine_is_safe_or_said_to_be_ones_own(
    page: Document,
    catalogue: Catalogue,
    person: Document,
    stated: float | None,
    warning: str | None,
    fault: bool,
) -> None:
    page["person"] |= person
    page["rules"]["caffeine_mg"] = stated
    page["warnings"] += [] if warning is None else [warning]
    assert ("caffeine" in broken(page, catalogue)) is fault


def test_a_plan_from_before_there_were_ceilings_is_held_to_the_safe_one(
    page: Document, catalogue: Catalogue
) -> None:
    del page["rules"]["caffeine_mg"]
    assert broken(page, catalogue) == set()
    first = page["days"][0]["meals"][0]["portions"][0]
    food = catalogue.foods[first["food"]]
    strong = replace(food, nutrients={**food.nutrients, "caffeine_mg": food.nutrients["iron_mg"]})
    assert strong.nutrients["caffeine_mg"] is not None
    strong.nutrients["caffeine_mg"] += 100_000  # type: ignore[index]
    shelf = replace(catalogue, foods={**catalogue.foods, food.id: strong})
    assert "caffeine" in broken(page, shelf)
