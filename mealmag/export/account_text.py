"""What a day or some days came to, as pages to read."""

from collections.abc import Iterator, Mapping

from mealmag.export.text import WIDTH, wrapped
from mealmag.nutrition.account import (
    AdequacyAccount,
    Amount,
    DayAccount,
    DayTotal,
    EntryAccount,
    MagnesiumAccount,
    NutrientAccount,
    PeriodAccount,
)
from mealmag.nutrition.figures import Figures
from mealmag.nutrition.nutrients import nutrient_of

_BAR = 20
_MOST_NAMED = 5
_LEAST_PERCENT = 1.0


def day_text(account: DayAccount) -> str:
    """The whole account of a day."""
    return "\n".join([*day_lines(account), ""])


def period_text(account: PeriodAccount) -> str:
    """The account of some days together."""
    return "\n".join([*period_lines(account), ""])


def day_lines(account: DayAccount) -> Iterator[str]:
    """What was logged, what it brought, and what that says."""
    for caution in account.cautions:
        yield from wrapped(caution, "Heed: ")
    energy = account.nutrients.get("energy_kcal")
    told = ""
    if energy is not None:
        told = f"{_least(energy.unknown)}{energy.amount:,.0f} kcal · {account.energy_kj:,.0f} kJ"
    title = f"{account.date:%A %d %B %Y}"
    yield f"{title}{told:>{WIDTH - len(title)}}"
    yield from magnesium_lines(account.magnesium)
    yield from figures_lines(account.figures)
    yield ""
    if not account.entries:
        yield "Nothing is logged on this day."
    else:
        yield from entry_lines(account)
        yield ""
        yield from wrapped(_whence(account), "Magnesium came from: ")
        yield ""
        yield from nutrient_lines(account.nutrients, len(account.mean_days) or None)
    yield ""
    yield from wrapped(account.adequacy.said, "How sure: ")
    yield from left_out_lines(account.adequacy)
    for note in account.notes:
        yield from wrapped(note, "Note: ")


def magnesium_lines(magnesium: MagnesiumAccount) -> Iterator[str]:
    """The bar, and the ledgers below it."""
    total, target = magnesium.total, magnesium.target_mg
    word = "reached" if magnesium.gap_mg == 0 else f"{magnesium.gap_mg:.0f} mg to go"
    yield (
        f"magnesium {bar(magnesium.percent)} {_least(total.unknown)}{total.amount:.0f} of {target:g} mg "
        f"({magnesium.target_type}), {magnesium.percent:.0f} %, {word}"
    )
    parts = [
        f"{name} {_least(ledger.unknown)}{ledger.amount:.0f} mg"
        for name, ledger in (
            ("food", magnesium.food),
            ("water", magnesium.water),
            ("supplement", magnesium.supplement),
        )
        if ledger.amount or ledger.unknown
    ]
    if parts:
        yield f"          {' · '.join(parts)}"
    low, high = magnesium.low_mg, magnesium.high_mg
    if low is not None and high is not None and round(high) > round(low):
        what = "what has a figure" if total.unknown else "it"
        yield from wrapped(
            f"As tables and samples differ, {what} was most likely (9 in 10) {low:.0f} to {high:.0f} mg; "
            "how well you know your portions is not in that.",
            " " * 10,
        )


def figures_lines(figures: Figures) -> list[str]:
    """Whose magnesium is counted, where that is not what is counted by default."""
    return [] if figures is Figures.USDA else wrapped(f"Magnesium in food: {figures.words}.")


def bar(percent: float) -> str:
    """How far it is to the target, in blocks."""
    return f"{'█' * min(_BAR, int(percent * _BAR / 100)):░<{_BAR}}"


def entry_lines(account: DayAccount) -> Iterator[str]:
    """What was logged, meal by meal, each with the number by which it can be taken away or changed."""
    numbers = {entry.id: n for n, entry in enumerate(account.entries, start=1)}
    for meal in account.meals:
        sum_ = f"{_least(meal.magnesium.unknown)}{meal.magnesium.amount:.0f} mg"
        title = meal.meal or "between meals"
        yield f"{title}{sum_:>{WIDTH - len(title)}}"
        for entry in account.entries:
            if entry.meal == meal.meal:
                yield _entry(entry, numbers[entry.id])


