"""Entries of a diary, made of what was eaten, drunk, taken, planned, or logged before."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

from mealmag.catalogue.dish import Meal
from mealmag.catalogue.freetext.line import Line
from mealmag.catalogue.freetext.product import read_product
from mealmag.errors import InputError
from mealmag.nutrition.diary import Entry, Ledger, Snapshot, ledger_of, snapshot_of
from mealmag.nutrition.food import Food

if TYPE_CHECKING:
    from mealmag.planning.plan import Plan


@dataclass(frozen=True, slots=True)
class When:
    """The day, and perhaps the meal and the time, of an entry."""

    day: date
    meal: Meal | None = None
    at: time | None = None

    def over(self, line: Line) -> "When":
        """The same, as far as the line says nothing else."""
        return When(line.day or self.day, line.meal or self.meal, line.time or self.at)


def new_entry(
    ledger: Ledger,
    quantity: Decimal,
    measure: str,
    snapshot: Snapshot,
    when: When,
    *,
    said: str = "",
    dish: str = "",
) -> Entry:
    """An entry with an id of its own."""
    return Entry(
        id=uuid.uuid4().hex,
        day=when.day,
        ledger=ledger,
        quantity=quantity,
        measure=measure,
        snapshot=snapshot,
        meal="" if when.meal is None else when.meal.value,
        at=when.at,
        said=said,
        dish=dish,
    )


def product_entry(text: str, when: When) -> Entry:
    """What was taken, in the supplements' ledger. InputError where that may mean two amounts."""
    from mealmag.catalogue.reference import ReferenceTables

    product = read_product(text, ReferenceTables().forms)
    count, each = product.count, f"{round(product.elemental_mg, 1).normalize():f} mg"
    measure = each if count == 1 else f"{count.normalize():f} x {each}"
    return new_entry(Ledger.SUPPLEMENT, count, measure, product.snapshot, when, said=text)


def planned_entries(plan: "Plan", when: When, foods: Mapping[str, Food]) -> list[Entry]:
    """What the plan has for a day and meal (all its meals where none is named), as eaten.

    InputError where the plan has nothing there, or a food that this catalogue has not.
    """
    entries = list(_planned(plan, when, foods))
    if not entries:
        meal = "meal" if when.meal is None else when.meal.value
        raise InputError(
            f"The plan has no {meal} on {when.day}.",
            hint="Name the day and the meal of a plan: --plan FILE --day tuesday --planned dinner.",
        )
    return entries


def _planned(plan: "Plan", when: When, foods: Mapping[str, Food]) -> Iterator[Entry]:
    for day in plan.days:
        for meal in day.meals:
            if day.date != when.day or when.meal not in (None, meal.meal):
                continue
            moment = replace(when, meal=Meal(meal.meal))
            for portion in meal.portions:
                food = foods.get(portion.food)
                if food is None:
                    raise InputError(
                        f'The plan\'s food "{portion.food}" is not in this catalogue.',
                        hint="Name the food table that the plan was made with: --foods FILE.",
                    )
                grams = Decimal(str(portion.grams))
                measure = portion.measure or f"{grams.normalize():f} g"
                snapshot = snapshot_of(food)
                yield new_entry(ledger_of(food), grams, measure, snapshot, moment, dish=meal.name)


def copied(entries: Sequence[Entry], when: When) -> list[Entry]:
    """The same once more, on another day, with ids of their own; of another meal, where one is named."""
    return [
        replace(
            entry,
            id=uuid.uuid4().hex,
            day=when.day,
            meal=entry.meal if when.meal is None else when.meal.value,
            at=when.at,
        )
        for entry in entries
    ]
