"""Amounts as people write and say them: "2 slice", "60 g", "½ cup", "3 tablespoons".

One room for both directions, so that whatever the program says it also understands.
"""

import re
from decimal import Decimal

from mealmag.catalogue.dish import Amount
from mealmag.nutrition.food import Food

# Weighed food stays in grams unless it comes in whole pieces: "½ fillet" helps nobody.
_WEIGHED_GROUPS = frozenset({"meat", "fish"})
_TOLERANCE = Decimal("0.04")
_CENTIGRAM = Decimal("0.01")

_FRACTIONS: dict[str, Decimal] = {
    "⅛": Decimal("0.125"),
    "¼": Decimal("0.25"),
    "⅓": Decimal(1) / 3,
    "½": Decimal("0.5"),
    "⅔": Decimal(2) / 3,
    "¾": Decimal("0.75"),
}
_FRIENDLY: tuple[Decimal, ...] = (
    *(_FRACTIONS[sign] for sign in "¼⅓½¾"),
    *(Decimal(text) for text in ("1", "1.5", "2", "2.5")),
    *(Decimal(count) for count in range(3, 9)),
)
_EASY_TO_COUNT = 6
_VESSELS = frozenset({"cup", "glass", "pot", "can", "tablespoon", "teaspoon", "handful"})
_SIZES = frozenset({"small", "medium", "large"})
_MOST = {"tablespoon": 4, "teaspoon": 3, "small": 3}
_CUP = "cup"
_WHOLE_THINGS = frozenset({"piece", "small", "medium", "large"})
_HALVES = frozenset({Decimal("0.5"), Decimal("1.5")})

_AMOUNT = re.compile(
    r"(?P<number>\d{1,6}(?:[.,]\d{1,4})?)?\s*(?P<fraction>[⅛¼⅓½⅔¾])?"
    r"(?:\s*(?P<grams>g|grams?)|\s+(?P<unit>[^\W\d_].*))"
)
_KILOGRAMS = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*kg")
_IRREGULAR = {"leaf": "leaves", "half": "halves", "loaf": "loaves", "knife": "knives"}
_SAME = frozenset({"ml", "cl", "dl", "g", "oz", "small", "medium", "large"})
# Measures that say less than grams do: a portion of what size, and half of a half?
_VAGUE = ("portion", "half")
_SIBILANT = ("s", "sh", "ch", "x", "z")


def parse_amount(text: str) -> Amount:
    """Read "60 g", "0.5 cup", "½ cup" or "1½ slices"; the unit is never left out.

    Raises ValueError, with a sentence for people, where this is no amount at all. Whether it is
    positive, sensible, and known to a food is for the caller.
    """
    match = _AMOUNT.fullmatch(text.strip())
    number, fraction, unit = match.group("number", "fraction", "unit") if match else (None,) * 3
    if (number is None and fraction is None) or (fraction and _has_point(number)):
        raise ValueError(f'"{text}" is not an amount; write for example "60 g" or "2 slice".')
    count = Decimal(number.replace(",", ".")) if number else Decimal(0)
    if fraction:
        count += _FRACTIONS[fraction]
    return Amount(count, " ".join(unit.split()) if unit else None, text.strip())


def _has_point(number: str | None) -> bool:
    return number is not None and ("." in number or "," in number)


def grams_of(food: Food, amount: Amount) -> Decimal | None:
    """The grams (edible, to 0.01 g) of `amount` of `food`; None where the food lacks the measure.

    A measure may be written in singular or plural.
    """
    if amount.measure is None:
        return amount.count.quantize(_CENTIGRAM).normalize() + 0
    for measure in food.measures:
        if amount.measure in {measure.name, plural(measure.name)}:
            return (amount.count * measure.grams).quantize(_CENTIGRAM).normalize() + 0
    return None


def weighed(food: Food, text: str) -> Decimal:
    """Grams of what was written: "1 kg", "500 g", or measures of this food. ValueError where it is none."""
    kilograms = _KILOGRAMS.fullmatch(text.strip())
    if kilograms:
        grams: Decimal | None = Decimal(kilograms.group(1)) * 1000
    else:
        grams = grams_of(food, parse_amount(text))
    if not grams:
        has = ", ".join(measure.name for measure in food.measures) or "no measures"
        raise ValueError(f'"{text}" is no amount of {food.id}; write "1 kg", "500 g" or use {has}.')
    return grams


def say(food: Food, amount: Amount) -> str:
    """`amount` of `food` in words: a measure as it was asked for, grams as `in_words` says them."""
    if amount.measure is None:
        return in_words(food, amount.count)
    for measure in food.measures:
        if amount.measure in {measure.name, plural(measure.name)}:
            return _counted(amount.count, measure.name)
    return _counted(amount.count, amount.measure)


def in_words(food: Food, grams: Decimal) -> str:
    """`grams` of `food` as a person would say it: "3 tablespoons", or "60 g" where nothing fits.

    A household measure is used where a friendly count of it (¼, ⅓, ½, ¾, 1, 1½, 2, 2½, 3 … 8)
    lies within 4 % of the grams; small whole counts win, then the nearest, then the first measure.
    """
    best: tuple[tuple[int, Decimal, int], str] | None = None
    for position, measure in enumerate(food.measures):
        for count in _FRIENDLY:
            off = abs(count * measure.grams - grams)
            if off > _TOLERANCE * grams or not _natural(food, measure.name, count):
                continue
            whole = count == count.to_integral_value()
            awkwardness = (0 if count <= _EASY_TO_COUNT else 2) if whole else 1
            rank = (awkwardness, off, position)
            if best is None or rank < best[0]:
                best = (rank, _counted(count, measure.name))
    return best[1] if best else f"{_number(grams)} g"


def _natural(food: Food, measure: str, count: Decimal) -> bool:
    """Whether people count that way: ¾ cup, but not ¾ slice, ½ large, 11 tablespoons or a cup of pear."""
    if measure == _CUP and any(each.name in _WHOLE_THINGS for each in food.measures):
        return False
    if measure.startswith(_VAGUE) or count > _MOST.get(measure, count):
        return False
    if count == count.to_integral_value():
        return True
    if measure in _SIZES or food.group in _WEIGHED_GROUPS:
        return False
    return measure in _VESSELS or count in _HALVES


def count_in_words(count: Decimal) -> str:
    """A count as cooks write it: "¼", "1½", "2"; two decimals at most where no fraction fits."""
    whole = int(count)
    rest = count - whole
    for sign, value in _FRACTIONS.items():
        if abs(rest - value) < Decimal("0.005"):
            return f"{whole}{sign}" if whole else sign
    return _number(count)


def plural(measure: str) -> str:
    """More than one of a measure: "slices", "leaves", "cups, chopped", "cups of tea".

    Only the noun changes: what follows a comma, a bracket or "of" stays as it is.
    """
    head, tail = measure, ""
    found = re.search(r",| \(| of ", measure)
    if found:
        head, tail = measure[: found.start()], measure[found.start() :]
    before, _, noun = head.rpartition(" ")
    return f"{before} {_plural_noun(noun)}{tail}".strip()


def _plural_noun(noun: str) -> str:
    if noun in _SAME:
        return noun
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith(_SIBILANT) or noun in {"potato", "tomato", "mango"}:
        return f"{noun}es"
    if noun.endswith("y") and noun[-2:-1] not in set("aeiou"):
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def _counted(count: Decimal, measure: str) -> str:
    return f"{count_in_words(count)} {plural(measure) if count > 1 else measure}"


def _number(value: Decimal) -> str:
    return f"{value.quantize(_CENTIGRAM).normalize():f}"
