"""Plan some days for a person: the use case behind `mealmag plan` and the Week screen."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import ImpossibleError, NoPlanError, UsageError
from mealmag.nutrition.supplement import RuleCost
from mealmag.planning.fixed_clash import fixed_clash
from mealmag.planning.instance import Instance, Menu, Slot
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort, Otherwise, PlanningProblem
from mealmag.planning.reread import menu_of
from mealmag.planning.solver.watch import unless_stopped
from mealmag.services.catalogue import Catalogue, Sources, load_catalogue
from mealmag.services.finish import finished
from mealmag.services.margin import with_aim
from mealmag.services.plan_progress import InUnits, PlanProgress
from mealmag.services.problem import (
    planning_problem,
    refuse_kidneys_without_limits,
    unserved_groups,
)
from mealmag.services.rule_costs import rule_costs
from mealmag.services.target import TargetReport, target_report
from mealmag.services.why_not import WhyNot
from mealmag.storage.profile import Profile

if TYPE_CHECKING:
    from mealmag.planning.solver.report import Found
    from mealmag.planning.solver.search import Search

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What to plan. `seconds` is a wall-clock limit, and gives up reproducibility where it strikes; `fast`
    gives it up altogether.

    The locked meals of the plan `keep`, which must be of the same days, stay as they are. `otherwise` are
    plans to differ from. `floor_kcal` is the energy floor of a day that has begun (`begun_day`), in place of
    the whole one.
    """

    profile: Profile
    start: date
    days: int = 7
    seed: int = 1
    effort: Effort = Effort.NORMAL
    fast: bool = False
    seconds: float | None = None
    sources: Sources = field(default_factory=Sources)
    keep: Plan | None = None
    otherwise: tuple[Otherwise, ...] = ()
    floor_kcal: Decimal | None = None


