"""From a problem to a menu with a bound on every goal.

A start by annealing; then, goal after goal, neighbourhoods solved exactly by CP-SAT around the incumbent;
then the whole model once more for a proof or a bound. Each goal is held while the next is improved.
"""

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from time import monotonic

from mealmag.errors import NoPlanError
from mealmag.planning.instance import Instance, Menu, Slot
from mealmag.planning.menu import MenuModel
from mealmag.planning.problem import PlanningProblem
from mealmag.planning.rulebook import ENJOYMENT, MAGNESIUM
from mealmag.planning.rules import GOAL, build, values
from mealmag.planning.solver import cpsat
from mealmag.planning.solver.certificate import DayCertificate, certify
from mealmag.planning.solver.feasibility import any_menu
from mealmag.planning.solver.outcome import Outcome, Status
from mealmag.planning.solver.report import (
    BUDGETS,
    UNIT,
    Found,
    GoalState,
    InfeasibleError,
    Progress,
    in_units,
)
from mealmag.planning.start import anneal


class Search:
    """One search; `run` may be called once. Safe to run in a thread: it shares nothing."""

    def __init__(
        self,
        problem: PlanningProblem,
        *,
        on_progress: Callable[[Progress], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = monotonic,
        seconds: float | None = None,
    ) -> None:
        self.instance = Instance(problem)
        self.budget = BUDGETS[problem.effort]
        self.seed = problem.seed
        self._on_progress = on_progress
        self._clock = clock
        self._begin = clock()
        self._seconds = seconds
        self._asked_to_stop = stop
        self._rules = build(self.instance, self.instance.slots, {}, goals=())
        self._draw = random.Random(problem.seed)
        self.menu: Menu | None = None
        self.certificates: list[DayCertificate] | None = None
        self.values: dict[str, int] = {}
        self.bounds: dict[str, float] = dict.fromkeys(GOAL, 0.0)

    def run(self) -> Found:
        """Search within the budget. Raises InfeasibleError (proven) or NoPlanError (not proven)."""
        self._start()
        for goal in GOAL:
            if self.values[goal] > 0:
                self._improve(goal)
            self._tell(goal)
        return Found(
            instance=self.instance,
            menu=self.menu or {},
            goals={
                goal: GoalState(
                    self.values[goal],
                    self.bounds[goal],
                    Status.OPTIMAL if self._proven(goal) else Status.FEASIBLE,
                )
                for goal in GOAL
            },
            certificates=self.certificates,
            engine_version=cpsat.version(),
            cut_short=self._stopped(),
        )

    def _start(self) -> None:
        """The best of some annealed menus that follow the rules, else whatever CP-SAT finds."""
        instance = self.instance
        for attempt in range(self.budget.starts + 2):
            if attempt >= self.budget.starts and self.menu is not None:
                break
            menu = anneal(
                instance,
                seed=self.seed + attempt,
                moves=self.budget.moves,
                strictness=1.0 if attempt == 0 or self.menu is not None else 10.0,
                stop=self._stopped if self.menu is not None else self._out_of_time,
            )
            if self._follows_rules(menu) and (
                self.menu is None
                or tuple(values(instance, menu).values()) < tuple(self.values.values())
            ):
                self._accept(menu)
            if self._stopped() or (self.menu is not None and not any(self.values.values())):
                break
        if self.menu is not None:
            return
        status, found = any_menu(instance, seconds=self._left(), stop=self._stopped)
        if status is Status.INFEASIBLE:
            raise InfeasibleError
        if found is None:
            raise NoPlanError(
                "No menu was found in the time there was; that does not prove there is none.",
                hint="Give it more: --effort thorough, or a larger --seconds.",
            )
        self._accept(found)

    def _improve(self, goal: str) -> None:
        """Sweep over the neighbourhoods, two at a time, until nothing gets better or it is proven.

        The relaxation's bound costs a second or two and is often tight, so it comes first; the
        certificates of single days cost more, and only matter where the sweeps leave a shortfall.
        """
        enjoyment = goal == ENJOYMENT.name
        budget = self.budget
        sweeps = budget.enjoyment_sweeps if enjoyment else budget.nutrition_sweeps
        if goal != MAGNESIUM.name and sweeps:  # a quick plan has no time for bounds it will not use
            self._bound(goal)
        for _ in range(sweeps):
            before = self.values[goal]
            for pair in self._neighbourhoods():
                if self._stopped() or self._proven(goal):
                    break
                self._solve(goal, pair)
            if self.values[goal] == before and self._offers_all:
                break
        if goal == MAGNESIUM.name and not self._proven(goal) and not self._stopped():
            self._bound(goal)
        proof = budget.enjoyment_proof if enjoyment else budget.nutrition_proof
        if proof and not self._proven(goal) and not self._stopped():
            self._whole(goal, proof)

    def _offer(self, free: list[Slot]) -> dict[Slot, frozenset[int]]:
        """The incumbent's dish and some others for each slot, drawn anew for every neighbourhood.

        A cookbook is long, and what a neighbourhood costs grows with it; many short looks find more
        in the same time than one long one.
        """
        offer = {}
        for slot in free:
            suited = self.instance.dishes_for[slot.meal]
            drawn = self._draw.sample(suited, min(len(suited), self.budget.offered))
            offer[slot] = frozenset([*drawn, (self.menu or {})[slot].dish])
        return offer

    def _model(
        self,
        goal: str,
        free: list[Slot],
        *,
        outward: bool = False,
        offer: Mapping[Slot, frozenset[int]] | None = None,
    ) -> MenuModel:
        """The model that improves `goal` over the `free` slots and holds the goals before it."""
        names = tuple(GOAL)
        before = names[: names.index(goal)]
        model = build(
            self.instance,
            free,
            self.menu or {},
            goals=(*before, goal),
            outward=outward,
            offer=offer,
        )
        for held in before:
            model.hold(held, self.values[held])
        model.model.minimise(model.goals[goal])
        return model

    def _solve(self, goal: str, hoods: Sequence[list[Slot]]) -> None:
        """Solve disjoint neighbourhoods side by side and take what gets better, in their order."""
        menu = dict(self.menu or {})
        models = [self._model(goal, free, offer=self._offer(free)) for free in hoods]

        def run(model: MenuModel) -> Outcome:
            return cpsat.solve(
                model.model,
                self._limits(self.budget.neighbourhood, workers=1),
                hint=model.encode(menu),
                stop=self._stopped,
            )

        with ThreadPoolExecutor(len(models)) as pool:
            outcomes = list(pool.map(run, models))
        for free, model, outcome in zip(hoods, models, outcomes, strict=True):
            if outcome.values is None:
                continue
            found = model.decode(outcome.values)
            merged = dict(self.menu or {}) | {slot: found[slot] for slot in free}
            self._take(merged, goal)
        self._tell(goal)

    def _take(self, menu: Menu, goal: str) -> None:
        """Accept a menu that is better in `goal`, no worse in the goals before, and within the rules."""
        names = tuple(GOAL)
        found = values(self.instance, menu)
        if found[goal] >= self.values[goal]:
            return
        before = names[: names.index(goal)]
        if all(found[held] <= self.values[held] for held in before) and self._follows_rules(menu):
            self._accept(menu, goal)

    def _bound(self, goal: str) -> None:
        """A bound that holds for the whole plan: the best single days, or the linear relaxation."""
        if goal == MAGNESIUM.name:
            self.certificates = certify(self.instance, stop=self._stopped)
            n = self.instance.nutrient("magnesium_mg")
            floor = self.instance.target(n).floor or 0
            bound = sum(day.shortfall_mg(Decimal(floor)) for day in self.certificates or [])
            self.bounds[goal] = max(0.0, float(bound * self.instance.scale[n]))
        else:
            from mealmag.planning.solver import mathopt

            relaxed = mathopt.solve(
                self._model(goal, self.instance.slots, outward=True).model,
                "GLOP",
                relaxed=True,
                seconds=self._left(),
                stop=self._stopped,
            )
            if relaxed.status is Status.OPTIMAL and relaxed.bound is not None:
                # Every goal is a whole number; the margin is for the engine's tolerances.
                margin = 1e-3 * max(1.0, abs(relaxed.bound))
                self.bounds[goal] = max(self.bounds[goal], math.ceil(relaxed.bound - margin))
        self._tell(goal)

    def _whole(self, goal: str, work: float) -> None:
        """The whole model at once, from the incumbent: for the proof, or a better menu."""
        model = self._model(goal, self.instance.slots)
        outcome = cpsat.solve(
            model.model,
            self._limits(work, workers=8),
            hint=model.encode(self.menu or {}),
            stop=self._stopped,
        )
        if outcome.bound is not None:
            self.bounds[goal] = max(self.bounds[goal], outcome.bound)
        if outcome.values is not None:
            self._take(model.decode(outcome.values), goal)
        self._tell(goal)

    def _neighbourhoods(self) -> Iterator[list[list[Slot]]]:
        """Pairs of disjoint neighbourhoods: single days, then a meal over all days."""
        days, meals = self.instance.days, self.instance.meals
        single = [[Slot(d, m) for m in range(meals)] for d in range(days)]
        weeks = [range(first, min(first + 7, days)) for first in range(0, days, 7)]
        across = [[Slot(d, m) for d in week] for week in weeks for m in range(meals)]
        for hoods in (single, across) if days > 1 else (single,):
            half = -(-len(hoods) // 2)
            for i in range(half):
                yield [hoods[i], *hoods[half + i : half + i + 1]]

    @property
    def _offers_all(self) -> bool:
        """Whether a second sweep would see nothing but what the first one saw."""
        return max(map(len, self.instance.dishes_for)) <= self.budget.offered

    def _follows_rules(self, menu: Menu) -> bool:
        return not self._rules.model.violations(self._rules.encode(menu))

    def _accept(self, menu: Menu, goal: str | None = None) -> None:
        self.menu = menu
        self.values = values(self.instance, menu)
        self._tell(goal or next(iter(GOAL)))

    def _tell(self, goal: str) -> None:
        part = in_units(self.instance, goal)
        value = self.values.get(goal)
        self._on_progress(
            Progress(
                self._clock() - self._begin,
                goal,
                UNIT[goal],
                None if value is None else value / part,
                self.bounds[goal] / part,
                self.menu,
            )
        )

    def _proven(self, goal: str) -> bool:
        return self.values[goal] <= self.bounds[goal] + 1e-6

    def _limits(self, work: float, *, workers: int) -> cpsat.Limits:
        return cpsat.Limits(work, self._left(), workers, self.seed)

    def _left(self) -> float | None:
        if self._seconds is None:
            return None
        return max(0.01, self._seconds - (self._clock() - self._begin))

    def _out_of_time(self) -> bool:
        return self._seconds is not None and self._clock() - self._begin >= self._seconds

    def _stopped(self) -> bool:
        return self._asked_to_stop() or self._out_of_time()
