"""The checker's own look at single meals: dishes, portions, guests, leftovers, and what nobody cooks."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from mealmag.catalogue.dish import Component, Dish, Meal
from mealmag.nutrition.food import Diet, Food
from mealmag.nutrition.food_words import words_of
from mealmag.planning.check_goals import is_written
from mealmag.planning.exact import exact
from mealmag.planning.occasion import CookDouble, Eaten, Guest, named_dish
from mealmag.planning.plan import Plan, PlanDay, PlanMeal, PlanPortion

Fault = tuple[str, str, str]  # rule, place, message
_NOT_COOKED = {"skipped": "Skipped", "out": "Eating out", "eaten": "Eaten"}


def meal_faults(
    plan: Plan, day: PlanDay, foods: Mapping[str, Food], dishes: Mapping[str, Dish]
) -> Iterator[Fault]:
    """What is wrong with the meals of one day, each taken alone."""
    for meal in day.meals:
        place = f"{day.date} {meal.meal}"
        if meal.is_settled:
            yield from _settled(place, meal)
        else:
            yield from _dish(place, meal, dishes)
            if meal.dish in plan.rules.dislikes:
                yield "dislikes", place, f"{meal.dish} is disliked"
        for portion in meal.portions:
            food = foods.get(portion.food)
            if food is None:
                yield "catalogue", place, f"the food {portion.food} is not in the catalogue"
                continue
            if portion.name not in _names(food):
                yield "names", place, f"{food.id} is called {food.name_en}"
            yield from _magnesium(place, portion, food)
            if not meal.is_settled:
                yield from _may_eat(plan, place, food)
            if isinstance(meal.occasion, Guest):
                yield from _guest(place, meal, meal.occasion, food)


def share_faults(plan: Plan, day: PlanDay, foods: Mapping[str, Food]) -> Iterator[Fault]:
    """Each meal's share of the energy, on a day that is planned whole. All foods must be known."""
    band = plan.targets["energy_kcal"]
    middle = (exact(band.floor or 0) + exact(band.ceiling or 0)) / 2
    if any(meal.is_settled for meal in day.meals) or not middle:
        return
    for meal in day.meals:
        asked = plan.rules.shares.get(meal.meal)
        amounts = (foods[p.food].amount("energy_kcal", exact(p.grams)) for p in meal.portions)
        share = 100 * sum((kcal for kcal in amounts if kcal is not None), exact(0)) / middle
        if asked is not None and not meal.leftover and not asked.min <= share <= asked.max:
            yield (
                "meal_share",
                f"{day.date} {meal.meal}",
                f"{share:.1f} % of the energy is not {asked.min} to {asked.max} %",
            )


def _settled(place: str, meal: PlanMeal) -> Iterator[Fault]:
    """What nobody cooks is named so, takes no time, and has the portions that were eaten."""
    occasion = meal.occasion
    if occasion is None or meal.dish != occasion.kind:
        yield "occasions", place, f"{meal.dish} is not what it is said to be"
    elif meal.name != _NOT_COOKED[occasion.kind]:
        yield "names", place, f"it is called {_NOT_COOKED[occasion.kind]}"
    if meal.minutes or meal.total_minutes:
        yield "minutes", place, "nobody cooks, and it takes minutes"
    eaten = (
        [(item.food, item.grams) for item in occasion.foods] if isinstance(occasion, Eaten) else []
    )
    if [(portion.food, exact(portion.grams)) for portion in meal.portions] != eaten:
        yield "occasions", place, "its portions are not what was eaten"


def _dish(place: str, meal: PlanMeal, dishes: Mapping[str, Dish]) -> Iterator[Fault]:
    named = named_dish(meal.occasion)
    if named not in (None, meal.dish):
        yield "fixed_dishes", place, f"{meal.dish} is not {named}, which was asked for"
    dish = dishes.get(meal.dish)
    if dish is None:
        yield "catalogue", place, f"the dish {meal.dish} is not in the catalogue"
        return
    if meal.meal not in dish.meals and not meal.leftover and named is None:
        yield "natural_amounts", place, f"{dish.id} is no dish for {meal.meal}"
    for what, stated, right in (
        ("minutes", meal.minutes, 0 if meal.leftover else dish.minutes),
        ("total_minutes", meal.total_minutes, 0 if meal.leftover else dish.total_minutes),
        ("keeps_days", meal.keeps_days, dish.keeps_days),
    ):
        if stated != right:
            yield "minutes", place, f"{what} of {dish.id} is {right}"
    if meal.name != dish.name_en:
        yield "names", place, f"{dish.id} is called {dish.name_en}"
    if meal.lunch_tomorrow and not dish.is_lunch_tomorrow:
        yield "minutes", place, f"{dish.id} makes no lunch the day after"
    if not _composes(list(dish.components), meal.portions):
        yield "natural_amounts", place, f"these portions are no way to serve {dish.id}"


