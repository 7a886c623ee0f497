"""The checker's own look at who eats: what is ruled out for them, their limits, and what they asked for."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from pydantic import ValidationError

from mealmag.nutrition.caffeine import caffeine_per_100_g, ceiling_mg
from mealmag.nutrition.exclusions import Exclusion, excluded, kinds_of
from mealmag.nutrition.food import Food
from mealmag.nutrition.food_groups import groups_of
from mealmag.nutrition.person import Person
from mealmag.planning.check_amounts import DayAmounts
from mealmag.planning.check_weeks import weeks_of
from mealmag.planning.exact import exact
from mealmag.planning.plan import Plan

Fault = tuple[str, str, str]  # rule, place, message


def eater_faults(
    plan: Plan, foods: Mapping[str, Food], days: Sequence[DayAmounts]
) -> Iterator[Fault]:
    """(rule, place, message) for each rule of the eater's that does not hold; `days` are those of the plan,
    counted."""
    yield from _conditions(plan, foods)
    yield from _ceilings(plan, foods, days)
    yield from _groups(plan, foods)


def _conditions(plan: Plan, foods: Mapping[str, Food]) -> Iterator[Fault]:
    """What the person's life stage and age rule out is looked up anew, whatever the plan states."""
    ruled_out: set[Exclusion] = set(plan.rules.left_out)
    try:
        ruled_out.update(excluded(Person.model_validate(plan.person)))
    except ValidationError:
        yield "conditions", "plan", "nobody can tell what its person may not eat"
    for day in plan.days:
        for meal in (meal for meal in day.meals if not meal.is_settled):
            for food in (foods[p.food] for p in meal.portions if p.food in foods):
                for kind in sorted(kinds_of(food) & ruled_out):
                    yield "conditions", f"{day.date} {meal.meal}", f"{food.id} is {kind}"


def _ceilings(plan: Plan, foods: Mapping[str, Food], days: Sequence[DayAmounts]) -> Iterator[Fault]:
    """Own limits and caffeine, on every day. Where a figure is unknown, the most that it may be counts."""
    rules, caffeine = plan.rules, caffeine_per_100_g(foods)
    safe = _safe_caffeine(plan)
    yield from _caffeine_stated(plan, safe)
    most_caffeine = safe if rules.caffeine_mg is None else exact(rules.caffeine_mg)
    for day, amounts in zip(plan.days, days, strict=True):
        place = str(day.date)
        for key, limit in rules.limits.items():
            if limit.ceiling is None:
                continue
            amount = amounts.most(key, limit.ceiling)
            if amount > exact(limit.ceiling):
                yield "limits", place, f"{key} is {amount:.4f}, over {limit.ceiling:g}"
        drunk = sum((caffeine[f.id] * g / 100 for f, g in amounts.portions), Decimal(0))
        if most_caffeine is not None and drunk > most_caffeine:
            yield "caffeine", place, f"{drunk} mg is over {most_caffeine:f} mg"


def _safe_caffeine(plan: Plan) -> Decimal | None:
    """What EFSA has no concern about for the plan's person; None where nobody can tell who that is."""
    try:
        return ceiling_mg(Person.model_validate(plan.person))
    except ValidationError:
        return None


def _caffeine_stated(plan: Plan, safe: Decimal | None) -> Iterator[Fault]:
    """A ceiling above the safe one is the person's own, and the plan warns of it. Only a plan from before
    there were ceilings says nothing of one, and is held to the safe one."""
    stated = plan.rules.caffeine_mg
    if stated is None:
        if "caffeine_mg" in plan.rules.model_fields_set:
            yield "caffeine", "plan", "it has no ceiling"
    elif safe is not None and exact(stated) > safe:
        own = f"caffeine ceiling of {stated:g} mg"
        if not any(own in words for words in plan.warnings):
            yield (
                "caffeine",
                "plan",
                f"{stated:g} mg is above the safe {safe:f} mg, and no own ceiling",
            )


def _groups(plan: Plan, foods: Mapping[str, Food]) -> Iterator[Fault]:
    """In how many meals of a week each group comes that was asked for, by the week's share of seven days."""
    for week, days in weeks_of(plan):
        share = Fraction(len(days), 7)
        meals = Counter(
            group
            for day in days
            for meal in day.meals
            for group in frozenset().union(
                *(groups_of(foods[p.food]) for p in meal.portions if p.food in foods)
            )
        )
        for group, asked in plan.rules.groups.items():
            place = f"{group} {week}".strip()
            if asked.min is not None and meals[group] < math.floor(asked.min * share):
                yield "groups", place, f"{meals[group]} meals, {asked.min} a week are asked"
            if asked.max is not None and meals[group] > math.ceil(asked.max * share):
                yield "groups", place, f"{meals[group]} meals, {asked.max} a week are most"