def _entry(entry: EntryAccount, number: int) -> str:
    mg = "no figure" if entry.magnesium_mg is None else f"{entry.magnesium_mg:.0f} mg"
    clock = "" if entry.time is None else f"{entry.time} "
    what = f"{entry.measure} {entry.name}"
    left = f"{number:>3}  {clock}{what}"
    room = WIDTH - len(mg) - 2
    return f"{left if len(left) <= room else left[: room - 1] + '…':<{room}}  {mg}"


def _whence(account: DayAccount) -> str:
    told = [each for each in account.contributions if each.percent >= _LEAST_PERCENT]
    named = ", ".join(
        f"{each.name} {each.magnesium_mg:.0f} mg ({each.percent:.0f} %)"
        for each in told[:_MOST_NAMED]
        if each.magnesium_mg is not None
    )
    more = len(account.contributions) - min(len(told), _MOST_NAMED)
    rest = f", and {more} more" if more else ""
    return f"{named or 'nothing with a figure'}{rest}."


def nutrient_lines(
    nutrients: Mapping[str, NutrientAccount], days: int | None = None
) -> Iterator[str]:
    """All nutrients with a target; with `days`, also the mean of so many logged days of a week."""
    over = "" if days is None else f"{'mean of ' + _days(days):>18}"
    yield f"{'A day':<22}{'amount':>16}{over}{'at least':>12}{'at most':>12}"
    for key, each in nutrients.items():
        nutrient = nutrient_of(key)
        figure = f"{each.amount:,.{nutrient.decimals}f} {nutrient.unit}"
        amount = f"{'≥ ' if each.unknown else ''}{figure}"
        mean = "" if days is None else f"{_figure(each.mean, nutrient.decimals):>18}"
        floor, ceiling = (_figure(bound, nutrient.decimals) for bound in (each.floor, each.ceiling))
        yield f"{nutrient.name:<22}{amount:>16}{mean}{floor:>12}{ceiling:>12}"


def period_lines(account: PeriodAccount) -> Iterator[str]:
    """Each day with its bar, the mean, and what the days say together."""
    for caution in account.cautions:
        yield from wrapped(caution, "Heed: ")
    yield f"{account.first:%d %B} to {account.last:%d %B %Y}"
    yield f"Target: {account.target_mg:g} mg magnesium a day ({account.target_type})"
    yield from figures_lines(account.figures)
    yield ""
    for day in account.days:
        yield _day(day)
    yield ""
    counted = len(account.adequacy.days)
    if account.mean_mg is not None:
        finished = [day for day in account.days if day.counts]
        yield from wrapped(
            f"Mean of {_days(len(finished))}: {account.mean_mg:.0f} mg; the target was reached on "
            f"{account.days_reached} of them."
        )
        yield ""
        yield from nutrient_lines(account.nutrients)
        yield ""
    yield from wrapped(account.adequacy.said, "How sure: ")
    if counted:
        yield from left_out_lines(account.adequacy)
    for note in account.notes:
        yield from wrapped(note, "Note: ")


def left_out_lines(adequacy: AdequacyAccount) -> list[str]:
    """The days that look unfinished, by date."""
    if not adequacy.left_out:
        return []
    days = ", ".join(f"{day:%d %b}" for day in adequacy.left_out)
    return wrapped(
        f"{days}: under half of the energy you need, taken for unfinished.", "Left out: "
    )


def _day(day: DayTotal) -> str:
    if not day.magnesium.amount and not day.energy_kcal.amount:
        return f"{day.date:%a %d %b}  –"
    mark = "" if day.counts else "  (not finished)"
    return (
        f"{day.date:%a %d %b}  {bar(day.percent)} {_told(day.magnesium):>10} {day.percent:>4.0f} %  "
        f"{day.energy_kcal.amount:>6,.0f} kcal{mark}"
    )


def _told(amount: Amount) -> str:
    return f"{'≥ ' if amount.unknown else ''}{amount.amount:.0f} mg"


def _least(unknown: int) -> str:
    return "at least " if unknown else ""


def _figure(figure: float | None, decimals: int) -> str:
    return "–" if figure is None else f"{figure:,.{decimals}f}"


def _days(count: int) -> str:
    return "one day" if count == 1 else f"{count} days"
