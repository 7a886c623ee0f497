"""What stands around the foods of a line: when they were eaten, and words such as "I had".

A phrase that may also begin or end the name of a food ("breakfast biscuits", "Sunday roast chicken") is
taken for a meal or a day only where a sign parts it from the food, or where the food without it is known and
with it is not.
"""

from collections.abc import Callable, Sequence
from datetime import date

from mealmag.catalogue.freetext.numbers import read_count
from mealmag.catalogue.freetext.units import read_unit
from mealmag.catalogue.freetext.when import LONGEST_PHRASE, When, read_when
from mealmag.catalogue.freetext.words import Token

LONGEST_NAME = 5

Tokens = Sequence[Token]
Found = tuple[When, Tokens]


def bare(tokens: Tokens) -> Tokens:
    """The tokens from the first word to the last, without the signs around them."""
    places = [place for place, token in enumerate(tokens) if token.is_word]
    return tokens[places[0] : places[-1] + 1] if places else ()


def span(text: str, tokens: Tokens) -> str:
    """What stands in `text` from the first of these tokens to the last."""
    return text[tokens[0].start : tokens[-1].end] if tokens else ""


class Edges:
    """Finds what is said of when at the beginning and the end of some tokens of `text`."""

    def __init__(self, text: str, today: date, is_name: Callable[[str], bool]) -> None:
        self._text = text
        self._today = today
        self._is_name = is_name

    def trimmed(self, tokens: Tokens) -> Found:
        """All that is said around the foods, and the tokens between."""
        whole = When()
        tokens = bare(tokens)
        while tokens:
            found = self._front(tokens) or self._back(tokens)
            if found is None:
                break
            whole, tokens = whole.joined(found[0]), bare(found[1])
        return whole, tokens

    def stray(self, tokens: Tokens) -> bool:
        """Whether a part of a line has a meal, a day or a time of its own at one of its ends."""
        found = (self._front(tokens, only_plain=True), self._back(tokens, only_plain=True))
        return any(each is not None and each[0] != When() for each in found)

    def _front(self, tokens: Tokens, *, only_plain: bool = False) -> Found | None:
        for length in range(_words_in(tokens[:LONGEST_PHRASE]), 0, -1):
            when = read_when([token.simple for token in tokens[:length]], self._today)
            if when is None:
                continue
            rest = tokens[length:]
            parted = bool(rest) and (rest[0].text == ":" if only_plain else not rest[0].is_word)
            if parted or when.is_plain or (not only_plain and self._is_apart(tokens, length, when)):
                return when, rest
        return None

    def _is_apart(self, tokens: Tokens, length: int, when: When) -> bool:
        """Whether food begins behind the first `length` tokens, and not with them."""
        rest = tokens[length:]
        if self._is_begun(tokens, length + 1):
            return False
        simple = [token.simple for token in rest]
        if not rest or self._front(rest) is not None:
            return True
        if read_count(simple) or read_unit(simple):
            return True
        return when.time is None and self._is_begun(rest, 1)

    def _is_begun(self, tokens: Tokens, least: int) -> bool:
        """Whether a known name of `least` words or more begins these tokens."""
        most = _words_in(tokens[: least + LONGEST_NAME])
        return any(
            self._is_name(span(self._text, tokens[:length])) for length in range(least, most + 1)
        )

    def _back(self, tokens: Tokens, *, only_plain: bool = False) -> Found | None:
        backwards = tokens[::-1]
        for length in range(_words_in(backwards[:LONGEST_PHRASE]), 0, -1):
            rest, phrase = tokens[:-length], tokens[-length:]
            when = read_when([token.simple for token in phrase], self._today)
            if when is None:
                continue
            parted = not only_plain and (not rest or not rest[-1].is_word)
            if parted or when.is_plain or (not only_plain and self._is_behind(tokens, length)):
                return when, rest
        return None

    def _is_behind(self, tokens: Tokens, length: int) -> bool:
        """Whether food ends before the last `length` tokens, and not with them."""
        return not self._is_ended(tokens, length + 1) and self._is_ended(tokens[:-length], 1)

    def _is_ended(self, tokens: Tokens, least: int) -> bool:
        """Whether a known name of `least` words or more ends these tokens."""
        most = _words_in(tokens[::-1][: least + LONGEST_NAME])
        return any(
            self._is_name(span(self._text, tokens[-length:])) for length in range(least, most + 1)
        )


def _words_in(tokens: Tokens) -> int:
    """How many words these tokens begin with, up to the first sign."""
    return next((place for place, token in enumerate(tokens) if not token.is_word), len(tokens))
