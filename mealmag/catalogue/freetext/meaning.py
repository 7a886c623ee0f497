"""What an item means: one food and its grams where that is sure, else the question that is left.

Sure is what a food is called in the table, or what the user once chose for these words. Where several foods
have the name, or none, those that it may be are offered; where the amount is open, the food is known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import is_
from types import MappingProxyType
from typing import Literal

from mealmag.catalogue.freetext.candidates import MOST_CANDIDATES, Candidates, names_of
from mealmag.catalogue.freetext.items import Item
from mealmag.catalogue.freetext.names import comparable, keys, meaning_key, number_key, stem
from mealmag.catalogue.freetext.product import is_supplement
from mealmag.catalogue.freetext.units import Unit, is_household, read_unit, unit_ending
from mealmag.catalogue.freetext.weighing import measures_of, weigh
from mealmag.catalogue.freetext.words import shown, simplest
from mealmag.catalogue.kinds import Kind
from mealmag.catalogue.search import plain
from mealmag.nutrition.food import Food

# In the name of a food these part or hold it: who counts lemon wedges counts no lemons.
_PARTS = frozenset({
    "slice", "wedge", "punt", "clove", "leaf", "can", "pot", "jar", "bottle", "cup", "glass", "bag",
    "package", "half", "head", "cube", "box",
})  # fmt: skip
Question = Literal["food", "amount"]


@dataclass(frozen=True, slots=True)
class Sure:
    """One food, its grams (edible, to 0.01 g), and the amount in words: "2 slices", "250 ml"."""

    food: Food
    grams: Decimal
    measure: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """What is left to ask, and why; `candidates` are the foods that it may be, best first.

    Where the question is the amount, the one candidate is the food.
    """

    reason: str
    candidates: tuple[Food, ...]
    question: Question


Meaning = Sure | Unsure


class Vocabulary:
    """The names of foods, and the words that the user once gave a meaning (`remembered`: words to food id).

    A remembered meaning goes before any name; one whose food is gone is left aside. A word for several foods
    (`kinds`) goes before the synonyms of one, not before its own name.
    """

    def __init__(
        self,
        foods: Mapping[str, Food],
        remembered: Mapping[str, str] = MappingProxyType({}),
        kinds: Mapping[str, Kind] = MappingProxyType({}),
    ) -> None:
        self._foods = foods
        self._remembered = {
            key: food
            for words, food in remembered.items()
            if (key := meaning_key(words)) and food in foods
        }
        names = _names(_Same(tuple(foods.values())))
        self._candidates, self._by_key = names.candidates, names.by_key
        self._kinds = {
            key: Kind(known, kind.match)
            for word, kind in kinds.items()
            if (key := number_key(comparable(word))) not in names.proper
            if (known := tuple(food for food in kind.foods if food in foods))
        }
        self._with_commas = names.with_commas

    def is_name(self, words: str) -> bool:
        """Whether some food is called so. Words with a comma are a name only where it has that comma."""
        if "," in words and _between_commas(words) not in self._with_commas:
            return False
        return bool(self.called(words))

    def called(self, words: str) -> tuple[Food, ...]:
        """The foods of that name, or the one that the user means by it; none where no food is called so."""
        remembered = self._remembered.get(meaning_key(words))
        if remembered is not None:
            return (self._foods[remembered],)
        kind = self._kind(words)
        if kind is not None:
            called = self._by_key.get((0, next(keys(words))), ())
            both = dict.fromkeys((*kind.foods, *(food.id for food in called)))
            return tuple(self._foods[food] for food in both)
        for level, key in enumerate(keys(words)):
            if (level, key) in self._by_key:
                found = {food.id: food for food in self._by_key[level, key]}
                return tuple(sorted(found.values(), key=lambda food: food.everyday))
        return ()

    def _kind(self, words: str) -> Kind | None:
        """The word for several foods that this is, unless the user said which of them is meant by it."""
        if meaning_key(words) in self._remembered:
            return None
        return self._kinds.get(number_key(comparable(words)))

    def understand(self, item: Item) -> Meaning:
        """The one food and its grams that an item means, or the question that is left."""
        foods = self._canned(item) or self.called(item.words)
        kind = self._kind(item.words)
        if kind is not None and kind.match == "near":
            reason = f'The table has no "{shown(item.words)}"; these come nearest.'
            return Unsure(reason, foods[:MOST_CANDIDATES], "food")
        if len(foods) == 1:
            return self.measured(item, foods[0])
        if not foods and item.unit is None:
            own = self._by_own_measure(item)
            if own is not None:
                return own
        if foods:
            reason = f'"{shown(item.words)}" may be several foods.'
            return Unsure(reason, _in_that_unit(foods, item.unit)[:MOST_CANDIDATES], "food")
        candidates = self._candidates.like(item.words, item.unit)
        if is_supplement(item.words):
            return Unsure(
                f'"{shown(item.words)}" is logged as a supplement, not as food.', (), "food"
            )
        unlike = "" if candidates else " Nothing in the table is like it."
        return Unsure(f'No food is called "{shown(item.words)}".{unlike}', candidates, "food")

    def measured(self, item: Item, food: Food) -> Meaning:
        """The grams of an item where its food is known, as after the user chose it."""
        has = measures_of(food)
        if item.open_amount:
            reason = f'"{shown(item.open_amount)}" is not one exact amount; {has}.'
            return Unsure(reason, (food,), "amount")
        count, unit = item.count, item.unit
        if unit is None:
            named = self._unit_in_name(item, food)
            unit = named.name if named else None
            if named and count is None and not named.is_plural:
                count = self._one_of(item, named, food)
        if count is None:
            return Unsure(f"How much {food.name_en} is not said; {has}.", (food,), "amount")
        return _weighed(food, count, unit)

    def _canned(self, item: Item) -> tuple[Food, ...]:
        """The one food that is called so as it comes in a can: "tin of tuna", "blikje tonijn"."""
        if item.unit != "can":
            return ()
        names = (f"canned {item.words}", f"tinned {item.words}", f"{item.words} uit blik")
        found = {food.id: food for name in names for food in self.called(name)}
        return tuple(found.values()) if len(found) == 1 else ()

    def _unit_in_name(self, item: Item, food: Food) -> Unit | None:
        """The measure that the food's name begins or ends with: "plakjes kaas", "citroenpartje"."""
        words = _simple(item.words)
        for unit in (read_unit(words), read_unit(words[-1:])):
            if unit is None or unit.is_size or not is_household(unit.name):
                continue
            if food.measure(unit.name) is not None or unit.name in _PARTS:
                return unit
        ending = unit_ending(words[-1]) if words else None
        # An ending may be chance ("waffles"), but not where the food has that measure.
        is_meant = ending and (food.measure(ending.name) is not None or ending.name == "wedge")
        return ending if is_meant else None

    def _one_of(self, item: Item, unit: Unit, food: Food) -> Decimal | None:
        """One, where the name is a measure and the food itself: "teentje knoflook", not "leaf lettuce"."""
        rest = " ".join(_simple(item.words)[unit.words :])
        return Decimal(1) if rest and self.called(rest) == (food,) else None

    def _by_own_measure(self, item: Item) -> Meaning | None:
        """An item in a measure that only its food has: "3 rounds of my flatbread"."""
        words = comparable(item.words)
        for length in (2, 1):
            foods = self.called(" ".join(words[length:])) if words[length:] else ()
            said = [stem(word) for word in words[:length]]
            for measure in foods[0].measures if len(foods) == 1 else ():
                if [stem(word) for word in comparable(measure.name)] == said and item.count:
                    return _weighed(foods[0], item.count, measure.name)
        return None


