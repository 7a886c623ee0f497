"""Plates for people who eat much or little: a step or more beyond the amounts of the cookbook.

The amounts of a dish are written for someone who eats about 1,300 to 2,300 kcal a day. Who needs more is
offered a further step for every 600 kcal: 40, 60 or 80 g of oats become 40, 60, 80 or 100 g, and the
usual amount moves up by as many steps. Who needs less is offered one step down.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from math import ceil

from mealmag.catalogue.amounts import count_in_words, grams_of, say
from mealmag.catalogue.dish import Amount, Component, Dish, Serving
from mealmag.nutrition.food import Food

# Measures that are filled; the others are counted: eggs, slices, pieces.
_POURED = frozenset({"cup", "glass", "tablespoon", "teaspoon", "handful"})
_HALF_AGAIN = Decimal("1.5")
# Editorial: the energy of the cookbook's plates, and how much a step of every choice adds to a day.
_LEAST_KCAL, _MOST_KCAL, _STEP_KCAL, _MOST_STEPS = 1300, 2300, 600, 4


def appetite(energy_kcal: Decimal) -> int:
    """The steps beyond the amounts as written that a person of this need is offered; -1 to 4."""
    if energy_kcal < _LEAST_KCAL:
        return -1
    return max(0, min(_MOST_STEPS, ceil((energy_kcal - _MOST_KCAL) / _STEP_KCAL)))


def served(dish: Dish, steps: int, foods: Mapping[str, Food]) -> Dish:
    """The dish in the amounts for this appetite."""
    if not steps:
        return dish
    components = tuple(_served(component, steps, foods) for component in dish.components)
    return replace(dish, components=components)


def _served(component: Component, steps: int, foods: Mapping[str, Food]) -> Component:
    written = component.amounts
    beyond = _beyond(written, steps)
    if not beyond:
        return component
    size = len(written)
    usual = component.steps.index(0)
    position = min(max(0, usual + steps), size + len(beyond) - 1)
    servings: list[Serving] = []
    for first in range(0, len(component.servings), size):
        known = component.servings[first : first + size]
        food = foods[known[0].food]
        more = tuple(
            Serving(food.id, grams_of(food, amount) or Decimal(0), say(food, amount))
            for amount in beyond
        )
        servings += (*known, *more) if steps > 0 else (*more, *known)
    around = tuple(abs(index - position) for index in range(size + len(beyond)))
    return replace(
        component,
        servings=tuple(servings),
        steps=around * (len(component.servings) // size),
        amounts=(),
    )


def _beyond(written: tuple[Amount, ...], steps: int) -> tuple[Amount, ...]:
    """The amounts that follow at the end asked for, in ascending order.

    At most twice the largest as written; of things that are counted, half as many again.
    """
    if len(written) < 2 or len({amount.measure for amount in written}) > 1:
        return ()
    first, last = written[0], written[-1]
    if steps < 0:
        less = first.count - (written[1].count - first.count)
        return (_amount(less, first),) if less * 2 >= first.count else ()
    step = last.count - written[-2].count
    counts = (last.count + step * (i + 1) for i in range(steps))
    most = last.count * (2 if last.measure is None or last.measure in _POURED else _HALF_AGAIN)
    return tuple(_amount(count, last) for count in counts if count <= most)


def _amount(count: Decimal, like: Amount) -> Amount:
    text = f"{count_in_words(count)} {like.measure or 'g'}"
    return Amount(count, like.measure, text)
