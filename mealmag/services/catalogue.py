"""Load the foods and dishes that the rest works with."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from mealmag.catalogue.dish import Dish
from mealmag.catalogue.dishes import load_dishes, with_cooked
from mealmag.catalogue.foods import load_foods
from mealmag.catalogue.locate import data_file
from mealmag.errors import DataProblem, InputError
from mealmag.nutrition.figures import Figures, counted
from mealmag.nutrition.food import Food


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Foods and dishes by id, and the hashes that name exactly these files."""

    foods: dict[str, Food]
    dishes: dict[str, Dish]
    foods_sha256: str
    dishes_sha256: str


def load_food_table(foods: Path | None = None) -> dict[str, Food]:
    """The foods alone. Raises InputError with every problem of the file."""
    path = foods or data_file("foods.csv")
    table, problems = load_foods(path)
    _refuse(path, problems)
    return table


def load_catalogue(
    foods: Path | None = None, dishes: Path | None = None, figures: Figures = Figures.USDA
) -> Catalogue:
    """Foods and dishes, shipped or given; magnesium as `figures` says.

    Among the foods are, as `<id>+<process>`, those that a dish cooks from raw. Raises InputError with
    every problem of either file.
    """
    foods_path = foods or data_file("foods.csv")
    dishes_path = dishes or data_file("dishes.toml")
    table = {key: counted(food, figures) for key, food in load_food_table(foods_path).items()}
    menu, problems = load_dishes(dishes_path, table)
    _refuse(dishes_path, problems)
    table = with_cooked(table, menu.values())
    return Catalogue(table, menu, _sha256(foods_path), _sha256(dishes_path))


def _refuse(path: Path, problems: list[DataProblem]) -> None:
    if problems:
        count = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise InputError(
            f"{path.name} has {count}.",
            hint="Nothing was changed."
            if problems[0].line is None
            else "Mend the lines named above.",
            problems=problems,
        )


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