def _weighed(food: Food, count: Decimal, unit: str | None) -> Meaning:
    try:
        weighed = weigh(food, count, unit)
    except ValueError as error:
        return Unsure(str(error), (food,), "amount")
    return Sure(food, weighed.grams, weighed.measure)


def _in_that_unit(foods: tuple[Food, ...], unit: str | None) -> tuple[Food, ...]:
    """The foods in their order, those first that have the household measure that was said."""
    if unit is None or not is_household(unit):
        return foods
    return tuple(sorted(foods, key=lambda food: food.measure(unit) is None))


@dataclass(frozen=True, slots=True)
class _Names:
    """What is worked out of the names of foods."""

    candidates: Candidates
    by_key: Mapping[tuple[int, str], Sequence[Food]]
    proper: frozenset[str]
    with_commas: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """Foods that are others once one of them is another object: a food has no hash."""

    foods: tuple[Food, ...]

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.foods)))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Same)
            and len(self.foods) == len(other.foods)
            and all(map(is_, self.foods, other.foods))
        )


@lru_cache(maxsize=1)
def _names(same: _Same) -> _Names:
    """It takes a quarter of a second, and the next line has the same foods."""
    names = [(name, food) for food in same.foods for name in names_of(food)]
    by_key: dict[tuple[int, str], list[Food]] = {}
    for name, food in names:
        for level, key in enumerate(keys(name)):
            if key:
                by_key.setdefault((level, key), []).append(food)
    return _Names(
        Candidates({food.id: food for food in same.foods}),
        by_key,
        frozenset(number_key(comparable(n)) for food in same.foods for n in _own_names(food)),
        frozenset(_between_commas(name) for name, _ in names if "," in name),
    )


def _own_names(food: Food) -> Iterator[str]:
    yield from (name for name in (food.name_en, food.name_nl) if name)


def _between_commas(name: str) -> tuple[str, ...]:
    return tuple(plain(part) for part in name.split(","))


def _simple(words: str) -> Sequence[str]:
    return [simplest(word) for word in words.split()]
