"""From a problem to a menu with a bound on every goal.

A start by annealing. Then, goal after goal, each held while the next is improved: the folded relaxation
gives the bound and says which dishes are worth a look; HiGHS solves a few days of the plan at a time over
that shortlist, and then the whole of a week, while CP-SAT improves the incumbent in neighbourhoods beside it.
"""

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from time import monotonic
from types import MappingProxyType

from mealmag.errors import NoPlanError
from mealmag.planning.instance import Instance, Menu, Pick, Slot
from mealmag.planning.menu import MenuModel
from mealmag.planning.problem import PlanningProblem
from mealmag.planning.rulebook import ENJOYMENT, MAGNESIUM
from mealmag.planning.rules import build, follows, goals_of, values
from mealmag.planning.solver import cpsat, mathopt
from mealmag.planning.solver.certificate import certify
from mealmag.planning.solver.feasibility import any_menu
from mealmag.planning.solver.incumbent import Incumbent
from mealmag.planning.solver.outcome import Outcome, Status
from mealmag.planning.solver.relaxation import Relaxation, relax, rounded_up
from mealmag.planning.solver.report import (
    BUDGETS,
    Effort,
    Found,
    InfeasibleError,
    Progress,
)
from mealmag.planning.solver.shortlist import Offer, any_dishes, shortlist
from mealmag.planning.solver.watch import unless_stopped
from mealmag.planning.solver.windows import WEEK, dear_days, windows
from mealmag.planning.start import anneal

_SOON = 1_000  # moves of the first annealing, for each week
_NARROWER = 2  # dishes a slot that a window has less than a whole week


