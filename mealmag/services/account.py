"""What did I get? The day, the week and the weeks, from the diary."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from mealmag.catalogue.reference import ReferenceTables
from mealmag.nutrition.account import DayAccount, PeriodAccount
from mealmag.nutrition.accounting import Basics, day_account, period_account
from mealmag.nutrition.certainty import typical_spread
from mealmag.nutrition.diary import Entry
from mealmag.nutrition.figures import Figures, recounted
from mealmag.nutrition.interactions import matches
from mealmag.nutrition.limits import missing_for_kidneys
from mealmag.nutrition.trend import Trend, monday_of, trend
from mealmag.nutrition.usual_intake import WINDOW_DAYS, Days
from mealmag.services.catalogue import Catalogue
from mealmag.services.diary import opened
from mealmag.services.target import target_report
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile


def basics_of(profile: Profile, catalogue: Catalogue) -> Basics:
    """Who the accounts are for, and what they aim at. InputError where no published value covers them."""
    tables = ReferenceTables()
    report = target_report(
        profile.person, profile.reference.set, tables, profile.limits, catalogue.told
    )
    return Basics(
        person=profile.person,
        reference=report.magnesium,
        energy_kcal=Decimal(report.energy.kcal),
        targets=report.targets,
        typical=typical_spread(catalogue.foods.values()),
        cautions=tuple(_cautions(profile, tables)),
        figures=profile.reference.figures,
    )


def _cautions(profile: Profile, tables: ReferenceTables) -> Iterator[str]:
    """What must be known before any target is read."""
    person = profile.person
    if missing_for_kidneys(person, profile.limits, tables.interactions):
        yield (
            "With a kidney disease the targets below are not yours: magnesium, potassium and phosphorus are "
            "set by the kidney team. Give theirs, each with a ceiling, as [limits] in the profile, or with "
            "--limit."
        )
    _, unknown = matches(tables.interactions, (*person.conditions, *person.medicines))
    if unknown:
        yield f"Not known here, and nothing is made of it: {', '.join(unknown)}."


def account_of_day(
    paths: Paths, profile: Profile, catalogue: Catalogue, day: date, today: date
) -> DayAccount:
    """The account of one day. InputError where the diary cannot be read; no diary is an empty one."""
    basics = basics_of(profile, catalogue)
    days = logged(paths, day - timedelta(days=WINDOW_DAYS), day, basics.figures)
    return day_account(day, today, days, basics)


def account_of_days(
    paths: Paths, profile: Profile, catalogue: Catalogue, first: date, last: date, today: date
) -> PeriodAccount:
    """The account of some days together. InputError where the diary cannot be read."""
    basics = basics_of(profile, catalogue)
    return period_account(first, last, today, logged(paths, first, last, basics.figures), basics)


def trend_of_weeks(
    paths: Paths, profile: Profile, catalogue: Catalogue, last: date, weeks: int
) -> Trend:
    """The weeks up to that of `last`. InputError where the diary cannot be read."""
    first = monday_of(last) - timedelta(weeks=weeks - 1)
    basics = basics_of(profile, catalogue)
    return trend(logged(paths, first, last, basics.figures), last, weeks, basics)


def logged(paths: Paths, first: date, last: date, figures: Figures = Figures.USDA) -> Days:
    """The entries of each day from `first` to `last` that has any, with the magnesium of `figures`."""
    with opened(paths, create=False) as diary:
        entries = recounted(diary.between(first, last), figures)
    days: dict[date, list[Entry]] = {}
    for entry in entries:
        days.setdefault(entry.day, []).append(entry)
    return days
