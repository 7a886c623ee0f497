"""Search by what people type: any of a thing's names, in any language, begun, misspelled or whole.

An index is made once; a question then touches only the words that fit, so that an answer is there
before the next key is pressed, also over the eight thousand foods of the source table.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from unicodedata import combining, normalize

# Words that say a form, not a thing: "raw spinach" is about as much spinach as "spinach" is.
FORM_WORDS = frozenset({
    "raw", "cooked", "boiled", "dried", "dry", "canned", "fresh", "baked", "roasted", "grilled",
    "fried", "frozen", "drained", "ground", "plain", "whole", "sliced", "chopped", "prepared",
    "unprepared", "uncooked", "unsalted", "salted", "with", "without", "salt", "added", "and",
    "of", "in", "or", "the", "a", "all", "varieties", "commercial", "regular", "broiled",
    "stewed", "braised", "steamed", "solids", "liquids", "ready", "rauw", "rauwe", "gekookt",
    "gekookte", "gedroogd", "gedroogde", "uit", "blik", "gebakken", "geroosterd", "geroosterde",
    "gegrild", "gegrilde", "bevroren", "vers", "verse", "met", "zonder", "van", "en", "de",
    "het", "een", "zout", "gestoofd", "gestoofde", "gemalen",
})  # fmt: skip
_WHOLE, _BEGUN, _INSIDE = 1.0, 0.85, 0.5
_SHORTEST_INSIDE = 3
_SHORTEST_MISSPELLED = 4
_LONG_WORD = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing to find: its key, its names with their weights (1 = its proper name), and its rank.

    Among equally good finds the lower `rank` comes first.
    """

    key: str
    names: tuple[tuple[str, float], ...]
    rank: int = 0


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """Lower case, without accents; words with one space between."""
    letters = (sign for sign in normalize("NFKD", text.casefold()) if not combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in letters).split())


class Index:
    """Entries by the words of their names."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        self._names: list[
            tuple[int, float, int, str, str]
        ] = []  # entry, weight, content, first, last
        found: dict[str, list[int]] = {}
        for number, entry in enumerate(self._entries):
            for name, weight in entry.names:
                words = plain(name).split()
                if not words:
                    continue
                content = [word for word in words if word not in FORM_WORDS] or words
                for word in dict.fromkeys(words):
                    found.setdefault(word, []).append(len(self._names))
                self._names.append((number, weight, len(content), content[0], content[-1]))
        self._words = sorted(found)
        self._names_with = [found[word] for word in self._words]

    def find(self, text: str, limit: int = 50) -> list[str]:
        """Keys of the entries that fit all the words of `text`, best first.

        A word fits a word that equals it, begins with it, contains it, or (where nothing else in the
        index does) is spelled nearly so.
        """
        wanted = [self._spelled(word) for word in plain(text).split()]
        if not wanted:
            return []
        if len(wanted) == 1 and len(wanted[0]) == 1:
            return self._beginning(wanted[0], limit)
        scores = self._names_fitting(wanted[0])
        for word in wanted[1:]:
            more = self._names_fitting(word)
            scores = {name: points + more[name] for name, points in scores.items() if name in more}
        best: dict[int, float] = {}
        content = [word for word in wanted if word not in FORM_WORDS] or wanted
        for name, points in scores.items():
            number, weight, size, first, last = self._names[name]
            value = weight * (points / len(wanted)) + 0.6 * min(1.0, len(content) / size)
            # The head of a name stands at one of its ends: in "spinach soufflé" it is not spinach.
            if last.startswith(content[-1]) or first.startswith(content[0]):
                value += 0.1
            if value > best.get(number, 0.0):
                best[number] = value
        ranked = nsmallest(
            limit,
            (
                (
                    -round(value, 4),
                    self._entries[number].rank,
                    len(self._entries[number].names[0][0]),
                    number,
                )
                for number, value in best.items()
            ),
        )
        return [self._entries[number].key for *_, number in ranked]

    def _names_fitting(self, word: str) -> dict[int, float]:
        """The names that have a word fitting `word`, with how well."""
        fitting: dict[int, float] = {}
        for position, quality in self._words_fitting(word):
            for name in self._names_with[position]:
                if quality > fitting.get(name, 0.0):
                    fitting[name] = quality
        return fitting

    def _words_fitting(self, word: str) -> list[tuple[int, float]]:
        start = bisect_left(self._words, word)
        stop = bisect_left(self._words, word + "\U0010ffff", lo=start)
        fitting = [
            (i, _WHOLE if len(self._words[i]) == len(word) else _BEGUN) for i in range(start, stop)
        ]
        if len(word) >= _SHORTEST_INSIDE:
            fitting += [
                (i, _INSIDE)
                for i, known in enumerate(self._words)
                if word in known and not start <= i < stop
            ]
        return fitting

    def _beginning(self, letter: str, limit: int) -> list[str]:
        """What begins with one letter: too much fits to weigh it, so short and well-known names win."""
        fitting = {
            number: (self._entries[number].rank, size, len(self._entries[number].names[0][0]))
            for number, _, size, first, _ in reversed(self._names)
            if first[0] == letter
        }
        ordered = nsmallest(limit, fitting, key=lambda number: (fitting[number], number))
        return [self._entries[number].key for number in ordered]

    def _spelled(self, word: str) -> str:
        """`word`, or where nothing fits it the known word that it was probably meant to be."""
        if len(word) < _SHORTEST_MISSPELLED or self._words_fitting(word):
            return word
        allowed = 2 if len(word) >= _LONG_WORD else 1
        near = []
        for position, known in enumerate(self._words):
            if known[0] in word[:2] and len(known) >= len(word) - allowed:
                slips = _slips(word, known, allowed)
                if slips <= allowed:
                    apart = abs(len(known) - len(word))
                    near.append((slips, apart, -len(self._names_with[position]), position))
        return self._words[min(near)[-1]] if near else word


def _slips(word: str, known: str, allowed: int) -> int:
    """The fewest letters left out, put in, changed or swapped between `word` and a beginning of `known`.

    Stops early, with a number above `allowed`, where it cannot be so few.
    """
    known = known[: len(word) + allowed]
    before: list[int] = []
    row = list(range(len(known) + 1))
    for i, letter in enumerate(word, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(known, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == known[j - 2] and word[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > allowed:
            return allowed + 1
    return min(row)
