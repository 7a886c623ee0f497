"""The foods that may be meant where no food is called as someone wrote.

First stand the kinds of what was named (of "bread": white bread, rye bread), everyday ones before others,
then what a search for the words finds, or for some of them.
"""

import re
from collections.abc import Mapping
from itertools import zip_longest
from types import MappingProxyType

from mealmag.catalogue.food_index import food_entries
from mealmag.catalogue.freetext.names import comparable, number_key, stem
from mealmag.catalogue.freetext.units import is_household
from mealmag.catalogue.search import FORM_WORDS, Index, plain
from mealmag.nutrition.food import Food

MOST_CANDIDATES = 8
_MOST_SEARCHED = 6
_SHORTEST_KIND = 3
_ENOUGH = 3
_ALSO_SEARCHED: Mapping[str | None, tuple[str, ...]] = MappingProxyType({"can": ("blik", "canned")})
_DIMINUTIVE = re.compile("(?:[tp]|et)?jes?$")


def names_of(food: Food) -> tuple[str, ...]:
    """All that a food is called, in both languages."""
    names = (food.name_en, food.name_nl, *food.synonyms_en, *food.synonyms_nl)
    return tuple(name for name in names if name)


class Candidates:
    """Finds the foods that some words may mean."""

    def __init__(self, foods: Mapping[str, Food]) -> None:
        self._foods = foods
        self._index = Index(food_entries(foods.values()))
        self._names = [
            ("".join(words), number_key(words), stem(words[-1]), food)
            for food in foods.values()
            for name in names_of(food)
            if (words := comparable(name))
        ]

    def like(self, words: str, unit: str | None) -> tuple[Food, ...]:
        """Foods that may be meant, best first: before others those that can be had in that unit."""
        wanted = plain(words).split()[:_MOST_SEARCHED]
        found = [
            key
            for more in _ALSO_SEARCHED.get(unit, ())
            for key in self._index.find(" ".join([*wanted, more]), MOST_CANDIDATES)
        ]
        found += [food.id for food in self._kinds_of(words, unit)]
        for length in range(len(wanted), 0, -1):
            if len(set(found)) >= (_ENOUGH if length < len(wanted) else MOST_CANDIDATES):
                break
            found += self._by_words_together(wanted, length)
        if not found and wanted:
            found = self._index.find(_DIMINUTIVE.sub("", wanted[-1]), MOST_CANDIDATES)
        return tuple(self._foods[key] for key in dict.fromkeys(found))[:MOST_CANDIDATES]

    def _by_words_together(self, words: list[str], length: int) -> list[str]:
        """What a search for so many of the words that stand together finds: of each some by turns, first of
        the last words, which name the thing."""
        some = [words[start : start + length] for start in range(len(words) - length, -1, -1)]
        if length == 1:
            some = [each for each in some if each[0] not in FORM_WORDS] or some
        found = [self._index.find(" ".join(each), MOST_CANDIDATES) for each in some]
        return [key for keys in zip_longest(*found) for key in keys if key is not None]

    def _kinds_of(self, text: str, unit: str | None) -> list[Food]:
        """The foods whose name ends with these words, as one word or as the last of several."""
        words = comparable(text)
        joined, key = "".join(words), number_key(words)
        if len(joined) < _SHORTEST_KIND:
            return []
        ends = key if len(key) >= _SHORTEST_KIND else joined
        wanted = unit if unit and is_household(unit) else None
        ranked = [
            (
                wanted is not None and food.measure(wanted) is None,
                food.everyday,
                last != stem(words[-1]),
                len(name),
                food.id,
            )
            for name, counted, last, food in self._names
            if name.endswith(joined) or counted.endswith(ends)
        ]
        return [self._foods[food] for *_, food in sorted(ranked)]
