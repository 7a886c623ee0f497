"""Why there is no plan: the demands that collide, none of them to spare, and the cheapest ways out."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import ImpossibleError, MealmagError, WayOut
from mealmag.planning.plan import Plan
from mealmag.planning.problem import PlanningProblem
from mealmag.planning.rules import HARD
from mealmag.planning.solver.watch import unless_stopped
from mealmag.services.catalogue import Catalogue
from mealmag.services.demands import Case, Demand, Gentler, demands
from mealmag.services.problem import planning_problem
from mealmag.services.target import TargetReport, target_report
from mealmag.storage.profile import Profile

if TYPE_CHECKING:
    from mealmag.planning.instance import Instance

_MOST_WAYS, _MOST_CONFLICTS = 4, 3

Stop = Callable[[], bool]


class WhyNot:
    """Explains one impossible request. `make_plan` plans and checks a profile with little effort."""

    def __init__(
        self,
        profile: Profile,
        catalogue: Catalogue,
        tables: ReferenceTables,
        *,
        start: date,
        days: int,
        make_plan: Callable[[Profile], Plan],
        stop: Stop = lambda: False,
    ) -> None:
        self._profile = profile
        self._catalogue = catalogue
        self._tables = tables
        self._start, self._days = start, days
        self._make_plan = make_plan
        self._stop = stop

    def error(self, found: ImpossibleError) -> ImpossibleError:
        """The error to raise for `found`: what collides, in the user's words, and what would do instead.

        `found` itself where it is not a matter of what is demanded. A stop ends it at once, with what is
        known by then; a set of demands that could still shrink is not told.
        """
        self._known = ImpossibleError(
            f"{found.message} Which of them collide was not looked for to the end.",
            hint="Let it run, and it names them.",
        )
        return unless_stopped(self._stop, lambda: self._explained(found)) or self._known

    def _explained(self, found: ImpossibleError) -> ImpossibleError:
        from mealmag.planning.solver.conflict import minimal

        everything = demands(self._profile, self._energy())

        def collide(some: list[Demand]) -> list[Demand] | None:
            return self._collide(everything, some)

        conflicts = [minimal(everything, collide, self._stop)]
        if self._stop():
            return self._known
        if not conflicts[0]:
            return found
        self._known = _error(found, conflicts, [], "What would do was not looked for to the end.")
        ways: list[WayOut] = []
        for way in self._ways(conflicts[0]):
            ways.append(way)
            self._known = _error(found, conflicts, list(ways))
        while not ways and len(conflicts) < _MOST_CONFLICTS and not self._stop():
            named = [demand for conflict in conflicts for demand in conflict]
            rest = collide([demand for demand in everything if demand not in named])
            if not rest:
                break
            conflicts.append(minimal(rest, collide, self._stop))
        return self._known if self._stop() else _error(found, conflicts, ways)

    def _energy(self) -> str:
        target = self._need(self._profile).targets["energy_kcal"]
        return f"{target.floor or 0:,.0f} to {target.ceiling or 0:,.0f} kcal"

    def _need(self, profile: Profile) -> TargetReport:
        return target_report(
            profile.person,
            profile.reference.set,
            self._tables,
            profile.limits,
            self._catalogue.told,
        )

    def _problem(self, case: Case) -> PlanningProblem:
        return planning_problem(
            case.profile,
            self._need(case.profile),
            self._catalogue,
            start=self._start,
            days=self._days,
            relaxed=case.relaxed,
        )

    def _collide(self, everything: Sequence[Demand], some: Sequence[Demand]) -> list[Demand] | None:
        """Those of `some` that are enough for a collision; None where there is a menu, or no proof."""
        from mealmag.planning.solver.feasibility import brief_look
        from mealmag.planning.solver.outcome import Status

        case = Case(self._profile)
        for demand in everything:
            if demand not in some:
                case = demand.without(case)
        instance = self._instance(case)
        if instance is None:  # a meal has no dish left: a matter of the filters alone
            return [demand for demand in some if demand.rule not in HARD]
        found = brief_look(instance, relaxed=case.relaxed, stop=self._stop)
        if found.status is not Status.INFEASIBLE:
            return None
        return [demand for demand in some if demand.rule not in HARD or demand.rule in found.rules]

    def _instance(self, case: Case) -> "Instance | None":
        from mealmag.planning.instance import Instance

        try:
            return Instance(self._problem(case))
        except ImpossibleError:
            return None

    def _is_out(self, step: Gentler) -> bool:
        """Whether it is proven that this step leaves no menu."""
        from mealmag.planning.solver.feasibility import no_menu
        from mealmag.planning.solver.outcome import Status

        instance = self._instance(Case(step.profile))
        return instance is None or no_menu(instance, stop=self._stop).status is Status.INFEASIBLE

    def _leaves_a_menu(self, step: Gentler) -> bool:
        from mealmag.planning.solver.feasibility import likely_menu

        instance = self._instance(Case(step.profile))
        return instance is not None and likely_menu(instance, stop=self._stop) is not None

    def _ways(self, colliding: Sequence[Demand]) -> Iterator[WayOut]:
        """For each colliding demand the gentlest change of it alone that leaves a plan, planned."""
        told = 0
        for demand in reversed(colliding):
            step = None if told == _MOST_WAYS or self._stop() else self._first_step(demand.ladder)
            if step is None:
                continue
            try:
                plan = self._make_plan(step.profile)
            except MealmagError:
                continue
            told += 1
            yield WayOut(step.change, step.option, _gives(plan))

    def _first_step(self, ladder: Sequence[Gentler]) -> Gentler | None:
        """A step of the ladder that leaves a menu, the first that a brief look finds; or None.

        Halving finds where the proofs of impossibility end; above that, steps that grow are looked at.
        """
        if not ladder or self._is_out(ladder[-1]):
            return None
        low, high = 0, len(ladder) - 1
        while low < high:
            middle = (low + high) // 2
            if self._is_out(ladder[middle]):
                low = middle + 1
            else:
                high = middle
        ahead = 0
        while not self._stop():
            step = ladder[min(low + ahead, len(ladder) - 1)]
            if self._leaves_a_menu(step):
                return step
            if step is ladder[-1]:
                break
            ahead = 2 * ahead + 1
        return None


def _error(
    found: ImpossibleError,
    conflicts: Sequence[Sequence[Demand]],
    ways: Sequence[WayOut],
    hint: str = "",
) -> ImpossibleError:
    rules = [demand.rule for conflict in conflicts for demand in conflict]
    return ImpossibleError(
        f"{found.message} None can follow " + "; nor ".join(map(_told, conflicts)) + ".",
        rules=list(dict.fromkeys(rules)),
        ways=ways,
        hint=hint or _hint(conflicts, ways),
    )


def _gives(plan: Plan) -> str:
    """What a plan reaches, in a few words."""
    gaps = [day.magnesium.gap_mg for day in plan.days]
    short = sum(gap > 0 for gap in gaps)
    if short:
        magnesium = f"magnesium short on {short} of {len(gaps)} days, by {max(gaps):.0f} mg at most"
    else:
        magnesium = "magnesium reached every day" if len(gaps) > 1 else "magnesium reached"
    other = next(goal.value for goal in plan.goals if goal.name == "other_nutrients")
    rest = "all other nutrients too" if not other else f"other nutrients {other:.0f} % off in sum"
    return f"{magnesium}, {rest}"


def _told(conflict: Sequence[Demand]) -> str:
    sentences = "; ".join(f"{demand.rule} ({demand.sentence})" for demand in conflict)
    which = "this, whatever the rest" if len(conflict) == 1 else "these together"
    return f"{which}: {sentences}"


def _hint(conflicts: Sequence[Sequence[Demand]], ways: Sequence[WayOut]) -> str:
    if len(ways) == 1:
        return "This alone leaves a plan; it was made and checked."
    if ways:
        return "Each of these alone leaves a plan; it was made and checked."
    if any(not any(demand.ladder for demand in conflict) for conflict in conflicts):
        return "Not ours to loosen: what a body needs, an allergen, a limit, or what a life stage rules out."
    return "No change to one of them is enough; loosen two, or leave one out."