def _names(food: Food) -> set[str]:
    """What a food may be called: what a dish cooks need not be called raw."""
    return {food.name_en} | ({food.name_en.removeprefix("raw ")} if food.cooked else set())


def _may_eat(plan: Plan, place: str, food: Food) -> Iterator[Fault]:
    if not plan.rules.diet.may_eat(food.diet):
        yield "diet", place, f"{food.id} is {food.diet}, not {plan.rules.diet}"
    for allergen in sorted(food.allergens & set(plan.rules.avoid_allergens)):
        yield "allergens", place, f"{food.id} holds {allergen}"
    if not words_of(food).isdisjoint(plan.rules.dislikes):
        yield "dislikes", place, f"{food.id} ({food.group}) is disliked"


def _magnesium(place: str, portion: PlanPortion, food: Food) -> Iterator[Fault]:
    magnesium = food.amount("magnesium_mg", exact(portion.grams))
    if not is_written(magnesium or exact(0), portion.magnesium_mg):
        yield "totals", place, f"magnesium of {food.id} is {magnesium} mg"


def _guest(place: str, meal: PlanMeal, guest: Guest, food: Food) -> Iterator[Fault]:
    """A guest is as strictly served as the eater."""
    if not Diet(guest.diet).may_eat(food.diet):
        yield "guests", place, f"{food.id} is {food.diet}, and the guest is {guest.diet}"
    for allergen in sorted(food.allergens & set(guest.avoid_allergens)):
        yield "guests", place, f"{food.id} holds {allergen}, and the guest avoids it"
    if not (words_of(food) | {meal.dish}).isdisjoint(guest.dislikes):
        yield "guests", place, f"{food.id} in {meal.dish} is not for the guest"


def leftover_faults(plan: Plan, dishes: Mapping[str, Dish]) -> Iterator[Fault]:
    """What is left was cooked double on an evening before, still keeps, and is the same plate."""
    dinners = {
        day.date: meal
        for day in plan.days
        for meal in day.meals
        if isinstance(meal.occasion, CookDouble)
    }
    last = plan.days[-1].date if plan.days else None
    eaten = set()
    for day in plan.days:
        for meal in day.meals:
            place = f"{day.date} {meal.meal}"
            if not meal.leftover:
                if meal.leftover_of is not None or meal.keeps_until is not None:
                    yield "leftovers", place, "it is left of nothing, and says that it is"
                continue
            cooked = meal.leftover_of
            source = None if cooked is None else dinners.get(cooked)
            if source is None or cooked is None or meal.meal != Meal.LUNCH:
                yield "leftovers", place, "nothing was cooked double on an evening before"
                continue
            if not isinstance(source.occasion, CookDouble) or day.date != cooked + timedelta(
                days=source.occasion.days
            ):
                yield "leftovers", place, "it is not the lunch that was cooked double for"
            eaten.add(cooked)
            if (source.dish, source.portions) != (meal.dish, meal.portions):
                yield "leftovers", place, f"it is not the plate of {cooked} dinner"
            if meal.dish in dishes:
                yield from _keeping(place, day.date, cooked, meal, dishes[meal.dish])
    for evening, meal in dinners.items():
        if meal.meal != Meal.DINNER:
            yield "leftovers", f"{evening} {meal.meal}", "only a dinner is cooked double"
        elif evening not in eaten and last is not None and _for(evening, meal) <= last:
            place = f"{evening} {meal.meal}"
            yield "leftovers", place, "it is cooked double and nobody eats the rest"


def _for(cooked: date, dinner: PlanMeal) -> date:
    """The day of the lunch that a dinner is cooked double for."""
    later = dinner.occasion.days if isinstance(dinner.occasion, CookDouble) else 0
    return cooked + timedelta(days=later)


def _keeping(place: str, eaten: date, cooked: date, meal: PlanMeal, dish: Dish) -> Iterator[Fault]:
    until = cooked + timedelta(days=dish.keeps_days)
    if meal.keeps_until != until:
        yield "leftovers", place, f"it keeps until {until}, not {meal.keeps_until}"
    if not dish.is_lunch_tomorrow or eaten > until:
        yield "leftovers", place, f"{dish.id} does not keep until {eaten}"


def _composes(components: list[Component], portions: list[PlanPortion]) -> bool:
    """Whether the portions, in order, are one serving of each component, optional ones aside."""
    if not components:
        return not portions
    first, rest = components[0], components[1:]
    fits = portions and any(
        (serving.food, serving.grams, serving.measure)
        == (portions[0].food, exact(portions[0].grams), portions[0].measure)
        for serving in first.servings
    )
    if fits and _composes(rest, portions[1:]):
        return True
    # A required component may be missing only where the person's rules left nothing of it, which
    # would have cost the dish; so only optional ones may be skipped.
    return first.optional and _composes(rest, portions)
