"""From a problem to a menu with a bound on every goal.

A start by annealing. Then, goal after goal, each held while the next is improved: the folded relaxation
gives the bound and says which dishes are worth a look. HiGHS looks for something better in a few days of the
plan at a time, in more and more of them, and meanwhile for a week at the bound: its dishes first, then on
which day each comes.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from threading import Event
from time import monotonic
from types import MappingProxyType

from mealmag.errors import NoPlanError
from mealmag.planning.instance import Instance, Menu, Pick, Slot
from mealmag.planning.problem import PlanningProblem
from mealmag.planning.rulebook import ENJOYMENT, MAGNESIUM
from mealmag.planning.rules import build, follows, goals_of, values
from mealmag.planning.solver import cpsat, even_weeks, few_days, many_days, mathopt
from mealmag.planning.solver.certificate import certify
from mealmag.planning.solver.feasibility import any_menu
from mealmag.planning.solver.incumbent import Incumbent
from mealmag.planning.solver.lanes import Lane, Lanes, Taken, following, take
from mealmag.planning.solver.looks import Look, Looker
from mealmag.planning.solver.memory import collected_lightly, one_heap
from mealmag.planning.solver.outcome import Outcome, Status
from mealmag.planning.solver.relaxation import Relaxation, relax
from mealmag.planning.solver.report import (
    BUDGETS,
    Effort,
    Found,
    InfeasibleError,
    Progress,
)
from mealmag.planning.solver.shortlist import any_dishes
from mealmag.planning.solver.watch import unless_stopped
from mealmag.planning.solver.windows import FEW, WEEK, neighbourhoods
from mealmag.planning.start import anneal

_SOON = 1_000  # moves of the first annealing, for each week


class Search:
    """One search; `run` may be called once. Safe to run in a thread: it shares nothing.

    `locked` slots keep their pick. Where a menu is known that is `near` the best, as of the same day with
    one food more, the search begins with that, and draws none. What another instance has worked out `before`
    need not be worked out anew.
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
        near: Mapping[Slot, Pick] = MappingProxyType({}),
        before: Instance | None = None,
    ) -> None:
        one_heap()
        self._clock = clock
        self._begin = clock()
        self._seconds = seconds
        self.instance = Instance(problem, locked, before=before)
        self._near = near
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
            with collected_lightly():
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
        self._even_weeks()
        return True

    def _even_weeks(self) -> None:
        """Days in an order in which each week has its share, where there are several weeks."""
        evened = even_weeks.evened(self.instance, self._menu, stop=self._stopped)
        if evened != self._menu:
            self._best.accept(evened, ENJOYMENT.name)

    def _start(self) -> None:
        """The best of some annealed menus that follow the rules, else any that does. The first is there
        soon, so that there is something to see."""
        instance, best = self.instance, self._best
        if self._begin_near():
            return
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

    def _begin_near(self) -> bool:
        """Whether the menu that is near, with what is locked, follows the rules; then it is the first."""
        open_slots = self.instance.open_slots
        if not self._near or any(slot not in self._near for slot in open_slots):
            return False
        kept = {slot: self._near[slot] for slot in open_slots}
        menu = self.instance.whole({**kept, **self.instance.locked})
        if not follows(self.instance, menu):
            return False
        self._best.accept(menu)
        return True

    def _improve(self, goal: str) -> None:
        """Looks at the plan, until the goal is proven or the effort is spent.

        Certificates of single days cost more than the relaxation, and only matter where a magnesium
        shortfall is left.
        """
        effort = self.budget.enjoyment if goal == ENJOYMENT.name else self.budget.nutrition
        self._sweep(goal, effort.sweeps)  # most often all it takes for the goals before the last
        if self._is_done(goal):
            return
        relaxation = self._relax(goal) if effort.pairs else None
        if relaxation is not None:
            # Drawn anew for each goal: how many a look that was ended drew hangs on the clock.
            draw = random.Random(f"{self.seed} {goal}")
            looker = Looker(self.instance, goal, self._best.held(goal), relaxation, draw)
            looks = few_days.looks if self.instance.days <= FEW else many_days.looks
            self._look(goal, looks(looker, self._best, self.budget.shortlist, effort), effort)
        if goal == MAGNESIUM.name and not self._best.is_proven(goal) and not self._stopped():
            self._certify(goal)

    def _look(self, goal: str, groups: Lanes, effort: Effort) -> None:
        """Group after group of looks, until the goal is proven or there is none left."""
        lanes = None if self._is_done(goal) else next(groups, None)
        while lanes is not None:
            taken = self._take_from(lanes, goal, effort)
            lanes = None if self._is_done(goal) else following(groups, taken)

    def _take_from(self, lanes: Sequence[Lane], goal: str, effort: Effort) -> list[list[Taken]]:
        """What comes of looks that are taken at the same time. The best menu is accepted, and then what the
        others change in it where that is better still. A fast search waits for none but the first that
        finds something."""
        before = self._menu
        found_any = Event()

        def solve(look: Look, ended: Callable[[], bool]) -> Outcome:
            outcome = mathopt.solve(
                look.model.model,
                "HiGHS",
                parts=look.parts,
                nodes=look.nodes or effort.nodes,
                seconds=self._left(),
                seed=self.seed + look.seed,
                stop=lambda: ended() or (self._fast and found_any.is_set()),
            )
            menu = look.menu(outcome)
            if menu is not None:
                found_any.set()
                if len(lanes) > 1:  # the other may take long
                    self._best.show(menu, goal)
            return outcome

        def is_best(look: Look, outcome: Outcome) -> bool:
            menu = look.menu(outcome)
            return menu is not None and self._best.would_prove(menu, goal)

        taken = take(lanes, solve, is_best, self._stopped)
        found = [
            (outcome.objective, place, menu)
            for place, (look, outcome) in enumerate(chain.from_iterable(taken))
            if (menu := look.menu(outcome)) is not None and outcome.objective is not None
        ]
        for _, _, menu in sorted(found, key=lambda each: each[:2]):
            changed = {slot: pick for slot, pick in menu.items() if pick != before[slot]}
            self._best.improve(self._menu | changed, goal)
        for look, outcome in chain.from_iterable(taken):
            if look.whole and not self._stopped():
                self._best.prove(goal, look.proven(outcome))
        self._best.tell(goal)
        return taken

    @property
    def _menu(self) -> Menu:
        """The best menu so far."""
        return self._best.menu or {}

    def _is_done(self, goal: str) -> bool:
        return self._stopped() or self._best.is_proven(goal)

    def _sweep(self, goal: str, sweeps: int) -> None:
        """Neighbourhoods of the plan one after the other, each over a few dishes drawn anew."""
        for _ in range(sweeps):
            for free in filter(None, neighbourhoods(self.instance)):
                if self._is_done(goal):
                    return
                menu, held = self._menu, self._best.held(goal)
                offer = any_dishes(self.instance, free, menu, self.budget.offered, self._draw)
                model = build(self.instance, free, menu, goals=(*held, goal), offer=offer)
                model.pursue(goal, held)
                outcome = cpsat.solve(
                    model.model,
                    cpsat.Limits(self.budget.neighbourhood, self._left(), 1, self.seed),
                    hint=model.encode(menu),
                    stop=self._stopped,
                )
                if outcome.values is not None:
                    self._best.improve(model.decode(outcome.values), goal)
                self._best.tell(goal)

    def _relax(self, goal: str) -> Relaxation | None:
        """A bound on the goal for the whole plan, and what each dish would cost beyond it."""
        relaxation = relax(
            self.instance,
            goal,
            self._best.held(goal),
            menu=self._menu,
            seconds=self._left(),
            stop=self._stopped,
        )
        if relaxation is not None:
            self._best.prove(goal, relaxation.bound)
            self._best.tell(goal)
        return relaxation

    def _certify(self, goal: str) -> None:
        """What single days can bring at best, proven by two engines: a supplement may hang on it. The best
        day is taken wherever it fits with the others."""
        certificates = certify(self.instance, self._best.menu, stop=self._stopped)
        for certificate in certificates or []:
            for day in certificate.days:
                moved = {Slot(day, slot.meal): pick for slot, pick in certificate.best.items()}
                menu = self._menu
                self._best.improve(self.instance.whole(menu | moved), MAGNESIUM.name)
        n = self.instance.nutrient("magnesium_mg")
        floor = self.instance.target(n).floor or 0
        bound = sum(day.shortfall_mg(Decimal(floor)) for day in certificates or [])
        self._best.certify(certificates)
        self._best.prove(goal, float(bound * self.instance.scale[n]))
        self._best.tell(goal)

    def _elapsed_s(self) -> float:
        return self._clock() - self._begin

    def _left(self) -> float | None:
        return None if self._seconds is None else max(0.01, self._seconds - self._elapsed_s())

    def _stopped(self) -> bool:
        out_of_time = self._seconds is not None and self._elapsed_s() >= self._seconds
        return out_of_time or self._best.closed
