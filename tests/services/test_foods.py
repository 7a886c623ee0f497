"""Looking foods up: words in two languages, near spellings, and rankings."""

from decimal import Decimal

import pytest

from mealmag.errors import InputError
from mealmag.nutrition.food import Diet, Food
from mealmag.services.catalogue import load_food_table
from mealmag.services.foods import Basis, search, show, top


@pytest.fixture(scope="module")
def foods() -> dict[str, Food]:
    return load_food_table()


@pytest.mark.parametrize("words", ["almonds", "Amandelen", "  ALMONDS ", "almnods"])
def test_a_food_is_found_however_it_is_typed(foods: dict[str, Food], words: str) -> None:
    assert "almonds" in [food.id for food in search(foods, words)[:3]]


@pytest.mark.parametrize("words", ["", "  ", "-", "qqqqqq"])
def test_nothing_is_found_for_nothing(foods: dict[str, Food], words: str) -> None:
    assert search(foods, words) == []


def test_all_the_words_must_fit(foods: dict[str, Food]) -> None:
    both = search(foods, "boiled spinach")
    assert both[0].id == "spinach-boiled"
    assert {food.id for food in both} < {food.id for food in search(foods, "boiled")}


def test_a_group_finds_its_foods(foods: dict[str, Food]) -> None:
    group = {food.id for food in foods.values() if food.group == "leafy-greens"}
    assert group <= {food.id for food in search(foods, "leafy-greens")}


def test_show(foods: dict[str, Food]) -> None:
    assert show(foods, "almonds") is foods["almonds"]
    with pytest.raises(InputError, match='Did you mean "almonds"'):
        show(foods, "almnods")
    with pytest.raises(InputError) as caught:
        show(foods, "zzzzzzzz")
    assert "Did you mean" not in caught.value.message


@pytest.mark.parametrize("by", Basis)
def test_rankings_descend(foods: dict[str, Food], by: Basis) -> None:
    ranked = top(foods, by=by, limit=50)
    assert len(ranked) == 50
    figures = [entry.magnesium_mg for entry in ranked]
    assert figures == sorted(figures, reverse=True)


def test_rankings_reckon_rightly(foods: dict[str, Food]) -> None:
    almonds = foods["almonds"]
    magnesium, energy = almonds.nutrients["magnesium_mg"], almonds.nutrients["energy_kcal"]
    assert magnesium is not None
    assert energy is not None
    one = {"almonds": almonds}
    assert top(one)[0].magnesium_mg == magnesium
    assert top(one, by=Basis.HUNDRED_KCAL)[0].magnesium_mg == magnesium * 100 / energy
    (serving,) = top(one, by=Basis.SERVING)
    grams = {f"1 {m.name} ({m.grams:g} g)": m.grams for m in almonds.measures}[serving.per]
    assert serving.magnesium_mg == magnesium * grams / Decimal(100)


def test_rankings_keep_to_diet_and_allergens(foods: dict[str, Food]) -> None:
    ranked = top(foods, diet=Diet.VEGAN, avoid=["nuts", "soybeans"], limit=len(foods))
    assert ranked
    assert {entry.food.diet for entry in ranked} == {Diet.VEGAN}
    assert all(entry.food.allergens.isdisjoint({"nuts", "soybeans"}) for entry in ranked)


def test_unknown_magnesium_is_not_ranked(foods: dict[str, Food]) -> None:
    unknown = {f.id for f in foods.values() if f.nutrients.get("magnesium_mg") is None}
    ranked = {entry.food.id for entry in top(foods, limit=len(foods))}
    assert ranked == set(foods) - unknown
