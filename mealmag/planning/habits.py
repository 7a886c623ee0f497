"""The smallest change to what somebody usually eats, as a linear programme.

A change is of a habit and holds on every day: another food in the place of one, or one more on some days of a
week. As few as can be are chosen, then the mildest, so that the mean of a day reaches the target, and nothing
else gets worse. Amounts are rounded against us, so that what holds in whole numbers holds exactly.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from mealmag.planning.linear import LinearModel

MOST_CHANGES = 4
"""More than a few changes at a time are seldom kept."""

_ONE = 10_000  # what one change more weighs against mildness
_PARTS = 100  # whole parts of a unit


@dataclass(frozen=True, slots=True)
class HabitChange:
    """What a change adds to the mean of a day, by nutrient, and how much of a change it is (`cost`, from 1).

    Of the changes of one `habit` at most one is made.
    """

    habit: str
    cost: int
    adds: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Room:
    """What all changes together must add to the mean of a day at least, and may add at most, by nutrient."""

    least: Mapping[str, Decimal]
    most: Mapping[str, Decimal]


def model_of(changes: Sequence[HabitChange], room: Room, kept: Collection[str] = ()) -> LinearModel:
    """A Boolean for each change, in their order. The habits `kept` are not changed."""
    model = LinearModel()
    chosen = [model.variable() for _ in changes]
    for nutrient, least in room.least.items():
        terms = [
            (variable, _whole(change.adds.get(nutrient, Decimal(0)), ROUND_FLOOR))
            for variable, change in zip(chosen, changes, strict=True)
        ]
        model.add(terms, lower=_whole(least, ROUND_CEILING), rule=f"least {nutrient}")
    for nutrient, most in room.most.items():
        terms = [
            (variable, _whole(change.adds.get(nutrient, Decimal(0)), ROUND_CEILING))
            for variable, change in zip(chosen, changes, strict=True)
        ]
        model.add(terms, upper=_whole(most, ROUND_FLOOR), rule=f"most {nutrient}")
    for habit in dict.fromkeys(change.habit for change in changes):
        same = [(v, 1) for v, c in zip(chosen, changes, strict=True) if c.habit == habit]
        if len(same) > 1:
            model.add(same, upper=1, rule="one change of a habit")
    model.add([(variable, 1) for variable in chosen], upper=MOST_CHANGES, rule="few changes")
    if kept:
        same = [(v, 1) for v, c in zip(chosen, changes, strict=True) if c.habit in kept]
        model.add(same, upper=0, rule="kept as they are")
    model.minimise([(v, _ONE + change.cost) for v, change in zip(chosen, changes, strict=True)])
    return model


def _whole(amount: Decimal, rounding: str) -> int:
    return int((amount * _PARTS).to_integral_value(rounding))
