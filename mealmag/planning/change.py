"""A menu that is changed in few places: what must change, then amounts beside it, then more.

No engine is asked: annealing over a handful of slots takes a tenth of a second, and what it finds is
held against every rule. Nothing is proven best here.
"""

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from mealmag.planning.instance import Instance, Menu, Slot
from mealmag.planning.rules import follows, values
from mealmag.planning.running_menu import RunningMenu
from mealmag.planning.start import anneal, random_pick

# Short runs, each from the one before: most often the first one does. Where it comes nowhere near, to let
# more change is sooner done than to try once more.
_MOVES_PER_SLOT, _MOST_MOVES, _RUNS = 300, 2_000, 3
# Cooler than a first menu is looked for: what is there is good but for little.
_HOT = 50.0
_TINY = 1e-6
# Tenths of a percent of a reference that a change may cost before more meals than asked for move.
_SLACK = 20
_NEAR = 50  # whole units of a goal

Offer = Mapping[Slot, Sequence[int]]


class _Found(NamedTuple):
    """Where a run ended: its goals but points, and whether it follows the rules."""

    goals: tuple[int, ...]
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
    aim: tuple[int, ...] | None = None,
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
    if not offer and follows(instance, menu) and _is_as_good(_goals(instance, menu), before):
        return menu
    # Asked again for what it just gave, it should look elsewhere.
    seed = instance.problem.seed + sum(menu[slot].dish for slot in offer)
    rng = random.Random(seed)
    start = dict(menu)
    for slot, dishes in offer.items():
        start[slot] = random_pick(instance, _first(slot, dishes, kept), rng)
    enough = -math.inf if offer else before[-1] + _TINY
    best: _Found | None = None
    widenings = list(_widenings(instance, start, offer, kept, locked, touched))

    def is_last(place: int, best: _Found | None) -> bool:
        """Whether no more will be let change than in this widening."""
        more = widenings[place + 1 :]
        return not more or (best is not None and _reaches_beyond(more[0], offer, touched))

    for place, wider in enumerate(widenings):
        if stop() or (best is not None and _reaches_beyond(wider, offer, touched)):
            break
        runs = _runs(instance, start, wider, seed, enough, stop)
        best = _best_of(runs, best, before, partial(is_last, place))
        if best is not None and _is_as_good(best.goals, before):
            break
    return None if best is None else _restored(instance, menu, best.menu, offer, before)


def _runs(
    instance: Instance,
    start: Menu,
    wider: Offer,
    seed: int,
    enough: float,
    stop: Callable[[], bool],
) -> Iterator[_Found]:
    """Short runs in the same slots, each from where the one before ended."""
    found = start
    for run in range(_RUNS):
        found = anneal(
            instance,
            seed=seed + run,
            moves=min(_MOST_MOVES, _MOVES_PER_SLOT * len(wider)),
            start=found,
            offer=wider,
            hot=_HOT,
            enough=enough,
            stop=stop,
        )
        yield _Found(_goals(instance, found), found, follows(instance, found))


def _best_of(
    runs: Iterator[_Found],
    best: _Found | None,
    before: tuple[int, ...],
    is_last: Callable[[_Found | None], bool],
) -> _Found | None:
    """The best by now that follows the rules. No run more than is needed, nor after one that came to the
    same again, or nowhere near where more may still be let change."""
    last = None
    near = tuple(goal + _NEAR for goal in before)
    for found in runs:
        if found.follows and (best is None or found.goals < best.goals):
            best = found
        if best is not None and _is_as_good(best.goals, before):
            break
        is_near = found.follows and _is_as_good(found.goals, near)
        if found.goals == last or not (is_near or is_last(best)):
            break
        last = found.goals
    return best


def _reaches_beyond(wider: Offer, offer: Offer, touched: frozenset[int]) -> bool:
    """Whether days would change that nothing was asked of, for the sake of days that are touched."""
    return bool(touched) and not {slot.day for slot in wider} <= touched | {s.day for s in offer}


def _is_as_good(now: tuple[int, ...], before: tuple[int, ...]) -> bool:
    *magnesium, worst, balance = zip(now, before, strict=True)
    return all(new <= old for new, old in magnesium) and all(
        new <= old + _SLACK for new, old in (worst, balance)
    )


def _restored(
    instance: Instance, old: Menu, new: Menu, offer: Offer, before: tuple[int, ...]
) -> Menu:
    """What moved beside the slots of `offer` is put back, slot by slot, where that costs nothing.

    A running sum says soon where it would cost much; the others are counted exactly.
    """
    now, running = _goals(instance, new), RunningMenu(instance, new)
    most = max(running.fault, float(before[-1])) + 2 * _SLACK
    for slot, pick in old.items():
        if slot in offer or slot in instance.copies or new[slot] == pick:
            continue
        running.change(slot, pick)
        if running.fault <= most:
            back = instance.whole({**new, slot: pick})
            goals = _goals(instance, back)
            if (goals <= now or _is_as_good(goals, before)) and follows(instance, back):
                new, now = back, goals
                continue
        running.undo()
    return new


def _goals(instance: Instance, menu: Menu) -> tuple[int, ...]:
    """What a change should not cost: magnesium, its margin if any, the other nutrients. Points are left
    to taste."""
    return tuple(values(instance, menu).values())[:-1]


def _widenings(
    instance: Instance,
    start: Menu,
    offer: Offer,
    kept: Mapping[Slot, int],
    locked: frozenset[Slot],
    touched: frozenset[int],
) -> Iterator[Offer]:
    """What may change, wider each time: the slots asked for, the amounts of their days, the dishes
    of their days, everything."""
    if kept:
        yield {slot: _first(slot, dishes, kept) for slot, dishes in offer.items()}
    days = {slot.day for slot in offer} | touched
    elsewhere = [slot for slot in instance.open_slots if slot not in {*offer, *locked}]
    beside = [slot for slot in elsewhere if slot.day in days]
    if offer:
        yield offer
    if beside:
        yield {**offer, **{slot: (start[slot].dish,) for slot in beside}}
        yield {**offer, **{slot: instance.offered(slot) for slot in beside}}
    if len(elsewhere) > len(beside):
        yield {**offer, **{slot: instance.offered(slot) for slot in elsewhere}}


def _first(slot: Slot, dishes: Sequence[int], kept: Mapping[Slot, int]) -> Sequence[int]:
    return (kept[slot],) if slot in kept else dishes
