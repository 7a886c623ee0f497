"""The main foods of dishes and menus, by index into `Instance.main_foods`.

They count at lunch and dinner, and only where somebody cooks: leftovers are meant to be the same again,
and what is settled nobody can change.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from mealmag.catalogue.dish import Meal

if TYPE_CHECKING:
    from mealmag.planning.instance import Instance, Slot
    from mealmag.planning.pieces import DishPieces

MEALS = (Meal.LUNCH, Meal.DINNER)


class Shown(NamedTuple):
    """By what a dish is one of a main food: whatever is chosen, or by some servings of its open choices.

    `choices` has for each such choice its place among the open ones, and the indices of those servings.
    """

    always: bool
    choices: tuple[tuple[int, tuple[int, ...]], ...] = ()


def shown(dish: "DishPieces") -> Mapping[int, Shown]:
    """The main foods of a dish, in their order."""
    found: dict[int, Shown] = dict.fromkeys(dish.always.mains, Shown(always=True))
    for place, (_, optional, pieces) in enumerate(dish.open):
        for main in sorted({main for piece in pieces for main in piece.mains}):
            serving = tuple(i for i, piece in enumerate(pieces) if main in piece.mains)
            before = found.get(main, Shown(always=False))
            if before.always or (len(serving) == len(pieces) and not optional):
                found[main] = Shown(always=True)
            else:
                found[main] = Shown(False, (*before.choices, (place, serving)))
    return dict(sorted(found.items()))


def cooked(instance: "Instance") -> list["Slot"]:
    """The lunches and dinners that somebody cooks."""
    meals = instance.problem.meals
    return [
        slot for slot in instance.slots if meals[slot.meal] in MEALS and slot in instance.cooked
    ]


def apart(instance: "Instance", *, folded: bool = False) -> list[tuple["Slot", "Slot"]]:
    """The pairs of meals that must not be of one main food: of a day, and the dinners of two days in a row.

    Days that stand for several (`folded`) are no neighbours.
    """
    meals = instance.problem.meals
    counted = cooked(instance)
    return [
        (first, second)
        for i, first in enumerate(counted)
        for second in counted[i + 1 :]
        if first.day == second.day
        or (
            not folded
            and second.day == first.day + 1
            and meals[first.meal] == meals[second.meal] == Meal.DINNER
        )
    ]
