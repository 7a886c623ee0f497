"""One item of a line: how much of it, in what unit, and the words that name the food.

The amount stands in front ("2 slices of bread") or behind ("bread: 2 slices"). Two amounts for one
food, or one that is none ("some", "2-3"), are left open, in the words that said them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from mealmag.catalogue.freetext.edges import Tokens, bare, span
from mealmag.catalogue.freetext.numbers import Count, read_count, vague_words
from mealmag.catalogue.freetext.units import Unit, is_household, read_unit
from mealmag.catalogue.freetext.words import shown
from mealmag.errors import InputError

# An amount is what was said, with or without these in front.
ABOUT = frozenset({
    "about", "approx", "approximately", "around", "roughly", "circa", "ca", "c", "ongeveer", "plm",
    "zo'n", "the", "de", "het",
})  # fmt: skip
_ARTICLES = frozenset({"a", "an", "een", "'n"})
_FOODS_TOO = frozenset({"boterham", "boterhammen"})
_LONGEST_AMOUNT = 6
_MOST_BARE = 10


@dataclass(frozen=True, slots=True)
class Item:
    """A food as it was named, and how much of it.

    `count` is None where no amount was said, or none that is exact: then `open_amount` has what was said
    instead. `unit` is a unit or a household measure by its English name, None where things were counted.
    `position` is the place in the line where `text` begins.
    """

    text: str
    count: Decimal | None
    unit: str | None
    words: str
    position: int
    open_amount: str = ""


@dataclass(frozen=True, slots=True)
class _Amount:
    """An amount in front of a food or behind it, the tokens that said how many, and those of the food."""

    count: Count | None
    unit: Unit | None
    said: Tokens
    rest: Tokens


class ItemReader:
    """Reads items of one line, with the names of foods that the caller knows."""

    def __init__(self, text: str, is_name: Callable[[str], bool]) -> None:
        self._text = text
        self._is_name = is_name

    def food_begins(self, tokens: Tokens) -> int:
        """Where in the line the food's name begins, behind an amount."""
        rest = self._front(bare(tokens)).rest
        return rest[0].start if rest else tokens[0].start

    def food_ends(self, tokens: Tokens) -> int:
        """Where in the line the food's name ends, before an amount."""
        behind = self._behind(bare(tokens), is_second=False)
        return behind.rest[-1].end if behind else tokens[-1].end

    def is_amount(self, tokens: Tokens) -> bool:
        """Whether these tokens say an amount and no food: "30 g", "2 slices"."""
        simple = [token.simple for token in bare(tokens)]
        count = read_count(simple)
        unit = read_unit(simple[count.words :]) if count else None
        if count is None or unit is None or unit.is_size or simple[-1] in _FOODS_TOO:
            return False
        return count.words + unit.words == len(simple)

    def has_amount(self, tokens: Tokens) -> bool:
        """Whether these tokens say an amount, before a food or behind it."""
        front = self._front(bare(tokens))
        behind = self._behind(bare(tokens), is_second=False)
        return bool(front.count or front.unit or behind)

    def read(self, tokens: Tokens) -> Item:
        """The item that these tokens say. InputError where they name no food, or count it by no number."""
        tokens = bare(tokens)
        text = span(self._text, tokens)
        front = self._behind(tokens, is_second=False) or self._front(tokens)
        if front.rest and front.rest[0].simple in _ARTICLES:
            front = replace(front, rest=front.rest[1:])
        if not self._names(front.rest):
            front = self._front(tokens)
        if not front.rest:
            raise InputError(
                f'"{shown(text)}" names no food.',
                hint='Write how much and of what: "2 slices of bread".',
            )
        words, count, unit, unclear = front.rest, front.count, front.unit, ""
        if not self._names(words):
            is_second = bool(count or unit)
            behind = self._behind(words, is_second=is_second)
            if behind:
                words = behind.rest
                count, unit = (count, unit) if is_second else (behind.count, behind.unit)
                unclear = text if is_second else ""
        if count and count.value is None:
            unclear = span(self._text, front.said) or text
        return Item(
            text=text,
            count=None if unclear else _counted(count, unit),
            unit=unit.name if unit else None,
            words=span(self._text, words),
            position=tokens[0].start,
            open_amount=unclear,
        )

    def _front(self, tokens: Tokens) -> _Amount:
        start = 0
        while start < len(tokens) - 1 and (
            tokens[start].simple in ABOUT or not tokens[start].is_word
        ):
            start += 1
        simple = [token.simple for token in tokens[start:]]
        is_counted = simple[0] in _ARTICLES or vague_words(simple) > 0
        if not is_counted and self._names(tokens[start:]):
            return _Amount(None, None, (), tokens[start:])
        count = read_count(simple)
        behind = start + (count.words if count else 0)
        said, rest = tokens[start:behind], bare(tokens[behind:])
        unit = read_unit([token.simple for token in rest])
        # "100 g oat milk" is no goat milk; but a name may begin with a household measure: "cup noodles".
        if unit is None or (is_household(unit.name) and self._names(rest)):
            return _Amount(count, None, said, rest)
        food = bare(rest[unit.words :])
        if food:
            return _Amount(count, unit, said, food)
        if rest[0].simple in _FOODS_TOO:
            return _Amount(count, unit, said, rest)
        names_itself = is_household(unit.name)
        return _Amount(count, None if names_itself else unit, said, rest if names_itself else food)

    def _names(self, tokens: Tokens) -> bool:
        return bool(tokens) and self._is_name(span(self._text, tokens))

    def _behind(self, tokens: Tokens, *, is_second: bool) -> _Amount | None:
        """The amount that ends these tokens, with the food before it; None where they end with none.

        A second amount is one only with a unit: the 85 of "30 g chocolate 85" is none.
        """
        for start in range(max(1, len(tokens) - _LONGEST_AMOUNT), len(tokens)):
            simple = [token.simple for token in tokens[start:]]
            count = _count_behind(simple) if tokens[start].is_word else None
            if count is None or count.value is None:
                continue
            unit = read_unit(simple[count.words :])
            if count.words + (unit.words if unit else 0) < len(simple):
                continue
            before = bare(tokens[:start])
            times = bool(before) and before[-1].simple in {"x", "×"}
            small = simple[0].isdecimal() and count.value <= _MOST_BARE
            if unit or (not is_second and (small or times)):
                before = bare(before[:-1]) if times else before
                return _Amount(count, unit, tokens[start:], before) if before else None
        return None


def _count_behind(words: list[str]) -> Count | None:
    """The count that an item's last words begin with. What counts nothing is of a name, but for "0 g"."""
    try:
        return read_count(words)
    except InputError:
        unit = read_unit(words[1:])
        if unit and 1 + unit.words == len(words):
            raise
        return None


def _counted(count: Count | None, unit: Unit | None) -> Decimal | None:
    """How many; one where a measure is named as one thing: "handful of almonds", "kop thee"."""
    if count is not None:
        return count.value
    if unit is None or unit.is_plural or unit.is_size:
        return None
    return Decimal(1) if is_household(unit.name) or unit.name in {"l", "kg"} else None
