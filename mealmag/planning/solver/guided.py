"""A first menu where annealing finds none: HiGHS over the dishes that the relaxation leans on.

Where the rules leave little room, chance seldom meets them, and the whole model is slow to. The folded
relaxation knows which dishes can meet them together.
"""

import random
from collections.abc import Callable, Collection

from mealmag.planning.instance import Instance, Menu
from mealmag.planning.rulebook import BALANCE
from mealmag.planning.rules import build
from mealmag.planning.solver import mathopt
from mealmag.planning.solver.proof import WHOLE_ROW, elastic
from mealmag.planning.solver.relaxation import fold, relax, solved
from mealmag.planning.solver.ruled_out import NOTHING, RuledOut
from mealmag.planning.solver.shortlist import shortlist

# Dishes a slot, wider at each try, and the cost in units of the goal at which a serving is left out.
_SIZES = (6, 12, 24)
_COSTLY = 3.0
TRIES = len(_SIZES)
# The same where the goal is to break a rule as little as can be (the cost is of the whole row), and how near
# to the least over a shortlist is near enough.
_LEAST_SIZE, _LEAST_COSTLY, _LEAST_GAP = 8, WHOLE_ROW / 20, 0.05


def guided_menu(
    instance: Instance,
    *,
    relaxed: Collection[str] = (),
    tries: int = TRIES,
    out: RuledOut = NOTHING,
    seconds: float | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Menu | None:
    """A menu that follows the hard rules and is well balanced, or None: then nothing is known.

    Rules named in `relaxed` are left out; `seconds` is for each solve, and each of the `tries` offers
    more dishes, none of those that are `out`.
    """
    relaxation = relax(instance, BALANCE.name, {}, relaxed=relaxed, seconds=seconds, stop=stop)
    if relaxation is None:
        return None
    draw = random.Random(instance.problem.seed)
    for size in _SIZES[:tries]:
        if stop():
            break
        short = shortlist(instance, instance.open_slots, {}, relaxation, size, draw, out.dishes)
        model = build(
            instance, instance.slots, {}, goals=(BALANCE.name,), relaxed=relaxed, offer=short.offer
        )
        model.model.minimise(model.goals[BALANCE.name])
        short.narrow(model, {}, costly=_COSTLY)
        out.close(model)
        outcome = mathopt.solve(
            model.model,
            "HiGHS",
            nodes=1,
            seconds=seconds,
            seed=instance.problem.seed,
            stop=stop,
        )
        if outcome.values is not None:
            return model.decode(outcome.values)
    return None


def nearest_menu(
    instance: Instance,
    rule: str,
    *,
    relaxed: Collection[str] = (),
    stop: Callable[[], bool] = lambda: False,
) -> Menu | None:
    """A menu that breaks `rule` as little as can be found, and no other hard rule that is not `relaxed`;
    None proves nothing."""
    folded = fold(instance, goals=(), relaxed=relaxed)
    folded.model = elastic(folded.model, {rule})
    relaxation = solved(folded, stop=stop)
    if relaxation is None or stop():
        return None
    draw = random.Random(instance.problem.seed)
    short = shortlist(instance, instance.open_slots, {}, relaxation, _LEAST_SIZE, draw)
    model = build(instance, instance.slots, {}, goals=(), relaxed=relaxed, offer=short.offer)
    model.model = elastic(model.model, {rule})
    short.narrow(model, {}, costly=_LEAST_COSTLY)
    outcome = mathopt.solve(
        model.model, "HiGHS", nodes=1, gap=_LEAST_GAP, seed=instance.problem.seed, stop=stop
    )
    return None if outcome.values is None else model.decode(outcome.values)
