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
from mealmag.planning.solver.relaxation import relax
from mealmag.planning.solver.shortlist import shortlist

# Dishes a slot, wider at each try, and the cost in units of the goal at which a serving is left out.
_SIZES = (6, 12, 24)
_COSTLY = 3.0


def guided_menu(
    instance: Instance,
    *,
    relaxed: Collection[str] = (),
    tries: int = len(_SIZES),
    seconds: float | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Menu | None:
    """A menu that follows the hard rules and is well balanced, or None: then nothing is known.

    Rules named in `relaxed` are left out; `seconds` is for each solve, and each of the `tries` offers
    more dishes.
    """
    relaxation = relax(instance, BALANCE.name, {}, relaxed=relaxed, seconds=seconds, stop=stop)
    if relaxation is None:
        return None
    draw = random.Random(instance.problem.seed)
    for size in _SIZES[:tries]:
        if stop():
            break
        short = shortlist(instance, instance.open_slots, {}, relaxation, size, draw)
        model = build(
            instance, instance.slots, {}, goals=(BALANCE.name,), relaxed=relaxed, offer=short.offer
        )
        model.model.minimise(model.goals[BALANCE.name])
        short.narrow(model, {}, _COSTLY)
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
