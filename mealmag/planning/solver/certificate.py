"""The most magnesium that food can bring on one day under the rules, proven by two engines.

What no single day can reach, no week can; so this bound holds for the whole plan. A supplement hangs on
it, and one engine's word is not enough for that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from mealmag.planning.instance import Instance, Slot
from mealmag.planning.rulebook import MAGNESIUM
from mealmag.planning.rules import build
from mealmag.planning.solver import cpsat
from mealmag.planning.solver.outcome import Outcome, Status

_WORK, _SECONDS = 20.0, 60.0
_NODES = 50


@dataclass(frozen=True, slots=True)
class DayCertificate:
    """No day of this kind can bring more than `best_mg` from food; `engines` proved it.

    None where a day can reach the target: then there is nothing to prove.
    """

    days: tuple[int, ...]
    best_mg: Decimal | None
    engines: tuple[str, ...]

    def shortfall_mg(self, floor: Decimal) -> Decimal:
        """What these days together must lack of `floor`, in mg."""
        if self.best_mg is None:
            return Decimal(0)
        return max(Decimal(0), floor - self.best_mg) * len(self.days)


def certify(
    instance: Instance, *, stop: Callable[[], bool] = lambda: False
) -> list[DayCertificate] | None:
    """One certificate for each kind of day (days differ in the minutes there are).

    None when an engine gave no proof, or the two disagree: then nothing is certified.
    """
    from mealmag.planning.solver import mathopt

    scale = instance.scale[instance.nutrient("magnesium_mg")]
    floor = instance.target(instance.nutrient("magnesium_mg")).floor or Decimal(0)
    certificates = []
    for days in instance.day_kinds():
        free = [Slot(days[0], meal) for meal in range(instance.meals)]
        alone = build(instance, free, {}, goals=(MAGNESIUM.name,), outward=True)
        alone.model.minimise(alone.goals[MAGNESIUM.name])
        limits = cpsat.Limits(_WORK, seed=instance.problem.seed)
        first = cpsat.solve(alone.model, limits, stop=stop)
        if stop():
            return None
        second = mathopt.solve(
            alone.model, "HiGHS", seconds=_SECONDS, seed=instance.problem.seed, stop=stop
        )
        if not _agree(first, second):
            return None
        shortage = Decimal(first.objective or 0) / scale
        certificates.append(
            DayCertificate(
                tuple(days),
                floor - shortage + instance.rounding_mg if shortage else None,
                (f"CP-SAT {cpsat.version()}", f"HiGHS in OR-Tools {cpsat.version()}"),
            )
        )
    return certificates


def shortfall_without(
    instance: Instance,
    relaxed: frozenset[str],
    *,
    stop: Callable[[], bool] = lambda: False,
) -> Decimal | None:
    """What a day lacks of the magnesium floor at the least that was found, in mg, as a mean over the days,
    with these rules left out. One engine's word, and no proof; None where it found no menu."""
    from mealmag.planning.solver import mathopt

    scale = instance.scale[instance.nutrient("magnesium_mg")]
    whole = Decimal(0)
    for days in instance.day_kinds():
        free = [Slot(days[0], meal) for meal in range(instance.meals)]
        alone = build(instance, free, {}, goals=(MAGNESIUM.name,), relaxed=relaxed)
        alone.model.minimise(alone.goals[MAGNESIUM.name])
        outcome = mathopt.solve(
            alone.model, "HiGHS", nodes=_NODES, seed=instance.problem.seed, stop=stop
        )
        if outcome.objective is None:
            return None
        whole += Decimal(outcome.objective) * len(days)
    return whole / scale / instance.days


def _agree(first: Outcome, second: Outcome) -> bool:
    return (
        first.status is Status.OPTIMAL
        and second.status is Status.OPTIMAL
        and first.objective == second.objective
    )
