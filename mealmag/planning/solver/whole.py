"""All days at once, where only a menu or a proof is asked: each engine over what is not ruled out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from mealmag.planning.instance import Instance, Menu, Slot
from mealmag.planning.linear import LinearModel
from mealmag.planning.menu import MenuModel
from mealmag.planning.rules import HARD, build, follows
from mealmag.planning.solver import cpsat, mathopt
from mealmag.planning.solver.guided import TRIES, guided_menu
from mealmag.planning.solver.outcome import Outcome, Status
from mealmag.planning.solver.ruled_out import RuledOut, ruled_out

_DAY_WORK, _WHOLE_WORK = 5.0, 60.0
_NODES = 1_000
# Up to so many open variables HiGHS is done with all days in a second, and in less time than CP-SAT takes.
# With more its first node alone may take minutes.
FEW, MANY = 4_000, 25_000


@dataclass(frozen=True, slots=True)
class Feasibility:
    """A menu, or a proof that there is none (`rules`: those whose rows it uses), or neither."""

    status: Status
    menu: Menu | None = None
    rules: frozenset[str] = frozenset()

    @property
    def is_proof(self) -> bool:
        """Whether there is no menu."""
        return self.status is Status.INFEASIBLE


UNKNOWN = Feasibility(Status.UNKNOWN)
NONE = Feasibility(Status.INFEASIBLE, rules=frozenset(HARD))


@dataclass
class Whole:
    """Asks for menus that follow the hard rules but those `relaxed`; `seconds` is for each solve.

    No answer hangs on the clock unless `seconds` are given; at a stop nothing is known.
    """

    instance: Instance
    relaxed: frozenset[str] = frozenset()
    seconds: float | None = None
    stop: Callable[[], bool] = field(default=lambda: False)

    @cached_property
    def out(self) -> RuledOut:
        """What no such menu can have."""
        return ruled_out(self.instance, relaxed=self.relaxed, seconds=self.seconds, stop=self.stop)

    def by_highs(self, most: int, *, more_than: int = 0) -> Feasibility:
        """By HiGHS, if no more than so many variables are open, and not so few that it was asked before."""
        if self.out.hopeless:
            return NONE
        edge = self._model(outward=True)
        if not more_than < self.out.close(edge) <= most:
            return UNKNOWN
        found = self._highs(edge)
        if found.values is None:
            return NONE if found.status is Status.INFEASIBLE else UNKNOWN
        menu = self._menu(edge, found)
        if menu is None:  # at the very edge of a band, where rounding against us leaves it out
            strict = self._model(outward=False)
            self.out.close(strict)
            menu = self._menu(strict, self._highs(strict))
        return UNKNOWN if menu is None else Feasibility(Status.FEASIBLE, menu)

    def guided(self, tries: int = TRIES) -> Feasibility:
        """By HiGHS over the dishes that the relaxation leans on; never a proof."""
        menu = guided_menu(
            self.instance,
            relaxed=self.relaxed,
            out=self.out,
            seconds=self.seconds,
            stop=self.stop,
            tries=tries,
        )
        return UNKNOWN if menu is None else Feasibility(Status.FEASIBLE, menu)

    def days(self) -> Feasibility:
        """A proof that there is no day of some kind, or nothing."""
        if self.out.hopeless:
            return NONE
        for days in self.instance.day_kinds():
            free = [Slot(days[0], meal) for meal in range(self.instance.meals)]
            alone = build(self.instance, free, {}, goals=(), relaxed=self.relaxed, outward=True)
            self.out.close(alone)
            if self._cp_sat(alone.model, _DAY_WORK, workers=1).status is Status.INFEASIBLE:
                return NONE
        return UNKNOWN

    def by_cp_sat(self) -> Feasibility:
        """By CP-SAT, with the most effort."""
        strict = self._model(outward=False)
        self.out.close(strict)
        found = self._cp_sat(strict.model, _WHOLE_WORK)
        if found.values is not None:
            return Feasibility(Status.FEASIBLE, strict.decode(found.values))
        if found.status is Status.INFEASIBLE:
            # Rounded against us; the proof must hold for menus at the very edge of the band, too.
            edge = self._model(outward=True)
            self.out.close(edge)
            if self._cp_sat(edge.model, _WHOLE_WORK).status is Status.INFEASIBLE:
                return NONE
        return UNKNOWN

    def _model(self, *, outward: bool) -> MenuModel:
        slots = self.instance.slots
        return build(self.instance, slots, {}, goals=(), relaxed=self.relaxed, outward=outward)

    def _menu(self, model: MenuModel, found: Outcome) -> Menu | None:
        if found.values is None:
            return None
        menu = model.decode(found.values)
        return menu if follows(self.instance, menu, relaxed=self.relaxed) else None

    def _highs(self, model: MenuModel) -> Outcome:
        seed = self.instance.problem.seed
        return mathopt.solve(
            model.model, "HiGHS", nodes=_NODES, seconds=self.seconds, seed=seed, stop=self.stop
        )

    def _cp_sat(self, model: LinearModel, work: float, workers: int = 8) -> Outcome:
        problem = self.instance.problem
        free = workers > 1 and problem.fast
        limits = cpsat.Limits(work, self.seconds, workers=workers, seed=problem.seed, free=free)
        return cpsat.solve(model, limits, stop=self.stop)
