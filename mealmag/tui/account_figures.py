"""The account of a day as the Today screen shows it: a bar with its figures, and tables beside it."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from mealmag.export.account_text import left_out_lines
from mealmag.nutrition.account import Amount, DayAccount, MagnesiumAccount, NutrientAccount
from mealmag.nutrition.diary import Entry, Ledger
from mealmag.nutrition.intake import MAGNESIUM, brought, by_ledger, contributions
from mealmag.nutrition.nutrients import nutrient_of

_CELLS = 15  # of the bar
_INDENT = " " * 10
_MOST_NAMED = 8
_COLUMNS = (
    ("Nutrients", 14),
    ("this day", 12),
    ("", 1),
    ("7-day mean", 10),
    ("", 1),
    ("at least", 8),
    ("at most", 8),
)
_LEFT = (1, 14)  # widths of the names and the signs
_OK, _LOW, _HIGH, _OPEN = "✓", "▼", "▲", "?"
_NEARLY = 0.005


def magnesium_head(magnesium: MagnesiumAccount) -> Text:
    """Eaten of target, with what each ledger brought below."""
    total, reached = magnesium.total, magnesium.gap_mg == 0
    style = "green" if reached else "yellow"
    filled = min(_CELLS, int(magnesium.percent * _CELLS / 100))
    text = Text("magnesium ")
    text.append("█" * filled, style)
    text.append("░" * (_CELLS - filled))
    least = "at least " if total.unknown else ""
    text.append(
        f" {least}{total.amount:.0f} of {magnesium.target_mg:g} mg ({magnesium.target_type})"
        f" · {magnesium.percent:.0f} % · "
    )
    text.append("✓ reached" if reached else f"{_to_go(magnesium.gap_mg)} mg to go", style)
    ledgers = {
        "food": magnesium.food,
        "water": magnesium.water,
        "supplement": magnesium.supplement,
    }
    return text.append(f"\n{_INDENT}{_ledgers(ledgers)}")


def energy_words(account: DayAccount) -> str:
    """The day's energy."""
    energy = account.nutrients.get("energy_kcal")
    if energy is None:
        return ""
    least = "≥ " if energy.unknown else ""
    return f"{least}{energy.amount:,.0f} kcal · {account.energy_kj:,.0f} kJ"


def bare_head(entries: Sequence[Entry], why: str) -> Text:
    """The same where no target is known, and why it is not."""
    total = brought(entries, MAGNESIUM)
    least = "" if total.complete else "at least "
    sums = by_ledger(entries, MAGNESIUM)
    ledgers = {
        ledger.value: Amount(amount=float(sums[ledger].amount), unknown=sums[ledger].unknown)
        for ledger in Ledger
    }
    text = Text(f"magnesium {least}{total.amount:.0f} mg · {why}")
    return text.append(f"\n{_INDENT}{_ledgers(ledgers)}")


def _to_go(gap: float) -> str:
    """Whole milligrams, but never a gap of 0 that is none."""
    return f"{gap:.0f}" if gap >= 1 else f"{gap:.2g}"


def _ledgers(ledgers: Mapping[str, Amount]) -> str:
    return " · ".join(
        f"{name} {'≥ ' if amount.unknown else ''}{amount.amount:.0f} mg"
        for name, amount in ledgers.items()
    )


def account_page(account: DayAccount) -> Group:
    """Where the magnesium came from, the other nutrients, and how sure that is."""
    return Group(*_parts(account))


def _parts(account: DayAccount) -> Iterator[RenderableType]:
    for caution in account.cautions:
        yield _told("Heed: ", caution)
    if account.entries:
        sources = [(each.name, each.meal, each.magnesium_mg) for each in account.contributions]
        yield from _sources(sources)
        yield from _range(account.magnesium)
    if account.entries or account.mean_days:
        yield from _nutrients(account)
    yield _told("How sure: ", account.adequacy.said)
    if account.adequacy.left_out:
        yield Text(" ".join(" ".join(left_out_lines(account.adequacy)).split()))
    for note in account.notes:
        yield _told("Note: ", note)


