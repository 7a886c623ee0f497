"""Which logged days say something of usual intake, and what they say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from statistics import stdev

from mealmag.nutrition.account import AdequacyAccount
from mealmag.nutrition.adequacy import (
    FIRM,
    METHOD,
    Adequacy,
    WithinPerson,
    adequacy,
    chance_above_ai,
    sd_of_requirement,
    within_person,
)
from mealmag.nutrition.diary import Entry, Ledger
from mealmag.nutrition.intake import ENERGY, MAGNESIUM, Sum, brought
from mealmag.nutrition.person import Person
from mealmag.nutrition.reference import MagnesiumReference
from mealmag.nutrition.totals import rounded

WINDOW_DAYS = 30
"""Usual intake is of late: what was eaten longer ago is left aside."""
# Editorial: under half of the energy that a person needs, a day was most likely not logged to its end.
_FINISHED = Decimal("0.5")
_FEW = 3  # days, from which on a variation of one's own is worth a look
_MOST_STILL = 60  # days; more than that nobody logs for an answer

Days = Mapping[date, Sequence[Entry]]


def is_finished(entries: Iterable[Entry], energy_kcal: Decimal) -> bool:
    """Whether a day's entries look like all that was eaten."""
    return brought(entries, ENERGY).amount >= _FINISHED * energy_kcal


def window(last: date, today: date) -> tuple[date, date]:
    """The first and last day that say something about usual intake up to `last`; today is not over yet."""
    end = min(last, today - timedelta(days=1))
    return end - timedelta(days=WINDOW_DAYS - 1), end


def usual_intake(
    days: Days, person: Person, reference: MagnesiumReference, energy_kcal: Decimal
) -> AdequacyAccount:
    """What these days say; those that look unfinished are left out."""
    counted = {d: e for d, e in sorted(days.items()) if e and is_finished(e, energy_kcal)}
    left_out = tuple(d for d, e in sorted(days.items()) if e and d not in counted)
    magnesium = [brought(_eaten(entries), MAGNESIUM) for entries in counted.values()]
    total = sum(magnesium, Sum())
    mean = None if not counted else float(total.amount) / len(counted)
    within = _wider(within_person(person), [float(each.amount) for each in magnesium])
    spread = sd_of_requirement(reference)
    found: Adequacy | None = None
    if mean is not None and within is not None and spread is not None:
        found = adequacy(
            mean,
            len(counted),
            ear_mg=float(reference.ear_mg or 0),
            sd_of_requirement_mg=spread,
            within=within,
        )
    return AdequacyAccount(
        days=tuple(counted),
        left_out=left_out,
        mean_mg=None if mean is None else rounded(Decimal(mean), 1),
        unknown=total.unknown,
        ear_mg=None if reference.ear_mg is None else float(reference.ear_mg),
        probability=None if found is None else round(found.probability, 3),
        firm=found is not None and found.firm,
        days_still=None if found is None else found.days_still,
        within_person_sd_mg=None if within is None else within.sd_mg,
        within_person_source="" if within is None else within.source,
        method=METHOD,
        said=_said(mean, len(counted), total.unknown, found, within, reference),
    )


def _eaten(entries: Iterable[Entry]) -> Iterator[Entry]:
    """What was eaten and drunk: the published variation is that of food."""
    return (entry for entry in entries if entry.ledger is not Ledger.SUPPLEMENT)


def _wider(published: WithinPerson | None, amounts: Sequence[float]) -> WithinPerson | None:
    """The published variation, or that of the person's own days where they vary more: few days show too
    little of it rather than too much."""
    if published is None or len(amounts) < _FEW or stdev(amounts) <= published.sd_mg:
        return published
    return WithinPerson(
        round(stdev(amounts), 1), "your own days, which vary more than is published"
    )


def _said(
    mean: float | None,
    days: int,
    unknown: int,
    found: Adequacy | None,
    within: WithinPerson | None,
    reference: MagnesiumReference,
) -> str:
    if mean is None:
        return "No finished day is logged yet, so nothing can be said of what you usually eat."
    least = "at least " if unknown else ""
    so_far = f"On {_days(days)} you had {least}{mean:.0f} mg a day from food and water on the mean"
    if reference.ear_mg is None:
        if reference.is_adequate_intake:
            return f"{so_far}. {_under_ai(mean, days, within, reference)}"
        return f"{so_far}. {_without_ear(mean, reference)}"
    if within is None:
        return (
            f"{so_far}. How intake varies from day to day under 19 years is not in our tables, so no "
            "probability is given."
        )
    if found is None:
        return f"{so_far}."
    words = (
        f"{so_far}: the probability that what you usually eat is enough for you is {least}"
        f"{_percent(found.probability)}"
    )
    if found.firm:
        return f"{words}, which is a firm answer."
    if found.days_still is None:
        return (
            f"{words}. No number of days makes that firm: your mean lies as near to the median requirement "
            f"({reference.ear_mg} mg) as people differ."
        )
    if found.days_still > _MOST_STILL:
        return f"{words}. To make that firm would take more days than one can well log."
    return f"{words}. {_days(found.days_still).capitalize()} more like these would make it firm."


def _under_ai(
    mean: float, days: int, within: WithinPerson | None, reference: MagnesiumReference
) -> str:
    target = float(reference.target_mg)
    words = (
        f"The target of this set ({reference.target_mg} mg) is an adequate intake (AI): to be under it "
        "proves nothing"
    )
    if within is None or mean <= target:
        return f"{words}."
    chance = chance_above_ai(mean, days, ai=target, within_sd=within.sd_mg)
    firm = ", a firm answer" if chance >= FIRM else ""
    return (
        f"{words}, to be above it is enough; the probability that you usually are is "
        f"{_percent(chance)}{firm}."
    )


def _without_ear(mean: float, reference: MagnesiumReference) -> str:
    """What a recommended intake says where nothing is known of the median requirement."""
    words = (
        f"For your age and life stage this set has a recommended intake ({reference.target_mg} mg, "
        f"{reference.target_type}) and no median requirement (EAR), so no probability can be told: "
        f"{reference.target_mg} mg is enough for nearly everybody"
    )
    if mean < float(reference.target_mg):
        return f"{words}, and less may be enough for you."
    return f"{words}."


def _percent(probability: float) -> str:
    """In whole percent; what is not certain is never said to be."""
    return f"{min(99, max(1, round(100 * probability)))} %"


def _days(count: int) -> str:
    return "one day" if count == 1 else f"{count} days"
