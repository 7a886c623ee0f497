"""The supplement of a plan, counted again: no dose beyond a gap, a proof, or the upper level."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from pydantic import ValidationError

from mealmag.nutrition.supplement import SupplementAdvice
from mealmag.planning.exact import exact
from mealmag.planning.plan import Plan

Fault = tuple[str, str, str]


def supplement_faults(plan: Plan, upper_level_mg: Decimal | None) -> Iterator[Fault]:
    """What is wrong with the advice and the days' doses; `upper_level_mg` is the person's, if known."""
    try:
        advice = SupplementAdvice.model_validate(plan.supplement or {})
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in fault["loc"])
        yield "supplement", "plan", f"{place}: {fault['msg']}"
        return
    for words in chain(_stated(plan, advice, upper_level_mg), _doses(plan, advice)):
        yield "supplement", "plan", words


def _stated(plan: Plan, advice: SupplementAdvice, upper_level_mg: Decimal | None) -> Iterator[str]:
    """What the advice states, with a dose or without one."""
    most = max((day.magnesium.food_mg for day in plan.days), default=0.0)
    if advice.certificate and advice.certificate.best_possible_food_mg < most:
        yield "a day brings more than what is certified as the most"
    upper = advice.upper_level_mg
    if upper is not None and upper_level_mg is not None and exact(upper) != upper_level_mg:
        yield f"the upper level is {upper_level_mg:f} mg, not {upper:g}"


def _doses(plan: Plan, advice: SupplementAdvice) -> Iterator[str]:
    ledgers = {str(day.date): day.magnesium for day in plan.days}
    doses = {day: ledger.supplement for day, ledger in ledgers.items() if ledger.supplement}
    dose = advice.elemental_mg
    if not dose:
        if doses:
            yield "days carry a dose that the plan does not propose"
        return
    if dose > (advice.upper_level_mg or 0):
        yield "the dose exceeds the upper level"
    if advice.certificate is None:
        yield "a dose without a certificate"
    if tuple(doses) != advice.on_days:
        yield "the days with a dose are not those it says"
    if any(given != dose for given in doses.values()):
        yield "a day's dose is not the proposed one"
    if sum(intake.mg for intake in advice.doses) != dose:
        yield "the intakes do not add up to the dose"
    if doses and advice.gap_mg != min(ledgers[day].gap_mg for day in doses):
        yield "the gap it states is not the smallest of its days"
    shortfall = next((g for g in plan.goals if g.name == "magnesium_shortfall"), None)
    if shortfall is None or sum(map(exact, doses.values())) > exact(shortfall.bound):
        yield "the doses exceed the gap that is proven"
