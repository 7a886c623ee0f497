"""What one would do by hand: slot after slot, the dish with the most magnesium per kcal that still fits.

Fast, and blind to all other nutrients. Where the day's energy ends outside its band, or a rule is broken,
the menu is repaired with the changes that cost the least magnesium per kcal. One plan, or none.
"""

import random
from collections.abc import Iterator
from functools import partial

from benchmarks.counting import Count, MenuCounter
from benchmarks.engines.moves import repair, usual
from benchmarks.looking import Looker
from benchmarks.trace import Trace
from mealmag.planning.instance import Instance, Menu, Pick, Slot
from mealmag.planning.problem import PlanningProblem


def run(problem: PlanningProblem, trace: Trace, variant: str) -> None:
    """`variant` is not used."""
    del variant
    instance = Instance(problem)
    greedy = _Greedy(MenuCounter(instance))
    menu = repair(
        greedy.counter,
        greedy.menu(),
        random.Random(problem.seed),
        rank=greedy.rank,
        out_of_time=lambda: trace.now() >= trace.seconds,
    )
    trace.plan(partial(Looker(instance).look, menu))
    trace.end("feasible" if greedy.counter.count(menu).broken == 0 else "unknown")


class _Greedy:
    def __init__(self, counter: MenuCounter) -> None:
        self.counter = counter
        self._energy = counter.instance.nutrient("energy_kcal")
        self._magnesium = counter.instance.nutrient("magnesium_mg")

    def menu(self) -> Menu:
        """Each slot the densest pick that breaks as little as possible of what is already decided."""
        instance = self.counter.instance
        best = {
            meal: sorted(
                (self._best_of(dish) for dish in instance.offered(Slot(0, meal))),
                key=self.density,
                reverse=True,
            )
            for meal in range(instance.meals)
        }
        menu: Menu = {}
        for slot in instance.slots:
            menu[slot] = next(
                (pick for pick in best[slot.meal] if self._fits(menu, slot, pick)),
                best[slot.meal][0],
            )
        return menu

    def rank(self, count: Count, pick: Pick) -> tuple[float, float]:
        """Least broken, then densest."""
        return count.broken, -self.density(pick)

    def density(self, pick: Pick) -> float:
        """Parts of magnesium for each part of energy."""
        piece = self.counter.piece(pick)
        return piece.low[self._magnesium] / max(1, piece.low[self._energy])

    def _best_of(self, dish: int) -> Pick:
        """The densest way to serve a dish, choice after choice."""
        instance = self.counter.instance
        pick = usual(instance, dish, leave_out=False)
        for component, optional, pieces in instance.dishes[dish].open:
            ways = [_with(pick, component, i) for i in range(-1 if optional else 0, len(pieces))]
            pick = max(ways, key=self.density)
        return pick

    def _fits(self, menu: Menu, slot: Slot, pick: Pick) -> bool:
        """Whether repeats, neighbours, minutes and energy leave room for it beside what is decided."""
        instance = self.counter.instance
        problem = instance.problem
        limit = problem.rules.minutes_on(problem.days[slot.day])
        today = [menu[other] for other in _day(slot)]
        minutes = sum(instance.dishes[p.dish].minutes for p in [*today, pick])
        wait = problem.dishes[pick.dish].total_minutes
        if limit is not None and (minutes > limit or wait > limit):
            return False
        near = [other.dish for place, other in menu.items() if slot.day - place.day <= 1]
        if pick.dish in near:
            return False
        uses = sum(other.dish == pick.dish for other in menu.values())
        eaten = sum(self.counter.piece(p).high[self._energy] for p in [*today, pick])
        ceiling = instance.ceiling(self._energy) or 0
        return uses < problem.rules.max_repeats and eaten <= ceiling


def _with(pick: Pick, component: int, chosen: int) -> Pick:
    servings = list(pick.servings)
    servings[component] = chosen
    return Pick(pick.dish, tuple(servings))


def _day(slot: Slot) -> Iterator[Slot]:
    return (Slot(slot.day, meal) for meal in range(slot.meal))
