"""Look foods up: by a word, by id, or by the magnesium they bring."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from unicodedata import combining, normalize

from mealmag.errors import InputError, did_you_mean
from mealmag.nutrition.food import Diet, Food, Measure

_NEAR = 0.75
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


def search(foods: Mapping[str, Food], words: str) -> list[Food]:
    """Foods that fit all the words, best first: the whole name, its words, their beginnings, parts.

    Names are taken in both languages, without regard to case, accents and hyphens; so are ids and
    groups. Only where nothing fits are names sought that are spelled nearly so.
    """
    wanted = _plain(words).split()
    return _best(foods, wanted, _score) or _best(foods, wanted, _near)


def _best(
    foods: Mapping[str, Food], wanted: list[str], score: Callable[[str, list[str]], float]
) -> list[Food]:
    scored = []
    for food in foods.values():
        names = (_plain(food.name_en), _plain(food.name_nl), _plain(food.id))
        points = max(score(name, wanted) for name in names)
        if _plain(food.group) == " ".join(wanted):
            points = max(points, 2.0)
        if points > 0:
            scored.append((-points, len(food.name_en), food.name_en, food.id))
    return [foods[entry[-1]] for entry in sorted(scored)]


@lru_cache(maxsize=65_536)  # the names of 8,000 foods, asked for at every key that is pressed
def _plain(text: str) -> str:
    """Lower case, without accents; words with one space between."""
    letters = (sign for sign in normalize("NFKD", text.casefold()) if not combining(sign))
    return " ".join(
        "".join(sign if sign.isalnum() or sign == "%" else " " for sign in letters).split()
    )


def _score(name: str, wanted: list[str]) -> float:
    """5 for the name, 4.5 for its words; 4 to 2.5 for words at its ends, within, begun, or parts."""
    if not wanted:
        return 0.0
    if name == " ".join(wanted):
        return 5.0
    words = name.split()
    if sorted(words) == sorted(wanted):
        return 4.5
    scores = []
    for want in wanted:
        if want in words:
            scores.append(4.0 if want in (words[0], words[-1]) else 3.5)
        elif any(word.startswith(want) for word in words):
            scores.append(3.0)
        elif want in name:
            scores.append(2.5)
        else:
            return 0.0
    return min(scores)


def _near(name: str, wanted: list[str]) -> float:
    """How near the words come to words of the name: 0 (not at all) to 1."""
    words = name.split()
    best = [
        max((SequenceMatcher(None, want, word).ratio() for word in words), default=0.0)
        for want in wanted
        if len(want) > 3
    ]
    return min(best) if best and min(best) >= _NEAR else 0.0


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
