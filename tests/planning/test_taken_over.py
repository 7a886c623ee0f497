"""What one instance takes over from another is what it would have worked out itself."""

import pytest

from mealmag.planning.instance import Instance
from mealmag.planning.problem import DishChoice, PlanningProblem
from tests.planning.drawn import draw


def without(problem: PlanningProblem, food: str) -> PlanningProblem:
    """The problem without a food, and without the dishes that may be served with it."""

    def serves(dish: DishChoice) -> bool:
        return any(serving.food == food for part in dish.components for serving in part.servings)

    return problem.model_copy(
        update={
            "foods": tuple(each for each in problem.foods if each.id != food),
            "dishes": tuple(dish for dish in problem.dishes if not serves(dish)),
        }
    )


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("place", [0, 1, 3, -1])
def test_foods_that_stand_in_other_places_are_counted_there(seed: int, place: int) -> None:
    drawn = draw(seed, free=True).problem
    whole = drawn.model_copy(update={"rules": drawn.rules.model_copy(update={"max_main_food": 3})})
    less = without(whole, whole.foods[place].id)
    for first, then in ((whole, less), (less, whole)):
        after, fresh = Instance(then, before=Instance(first)), Instance(then)
        assert after.dishes == fresh.dishes
        assert after.scale == fresh.scale
        assert after.main_foods == fresh.main_foods
        assert after.shown_mains == fresh.shown_mains
