"""A genetic algorithm as one would write it with DEAP: menus that are crossed day by day and mutated.

An individual is a list of picks, one a slot. Crossover swaps whole days (single meals where there is one
day), mutation changes a few dishes or servings, parents are chosen by tournaments, and the best few live
on. The fitness is the weighted sum and a price on all that breaks a rule. After a long standstill all but
the best begins anew.
"""

import random
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from deap import algorithms, base, creator, tools

from benchmarks.counting import MenuCounter
from benchmarks.engines.moves import other_dish, other_serving
from benchmarks.looking import Looker
from benchmarks.trace import Trace
from mealmag.planning.instance import Instance, Menu
from mealmag.planning.problem import PlanningProblem
from mealmag.planning.start import random_menu

_SIZE, _ELITE, _TOURNAMENT, _CROSS, _MUTATE = 120, 6, 3, 0.6, 0.6
_STANDSTILL = 80
# A thousandth of the day's energy outside its band costs as much as 1 % of a reference.
_PRICE = 1_000


def run(problem: PlanningProblem, trace: Trace, variant: str) -> None:
    """`variant` is not used."""
    del variant
    random.seed(problem.seed)  # DEAP draws from the module's own generator
    breeding = _Breeding(Instance(problem))
    looker = Looker(breeding.instance)
    best: int | None = None
    for individual in breeding.best_of_each(lambda: trace.now() >= trace.seconds):
        menu = breeding.menu(individual)
        count = breeding.counter.count(menu)
        if count.broken == 0 and (best is None or count.value < best):
            best = count.value
            trace.plan(partial(looker.look, menu))
    trace.end("unknown" if best is None else "feasible")


class _Breeding:
    """One population and DEAP's toolbox for it."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.counter = MenuCounter(instance)
        self._slots = instance.slots
        self._rng = random.Random(random.random())
        creator.create("Fitness", base.Fitness, weights=(-1.0,))
        creator.create("Individual", list, fitness=creator.Fitness)
        self._toolbox = base.Toolbox()
        self._toolbox.register(
            "clone", _clone
        )  # a deep copy of picks would cost more than all else
        self._toolbox.register("mate", self._cross)
        self._toolbox.register("mutate", self._mutate)
        self._toolbox.register("select", tools.selTournament, tournsize=_TOURNAMENT)

    def menu(self, individual: Any) -> Menu:
        """The menu that an individual stands for."""
        return dict(zip(self._slots, individual, strict=True))

    def best_of_each(self, stop: Callable[[], bool]) -> Iterator[Any]:
        """The best individual of one generation after the other, until `stop` says so."""
        population = self._new(_SIZE)
        still, before = 0, float("inf")
        while not stop():
            best = tools.selBest(population, 1)[0]
            yield best
            value = best.fitness.values[0]
            still, before = (still + 1 if value >= before else 0), min(value, before)
            if still >= _STANDSTILL:
                population, still = [best, *self._new(_SIZE - 1)], 0
            parents = self._toolbox.select(population, _SIZE - _ELITE)
            children = algorithms.varAnd(parents, self._toolbox, _CROSS, _MUTATE)
            self._rate(children)
            population = tools.selBest(population, _ELITE) + children

    def _new(self, size: int) -> list[Any]:
        menus = (random_menu(self.instance, self._rng) for _ in range(size))
        made = [creator.Individual(menu[slot] for slot in self._slots) for menu in menus]
        self._rate(made)
        return made

    def _rate(self, individuals: list[Any]) -> None:
        for individual in individuals:
            if not individual.fitness.valid:
                count = self.counter.count(self.menu(individual))
                individual.fitness.values = (count.value + _PRICE * count.broken,)

    def _cross(self, first: Any, second: Any) -> tuple[Any, Any]:
        meals = self.instance.meals
        size = meals if self.instance.days > 1 else 1
        for begin in range(0, len(first), size):
            if self._rng.random() < 0.5:
                part = slice(begin, begin + size)
                first[part], second[part] = second[part], first[part]
        return first, second

    def _mutate(self, individual: Any) -> tuple[Any]:
        for _ in range(self._rng.choice((1, 1, 2, 3))):
            at = self._rng.randrange(len(individual))
            if self._rng.random() < 0.4:
                individual[at] = other_dish(self.instance, self._slots[at], self._rng)
            else:
                individual[at] = other_serving(self.instance, individual[at], self._rng)
        return (individual,)


def _clone(individual: Any) -> Any:
    copy = creator.Individual(individual)
    if individual.fitness.valid:
        copy.fitness.values = individual.fitness.values
    return copy
