"""The words of a dislike or a ban: what they may be, and what to say of one that is nothing."""

import re
from collections.abc import Collection, Iterator, Mapping

from mealmag.errors import InputError, did_you_mean
from mealmag.nutrition.allergens import meant_allergens, option
from mealmag.nutrition.food import Food
from mealmag.nutrition.food_words import words_of

_MOST_IDS = 12


def known_words(foods: Mapping[str, Food], dishes: Collection[str]) -> frozenset[str]:
    """Every word that stands for a food, a dish (by its id), a group or a main food."""
    return frozenset(dishes).union(*map(words_of, foods.values()))


def refuse_unknown(
    words: Collection[str],
    foods: Mapping[str, Food],
    dishes: Collection[str],
    *,
    where: str,
    nothing: str = "no food, dish or group",
) -> None:
    """InputError for the first word that is none of them, with what may be meant.

    `where` stands before it, and `nothing` is what it is none of.
    """
    known = known_words(foods, dishes) if words else frozenset()
    for word in words:
        if word not in known:
            raise InputError(
                f'{where}: "{word}" is {nothing}.{did_you_mean(word, known)}',
                hint=" ".join(_hints(word, foods)),
            )


def _hints(word: str, foods: Mapping[str, Food]) -> Iterator[str]:
    ids = ids_called(word, foods)
    if ids:
        yield f"In the name of these foods, to copy what you mean: {','.join(ids)}."
    else:
        yield "`mealmag foods search WORD` and `mealmag dishes` show the ids."
    meant = meant_allergens(word)
    if meant:
        yield f"As an allergen it is {' and '.join(meant)} (your own: {option(meant)})."


def ids_called(word: str, foods: Mapping[str, Food]) -> list[str]:
    """The ids of at most twelve foods as bought that have all of these words in id or name.

    Those with them in the id come first, then the most everyday. "mushrooms" is "mushroom" too.
    """
    said = _stems(word)
    found = [
        food
        for food in foods.values()
        if not food.cooked and said and said <= _stems(f"{food.id} {food.name_en} {food.name_nl}")
    ]
    found.sort(key=lambda food: (not said <= _stems(food.id), food.everyday, food.id))
    return [food.id for food in found[:_MOST_IDS]]


def _stems(text: str) -> frozenset[str]:
    """The words, in the singular by the simplest rule."""
    return frozenset(
        re.sub(r"(?<=..)(?:(?<=o)es|s)$", "", word) for word in re.findall(r"[^\W_]+", text.lower())
    )
