"""A menu in indices becomes days, meals and portions with exact totals."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from mealmag.catalogue.dish import Dish
from mealmag.nutrition.food import Food
from mealmag.nutrition.totals import rounded, total
from mealmag.planning.instance import Menu, Pick, Slot
from mealmag.planning.plan import DayMagnesium, PlanDay, PlanMeal, PlanPortion
from mealmag.planning.problem import PlanningProblem, ServingChoice


def servings(problem: PlanningProblem, pick: Pick) -> list[ServingChoice]:
    """The servings of a pick, in the order of the dish's components."""
    dish = problem.dishes[pick.dish]
    return [
        component.servings[chosen]
        for component, chosen in zip(dish.components, pick.servings, strict=True)
        if chosen >= 0
    ]


def _meal(
    problem: PlanningProblem,
    foods: Mapping[str, Food],
    dishes: Mapping[str, Dish],
    slot: Slot,
    pick: Pick,
    *,
    locked: bool,
) -> PlanMeal:
    dish = dishes[problem.dishes[pick.dish].id]
    return PlanMeal(
        meal=problem.meals[slot.meal],
        dish=dish.id,
        name=dish.name_en,
        minutes=dish.minutes,
        total_minutes=dish.total_minutes,
        keeps_days=dish.keeps_days,
        lunch_tomorrow=dish.is_lunch_tomorrow,
        method=list(dish.method),
        locked=locked,
        portions=[
            PlanPortion(
                food=serving.food,
                name=_name(foods[serving.food]),
                grams=float(serving.grams),
                measure=serving.measure,
                magnesium_mg=rounded(
                    foods[serving.food].amount("magnesium_mg", serving.grams) or Decimal(0)
                ),
            )
            for serving in servings(problem, pick)
        ],
    )


def _name(food: Food) -> str:
    """The food's name on a menu: what the dish cooks is no longer raw."""
    return food.name_en.removeprefix("raw ") if food.cooked else food.name_en


def days(
    problem: PlanningProblem,
    menu: Menu,
    foods: Mapping[str, Food],
    dishes: Mapping[str, Dish],
    locked: Collection[Slot] = (),
) -> list[PlanDay]:
    """The days of a complete menu; every total is summed exactly and rounded once."""
    target = problem.target("magnesium_mg").floor or Decimal(0)
    made = []
    for d, day in enumerate(problem.days):
        slots = [Slot(d, m) for m in range(len(problem.meals))]
        totals = total(
            (foods[serving.food], serving.grams)
            for slot in slots
            for serving in servings(problem, menu[slot])
        )
        food_mg = totals["magnesium_mg"]
        made.append(
            PlanDay(
                date=day,
                meals=[
                    _meal(problem, foods, dishes, slot, menu[slot], locked=slot in locked)
                    for slot in slots
                ],
                totals={key: rounded(amount) for key, amount in totals.amounts.items()},
                incomplete=dict(totals.unknown),
                magnesium=DayMagnesium(
                    target_mg=float(target),
                    food_mg=rounded(food_mg),
                    gap_mg=rounded(max(Decimal(0), target - food_mg)),
                ),
            )
        )
    return made