class Search:
    """One search; `run` may be called once. Safe to run in a thread: it shares nothing.

    `locked` slots keep their pick.
    """

    def __init__(
        self,
        problem: PlanningProblem,
        *,
        locked: Mapping[Slot, Pick] = MappingProxyType({}),
        on_progress: Callable[[Progress], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = monotonic,
        seconds: float | None = None,
    ) -> None:
        self._clock = clock
        self._begin = clock()
        self._seconds = seconds
        self.instance = Instance(problem, locked)
        self.budget = BUDGETS[problem.effort]
        self.seed = problem.seed
        self._fast = problem.fast
        self._draw = random.Random(problem.seed)
        self._best = Incumbent(self.instance, on_progress, self._elapsed_s, stop)

    def run(self) -> Found:
        """Search within the budget. Raises InfeasibleError (proven) or NoPlanError (not proven).

        At a stop the best menu so far is handed back at once; the thread in which the search works is
        left to end by itself.
        """
        try:
            unless_stopped(lambda: self._best.closed, self._search)
        finally:
            found = self._best.found(stopped=self._stopped())
        if found is None:
            raise NoPlanError("Stopped before the first plan.")
        return found

    def _search(self) -> bool:
        self._start()
        for goal in goals_of(self.instance):
            if not (self._stopped() or self._best.is_proven(goal)):
                self._improve(goal)
            self._best.tell(goal)
        return True

    def _start(self) -> None:
        """The best of some annealed menus that follow the rules, else any that does. The first is there
        soon, so that there is something to see."""
        instance, best = self.instance, self._best
        soon = _SOON * -(-instance.days // WEEK)
        for attempt, moves in enumerate([soon, *[self.budget.moves] * self.budget.starts]):
            menu = anneal(
                instance,
                seed=self.seed + max(0, attempt - 1),
                moves=moves,
                stop=self._stopped,
            )
            if follows(instance, menu) and (
                best.menu is None
                or tuple(values(instance, menu).values()) < tuple(best.values.values())
            ):
                best.accept(menu)
            if self._stopped() or (best.menu is not None and not any(best.values.values())):
                break
        if best.menu is not None:
            return
        found = any_menu(instance, seconds=self._left(), stop=self._stopped)
        if found.status is Status.INFEASIBLE:
            raise InfeasibleError
        if found.menu is None:
            raise NoPlanError(
                "No menu was found in the time there was; that does not prove there is none.",
                hint="Give it more: --effort thorough, or a larger --seconds.",
            )
        best.accept(found.menu)

    def _improve(self, goal: str) -> None:
        """Windows of the plan, then rounds over the whole, until the goal is proven or the effort is spent.

        Certificates of single days cost more than the relaxation, and only matter where the rounds
        leave a magnesium shortfall.
        """
        effort = self.budget.enjoyment if goal == ENJOYMENT.name else self.budget.nutrition
        if goal != ENJOYMENT.name:  # most often a sweep is all it takes
            self._sweep(goal, range(self.instance.days), effort.sweeps, self._stopped)
        if self._best.is_proven(goal) or self._stopped():
            return
        relaxation = self._relax(goal) if effort.rounds else None
        if relaxation is not None:
            self._windows(goal, relaxation, effort)
            self._rounds(goal, relaxation, effort)
        if goal == MAGNESIUM.name and not self._best.is_proven(goal) and not self._stopped():
            self._certify(goal)

    def _windows(self, goal: str, relaxation: Relaxation, effort: Effort) -> None:
        def dear() -> set[int]:
            of_points = goal == ENJOYMENT.name
            return dear_days(self.instance, self._best.menu or {}) if of_points else set()

        for window in windows(self.instance.days, effort.windows, dear, self._draw):
            if self._stopped() or self._best.is_proven(goal):
                return
            self._window(goal, window, relaxation, effort)

    def _rounds(self, goal: str, relaxation: Relaxation, effort: Effort) -> None:
        """No more than a week is solved as a whole."""
        for number in range(effort.rounds if self.instance.days <= WEEK else 0):
            if self._stopped() or self._best.is_proven(goal):
                return
            self._round(goal, relaxation, effort, self.budget.shortlist + 2 * number)

    def _round(self, goal: str, relaxation: Relaxation, effort: Effort, size: int) -> None:
        """HiGHS over a shortlist of the plan, `size` dishes a slot of a week; neighbourhoods beside it.

        The neighbourhoods are cut short only when HiGHS proves its menu optimal, and then that menu is
        taken; so what comes of a round does not depend on which of the two is faster. Where that may be,
        they end with HiGHS.
        """
        free = self.instance.open_slots
        if not free:
            return
        menu = dict(self._best.menu or {})
        size = round(size * math.sqrt(WEEK / self.instance.days))
        short = shortlist(self.instance, free, menu, relaxation, size, self._draw)
        model = self._model(goal, free, offer=short.offer)
        outside = short.narrow(model, menu)
        with ThreadPoolExecutor(1) as beside:
            exact = beside.submit(self._highs, model, effort.nodes)
            self._sweep(
                goal,
                range(self.instance.days),
                effort.sweeps,
                lambda: exact.done() and (self._fast or self._settles(exact.result(), goal)),
            )
            outcome = exact.result()
        if outcome.values is not None:
            self._take(model.decode(outcome.values), goal, even=self._settles(outcome, goal))
        if outcome.bound is not None:
            # A menu that beats the shortlist's bound serves something that is not on it.
            inside = rounded_up(outcome.bound)
            bound = inside if outside is None else min(inside, outside)
            self._best.prove(goal, bound)
        self._best.tell(goal)

    def _settles(self, outcome: Outcome, goal: str) -> bool:
        """Whether this outcome brings a menu that is proven optimal for the whole plan."""
        return outcome.objective is not None and outcome.objective <= self._best.bounds[goal] + 1e-6

    def _window(
        self, goal: str, days: Sequence[int], relaxation: Relaxation, effort: Effort
    ) -> None:
        """HiGHS over some days of a plan, the others as they are. A menu that is as good is taken, too:
        the next window starts elsewhere then."""
        free = [slot for slot in self.instance.open_slots if slot.day in days]
        if not free:
            return
        menu = self._best.menu or {}
        size = int((self.budget.shortlist - _NARROWER) * math.sqrt(WEEK / len(days)))
        short = shortlist(self.instance, free, menu, relaxation, size, self._draw)
        model = self._model(goal, free, offer=short.offer)
        short.narrow(model, menu)
        outcome = self._highs(model, effort.nodes)
        if outcome.values is not None:
            self._take(model.decode(outcome.values), goal, even=True)
        self._best.tell(goal)

    def _highs(self, model: MenuModel, nodes: int) -> Outcome:
        return mathopt.solve(
            model.model,
            "HiGHS",
            nodes=nodes,
            seconds=self._left(),
            seed=self.seed,
            stop=self._stopped,
        )

    def _sweep(
        self, goal: str, window: Sequence[int], sweeps: int, settled: Callable[[], bool]
    ) -> None:
        """Neighbourhoods of the window one after the other, each over a few dishes drawn anew."""
        for _ in range(sweeps):
            for free in filter(None, self._neighbourhoods(window)):
                if self._stopped() or self._best.is_proven(goal) or settled():
                    return
                offer = any_dishes(
                    self.instance, free, self._best.menu or {}, self.budget.offered, self._draw
                )
                model = self._model(goal, free, offer=offer)
                outcome = cpsat.solve(
                    model.model,
                    cpsat.Limits(self.budget.neighbourhood, self._left(), 1, self.seed),
                    hint=model.encode(self._best.menu or {}),
                    stop=lambda: self._stopped() or settled(),
                )
                if outcome.values is not None:
                    self._take(model.decode(outcome.values), goal)
                self._best.tell(goal)

    def _model(self, goal: str, free: list[Slot], *, offer: Offer | None = None) -> MenuModel:
        """The model that improves `goal` over the `free` slots and holds the goals before it."""
        held = self._best.held(goal)
        model = build(self.instance, free, self._best.menu or {}, goals=(*held, goal), offer=offer)
        for name, value in held.items():
            model.hold(name, value)
        model.model.minimise(model.goals[goal])
        return model

    def _relax(self, goal: str) -> Relaxation | None:
        """A bound on the goal for the whole plan, and what each dish would cost beyond it."""
        relaxation = relax(
            self.instance, goal, self._best.held(goal), seconds=self._left(), stop=self._stopped
        )
        if relaxation is not None:
            self._best.prove(goal, relaxation.bound)
            self._best.tell(goal)
        return relaxation

    def _certify(self, goal: str) -> None:
        """What single days can bring at best, proven by two engines: a supplement may hang on it."""
        certificates = certify(self.instance, stop=self._stopped)
        n = self.instance.nutrient("magnesium_mg")
        floor = self.instance.target(n).floor or 0
        bound = sum(day.shortfall_mg(Decimal(floor)) for day in certificates or [])
        self._best.certify(certificates)
        self._best.prove(goal, float(bound * self.instance.scale[n]))
        self._best.tell(goal)

    def _take(self, menu: Menu, goal: str, *, even: bool = False) -> None:
        """Accept a menu that is better in `goal` (or as good, with `even`), no worse in the goals
        before, and within the rules."""
        found = values(self.instance, menu)
        if found[goal] > self._best.values[goal] or (
            found[goal] == self._best.values[goal] and not even
        ):
            return
        no_worse = all(found[held] <= value for held, value in self._best.held(goal).items())
        if no_worse and follows(self.instance, menu):
            self._best.accept(menu, goal)

    def _neighbourhoods(self, window: Sequence[int]) -> Iterator[list[Slot]]:
        """Single days, then a meal over all days of the window; what is open of them."""
        free = [slot for slot in self.instance.open_slots if slot.day in window]
        for day in window:
            yield [slot for slot in free if slot.day == day]
        if len(window) > 1:
            for meal in range(self.instance.meals):
                yield [slot for slot in free if slot.meal == meal]

    def _elapsed_s(self) -> float:
        return self._clock() - self._begin

    def _left(self) -> float | None:
        return None if self._seconds is None else max(0.01, self._seconds - self._elapsed_s())

    def _stopped(self) -> bool:
        out_of_time = self._seconds is not None and self._elapsed_s() >= self._seconds
        return out_of_time or self._best.closed
