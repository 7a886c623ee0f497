"""What the rules of the plate cost in choice: foods and dishes that each of them takes out."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from mealmag.catalogue.dish import Dish
from mealmag.nutrition.food import Diet, Food
from mealmag.planning.candidates import forbidden_by
from mealmag.planning.plan import PlanRules
from mealmag.planning.problem import Rules
from mealmag.planning.why.answer import Choice, Taken


@dataclass(frozen=True, slots=True)
class _Demand:
    """One demand, the foods (cooked ones too) it forbids, and the dishes it forbids as dishes."""

    rule: str
    word: str
    foods: frozenset[str]
    dishes: frozenset[str]


def choice(rules: PlanRules, foods: Mapping[str, Food], dishes: Mapping[str, Dish]) -> Choice:
    """What is left of the catalogue, and what each demand takes. A dish counts where it suits a meal."""
    suited = [dish for dish in dishes.values() if dish.meals.intersection(rules.meals)]
    bought = [food for food in foods.values() if not food.cooked]
    demands = list(_demands(rules, foods, suited))
    taken = []
    foods_left = _foods(bought, demands)
    dishes_left = _dishes(suited, demands)
    for demand in demands:
        others = [other for other in demands if other is not demand]
        taken.append(
            Taken(
                rule=demand.rule,
                word=demand.word,
                foods=len(bought) - _foods(bought, [demand]),
                dishes=len(suited) - _dishes(suited, [demand]),
                foods_back=_foods(bought, others) - foods_left,
                dishes_back=_dishes(suited, others) - dishes_left,
            )
        )
    return Choice(
        foods=len(bought),
        foods_left=foods_left,
        dishes=len(suited),
        dishes_left=dishes_left,
        taken=taken,
    )


def _foods(foods: Iterable[Food], demands: Collection[_Demand]) -> int:
    """How many foods these demands leave."""
    return sum(all(food.id not in demand.foods for demand in demands) for food in foods)


def _dishes(dishes: Iterable[Dish], demands: Collection[_Demand]) -> int:
    """How many dishes these demands leave: each with something in every part that it must have."""
    gone: frozenset[str] = frozenset().union(*(demand.dishes for demand in demands))
    forbidden: frozenset[str] = frozenset().union(*(demand.foods for demand in demands))
    return sum(dish.id not in gone and _can_be_made(dish, forbidden) for dish in dishes)


def _can_be_made(dish: Dish, forbidden: Collection[str]) -> bool:
    left = [
        any(serving.food not in forbidden for serving in component.servings)
        for component in dish.components
    ]
    must = (has or component.optional for has, component in zip(left, dish.components, strict=True))
    return any(left) and all(must)


def _demands(
    rules: PlanRules, foods: Mapping[str, Food], dishes: Collection[Dish]
) -> Iterator[_Demand]:
    ids = {dish.id for dish in dishes}
    each: list[tuple[str, str, Rules]] = []
    if rules.diet is not Diet.OMNIVORE:
        each.append(("diet", str(rules.diet), Rules(diet=rules.diet)))
    each += [("allergens", word, Rules(avoid_allergens=(word,))) for word in rules.avoid_allergens]
    each += [("dislikes", word, Rules(dislikes=(word,))) for word in rules.dislikes]
    each += [("conditions", str(kind), Rules(left_out=(kind,))) for kind in rules.left_out]
    for rule, word, alone in each:
        forbidden = frozenset(key for key, food in foods.items() if forbidden_by(food, alone))
        yield _Demand(rule, word, forbidden, frozenset({word} & ids if rule == "dislikes" else ()))
    for kind, limit in (("weekdays", rules.weekday_minutes), ("weekends", rules.weekend_minutes)):
        if limit is not None:
            slow = frozenset(d.id for d in dishes if max(d.minutes, d.total_minutes) > limit)
            yield _Demand("minutes", f"{limit} minutes on {kind}", frozenset(), slow)
