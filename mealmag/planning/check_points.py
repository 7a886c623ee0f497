"""The checker's own count of the last goal: the points of each part of it, by its name in `Weights`."""

from collections import Counter
from collections.abc import Iterator, Mapping

from mealmag.catalogue.dish import Component, Dish, Meal
from mealmag.nutrition.food import Food
from mealmag.planning.check_pantry import pantry_points
from mealmag.planning.exact import exact
from mealmag.planning.occasion import named_dish
from mealmag.planning.plan import Plan, PlanMeal, PlanPortion, PlanRules
from mealmag.planning.rulebook import POINTS


def points(plan: Plan, foods: Mapping[str, Food], dishes: Mapping[str, Dish]) -> dict[str, int]:
    """The points of the plan; `dishes` in the amounts for its person's appetite."""
    weights = plan.rules.weights.model_dump()
    times = {
        "dish_again": _beyond(Counter(meal.dish for meal in _meals(plan) if meal.is_cooked), 1),
        **_repetition(plan, foods),
        "group_missing": _missing(plan, foods),
        "colours": _pale(plan, foods),
        "open_packet": _opened(plan, foods),
        "pantry": pantry_points(plan),
    }
    return {name: weights[name] * times[name] for name in times} | _servings(plan, foods, dishes)


def _meals(plan: Plan) -> list[PlanMeal]:
    return [meal for day in plan.days for meal in day.meals]


def _beyond(uses: Counter[str], most: int) -> int:
    return sum(max(0, n - most) for n in uses.values())


def _repetition(plan: Plan, foods: Mapping[str, Food]) -> dict[str, int]:
    week: Counter[str] = Counter()
    twice = 0
    for day in plan.days:
        served = Counter(
            portion.food
            for meal in day.meals
            for portion in meal.portions
            if foods[portion.food].group not in POINTS.staples
        )
        twice += _beyond(served, 1)
        week += served
    return {"food_often": _beyond(week, POINTS.often(len(plan.days))), "food_twice_a_day": twice}


def _missing(plan: Plan, foods: Mapping[str, Food]) -> int:
    missing = 0
    for day in plan.days:
        groups = {foods[p.food].group for meal in day.meals for p in meal.portions}
        missing += sum(groups.isdisjoint(wanted) for wanted in POINTS.daily_groups)
    return missing


def _pale(plan: Plan, foods: Mapping[str, Food]) -> int:
    fewer = 0
    for day in plan.days:
        colours = {foods[p.food].colour for meal in day.meals for p in meal.portions} - {""}
        fewer += max(0, POINTS.colours_a_day - len(colours))
    return fewer


def _opened(plan: Plan, foods: Mapping[str, Food]) -> int:
    """The packets that one portion comes from, where the plan is long enough to finish them."""
    if len(plan.days) < POINTS.packet_days:
        return 0
    served = Counter(foods[p.food].packet for meal in _meals(plan) for p in meal.portions)
    return sum(packet != "" and times == 1 for packet, times in served.items())


def _servings(plan: Plan, foods: Mapping[str, Food], dishes: Mapping[str, Dish]) -> dict[str, int]:
    """Points by name: of a meal by its rating, and of each portion by what it costs in its dish."""
    rules = plan.rules
    best = {
        meal: max((0, *(n for rated, n in rules.ratings.items() if _suits(dishes, rated, meal))))
        for meal in rules.meals
    }
    found = dict.fromkeys(("special_trip", "off_usual_amount", "liking"), 0)
    for meal in _meals(plan):
        if meal.is_settled:
            continue
        if meal.is_cooked and named_dish(meal.occasion) is None:  # no other could be had
            below = best.get(meal.meal, 0) - rules.ratings.get(meal.dish, 0)
            found["liking"] += rules.weights.liking * below
        for points in _cheapest(list(dishes[meal.dish].components), meal.portions, rules, foods):
            for name, value in points.items():
                found[name] += value
    return found


def _suits(dishes: Mapping[str, Dish], dish: str, meal: Meal) -> bool:
    return dish in dishes and meal in dishes[dish].meals


def _portion(rules: PlanRules, food: Food, steps: int) -> dict[str, int]:
    """The points of a portion by name. What a liked food is forgiven is taken off its trip first."""
    trip = rules.weights.special_trip * POINTS.by_everyday[food.everyday - 1]
    off = rules.weights.off_usual_amount * steps
    liked = rules.weights.liking * rules.ratings.get(food.bought_id, 0)
    forgiven = max(0, liked)
    return {
        "special_trip": max(0, trip - forgiven),
        "off_usual_amount": max(0, off - max(0, forgiven - trip)),
        "liking": max(0, -liked),
    }


def _cheapest(
    components: list[Component],
    portions: list[PlanPortion],
    rules: PlanRules,
    foods: Mapping[str, Food],
) -> list[dict[str, int]]:
    """The points of each portion, as the cheapest way to make this dish of them has it."""
    ways = _ways(components, portions, rules, foods)
    return min(ways, key=lambda way: sum(sum(points.values()) for points in way), default=[])


def _ways(
    components: list[Component],
    portions: list[PlanPortion],
    rules: PlanRules,
    foods: Mapping[str, Food],
) -> Iterator[list[dict[str, int]]]:
    """Every way in which the portions make the components, one each, optional ones aside."""
    if not components:
        if not portions:
            yield []
        return
    first, rest = components[0], components[1:]
    if first.optional:
        yield from _ways(rest, portions, rules, foods)
    for serving, steps in zip(first.servings, first.steps, strict=True):
        if portions and (serving.food, serving.grams) == (
            portions[0].food,
            exact(portions[0].grams),
        ):
            points = _portion(rules, foods[serving.food], steps)
            for others in _ways(rest, portions[1:], rules, foods):
                yield [points, *others]
