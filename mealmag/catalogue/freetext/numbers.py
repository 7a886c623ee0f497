"""A count at the beginning of some words, exactly: "2", "1½", "2 x 3", "half a", "anderhalve".

What says how many but not exactly how many ("some", "2-3", "wat") is a count without a value: it is read,
and the amount stays open.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from mealmag.catalogue.freetext.words import shown
from mealmag.errors import InputError

MOST = Decimal(10_000)
_MOST_DIGITS = 6
_HALF, _QUARTER, _THIRD = Decimal("0.5"), Decimal("0.25"), Decimal(1) / 3
_DOZEN = 12

_SIGNS = MappingProxyType({
    "⅛": Decimal("0.125"), "¼": _QUARTER, "⅓": _THIRD, "⅜": Decimal("0.375"), "½": _HALF,
    "⅝": Decimal("0.625"), "⅔": Decimal(2) / 3, "¾": Decimal("0.75"), "⅞": Decimal("0.875"),
})  # fmt: skip
_ARTICLES = frozenset({"a", "an", "een", "'n"})
_WHOLES = MappingProxyType({
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
    "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8,
    "negen": 9, "tien": 10, "elf": 11, "twaalf": 12, "vijftien": 15, "twintig": 20, "nul": 0,
    "a": 1, "an": 1, "'n": 1, "couple": 2, "pair": 2, "paar": 2,
})  # fmt: skip
_PARTS = MappingProxyType({
    "half": _HALF, "halve": _HALF, "quarter": _QUARTER, "quarters": _QUARTER,
    "kwart": _QUARTER, "third": _THIRD, "thirds": _THIRD, "derde": _THIRD,
    "driekwart": Decimal("0.75"), "tweederde": Decimal(2) / 3, "eenderde": _THIRD,
    "anderhalf": Decimal("1.5"), "anderhalve": Decimal("1.5"),
})  # fmt: skip
_TWOS = frozenset({"couple", "pair", "paar"})
_DOZENS = frozenset({"dozen", "dozijn"})
_AND = frozenset({"and", "en"})
_TIMES = frozenset({"x", "×", "*", "times", "keer", "maal"})
_TO = frozenset({"-", "–", "to", "tot", "or", "of", "a", "à"})
_VAGUE = frozenset({
    ("some",), ("few",), ("several",), ("many",), ("lots",), ("a", "few"),
    ("a", "little"), ("a", "bit"), ("a", "lot"), ("wat",), ("enkele",), ("enige",), ("veel",),
    ("weinig",), ("een", "beetje"), ("beetje",), ("een", "aantal"), ("een", "hoop"),
})  # fmt: skip

_DECIMAL = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_MIXED = re.compile(rf"([0-9]*)([{''.join(_SIGNS)}])")
_FRACTION = re.compile(r"([0-9]+)[/⁄]([0-9]+)")
# What stands behind a whole number as a part of it: the "1/2" of "1 1/2".
_PROPER = re.compile(rf"[1-9][/⁄][0-9]{{1,2}}|[{''.join(_SIGNS)}]")
_RANGE = re.compile(r"[0-9.,/½]+[–-][0-9.,/½]+")
_DIGIT = f"[0-9{''.join(_SIGNS)}]"
_NUMERIC = re.compile(rf"[-−–]?{_DIGIT}(?:[0-9{''.join(_SIGNS)}.,/⁄+x×*]*{_DIGIT})?")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
# "tweeëneenhalf", "drieënhalve": a number, "en", and a half.
_JOINED_HALF = re.compile(r"([a-z]{3,6}?)en(?:een)?hal(?:f|ve)")


@dataclass(frozen=True, slots=True)
class Count:
    """How many, or None where the words do not say it exactly; and how many words said it."""

    value: Decimal | None
    words: int


def read_count(words: Sequence[str]) -> Count | None:
    """The count that `words` (in their simplest spelling) begin with; None where they begin with none.

    Raises InputError for a number that counts no food: zero, below zero, out of bounds, or two things at
    once ("1.000" is a thousand in the Netherlands and one in England).
    """
    vague = vague_words(words)
    if vague:
        return Count(None, _after_of(words, vague))
    first = _number(words, 0)
    if first is None:
        return None
    total, end = first
    term = total
    rest = Decimal(0)
    while end < len(words):
        following = _number(words, end + 1)
        if words[end] in _TIMES:
            end += 1
            if following:
                term, end = term * following[0], following[1]
        elif words[end] == "+" and following:
            rest, (term, end) = rest + term, following
        elif words[end] in _TO and following and words[end + 1] not in _ARTICLES:
            return Count(None, _after_of(words, following[1]))
        else:
            break
    total = (rest + term).normalize() + 0
    said = " ".join(words[:end])
    _check(total, said)
    return Count(total, _after_of(words, end))


def vague_words(words: Sequence[str]) -> int:
    """How many words at the beginning say an amount that is none: "some", "a few", "2-3"."""
    for phrase in (tuple(words[:2]), tuple(words[:1])):
        if phrase in _VAGUE:
            return len(phrase)
    return 1 if words and _RANGE.fullmatch(words[0]) else 0


def _after_of(words: Sequence[str], end: int) -> int:
    """Past "of", "of a", "of the" and "van de", which say no more."""
    if end < len(words) and words[end] in {"of", "van"}:
        end += 1
        if end < len(words) and words[end] in {"a", "an", "the", "de", "het", "een"}:
            end += 1
    return end


def _number(words: Sequence[str], at: int) -> tuple[Decimal, int] | None:
    """The number that begins at `at`, with its "and a half" or "dozen", and where it ends."""
    if at >= len(words):
        return None
    word = words[at]
    joined = _JOINED_HALF.fullmatch(word)
    if joined and joined.group(1) in _WHOLES:
        return _WHOLES[joined.group(1)] + _HALF, at + 1
    if word in _PARTS:
        return _part(words, at)
    if word in _DOZENS:
        return Decimal(_DOZEN), at + 1
    if word in _WHOLES:
        value = Decimal(_WHOLES[word])
    elif _NUMERIC.fullmatch(word):
        value = _written(word)
    else:
        return None
    return _more(words, at, value)


def _part(words: Sequence[str], at: int) -> tuple[Decimal, int]:
    """A part of one: "half a", "quarter of an", "anderhalve", "half a dozen"."""
    value, end = _PARTS[words[at]], at + 1
    rest = words[_after_of(words, end) :]
    skipped = len(words) - len(rest) - end
    if rest and rest[0] in {"a", "an"}:
        rest, skipped = rest[1:], skipped + 1
    if rest and rest[0] in _DOZENS:
        return value * _DOZEN, end + skipped + 1
    return value, end + skipped


def _more(words: Sequence[str], at: int, value: Decimal) -> tuple[Decimal, int]:
    """`value`, read at `at`, with what belongs to it: a fraction, a dozen, "of", "and a half"."""
    end = at + 1
    after = list(words[end : end + 3])
    if not after:
        return value, end
    if words[at] in _ARTICLES and after[0] in _TWOS:
        return Decimal(2), end + 1
    if after[0] in _DOZENS:
        return value * _DOZEN, end + 1
    if after[0] in _PARTS:
        part, stop = _part(words, end)
        return value * part, stop
    if words[at].isdigit() and _PROPER.fullmatch(after[0]):
        return value + _written(after[0]), end + 1
    if after[0] in _AND and words[at] not in {"a", "an", "'n"}:
        tail = after[2:] if len(after) > 1 and after[1] in _ARTICLES else after[1:]
        stop = end + len(after) - len(tail) + 1
        if tail and _PARTS.get(tail[0], 1) < 1:
            return value + _PARTS[tail[0]], stop
        if tail and _PROPER.fullmatch(tail[0]):
            return value + _written(tail[0]), stop
    return value, end


def _written(word: str) -> Decimal:
    """A number in digits, with sums and products in it: "2", "1,5", "1½", "1/2", "2+1", "2x3"."""
    if word[0] in "-−–":
        raise InputError(f'"{shown(word)}" is below zero; an amount that was eaten is not.')
    total = Decimal(0)
    for term in word.split("+"):
        product = Decimal(1)
        for factor in re.split("[x×*]", term):
            product *= _factor(factor, word)
        total += product
    return total


def _factor(text: str, word: str) -> Decimal:
    if sum(sign.isdigit() and sign.isascii() for sign in text) > _MOST_DIGITS:
        raise InputError(
            f'"{shown(word)}" has more than {_MOST_DIGITS} digits: no food is so much, or so exactly known.'
        )
    if _THOUSANDS.fullmatch(text):
        whole = text.replace(",", "").replace(".", "")
        raise InputError(
            f'"{shown(word)}" may be {whole} or {Decimal(text.replace(",", ".")).normalize():f}; '
            "write it without the point or comma, or with fewer decimals."
        )
    if _DECIMAL.fullmatch(text):
        return Decimal(text.replace(",", "."))
    mixed = _MIXED.fullmatch(text)
    if mixed:
        return Decimal(mixed.group(1) or 0) + _SIGNS[mixed.group(2)]
    fraction = _FRACTION.fullmatch(text)
    if fraction:
        above, below = (Decimal(part) for part in fraction.groups())
        if not below:
            raise InputError(f'"{shown(word)}" divides by zero.')
        return above / below
    raise InputError(f'"{shown(word)}" is not a number; write for example "2", "1.5" or "1/2".')


def _check(value: Decimal, said: str) -> None:
    if value <= 0:
        raise InputError(f'"{shown(said)}" is nothing; leave out what was not eaten.')
    if value > MOST:
        raise InputError(
            f'"{shown(said)}" is more than {MOST:,}, and that is no one item.',
            hint="Write grams as 250 g, volumes as 0.5 l, counted things as 2 eggs.",
        )
