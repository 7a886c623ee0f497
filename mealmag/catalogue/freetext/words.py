"""The words and signs of a line, each with its place, and what cannot be read at all refused.

A comma inside a number, a point inside a name and the sign in "M&M's" belong to their words; elsewhere they
stand alone, and what they separate is for `line`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import category

from mealmag.catalogue.search import plain
from mealmag.errors import InputError

FRACTION_SIGNS = "⅛¼⅓⅜½⅝⅔¾⅞"
MOST_SIGNS = 2_000
_SHOWN = 40

_SPACES = frozenset({"Zs"})
_READABLE = frozenset({
    "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd", "Nl", "No", "Zs", "Pc", "Pd", "Ps", "Pe", "Pi",
    "Pf", "Po", "Sm", "Sc", "Sk",
})  # fmt: skip
_MARKS_OF_TRADE = frozenset("®™©°")
# Variation selectors and skin tones are parts of emoji, though Unicode counts them as marks and signs.
_VARIATION = range(0xFE00, 0xFE10)
_BEYOND_FIRST_PLANE = 0x10000

_TOKEN = re.compile(
    r"\n"
    r"|(?:[^\s,;+&.:!?()\[\]{}\"“”„«»•·*~±≈|=<>]"
    rf"|(?<=[0-9])[,.:+*](?=[0-9{FRACTION_SIGNS}])"
    r"|(?<=\w)[.&](?=\w)"
    r"|(?<=[0-9])\+(?=[\s,;:)]|$)"  # "cheese 48+"
    r"|(?<=[0-9]) (?=%))+"
    r"|\S"
)
_ATTACHED = re.compile(rf"([0-9{FRACTION_SIGNS}][0-9{FRACTION_SIGNS}.,/+x×*–-]*)([^\W\d_]+)")
_TIMES_BEFORE = re.compile(r"([x×])([0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign: as typed, from where to where, and in its simplest spelling to compare by."""

    text: str
    start: int
    end: int
    simple: str

    @property
    def is_word(self) -> bool:
        """Whether it has a letter, a digit or a fraction: all else is a sign."""
        return any(sign.isalnum() for sign in self.text)


def shown(text: str, longest: int = _SHOWN) -> str:
    """`text` fit to be quoted in a message: one line, nothing invisible, shortened where it is long."""
    visible = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return visible if len(visible) <= longest else f"{visible[: longest - 1].rstrip()}…"


def readable(text: str) -> str:
    """`text` with plain spaces, apostrophes and line ends, sign for sign; InputError where it is none."""
    if len(text) > MOST_SIGNS:
        raise InputError(
            f"That is {len(text):,} signs long; {MOST_SIGNS:,} can be read at once.",
            hint="Write one meal at a time.",
        )
    signs = []
    for place, sign in enumerate(text):
        if sign in "\n\r":
            signs.append("\n")
        elif sign == "\t" or category(sign) in _SPACES:
            signs.append(" ")
        elif sign in "’‘´`":
            signs.append("'")
        elif _is_readable(sign):
            signs.append(sign)
        else:
            raise InputError(
                f'The {_name(sign)} at place {place + 1} cannot be read: "{_around(text, place)}".',
                hint="Write words and numbers only.",
            )
    return "".join(signs)


def _is_readable(sign: str) -> bool:
    kind, code = category(sign), ord(sign)
    if code in _VARIATION or (kind == "Sk" and code >= _BEYOND_FIRST_PLANE):
        return False
    return kind in _READABLE or sign in _MARKS_OF_TRADE


def _name(sign: str) -> str:
    if category(sign) == "So":
        return "picture"
    return "sign" if sign.isprintable() else "invisible sign"


def _around(text: str, place: int) -> str:
    half = _SHOWN // 2
    return shown(text[max(0, place - half) : place + half])


def tokens_of(text: str, is_unit: Callable[[str], bool]) -> list[Token]:
    """The words and signs of a readable text in their order; "60g" and "2x" are two words each."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        word, start = match.group(), match.start()
        cut = _cut(word, is_unit)
        if cut:
            tokens.append(_token(word[:cut], start))
        tokens.append(_token(word[cut:], start + cut))
    return tokens


def _cut(word: str, is_unit: Callable[[str], bool]) -> int:
    """Where a unit begins that is attached to its number, or the number after "x"; 0 where neither is."""
    attached = _ATTACHED.fullmatch(word)
    if attached:
        unit = simplest(attached.group(2))
        return attached.end(1) if unit == "x" or is_unit(unit) else 0
    times = _TIMES_BEFORE.fullmatch(word)
    return times.end(1) if times else 0


def _token(text: str, start: int) -> Token:
    return Token(text, start, start + len(text), simplest(text))


def simplest(word: str) -> str:
    """A word without capitals and accents; numbers and signs stay as they are."""
    return plain(word) if word.isalpha() else word.casefold()
