"""Log what was eaten, drunk or taken: from words to entries, with a question for all that is not sure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from mealmag.catalogue.amounts import parse_amount, say
from mealmag.catalogue.dish import Dish
from mealmag.catalogue.freetext.items import Item
from mealmag.catalogue.freetext.line import read_line
from mealmag.catalogue.freetext.meaning import Meaning, Sure, Unsure, Vocabulary
from mealmag.catalogue.freetext.names import comparable, meaning_key, number_key
from mealmag.catalogue.freetext.words import shown
from mealmag.catalogue.kinds import Kind
from mealmag.errors import DataProblem, InputError
from mealmag.nutrition.diary import Entry, Ledger, ledger_of, snapshot_of
from mealmag.nutrition.food import Food
from mealmag.services.catalogue import Catalogue
from mealmag.services.doubt import Ask, Candidate, NotSureError, Question, answered, told
from mealmag.services.log_entries import When, new_entry


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
        for item in line.items:
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

    def _entries(self, item: Item, when: When, ask: Ask | None) -> Iterator[Entry]:
        dish = self._dishes.get(_key(item.words))
        if dish is not None and not self._vocabulary.called(item.words):
            yield from self._of_dish(item, dish, when, ask)
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
            usual = _usual(_food_of(meaning)) if meaning.question == "amount" else ""
            question = Question(item.text, meaning.question, meaning.reason, candidates, usual)
            answer = answered(ask, question)
            if meaning.question == "food":
                meaning = self._chosen(item, answer)
                if isinstance(meaning, Sure) or meaning.question == "amount":
                    self.learnt[key] = _food_of(meaning).id
            else:
                item = _amended(item, answer, _food_of(meaning).name_en)
                meaning = self._vocabulary.measured(item, _food_of(meaning))
        return meaning

    def _chosen(self, item: Item, answer: str) -> Meaning:
        """An item with the food that was answered: by its id, or in other words for it."""
        food = self._foods.get(answer)
        if food is None:
            meaning = self._vocabulary.understand(replace(item, words=answer))
            if isinstance(meaning, Unsure) and meaning.question == "food":
                return meaning
            food = _food_of(meaning)
        return self._vocabulary.measured(item, food)

    def _of_dish(self, item: Item, dish: Dish, when: When, ask: Ask | None) -> Iterator[Entry]:
        """A portion of a dish as the cookbook has it, without what is optional; its choices are asked."""
        if item.unit not in (None, "portion", "serving") or item.open_amount:
            reason = f'How many portions of "{dish.name_en}" is not said; a number is enough.'
            raise NotSureError(Question(item.text, "amount", reason, ()))
        portions = Decimal(1) if item.count is None else item.count
        for component in dish.components:
            if component.optional:
                continue
            foods = list(dict.fromkeys(serving.food for serving in component.servings))
            chosen = foods[0]
            if len(foods) > 1:
                candidates = tuple(Candidate(f, self._as_cooked[f].name_en) for f in foods)
                reason = f'Which {component.name} was in "{dish.name_en}"?'
                question = Question(item.text, "food", reason, candidates)
                chosen = answered(ask, question)
                if chosen not in foods:
                    raise NotSureError(question)
            servings = zip(component.servings, component.steps, strict=True)
            of_food = [(steps, serving) for serving, steps in servings if serving.food == chosen]
            _, serving = min(of_food, key=lambda each: each[0])
            grams = serving.grams * portions
            measure = serving.measure if portions == 1 else f"{grams:.0f} g"
            yield new_entry(
                Ledger.FOOD,
                grams,
                measure,
                snapshot_of(self._as_cooked[chosen]),
                when,
                said=item.text,
                dish=dish.name_en,
            )


def _food_of(meaning: Meaning) -> Food:
    """The food of a meaning of which at most the amount is open."""
    return meaning.food if isinstance(meaning, Sure) else meaning.candidates[0]


def _usual(food: Food) -> str:
    """A usual serving in words; "" where the table has none."""
    return say(food, parse_amount(food.serving)) if food.serving else ""


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
    return replace(item, count=said.count, unit=said.unit, open_amount=said.open_amount)


def _names(dish: Dish) -> Iterator[str]:
    yield from (name for name in (dish.id, dish.name_en, dish.name_nl) if name)


def _key(words: str) -> str:
    return number_key(comparable(words))
