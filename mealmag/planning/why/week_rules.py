"""The hard rules of all days together: repeats, groups, budget, and what may be on a plate at all."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from mealmag.nutrition.exclusions import kinds_of
from mealmag.nutrition.food import Diet
from mealmag.nutrition.food_groups import groups_of
from mealmag.nutrition.food_words import words_of
from mealmag.planning.exact import exact
from mealmag.planning.plan import PlanDay, PlanMeal
from mealmag.planning.rules.repeats import allowed
from mealmag.planning.weeks import DAYS
from mealmag.planning.why.answer import RuleState
from mealmag.planning.why.main_food_rules import MainFoodRules
from mealmag.planning.why.served import Served, is_served, made
from mealmag.planning.why.special_rules import special_rules
from mealmag.planning.why.state import state


def week_rules(served: Served) -> list[RuleState]:
    """All of them, in the order of the rule book."""
    return [
        *_plates(served),
        *_repeats(served),
        *MainFoodRules(served).of_all_days(),
        *_groups(served),
        *special_rules(served),
        *_budget(served),
    ]


def _plates(served: Served) -> Iterator[RuleState]:
    """What is or is not: every food of the menu fits, or some do not."""
    rules = served.plan.rules
    meals = [meal for day in served.plan.days for meal in made(day)]
    used = {p.food: served.foods[p.food] for meal in meals for p in meal.portions}
    disliked = {
        food.id for food in used.values() if not words_of(food).isdisjoint(rules.dislikes)
    } | {meal.dish for meal in meals if meal.dish in rules.dislikes}
    broken = {
        "diet": [f.id for f in used.values() if not rules.diet.may_eat(f.diet)],
        "allergens": [f.id for f in used.values() if f.allergens & set(rules.avoid_allergens)],
        "dislikes": sorted(disliked),
        "conditions": [f.id for f in used.values() if kinds_of(f) & set(rules.left_out)],
    }
    asked = {
        "diet": [] if rules.diet is Diet.OMNIVORE else [str(rules.diet)],
        "allergens": [f"no {allergen}" for allergen in rules.avoid_allergens],
        "dislikes": [f"no {word}" for word in rules.dislikes],
        "conditions": [f"no {kind}" for kind in rules.left_out],
    }
    for rule, faults in broken.items():
        if asked[rule]:
            fit = f"all {len(used)} foods of the menu fit"
            yield RuleState(
                rule=rule,
                subject=", ".join(asked[rule]),
                amount=len(faults),
                ceiling=0,
                unit="foods",
                slack=-len(faults),
                words=f"{', '.join(faults)} must not be there" if faults else fit,
            )
    yield _amounts(served, meals)


def _amounts(served: Served, meals: list[PlanMeal]) -> RuleState:
    """Whether the portions of every meal are a way to serve its dish."""
    count = sum(len(meal.portions) for meal in meals)
    odd = [meal for meal in meals if not is_served(served.dishes[meal.dish], meal)]
    faults = sum(len(meal.portions) for meal in odd)
    wrong = f"are no way to serve {', '.join(dict.fromkeys(meal.dish for meal in odd))}"
    return RuleState(
        rule="natural_amounts",
        subject="portions",
        amount=faults,
        ceiling=0,
        unit="portions",
        slack=-faults,
        words=f"{faults} of {count} {wrong}" if odd else f"{count}, each as people serve it",
    )


def _repeats(served: Served) -> Iterator[RuleState]:
    """The dish that comes most often; of several the first."""
    plan = served.plan
    most = allowed(plan.rules.max_repeats, len(plan.days))
    times = Counter(meal.dish for day in plan.days for meal in day.meals if meal.is_cooked)
    names = {meal.dish: meal.name for day in plan.days for meal in day.meals}
    for dish, count in times.most_common(1):
        again = sum(1 for each in times.values() if each == count) - 1
        words = f"comes {count} of {most} times"
        if again:
            words += f", as {'does 1 more dish' if again == 1 else f'do {again} more dishes'}"
        subject = names[dish]
        if count == 1:
            subject, words = "every dish", f"comes 1 of {most} times"
        yield state("repeats", subject, Decimal(count), ceiling=Decimal(most), words=words)


def _groups(served: Served) -> Iterator[RuleState]:
    """In how many meals of each week each group comes that was asked for."""
    for number, week in enumerate(served.weeks):
        yield from _groups_of_week(served, week, served.in_week(number))


def _groups_of_week(served: Served, week: Sequence[PlanDay], where: str) -> Iterator[RuleState]:
    """By the week's share of seven days."""
    share = Fraction(len(week), DAYS)
    meals = Counter(
        group
        for day in week
        for meal in day.meals
        for group in frozenset().union(*(groups_of(served.foods[p.food]) for p in meal.portions))
    )
    for group, asked in served.plan.rules.groups.items():
        least = None if asked.min is None else math.floor(asked.min * share)
        most = None if asked.max is None else math.ceil(asked.max * share)
        bounds = [
            f"at {side} {bound}"
            for side, bound in (("least", least), ("most", most))
            if bound is not None
        ]
        count = meals[group]
        yield state(
            "groups",
            group,
            Decimal(count),
            floor=None if least is None else Decimal(least),
            ceiling=None if most is None else Decimal(most),
            unit="meals",
            words=f"{count} {'meal' if count == 1 else 'meals'}{where} ({' and '.join(bounds)})",
            when_tight=f"{group} ({count}{where}, {' and '.join(bounds)})",
        )


def _budget(served: Served) -> Iterator[RuleState]:
    """What a day costs on the mean, by the total that the plan states."""
    budget, cost = served.plan.rules.budget, served.plan.cost
    if budget is None or cost is None:
        return
    unknown = cost.portions_without_price
    yield state(
        "budget",
        "cost",
        exact(cost.total) / len(served.plan.days),
        ceiling=exact(budget),
        unit=cost.currency,
        words=f"{cost.per_day:.2f} of {budget:.2f} {cost.currency} a day"
        + (f", {unknown} portions without a price" if unknown else ""),
    )
