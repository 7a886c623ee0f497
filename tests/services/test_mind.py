"""What was logged against the profile is told: allergens, the diet, what a life stage advises against."""

import uuid
from datetime import date
from decimal import Decimal

import pytest

from mealmag.nutrition.diary import Entry, Ledger, snapshot_of
from mealmag.services.catalogue import load_food_table
from mealmag.services.mind import to_mind
from mealmag.storage.profile import Profile

FOODS = load_food_table()
DAY = date(2026, 11, 28)


def logged(*foods: str) -> list[Entry]:
    return [
        Entry(uuid.uuid4().hex, DAY, Ledger.FOOD, Decimal(50), "50 g", snapshot_of(FOODS[food]))
        for food in foods
    ]


def someone(person: dict[str, object] | None = None, **diet: object) -> Profile:
    who = {"sex": "female", "age": 31, **(person or {})}
    return Profile.model_validate({"person": who, "diet": diet})


@pytest.mark.parametrize(
    ("profile", "food", "words"),
    [
        (someone(avoid_allergens=["nuts"]), "almonds", "almonds: has nuts, which your profile avoids."),
        (someone(kind="vegetarian"), "ham-sliced", ": not vegetarian, as your profile says."),
        (someone({"life_stage": "pregnant", "trimester": 2}), "liverwurst", "advised against in pregnancy."),
        (someone({"life_stage": "pregnant", "trimester": 2}), "wine-red", "alcohol, advised against"),
        (someone({"life_stage": "breastfeeding"}), "beer", "alcohol, advised against while breastf"),
        (someone({"age": 15}), "beer", "alcohol, advised against at this age."),
    ],
)  # fmt: skip
def test_it_is_told(profile: Profile, food: str, words: str) -> None:
    (sentence,) = to_mind(logged(food, food), profile, FOODS)
    assert words in sentence


def test_nothing_is_told_of_what_goes() -> None:
    assert to_mind(logged("almonds", "ham-sliced", "wine-red"), someone(), FOODS) == []


def test_who_logs_eggs_had_them_cooked() -> None:
    pregnant = someone({"life_stage": "pregnant", "trimester": 2})
    assert to_mind(logged("egg-raw", "salmon-raw", "beef-mince-raw"), pregnant, FOODS) == []
    (sentence,) = to_mind(logged("salmon-smoked"), pregnant, FOODS)
    assert "raw fish" in sentence


def test_a_food_of_no_table_is_left_aside() -> None:
    assert to_mind(logged("almonds"), someone(avoid_allergens=["nuts"]), {}) == []
