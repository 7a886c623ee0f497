"""The state of every goal, in the units that people read."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from mealmag.nutrition.food import Food
from mealmag.nutrition.totals import Totals, rounded
from mealmag.nutrition.unknown import Unknown
from mealmag.planning import assemble, evaluate
from mealmag.planning.plan import PlanGoal
from mealmag.planning.problem import PlanningProblem
from mealmag.planning.rulebook import BALANCE, ENJOYMENT, MAGNESIUM, MARGIN, WORST, Goal
from mealmag.planning.rules.balance import rounding

if TYPE_CHECKING:
    from mealmag.planning.solver.report import Found, GoalState


def _most(
    problem: PlanningProblem, found: "Found", days: Sequence[Totals], foods: Mapping[str, Food]
) -> list[Mapping[str, Decimal]]:
    """What counts towards ceilings on each day: the totals, and the most that unknown figures may be."""
    unknown = Unknown(foods)
    capped = {target.nutrient for target in problem.targets if target.ceiling is not None}
    return [
        {
            **totals.amounts,
            **assemble.day_most(problem, found.menu, d, unknown, capped & totals.unknown.keys()),
        }
        for d, totals in enumerate(days)
    ]


def plan_goals(
    problem: PlanningProblem, found: "Found", foods: Mapping[str, Food], days: Sequence[Totals]
) -> list[PlanGoal]:
    """Value, proven bound, gap and status of each goal.

    Values are exact, from the totals of the `days`. Bounds come from the model and are lowered by all that
    its rounding could hide, so that they hold for the exact figures too.
    """
    scale = found.instance.scale[found.instance.nutrient("magnesium_mg")]
    hidden = found.instance.rounding_mg * len(days)
    magnesium = _goal(
        MAGNESIUM,
        evaluate.shortfall_mg(problem.target("magnesium_mg"), [d["magnesium_mg"] for d in days]),
        Decimal(found.goals[MAGNESIUM.name].bound) / scale - hidden,
        found.goals[MAGNESIUM.name],
    )
    if MARGIN.name in found.goals:
        return [
            magnesium,
            _margin(problem, found, days, hidden),
            *_others(problem, found, days, foods),
        ]
    return [magnesium, *_others(problem, found, days, foods)]


def _margin(
    problem: PlanningProblem, found: "Found", days: Sequence[Totals], hidden: Decimal
) -> PlanGoal:
    target = problem.target("magnesium_mg")
    aim = target.model_copy(update={"floor": (target.floor or Decimal(0)) + problem.margin_mg})
    state = found.goals[MARGIN.name]
    scale = found.instance.scale[found.instance.nutrient("magnesium_mg")]
    return _goal(
        MARGIN,
        evaluate.shortfall_mg(aim, [d["magnesium_mg"] for d in days]),
        Decimal(state.bound) / scale - hidden,
        state,
    )


def _others(
    problem: PlanningProblem, found: "Found", days: Sequence[Totals], foods: Mapping[str, Food]
) -> list[PlanGoal]:
    off = evaluate.imbalances_percent(
        problem.targets, [d.amounts for d in days], _most(problem, found, days, foods)
    ).values()
    hides = rounding(found.instance)
    nutrients = [
        _goal(
            goal,
            value,
            (Decimal(found.goals[goal.name].bound) - lost) / 10 * hides.share,
            found.goals[goal.name],
        )
        for goal, value, lost in (
            (WORST, max(off, default=Decimal(0)), hides.lost_of_one),
            (BALANCE, sum(off, Decimal(0)), hides.lost),
        )
    ]
    state = found.goals[ENJOYMENT.name]
    return [*nutrients, _goal(ENJOYMENT, Decimal(state.value), Decimal(state.bound), state)]


def _goal(goal: Goal, value: Decimal, bound: Decimal, state: "GoalState") -> PlanGoal:
    """A goal that the model proved optimal is optimal to the model's resolution: its bound is its value."""
    optimal = state.status == "optimal"
    shown = rounded(value)
    low = Decimal(bound).quantize(Decimal("0.01"), rounding=ROUND_FLOOR)
    lower = shown if optimal else min(shown, max(0.0, float(low)))
    optimal = lower == shown
    return PlanGoal(
        name=goal.name,
        unit=goal.unit,
        value=shown,
        bound=lower,
        gap=round((shown - lower) / max(shown, 1.0), 4),
        status="optimal" if optimal else "feasible",
    )
