"""What the independent checker says of an engine's menu, and what its goals are exactly.

The menu is made into a plan as it would be shown to a person, and `mealmag.planning.check` counts everything
in it again from foods and dishes, with nothing of the optimiser and in exact decimals.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.instances import Case
from mealmag.nutrition.totals import rounded, total
from mealmag.planning import assemble, evaluate
from mealmag.planning.check import check
from mealmag.planning.instance import Instance, Menu, Pick, Slot
from mealmag.planning.plan import (
    MadeBy,
    Plan,
    PlanCheck,
    PlanGoal,
    SolverRecord,
)
from mealmag.planning.rulebook import BALANCE, ENJOYMENT, MAGNESIUM, WORST, Goal
from mealmag.planning.rules import values
from mealmag.planning.stated import plan_rules, plan_targets


@dataclass(frozen=True, slots=True)
class Verdict:
    """mg of magnesium short, percent of references off, points; and the sentences of the checker."""

    magnesium_mg: float
    balance_percent: float
    points: int
    faults: tuple[str, ...]


def menu_of(listed: Sequence[tuple[int, int, int, Sequence[int]]]) -> Menu:
    """The menu that an engine's process wrote down: day, meal, dish and servings of each slot."""
    return {Slot(day, meal): Pick(dish, tuple(servings)) for day, meal, dish, servings in listed}


def judge(case: Case, menu: Menu) -> Verdict:
    """Make a plan of the menu and have it checked."""
    problem = case.problem
    days = assemble.days(problem, menu, case.foods, case.dishes)
    totals = [
        total(
            (case.foods[serving.food], serving.grams)
            for m in range(len(problem.meals))
            for serving in assemble.servings(problem, menu[Slot(d, m)])
        )
        for d in range(len(problem.days))
    ]
    short = evaluate.shortfall_mg(
        problem.target("magnesium_mg"), [day["magnesium_mg"] for day in totals]
    )
    by_nutrient = evaluate.imbalances_percent(
        problem.targets, [day.amounts for day in totals], [day.amounts for day in totals]
    ).values()
    off = sum(by_nutrient, Decimal(0))
    points = values(Instance(problem), menu)[ENJOYMENT.name]
    plan = Plan(
        made_by=MadeBy(
            mealmag="",
            foods_sha256="",
            dishes_sha256="",
            solver=SolverRecord(engine="", version="", seed=problem.seed, effort=problem.effort),
        ),
        person=case.profile.person.model_dump(mode="json"),
        reference_set=case.profile.reference.set,
        targets=plan_targets(problem),
        rules=plan_rules(problem),
        days=days,
        goals=[
            _goal(MAGNESIUM, short),
            _goal(WORST, max(by_nutrient, default=Decimal(0))),
            _goal(BALANCE, off),
            _goal(ENJOYMENT, Decimal(points)),
        ],
        supplement=None,
        warnings=[],
        check=PlanCheck(ok=True, problems=[]),
    )
    faults = tuple(str(violation) for violation in check(plan, case.foods, case.dishes))
    return Verdict(float(short), float(off), points, faults)


def _goal(goal: Goal, value: Decimal) -> PlanGoal:
    """A goal without a bound: what engines prove is about the weighted sum."""
    shown = rounded(value)
    return PlanGoal(
        name=goal.name,
        unit=goal.unit,
        value=shown,
        bound=0.0,
        gap=1.0 if shown else 0.0,
        status="feasible" if shown else "optimal",
    )
