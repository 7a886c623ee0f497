"""How much of a food is proposed at once: its usual serving, or fewer pieces where that is too much.

A handful of Brazil nuts has twice the selenium that anybody should have in a day; two nuts are well within.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from mealmag.catalogue.amounts import say
from mealmag.catalogue.dish import Amount
from mealmag.catalogue.reference import ReferenceTables
from mealmag.nutrition.food import Food
from mealmag.nutrition.upper_levels import goes_over, least_upper_levels

_PIECE = "piece"


class Serving(NamedTuple):
    """So many grams, and how people say that."""

    grams: Decimal
    measure: str


def serving_of(food: Food) -> Serving | None:
    """Its usual serving, or as many pieces as are within every upper level; None where it has neither."""
    if not food.serving_g:
        return None
    if is_within(food, food.serving_g):
        return Serving(food.serving_g, food.serving)
    piece = food.measure(_PIECE)
    if piece is None:
        return None
    count = int(food.serving_g / piece.grams)
    while count and not is_within(food, count * piece.grams):
        count -= 1
    if not count:
        return None
    return Serving(count * piece.grams, say(food, Amount(Decimal(count), _PIECE, "")))


def is_within(food: Food, grams: Decimal) -> bool:
    """Whether so much of it stays below every upper level, by itself."""
    return not goes_over(food, grams, _levels())


@lru_cache(maxsize=1)
def _levels() -> Mapping[str, Decimal]:
    return MappingProxyType(least_upper_levels(ReferenceTables().nutrients))
