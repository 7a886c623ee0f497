"""From entries to an account: sums, shares, means and how sure they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from mealmag.nutrition.account import (
    Amount,
    Contributed,
    DayAccount,
    DayTotal,
    EntryAccount,
    MagnesiumAccount,
    MealAccount,
    NutrientAccount,
    PeriodAccount,
)
from mealmag.nutrition.certainty import TypicalSpread, simulate, spread_of
from mealmag.nutrition.diary import Basis, Entry, Ledger
from mealmag.nutrition.figures import Figures
from mealmag.nutrition.intake import (
    ENERGY,
    MAGNESIUM,
    Sum,
    brought,
    by_ledger,
    by_meal,
    contributions,
)
from mealmag.nutrition.nutrients import BY_KEY
from mealmag.nutrition.person import Person
from mealmag.nutrition.reference import MagnesiumReference, Target
from mealmag.nutrition.totals import rounded
from mealmag.nutrition.usual_intake import Days, is_finished, usual_intake, window

_KJ_PER_KCAL = Decimal("4.184")
_A_DAY, _WEEK = timedelta(days=1), timedelta(days=6)
_SEED, _DRAWS, _ONE_OF = 1, 1_000, 20  # the interval leaves out one draw of twenty at either end


@dataclass(frozen=True, slots=True)
class Basics:
    """Who it is for, what they aim at (per day, by nutrient key), and how foods of a group spread.

    The entries that are handed in beside it are counted with `figures` already (`figures.recounted`).
    """

    person: Person
    reference: MagnesiumReference
    energy_kcal: Decimal
    targets: Mapping[str, Target]
    typical: TypicalSpread
    cautions: tuple[str, ...] = ()
    figures: Figures = Figures.USDA


def day_account(day: date, today: date, days: Days, basics: Basics) -> DayAccount:
    """The account of `day`; `days` are its entries and those of the days before it."""
    entries = tuple(days.get(day, ()))
    last_day = min(day, today - _A_DAY)
    week = _finished({d: e for d, e in days.items() if last_day - _WEEK <= d <= last_day}, basics)
    first, last = window(day, today)
    usual = {d: e for d, e in days.items() if first <= d <= last}
    return DayAccount(
        date=day,
        cautions=(*basics.cautions, *_above_upper(day, entries, basics.reference)),
        person=basics.person.model_dump(mode="json"),
        reference_set=basics.reference.reference_set.value,
        magnesium=magnesium_account(entries, basics),
        energy_kj=rounded(brought(entries, ENERGY).amount * _KJ_PER_KCAL, 0),
        meals=tuple(
            MealAccount(
                meal=meal,
                magnesium=_amount(sum_),
                energy_kcal=_amount(
                    brought((e for e in entries if e.meal == meal), ENERGY), places=0
                ),
            )
            for meal, sum_ in by_meal(entries, MAGNESIUM).items()
        ),
        contributions=_contributed(entries),
        nutrients=_nutrients(entries, list(week.values()), basics.targets),
        mean_days=tuple(week),
        adequacy=usual_intake(usual, basics.person, basics.reference, basics.energy_kcal),
        entries=tuple(map(_entry, entries)),
        notes=(*_without_figure(entries), *_of_one_figure(entries, basics.figures)),
        figures=basics.figures,
    )


def period_account(
    first: date, last: date, today: date, days: Days, basics: Basics
) -> PeriodAccount:
    """The account of all days from `first` to `last`; today and unfinished days count for nothing."""
    within = {d: tuple(e) for d, e in sorted(days.items()) if first <= d <= last and e}
    counted = _finished({d: e for d, e in within.items() if d < today}, basics)
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    totals = tuple(_day_total(day, within.get(day, ()), day in counted, basics) for day in span)
    every = [entry for entries in counted.values() for entry in entries]
    reached = [t for t in totals if t.counts and t.percent >= 100]
    mean = brought(every, MAGNESIUM).amount / len(counted) if counted else None
    return PeriodAccount(
        first=first,
        last=last,
        cautions=(
            *basics.cautions,
            *(c for d, e in within.items() for c in _above_upper(d, e, basics.reference)),
        ),
        person=basics.person.model_dump(mode="json"),
        reference_set=basics.reference.reference_set.value,
        target_mg=float(basics.reference.target_mg),
        target_type=basics.reference.target_type,
        days=totals,
        mean_mg=None if mean is None else rounded(mean, 1),
        days_reached=len(reached),
        nutrients=_nutrients(every, list(counted.values()), basics.targets, days=len(counted)),
        contributions=_contributed(every, days=len(counted)),
        adequacy=usual_intake(
            {d: e for d, e in within.items() if d < today},
            basics.person,
            basics.reference,
            basics.energy_kcal,
        ),
        notes=(*_without_figure(every), *_of_one_figure(every, basics.figures)),
        figures=basics.figures,
    )


def magnesium_account(entries: Sequence[Entry], basics: Basics) -> MagnesiumAccount:
    """The magnesium of some entries of one day against its target."""
    reference = basics.reference
    ledgers, total = by_ledger(entries, MAGNESIUM), brought(entries, MAGNESIUM)
    low, high = _interval(entries, basics.typical)
    return MagnesiumAccount(
        target_mg=float(reference.target_mg),
        target_type=reference.target_type,
        food=_amount(ledgers[Ledger.FOOD]),
        water=_amount(ledgers[Ledger.WATER]),
        supplement=_amount(ledgers[Ledger.SUPPLEMENT]),
        total=_amount(total),
        percent=_percent(total.amount, reference.target_mg),
        gap_mg=rounded(max(Decimal(0), reference.target_mg - total.amount)),
        upper_level_mg=None if reference.ul_mg is None else float(reference.ul_mg),
        upper_level_scope=reference.ul_scope,
        low_mg=low,
        high_mg=high,
        source=reference.source,
    )


def _finished(days: Days, basics: Basics) -> dict[date, Sequence[Entry]]:
    return {d: e for d, e in sorted(days.items()) if is_finished(e, basics.energy_kcal)}


def _interval(
    entries: Iterable[Entry], typical: TypicalSpread
) -> tuple[float | None, float | None]:
    """Where nine of ten draws lie, by what is known of the foods' spread; a label has none."""
    amounts: dict[str, float] = {}
    spread = {}
    for entry in entries:
        mg = entry.amount(MAGNESIUM)
        if mg is None:
            continue
        snapshot = entry.snapshot
        key = snapshot.food or snapshot.name_en
        amounts[key] = amounts.get(key, 0.0) + float(mg)
        expected = typical.of(snapshot.group) if entry.ledger is Ledger.FOOD else 0.0
        spread[key] = spread_of(snapshot, expected)
    if not amounts:
        return None, None
    (draws,) = simulate([dict(sorted(amounts.items()))], spread, seed=_SEED, draws=_DRAWS)
    cut = _DRAWS // _ONE_OF
    return round(draws[cut], 1), round(draws[-cut - 1], 1)


