"""The problems that every engine gets: a few people, the shipped catalogue, a fixed Monday."""

from dataclasses import asdict
from datetime import date, timedelta
from types import MappingProxyType

from mealmag.catalogue.reference import ReferenceTables
from mealmag.nutrition.caffeine import ceiling_mg
from mealmag.nutrition.exclusions import excluded
from mealmag.planning.candidates import choices, facts
from mealmag.planning.problem import NutrientTarget, PlanningProblem, Rules
from mealmag.services.catalogue import load_catalogue
from mealmag.services.target import target_report
from mealmag.storage.profile import Profile

MONDAY = date(2026, 11, 23)

PROFILES = MappingProxyType(
    {
        "woman-34": {"person": {"sex": "female", "age": 34}},
        "vegan-pregnant-28": {
            "person": {"sex": "female", "age": 28, "life_stage": "pregnant"},
            "diet": {"kind": "vegan"},
        },
        "man-45": {"person": {"sex": "male", "age": 45}},
        "man-72-no-gluten-no-nuts": {
            "person": {"sex": "male", "age": 72, "energy_kcal": 1700},
            "diet": {"avoid_allergens": ["gluten", "nuts"]},
        },
    }
)
DEFAULT_PROFILES = ("woman-34", "vegan-pregnant-28")


def problem(name: str, days: int) -> PlanningProblem:
    """The problem that `mealmag plan` would make of this profile."""
    profile = Profile.model_validate(PROFILES[name])
    catalogue = load_catalogue()
    need = target_report(profile.person, profile.reference.set, ReferenceTables())
    rules = Rules(
        diet=profile.diet.kind,
        avoid_allergens=tuple(profile.diet.avoid_allergens),
        dislikes=tuple(profile.diet.dislikes),
        max_repeats=profile.plan.max_repeats,
        weekday_minutes=profile.plan.weekday_minutes,
        weekend_minutes=profile.plan.weekend_minutes,
        left_out=excluded(profile.person),
        caffeine_mg=ceiling_mg(profile.person),
    )
    meals = tuple(profile.plan.meals)
    dishes = choices(catalogue.dishes.values(), catalogue.foods, rules, meals, relaxed=frozenset())
    targets = tuple(
        NutrientTarget.model_validate(asdict(target)) for target in need.targets.values()
    )
    return PlanningProblem(
        days=tuple(MONDAY + timedelta(days=d) for d in range(days)),
        meals=meals,
        dishes=dishes,
        foods=facts(dishes, catalogue.foods, {target.nutrient for target in targets}),
        targets=targets,
        rules=rules,
    )
