"""Magnesium and nutrients as text: bars with words beside them, so that colour is never needed."""

from rich.table import Table
from rich.text import Text

from mealmag.export.text import judged
from mealmag.nutrition.nutrients import BY_KEY
from mealmag.planning.plan import DayMagnesium, PlanDay, PlanTarget

_MARKS = {"ok": "✓", "low": "▼ low", "high": "▲ high"}
_STYLES = {"ok": "green", "low": "yellow", "high": "yellow"}


def magnesium_bar(ledger: DayMagnesium, width: int = 10) -> Text:
    """A bar up to the target, the figures, and ✓ or what is missing."""
    share = min(1.0, ledger.food_mg / ledger.target_mg) if ledger.target_mg else 1.0
    filled = int(share * width)
    reached = ledger.gap_mg == 0
    style = "green" if reached else "yellow"
    text = Text("█" * filled, style=style)
    text.append("░" * (width - filled), style="dim")
    text.append(f" {ledger.food_mg:.0f} of {ledger.target_mg:.0f} mg ")
    text.append("✓" if reached else f"short {ledger.gap_mg:.0f}", style=style)
    if ledger.supplement is not None:
        text.append(f" +{ledger.supplement:.0f} suppl.")
    return text


def nutrient_row(key: str, amount: float, target: PlanTarget) -> tuple[Text, ...]:
    """Name, amount, floor, ceiling and a word for one nutrient of a day."""
    nutrient = BY_KEY[key]

    def number(value: float | None) -> Text:
        words = "–" if value is None else f"{value:,.{nutrient.decimals}f}"
        return Text(words, justify="right")

    word = judged(amount, target)
    mark = _MARKS[word]
    if word != "ok" and target.per == "week":
        mark += " (mean counts)"
    return (
        Text(nutrient.name),
        Text(f"{amount:,.{nutrient.decimals}f} {nutrient.unit}", justify="right"),
        number(target.floor),
        number(target.ceiling),
        Text(mark, style=_STYLES[word]),
    )


def portions_table(day: PlanDay) -> Table:
    """Each meal's portions with grams and magnesium, as a grid that wraps within its columns."""
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(justify="right", width=9)
    grid.add_column(ratio=1)
    for meal in day.meals:
        magnesium = sum(portion.magnesium_mg for portion in meal.portions)
        time = f"{meal.minutes} minutes" if meal.minutes else "no work"
        grid.add_row(Text(str(meal.meal), style="bold"), Text(meal.name, style="bold"))
        grid.add_row(Text(f"{magnesium:.0f} mg"), Text(f"magnesium · {time}", style="dim"))
        for portion in meal.portions:
            weight = f"{portion.grams:g} g"
            same = portion.measure == weight
            amount = weight if same else f"{portion.measure}, {weight}"
            grid.add_row(f"{portion.magnesium_mg:.1f}", Text(f"{portion.name}: {amount}"))
        grid.add_row("", "")
    return grid


def dishes_of(day: PlanDay, meals: tuple[str, ...]) -> list[str]:
    """The names of the dishes of some meals."""
    names = {str(meal.meal): meal.name for meal in day.meals}
    return [names.get(meal, "–") for meal in meals]


def dishes_table(day: PlanDay) -> Table:
    """The day's dishes with their minutes and magnesium."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(4):
        grid.add_column()
    for meal in day.meals:
        magnesium = sum(portion.magnesium_mg for portion in meal.portions)
        grid.add_row(
            Text(str(meal.meal), style="bold"),
            meal.name,
            Text(f"{meal.minutes} min", justify="right"),
            Text(f"{magnesium:.0f} mg", justify="right"),
        )
    return grid
