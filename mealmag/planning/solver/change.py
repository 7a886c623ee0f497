"""A menu that is changed in few places: what must change, then amounts beside it, then more.

Where other amounts may do, CP-SAT finds the fewest of them, or that none do, in less than a tenth of a
second. Other dishes are found by annealing over a handful of slots, which takes a tenth; CP-SAT is then asked
for the nearest menu between the old one and what was found. Nothing is proven best here.
"""

import math
import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from mealmag.planning.instance import Instance, Menu, Slot
from mealmag.planning.rules import follows, values
from mealmag.planning.running_menu import RunningMenu
from mealmag.planning.solver.nearest import nearest
from mealmag.planning.start import anneal, random_pick

# Short runs, each from the one before: most often the first one does. Where it comes nowhere near, to let
# more change is sooner done than to try once more.
_MOVES_PER_SLOT, _MOST_MOVES, _RUNS = 300, 2_000, 3
# Cooler than a first menu is looked for: what is there is good but for little.
_HOT = 50.0
# Where something is otherwise on a day or two, a run ends as soon as it is good enough; it is long and hot
# enough for what is hard.
_MOVES_PER_SLOT_OF_DAY, _HOT_DAY = 450, 100.0
# Tenths of a percent of a reference that a change may cost before more meals than asked for move.
_SLACK = 20
_NEAR = 50  # whole units of a goal
_FEW = 8  # slots that an engine looks over soon: the meals of two days

Offer = Mapping[Slot, Sequence[int]]
Goals = tuple[int, ...]  # but points, which are left to taste


class _Heat(NamedTuple):
    """How hot a run begins, how many moves it has, and how many runs there are at the most."""

    hot: float
    moves: int
    runs: int


class _Found(NamedTuple):
    """Where a run ended: its goals, and whether it follows the rules."""

    goals: Goals
    menu: Menu
    follows: bool


