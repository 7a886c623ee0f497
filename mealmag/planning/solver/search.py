"""From a problem to a menu with a bound on every goal.

A start by annealing; then, goal after goal, neighbourhoods solved exactly by CP-SAT around the incumbent;
then the whole model once more for a proof or a bound. Each goal is held while the next is improved.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import monotonic

from mealmag.errors import NoPlanError
from mealmag.planning.instance import Instance, Menu, Slot
from mealmag.planning.problem import Effort, PlanningProblem
from mealmag.planning.rules import GOAL, build, values
from mealmag.planning.solver import cpsat
from mealmag.planning.solver.feasibility import any_menu
from mealmag.planning.solver.outcome import Status
from mealmag.planning.start import anneal


@dataclass(frozen=True, slots=True)
class Budget:
    """Amounts of work, in annealing moves and CP-SAT's deterministic time."""

    moves: int
    rounds: int
    neighbourhood: float
    proof: float


BUDGETS = {
    Effort.QUICK: Budget(moves=4_000, rounds=4, neighbourhood=0.3, proof=0.6),
    Effort.NORMAL: Budget(moves=12_000, rounds=12, neighbourhood=0.6, proof=3.0),
    Effort.THOROUGH: Budget(moves=40_000, rounds=60, neighbourhood=1.5, proof=30.0),
}


@dataclass(frozen=True, slots=True)
class GoalState:
    """A goal in the model's whole units: the incumbent's value and the proven bound."""

    value: int
    bound: float
    status: Status


@dataclass(frozen=True, slots=True)
class Progress:
    """What a face may show while the search runs. `bound` is None as long as nothing is proven."""

    elapsed_s: float
    goal: str
    incumbent: int | None
    bound: float | None
    menu: Menu | None


@dataclass(slots=True)
class Found:
    """The menu, the state of every goal, and whether a stop or a clock cut the search short."""

    menu: Menu
    goals: dict[str, GoalState]
    cut_short: bool = False
    engines: list[str] = field(default_factory=list)


class InfeasibleError(Exception):
    """CP-SAT proved that no menu follows the hard rules. The caller explains which."""


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
        self.menu: Menu | None = None
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
            menu=self.menu or {},
            goals={
                goal: GoalState(
                    self.values[goal],
                    self.bounds[goal],
                    Status.OPTIMAL if self._proven(goal) else Status.FEASIBLE,
                )
                for goal in GOAL
            },
            cut_short=self._stopped(),
            engines=[f"CP-SAT {cpsat.version()}"],
        )

    def _start(self) -> None:
        instance = self.instance
        whole = build(instance, instance.slots, {}, goals=())
        for attempt in range(3):
            menu = anneal(
                instance,
                seed=self.seed + attempt,
                moves=self.budget.moves,
                stop=lambda: self._out_of_time() or (attempt > 0 and self._stopped()),
            )
            if not whole.model.violations(whole.encode(menu)):
                self._accept(menu)
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
        idle = 0
        hoods = list(self._neighbourhoods())
        for turn in range(self.budget.rounds):
            if self._stopped() or self._proven(goal) or idle >= len(hoods):
                break
            before = self.values[goal]
            self._solve(goal, hoods[turn % len(hoods)], self.budget.neighbourhood, workers=1)
            idle = 0 if self.values[goal] < before else idle + 1
        if not self._stopped() and not self._proven(goal):
            self._solve(goal, self.instance.slots, self.budget.proof, workers=8)

    def _solve(self, goal: str, free: list[Slot], work: float, *, workers: int) -> None:
        """Improve `goal` over the `free` slots; over all slots, the bound counts too."""
        assert self.menu is not None
        names = tuple(GOAL)
        hood = build(
            self.instance, free, self.menu, goals=names[: names.index(goal) + 1]
        )
        for held in names[: names.index(goal)]:
            hood.hold(held, self.values[held])
        hood.model.minimise(hood.goals[goal])
        whole = len(free) == len(self.instance.slots)
        outcome = cpsat.solve(
            hood.model,
            self._limits(work, workers=workers),
            hint=hood.encode(self.menu),
            stop=self._stopped,
        )
        if whole and outcome.bound is not None and outcome.status is not Status.INFEASIBLE:
            self.bounds[goal] = max(self.bounds[goal], outcome.bound)
        if outcome.values is not None:
            menu = hood.decode(outcome.values)
            found = values(self.instance, menu)
            if found[goal] < self.values[goal] and all(
                found[held] <= self.values[held] for held in names[: names.index(goal)]
            ):
                self._accept(menu, goal)
        self._tell(goal)

    def _neighbourhoods(self) -> Iterator[list[Slot]]:
        """Two days next to each other, then each meal over all days, then days far apart."""
        days, meals = self.instance.days, self.instance.meals
        if days == 1:
            yield self.instance.slots
            return
        for gap in (1, 3):
            for day in range(0, days, 2 if gap == 1 else 1):
                pair = {day, (day + gap) % days}
                yield [Slot(d, m) for d in sorted(pair) for m in range(meals)]
            if gap == 1:
                for meal in range(meals):
                    yield [Slot(d, meal) for d in range(days)]

    def _accept(self, menu: Menu, goal: str | None = None) -> None:
        self.menu = menu
        self.values = values(self.instance, menu)
        self._tell(goal or next(iter(GOAL)))

    def _tell(self, goal: str) -> None:
        bound = self.bounds[goal]
        self._on_progress(
            Progress(
                self._clock() - self._begin, goal, self.values.get(goal), bound, self.menu
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
