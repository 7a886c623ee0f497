"""Plans in words and bars: whatever colour says, a sign or a word beside it says too."""

from collections.abc import Sequence
from itertools import chain

from rich.table import Table
from rich.text import Text

from mealmag.export.certainty_text import certainty_lines
from mealmag.export.text import (
    cost_words,
    judged,
    kitchen_remark,
    magnesium_words,
    minutes_words,
    name_words,
)
from mealmag.nutrition.nutrients import nutrient_of
from mealmag.planning.plan import DayMagnesium, Plan, PlanDay, PlanMeal, PlanTarget
from mealmag.services.plan_progress import PlanProgress

_MARKS = {"ok": "✓ ok", "low": "▼ low", "high": "▲ high"}
_STYLES = {"ok": "green", "low": "yellow", "high": "yellow"}
_GOALS = {
    "magnesium_shortfall": ("magnesium", "magnesium below target"),
    "magnesium_margin": ("margin", "magnesium below target and margin"),
    "worst_nutrient": ("worst nutrient", "worst-off other nutrient"),
    "other_nutrients": ("nutrients", "other nutrients out of bounds"),
    "liking_and_variety": ("variety", "repeats and odd amounts"),
}
_BELOW, _ABOVE = 5, 3  # cells of the bar up to the target, and beyond it


def magnesium_bar(ledger: DayMagnesium) -> Text:
    """A bar with a mark at the target, the figures, and ✓ or what is missing."""
    share = ledger.food_mg / ledger.target_mg if ledger.target_mg else 1.0
    reached = ledger.gap_mg == 0
    style = "green" if reached else "yellow"
    below = min(_BELOW, int(share * _BELOW))
    above = max(0, min(_ABOVE, round((share - 1) * _BELOW)))
    text = Text()
    text.append("█" * below, style)
    text.append("░" * (_BELOW - below) + "│")
    text.append("█" * above, style)
    text.append("░" * (_ABOVE - above))
    food = f"{ledger.food_mg:.0f}" if reached else f"{int(ledger.food_mg)}"
    text.append(f" {food} of {ledger.target_mg:g} mg ")
    text.append("✓" if reached else f"short {_gap(ledger.gap_mg)} mg", style)
    if ledger.supplement is not None:
        text.append(f" +{ledger.supplement:.0f} pill")
    return text


def _gap(amount: float) -> str:
    """Whole milligrams, but never a gap of 0 that is none."""
    return f"{amount:.0f}" if amount >= 1 else f"{amount:.2g}"


def progress_words(elapsed: float, progress: PlanProgress | None, *, stopping: bool) -> str:
    """How the search goes, in one line."""
    lead = f"{elapsed:5.1f} s · "
    if stopping:
        return lead + "stopping; the best plan so far is kept"
    if progress is not None and progress.explaining:
        return lead + "no plan is possible; looking for what would do"
    if progress is None or progress.incumbent is None:
        return lead + "looking for a first plan"
    goal = _GOALS.get(progress.goal, ("", progress.goal))[1]
    unit = "%" if progress.unit.startswith("%") else progress.unit
    words = f"{lead}{goal}: {progress.incumbent:g} {unit}"
    if progress.bound is None:
        return f"{words} · no bound yet"
    gap = max(0.0, progress.incumbent - progress.bound) / max(progress.incumbent, 1.0)
    state = f"gap {gap:.0%}" if gap else "proven best"
    return f"{words} · bound {progress.bound:g} · {state}"


def result_words(plan: Plan) -> str:
    """What the search came to: goals proven best, and the last one's value and bound."""
    proven = [
        _GOALS.get(goal.name, (goal.name,))[0] for goal in plan.goals if goal.status == "optimal"
    ]
    parts = [f"proven best: {', '.join(proven)}"] if proven else []
    for goal in plan.goals:
        if goal.status != "optimal":
            name = _GOALS.get(goal.name, (goal.name,))[0]
            unit = {"mg": " mg", "points": ""}.get(goal.unit, " %")
            parts.append(f"{name} {goal.value:g}{unit}, bound {goal.bound:g}")
    return " · ".join(parts)


