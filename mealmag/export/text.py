"""A plan as a page to read at a terminal or on paper: eighty columns, no colour needed."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from mealmag.catalogue.dish import Meal
from mealmag.export.certainty_text import certainty_lines
from mealmag.nutrition.nutrients import nutrient_of
from mealmag.planning.occasion import CookDouble, EatingOut, Guest, named_dish
from mealmag.planning.plan import Plan, PlanDay, PlanMeal, PlanPantry, PlanTarget
from mealmag.planning.problem import TimesAWeek
from mealmag.planning.weights import Weights

WIDTH = 80
_BAR = 20
_WHOLE_GRAMS = 20
_TIED = "\u00a0"  # a space where no line breaks
_RULE = "─" * WIDTH
NOT_ADVICE = "A plan for healthy people; no medical advice."
_GOAL_WORDS = {
    "magnesium_shortfall": "magnesium below target",
    "magnesium_margin": "magnesium below target and margin",
    "worst_nutrient": "worst-off other nutrient",
    "other_nutrients": "other nutrients out of bounds",
    "liking_and_variety": "repeats, odd foods and amounts",
}


def plan_text(plan: Plan) -> str:
    """The whole plan: days, the mean of the nutrients, the goals, the supplement, and notes."""
    lines = [*_head(plan), ""]
    for day in plan.days:
        lines += [*day_lines(day), ""]
    lines += [*_nutrients(plan), "", *_goals(plan), "", *supplement_lines(plan)]
    if sure := certainty_lines(plan):
        lines += ["", *chain.from_iterable(map(wrapped, sure))]
    pantry = list(_pantry(plan))
    lines += ["", *pantry] if pantry else []
    cost = list(_cost(plan))
    lines += ["", *cost] if cost else []
    for warning in plan.warnings:
        lines += wrapped(warning, "Note: ")
    lines += ["", NOT_ADVICE]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def magnesium_line(day: PlanDay) -> str:
    """The day's magnesium against its target, with words beside the bar."""
    ledger = day.magnesium
    share = ledger.food_mg / ledger.target_mg if ledger.target_mg else 1.0
    bar = "█" * min(_BAR, int(share * _BAR))
    least = "at least " if "magnesium_mg" in day.incomplete else ""
    word = "reached" if ledger.gap_mg == 0 else f"short by {_milligrams(ledger.gap_mg)} mg"
    dose = "" if ledger.supplement is None else f", supplement {ledger.supplement:.0f} mg"
    return f"magnesium {bar:░<{_BAR}} {least}{ledger.food_mg:.0f} of {ledger.target_mg:.0f} mg, {word}{dose}"


def _milligrams(amount: float) -> str:
    """Whole milligrams, but never a gap of 0 that is none."""
    return f"{amount:.0f}" if amount >= 1 else f"{amount:.2g}"


def day_lines(day: PlanDay) -> Iterator[str]:
    """One day: its heading, and each meal with its portions."""
    minutes = sum(meal.minutes for meal in day.meals)
    energy = day.totals["energy_kcal"]
    yield f"{day.date:%A %d %B %Y}".ljust(44) + f"{energy:>13,.0f} kcal · {minutes:>3} minutes"
    yield magnesium_line(day)
    for meal in day.meals:
        yield from _meal(meal)


def supplement_lines(plan: Plan) -> Iterator[str]:
    """What the plan says of a supplement, in sentences."""
    advice = plan.supplement
    if advice is None:
        yield from wrapped("Supplement: none. Food reaches the magnesium target on every day.")
        return
    if advice.get("refused"):
        yield from wrapped(f"Supplement: none suggested. {advice['refused']}")
        return
    if not advice.get("elemental_mg"):
        yield from wrapped(f"Supplement: none suggested. {advice.get('note') or ''}")
        if costs := cost_words(advice):
            yield from wrapped(costs, "  ")
        return
    proof = advice["certificate"]
    yield from wrapped(
        f"Supplement: {advice['elemental_mg']} mg of elemental magnesium on each of the days marked "
        f"above, where food leaves a gap of at least {advice['gap_mg']:.0f} mg and cannot close it. The "
        f"upper level for supplements is {advice['upper_level_mg']:.0f} mg a day."
    )
    yield from wrapped(
        f"Proof: no menu under these rules brings more than {proof['best_possible_food_mg']:.0f} mg a "
        f"day ({' and '.join(proof['engines'])}).",
        "  ",
    )
    for dose in advice["doses"]:
        yield f"  {dose['mg']} mg {dose['when']}"
    if costs := cost_words(advice):
        yield from wrapped(costs, "  ")
    for caution in advice["cautions"]:
        yield from wrapped(caution, "  Caution: ")


