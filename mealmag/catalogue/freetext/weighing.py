"""What an amount of a food weighs, by the food's own measures, its volume or its energy.

A bare count counts whole things ("2 eggs", "an apple"); what a food has no measure for is refused with the
measures that it has.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from mealmag.catalogue.amounts import count_in_words, grams_of, plural, say
from mealmag.catalogue.dish import Amount
from mealmag.catalogue.freetext.units import (
    DUTCH_CUP,
    GRAMS,
    MAY_BE,
    MILLILITRES,
    SMALL_PIECE,
    WHOLE,
    grams_by_energy,
    grams_by_volume,
    is_energy,
)
from mealmag.nutrition.food import Food, Measure

MOST_GRAMS = Decimal(10_000)
_CENTIGRAM = Decimal("0.01")
_SMALL_PIECE_GRAMS = 30

# The whole thing, in this order; a table has one of them.
_WHOLE_THINGS = ("piece", "egg", "medium")
# These hold a food or are a part of it: a bare count is never one of them. "Half a pineapple" is no half
# slice, and who counts beers counts no cups.
_NO_THINGS = frozenset({
    "cup", "glass", "pot", "can", "tablespoon", "teaspoon", "handful", "mug", "bottle",
    "scoop", "package", "container", "sachet", "pinch", "portion", "block", "bunch", "slice",
    "wedge", "half", "leaf", "floret", "spear", "sprig", "stalk", "clove", "cube", "pat",
})  # fmt: skip
_SIZES = ("small", "medium", "large", "half")


@dataclass(frozen=True, slots=True)
class Weighed:
    """Grams, to the hundredth, and the amount in words: "2 slices", "250 ml", "200 kcal"."""

    grams: Decimal
    measure: str


def weigh(food: Food, count: Decimal, unit: str | None) -> Weighed:
    """What `count` of a unit of a food weighs. ValueError, in a sentence, where that is not known."""
    if unit is None or unit == WHOLE:
        return _measured(food, count, _whole_thing(food))
    if unit == "mg":
        raise ValueError('"mg" says how much of a nutrient; say how much food it was.')
    if unit in GRAMS:
        return _bounded(food, count * GRAMS[unit], f"{_number(count)} {unit}")
    if unit in MILLILITRES:
        grams = grams_by_volume(food, count, unit)
        if grams is None:
            raise ValueError(
                f"What {unit} of {food.name_en} weigh is not known; {measures_of(food)}."
            )
        return _bounded(food, grams, f"{_number(count)} {unit}")
    if is_energy(unit):
        grams = grams_by_energy(food, count, unit)
        if grams is None:
            raise ValueError(
                f"The energy of {food.name_en} is not known, or none; {measures_of(food)}."
            )
        return _bounded(food, grams, f"{_number(count)} {unit}")
    return _household(food, count, unit)


def _household(food: Food, count: Decimal, unit: str) -> Weighed:
    whole, part = food.measure("piece"), food.measure("slice")
    if unit == "piece" and whole and part and part.grams * 2 <= whole.grams:
        raise ValueError(
            f"A piece of {food.name_en} may be all of it or a part; {measures_of(food)}."
        )
    if unit == "piece" and whole is None:
        return _measured(food, count, _whole_thing(food))
    fitting = tuple(_fitting(food, unit))
    if not fitting:
        raise ValueError(f'{_begun(food)} has no measure "{unit}"; {measures_of(food)}.')
    is_one_of_several = unit in MAY_BE and unit not in MAY_BE[unit]
    if is_one_of_several and len({measure.grams for measure in fitting}) > 1:
        raise ValueError(
            f'"{unit}" may be several measures of {food.name_en}; {measures_of(food)}.'
        )
    return _measured(food, count, fitting[0])


def _fitting(food: Food, unit: str) -> Iterator[Measure]:
    """The measures of a food that a unit may mean, first the one that it says."""
    is_drunk = unit == DUTCH_CUP and food.group == "drinks"
    names = ("cup", "shot") if is_drunk else MAY_BE.get(unit, (unit,))
    for name in names:
        measure = food.measure(name)
        if measure is not None:
            yield measure
        elif name == "serving" and food.serving_g:
            yield Measure("serving", food.serving_g)
    half = food.measure(f"half {unit}")
    if half is not None and food.measure(unit) is None:
        yield Measure(unit, half.grams * 2)
    if unit == "medium" and food.measure(unit) is None:
        yield from _between(food)
    small = food.measure("piece")
    if unit == SMALL_PIECE and small is not None and small.grams <= _SMALL_PIECE_GRAMS:
        yield small


def _between(food: Food) -> Iterator[Measure]:
    """The piece of a food that has smaller and larger ones, but none that is called medium."""
    small, piece, large = (food.measure(name) for name in ("small", "piece", "large"))
    if small and piece and large and small.grams < piece.grams < large.grams:
        yield piece


def _whole_thing(food: Food) -> Measure:
    """What a bare count of a food counts. Not a piece of what comes in bars: that may be either."""
    bar = food.measure("bar")
    for name in _WHOLE_THINGS:
        measure = food.measure(name)
        if measure is not None and (bar is None or bar.grams == measure.grams):
            return measure
    if not any(food.measure(size) for size in _SIZES):
        things = [measure for measure in food.measures if _is_thing(measure.name)]
        if len(things) == 1:
            return things[0]
    raise ValueError(f"How much one {food.name_en} is, is not known; {measures_of(food)}.")


def _is_thing(measure: str) -> bool:
    return measure not in _NO_THINGS and measure.split()[0] not in _SIZES


def _measured(food: Food, count: Decimal, measure: Measure) -> Weighed:
    amount = Amount(count, measure.name)
    grams = grams_of(food, amount)
    if grams is not None:
        return _bounded(food, grams, say(food, amount))
    name = plural(measure.name) if count > 1 else measure.name
    return _bounded(food, count * measure.grams, f"{count_in_words(count)} {name}")


def _bounded(food: Food, grams: Decimal, said: str) -> Weighed:
    if grams > MOST_GRAMS:
        raise ValueError(
            f"{said} ({food.name_en}): more than {MOST_GRAMS / 1000:g} kg is no one item."
        )
    exact = grams.quantize(_CENTIGRAM)
    if exact <= 0:
        raise ValueError(f"That is less than {_CENTIGRAM} g of {food.name_en}.")
    return Weighed(exact.normalize() + 0, said)


def measures_of(food: Food) -> str:
    """What a food can be measured in, for a message."""
    names = ", ".join(measure.name for measure in food.measures)
    return f"it has grams, {names}" if names else "it has grams only"


def _begun(food: Food) -> str:
    return food.name_en[:1].upper() + food.name_en[1:]


def _number(count: Decimal) -> str:
    return f"{count.quantize(_CENTIGRAM).normalize():f}"
