"""From a margin or a chance that is asked for to the plan that aims at it.

The chance of a day hangs on its foods, so the margin that it needs is only known of a plan that is made:
make one, draw, see how far above the target its days would have to aim, plan again with the greatest of
these as the margin of all days. What was made without a margin comes first, and mostly will do; it is
then as good a plan as any with the margin, as its bounds hold for fewer menus too.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from mealmag.nutrition.certainty import is_sure
from mealmag.planning.assemble import daily_totals
from mealmag.planning.evaluate import shortfall_mg
from mealmag.planning.exact import exact
from mealmag.planning.plan import Plan, PlanCertainty, PlanDay
from mealmag.planning.problem import MOST_MARGIN_MG
from mealmag.planning.rulebook import MAGNESIUM, MARGIN
from mealmag.services.certainty import margins_mg

if TYPE_CHECKING:
    from mealmag.services.plan import Searched

# Plans with a margin at most; what the third does not reach, further ones seldom do.
_ROUNDS = 3
_WRITTEN = 0.005  # half of the last digit of a plan's figures


def with_aim(base: "Searched", search: "Callable[[Decimal], Searched | None]") -> Plan:
    """The plan with the margin and the chance that the profile asks for, or as near as it comes.

    `base` was searched without a margin; `search` does it with one, and gives None where time is up.
    No plan is taken that leaves more of the target itself open than `base` does.
    """
    asked = base.request.profile.plan
    least = exact(asked.margin_mg)
    plain = _aimed(base, least).plan()
    sure = plain.certainty
    if sure is not None:
        told = sure.model_copy(update={"chance_without_margin": sure.chance})
        plain = plain.model_copy(update={"certainty": told})
    without = None if sure is None else sure.chance
    made, plan = [plain], plain
    margin = Decimal(0)
    complete = True
    for _ in range(_ROUNDS):
        wanted = max(_raised(plan, base, margin), least if _lacks_mg(plan, least) else Decimal(0))
        if wanted <= margin:
            break
        found = search(wanted)
        if found is None:
            complete = False
            break
        margin, plan = wanted, found.plan(without)
        if _value(plan, MAGNESIUM.name) <= _value(plain, MAGNESIUM.name):
            made.append(plan)
    best = max(made, key=lambda plan: _rank(plan, least))
    return best if complete else _cut_short(best)


def unsure(
    days: Sequence[PlanDay], certainty: PlanCertainty, margin_mg: float, sure_percent: float | None
) -> Iterator[str]:
    """What is said of days that reach less than was asked for."""
    aim = days[0].magnesium.target_mg + margin_mg
    lacks = [aim - day.magnesium.food_mg for day in days]
    if margin_mg and (below := [mg for mg in lacks if mg > _WRITTEN]):
        yield (
            f"The margin of {margin_mg:g} mg above the target is not reached on {len(below)} of "
            f"{len(days)} days; at most {max(below):.1f} mg are missing."
        )
    if sure_percent is None or certainty.sure:
        return
    chances = certainty.chance
    unsure = [day for day in days if not _sure(certainty, day, sure_percent)]
    worst = min(unsure, key=lambda day: chances[str(day.date)])
    yield (
        f"A chance of {sure_percent:g} % was asked for, and no plan was found that has it on every day: "
        f"{len(unsure)} of {len(days)} days may have less, at worst {worst.date:%A %d %B} with "
        f"{100 * chances[str(worst.date)]:.1f} %."
    )


def _aimed(base: "Searched", margin_mg: Decimal) -> "Searched":
    """The same menu as one that was to have a margin: what it lacks, and that nothing is proven of it."""
    from mealmag.planning.solver.outcome import Status
    from mealmag.planning.solver.report import GoalState

    if not margin_mg:
        return base
    problem = base.problem.model_copy(update={"margin_mg": margin_mg})
    target = problem.target("magnesium_mg")
    aim = target.model_copy(update={"floor": (target.floor or Decimal(0)) + margin_mg})
    totals = daily_totals(problem, base.found.menu, base.catalogue.foods)
    lacks = shortfall_mg(aim, [day["magnesium_mg"] for day in totals])
    instance = base.found.instance
    value = math.ceil(lacks * instance.scale[instance.nutrient("magnesium_mg")])
    first, *others = base.found.goals.items()
    margin = GoalState(value, 0.0, Status.FEASIBLE if value else Status.OPTIMAL)
    goals = dict([first, (MARGIN.name, margin), *others])
    return replace(base, problem=problem, found=replace(base.found, goals=goals))


def _raised(plan: Plan, base: "Searched", margin_mg: Decimal) -> Decimal:
    """The margin (whole mg) at which every day of a plan that was made with `margin_mg` would be sure; 0
    where they are. Days that reached less than that margin already gave what they can."""
    certainty, percent = plan.certainty, plan.rules.sure_percent
    if certainty is None or percent is None or certainty.sure:
        return Decimal(0)
    foods, seed = base.catalogue.foods, base.request.seed
    wanted = [
        mg
        for day, mg in zip(plan.days, margins_mg(plan.days, foods, seed, percent), strict=True)
        if math.isfinite(mg)
        and day.magnesium.food_mg + _WRITTEN >= day.magnesium.target_mg + float(margin_mg)
    ]
    return Decimal(min(MOST_MARGIN_MG, math.ceil(max(wanted, default=0.0))))


def _rank(plan: Plan, least_mg: Decimal) -> tuple[float, int, float, float]:
    """More is better: the margin asked for, days that are sure, the least chance, and no more than needed."""
    certainty, percent = plan.certainty, plan.rules.sure_percent
    if certainty is None:
        return -_lacks_mg(plan, least_mg), 0, 0.0, 0.0
    if percent is None:
        return -_lacks_mg(plan, least_mg), 0, 0.0, -certainty.margin_mg
    days = sum(_sure(certainty, day, percent) for day in plan.days)
    least = min(certainty.chance.values())
    return -_lacks_mg(plan, least_mg), days, least, -certainty.margin_mg


def _lacks_mg(plan: Plan, margin_mg: Decimal) -> float:
    """What the days lack of the target with this margin, together, to the last digit that a plan states."""
    lacks = (
        day.magnesium.target_mg + float(margin_mg) - day.magnesium.food_mg for day in plan.days
    )
    return round(sum(mg for mg in lacks if mg > _WRITTEN), 2)


def _sure(certainty: PlanCertainty, day: PlanDay, percent: float) -> bool:
    return is_sure(certainty.chance[str(day.date)], percent, certainty.draws)


def _value(plan: Plan, goal: str) -> float:
    return next(each.value for each in plan.goals if each.name == goal)


def _cut_short(plan: Plan) -> Plan:
    """The plan, with a note that there was no time for a better one."""
    solver = plan.made_by.solver.model_copy(update={"complete": False})
    return plan.model_copy(update={"made_by": plan.made_by.model_copy(update={"solver": solver})})
