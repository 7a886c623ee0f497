"""Random menus, each repaired until it follows the rules; the best one counts. What luck alone can do."""

import random
from functools import partial

from benchmarks.counting import Count, MenuCounter
from benchmarks.engines.moves import repair
from benchmarks.looking import Looker
from benchmarks.trace import Trace
from mealmag.planning.instance import Instance, Pick
from mealmag.planning.problem import PlanningProblem
from mealmag.planning.start import random_menu


def run(problem: PlanningProblem, trace: Trace, variant: str) -> None:
    """`variant` is not used."""
    del variant
    instance = Instance(problem)
    counter, looker = MenuCounter(instance), Looker(instance)
    rng = random.Random(problem.seed)
    best: int | None = None
    while trace.now() < trace.seconds:
        menu = repair(
            counter,
            random_menu(instance, rng),
            rng,
            rank=_rank,
            out_of_time=lambda: trace.now() >= trace.seconds,
        )
        count = counter.count(menu)
        if count.broken == 0 and (best is None or count.value < best):
            best = count.value
            trace.plan(partial(looker.look, menu))
    trace.end("unknown" if best is None else "feasible")


def _rank(count: Count, pick: Pick) -> tuple[float, float]:
    """Least broken, then best."""
    del pick
    return count.broken, count.value
