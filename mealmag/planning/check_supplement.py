"""The supplement of a plan, counted again: no dose beyond a gap, a proof, or the upper level, and no other
than what follows from them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain

from pydantic import ValidationError

from mealmag.nutrition.supplement import SMALLEST_DOSE_MG, STEP_MG, Dose, SupplementAdvice
from mealmag.planning.check_amounts import DayAmounts
from mealmag.planning.check_cautions import caution_faults
from mealmag.planning.check_proof import certificate_faults, least_proven, most_proven, target_mg
from mealmag.planning.exact import exact
from mealmag.planning.plan import Plan

Fault = tuple[str, str, str]
Gaps = Mapping[date, Decimal]
_ABSURD = Decimal(10) ** 6  # mg: beyond it nothing is counted in steps


def supplement_faults(
    plan: Plan, days: Sequence[DayAmounts], upper_level_mg: Decimal | None
) -> Iterator[Fault]:
    """What is wrong with the advice and the doses; `days` are the plan's, counted, and `upper_level_mg` is
    the person's, if known."""
    try:
        advice = SupplementAdvice.model_validate(plan.supplement or {})
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in fault["loc"])
        yield "supplement", "plan", f"{place}: {fault['msg']}"
        return
    gaps = {
        day.date: max(Decimal(0), target_mg(plan) - amounts.whole("magnesium_mg"))
        for day, amounts in zip(plan.days, days, strict=True)
        if not amounts.without("magnesium_mg")  # else nobody knows what it lacks
    }
    for words in chain(
        _stated(plan, advice, upper_level_mg),
        _doses(plan, advice),
        _proposed(plan, advice, gaps),
        caution_faults(plan, advice),
    ):
        yield "supplement", "plan", words


def _stated(plan: Plan, advice: SupplementAdvice, upper_level_mg: Decimal | None) -> Iterator[str]:
    """What the advice states, with a dose or without one."""
    if advice.certificate is not None:
        yield from certificate_faults(plan, advice.certificate)
    upper = advice.upper_level_mg
    if upper is not None and upper_level_mg is not None and exact(upper) != upper_level_mg:
        yield f"the upper level is {upper_level_mg:f} mg, not {upper:g}"
    if advice.form is not None:
        yield f"a plan proposes no form, and {advice.form} stands there"


def _doses(plan: Plan, advice: SupplementAdvice) -> Iterator[str]:
    """The dose on its days, and its intakes."""
    ledgers = {str(day.date): day.magnesium for day in plan.days}
    doses = {
        day: ledger.supplement for day, ledger in ledgers.items() if ledger.supplement is not None
    }
    dose = advice.elemental_mg
    if dose is None:
        if doses or advice.doses or advice.on_days:
            yield "days carry a dose that the plan does not propose"
        return
    if advice.refused is not None:
        yield "a dose, where none may be proposed"
    if dose < SMALLEST_DOSE_MG:
        yield "the dose is too small to be worth taking"
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
    if advice.doses not in _intakes(dose):
        yield "the dose is not split as it is to be taken"
    if doses and advice.gap_mg != min(ledgers[day].gap_mg for day in doses):
        yield "the gap it states is not the smallest of its days"


def _intakes(dose: int) -> Iterator[tuple[Dose, ...]]:
    """How a dose may be split: in two about alike; a small one also whole, where its upper level allows."""
    second = dose // 2 // STEP_MG * STEP_MG
    yield Dose(mg=dose - second, when="with breakfast"), Dose(mg=second, when="with dinner")
    if dose < 2 * SMALLEST_DOSE_MG:
        yield (Dose(mg=dose, when="with a meal"),)


def _proposed(plan: Plan, advice: SupplementAdvice, gaps: Gaps) -> Iterator[str]:
    """Whether the dose is the one that follows: of gaps, upper level and proof the least, in whole steps."""
    if advice.certificate is None or advice.refused is not None:
        return
    wanting = {day: gap for day, gap in gaps.items() if gap >= SMALLEST_DOSE_MG}
    upper, dose = exact(advice.upper_level_mg or 0), advice.elemental_mg or 0
    least = _dose(wanting, upper, least_proven(plan, advice.certificate, len(gaps)))
    most = _dose(wanting, upper, most_proven(plan, advice.certificate, gaps))
    if dose > most:
        yield "the doses exceed the gap that is proven"
    elif dose < least:
        yield f"{dose} mg are less than the {least} mg that follow from gap, proof and upper level"
    if dose and tuple(map(str, wanting)) != advice.on_days:
        yield "the days with a dose are not those that lack enough for one"


def _dose(wanting: Gaps, upper: Decimal, proven: Decimal) -> int:
    """One equal dose for these days, in mg; 0 where it would be too small."""
    if not wanting:
        return 0
    most = min(*wanting.values(), upper, _ABSURD)
    steps = min(most // STEP_MG, min(proven, _ABSURD) // (STEP_MG * len(wanting)))
    dose = int(steps) * STEP_MG
    return dose if dose >= SMALLEST_DOSE_MG else 0
