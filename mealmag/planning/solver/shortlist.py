"""What a slot may choose from, when it may not choose from all.

The relaxation says what each dish and each serving would cost; the cheapest few almost always hold an
optimum, and what is left out is known to cost at least so much, which is a bound.
"""

import math
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from mealmag.planning.instance import Instance, Menu, Slot
from mealmag.planning.menu import MenuModel
from mealmag.planning.solver.relaxation import DishCost, Relaxation, rounded_up

Offer = Mapping[Slot, Collection[int]]

_NOTHING: Mapping[Slot, Collection[int]] = MappingProxyType({})

# Dishes whose costs differ by less than this many units are as good as alike; chance decides, and
# decides anew in every slot, so that a week's shortlists together hold many more dishes than one.
_ALIKE = 0.5
# A serving that costs this much more than the cheapest of its choice is not looked at.
_COSTLY = 0.3


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The dishes offered in each slot; `relaxation` tells what all others would cost."""

    offer: Offer
    relaxation: Relaxation

    def narrow(
        self, model: MenuModel, menu: Menu, *, costly: float = _COSTLY, room: float = math.inf
    ) -> int | None:
        """Close the servings of the offered dishes that cost more than `costly`, or more than `room` with
        their dish, but for those of `menu`.

        Returns what the goal must reach at least with anything that is not offered; None where all is.
        """
        outside = []
        for slot, offered in self.offer.items():
            costs = self.relaxation.cost(slot)
            outside += [cost.least for dish, cost in costs.items() if dish not in offered]
            for dish in offered:
                pick = menu.get(slot)
                kept = pick.servings if pick is not None and pick.dish == dish else ()
                outside += _close(model, slot, dish, costs[dish], kept, costly, room)
        if not outside:
            return None
        return max(0, rounded_up(self.relaxation.optimum + min(outside)))


def _close(
    model: MenuModel,
    slot: Slot,
    dish: int,
    cost: DishCost,
    kept: Sequence[int],
    costly: float,
    room: float,
) -> list[float]:
    """Close what is costly of one dish, and say what each closed serving would have cost."""
    closed = []
    for component, extra in cost.servings.items():
        variables = model.serving_variables(slot, dish, component)
        for index, (variable, more) in enumerate(zip(variables, extra, strict=True)):
            if (more > costly or cost.least + more > room) and not (
                kept and kept[component] == index
            ):
                model.model.upper[variable] = 0
                closed.append(cost.least + more)
    return closed


def shortlist(
    instance: Instance,
    slots: Sequence[Slot],
    menu: Menu,
    relaxation: Relaxation,
    size: int,
    draw: random.Random,
    out: Mapping[Slot, Collection[int]] = _NOTHING,
) -> Shortlist:
    """The incumbent's dish, if there is one, and about `size` of the cheapest for each slot.

    A dish that the menu has elsewhere costs its repetition on top. What is `out` is not among them.
    """
    free = set(slots)
    elsewhere = {instance.base[p.dish] for s, p in menu.items() if s in instance.cooked - free}
    again = instance.problem.weights.dish_again
    offer: dict[Slot, Collection[int]] = {}
    for slot in slots:
        costs = relaxation.cost(slot)
        rank = {
            k: costs[k].least
            + _ALIKE * draw.random()
            + (again if instance.base[k] in elsewhere else 0)
            for k in instance.offered(slot)
            if k not in out.get(slot, ())
        }
        cheapest = sorted(rank, key=rank.__getitem__)[:size]
        offer[slot] = frozenset([*cheapest, *([menu[slot].dish] if slot in menu else [])])
    return Shortlist(offer, relaxation)


def within(
    slots: Sequence[Slot], relaxation: Relaxation, room: float, most: int, draw: random.Random
) -> Shortlist:
    """The dishes of each slot that cost no more than `room`, but not many more than `most`; chance decides
    among those that are as good as alike."""
    offer: dict[Slot, Collection[int]] = {}
    for slot in slots:
        costs = relaxation.cost(slot)
        rank = {
            k: cost.least + _ALIKE * draw.random()
            for k, cost in costs.items()
            if cost.least <= room
        }
        offer[slot] = frozenset(sorted(rank, key=rank.__getitem__)[:most])
    return Shortlist(offer, relaxation)


def any_dishes(
    instance: Instance, slots: Sequence[Slot], menu: Menu, size: int, draw: random.Random
) -> Offer:
    """The incumbent's dish and `size` drawn by chance: short looks that cost little."""
    offer = {}
    for slot in slots:
        suited = instance.offered(slot)
        drawn = draw.sample(suited, min(len(suited), size))
        offer[slot] = frozenset([*drawn, menu[slot].dish])
    return offer