def plan_week(
    request: PlanRequest,
    *,
    on_progress: Callable[[PlanProgress], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = monotonic,
) -> Plan:
    """A checked plan.

    Raises InputError (data), UsageError (request), ImpossibleError (rules collide, by name), NoPlanError
    (stopped before the first plan), PlanCheckError (a fault of ours). Runs long: call it in a thread.
    """
    began = clock()
    catalogue = _unless_stopped(
        stop, lambda: load_catalogue(request.sources, request.profile.reference.figures)
    )
    tables = ReferenceTables()
    refuse_kidneys_without_limits(request.profile, tables)
    try:
        return planned(request, catalogue, tables, on_progress, stop, clock)
    except ImpossibleError as error:
        if request.keep is not None:
            raise ImpossibleError(
                f"{error.message} Not with the meals that are locked.", hint="Unlock some of them."
            ) from None
        on_progress(PlanProgress(clock() - began, "", "", None, None, explaining=True))
        why_not = WhyNot(
            without_aim(request.profile),
            catalogue,
            tables,
            start=request.start,
            days=request.days,
            make_plan=lambda profile, menu: _plan_from(
                menu, replace(request, profile=profile), catalogue, tables, stop
            ),
            stop=stop,
            floor_kcal=request.floor_kcal,
        )
        raise why_not.error(error) from None


def without_aim(profile: Profile) -> Profile:
    """The profile without a margin or a chance: neither makes a plan impossible."""
    plan = profile.plan.model_copy(update={"margin_mg": 0, "sure_percent": None})
    return profile.model_copy(update={"plan": plan})


def planned(
    request: PlanRequest,
    catalogue: Catalogue,
    tables: ReferenceTables,
    on_progress: Callable[[PlanProgress], None],
    stop: Callable[[], bool],
    clock: Callable[[], float],
) -> Plan:
    """A checked plan; ImpossibleError, without an explanation, where there is none.

    Where a margin or a chance is asked for, the plan without is made first, and is kept if it will do.
    """
    began = clock()
    asked = request.profile.plan
    base = _searched(request, catalogue, tables, Decimal(0), on_progress, stop, clock)
    if asked.margin_mg == 0 and asked.sure_percent is None:
        return base.plan()

    def with_margin(margin_mg: Decimal) -> Searched | None:
        gone = clock() - began
        if stop() or (request.seconds is not None and gone >= request.seconds):
            return None
        left = None if request.seconds is None else request.seconds - gone
        try:
            return _searched(
                request,
                catalogue,
                tables,
                margin_mg,
                lambda told: on_progress(replace(told, elapsed_s=gone + told.elapsed_s)),
                stop,
                clock,
                seconds=left,
                costs=base.costs,
            )
        except NoPlanError:
            return None

    return with_aim(base, with_margin)


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search found, and all that a plan is finished with."""

    request: PlanRequest
    catalogue: Catalogue
    tables: ReferenceTables
    need: TargetReport
    problem: PlanningProblem
    found: "Found"
    locked: Collection[Slot]
    costs: Sequence[RuleCost]

    def plan(self, without_margin: Mapping[str, float] | None = None) -> Plan:
        """The checked plan."""
        return finished(
            self.request,
            self.catalogue,
            self.tables,
            self.need,
            self.problem,
            self.found,
            locked=self.locked,
            why_not_food=self.costs,
            without_margin=without_margin,
        )


def _searched(
    request: PlanRequest,
    catalogue: Catalogue,
    tables: ReferenceTables,
    margin_mg: Decimal,
    on_progress: Callable[[PlanProgress], None],
    stop: Callable[[], bool],
    clock: Callable[[], float],
    *,
    seconds: float | None = None,
    costs: Sequence[RuleCost] | None = None,
) -> Searched:
    """One search; `seconds` in place of the request's. What demands cost is looked for where a gap is
    certified, unless `costs` are known."""
    profile = request.profile
    need = target_report(
        profile.person, profile.reference.set, tables, profile.limits, catalogue.told
    )
    timed = request if seconds is None else replace(request, seconds=seconds)
    search = _unless_stopped(
        stop, lambda: _search(timed, need, catalogue, margin_mg, on_progress, stop, clock)
    )
    from mealmag.planning.solver.report import InfeasibleError

    try:
        found = search.run()
    except InfeasibleError:
        raise ImpossibleError("The cookbook holds no such menu.") from None
    certified = sum(
        (day.shortfall_mg(need.magnesium.target_mg) for day in found.certificates or ()),
        Decimal(0),
    )
    if costs is None and certified:
        costs = unless_stopped(
            stop,
            lambda: rule_costs(
                profile,
                catalogue,
                tables,
                start=request.start,
                days=request.days,
                shortfall_mg=certified / request.days,
                stop=stop,
                floor_kcal=request.floor_kcal,
            ),
        )
        found.cut_short = found.cut_short or costs is None
    return Searched(
        request,
        catalogue,
        tables,
        need,
        search.instance.problem,
        found,
        search.instance.locked,
        costs or (),
    )


def _plan_from(
    menu: Menu,
    request: PlanRequest,
    catalogue: Catalogue,
    tables: ReferenceTables,
    stop: Callable[[], bool],
) -> Plan:
    """A checked plan from a menu that follows the rules of the request, made better in a second or two."""
    from mealmag.planning.solver.report import unproven
    from mealmag.planning.solver.soon import better_menu

    profile = request.profile
    need = target_report(
        profile.person, profile.reference.set, tables, profile.limits, catalogue.told
    )
    problem = planning_problem(
        profile,
        need,
        catalogue,
        start=request.start,
        days=request.days,
        seed=request.seed,
        floor_kcal=request.floor_kcal,
    )
    instance = Instance(problem)
    found = unproven(instance, better_menu(instance, menu, stop=stop))
    return finished(request, catalogue, tables, need, problem, found)


def _locked(request: PlanRequest, problem: PlanningProblem) -> Menu:
    """The picks that stay. UsageError where the plan that is kept is of other days or meals, or holds
    what this profile may not be served."""
    plan = request.keep
    if plan is None:
        return {}
    days = tuple(day.date for day in plan.days)
    if days != problem.days or tuple(plan.rules.meals) != problem.meals:
        raise UsageError("The plan with the locked meals is of other days or meals.")
    menu = menu_of(plan, problem)
    locked = {}
    for d, day in enumerate(plan.days):
        for m, meal in enumerate(day.meals):
            if not meal.locked:
                continue
            if Slot(d, m) not in menu:
                raise UsageError(
                    f"{day.date:%A} {meal.meal} is locked, but {meal.name} as it stands is not "
                    "within the rules any more.",
                    hint="Unlock it.",
                )
            locked[Slot(d, m)] = menu[Slot(d, m)]
    return locked


def _search(
    request: PlanRequest,
    need: TargetReport,
    catalogue: Catalogue,
    margin_mg: Decimal,
    on_progress: Callable[[PlanProgress], None],
    stop: Callable[[], bool],
    clock: Callable[[], float],
) -> "Search":
    """The search that answers the request, ready to run. ImpossibleError where a group is asked for of
    which nothing may be served: so few days as ask for none of it would hide it; and where named dishes are
    too near each other, which a search is long to prove."""
    # OR-Tools takes a third of a second to import; everything above works without it.
    from mealmag.planning.solver.search import Search

    problem = planning_problem(
        request.profile,
        need,
        catalogue,
        start=request.start,
        days=request.days,
        seed=request.seed,
        effort=request.effort,
        fast=request.fast,
        otherwise=request.otherwise,
        margin_mg=margin_mg,
        floor_kcal=request.floor_kcal,
    )
    if unserved_groups(problem):
        raise ImpossibleError("The cookbook holds no such menu.")
    search = Search(
        problem,
        locked=_locked(request, problem),
        on_progress=InUnits(problem, catalogue, on_progress).tell,
        stop=stop,
        clock=clock,
        seconds=request.seconds,
    )
    if problem.fixed and fixed_clash(search.instance):
        raise ImpossibleError("The cookbook holds no such menu.")
    return search


def _unless_stopped(stop: Callable[[], bool], work: Callable[[], _Result]) -> _Result:
    """What `work` gives. NoPlanError at a stop: there is no plan yet that could be kept."""
    result = unless_stopped(stop, work)
    if result is None:
        raise NoPlanError("Stopped before the first plan.")
    return result
