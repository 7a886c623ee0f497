"""Plans that differ in so many dishes and lose at most so much: the use case behind `--alternatives`."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import ImpossibleError, InputError, NoPlanError
from mealmag.export.plans_text import loss_words
from mealmag.planning.alternatives import Loss, Plans
from mealmag.planning.occasion import named_dish
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Otherwise
from mealmag.planning.rulebook import BALANCE, ENJOYMENT, MAGNESIUM
from mealmag.services.catalogue import load_catalogue
from mealmag.services.plan import PlanRequest, plan_week, planned
from mealmag.services.plan_progress import PlanProgress

_SHARE = 3  # by default one meal in so many is of another dish
_A_DAY = 1.0  # percent of a reference that the other nutrients may lose by default, on each day


@dataclass(frozen=True, slots=True)
class Wish:
    """`count` plans beside the first. None: a third of the meals, and 1 % of a reference a day.

    Magnesium may never lose; `lose_points` and `lose_percent` are in the units of the other two goals.
    """

    count: int
    differ: int | None = None
    lose_points: int = 10
    lose_percent: float | None = None


def alternatives(
    request: PlanRequest,
    wish: Wish,
    *,
    best: Plan | None = None,
    on_progress: Callable[[PlanProgress], None] = lambda _: None,
    on_plan: Callable[[int], None] = lambda _: None,
    on_found: Callable[[Plan, Loss], None] = lambda _, __: None,
    stop: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = monotonic,
) -> Plans:
    """The best plan and those beside it, each checked; locked meals and named dishes are the same in all.

    `best` is a plan that this request made, where there is one. `on_plan` hears the number of the plan
    begun, `on_found` each one found beside the first, with what it loses. A stop keeps the plans there
    are. Raises what `plan_week` raises for the first plan, and InputError where more meals are to differ
    than are cooked and may change.
    """
    if best is None:
        best = plan_week(request, on_progress=on_progress, stop=stop, clock=clock)
    meals = [meal for day in best.days for meal in day.meals if meal.is_cooked]
    named = [meal for meal in meals if named_dish(meal.occasion) is not None]
    cooked = sum(meal not in named and not (request.keep and meal.locked) for meal in meals)
    differ = max(1, cooked // _SHARE) if wish.differ is None else wish.differ
    if differ > cooked:
        but = " and not locked" if request.keep else ""
        but += " and not named" if named else ""
        raise InputError(f"--differ: {differ} meals cannot differ where {cooked} are cooked{but}.")
    percent = _A_DAY * len(best.days) if wish.lose_percent is None else wish.lose_percent
    may_lose = Loss(magnesium_mg=0, nutrients_percent=percent, points=wish.lose_points)
    found = Plans(
        asked=wish.count,
        differ=differ,
        may_lose=may_lose,
        lose=[loss(best, best)],
        plans=[best],
        missing="",
    )
    catalogue = load_catalogue(request.sources, request.profile.reference.figures)
    while not found.missing and len(found.plans) <= wish.count:
        number = len(found.plans) + 1
        on_plan(number)
        another = replace(
            request,
            otherwise=tuple(Otherwise(dishes=_dishes(plan), differ=differ) for plan in found.plans),
        )
        try:
            plan = planned(another, catalogue, ReferenceTables(), on_progress, stop, clock)
        except ImpossibleError:
            found.missing = (
                f"There is no plan {number}: none differs in {differ} meals from "
                f"{'that' if number == 2 else 'each'} before it (proven)."
            )
        except NoPlanError:
            found.missing = f"Stopped before plan {number}."
        else:
            its = loss(best, plan)
            if may_lose.allows(its):
                found.plans.append(plan)
                found.lose.append(its)
                on_found(plan, its)
            else:
                found.missing = _too_much(number, differ, its, plan, best)
    return found


def loss(best: Plan, plan: Plan) -> Loss:
    """What a plan loses against another, goal by goal; where it gains, nothing."""
    reached = {goal.name: goal.value for goal in best.goals}
    lost = {g.name: round(max(0.0, g.value - reached.get(g.name, 0)), 2) for g in plan.goals}
    return Loss(
        magnesium_mg=lost[MAGNESIUM.name],
        nutrients_percent=lost[BALANCE.name],
        points=lost[ENJOYMENT.name],
    )


def _dishes(plan: Plan) -> tuple[str, ...]:
    return tuple(sorted({meal.dish for day in plan.days for meal in day.meals if meal.is_cooked}))


def _too_much(number: int, differ: int, its: Loss, plan: Plan, best: Plan) -> str:
    """Why the plan that was found will not do, and whether that is proven for all."""
    proven = plan.goals[0].bound > best.goals[0].value
    said = f"There is no plan {number}" if proven else f"No plan {number} was found"
    return (
        f"{said} that loses so little{' (proven)' if proven else ''}: one that differs in {differ} "
        f"{'meal' if differ == 1 else 'meals'} would lose {loss_words(its)}."
    )
