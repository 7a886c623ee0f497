"""Look foods up: by a word, by id, or by the magnesium they bring."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mealmag.catalogue.every_food import EveryFood
from mealmag.catalogue.food_index import food_entries
from mealmag.catalogue.search import Index
from mealmag.errors import InputError, did_you_mean
from mealmag.nutrition.food import Diet, Food, Measure

# What a serving is, is a judgement and no figure: dry and fat foods go by the spoon, not by the cup.
_CUP, _MOIST_KCAL_PER_100_G, _SERVING_KCAL = "cup", 200, 300
_BY_THE_SPOON = frozenset({"fats", "condiments", "sweets"})


class Basis(StrEnum):
    """What a food's magnesium is counted per."""

    HUNDRED_GRAMS = "100g"
    HUNDRED_KCAL = "100kcal"
    SERVING = "serving"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A food and its magnesium, in mg per the basis asked for; `per` says it in words."""

    food: Food
    magnesium_mg: Decimal
    per: str


def food_index(foods: Mapping[str, Food], every: EveryFood | None = None) -> Index:
    """An index over our foods, and behind them over the source table's where `every` is given."""
    entries = food_entries(foods.values())
    if every is None:
        return Index(entries)
    own_records = {food.record for food in foods.values()}
    return Index([*entries, *(e for e in every.entries() if e.key not in own_records)])


def search(foods: Mapping[str, Food], words: str, limit: int = 10_000) -> list[Food]:
    """Foods that fit all the words, best first, by name, synonym, id or group.

    Names are taken in both languages, without regard to case, accents and hyphens; a word that fits
    nothing is read as the known word that is spelled nearly so.
    """
    return [foods[key] for key in food_index(foods).find(words, limit)]


def show(foods: Mapping[str, Food], food_id: str) -> Food:
    """The food of that id. InputError, with a suggestion, where there is none."""
    if food_id in foods:
        return foods[food_id]
    raise InputError(
        f'There is no food "{food_id}".{did_you_mean(food_id, foods)}',
        hint="`mealmag foods search WORD` finds ids.",
    )


def top(
    foods: Mapping[str, Food],
    *,
    by: Basis = Basis.HUNDRED_GRAMS,
    diet: Diet = Diet.OMNIVORE,
    avoid: Collection[str] = (),
    limit: int = 20,
) -> list[Ranked]:
    """The foods that bring most magnesium, within the diet and without the allergens."""
    ranked = [
        entry
        for food in foods.values()
        if diet.may_eat(food.diet) and food.allergens.isdisjoint(avoid)
        if (entry := _ranked(food, by)) is not None
    ]
    ranked.sort(key=lambda entry: (-entry.magnesium_mg, entry.food.id))
    return ranked[:limit]


def _ranked(food: Food, by: Basis) -> Ranked | None:
    magnesium, energy = food.nutrients.get("magnesium_mg"), food.nutrients.get("energy_kcal")
    if magnesium is None:
        return None
    if by is Basis.HUNDRED_GRAMS:
        return Ranked(food, magnesium, "100 g")
    if by is Basis.HUNDRED_KCAL:
        # Below 15 kcal per 100 g (water, tea, spices by the pinch) the quotient says nothing useful.
        return (
            Ranked(food, magnesium * 100 / energy, "100 kcal") if energy and energy >= 15 else None
        )
    if food.serving_g:
        per = (
            f"{food.serving} ({food.serving_g:g} g)" if food.serving[-2:] != " g" else food.serving
        )
        return Ranked(food, magnesium * food.serving_g / 100, per)
    serving = _serving(food, energy)
    if serving is None:
        return None
    return Ranked(food, magnesium * serving.grams / 100, f"1 {serving.name} ({serving.grams:g} g)")


def _serving(food: Food, energy: Decimal | None) -> Measure | None:
    """The first measure that people would serve: none too rich, and no cup of what goes by the spoon."""
    if energy is None or not food.measures:
        return None
    dry = energy > _MOIST_KCAL_PER_100_G or food.group in _BY_THE_SPOON
    measures = [m for m in food.measures if not (dry and m.name == _CUP)] or list(food.measures)
    light = [m for m in measures if m.grams * energy / 100 <= _SERVING_KCAL]
    return light[0] if light else min(measures, key=lambda measure: measure.grams)
