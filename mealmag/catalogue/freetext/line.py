"""A line as people write it, split into its items, with the meal, the day and the time that it names.

Items are parted by commas, semicolons, line ends, "and", "with", "plus" and their like, in English and
Dutch, but never inside a number and never inside a name that the caller knows as a food's.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from mealmag.catalogue.dish import Meal
from mealmag.catalogue.freetext.edges import Edges, Tokens, bare, span
from mealmag.catalogue.freetext.items import ABOUT, Item, ItemReader
from mealmag.catalogue.freetext.numbers import read_count
from mealmag.catalogue.freetext.units import is_unit
from mealmag.catalogue.freetext.words import readable, shown, tokens_of
from mealmag.errors import InputError

MOST_ITEMS = 60
_MOST_PARTS = 4 * MOST_ITEMS

# What parts two items, but may also stand inside a name: "mac and cheese", "nuts, raisins and chocolate".
_SOFT = frozenset({"and", "en", "with", "met", "on", "op", "&", ","})
_HARD = frozenset({";", "\n", "+", "plus", ".", "!", "?", "/", "|"})
_MOST_JOINED = 5
_LONGEST_NUMBER = 24
_SHORTEST_LAST_WORD = 3
# What else may stand between words: it means nothing, or belongs to a number.
_KNOWN_SIGNS = _SOFT | _HARD | frozenset("()[]{}\"“”„«»'*•·-–—:~<>=…_±≈×")


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says: its items in their order, and the meal, day and time where it names them."""

    items: tuple[Item, ...]
    meal: Meal | None = None
    day: dt.date | None = None
    time: dt.time | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """Tokens between two separators, and whether the one before them may stand inside a name."""

    tokens: Tokens
    is_softly_parted: bool


def read_line(text: str, *, today: dt.date, is_name: Callable[[str], bool]) -> Line:
    """The items of a line and when they were eaten.

    `is_name` says whether some words are the name of a food. InputError, with what could not be read, for
    signs that are no writing, numbers that count nothing, days that lie ahead, and lines that name no food.
    """
    text = readable(text)
    tokens = tokens_of(text, is_unit)
    unread = [
        token.text for token in tokens if not token.is_word and token.text not in _KNOWN_SIGNS
    ]
    if unread:
        raise InputError(f'"{shown(" ".join(unread))}" cannot be read.', hint="Write words only.")
    edges = Edges(text, today, is_name)
    when, middle = edges.trimmed(tokens)
    parts = _parts(middle)
    if not parts:
        raise InputError(
            f'"{shown(text)}" names no food.' if text.strip() else "Nothing was written.",
            hint='Write how much and of what: "2 slices of bread".',
        )
    for part in parts:
        if len(parts) > 1 and edges.stray(part.tokens):
            raise InputError(
                f'"{shown(span(text, part.tokens))}" says in the middle of a line when it was eaten.',
                hint="Say it once, at the beginning or the end; write each meal in a line of its own.",
            )
    reader = ItemReader(text, is_name)
    items = tuple(reader.read(tokens) for tokens in _joined(text, parts, reader, is_name))
    if len(items) > MOST_ITEMS:
        raise _too_many(len(items))
    return Line(items, when.meal, when.day, when.time)


def _too_many(number: int) -> InputError:
    return InputError(
        f"That are {number} items; {MOST_ITEMS} can be read at once.",
        hint="Write one meal at a time.",
    )


def _parts(tokens: Tokens) -> list[_Part]:
    """The tokens between the separators; empty parts are left out."""
    parts: list[_Part] = []
    start, number_ends, is_soft = 0, _number_ends(tokens, 0), False
    for place, token in enumerate(tokens):
        if place < number_ends or not _parts_items(tokens, place):
            continue
        _add(parts, tokens[start:place], is_softly_parted=is_soft)
        is_soft = token.simple in _SOFT
        start, number_ends = place + 1, _number_ends(tokens, place + 1)
    _add(parts, tokens[start:], is_softly_parted=is_soft)
    if len(parts) > _MOST_PARTS:
        raise _too_many(len(parts))
    return parts


def _add(parts: list[_Part], tokens: Tokens, *, is_softly_parted: bool) -> None:
    words = bare(tokens)
    if words:
        parts.append(_Part(words, is_softly_parted))


def _number_ends(tokens: Tokens, start: int) -> int:
    """Past the number that an item beginning at `start` begins with: "one and a half", "2 + 1"."""
    while start < len(tokens) and tokens[start].simple in ABOUT:
        start += 1
    try:
        count = read_count([token.simple for token in tokens[start : start + _LONGEST_NUMBER]])
    except InputError:
        return start  # Said where the item is read, unless it is part of a name.
    return start + (count.words if count else 0)


def _parts_items(tokens: Tokens, place: int) -> bool:
    token = tokens[place]
    if token.text != ".":
        return token.simple in _SOFT or token.simple in _HARD
    before = tokens[place - 1].simple if place else ""
    is_abbreviation = is_unit(before) or before in ABOUT
    return len(before) >= _SHORTEST_LAST_WORD and not is_abbreviation


def _joined(
    text: str, parts: list[_Part], reader: ItemReader, is_name: Callable[[str], bool]
) -> list[Tokens]:
    """The parts, with those joined again that make one name, or one food and its amount, together."""
    items: list[Tokens] = []
    place = 0
    while place < len(parts):
        last = _last_of_name(text, parts, place, reader, is_name)
        tokens = [token for part in parts[place : last + 1] for token in part.tokens]
        if _is_amount_of(tokens, parts[last + 1 : last + 2], reader):
            last += 1
            tokens += parts[last].tokens
        items.append(tokens)
        place = last + 1
    return items


def _is_amount_of(tokens: Tokens, following: list[_Part], reader: ItemReader) -> bool:
    """Whether the following part is the amount of a food that has none: "almonds, 30 g"."""
    return (
        bool(following)
        and following[0].is_softly_parted
        and reader.is_amount(following[0].tokens)
        and not reader.has_amount(tokens)
    )


def _last_of_name(
    text: str, parts: list[_Part], first: int, reader: ItemReader, is_name: Callable[[str], bool]
) -> int:
    """The last of the parts that make one name with the first: the longest such name wins."""
    most = first
    while most + 1 < min(len(parts), first + _MOST_JOINED) and parts[most + 1].is_softly_parted:
        most += 1
    if most == first:
        return first
    starts = {parts[first].tokens[0].start, reader.food_begins(parts[first].tokens)}
    for last in range(most, first, -1):
        ends = {parts[last].tokens[-1].end, reader.food_ends(parts[last].tokens)}
        if any(is_name(text[start:end]) for start in starts for end in ends):
            return last
    return first
