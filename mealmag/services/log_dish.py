"""A portion of a dish as the cookbook has it, as entries: its choices are asked, and each may be left out."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from mealmag.catalogue.dish import Component, Dish, Serving
from mealmag.catalogue.freetext.candidates import names_of
from mealmag.catalogue.freetext.items import Item
from mealmag.nutrition.diary import Entry, Ledger, snapshot_of
from mealmag.nutrition.food import Food
from mealmag.services.doubt import Ask, Candidate, NotSureError, Question, among, answered
from mealmag.services.log_entries import When, new_entry


def of_dish(
    item: Item, dish: Dish, foods: Mapping[str, Food], when: When, ask: Ask | None
) -> Iterator[Entry]:
    """The entries of so many portions of a dish, without what is optional in it.

    `foods` are those of the table and as dishes cook them. Where a person is asked which food of a component
    it was and names none, the dish was without it; where nobody is asked, NotSureError.
    """
    if item.unit not in (None, "portion", "serving") or item.open_amount:
        reason = f'How many portions of "{dish.name_en}" is not said; a number is enough.'
        raise NotSureError(Question(item.text, "amount", reason, ()))
    portions = Decimal(1) if item.count is None else item.count
    for component in dish.components:
        serving = None if component.optional else _served(item, dish, component, foods, ask)
        if serving is None:
            continue
        grams = serving.grams * portions
        yield new_entry(
            Ledger.FOOD,
            grams,
            serving.measure if portions == 1 else f"{grams:.0f} g",
            snapshot_of(foods[serving.food]),
            when,
            said=item.text,
            dish=dish.name_en,
        )


def _served(
    item: Item, dish: Dish, component: Component, foods: Mapping[str, Food], ask: Ask | None
) -> Serving | None:
    """What of a component was eaten, in its usual amount; None where the dish was without it."""
    offered = list(dict.fromkeys(serving.food for serving in component.servings))
    reason = f'Which {component.name} was in "{dish.name_en}"?'
    while len(offered) > 1:
        candidates = tuple(Candidate(food, foods[food].name_en) for food in offered)
        question = Question(f"{item.text}: {component.name}", "food", reason, candidates)
        try:
            answer = answered(ask, question)
        except NotSureError:
            if ask is None:
                raise
            return None
        said = (
            [answer]
            if answer in offered
            else among(answer, {f: names_of(foods[f]) for f in offered})
        )
        if said:
            offered = said
        else:
            reason = f'"{answer}" is none of these.'
    servings = zip(component.servings, component.steps, strict=True)
    of_food = [(steps, serving) for serving, steps in servings if serving.food == offered[0]]
    return min(of_food, key=lambda each: each[0])[1]
