"""A menu in indices becomes days, meals and portions with exact totals."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from mealmag.catalogue.dish import Dish, Meal
from mealmag.nutrition.food import Food
from mealmag.nutrition.nutrients import keys_of
from mealmag.nutrition.totals import Totals, rounded, total
from mealmag.nutrition.unknown import Unknown
from mealmag.planning.instance import Menu, Pick, Slot
from mealmag.planning.occasion import CookDouble, Eaten, EatingOut, FixedDish, Guest, Skipped
from mealmag.planning.plan import DayMagnesium, PlanDay, PlanMeal, PlanPortion
from mealmag.planning.problem import PlanningProblem, ServingChoice
from mealmag.planning.special_meals import guessed_most

NAMES = {"skipped": "Skipped", "out": "Eating out", "eaten": "Eaten"}


def servings(problem: PlanningProblem, pick: Pick) -> list[ServingChoice]:
    """The servings of a pick, in the order of the dish's components."""
    dish = problem.dishes[pick.dish]
    return [
        component.servings[chosen]
        for component, chosen in zip(dish.components, pick.servings, strict=True)
        if chosen >= 0
    ]


def daily_totals(problem: PlanningProblem, menu: Menu, foods: Mapping[str, Food]) -> list[Totals]:
    """The exact totals of each day; of a meal out only the energy is known, and that is a guess."""
    keys = keys_of(food.nutrients for food in foods.values())
    return [
        total(_eaten(problem, menu, day, foods), _guessed_kcal(problem, day), keys)
        for day in range(len(problem.days))
    ]


def day_most(
    problem: PlanningProblem, menu: Menu, day: int, unknown: Unknown, nutrients: Collection[str]
) -> dict[str, Decimal]:
    """What counts towards the ceilings of these `nutrients` on a day, where figures are unknown."""
    energy = problem.target("energy_kcal")
    portions = _eaten(problem, menu, day, unknown.foods)
    return {
        key: unknown.most(portions, key)
        + sum(
            guessed_most(problem.target(key), energy, kcal) for kcal in _guessed_kcal(problem, day)
        )
        for key in sorted(nutrients)
    }


def _eaten(
    problem: PlanningProblem, menu: Menu, day: int, foods: Mapping[str, Food]
) -> list[tuple[Food, Decimal]]:
    portions: list[tuple[Food, Decimal]] = []
    settled = _settled(problem)
    for slot in (Slot(day, m) for m in range(len(problem.meals))):
        occasion = settled.get(slot)
        if occasion is None:
            portions += [(foods[s.food], s.grams) for s in servings(problem, menu[slot])]
        elif isinstance(occasion, Eaten):
            portions += [(foods[item.food], item.grams) for item in occasion.foods]
    return portions


def _guessed_kcal(problem: PlanningProblem, day: int) -> list[int]:
    here = (each.occasion for each in problem.settled if each.day == day)
    return [occasion.kcal for occasion in here if isinstance(occasion, EatingOut)]


def _settled(problem: PlanningProblem) -> dict[Slot, Skipped | EatingOut | Eaten]:
    return {Slot(each.day, each.meal): each.occasion for each in problem.settled}


def _not_cooked(
    meal: Meal, occasion: Skipped | EatingOut | Eaten, foods: Mapping[str, Food]
) -> PlanMeal:
    """A meal that was not planned, with what is known of it."""
    eaten = occasion.foods if isinstance(occasion, Eaten) else ()
    return PlanMeal(
        meal=meal,
        dish=occasion.kind,
        name=NAMES[occasion.kind],
        minutes=0,
        occasion=occasion,
        portions=[
            _portion(foods[item.food], item.grams, f"{item.grams.normalize():f} g")
            for item in eaten
        ],
    )


def _portion(food: Food, grams: Decimal, measure: str) -> PlanPortion:
    return PlanPortion(
        food=food.id,
        name=_name(food),
        grams=float(grams),
        measure=measure,
        magnesium_mg=rounded(food.amount("magnesium_mg", grams) or Decimal(0)),
    )


def _meal(
    problem: PlanningProblem,
    foods: Mapping[str, Food],
    dishes: Mapping[str, Dish],
    slot: Slot,
    pick: Pick,
    *,
    locked: bool,
    occasion: Guest | CookDouble | FixedDish | None,
    leftover_of: date | None,
) -> PlanMeal:
    dish = dishes[problem.dishes[pick.dish].dish]
    leftover = leftover_of is not None
    return PlanMeal(
        meal=problem.meals[slot.meal],
        dish=dish.id,
        name=dish.name_en,
        minutes=0 if leftover else dish.minutes,
        total_minutes=0 if leftover else dish.total_minutes,
        keeps_days=dish.keeps_days,
        lunch_tomorrow=dish.is_lunch_tomorrow,
        method=list(dish.method),
        locked=locked,
        occasion=occasion,
        leftover=leftover,
        leftover_of=leftover_of,
        keeps_until=leftover_of and leftover_of + timedelta(days=dish.keeps_days),
        portions=[
            _portion(foods[serving.food], serving.grams, serving.measure)
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
    totals: Sequence[Totals] | None = None,
) -> list[PlanDay]:
    """The days of a complete menu; every total (`daily_totals`) is summed exactly and rounded once."""
    target = problem.target("magnesium_mg").floor or Decimal(0)
    settled = _settled(problem)
    occasions = _cooked_otherwise(problem)
    leftovers = {Slot(left.day, left.meal): problem.days[left.of_day] for left in problem.leftovers}

    def meal(slot: Slot) -> PlanMeal:
        if slot in settled:
            return _not_cooked(problem.meals[slot.meal], settled[slot], foods)
        return _meal(
            problem,
            foods,
            dishes,
            slot,
            menu[slot],
            locked=slot in locked,
            occasion=occasions.get(slot),
            leftover_of=leftovers.get(slot),
        )

    made = []
    counted = daily_totals(problem, menu, foods) if totals is None else totals
    for d, (day, whole) in enumerate(zip(problem.days, counted, strict=True)):
        food_mg = whole["magnesium_mg"]
        made.append(
            PlanDay(
                date=day,
                meals=[meal(Slot(d, m)) for m in range(len(problem.meals))],
                totals={key: rounded(amount) for key, amount in whole.amounts.items()},
                incomplete=dict(whole.unknown),
                known_percent={
                    key: rounded(share, 1) for key, share in whole.known_percent.items()
                },
                magnesium=DayMagnesium(
                    target_mg=float(target),
                    food_mg=rounded(food_mg),
                    gap_mg=rounded(max(Decimal(0), target - food_mg)),
                ),
            )
        )
    return made


def _cooked_otherwise(problem: PlanningProblem) -> dict[Slot, Guest | CookDouble | FixedDish]:
    named = {Slot(fixed.day, fixed.meal): fixed.dish for fixed in problem.fixed}
    found: dict[Slot, Guest | CookDouble | FixedDish] = {
        slot: FixedDish(dish=dish) for slot, dish in named.items()
    }
    found |= {Slot(guest.day, guest.meal): guest.occasion for guest in problem.guests}
    for left in problem.leftovers:
        source = Slot(left.of_day, left.of_meal)
        found[source] = CookDouble(days=left.day - left.of_day, dish=named.get(source))
    return found
