"""The problems that every engine gets: a few people, a catalogue, a fixed Monday."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from types import MappingProxyType

from mealmag.catalogue.appetite import appetite
from mealmag.catalogue.dish import Dish
from mealmag.catalogue.reference import ReferenceTables
from mealmag.nutrition.caffeine import ceiling_mg
from mealmag.nutrition.exclusions import excluded
from mealmag.nutrition.food import Food
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


@dataclass(frozen=True, slots=True)
class Case:
    """A problem, whose it is, and the foods and dishes that a checker needs."""

    name: str
    days: int
    profile: Profile
    problem: PlanningProblem
    foods: Mapping[str, Food]
    dishes: Mapping[str, Dish]

    @property
    def title(self) -> str:
        """For tables and plots."""
        return f"{self.name}, {'one day' if self.days == 1 else f'{self.days} days'}"


def shipped(name: str, days: int) -> Case:
    """One of the people with the shipped catalogue."""
    catalogue = load_catalogue()
    return case(name, name, days, catalogue.foods, catalogue.dishes)


def case(
    name: str, profile_name: str, days: int, foods: Mapping[str, Food], dishes: Mapping[str, Dish]
) -> Case:
    """The problem that `mealmag plan` would make of this profile and these dishes."""
    profile = Profile.model_validate(PROFILES[profile_name])
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
    targets = tuple(
        NutrientTarget.model_validate(asdict(target)) for target in need.targets.values()
    )
    energy = next(target for target in targets if target.nutrient == "energy_kcal")
    chosen = choices(
        dishes.values(),
        foods,
        rules,
        meals,
        steps=appetite(energy.middle),
    )
    problem = PlanningProblem(
        days=tuple(MONDAY + timedelta(days=d) for d in range(days)),
        meals=meals,
        dishes=chosen,
        foods=facts(chosen, foods, {target.nutrient for target in targets}),
        targets=targets,
        rules=rules,
    )
    return Case(name, days, profile, problem, foods, dishes)
