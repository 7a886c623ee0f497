"""Small planning problems drawn at random, and the plan document that comes of their menus.

Everything depends on the seed alone. Foods and dishes are those of `toy`, with caffeine and prices added.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from mealmag import __version__
from mealmag.catalogue.dish import Dish, Meal
from mealmag.catalogue.prices import Price
from mealmag.errors import ImpossibleError
from mealmag.nutrition.food import GROUPS, Diet, Food
from mealmag.planning import assemble
from mealmag.planning.candidates import choices, facts
from mealmag.planning.plan import MadeBy, Plan, PlanCheck, PlanRules, SolverRecord
from mealmag.planning.problem import (
    USUAL_SHARES,
    DishChoice,
    Effort,
    Otherwise,
    PantryFood,
    PlanningProblem,
    Rules,
    Share,
    TimesAWeek,
)
from mealmag.planning.solver.report import Found
from mealmag.planning.stated import plan_rules, plan_targets
from mealmag.planning.weights import NAMES, Weights
from mealmag.services.cost import plan_cost
from mealmag.services.goals import plan_goals
from mealmag.services.pantry import pantry_of_plan
from mealmag.services.ratings import bearing
from tests.planning.toy import TOY_TARGETS, toy_dishes, toy_foods

THURSDAY = date(2026, 11, 26)  # so that three days reach into a weekend


@dataclass(frozen=True)
class Drawn:
    """A problem, and the catalogue that it was made of."""

    problem: PlanningProblem
    foods: dict[str, Food]
    dishes: dict[str, Dish]
    prices: dict[str, Price]

    def with_rules(self, **changes: object) -> "Drawn":
        """The same catalogue, days and targets under other rules."""
        rules = Rules.model_validate(self.problem.rules.model_dump() | changes)
        return draw_from(self, rules)


def draw_from(drawn: Drawn, rules: Rules) -> Drawn:
    """The problem made anew from its catalogue. Raises ImpossibleError where a meal has no dish left."""
    old = drawn.problem
    chosen = choices(drawn.dishes.values(), drawn.foods, rules, old.meals)
    prices = {key: price.per_100_g for key, price in drawn.prices.items()}
    problem = PlanningProblem(
        days=old.days,
        meals=old.meals,
        dishes=chosen,
        foods=facts(chosen, drawn.foods, {t.nutrient for t in old.targets}, prices),
        targets=old.targets,
        rules=rules,
        weights=old.weights,
        ratings=bearing(old.ratings, chosen),
        seed=old.seed,
        effort=old.effort,
        pantry=old.pantry,
    )
    return replace(drawn, problem=problem)


def draw(
    seed: int,
    *,
    days: int | None = None,
    dishes: int | None = None,
    magnesium: int | None = None,
    effort: Effort = Effort.QUICK,
    free: bool = False,
    taste: bool = False,
) -> Drawn:
    """A problem of `days` (1 to 4) over `dishes` (12 to 20); `free` of all rules that can be left out,
    or of somebody with a `taste` of their own."""
    rng = random.Random(seed)
    foods = toy_foods(rng.randint(16, 28), seed)
    foods = {
        key: replace(food, main_food=_main_food(i)) for i, (key, food) in enumerate(foods.items())
    }
    for food in foods.values():
        food.nutrients["caffeine_mg"] = Decimal(rng.choice([0, 0, 0, 2, 10]))
    dishes_made = toy_dishes(foods, dishes or rng.randint(12, 20), seed)
    prices = {
        key: Price(key, Decimal(rng.randint(5, 90)) / 100, "EUR")
        for key in foods
        if rng.random() < 0.9
    }
    targets = list(TOY_TARGETS)
    targets[0] = targets[0].model_copy(
        update={"floor": Decimal(magnesium or rng.choice([200, 300, 380, 450]))}
    )
    middle = rng.choice([1700, 2000, 2200])
    width = rng.choice([40, 150, 250])
    targets[1] = targets[1].model_copy(
        update={"floor": Decimal(middle - width), "ceiling": Decimal(middle + width)}
    )
    length = days or rng.randint(1, 4)
    for _ in range(50):
        rules = (
            Rules(weekday_minutes=None, max_main_food=None)
            if free
            else _rules(rng, foods, dishes_made)
        )
        try:
            chosen = choices(dishes_made.values(), foods, rules, tuple(Meal))
        except ImpossibleError:
            continue  # a meal without a dish: there is no problem to solve
        own = _taste(random.Random(seed), chosen) if taste else {}
        problem = PlanningProblem(
            days=tuple(THURSDAY + timedelta(days=d) for d in range(length)),
            meals=tuple(Meal),
            dishes=chosen,
            foods=facts(
                chosen,
                foods,
                {t.nutrient for t in targets},
                {key: price.per_100_g for key, price in prices.items()},
            ),
            targets=tuple(targets),
            rules=rules,
            seed=seed,
            effort=effort,
            pantry=_pantry(random.Random(seed), chosen, length) if taste else (),
            **own,
        )
        return Drawn(problem, foods, dishes_made, prices)
    raise AssertionError(f"seed {seed}: no rules leave a dish for every meal")


def _rules(rng: random.Random, foods: Iterable[str], dishes: Iterable[str]) -> Rules:
    groups = {}
    for group in rng.sample(GROUPS, k=rng.choice([0, 1, 2])):
        least = rng.choice([None, 0, 3, 7, 14])
        most = rng.choice([None, (least or 0) + rng.choice([0, 2, 7])])
        if least is not None or most is not None:
            groups[group] = TimesAWeek(min=least, max=most)
    return Rules(
        diet=rng.choice([Diet.OMNIVORE, Diet.OMNIVORE, Diet.VEGETARIAN]),
        avoid_allergens=tuple(rng.sample(["gluten", "nuts", "milk"], k=rng.choice([0, 0, 1]))),
        dislikes=tuple(rng.sample(sorted(foods), k=rng.choice([0, 1, 3]))),
        limits=tuple(rng.sample(["sodium_mg", "protein_g"], k=rng.choice([0, 0, 1]))),
        caffeine_mg=rng.choice([None, Decimal(20), Decimal(80), Decimal(400)]),
        groups=groups,
        max_repeats=rng.choice([1, 2, 3]),
        weekday_minutes=rng.choice([None, 25, 30, 40, 60]),
        weekend_minutes=rng.choice([None, 30, 60]),
        budget=rng.choice([None, None, Decimal(4), Decimal(7)]),
        shares=rng.choice([{}, {}, {Meal.BREAKFAST: Share(min=15, max=40)}, dict(USUAL_SHARES)]),
        otherwise=rng.choice([(), (), (_known(rng, sorted(dishes)),)]),
        max_main_food=rng.choice([None, 1, 2, 3]),
    )


def _main_food(number: int) -> str:
    """Two foods of five have one, and two of them share it."""
    return f"main-{number // 5}" if number % 5 < 2 else ""


def _taste(rng: random.Random, dishes: Sequence[DishChoice]) -> dict[str, Any]:
    """Weights, each perhaps 0, and ratings."""
    foods = sorted(
        {serving.food for dish in dishes for part in dish.components for serving in part.servings}
    )
    rated = [*rng.sample([dish.id for dish in dishes], k=4), *rng.sample(foods, k=5)]
    return {
        "weights": Weights(**{name: rng.choice([0, 1, 2, 5, 20]) for name in NAMES}),
        "ratings": {name: rng.choice([-2, -1, 1, 2]) for name in rated},
    }


def _pantry(rng: random.Random, dishes: Sequence[DishChoice], days: int) -> tuple[PantryFood, ...]:
    """Three foods at home, of which some spoil within the plan."""
    foods = sorted(
        {serving.food for dish in dishes for part in dish.components for serving in part.servings}
    )
    return tuple(
        PantryFood(
            food=food,
            grams=Decimal(rng.choice([30, 250, 1000])),
            best_before=rng.choice([None, THURSDAY + timedelta(days=rng.randint(0, days))]),
        )
        for food in rng.sample(foods, k=3)
    )


def _known(rng: random.Random, dishes: list[str]) -> Otherwise:
    return Otherwise(dishes=tuple(rng.sample(dishes, k=4)), differ=rng.choice([1, 2, 3]))


def document_of(drawn: Drawn, found: Found) -> Plan:
    """The plan of a found menu as it would be handed out, not checked yet."""
    problem = drawn.problem
    days = assemble.days(problem, found.menu, drawn.foods, drawn.dishes)
    return Plan(
        made_by=MadeBy(
            mealmag=__version__,
            foods_sha256="",
            dishes_sha256="",
            solver=SolverRecord(
                engine="", version="", seed=problem.seed, effort=problem.effort, complete=True
            ),
        ),
        person={"sex": "male", "age": 40},
        reference_set="us",
        targets=plan_targets(problem),
        rules=_with_a_ceiling(plan_rules(problem)),
        days=days,
        goals=plan_goals(
            problem, found, drawn.foods, assemble.daily_totals(problem, found.menu, drawn.foods)
        ),
        supplement=None,
        cost=plan_cost(days, drawn.prices),
        pantry=pantry_of_plan(problem, days, drawn.foods),
        warnings=[],
        check=PlanCheck(ok=True, problems=[]),
    )


def _with_a_ceiling(rules: PlanRules) -> PlanRules:
    """What is handed out has a ceiling of caffeine: where the problem has none, the adult's."""
    return rules.model_copy(update={"caffeine_mg": rules.caffeine_mg or 400.0})
