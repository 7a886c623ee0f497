"""Plan some days for a person: the use case behind `mealmag plan` and the Week screen."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from time import monotonic
from typing import TYPE_CHECKING

from pydantic import ValidationError

from mealmag import __version__
from mealmag.catalogue.appetite import appetite
from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import InputError, PlanCheckError, UsageError, did_you_mean
from mealmag.nutrition.caffeine import ceiling_mg
from mealmag.nutrition.exclusions import excluded
from mealmag.nutrition.limits import missing_for_kidneys
from mealmag.planning import assemble
from mealmag.planning.candidates import choices, facts
from mealmag.planning.check import check
from mealmag.planning.plan import (
    MadeBy,
    Plan,
    PlanCheck,
    PlanDay,
    PlanRules,
    PlanTarget,
    SolverRecord,
)
from mealmag.planning.problem import Effort, NutrientTarget, PlanningProblem, Rules
from mealmag.services.catalogue import Catalogue, Sources, load_catalogue
from mealmag.services.cost import plan_cost
from mealmag.services.goals import daily_totals, plan_goals
from mealmag.services.supplement import supplement, with_doses
from mealmag.services.target import TargetReport, target_report
from mealmag.storage.profile import Profile

if TYPE_CHECKING:
    from mealmag.planning.solver.report import Found, Progress


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What to plan. `seconds` is a wall-clock limit, and gives up reproducibility where it strikes."""

    profile: Profile
    start: date
    days: int = 7
    seed: int = 1
    effort: Effort = Effort.NORMAL
    seconds: float | None = None
    sources: Sources = field(default_factory=Sources)


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """What a face may show while the search runs, in the goal's unit; `days` is the best plan so far."""

    elapsed_s: float
    goal: str
    unit: str
    incumbent: float | None
    bound: float | None
    days: list[PlanDay] = field(default_factory=list)


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
    figures = request.profile.reference.figures
    catalogue = load_catalogue(request.sources, figures)
    tables = ReferenceTables()
    person = request.profile.person
    limits = request.profile.limits
    refuse_kidneys_without_limits(request.profile, tables)
    need = target_report(person, request.profile.reference.set, tables, limits)
    problem = _problem(request, catalogue, need, relaxed=frozenset())
    found = _search(request, catalogue, need, problem, on_progress, stop, clock)
    days = assemble.days(problem, found.menu, catalogue.foods, catalogue.dishes)
    goals = plan_goals(problem, found, catalogue.foods)
    advice = supplement(
        {
            str(day): totals["magnesium_mg"]
            for day, totals in zip(
                problem.days, daily_totals(problem, found, catalogue.foods), strict=True
            )
        },
        goals[0],
        found.certificates,
        reference=need.magnesium,
        person=person,
        tables=tables,
    )
    days = with_doses(days, advice)
    rules = problem.rules
    plan = Plan(
        made_by=MadeBy(
            mealmag=__version__,
            foods_sha256=catalogue.foods_sha256,
            dishes_sha256=catalogue.dishes_sha256,
            solver=SolverRecord(
                engine="CP-SAT and HiGHS in OR-Tools",
                version=found.engine_version,
                seed=request.seed,
                effort=request.effort,
                seconds=request.seconds,
                complete=not found.cut_short,
            ),
        ),
        person=person.model_dump(mode="json"),
        reference_set=request.profile.reference.set,
        magnesium_figures=figures,
        targets={target.nutrient: _plan_target(target) for target in problem.targets},
        rules=PlanRules(
            diet=rules.diet,
            avoid_allergens=list(rules.avoid_allergens),
            dislikes=list(rules.dislikes),
            left_out=list(rules.left_out),
            limits=dict(limits),
            groups=dict(rules.groups),
            caffeine_mg=None if rules.caffeine_mg is None else float(rules.caffeine_mg),
            max_repeats=rules.max_repeats,
            weekday_minutes=rules.weekday_minutes,
            weekend_minutes=rules.weekend_minutes,
            budget=None if rules.budget is None else float(rules.budget),
            meals=list(problem.meals),
        ),
        days=days,
        goals=goals,
        supplement=None if advice is None else advice.document(),
        cost=plan_cost(days, catalogue.prices),
        warnings=_warnings(need, days) + list(_caffeine_warning(request.profile)),
        check=PlanCheck(ok=True, problems=[]),
    )
    problems = check(plan, catalogue.foods, catalogue.dishes, catalogue.prices)
    if problems:
        raise PlanCheckError(
            "The optimiser's plan failed the independent check, so it is not shown: "
            + "; ".join(str(violation) for violation in problems[:5]),
            hint="This is a fault of mealmag. Please report it with your profile and seed.",
        )
    return plan


