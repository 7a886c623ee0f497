"""What a plan document states of the problem that it answers: targets and rules."""

from collections.abc import Mapping

from mealmag.nutrition.limits import Limit
from mealmag.planning.plan import PlanRules, PlanTarget
from mealmag.planning.problem import PlanningProblem


def plan_targets(problem: PlanningProblem) -> dict[str, PlanTarget]:
    """Every target, by nutrient."""
    return {
        target.nutrient: PlanTarget(
            floor=None if target.floor is None else float(target.floor),
            ceiling=None if target.ceiling is None else float(target.ceiling),
            per=target.per,
            floor_kind=target.floor_kind,
            ceiling_kind=target.ceiling_kind,
            source=target.source,
            note=target.note,
        )
        for target in problem.targets
    }


def plan_rules(
    problem: PlanningProblem,
    limits: Mapping[str, Limit] | None = None,
    *,
    margin_mg: float = 0,
    sure_percent: float | None = None,
) -> PlanRules:
    """Every rule. `limits` are the person's own; where they are not given, the ceilings that every day must
    keep to stand for them. `margin_mg` and `sure_percent` are what was asked for."""
    rules = problem.rules
    return PlanRules(
        diet=rules.diet,
        avoid_allergens=list(rules.avoid_allergens),
        dislikes=list(rules.dislikes),
        left_out=list(rules.left_out),
        limits=_ceilings(problem) if limits is None else dict(limits),
        groups=dict(rules.groups),
        shares=dict(rules.shares),
        caffeine_mg=None if rules.caffeine_mg is None else float(rules.caffeine_mg),
        margin_mg=margin_mg,
        sure_percent=sure_percent,
        max_repeats=rules.max_repeats,
        max_main_food=rules.max_main_food,
        weekday_minutes=rules.weekday_minutes,
        weekend_minutes=rules.weekend_minutes,
        budget=None if rules.budget is None else float(rules.budget),
        otherwise=list(rules.otherwise),
        meals=list(problem.meals),
        weights=problem.weights,
        ratings=dict(problem.ratings),
    )


def _ceilings(problem: PlanningProblem) -> dict[str, Limit]:
    return {
        key: Limit(ceiling=float(ceiling))
        for key in problem.rules.limits
        if (ceiling := problem.target(key).ceiling) is not None
    }
