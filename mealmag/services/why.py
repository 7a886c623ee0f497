"""Why a plan is as it is: the use case behind `mealmag why` and the key `y` on the Day screen."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from mealmag.errors import InputError
from mealmag.nutrition.totals import rounded
from mealmag.planning.exact import exact
from mealmag.planning.plan import Plan, PlanDay
from mealmag.planning.rulebook import BALANCE, ENJOYMENT, MAGNESIUM, MARGIN, RULES, WORST
from mealmag.planning.why.answer import DayWhy, Deviation, GoalWhy, Point, RuleState, Why
from mealmag.planning.why.balance import by_nutrient, deviation, offs
from mealmag.planning.why.choice import choice
from mealmag.planning.why.countable import uncountable
from mealmag.planning.why.day_rules import DayRules
from mealmag.planning.why.points import points
from mealmag.planning.why.served import Served
from mealmag.planning.why.sources import by_food, by_meal
from mealmag.planning.why.state import binds
from mealmag.planning.why.week_rules import week_rules
from mealmag.services.catalogue import Catalogue, Sources, load_catalogue


def why_plan(plan: Plan, sources: Sources | None = None, name: str = "The plan") -> Why:
    """The answer for a plan, by the catalogue of `sources`. InputError where the two do not go together."""
    return why(plan, load_catalogue(sources, plan.magnesium_figures), name)


def why(plan: Plan, catalogue: Catalogue, name: str = "The plan") -> Why:
    """The answer for a plan; it is counted anew, whatever the plan states.

    InputError, with the fields, where something cannot be counted; `name` is what the plan is called then.
    """
    if problems := list(uncountable(plan, catalogue.foods, catalogue.dishes, name)):
        other = " and ".join(f"another {what}" for what in _other_tables(plan, catalogue))
        made = f" It was made with {other} than today's." if other else ""
        raise InputError(
            f"{name} cannot be explained.{made}",
            hint="Plan anew, or give `mealmag why` the files it was made with (--foods, --dishes)."
            if other
            else "`mealmag check` says all that is wrong with it.",
            problems=problems,
        )
    served = Served.of(plan, catalogue.foods, catalogue.dishes)
    target = exact(plan.targets["magnesium_mg"].floor or 0)
    rules, found = DayRules(served), points(served)
    off = list(offs(served))
    told = [deviation(each) for each in off]
    days = [_day(served, day, target, rules, told, found) for day in plan.days]
    together = week_rules(served)
    goals = _goals(
        plan,
        {
            MAGNESIUM.name: _short(served, target),
            MARGIN.name: _short(served, target + _margin_mg(plan)),
            WORST.name: max(by_nutrient(off).values(), default=Decimal(0)),
            BALANCE.name: sum((each.percent for each in off), Decimal(0)),
            ENJOYMENT.name: Decimal(sum(point.points for point in found)),
        },
    )
    stated = {state.rule for state in chain(together, *(day.rules for day in days))}
    return Why(
        days=days,
        rules=together,
        binds=binds("on all days together", together),
        not_asked=[rule for rule in RULES if rule not in stated and not _is_idle(rule, plan)],
        deviations=[each for each in told if each.date is None],
        choice=choice(plan.rules, catalogue.foods, catalogue.dishes),
        goals=goals,
        notes=list(_notes(plan, catalogue, goals)),
    )


def _margin_mg(plan: Plan) -> Decimal:
    return exact(plan.certainty.margin_mg) if plan.certainty else Decimal(0)


def _short(served: Served, aim: Decimal) -> Decimal:
    """Magnesium below `aim`, summed over the days."""
    amounts = (served.of_day(day, "magnesium_mg") for day in served.plan.days)
    return sum((max(Decimal(0), aim - amount) for amount in amounts), Decimal(0))


def _day(
    served: Served,
    day: PlanDay,
    target: Decimal,
    rules: DayRules,
    deviations: list[Deviation],
    found: list[Point],
) -> DayWhy:
    food_mg = served.of_day(day, "magnesium_mg")
    states: list[RuleState] = rules.of(day)
    certainty = served.plan.certainty
    return DayWhy(
        date=day.date,
        target_mg=float(target),
        food_mg=rounded(food_mg),
        gap_mg=rounded(max(Decimal(0), target - food_mg)),
        chance=certainty.chance.get(str(day.date)) if certainty else None,
        foods=by_food(served, day, target),
        meals=by_meal(served, day, target),
        rules=states,
        binds=binds(f"on {served.called(day)}", states),
        deviations=[each for each in deviations if each.date == day.date],
        points=[point for point in found if point.date == day.date],
    )


def _is_idle(rule: str, plan: Plan) -> bool:
    """Whether a rule is asked and has nothing to show: no dish comes twice."""
    rules = plan.rules
    asked = {
        "budget": rules.budget,
        "meal_share": rules.shares,
        "main_food": rules.max_main_food,
    }
    return rule in ("repeats", "neighbouring_days") or bool(asked.get(rule))


def _goals(plan: Plan, counted: dict[str, Decimal]) -> list[GoalWhy]:
    return [
        GoalWhy(
            name=goal.name, unit=goal.unit, stated=goal.value, counted=rounded(counted[goal.name])
        )
        for goal in plan.goals
        if goal.name in counted
    ]


def _notes(plan: Plan, catalogue: Catalogue, goals: list[GoalWhy]) -> Iterator[str]:
    for what in _other_tables(plan, catalogue):
        yield f"The plan was made with another {what} than the one it is explained with."
    for goal in goals:
        if goal.stated != goal.counted:
            yield (
                f"The plan states {goal.stated:g} for {goal.name}, and {goal.counted:g} is counted "
                "here; `mealmag check` says what does not hold."
            )


def _other_tables(plan: Plan, catalogue: Catalogue) -> Iterator[str]:
    """What the plan was made with that is not what it is explained with."""
    if plan.made_by.foods_sha256 != catalogue.foods_sha256:
        yield "food table"
    if plan.made_by.dishes_sha256 != catalogue.dishes_sha256:
        yield "cookbook"
