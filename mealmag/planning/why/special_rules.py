"""The rules of meals that are otherwise, and of plans to differ from."""

from collections.abc import Iterator
from decimal import Decimal

from mealmag.nutrition.food import Diet
from mealmag.nutrition.food_words import words_of
from mealmag.planning.occasion import CookDouble, Guest, named_dish
from mealmag.planning.plan import PlanMeal
from mealmag.planning.why.answer import RuleState
from mealmag.planning.why.served import Served
from mealmag.planning.why.state import state


def special_rules(served: Served) -> list[RuleState]:
    """All of them, in the order of the rule book; nothing where nothing is otherwise."""
    return [
        *_occasions(served),
        *_fixed_dishes(served),
        *_guests(served),
        *_leftovers(served),
        *_otherwise(served),
    ]


def _occasions(served: Served) -> Iterator[RuleState]:
    settled = [meal for day in served.plan.days for meal in day.meals if meal.is_settled]
    odd = sum(meal.occasion is None or meal.dish != meal.occasion.kind for meal in settled)
    if settled:
        fit = f"{len(settled)} {_plural('meal', len(settled))} as you said"
        yield _counted("occasions", "skipped, out or eaten", odd, "meals", fit)


def _fixed_dishes(served: Served) -> Iterator[RuleState]:
    fixed = [
        meal.dish == named
        for day in served.plan.days
        for meal in day.meals
        if (named := named_dish(meal.occasion)) is not None
    ]
    if fixed:
        fit = f"{len(fixed)} {_plural('meal', len(fixed))} of the dish you named"
        yield _counted("fixed_dishes", "fixed dishes", fixed.count(False), "meals", fit)


def _guests(served: Served) -> Iterator[RuleState]:
    hosted = [
        (meal, meal.occasion)
        for day in served.plan.days
        for meal in day.meals
        if isinstance(meal.occasion, Guest)
    ]
    unfit = sum(not _suits(served, meal, guest) for meal, guest in hosted)
    if hosted:
        fit = f"what is served suits them at {len(hosted)} {_plural('meal', len(hosted))}"
        yield _counted("guests", "guests", unfit, "meals", fit)


def _suits(served: Served, meal: PlanMeal, guest: Guest) -> bool:
    foods = [served.foods[portion.food] for portion in meal.portions]
    return meal.dish not in guest.dislikes and all(
        Diet(guest.diet).may_eat(food.diet)
        and food.allergens.isdisjoint(guest.avoid_allergens)
        and words_of(food).isdisjoint(guest.dislikes)
        for food in foods
    )


def _leftovers(served: Served) -> Iterator[RuleState]:
    dinners = {
        day.date: meal
        for day in served.plan.days
        for meal in day.meals
        if isinstance(meal.occasion, CookDouble)
    }
    left = [(day.date, meal) for day in served.plan.days for meal in day.meals if meal.leftover]
    odd = 0
    for date, meal in left:
        source = None if meal.leftover_of is None else dinners.get(meal.leftover_of)
        late = meal.keeps_until is None or date > meal.keeps_until
        odd += (
            late or source is None or (source.dish, source.portions) != (meal.dish, meal.portions)
        )
    if left:
        fit = f"{len(left)} {_plural('lunch', len(left), 'lunches')} left of a dinner that still keeps"
        yield _counted("leftovers", "cooked double", odd, "meals", fit)


def _otherwise(served: Served) -> Iterator[RuleState]:
    cooked = [meal for day in served.plan.days for meal in day.meals if meal.is_cooked]
    for number, known in enumerate(served.plan.rules.otherwise, start=1):
        other = sum(meal.dish not in known.dishes for meal in cooked)
        yield state(
            "otherwise",
            f"earlier plan {number}",
            Decimal(other),
            floor=Decimal(known.differ),
            unit="meals",
            words=f"{other} of {len(cooked)} meals are other dishes, at least {known.differ}",
        )


def _counted(rule: str, subject: str, odd: int, unit: str, fit: str) -> RuleState:
    """The state of what is or is not."""
    words = f"{odd} {_plural('meal', odd)} not as asked" if odd else fit
    return RuleState(
        rule=rule, subject=subject, amount=odd, ceiling=0, unit=unit, slack=-odd, words=words
    )


def _plural(word: str, count: int, many: str = "") -> str:
    return word if count == 1 else many or f"{word}s"
