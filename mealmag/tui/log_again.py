"""What may be logged again on a day: usual meals, what is planned, and what was had on the days before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from mealmag.errors import InputError
from mealmag.nutrition.diary import Entry
from mealmag.nutrition.intake import MAGNESIUM, brought, by_meal
from mealmag.services.catalogue import Sources, load_catalogue
from mealmag.services.diary import days_before, entries_of, usual_meals
from mealmag.services.last_plan import last_plan
from mealmag.services.log_entries import When, planned_entries
from mealmag.storage.diary.entries import shown
from mealmag.storage.paths import Paths
from mealmag.tui.diary_words import contents_words, meal_words, near_words

USUAL, PLANNED, BEFORE = "Usual meals", "Planned for this day", "The days before"
_DAYS = 7


@dataclass(frozen=True, slots=True)
class Offer:
    """Some entries to log once more, the name by which a person knows them, and where they are from."""

    section: str
    name: str
    entries: tuple[Entry, ...]

    @property
    def words(self) -> str:
        """Its name, and what it is."""
        return f"{self.name}: {contents_words(self.entries)}"

    @property
    def figure(self) -> str:
        """Its magnesium."""
        total = brought(self.entries, MAGNESIUM)
        return f"{'' if total.complete else '≥ '}{total.amount:.0f} mg"

    def has(self, text: str) -> bool:
        """Whether each word of the text stands in its words."""
        words = self.words.casefold()
        return all(word in words for word in text.casefold().split())


def offers_for(paths: Paths, day: date, today: date) -> tuple[Offer, ...]:
    """All that may be logged on a day, each once, the usual meals first.

    Reads files: call it in a thread. InputError where the diary cannot be read.
    """
    found: dict[object, Offer] = {}
    for offer in chain(_usual(paths), _planned(paths, day), _before(paths, day, today)):
        found.setdefault(_likeness(offer.entries), offer)
    return tuple(found.values())


def _usual(paths: Paths) -> Iterator[Offer]:
    for name, entries in usual_meals(paths).items():
        yield Offer(USUAL, shown(name), entries)


def _planned(paths: Paths, day: date) -> Iterator[Offer]:
    """The meals of the last plan that are not logged yet, but for those with foods unknown by now."""
    plan = last_plan(paths)
    meals = [] if plan is None else [m for d in plan.days if d.date == day for m in d.meals]
    logged = {entry.meal for entry in entries_of(paths, day)}
    for meal in meals:
        if plan is None or meal.meal in logged or not meal.portions:
            continue
        foods = load_catalogue(Sources(own=paths)).foods
        try:
            entries = planned_entries(plan, When(day, meal.meal), foods)
        except InputError:
            continue
        yield Offer(PLANNED, meal.meal, tuple(entries))


def _before(paths: Paths, day: date, today: date) -> Iterator[Offer]:
    for each, entries in days_before(paths, day, _DAYS).items():
        for meal in by_meal(entries, MAGNESIUM):
            name = f"{near_words(each, today)} {meal_words(meal)}"
            yield Offer(BEFORE, name, tuple(entry for entry in entries if entry.meal == meal))


def _likeness(entries: Sequence[Entry]) -> object:
    """What two that would be logged alike have in common."""
    return tuple(
        sorted((e.meal, e.ledger, e.snapshot.food, e.snapshot.name_en, e.measure) for e in entries)
    )
