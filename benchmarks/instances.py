"""The problems that every engine gets: a few people, a catalogue, a fixed Monday."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from mealmag.catalogue.dish import Dish
from mealmag.catalogue.reference import ReferenceTables
from mealmag.nutrition.food import Food
from mealmag.planning.problem import PlanningProblem
from mealmag.services.catalogue import Catalogue, load_catalogue
from mealmag.services.problem import planning_problem
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
    catalogue = Catalogue(dict(foods), dict(dishes), foods_sha256="", dishes_sha256="")
    problem = planning_problem(profile, need, catalogue, start=MONDAY, days=days)
    return Case(name, days, profile, problem, foods, dishes)
