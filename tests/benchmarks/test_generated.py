"""Made-up catalogues are valid, of the size asked for, and the same whenever they are made."""

from benchmarks.generated import cookbook, generated
from mealmag.catalogue.dish import Meal
from mealmag.services.catalogue import load_catalogue


def test_the_same_seed_gives_the_same_bytes_and_another_one_others() -> None:
    first, again, other = (generated("woman-34", 3, 60, seed) for seed in (4, 4, 5))
    assert first.problem.model_dump_json() == again.problem.model_dump_json()
    assert first.problem.model_dump_json() != other.problem.model_dump_json()


def test_every_meal_has_its_share_and_every_dish_its_parts() -> None:
    catalogue = load_catalogue()
    made = cookbook(catalogue.foods, catalogue.dishes, 120, 1)
    assert len(made) == len({dish.name_en for dish in made.values()}) == 120
    for meal in Meal:
        assert sum(meal in dish.meals for dish in made.values()) >= 30
    for dish in made.values():
        assert any(not part.optional for part in dish.components)
        assert len({part.name for part in dish.components}) == len(dish.components)
        assert all(s.food in catalogue.foods for part in dish.components for s in part.servings)
    assert {tuple(dish.components) for dish in made.values()} - {
        tuple(dish.components) for dish in catalogue.dishes.values()
    }
