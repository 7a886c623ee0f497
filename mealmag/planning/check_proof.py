"""What a dose hangs on, looked at again: who certified it, and how much they prove to be lacking."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from mealmag.catalogue.dish import Meal
from mealmag.nutrition.supplement import Certificate
from mealmag.planning.exact import exact
from mealmag.planning.plan import Plan, PlanDay
from mealmag.planning.rulebook import MAGNESIUM

_ENGINES = frozenset({"CP-SAT", "HiGHS"})
_ROUNDED = Decimal("0.01")  # the certificate is written rounded up by less than this
_HIDDEN = Decimal(5)  # mg a day: more than what the rounding of a model lowers a bound by


def certificate_faults(plan: Plan, certificate: Certificate) -> Iterator[str]:
    """What cannot be true of a certificate, whatever the dose."""
    names = [engine.partition(" ")[0] for engine in certificate.engines]
    if len(names) < 2 or len(set(names)) < len(names) or not _ENGINES.issuperset(names):
        yield "it is not certified by two different engines"
    best = exact(certificate.best_possible_food_mg)
    if best < max((exact(day.magnesium.food_mg) for day in plan.days), default=best):
        yield "a day brings more than what is certified as the most"
    # A search that is cut short may end between the certificate and the bound that follows from it.
    follows = len(plan.days) * (target_mg(plan) - best - _HIDDEN)
    if plan.made_by.solver.complete and shortfall_bound(plan) < follows:
        yield "by what is certified as the most, more would be lacking than the goal's bound says"


def target_mg(plan: Plan) -> Decimal:
    """The day's magnesium target."""
    target = plan.targets.get("magnesium_mg")
    return exact(target.floor or 0) if target is not None else Decimal(0)


def shortfall_bound(plan: Plan) -> Decimal:
    """What the plan says that no menu can do better than, over all days."""
    return next((exact(g.bound) for g in plan.goals if g.name == MAGNESIUM.name), Decimal(0))


def least_proven(plan: Plan, certificate: Certificate, days: int) -> Decimal:
    """What is lacking over so many `days` at the least: none can bring more than the certificate says."""
    lacking = target_mg(plan) - exact(certificate.best_possible_food_mg)
    return min(max(Decimal(0), lacking * days), shortfall_bound(plan))


def most_proven(plan: Plan, certificate: Certificate, gaps: Mapping[date, Decimal]) -> Decimal:
    """What can be proven to be lacking over the days of these gaps of the menu at the most.

    The certificate states the best day of the best kind; other kinds have one of their own, which is not
    stated, but lies no lower than what their days bring in this menu.
    """
    best = exact(certificate.best_possible_food_mg)
    lacking = max(Decimal(0), target_mg(plan) - best + _ROUNDED)
    whole = sum(gaps.values(), Decimal(0))
    proven = max(
        (
            len(kind) * lacking + whole - sum((gaps[day.date] for day in kind), Decimal(0))
            for kind in _kinds(plan)
            if all(day.date in gaps for day in kind)
        ),
        default=Decimal(0),
    )
    return min(proven, shortfall_bound(plan))


def _kinds(plan: Plan) -> list[list[PlanDay]]:
    """The days grouped by what may make their best differ: minutes, locked meals, and occasions."""
    kinds: dict[object, list[PlanDay]] = {}
    rules = plan.rules
    dinners = {
        day.date: m.occasion for day in plan.days for m in day.meals if m.meal == Meal.DINNER
    }
    for day in plan.days:
        limit = rules.weekday_minutes if day.date.weekday() < 5 else rules.weekend_minutes
        meals = tuple(
            (
                meal.occasion,
                meal.leftover and (meal.leftover_of is None or dinners.get(meal.leftover_of)),
                meal.locked and (meal.dish, tuple((p.food, p.grams) for p in meal.portions)),
            )
            for meal in day.meals
        )
        kinds.setdefault((limit, meals), []).append(day)
    return list(kinds.values())
