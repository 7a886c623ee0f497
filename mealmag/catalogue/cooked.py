"""Raw foods as the dishes cook them: foods of their own, under `<id>+<process>`."""

from collections.abc import Iterable, Mapping

from mealmag.catalogue.dish import Dish
from mealmag.catalogue.reference import ReferenceTables
from mealmag.nutrition.cooking import Process, cook
from mealmag.nutrition.food import Food


def with_cooked(
    foods: Mapping[str, Food],
    dishes: Iterable[Dish],
    processes: Mapping[str, Process] | None = None,
) -> dict[str, Food]:
    """`foods` and, under `<id>+<process>`, what the dishes make of raw rows themselves."""
    known = shipped_processes() if processes is None else processes
    found = dict(foods)
    for dish in dishes:
        for component in dish.components:
            for serving in component.servings:
                raw, plus, process = serving.food.partition("+")
                if plus and serving.food not in found:
                    found[serving.food] = cook(foods[raw], known[process])
    return found


def shipped_processes() -> dict[str, Process]:
    """The ways of cooking whose losses were published, by id."""
    return {process.id: process for process in ReferenceTables().retention}
