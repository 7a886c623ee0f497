"""The most magnesium that food can bring on one day under the rules, proven by two engines.

What no single day can reach, no week can; so this bound holds for the whole plan. A supplement hangs on
it, and one engine's word is not enough for that: HiGHS finds the best day, and CP-SAT proves that none is
better. (To find it takes CP-SAT twice as long, and to refute a better one takes HiGHS ten times.) Both see
only what can be in a day as good as the best that is known by then: what the relaxation proves away is most
often nearly all there is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from mealmag.planning.instance import Instance, Menu, Slot
from mealmag.planning.menu import MenuModel
from mealmag.planning.rulebook import MAGNESIUM
from mealmag.planning.rules import build
from mealmag.planning.solver import cpsat
from mealmag.planning.solver.best_day import best_day
from mealmag.planning.solver.outcome import Status
from mealmag.planning.solver.ruled_out import fix

_WORK = 20.0
_SECONDS = (
    600.0  # no machine should need so long; what strikes by the clock is not the same everywhere
)
_NODES = 50


@dataclass(frozen=True, slots=True)
class DayCertificate:
    """No day of this kind can bring more than `best_mg` from food; `engines` proved it.

    None where a day can reach the target: then there is nothing to prove. `best` is the best of the first of
    these days, where engines looked for it; it may lie at the very edge of a rule.
    """

    days: tuple[int, ...]
    best_mg: Decimal | None
    engines: tuple[str, ...]
    best: Menu = field(default_factory=dict)

    def shortfall_mg(self, floor: Decimal) -> Decimal:
        """What these days together must lack of `floor`, in mg."""
        if self.best_mg is None:
            return Decimal(0)
        return max(Decimal(0), floor - self.best_mg) * len(self.days)


def certify(
    instance: Instance, menu: Menu | None = None, *, stop: Callable[[], bool] = lambda: False
) -> list[DayCertificate] | None:
    """One certificate for each kind of day (days differ in the minutes there are).

    The days of a `menu` are where it begins: on a day that reaches the target there is nothing to prove.
    None when an engine gave no proof, or the second finds a better day: then nothing is certified.
    """
    scale = instance.scale[instance.nutrient("magnesium_mg")]
    floor = instance.target(instance.nutrient("magnesium_mg")).floor or Decimal(0)
    certificates = []
    for days in instance.day_kinds():
        free = [Slot(days[0], meal) for meal in range(instance.meals)]
        alone = build(instance, free, {}, goals=(MAGNESIUM.name,), outward=True)
        alone.model.minimise(alone.goals[MAGNESIUM.name])
        if menu is not None and _lacks_nothing(alone, days, menu):
            certificates.append(DayCertificate(tuple(days), None, ()))
            continue
        first = best_day(alone, seconds=_SECONDS, seed=instance.problem.seed, stop=stop)
        if first.status is not Status.OPTIMAL or first.values is None:
            return None
        best, short = alone.decode(first.values), alone.goal_value(MAGNESIUM.name, first.values)
        if short and not _none_is_better(alone, short, instance.problem.seed, stop):
            return None
        certificates.append(
            DayCertificate(
                tuple(days),
                floor - Decimal(short) / scale + instance.rounding_mg if short else None,
                (f"CP-SAT {cpsat.version()}", f"HiGHS in OR-Tools {cpsat.version()}"),
                {slot: best[slot] for slot in free},
            )
        )
    return certificates


def _lacks_nothing(alone: MenuModel, days: Sequence[int], menu: Menu) -> bool:
    """Whether one of these days of a menu is a day of the model that reaches the target."""
    for day in days:
        moved = {slot: menu[Slot(day, slot.meal)] for slot in alone.free}
        if all(pick.dish in alone.dish_variables[slot] for slot, pick in moved.items()):
            values = alone.encode(moved)
            if not alone.goal_value(MAGNESIUM.name, values) and not alone.model.violations(values):
                return True
    return False


def _none_is_better(day: MenuModel, short: int, seed: int, stop: Callable[[], bool]) -> bool:
    """Whether CP-SAT proves that no such day lacks less magnesium."""
    fix(day, short - 1, stop=stop)
    day.hold(MAGNESIUM.name, short - 1)
    outcome = cpsat.solve(day.model, cpsat.Limits(_WORK, seed=seed), stop=stop)
    return outcome.status is Status.INFEASIBLE


def shortfall_without(
    instance: Instance,
    relaxed: frozenset[str],
    *,
    stop: Callable[[], bool] = lambda: False,
) -> Decimal | None:
    """What a day lacks of the magnesium floor at the least that was found, in mg, as a mean over the days,
    with these rules left out. One engine's word, and no proof; None where it found no menu."""
    scale = instance.scale[instance.nutrient("magnesium_mg")]
    whole = Decimal(0)
    for days in instance.day_kinds():
        free = [Slot(days[0], meal) for meal in range(instance.meals)]
        alone = build(instance, free, {}, goals=(MAGNESIUM.name,), relaxed=relaxed)
        alone.model.minimise(alone.goals[MAGNESIUM.name])
        outcome = best_day(alone, nodes=_NODES, seed=instance.problem.seed, stop=stop)
        if outcome.objective is None:
            return None
        whole += Decimal(outcome.objective) * len(days)
    return whole / scale / instance.days
