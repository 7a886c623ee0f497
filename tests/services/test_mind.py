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


def of(food: str, grams: str, day: date = DAY) -> Entry:
    snapshot = snapshot_of(FOODS[food])
    return Entry(uuid.uuid4().hex, day, Ledger.FOOD, Decimal(grams), f"{grams} g", snapshot)


PREGNANT = {"life_stage": "pregnant", "trimester": 2}


def test_the_caffeine_of_a_day_is_told_where_it_is_too_much() -> None:
    first, second = of("coffee", "300"), of("coffee", "400")
    brought = [entry.amount("caffeine_mg") or Decimal(0) for entry in (first, second)]
    assert brought[0] < 200 < sum(brought)
    pregnant = someone(PREGNANT)
    assert to_mind([first], pregnant, FOODS) == []
    (sentence,) = to_mind([second], pregnant, FOODS, also=[first, second], today=DAY)
    assert sentence == (
        f"{sum(brought):.0f} mg of caffeine today; 200 mg is the most in pregnancy (EFSA 2015)."
    )
    assert to_mind([second], someone(), FOODS, also=[first]) == []


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ({}, "400 mg is the most for adults (EFSA 2015)."),
        ({"life_stage": "breastfeeding"}, "200 mg is the most while breastfeeding (EFSA 2015)."),
        ({"age": 15}, "90 mg is the most at this age (EFSA 2015)."),
    ],
)
def test_whose_ceiling_it_is_is_said(person: dict[str, object], words: str) -> None:
    (sentence,) = to_mind([of("coffee", "1500")], someone(person), FOODS)
    assert "of caffeine on Saturday 28 November;" in sentence
    assert sentence.endswith(words)


def test_an_own_ceiling_is_told_as_that() -> None:
    own = Profile.model_validate(
        {"person": {"sex": "female", "age": 31}, "plan": {"caffeine_mg": 100}}
    )
    (sentence,) = to_mind([of("coffee", "400")], own, FOODS)
    assert sentence.endswith("100 mg is the most that your profile has.")


def test_only_what_brings_caffeine_tells_of_it_and_of_its_own_day() -> None:
    coffee = of("coffee", "1500")
    assert to_mind([of("apple", "150")], someone(), FOODS, also=[coffee]) == []
    earlier = of("coffee", "1500", date(2026, 11, 27))
    assert to_mind([of("coffee", "100")], someone(), FOODS, also=[earlier]) == []