def _nutrients(
    entries: Sequence[Entry],
    week: Sequence[Sequence[Entry]],
    targets: Mapping[str, Target],
    days: int = 1,
) -> dict[str, NutrientAccount]:
    """All with a target, in the order of the targets; of several days the mean of a day."""
    found = {}
    for key, target in targets.items():
        total = brought(entries, key)
        places = BY_KEY[key].decimals if key in BY_KEY else 2
        over = [brought(each, key).amount for each in week]
        mean = sum(over, Decimal(0)) / len(over) if over else None
        found[key] = NutrientAccount(
            amount=rounded(total.amount / max(1, days), places),
            unknown=total.unknown,
            mean=None if mean is None else rounded(mean, places),
            floor=None if target.floor is None else float(target.floor),
            ceiling=None if target.ceiling is None else float(target.ceiling),
            per=target.per,
        )
    return found


def _contributed(entries: Sequence[Entry], days: int = 1) -> tuple[Contributed, ...]:
    whole = brought(entries, MAGNESIUM).amount
    return tuple(
        Contributed(
            name=each.name,
            food=each.food,
            meal=each.meal,
            ledger=each.ledger,
            magnesium_mg=None if each.amount is None else rounded(each.amount / max(1, days)),
            percent=_percent(each.amount or Decimal(0), whole),
        )
        for each in contributions(entries, MAGNESIUM)
    )


def _day_total(day: date, entries: Sequence[Entry], counts: bool, basics: Basics) -> DayTotal:
    magnesium = brought(entries, MAGNESIUM)
    return DayTotal(
        date=day,
        magnesium=_amount(magnesium),
        percent=_percent(magnesium.amount, basics.reference.target_mg),
        energy_kcal=_amount(brought(entries, ENERGY), places=0),
        counts=counts,
    )


def _entry(entry: Entry) -> EntryAccount:
    magnesium, energy = entry.amount(MAGNESIUM), entry.amount(ENERGY)
    unit: Literal["g", "unit"] = "g" if entry.snapshot.basis is Basis.HUNDRED_GRAMS else "unit"
    return EntryAccount(
        id=entry.id,
        meal=entry.meal,
        time=None if entry.at is None else entry.at.isoformat("minutes"),
        ledger=entry.ledger,
        name=entry.snapshot.name_en,
        food=entry.snapshot.food,
        measure=entry.measure,
        quantity=float(entry.quantity),
        unit=unit,
        dish=entry.dish,
        magnesium_mg=None if magnesium is None else rounded(magnesium),
        energy_kcal=None if energy is None else rounded(energy, 0),
        source=entry.snapshot.source,
    )


def _without_figure(entries: Sequence[Entry]) -> Iterable[str]:
    without = sorted({e.snapshot.name_en for e in entries if e.amount(MAGNESIUM) is None})
    if without:
        count = "one food has" if len(without) == 1 else f"{len(without)} foods have"
        yield (
            f"The magnesium is at least that much: {count} no figure ({', '.join(without)}). Nothing is "
            "counted for what is not known."
        )


def _of_one_figure(entries: Sequence[Entry], figures: Figures) -> Iterable[str]:
    """That the middle or the lowest of several tables is not that of every food."""
    if figures not in (Figures.MEDIAN, Figures.CAUTIOUS):
        return
    alone = {
        e.snapshot.name_en
        for e in entries
        if e.ledger is Ledger.FOOD and e.amount(MAGNESIUM) and not e.snapshot.magnesium_tables
    }
    if alone:
        count = "One food is" if len(alone) == 1 else f"{len(alone)} foods are"
        yield (
            f"{count} in no table as eaten (a dish cooked it, or it is your own), and counted with the "
            "figure it was logged with."
        )


def _above_upper(
    day: date, entries: Sequence[Entry], reference: MagnesiumReference
) -> Iterable[str]:
    taken = by_ledger(entries, MAGNESIUM)[Ledger.SUPPLEMENT].amount
    if reference.ul_mg is not None and taken > reference.ul_mg:
        yield (
            f"{day:%d %B}: supplements brought {taken:.0f} mg, above the upper level of {reference.ul_mg} mg "
            f"a day ({reference.ul_scope}). Food has no upper level."
        )


def _amount(total: Sum, places: int = 2) -> Amount:
    return Amount(amount=rounded(total.amount, places), unknown=total.unknown)


def _percent(amount: Decimal, whole: Decimal) -> float:
    return rounded(100 * amount / whole, 1) if whole else 0.0