def cost_words(advice: Mapping[str, Any]) -> str:
    """What each demand costs in magnesium, in a sentence; empty where none costs any."""
    costs = [
        f"“{cost['rule']}” (+{cost['would_add_mg']:.0f} mg)"
        for cost in advice.get("why_not_food", ())
    ]
    return f"Food could bring a day more without: {', '.join(costs)}." if costs else ""


def _pantry(plan: Plan) -> Iterator[str]:
    """What the meals use of what is at home, and what is left of it."""
    used = [stock for stock in plan.pantry if stock.used_g]
    left = [stock for stock in plan.pantry if not stock.used_g]
    if used:
        words = (
            f"{stock.name} {stock.used_g:.0f} of {stock.grams:.0f} g{_good_until(stock)}"
            for stock in used
        )
        yield from wrapped(f"From your pantry: {', '.join(words)}.")
    if left:
        words = (f"{stock.name}{_good_until(stock)}" for stock in left)
        yield from wrapped(f"Not used from your pantry: {', '.join(words)}.")


def _good_until(stock: PlanPantry) -> str:
    return "" if stock.best_before is None else f" (good until {stock.best_before})"


def _cost(plan: Plan) -> Iterator[str]:
    """What it costs, where the user keeps prices."""
    cost = plan.cost
    if cost is None:
        return
    budget = "" if plan.rules.budget is None else f", budget {plan.rules.budget:.2f}"
    least = "at least " if cost.portions_without_price else ""
    words = f"Cost: {least}{cost.total:.2f} {cost.currency}, {cost.per_day:.2f} a day{budget}."
    if cost.portions_without_price:
        words += f" {cost.portions_without_price} portions have no price in your list."
    yield from wrapped(words)


def _head(plan: Plan) -> Iterator[str]:
    target = plan.targets["magnesium_mg"]
    person = plan.person
    who = f"{person['sex']}, {person['age']} years"
    if person.get("life_stage", "none") != "none":
        who += f", {person['life_stage']}"
    count = "1 day" if len(plan.days) == 1 else f"{len(plan.days)} days"
    yield f"mealmag · {count} · {who} · {plan.rules.diet}"
    for lead, words in (
        ("Without: ", plan.rules.avoid_allergens),
        ("Disliked: ", plan.rules.dislikes),
        ("Ruled out: ", [kind.replace("-", " ") for kind in plan.rules.left_out]),
        ("Meals a week: ", [_asked(*item) for item in plan.rules.groups.items()]),
        ("Weights: ", list(_weights(plan.rules.weights))),
    ):
        if words:
            yield from wrapped(", ".join(words), lead)
    yield from wrapped(
        f"Target: {target.floor:g} mg magnesium a day ({target.floor_kind}, set "
        f"{plan.reference_set}). {target.source}"
    )
    yield from wrapped(f"Magnesium in food: {plan.magnesium_figures.words}.")
    yield _RULE


def _asked(group: str, times: TimesAWeek) -> str:
    """What is asked of a food group, such as "fish at least 1"."""
    bounds = (("at least", times.min), ("at most", times.max))
    return " ".join([group, *(f"{words} {count}" for words, count in bounds if count is not None)])


def _weights(weights: Weights) -> Iterator[str]:
    """What weighs otherwise than by default, such as "dish again 8 (5)"."""
    for name, value in weights.changed().items():
        yield f"{name.replace('_', ' ')} {value} ({Weights.model_fields[name].default})"


def _meal(meal: PlanMeal) -> Iterator[str]:
    name = textwrap.shorten(name_words(meal), 50, placeholder=" …")
    time = minutes_words(meal)
    yield f"  {meal.meal:<10}{name:<51}{time:>7} {magnesium_words(meal):>8}"
    words = f"{_TIED}· ".join(_portion(p.name, p.measure, p.grams) for p in meal.portions)
    for line in textwrap.wrap(
        words, WIDTH, initial_indent=" " * 12, subsequent_indent=" " * 12, break_on_hyphens=False
    ):
        yield line.replace(_TIED, " ")
    remark = kitchen_remark(meal)
    if remark:
        yield " " * 12 + f"({remark})"


def name_words(meal: PlanMeal) -> str:
    """What the meal is called."""
    if isinstance(meal.occasion, EatingOut):
        return f"{meal.name}, about {meal.occasion.kcal:,} kcal"
    return meal.name


def magnesium_words(meal: PlanMeal) -> str:
    """The meal's magnesium; nobody knows that of a meal out."""
    if isinstance(meal.occasion, EatingOut):
        return "? mg"
    return f"{sum(portion.magnesium_mg for portion in meal.portions):.0f} mg"


def minutes_words(meal: PlanMeal) -> str:
    """The minutes of work; nothing where there is no dish."""
    if meal.is_settled:
        return ""
    return f"{meal.minutes} min" if meal.minutes else "no work"


