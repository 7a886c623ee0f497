"""From the menu that was found to a plan that is shown: totals, goals, advice, and the independent check."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from mealmag import __version__
from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import PlanCheckError
from mealmag.nutrition.caffeine import ceiling_mg
from mealmag.nutrition.supplement import RuleCost
from mealmag.planning import assemble
from mealmag.planning.check import check
from mealmag.planning.cook_once import wanted
from mealmag.planning.instance import Slot
from mealmag.planning.plan import (
    MadeBy,
    Plan,
    PlanCheck,
    PlanDay,
    SolverRecord,
)
from mealmag.planning.problem import PlanningProblem
from mealmag.planning.stated import plan_rules, plan_targets
from mealmag.services.catalogue import Catalogue
from mealmag.services.certainty import certainty
from mealmag.services.cost import plan_cost
from mealmag.services.goals import plan_goals
from mealmag.services.margin import unsure
from mealmag.services.pantry import pantry_of_plan
from mealmag.services.pantry import warnings as pantry_warnings
from mealmag.services.supplement import supplement, with_doses
from mealmag.services.target import TargetReport
from mealmag.services.unheeded import warnings as unheeded
from mealmag.storage.profile import Profile

if TYPE_CHECKING:
    from mealmag.planning.solver.report import Found
    from mealmag.services.plan import PlanRequest


_MAGNESIUM = "magnesium_mg"
_UNCOUNTED = " Nobody knows what a meal there brings, so the gap may be smaller."


def finished(
    request: "PlanRequest",
    catalogue: Catalogue,
    tables: ReferenceTables,
    need: TargetReport,
    problem: PlanningProblem,
    found: "Found",
    *,
    engine: str = "CP-SAT and HiGHS in OR-Tools",
    locked: Collection[Slot] = (),
    why_not_food: Sequence[RuleCost] = (),
    without_margin: Mapping[str, float] | None = None,
) -> Plan:
    """The plan of what was found, through the independent checker: PlanCheckError where it fails."""
    person, limits = request.profile.person, request.profile.limits
    counted = assemble.daily_totals(problem, found.menu, catalogue.foods)
    days = assemble.days(problem, found.menu, catalogue.foods, catalogue.dishes, locked, counted)
    goals = plan_goals(problem, found, catalogue.foods, counted)
    advice = supplement(
        {str(day): totals[_MAGNESIUM] for day, totals in zip(problem.days, counted, strict=True)},
        goals[0],
        found.certificates,
        unknown=[
            str(day)
            for day, totals in zip(problem.days, counted, strict=True)
            if _MAGNESIUM in totals.unknown
        ],
        reference=need.magnesium,
        person=person,
        tables=tables,
        why_not_food=why_not_food,
    )
    days = with_doses(days, advice)
    asked = request.profile.plan
    sure = certainty(
        days,
        catalogue.foods,
        request.seed,
        sure_percent=asked.sure_percent,
        margin_mg=problem.margin_mg,
        without_margin=without_margin,
    )
    plan = Plan(
        made_by=MadeBy(
            mealmag=__version__,
            foods_sha256=catalogue.foods_sha256,
            dishes_sha256=catalogue.dishes_sha256,
            solver=SolverRecord(
                engine=engine,
                version=found.engine_version,
                seed=request.seed,
                effort=request.effort,
                fast=request.fast,
                seconds=request.seconds,
                complete=not found.cut_short,
            ),
        ),
        person=person.model_dump(mode="json"),
        reference_set=request.profile.reference.set,
        magnesium_figures=request.profile.reference.figures,
        targets=plan_targets(problem),
        rules=plan_rules(
            problem, limits, margin_mg=asked.margin_mg, sure_percent=asked.sure_percent
        ),
        days=days,
        goals=goals,
        supplement=None if advice is None else advice.document(),
        certainty=sure,
        cost=plan_cost(days, catalogue.prices),
        pantry=pantry_of_plan(problem, days, catalogue.foods),
        warnings=[
            *_warnings(need, days),
            *unheeded(request.profile, problem, tables),
            *_caffeine_warning(request.profile),
            *_cook_once_warning(request.profile, problem),
            *pantry_warnings(catalogue.pantry.values(), problem),
            *unsure(days, sure, asked.margin_mg, asked.sure_percent),
            *catalogue.warnings,
        ],
        check=PlanCheck(ok=True, problems=[]),
    )
    problems = check(
        plan,
        catalogue.foods,
        catalogue.dishes,
        catalogue.prices,
        need.magnesium.ul_mg or Decimal(0),
    )
    if problems:
        raise PlanCheckError(
            "The optimiser's plan failed the independent check, so it is not shown: "
            + "; ".join(str(violation) for violation in problems[:5]),
            hint="This is a fault of mealmag. Please report it with your profile and seed.",
        )
    return plan


def _caffeine_warning(profile: Profile) -> Iterator[str]:
    own, safe = profile.plan.caffeine_mg, ceiling_mg(profile.person)
    if own is not None and Decimal(str(own)) > safe:
        yield (
            f"The caffeine ceiling of {own:g} mg a day is your own; EFSA (2015) has no concern up to "
            f"{safe:g} mg for this person."
        )


def _cook_once_warning(profile: Profile, problem: PlanningProblem) -> Iterator[str]:
    asked, made = wanted(profile.plan.cook_once, len(problem.days)), len(problem.leftovers)
    if made < asked:
        yield (
            f"{made} of {asked} dinners are cooked double: no more dinners and lunches in time are free."
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
            + _UNCOUNTED
            * any(day.magnesium.gap_mg and _MAGNESIUM in day.incomplete for day in days)
        )
    return warnings
