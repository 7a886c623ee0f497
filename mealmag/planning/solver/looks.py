"""Where HiGHS looks for a better menu, and what such a menu must reach.

A look opens some days over a shortlist of dishes and asks for a menu of at most so much. That it must beat
the incumbent lets the engine drop nearly all there is at once: a look that finds nothing mostly says so in
a fraction of a second, where to find the incumbent's value once more takes many times as long.
"""

import math
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from mealmag.planning.instance import Instance, Menu, Slot
from mealmag.planning.linear import ROW_LIMIT
from mealmag.planning.menu import MenuModel
from mealmag.planning.rules import build
from mealmag.planning.solver.counts import parts
from mealmag.planning.solver.outcome import Outcome, Status
from mealmag.planning.solver.relaxation import Relaxation, fold, rounded_up
from mealmag.planning.solver.shortlist import Offer, Shortlist, shortlist, within
from mealmag.planning.solver.windows import WEEK

_MOST = 20  # dishes a slot of a whole week may have in a look at the bound
_ANY = 2**31  # dishes: all that may be
_NODES = (
    1  # of the tree of either of two steps: where its root finds nothing, another bet is better
)


@dataclass(frozen=True, slots=True)
class Look:
    """A model whose menus reach `limit` or better in the goal.

    Anything that is not on its shortlist makes the goal `outside` at least; None where nothing is left out.
    Where it is `whole`, what it proves holds for the whole plan. Where it has `parts`, it counts
    dishes (see `solver.counts`), and no menu comes of it. It may have `nodes` of its own.
    """

    model: MenuModel
    limit: int
    outside: int | None
    whole: bool
    parts: Sequence[int] = ()
    nodes: int | None = None
    seed: int = 0

    @property
    def is_full(self) -> bool:
        """Whether nothing is left out that could be in a menu of `limit`."""
        return self.outside is None or self.outside > self.limit

    @property
    def open(self) -> int:
        """How many variables are not closed."""
        return sum(map(bool, self.model.model.upper))

    def menu(self, outcome: Outcome) -> Menu | None:
        """The menu that an engine found, if any."""
        if outcome.values is None or self.parts:
            return None
        return self.model.decode(outcome.values)

    def proven(self, outcome: Outcome) -> int:
        """What the goal reaches at least, by the outcome of a whole look."""
        beyond = self.limit + 1
        if outcome.status is not Status.INFEASIBLE:
            inside = 0 if outcome.bound is None else rounded_up(outcome.bound)
            beyond = min(beyond, inside)
        return beyond if self.outside is None else min(beyond, self.outside)


@dataclass(frozen=True, slots=True)
class Looker:
    """Makes looks for one goal: the relaxation says which dishes are worth one, and `held` what the goals
    before must keep to."""

    instance: Instance
    goal: str
    held: Mapping[str, int]
    relaxation: Relaxation
    draw: random.Random

    def window(self, menu: Menu, days: Collection[int], limit: int, dishes: int) -> Look:
        """Some days over a shortlist of so many dishes for each slot of a whole week, more of a shorter
        window; the other days as they are in `menu`."""
        free = [slot for slot in self.instance.open_slots if slot.day in days]
        size = int(dishes * math.sqrt(WEEK / len(days)))
        short = shortlist(self.instance, free, menu, self.relaxation, size, self.draw)
        return self._look(free, menu, short, limit)

    def near_bound(self, limit: int) -> Look:
        """The whole plan over all that can be in a menu of `limit`, unless that is very much. Near the bound
        it is little: what costs more than the gap between limit and relaxation is out."""
        free = self.instance.open_slots
        size = round(_MOST * math.sqrt(WEEK / self.instance.days))
        short = within(free, self.relaxation, self.relaxation.room(limit), size, self.draw)
        return self._look(free, {}, short, limit, costly=math.inf)

    @property
    def may_count(self) -> bool:
        """Whether there are so many alike days that to count dishes takes a much smaller model."""
        return 2 * len(self.instance.day_kinds()) <= self.instance.days

    def count(self, limit: int, most: int = _ANY) -> Look:
        """How often each dish can come in a plan of `limit`, where no slot has many more than `most`."""
        first = self.instance.first_alike()
        free = [slot for slot in self.instance.open_slots if first[slot.day] == slot.day]
        draw = random.Random(limit)  # of its own: other looks may be made meanwhile
        short = within(free, self.relaxation, self.relaxation.room(limit), most, draw)
        folded = fold(self.instance, goals=(*self.held, self.goal), offer=short.offer)
        outside = self._aim(folded, short, {}, limit, costly=math.inf)
        folded.model.minimise(())
        return Look(folded, limit, outside, whole=True, parts=parts(folded), nodes=_NODES)

    def of_dishes(self, offer: Offer, limit: int) -> Look:
        """The whole plan over these dishes."""
        short = Shortlist(offer, self.relaxation)
        look = self._look(self.instance.open_slots, {}, short, limit, costly=math.inf)
        return replace(look, nodes=_NODES)

    def reach(self, most: int) -> int:
        """The highest limit whose menus are made of at `most` so many dishes and servings of all slots."""
        costs = [
            cost.least + more
            for slot in self.instance.open_slots
            for cost in self.relaxation.cost(slot).values()
            for more in (0.0, *chain.from_iterable(cost.servings.values()))
        ]
        if len(costs) <= most:
            return ROW_LIMIT
        return math.ceil(float(self.relaxation.optimum) + sorted(costs)[most]) - 1

    def _look(
        self, free: list[Slot], menu: Menu, short: Shortlist, limit: int, **narrow: float
    ) -> Look:
        model = build(self.instance, free, menu, goals=(*self.held, self.goal), offer=short.offer)
        outside = self._aim(model, short, menu, limit, **narrow)
        return Look(model, limit, outside, whole=len(free) == len(self.instance.open_slots))

    def _aim(
        self, model: MenuModel, short: Shortlist, menu: Menu, limit: int, **narrow: float
    ) -> int | None:
        """Ask for `limit` or better over what is shortlisted; returns what all else leads to at least."""
        model.pursue(self.goal, self.held)
        model.hold(self.goal, limit)
        return short.narrow(model, menu, room=self.relaxation.room(limit), **narrow)