def kitchen_remark(meal: PlanMeal) -> str:
    """What the clock and the fridge have to say of a dish; empty where they have nothing."""
    said = []
    if isinstance(meal.occasion, Guest):
        wishes = meal.occasion.wishes
        said.append("for a guest too" + (f": {wishes}" if wishes else ""))
    if named_dish(meal.occasion) is not None:
        said.append("the dish you named")
    if meal.leftover:
        said.append(_left_of(meal))
    if isinstance(meal.occasion, CookDouble):
        later = meal.occasion.days
        when = "tomorrow's lunch" if later == 1 else f"the lunch in {later} days"
        said.append(f"cook double: the rest is {when}")
    if meal.total_minutes > meal.minutes:
        said.append(f"{meal.total_minutes} min in all")
    if meal.lunch_tomorrow and meal.meal is Meal.DINNER and meal.occasion is None:
        days = "1 day" if meal.keeps_days == 1 else f"{meal.keeps_days} days"
        said.append(f"keeps {days}: cook double for a lunch tomorrow")
    return "; ".join(said)


def _left_of(meal: PlanMeal) -> str:
    """Whose leftovers it is, and until when they are good."""
    if meal.leftover_of is None or meal.keeps_until is None:
        return "what is left of an earlier dinner"
    return f"left of {meal.leftover_of:%A} dinner, good until {meal.keeps_until:%A}"


def _portion(name: str, measure: str, grams: float) -> str:
    """A portion in words. Lines may break within the name, not within "2 slices (56 g)"."""
    weight = f"{grams:g} g"
    shown = f"{grams:.0f} g" if grams >= _WHOLE_GRAMS else f"{round(grams, 1):g} g"
    amount = shown if measure == weight else f"{measure} ({shown})"
    return f"{name} {amount.replace(' ', _TIED)}"


def judged(mean: float, target: PlanTarget) -> str:
    """Whether a mean lies within its bounds: "ok", "low" or "high"."""
    if target.floor is not None and mean < target.floor - 0.005:
        return "low"
    return "high" if target.ceiling is not None and mean > target.ceiling + 0.005 else "ok"


def _nutrients(plan: Plan) -> Iterator[str]:
    yield (
        "Mean of a day".ljust(24) + "amount".rjust(14) + "at least".rjust(14) + "at most".rjust(14)
    )
    for key, target in plan.targets.items():
        nutrient = nutrient_of(key)
        mean = sum(day.totals[key] for day in plan.days) / len(plan.days)
        floor, ceiling = (
            "–" if bound is None else f"{bound:,.{nutrient.decimals}f}"
            for bound in (target.floor, target.ceiling)
        )
        least = "≥ " if any(key in day.incomplete for day in plan.days) else ""
        amount = f"{least}{mean:,.{nutrient.decimals}f} {nutrient.unit:<4}"
        yield f"{nutrient.name:<24}{amount:>14}{floor:>14}{ceiling:>14}   {judged(mean, target)}"
    yield from wrapped(known_words(plan))


def known_words(plan: Plan) -> str:
    """How much of the totals rests on figures, where not all does; empty where it does."""
    shares = {
        key: min(day.known_percent.get(key, 100.0) for day in plan.days) for key in plan.targets
    }
    unknown = {share for share in shares.values() if share < 100}
    if not unknown:
        return ""
    if len(unknown) == 1:
        least = f"{unknown.pop():.0f} % of the energy"
    else:
        least = ", ".join(f"{nutrient_of(k).name} {v:.0f} %" for k, v in shares.items() if v < 100)
    return (
        "≥: some of the food has no figure; it counts as none of it, and towards what is at most as the "
        f"most it may be. On the day that is known least, figures stand behind {least}."
    )


def _goals(plan: Plan) -> Iterator[str]:
    yield "Goals, in their order".ljust(36) + "value".rjust(10) + "proven bound".rjust(14)
    for goal in plan.goals:
        words = _GOAL_WORDS.get(goal.name, goal.name)
        unit = "%" if goal.unit.startswith("%") else goal.unit
        state = "proven best" if goal.status == "optimal" else "best found"
        yield f"{words:<36}{goal.value:>10g}{goal.bound:>14g} {unit:<7} {state}"
    record = plan.made_by.solver
    cut = "; engines raced, not reproducible" if record.fast else ""
    cut += "" if record.complete else "; cut short"
    yield from wrapped(
        f"{record.engine} {record.version}, seed {record.seed}, effort {record.effort}{cut}; every "
        "total and rule recomputed by the checker."
    )


def wrapped(text: str, lead: str = "") -> list[str]:
    """The text in lines that fit the page, the later ones indented below `lead`."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False
    )


def in_a_sentence(names: Sequence[str], before_last: str = "and") -> str:
    """Names as a sentence has them: "lunch, dinner and snack"."""
    *first, last = names
    return f"{', '.join(first)} {before_last} {last}" if first else last