def bare_page(entries: Sequence[Entry], why: str) -> Group:
    """What can be said where no target is known."""
    sources = [
        (each.name, each.meal, None if each.amount is None else float(each.amount))
        for each in contributions(entries, MAGNESIUM)
    ]
    return Group(*(_sources(sources) if entries else ()), Text(why))


def _sources(sources: Sequence[tuple[str, str, float | None]]) -> Iterator[RenderableType]:
    """What brought the magnesium: name, meal and mg, largest first."""
    whole = sum(mg or 0 for *_, mg in sources)
    yield Text("Magnesium came from", "bold")
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(justify="right", width=9)
    grid.add_column(justify="right", width=5)
    grid.add_column()
    for name, meal, mg in sources[:_MOST_NAMED]:
        amount = "no figure" if mg is None else f"{mg:.0f} mg"
        share = "" if mg is None or not whole else f"{100 * mg / whole:.0f} %"
        what = Text(name)
        if meal:
            what.append(f" · {meal}", "dim")
        grid.add_row(amount, share, what)
    yield grid
    if len(sources) > _MOST_NAMED:
        yield Text(f"and {len(sources) - _MOST_NAMED} more", "dim")
    yield Text()


def _range(magnesium: MagnesiumAccount) -> Iterator[RenderableType]:
    low, high = magnesium.low_mg, magnesium.high_mg
    if low is not None and high is not None and round(high) > round(low):
        yield Text(
            f"As tables and samples differ, it was most likely (9 in 10) {low:.0f} to {high:.0f} mg; how "
            "well you know your portions is not in that."
        )
        yield Text()


def _nutrients(account: DayAccount) -> Iterator[RenderableType]:
    """Each with its amount, the mean of the finished days of a week, and its bounds; a sign says how
    a figure stands to them."""
    table = Table.grid(padding=(0, 1, 0, 0))
    for _, width in _COLUMNS:
        table.add_column(justify="left" if width in _LEFT else "right", width=width)
    table.add_row(
        *(Text(label, "dim" if place else "bold") for place, (label, _) in enumerate(_COLUMNS))
    )
    for key, each in account.nutrients.items():
        if key != MAGNESIUM:
            table.add_row(*_nutrient(key, each))
    yield table
    yield Text(_of_which(len(account.mean_days)), "dim")
    yield Text()


def _of_which(finished: int) -> str:
    if not finished:
        return "None of the 7 days is finished yet, so there is no mean."
    are = "one is" if finished == 1 else f"{finished} are"
    return f"Of the 7 days {are} finished; the mean is of those."


def _nutrient(key: str, each: NutrientAccount) -> tuple[RenderableType, ...]:
    nutrient = nutrient_of(key)

    def figure(value: float | None) -> str:
        return "–" if value is None else f"{value:,.{nutrient.decimals}f}"

    least = "≥ " if each.unknown else ""
    return (
        nutrient.name,
        f"{least}{figure(each.amount)} {nutrient.unit}",
        _sign(each.amount, each, at_least=bool(each.unknown)),
        figure(each.mean),
        Text() if each.mean is None else _sign(each.mean, each),
        figure(each.floor),
        figure(each.ceiling),
    )


def _sign(value: float, each: NutrientAccount, *, at_least: bool = False) -> Text:
    """Within its bounds, below or above them; open where more may have been eaten than is known."""
    if each.ceiling is not None and value > each.ceiling + _NEARLY:
        return Text(_HIGH, "yellow")
    if each.floor is not None and value < each.floor - _NEARLY:
        return Text(_OPEN if at_least else _LOW, "yellow")
    open_above = at_least and each.ceiling is not None
    return Text(_OPEN, "yellow") if open_above else Text(_OK, "green")


def _told(lead: str, words: str) -> Text:
    """A paragraph in which no line begins with a %."""
    return Text(lead, "bold").append(words.replace(" %", "%"), "none")
