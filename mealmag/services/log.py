"""Log what was eaten, drunk or taken: from words to entries, with a question for all that is not sure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import chain
from types import MappingProxyType

from mealmag.catalogue.amounts import parse_amount, say
from mealmag.catalogue.dish import Dish
from mealmag.catalogue.freetext.candidates import names_of
from mealmag.catalogue.freetext.items import Item
from mealmag.catalogue.freetext.line import read_line
from mealmag.catalogue.freetext.meaning import Meaning, Sure, Unsure, Vocabulary
from mealmag.catalogue.freetext.names import comparable, meaning_key, number_key
from mealmag.catalogue.freetext.sandwich import parts_of_sandwich
from mealmag.catalogue.freetext.words import shown
from mealmag.catalogue.kinds import Kind
from mealmag.errors import DataProblem, InputError
from mealmag.nutrition.diary import Entry, ledger_of, snapshot_of
from mealmag.nutrition.food import Food
from mealmag.services.catalogue import Catalogue
from mealmag.services.doubt import Ask, Candidate, NotSureError, Question, among, answered, told
from mealmag.services.log_dish import of_dish
from mealmag.services.log_entries import When, new_entry

_MOST_OFFERED = 8


class Reader:
    """Reads lines with one food table and what the owner of the diary meant before.

    The cookbook is opened only for a line whose foods are not all sure: it takes as long as all else.
    `ask` is asked for all that is not sure; without it such a line is refused. What a person leaves without
    an answer is left out; a line of which nothing else remains is refused too. What was answered about a food
    is in `learnt` (words and key).
    """

    def __init__(
        self,
        foods: Mapping[str, Food],
        meanings: Mapping[str, str],
        cookbook: Callable[[], Catalogue] | None = None,
        ask: Ask | None = None,
        kinds: Mapping[str, Kind] = MappingProxyType({}),
    ) -> None:
        self._foods = foods
        self._vocabulary = Vocabulary(foods, meanings, kinds)
        self._cookbook = cookbook
        self._dishes: dict[str, Dish] = {}
        self._as_cooked: Mapping[str, Food] = foods
        self._ask = ask
        self.learnt: dict[str, str] = {}

    def read(self, text: str, when: When, today: date) -> list[Entry]:
        """The entries that a line says. InputError, naming all that is not sure, where something is not."""
        entries, problems = self._read(text, when, today, None)
        if problems and (self._cookbook is not None or self._ask is not None):
            self._open_cookbook()
            entries, problems = self._read(text, when, today, self._ask)
        if problems and not (entries and self._ask is not None):
            raise InputError(
                "Not all of that is sure, and nothing was logged.",
                hint="Write a name or id from `mealmag foods search WORD`, and how much: 2 slices, 30 g. "
                'A supplement: --supplement "200 mg magnesium".',
                problems=problems,
            )
        return entries

    def _read(
        self, text: str, when: When, today: date, ask: Ask | None
    ) -> tuple[list[Entry], list[DataProblem]]:
        line = read_line(text, today=today, is_name=self._is_name)
        moment = when.over(line)
        entries: list[Entry] = []
        problems: list[DataProblem] = []
        for item in chain.from_iterable(map(self._parts, line.items)):
            try:
                entries += self._entries(item, moment, ask)
            except NotSureError as doubt:
                problems.append(told(doubt.question))
        return entries, problems

    def _open_cookbook(self) -> None:
        if self._cookbook is not None and not self._dishes:
            catalogue = self._cookbook()
            self._as_cooked = catalogue.foods
            self._dishes = {
                _key(name): dish for dish in catalogue.dishes.values() for name in _names(dish)
            }

    def _is_name(self, words: str) -> bool:
        known = words in self._foods or self._vocabulary.is_name(words)
        return known or _key(words) in self._dishes

    def _parts(self, item: Item) -> tuple[Item, ...]:
        """The item, or its parts where it is a sandwich that no food or dish is called."""
        if self._is_name(item.words):
            return (item,)
        return parts_of_sandwich(item, self._vocabulary.is_name) or (item,)

    def _entries(self, item: Item, when: When, ask: Ask | None) -> Iterator[Entry]:
        dish = self._dishes.get(_key(item.words))
        if dish is not None and not self._vocabulary.called(item.words):
            yield from of_dish(item, dish, self._as_cooked, when, ask)
            return
        sure = self._sure(item, ask)
        snapshot = snapshot_of(sure.food)
        ledger = ledger_of(sure.food)
        yield new_entry(ledger, sure.grams, sure.measure, snapshot, when, said=item.text)

    def _sure(self, item: Item, ask: Ask | None) -> Sure:
        """The food and its grams; asked about as often as something is open."""
        key = meaning_key(item.words)
        food = self._foods.get(item.words) or self._foods.get(self.learnt.get(key, ""))
        meaning: Meaning = (
            self._vocabulary.understand(item)
            if food is None
            else self._vocabulary.measured(item, food)
        )
        while isinstance(meaning, Unsure):
            candidates = tuple(Candidate(f.id, f.name_en) for f in meaning.candidates)
            usual = _usual(_food_of(meaning), item) if meaning.question == "amount" else ""
            question = Question(item.text, meaning.question, meaning.reason, candidates, usual)
            answer = answered(ask, question)
            if meaning.question == "food":
                meaning = self._chosen(item, answer, meaning)
                if isinstance(meaning, Sure) or meaning.question == "amount":
                    self.learnt[key] = _food_of(meaning).id
            else:
                item = _amended(item, answer, _food_of(meaning).name_en)
                meaning = self._vocabulary.measured(item, _food_of(meaning))
        return meaning

    def _chosen(self, item: Item, answer: str, asked: Unsure) -> Meaning:
        """An item with the food that was answered: by its id, in words for one that was offered, or in other
        words. Words that say none are asked about once more, beside what was offered."""
        offered = {food.id: names_of(food) for food in asked.candidates}
        said = [answer] if answer in self._foods else among(answer, offered)
        if len(said) == 1:
            return self._vocabulary.measured(item, self._foods[said[0]])
        if said:
            some = tuple(self._foods[key] for key in said)
            return Unsure(f'"{shown(answer)}" may be several of them.', some, "food")
        meaning = self._vocabulary.understand(replace(item, words=answer))
        if isinstance(meaning, Sure) or meaning.question == "amount":
            return self._vocabulary.measured(item, _food_of(meaning))
        if self._vocabulary.called(answer):
            return meaning
        both = {food.id: food for food in (*asked.candidates, *meaning.candidates)}
        return replace(meaning, candidates=tuple(both.values())[:_MOST_OFFERED])


def _food_of(meaning: Meaning) -> Food:
    """The food of a meaning of which at most the amount is open."""
    return meaning.food if isinstance(meaning, Sure) else meaning.candidates[0]


def _usual(food: Food, item: Item) -> str:
    """A usual serving in words, so many as things were counted ("3 beers"); "" where the table has none."""
    if not food.serving:
        return ""
    amount = parse_amount(food.serving)
    times = item.count if item.count is not None and item.unit is None else Decimal(1)
    return say(food, replace(amount, count=amount.count * times))


def _amended(item: Item, amount: str, name: str) -> Item:
    """The item with the amount that was answered. InputError where that is none."""
    line = read_line(
        f"{amount} {name}", today=date.max, is_name=lambda words: _key(words) == _key(name)
    )
    if len(line.items) != 1:
        raise InputError(
            f'"{shown(amount)}" is no one amount.', hint="Write 30 g, 2 slices, ½ cup."
        )
    said = line.items[0]
    # Three beers, asked how much they were: "glasses".
    count = item.count if said.count is None and said.unit and not said.open_amount else said.count
    return replace(item, count=count, unit=said.unit, open_amount=said.open_amount)


def _names(dish: Dish) -> Iterator[str]:
    """What a dish is called. Its id is shorter than its name, and says less than is in it."""
    yield from (name for name in (dish.name_en, dish.name_nl) if name)


def _key(words: str) -> str:
    return number_key(comparable(words))