def changed_menu(
    instance: Instance,
    menu: Menu,
    offer: Offer,
    *,
    kept: Mapping[Slot, int] = MappingProxyType({}),
    locked: frozenset[Slot] = frozenset(),
    touched: frozenset[int] = frozenset(),
    aim: Goals | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Menu | None:
    """The menu with other picks in the slots of `offer`, each from its dishes; the rest as it can.

    The first widening that follows the rules and loses neither magnesium nor balance is taken, else
    the best that follows the rules; None where none does. A slot in `kept` holds on to that dish if
    it can, in another way; slots that are `locked` never change. On the days that are `touched`
    something else is otherwise, and their meals may have to follow: to the magnesium and balance that
    are the `aim` (those of `menu`, where none is given), but no other day for their sake.
    """
    before = _goals(instance, menu) if aim is None else aim
    if not offer and _is_as_good(_goals(instance, menu), before) and follows(instance, menu):
        return menu
    change = _Change(instance, menu, offer, kept, locked, touched, before, stop)
    return change.of_amounts() or change.of_dishes()


@dataclass(frozen=True, slots=True)
class _Change:
    """What `changed_menu` is asked for; `before` are the goals to keep to."""

    instance: Instance
    menu: Menu
    offer: Offer
    kept: Mapping[Slot, int]
    locked: frozenset[Slot]
    touched: frozenset[int]
    before: Goals
    stop: Callable[[], bool]

    @property
    def may_keep_dishes(self) -> bool:
        """Whether other amounts may do, and there are so few slots that an engine says whether they do."""
        slots = len(self.offer) + len(self._beside())
        return self.offer.keys() <= self.kept.keys() and slots <= _FEW

    def of_amounts(self) -> Menu | None:
        """With no other dish: as few other servings as can be, on a day or two."""
        if not self.may_keep_dishes:
            return None
        beside = self._beside()
        dishes = {slot: (self.menu[slot].dish,) for slot in beside}
        dishes |= {slot: (self.kept[slot],) for slot in self.offer}
        return nearest(self.instance, self.menu, dishes, _as_good(self.before), asked=self.offer)

    def of_dishes(self) -> Menu | None:
        """With other dishes where they were asked for, and where amounts do not do."""
        # Asked again for what it just gave, it should look elsewhere.
        seed = self.instance.problem.seed + sum(self.menu[slot].dish for slot in self.offer)
        rng = random.Random(seed)
        start = dict(self.menu)
        for slot, dishes in self.offer.items():
            start[slot] = random_pick(self.instance, self._first(slot, dishes), rng)
        best: _Found | None = None
        widenings = list(self._widenings(start))
        for place, wider in enumerate(widenings):
            more = widenings[place + 1 :]
            if self.stop() or (best is not None and self._reaches_beyond(wider)):
                break
            best = self._best_of(self._runs(start, wider, seed), best, more)
            if best is not None and _is_as_good(best.goals, self.before):
                break
        return None if best is None else self._restored(best)

    def _runs(self, start: Menu, wider: Offer, seed: int) -> Iterator[_Found]:
        """Short runs in the same slots, each from where the one before ended."""
        found, heat = start, self._heat(wider)
        for run in range(heat.runs):
            found = anneal(
                self.instance,
                seed=seed + run,
                moves=heat.moves,
                start=found,
                offer=wider,
                hot=heat.hot,
                enough=-math.inf if self.offer else self.before[-1] + _SLACK / 2,
                stop=self.stop,
            )
            yield _Found(_goals(self.instance, found), found, follows(self.instance, found))

    def _heat(self, wider: Offer) -> _Heat:
        """How these slots are annealed."""
        if self.offer or len(wider) > _FEW:
            return _Heat(_HOT, min(_MOST_MOVES, _MOVES_PER_SLOT * len(wider)), _RUNS)
        return _Heat(_HOT_DAY, _MOVES_PER_SLOT_OF_DAY * len(wider), _RUNS)

    def _best_of(
        self, runs: Iterator[_Found], best: _Found | None, more: Sequence[Offer]
    ) -> _Found | None:
        """The best by now that follows the rules. No run more than is needed, nor after one that came to
        the same again, or nowhere near where `more` may still be let change."""
        last = None
        near = tuple(goal + _NEAR for goal in self.before)
        for found in runs:
            if found.follows and (best is None or found.goals < best.goals):
                best = found
            if best is not None and _is_as_good(best.goals, self.before):
                break
            is_near = found.follows and _is_as_good(found.goals, near)
            is_needed = best is None and (not more or self._reaches_beyond(more[0]))
            if found.goals == last or not (is_near or is_needed):
                break
            last = found.goals
        return best

    def _restored(self, best: _Found) -> Menu:
        """What moved beside the slots of `offer` is put back where that costs nothing."""
        moved = {slot for slot, pick in self.menu.items() if best.menu[slot] != pick}
        moved -= self.instance.copies.keys()
        if moved <= self.offer.keys():
            return best.menu
        if len(moved) > _FEW:
            return self._restored_one_by_one(best)
        dishes = {slot: {self.menu[slot].dish, best.menu[slot].dish} for slot in moved}
        dishes |= {slot: {best.menu[slot].dish} for slot in moved & self.offer.keys()}
        most = tuple(map(max, best.goals, _as_good(self.before)))
        found = nearest(self.instance, self.menu, dishes, most, asked=self.offer, known=best.menu)
        return self._restored_one_by_one(best) if found is None else found

    def _restored_one_by_one(self, best: _Found) -> Menu:
        """The same slot by slot. A running sum says soon where it would cost much; the others are counted
        exactly."""
        instance, now, new = self.instance, best.goals, best.menu
        running = RunningMenu(instance, new)
        most = max(running.fault, float(self.before[-1])) + 2 * _SLACK
        for slot, pick in self.menu.items():
            if slot in self.offer or slot in instance.copies or new[slot] == pick:
                continue
            running.change(slot, pick)
            if running.fault <= most:
                back = instance.whole({**new, slot: pick})
                goals = _goals(instance, back)
                if (goals <= now or _is_as_good(goals, self.before)) and follows(instance, back):
                    new, now = back, goals
                    continue
            running.undo()
        return new

    def _widenings(self, start: Menu) -> Iterator[Offer]:
        """What may change, wider each time: the slots asked for, the amounts of their days, the dishes
        of their days, everything."""
        if self.kept and not self.may_keep_dishes:
            yield {slot: self._first(slot, dishes) for slot, dishes in self.offer.items()}
        beside, offered = self._beside(), self.instance.offered
        if self.offer:
            yield self.offer
        if beside and not self.may_keep_dishes:
            yield {**self.offer, **{slot: (start[slot].dish,) for slot in beside}}
        if beside:
            yield {**self.offer, **{slot: offered(slot) for slot in beside}}
        elsewhere = self._elsewhere()
        if len(elsewhere) > len(beside):
            yield {**self.offer, **{slot: offered(slot) for slot in elsewhere}}

    def _beside(self) -> list[Slot]:
        """The other slots of the days that are touched, or of which something was asked."""
        days = {slot.day for slot in self.offer} | self.touched
        return [slot for slot in self._elsewhere() if slot.day in days]

    def _elsewhere(self) -> list[Slot]:
        """All slots that nothing was asked of."""
        given: Collection[Slot] = {*self.offer, *self.locked}
        return [slot for slot in self.instance.open_slots if slot not in given]

    def _reaches_beyond(self, wider: Offer) -> bool:
        """Whether days would change that nothing was asked of, for the sake of days that are touched."""
        days = self.touched | {slot.day for slot in self.offer}
        return bool(self.touched) and not {slot.day for slot in wider} <= days

    def _first(self, slot: Slot, dishes: Sequence[int]) -> Sequence[int]:
        return (self.kept[slot],) if slot in self.kept else dishes


def _as_good(before: Goals) -> Goals:
    """What the goals may be at most without more meals than asked for being let change."""
    *magnesium, worst, balance = before
    return (*magnesium, worst + _SLACK, balance + _SLACK)


def _is_as_good(now: Goals, before: Goals) -> bool:
    return all(new <= most for new, most in zip(now, _as_good(before), strict=True))


def _goals(instance: Instance, menu: Menu) -> Goals:
    """What a change should not cost: magnesium, its margin if any, the other nutrients."""
    return tuple(values(instance, menu).values())[:-1]
