"""A seeded catalogue of made-up foods and dishes, for tests and benchmarks of the planner."""

import random
from datetime import date, timedelta
from decimal import Decimal

from mealmag.catalogue.dish import Component, Dish, Meal, Serving
from mealmag.nutrition.food import COLOURS, GROUPS, Diet, Food
from mealmag.nutrition.nutrients import CORE, NUTRIENTS
from mealmag.planning.candidates import choices, facts
from mealmag.planning.problem import Effort, NutrientTarget, PlanningProblem, Rules

# Rough size of each core figure per 100 g, only so that made-up menus are not absurd.
_TYPICAL = {
    "energy_kcal": 150, "protein_g": 7, "fat_g": 5, "saturated_fat_g": 1, "carbohydrate_g": 18,
    "fibre_g": 3, "calcium_mg": 60, "iron_mg": 1.5, "magnesium_mg": 30, "potassium_mg": 250,
    "sodium_mg": 90, "zinc_mg": 1, "vitamin_c_mg": 8, "folate_ug_dfe": 30,
}  # fmt: skip


def toy_foods(count: int = 60, seed: int = 1) -> dict[str, Food]:
    rng = random.Random(seed)
    foods = {}
    for i in range(count):
        nutrients: dict[str, Decimal | None] = {n.key: None for n in NUTRIENTS}
        for key in CORE:
            nutrients[key] = Decimal(round(_TYPICAL[key] * rng.lognormvariate(0, 0.5) * 100)) / 100
        foods[f"food-{i}"] = Food(
            id=f"food-{i}", name_en=f"food {i}", name_nl=f"voedsel {i}",
            group=GROUPS[i % len(GROUPS)], source="toy", ndb_no="", fdc_id="",
            source_description="", diet=rng.choice([Diet.VEGAN, Diet.VEGAN, Diet.OMNIVORE]),
            allergens=frozenset(rng.sample(["gluten", "nuts", "milk"], k=int(rng.random() < 0.3))),
            roles=frozenset(), measures=(), everyday=rng.choice([1, 1, 2, 3]), nutrients=nutrients,
            colour=COLOURS[i // 4 % len(COLOURS)] if i % 4 < 2 else "",
            packet=f"packet-{i // 2}" if i % 3 else "",
        )  # fmt: skip
    return foods


def toy_dishes(foods: dict[str, Food], count: int = 40, seed: int = 1) -> dict[str, Dish]:
    rng = random.Random(seed)
    names = sorted(foods)
    dishes = {}
    for i in range(count):
        meal = list(Meal)[i % 4]
        size = {"breakfast": 420, "lunch": 550, "dinner": 700, "snack": 220}[meal]
        components = []
        parts = rng.randint(3, 6)
        for c in range(parts):
            usual = max(20, round(size / parts / 150 * 100 / 10) * 10)
            amounts = sorted({max(10, usual // 2), usual, usual * 3 // 2})
            servings, steps = [], []
            for food in rng.sample(names, k=rng.choice([1, 2, 4])):
                for amount in amounts:
                    servings.append(Serving(food, Decimal(amount), f"{amount} g"))
                    steps.append(abs(amounts.index(amount) - len(amounts) // 2))
            components.append(
                Component(f"part {c}", tuple(servings), tuple(steps), rng.random() < 0.2)
            )
        dishes[f"dish-{i}"] = Dish(
            f"dish-{i}", f"Dish {i}", f"Gerecht {i}", frozenset({meal}), rng.choice([5, 10, 15]),
            "Mix.", 0, tuple(components),
        )  # fmt: skip
    return dishes


TOY_TARGETS = tuple(
    NutrientTarget(
        nutrient=key,
        floor=None if floor is None else Decimal(floor),
        ceiling=None if ceiling is None else Decimal(ceiling),
        per=per,
    )
    for key, floor, ceiling, per in (
        ("magnesium_mg", 380, None, "day"),
        ("energy_kcal", 1800, 2200, "day"),
        ("protein_g", 80, 180, "day"),
        ("fibre_g", 35, None, "week"),
        ("sodium_mg", None, 1500, "week"),
        ("calcium_mg", 800, 2500, "week"),
        ("iron_mg", 18, 45, "week"),
        ("folate_ug_dfe", 400, None, "week"),
        ("vitamin_c_mg", 90, 2000, "week"),
    )
)


def with_floor(nutrient: str, floor: int) -> tuple[NutrientTarget, ...]:
    """The same targets, but for this floor."""
    return tuple(
        t.model_copy(update={"floor": Decimal(floor)}) if t.nutrient == nutrient else t
        for t in TOY_TARGETS
    )


def toy_problem(
    days: int = 7,
    dishes: int = 40,
    foods: int = 60,
    seed: int = 1,
    effort: Effort = Effort.QUICK,
    rules: Rules | None = None,
    targets: tuple[NutrientTarget, ...] = TOY_TARGETS,
) -> PlanningProblem:
    shelf = toy_foods(foods, seed)
    menu = toy_dishes(shelf, dishes, seed)
    rules = rules or Rules()
    chosen = choices(menu.values(), shelf, rules, tuple(Meal))
    return PlanningProblem(
        days=tuple(date(2026, 11, 23) + timedelta(days=d) for d in range(days)),
        meals=tuple(Meal),
        dishes=chosen,
        foods=facts(chosen, shelf, {t.nutrient for t in targets}),
        targets=targets,
        rules=rules,
        seed=seed,
        effort=effort,
    )
