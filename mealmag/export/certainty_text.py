"""How sure a plan is, in sentences: the chances of its days, with a margin and without it."""

import math
from collections.abc import Iterable, Mapping

from mealmag.planning.plan import Plan, PlanCertainty, PlanDay


def certainty_lines(plan: Plan) -> list[str]:
    """A paragraph of how sure the days are, and one with each day where that was asked for; none where the
    plan does not say."""
    certainty = plan.certainty
    if certainty is None or not plan.days:
        return []
    words = (
        "How sure: tables and samples of a food differ; with what is known of that, a day reaches the "
        f"target with a chance of {_range(certainty.chance.values())}"
    )
    without = certainty.chance_without_margin
    if certainty.margin_mg and without is not None:
        words += (
            f"; without the margin of {certainty.margin_mg:g} mg it is {_range(without.values())}"
        )
    elif certainty.margin_mg:
        words += f", with a margin of {certainty.margin_mg:g} mg"
    lines = [f"{words}. {_asked(plan, certainty)}{_lowest(plan, certainty)}"]
    if plan.rules.margin_mg or plan.rules.sure_percent is not None:
        lines.append(
            _each_day(plan.days, certainty.chance, without if certainty.margin_mg else None)
        )
    return lines


def percent(chance: float) -> str:
    """A chance in whole percent, rounded down: what is not certain is never said to be."""
    return f"{math.floor(100 * chance + 1e-9)} %"


def _range(chances: Iterable[float]) -> str:
    shown = sorted(chances)
    low, high = percent(shown[0]), percent(shown[-1])
    return low if low == high else f"{low} to {high}"


def _asked(plan: Plan, certainty: PlanCertainty) -> str:
    asked = plan.rules.sure_percent
    if asked is None:
        return ""
    if not certainty.sure:
        return f"The {asked:g} % that was asked for is not reached on every day. "
    margin = "" if certainty.margin_mg else ", without a margin"
    return f"That reaches the {asked:g} % that was asked for{margin}. "


def _lowest(plan: Plan, certainty: PlanCertainty) -> str:
    target = plan.days[0].magnesium.target_mg
    reached = sum(amount >= target for amount in certainty.lowest_mg.values())
    days = "1 day reaches" if len(plan.days) == 1 else f"{len(plan.days)} days reach"
    return f"On the lowest published figure of every food {reached} of {days} it."


def _each_day(
    days: Iterable[PlanDay], chance: Mapping[str, float], without: Mapping[str, float] | None
) -> str:
    said = []
    for day in days:
        date = str(day.date)
        before = "" if without is None else f" ({percent(without[date])} without)"
        said.append(f"{day.date:%a %d}: {percent(chance[date])}{before}")
    return f"Day by day: {', '.join(said)}."
