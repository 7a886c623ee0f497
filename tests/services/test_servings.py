"""How much of a food is proposed: never more of a nutrient than an upper level, by itself."""

import uuid
from datetime import date
from decimal import Decimal

from mealmag.nutrition.diary import Entry, Ledger, snapshot_of
from mealmag.services.catalogue import load_catalogue
from mealmag.services.closing_foods import ideas
from mealmag.services.habit_ideas import habit_ideas
from mealmag.services.likely_foods import is_eaten_alone
from mealmag.services.problem import hard_rules
from mealmag.services.servings import Serving, is_within, serving_of
from mealmag.storage.profile import Profile

FOODS = load_catalogue().foods
DAY = date(2026, 11, 28)
RULES = hard_rules(Profile.model_validate({"person": {"sex": "female", "age": 34}}))


def eaten(food: str, grams: str) -> Entry:
    return Entry(
        uuid.uuid4().hex, DAY, Ledger.FOOD, Decimal(grams), f"{grams} g", snapshot_of(FOODS[food])
    )


def test_two_brazil_nuts_are_enough() -> None:
    assert serving_of(FOODS["brazil-nuts"]) == Serving(Decimal(10), "2 pieces")
    assert serving_of(FOODS["almonds"]) == Serving(Decimal(28), "1 handful")


def test_what_comes_in_no_pieces_is_left_out() -> None:
    assert serving_of(FOODS["seaweed-kombu-dried"]) is None


def test_no_proposal_goes_over_a_level() -> None:
    for food in FOODS.values():
        serving = serving_of(food)
        assert serving is None or is_within(food, serving.grams)
    for idea in ideas([eaten("mixed-nuts", "60")], FOODS, RULES, Decimal(1500)):
        assert is_within(idea.food, idea.grams)


def test_no_habit_goes_over_a_level() -> None:
    days = {DAY: [eaten("hazelnuts", "60")]}
    found = habit_ideas(days, FOODS, RULES, ("magnesium_mg", "energy_kcal"))
    brazil = [idea for idea in found if idea.food.id == "brazil-nuts"]
    assert all(not idea.instead_of for idea in brazil), "60 g of them in place of hazelnuts"
    assert {idea.measure for idea in brazil} <= {"2 pieces"}


def test_most_ideas_are_eaten_as_they_are() -> None:
    found = [idea.food for idea in ideas([], FOODS, RULES, Decimal(1500))]
    alone = [food for food in found if is_eaten_alone(food)]
    assert len(alone) == 8
    assert len(found) == 12
    for food in (
        "almonds",
        "pumpkin-seeds",
        "apple",
        "bread-whole-wheat",
        "chocolate-dark-70",
        "hummus",
    ):
        assert is_eaten_alone(FOODS[food])
    for food in (
        "black-beans-boiled",
        "pasta-whole-wheat-cooked",
        "chard-boiled",
        "spinach-raw",
        "beer",
    ):
        assert not is_eaten_alone(FOODS[food])