def advice_words(plan: Plan) -> list[str]:
    """What the plan says of a supplement, a paragraph each."""
    advice = plan.supplement
    if advice is None:
        return ["No supplement needed: food reaches the magnesium target on every day."]
    if advice.get("refused"):
        return [f"No supplement suggested: {advice['refused']}"]
    if not advice.get("elemental_mg"):
        words = f"No supplement suggested. {advice.get('note') or ''}".strip()
        return [words, *filter(None, [cost_words(advice)])]
    proof = advice["certificate"]
    doses = ", ".join(f"{dose['mg']} mg {dose['when']}" for dose in advice["doses"])
    dose = (
        f"Supplement: {advice['elemental_mg']} mg of elemental magnesium on each day marked “pill” "
        f"({doses}), where food cannot close the gap. The upper level for supplements is "
        f"{advice['upper_level_mg']:.0f} mg a day."
    )
    proven = (
        f"Proof: no menu under these rules brings more than {proof['best_possible_food_mg']:.0f} mg "
        f"a day ({' and '.join(proof['engines'])})."
    )
    costs = filter(None, [cost_words(advice)])
    return [dose, proven, *costs, *(f"Caution: {caution}" for caution in advice["cautions"])]


def nutrient_row(key: str, days: Sequence[PlanDay], index: int, target: PlanTarget) -> list[Text]:
    """Name, amount, floor, ceiling and a word for one nutrient of a day.

    Where the mean of all days counts and its word is another one, that is said beside it.
    """
    nutrient = nutrient_of(key)
    day = days[index]

    def number(value: float | None) -> Text:
        words = "–" if value is None else f"{value:,.{nutrient.decimals}f}"
        return Text(words, justify="right")

    word = judged(day.totals[key], target)
    verdict = Text(_MARKS[word], _STYLES[word])
    if target.per == "week":
        mean = judged(sum(other.totals[key] for other in days) / len(days), target)
        if mean != word:
            verdict.append("; mean ", "none").append(_MARKS[mean], _STYLES[mean])
    return [
        Text(nutrient.name),
        amount(key, day),
        number(target.floor),
        number(target.ceiling),
        verdict,
    ]


def amount(key: str, day: PlanDay) -> Text:
    """A day's amount of a nutrient; ≥ where a portion lacks the figure."""
    nutrient = nutrient_of(key)
    least = "≥ " if key in day.incomplete else ""
    words = f"{least}{day.totals[key]:,.{nutrient.decimals}f} {nutrient.unit}"
    return Text(words, justify="right")


def portions_table(meal: PlanMeal, *, chosen: bool = False) -> Table:
    """A meal's portions with measure, grams and magnesium, wrapping within their columns; a chosen
    meal's heading stands out."""
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(justify="right", width=9)
    grid.add_column(ratio=1)
    grid.add_column(justify="right", width=7)
    style = "bold reverse" if chosen else "bold"
    name = f"{name_words(meal)} (locked)" if meal.locked else name_words(meal)
    grid.add_row(Text(str(meal.meal), style), Text(name, style), Text(minutes_words(meal)))
    for portion in meal.portions:
        whole = portion.measure == f"{portion.grams:g} g"
        words = portion.name if whole else f"{portion.name}: {portion.measure}"
        grid.add_row(f"{portion.magnesium_mg:.1f} mg", Text(words), _grams(portion.grams))
    grid.add_row(Text(magnesium_words(meal), "bold"), Text("magnesium in all", "bold"))
    for number, step in enumerate(meal.method, start=1):
        grid.add_row(Text(f"{number}.", "dim"), Text(step, "dim"))
    if remark := kitchen_remark(meal):
        grid.add_row("", Text(remark, "dim italic"))
    grid.add_row("")
    return grid


def _grams(amount: float) -> str:
    return f"{amount:.0f} g" if amount >= 20 else f"{amount:g} g"


def dishes_table(day: PlanDay) -> Table:
    """The day's dishes with their minutes and magnesium."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    for justify in ("left", "left", "right", "right"):
        grid.add_column(justify=justify)
    grid.add_row(Text(f"{day.date:%A}", "bold"), *(Text("") for _ in range(3)))
    for meal in day.meals:
        grid.add_row(
            str(meal.meal), Text(name_words(meal)), minutes_words(meal), magnesium_words(meal)
        )
    return grid


def notes(plan: Plan) -> str:
    """Supplement, warnings and the limits of it all, below the table."""
    paragraphs = chain(
        advice_words(plan),
        certainty_lines(plan),
        (f"· {warning}" for warning in plan.warnings),
        ["Every total and rule was recomputed by code apart from the planner."] * plan.check.ok,
        ["A plan for healthy people; no medical advice."],
    )
    return "\n".join(paragraphs)
