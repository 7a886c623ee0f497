"""Load the foods and dishes that the rest works with: those shipped, and the user's own over them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from mealmag.catalogue.cooked import with_cooked
from mealmag.catalogue.dish import Dish
from mealmag.catalogue.dishes import load_dishes
from mealmag.catalogue.foods import load_foods
from mealmag.catalogue.locate import data_file
from mealmag.catalogue.prices import Price, load_prices
from mealmag.errors import DataProblem, InputError
from mealmag.nutrition.figures import Figures, counted
from mealmag.nutrition.food import Food
from mealmag.storage.paths import Paths


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a catalogue. A file named here stands instead of the shipped one and of `own`."""

    foods: Path | None = None
    dishes: Path | None = None
    own: Paths | None = None

    @property
    def food_files(self) -> tuple[Path, ...]:
        """The food tables, each over the one before it."""
        return _layers(self.foods, "foods.csv", None if self.own is None else self.own.foods)

    @property
    def dish_files(self) -> tuple[Path, ...]:
        """The cookbooks, each over the one before it."""
        return _layers(self.dishes, "dishes.toml", None if self.own is None else self.own.dishes)

    @property
    def price_file(self) -> Path | None:
        """The user's prices, where there is such a file."""
        return self.own.prices if self.own is not None and self.own.prices.is_file() else None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Foods and dishes by id, prices by food, and the hashes that name exactly these files.

    `own` are the ids of the foods and dishes that came from the user's own files.
    """

    foods: dict[str, Food]
    dishes: dict[str, Dish]
    foods_sha256: str
    dishes_sha256: str
    prices: Mapping[str, Price] = field(default_factory=dict)
    own: frozenset[str] = frozenset()


def load_food_table(sources: Sources | None = None) -> dict[str, Food]:
    """The foods alone. Raises InputError with every problem of a file."""
    sources = sources or Sources()
    table: dict[str, Food] = {}
    for path in sources.food_files:
        found, problems = load_foods(path)
        _refuse(path, problems)
        table |= found
    return table


def load_catalogue(sources: Sources | None = None, figures: Figures = Figures.USDA) -> Catalogue:
    """Foods and dishes; magnesium as `figures` says.

    Among the foods are, as `<id>+<process>`, those that a dish cooks from raw. Raises InputError with
    every problem of a file. Files that hold what they held the last time are not read again.
    """
    sources = sources or Sources()
    prices = () if sources.price_file is None else (sources.price_file,)
    hashes = tuple(_sha256(paths) for paths in (sources.food_files, sources.dish_files, prices))
    return read_files(sources, figures, hashes)


@lru_cache(maxsize=2)
def read_files(sources: Sources, figures: Figures, hashes: tuple[str, ...]) -> Catalogue:
    """As `load_catalogue`, of files with these hashes; kept, and `cache_clear` forgets them."""
    table = {key: counted(food, figures) for key, food in load_food_table(sources).items()}
    menu: dict[str, Dish] = {}
    own: set[str] = set()
    for layer, path in enumerate(sources.dish_files):
        found, problems = load_dishes(path, table)
        _refuse(path, problems)
        menu |= found
        own |= found.keys() if layer else set()
    for path in sources.food_files[1:]:
        own |= load_foods(path)[0].keys()
    prices: dict[str, Price] = {}
    if sources.price_file is not None:
        prices, problems = load_prices(sources.price_file, table)
        _refuse(sources.price_file, problems)
    return Catalogue(
        with_cooked(table, menu.values()),
        menu,
        foods_sha256=hashes[0],
        dishes_sha256=hashes[1],
        prices=prices,
        own=frozenset(own),
    )


def _layers(given: Path | None, shipped: str, own: Path | None) -> tuple[Path, ...]:
    if given is not None:
        return (given,)
    if own is not None and own.is_file():
        return (data_file(shipped), own)
    return (data_file(shipped),)


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


def _sha256(paths: tuple[Path, ...]) -> str:
    """The hash of a file, or of several after one another."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.read_bytes())
    return whole.hexdigest()
