"""The answer to "why?" as a page to read, in as many columns as there are."""

import json
import textwrap
from collections.abc import Iterator, Sequence

from mealmag.export.certainty_text import percent
from mealmag.planning.rulebook import BALANCE, ENJOYMENT, MAGNESIUM, MARGIN, WORST
from mealmag.planning.why.answer import Choice, DayWhy, Deviation, RuleState, Why

WIDTH = 80
_LEAST_MG = 1.0
_RULE_WORDS = {
    "energy_band": "energy",
    "limits": "own limit",
    "neighbouring_days": "next time",
    "repeats": "again",
    "main_food": "main food",
    "natural_amounts": "amounts",
    "diet": "diet",
    "meal_share": "share",
    "otherwise": "other than",
}
_NOTHING_ASKED = {
    "diet": "diet", "allergens": "allergens", "dislikes": "dislikes",
    "conditions": "life stage and age", "limits": "own limits", "caffeine": "caffeine",
    "minutes": "minutes", "groups": "food groups", "budget": "budget",
}  # fmt: skip


def why_json(why: Why) -> str:
    """The answer in the contract's order, indented, with a newline at the end."""
    document = why.model_dump(mode="json", by_alias=True)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def why_text(why: Why, width: int = WIDTH) -> str:
    """Every day of the answer, and what holds for all days together."""
    lines: list[str] = []
    for day in why.days:
        lines += [f"{day.date:%A %d %B %Y}", *day_lines(day, width), "", "─" * width, ""]
    lines += together_lines(why, width)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def day_lines(day: DayWhy, width: int = WIDTH) -> Iterator[str]:
    """One day: whence its magnesium comes, what its rules leave, and what it paid."""
    yield from source_lines(day, width)
    yield ""
    yield from rule_lines(day, width)
    yield ""
    yield from paid_lines(day, width)


def source_lines(day: DayWhy, width: int = WIDTH) -> Iterator[str]:
    """The foods that bring the magnesium, the richest first, and the meals."""
    word = "reached" if day.gap_mg == 0 else f"short by {day.gap_mg:.2g} mg"
    chance = "" if day.chance is None else f" (a chance of {percent(day.chance)})"
    yield f"Magnesium: {day.food_mg:.0f} of {day.target_mg:g} mg, {word}{chance}; from"
    told = [food for food in day.foods if food.magnesium_mg >= _LEAST_MG]
    for food in told:
        meals = ", ".join(food.meals)
        name = _cut(food.name, width - 36)
        yield f"  {food.magnesium_mg:>5.0f} mg {food.percent_of_target:>4.0f} %  {name}  ({meals})"
    if rest := day.foods[len(told) :]:
        amount = sum(food.magnesium_mg for food in rest)
        yield f"  {amount:>5.1f} mg         {len(rest)} more, each below {_LEAST_MG:g} mg"
    shares = (f"{meal.meal} {meal.magnesium_mg:.0f} mg" for meal in day.meals)
    yield from _wrap("By meal: " + " · ".join(shares), width)


def rule_lines(day: DayWhy, width: int = WIDTH) -> Iterator[str]:
    """The day's hard rules, and which of them are tight."""
    yield "Rules that must hold"
    for state in day.rules:
        yield from _state(state, width)
    yield from _wrap(day.binds, width)


def paid_lines(day: DayWhy, width: int = WIDTH) -> Iterator[str]:
    """What the day is from the goals: milligrams, percents and points, each with its reason."""
    yield "Goals, in their order"
    yield f"  {_amount(day.gap_mg):>6} mg      magnesium below the target"
    yield from _deviations(day.deviations, width)
    points = sum(point.points for point in day.points)
    yield f"  {points:>6} points  repeats, odd foods and amounts{':' if points else ''}"
    for point in day.points:
        place = f"{point.meal}: " if point.meal else ""
        yield from _wrap(place + point.words, width, f"{point.points:>14}  ")


def together_lines(why: Why, width: int = WIDTH) -> Iterator[str]:
    """What holds for all days together: rules, what they cost in choice, and the goals."""
    yield "All days together"
    for state in why.rules:
        yield from _state(state, width)
    yield from _wrap(why.binds, width)
    idle = [_NOTHING_ASKED[rule] for rule in why.not_asked if rule in _NOTHING_ASKED]
    if idle:
        yield from _wrap(f"Nothing is asked of: {', '.join(idle)}.", width)
    yield ""
    yield from _choice(why.choice, width)
    yield ""
    yield from _goals(why, width)
    for note in why.notes:
        yield from _wrap(note, width, "Note: ")


def _goals(why: Why, width: int) -> Iterator[str]:
    words = {
        MAGNESIUM.name: "magnesium below the target",
        MARGIN.name: "magnesium below target and margin",
        WORST.name: "worst-off other nutrient out of bounds",
        BALANCE.name: "other nutrients out of bounds",
        ENJOYMENT.name: "repeats, odd foods and amounts",
    }
    yield "The goals of the plan, in their order"
    for goal in why.goals:
        unit = "%" if goal.unit.startswith("%") else goal.unit
        yield f"  {_amount(goal.counted):>6} {unit:<7} {words.get(goal.name, goal.name)}"
        if goal.name == BALANCE.name:
            yield from _deviations(why.deviations, width)


def _choice(choice: Choice, width: int) -> Iterator[str]:
    yield from _wrap(
        f"To choose from: {choice.foods_left:,} of {choice.foods:,} foods and "
        f"{choice.dishes_left} of {choice.dishes} dishes.",
        width,
    )
    if not choice.taken:
        return
    yield f"  {'takes out':<{width - 34}}{'foods':>8}{'dishes':>8}{'back without it':>16}"
    for taken in choice.taken:
        word = f"no {taken.word}" if taken.rule in ("allergens", "dislikes") else taken.word
        if taken.rule == "conditions":
            word = f"no {taken.word.replace('-', ' ')}"
        back = f"{taken.foods_back:,} / {taken.dishes_back:,}"
        word = _cut(word, width - 36)
        yield f"  {word:<{width - 34}}{taken.foods:>8,}{taken.dishes:>8,}{back:>16}"


def _deviations(deviations: Sequence[Deviation], width: int) -> Iterator[str]:
    for each in deviations:
        yield from _wrap(each.words, width, f"  {_amount(each.percent):>6} %       ")


def _state(state: RuleState, width: int) -> Iterator[str]:
    """A rule with its state, and what it leaves at the right where there is room for it."""
    name = _RULE_WORDS.get(state.rule, state.rule)
    subject = "" if state.subject in (name, state.rule) else state.subject
    if state.rule == "minutes":
        name, subject = state.subject, ""
    words = f"{subject}: {state.words}" if subject else state.words
    left = state.left if state.slack else ""
    lead = f"  {_cut(name, 13):<14}"
    if len(lead) + len(words) + 2 + len(left) <= width:
        yield lead + words + left.rjust(width - len(lead) - len(words))
    else:
        yield from _wrap(f"{words} {left}".rstrip(), width, lead)


def _amount(amount: float) -> str:
    """As short as can be, but never nothing for something."""
    return f"{amount:g}" if amount < 100 else f"{amount:.0f}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _wrap(text: str, width: int, lead: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_on_hyphens=False,
    )