def _problem(
    request: PlanRequest, catalogue: Catalogue, need: TargetReport, *, relaxed: frozenset[str]
) -> PlanningProblem:
    profile = request.profile
    refuse_unknown_dislikes(profile.diet.dislikes, catalogue)
    rules = Rules(
        diet=profile.diet.kind,
        avoid_allergens=tuple(profile.diet.avoid_allergens),
        dislikes=tuple(profile.diet.dislikes),
        left_out=excluded(profile.person),
        limits=tuple(key for key, limit in profile.limits.items() if limit.ceiling is not None),
        caffeine_mg=_caffeine(profile),
        groups=dict(profile.plan.groups),
        max_repeats=profile.plan.max_repeats,
        weekday_minutes=profile.plan.weekday_minutes,
        weekend_minutes=profile.plan.weekend_minutes,
        budget=profile.plan.budget,
    )
    if rules.budget is not None and not catalogue.prices:
        raise InputError(
            "There is a budget, but there are no prices.",
            hint="Keep them in prices.csv (food,price,per,currency); `mealmag paths` says where.",
        )
    meals = tuple(profile.plan.meals)
    targets = tuple(
        NutrientTarget.model_validate(asdict(target)) for target in need.targets.values()
    )
    energy = next(target for target in targets if target.nutrient == "energy_kcal")
    dishes = choices(
        catalogue.dishes.values(),
        catalogue.foods,
        rules,
        meals,
        relaxed=relaxed,
        needed=tuple(target.nutrient for target in targets),
        steps=appetite(energy.middle),
    )
    try:
        return PlanningProblem(
            days=tuple(request.start + timedelta(days=d) for d in range(request.days)),
            meals=meals,
            dishes=dishes,
            foods=facts(
                dishes,
                catalogue.foods,
                {target.nutrient for target in targets},
                {key: price.per_100_g for key, price in catalogue.prices.items()},
            ),
            targets=targets,
            rules=rules,
            seed=request.seed,
            effort=request.effort,
        )
    except ValidationError as error:
        first = error.errors()[0]
        field_name = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{field_name}: {first['msg']}".lstrip(": ")) from error


def refuse_kidneys_without_limits(profile: Profile, tables: ReferenceTables) -> None:
    """UsageError for a kidney disease, unless the limits that a kidney team sets are given."""
    missing = missing_for_kidneys(profile.person, profile.limits, tables.interactions)
    if missing:
        raise UsageError(
            "With a kidney disease mealmag makes no plan by published values: magnesium, potassium "
            "and phosphorus must be set by the kidney team.",
            hint=f"Ask them, and give what they say for {', '.join(missing)} as [limits] in the "
            "profile, or with --limit, such as --limit potassium_mg=..2000",
        )


def _caffeine(profile: Profile) -> Decimal:
    own = profile.plan.caffeine_mg
    return ceiling_mg(profile.person) if own is None else Decimal(str(own))


def _caffeine_warning(profile: Profile) -> Iterator[str]:
    own, safe = profile.plan.caffeine_mg, ceiling_mg(profile.person)
    if own is not None and Decimal(str(own)) > safe:
        yield (
            f"The caffeine ceiling of {own:g} mg a day is your own; EFSA (2015) has no concern up to "
            f"{safe:g} mg for this person."
        )


def refuse_unknown_dislikes(dislikes: Sequence[str], catalogue: Catalogue) -> None:
    """InputError, with a suggestion, for a word that is no food, dish or group of the catalogue."""
    groups = {food.group for food in catalogue.foods.values()}
    known = groups | catalogue.foods.keys() | catalogue.dishes.keys()
    for word in dislikes:
        if word not in known:
            raise InputError(
                f'dislikes: "{word}" is no food, dish or group.{did_you_mean(word, known)}',
                hint="`mealmag foods search WORD` and `mealmag dishes` show the ids.",
            )


def _search(
    request: PlanRequest,
    catalogue: Catalogue,
    need: TargetReport,
    problem: PlanningProblem,
    on_progress: Callable[[PlanProgress], None],
    stop: Callable[[], bool],
    clock: Callable[[], float],
) -> "Found":
    # OR-Tools takes a third of a second to import; everything above works without it.
    from mealmag.planning.solver.feasibility import explain
    from mealmag.planning.solver.report import InfeasibleError
    from mealmag.planning.solver.search import Search

    units = _Units(problem, catalogue, on_progress)
    try:
        return Search(
            problem, on_progress=units.tell, stop=stop, clock=clock, seconds=request.seconds
        ).run()
    except InfeasibleError:
        raise explain(
            lambda relaxed: _problem(request, catalogue, need, relaxed=relaxed), stop
        ) from None


class _Units:
    """Turns the model's whole units into the goal's own, for people."""

    def __init__(
        self,
        problem: PlanningProblem,
        catalogue: Catalogue,
        on_progress: Callable[[PlanProgress], None],
    ) -> None:
        self._problem = problem
        self._catalogue = catalogue
        self._on_progress = on_progress

    def tell(self, progress: "Progress") -> None:
        """Pass on, with the days of the best menu so far."""
        days = (
            assemble.days(
                self._problem, progress.menu, self._catalogue.foods, self._catalogue.dishes
            )
            if progress.menu
            else []
        )
        self._on_progress(
            PlanProgress(
                progress.elapsed_s,
                progress.goal,
                progress.unit,
                progress.incumbent,
                progress.bound,
                days,
            )
        )


def _plan_target(target: NutrientTarget) -> PlanTarget:
    return PlanTarget(
        floor=None if target.floor is None else float(target.floor),
        ceiling=None if target.ceiling is None else float(target.ceiling),
        per=target.per,
        floor_kind=target.floor_kind,
        ceiling_kind=target.ceiling_kind,
        source=target.source,
        note=target.note,
    )


def _warnings(need: TargetReport, days: list[PlanDay]) -> list[str]:
    warnings = list(need.warnings)
    if need.energy.assumptions:
        warnings.insert(0, f"Energy is estimated; {'; '.join(need.energy.assumptions)}.")
    short = [day.magnesium.gap_mg for day in days if day.magnesium.gap_mg > 0]
    if short:
        warnings.append(
            f"Food leaves a magnesium gap on {len(short)} of {len(days)} days, at most "
            f"{max(short):.1f} mg."
        )
    return warnings
