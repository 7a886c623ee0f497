"""Look foods up: by a word, by id, or by the magnesium they bring."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum

from mealmag.errors import UsageError, did_you_mean
from mealmag.nutrition.food import Diet, Food

_NEAR = 0.75


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
    """Foods that fit the words, best first: the whole name, its beginning, a word of it, then near ones."""
    wanted = words.casefold().split()
    scored = []
    for food in foods.values():
        names = [food.name_en.casefold(), food.name_nl.casefold(), food.id.replace("-", " ")]
        score = max(_score(name, wanted) for name in names)
        if food.group.replace("-", " ") == " ".join(wanted):
            score = max(score, 2.0)
        if score > 0:
            scored.append((-score, len(food.name_en), food.name_en, food))
    return [entry[-1] for entry in sorted(scored, key=lambda entry: entry[:3])]


def _score(name: str, wanted: list[str]) -> float:
    """5 for the whole name; 4 to 1 for words that begin, equal or lie within it; less for a near miss."""
    if not wanted:
        return 0.0
    if name == " ".join(wanted):
        return 5.0
    words = name.replace(",", " ").replace("(", " ").replace(")", " ").split()
    scores = []
    for want in wanted:
        if want in words:
            scores.append(4.0 if words[-1] == want or words[0] == want else 3.5)
        elif any(word.startswith(want) for word in words):
            scores.append(3.0)
        elif want in name:
            scores.append(2.5)
        else:
            near = max((SequenceMatcher(None, want, word).ratio() for word in words), default=0)
            scores.append(near if near >= _NEAR and len(want) > 3 else 0.0)
    return min(scores) if all(scores) else 0.0


def show(foods: Mapping[str, Food], food_id: str) -> Food:
    """The food of that id. UsageError, with a suggestion, where there is none."""
    if food_id in foods:
        return foods[food_id]
    raise UsageError(
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
    if not food.measures:
        return None
    first = food.measures[0]
    return Ranked(food, magnesium * first.grams / 100, f"1 {first.name} ({first.grams:g} g)")
