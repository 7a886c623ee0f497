"""Load the foods and dishes that the rest works with: those shipped, and the user's own over them."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from mealmag.catalogue.cooked import with_cooked
from mealmag.catalogue.dish import Dish
from mealmag.catalogue.dishes import load_dishes
from mealmag.catalogue.foods import doubtful_columns, doubtful_groups, load_foods
from mealmag.catalogue.kinds import Kind, load_kinds
from mealmag.catalogue.locate import data_file
from mealmag.catalogue.pantry import AtHome, load_pantry
from mealmag.catalogue.prices import Price, load_prices
from mealmag.errors import DataProblem, InputError
from mealmag.nutrition.figures import Figures, counted
from mealmag.nutrition.food import Food
from mealmag.nutrition.nutrients import BY_KEY, Told, keys_of
from mealmag.storage.paths import Paths

_NEARLY_ALL = 0.8  # Editorial
_KEPT = 3  # catalogues: with one's own and without, or by other figures


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a catalogue. A file named here stands instead of the shipped one and of `own`."""

    foods: Path | None = None
    dishes: Path | None = None
    own: Paths | None = None
    pantry: Path | None = None

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

    @property
    def pantry_file(self) -> Path | None:
        """What is at home: the file named, or the user's own where there is one."""
        own = self.own.pantry if self.own is not None and self.own.pantry.is_file() else None
        return self.pantry or own


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Foods and dishes by id, prices and what is at home by food, and the hashes that name the files.

    `own` are the ids of the foods and dishes that came from the user's own files.
    """

    foods: dict[str, Food]
    dishes: dict[str, Dish]
    foods_sha256: str
    dishes_sha256: str
    prices: Mapping[str, Price] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    pantry: Mapping[str, AtHome] = field(default_factory=dict)

    @property
    def brought(self) -> tuple[str, ...]:
        """The nutrients that its food tables bring beyond those of mealmag."""
        return keys_of(food.nutrients for food in self.foods.values())[len(BY_KEY) :]

    @property
    def told(self) -> Told:
        """What can be aimed at: of what it brings, that which nearly every food of its dishes has a figure
        for; where few have one, a plan would be of the foods that somebody measured. And nothing that none
        of them has a figure for.
        """
        used = {
            serving.food
            for dish in self.dishes.values()
            for component in dish.components
            for serving in component.servings
        }
        known = Counter(
            key
            for food in used
            for key, value in self.foods[food].nutrients.items()
            if value is not None
        )
        return Told(
            tuple(key for key in self.brought if known[key] >= _NEARLY_ALL * len(used)),
            tuple(key for key in BY_KEY if not known[key]),
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What its food tables hold that may not be meant so."""
        columns = (
            f"The food table's column {key} is taken for a nutrient of its own; if {meant} is meant, it "
            "must be called so."
            for key, meant in doubtful_columns(self.foods)
        )
        groups = (
            f"The food table's group {group} is taken for one of its own; if {meant} is meant, it must be "
            "called so."
            for group, meant in doubtful_groups(self.foods)
        )
        return (*columns, *groups)


def load_food_table(sources: Sources | None = None) -> dict[str, Food]:
    """The foods alone. Raises InputError with every problem of a file."""
    sources = sources or Sources()
    return dict(_foods(sources.food_files, _sha256(sources.food_files)))


def load_catalogue(sources: Sources | None = None, figures: Figures = Figures.USDA) -> Catalogue:
    """Foods and dishes; magnesium as `figures` says.

    Among the foods are, as `<id>+<process>`, those that a dish cooks from raw. Raises InputError with
    every problem of a file. Files that hold what they held the last time are not read again.
    """
    sources = sources or Sources()
    price_file = sources.price_file
    kept = _catalogue(
        sources.food_files,
        _sha256(sources.food_files),
        sources.dish_files,
        _sha256(sources.dish_files),
        price_file,
        "" if price_file is None else _sha256((price_file,)),
        figures,
    )
    return replace(
        kept,
        foods=dict(kept.foods),
        dishes=dict(kept.dishes),
        prices=dict(kept.prices),
        pantry=_pantry(sources, kept.foods),
    )


def _pantry(sources: Sources, foods: Mapping[str, Food]) -> dict[str, AtHome]:
    """What is at home; a small file that changes often, so it is read each time."""
    path = sources.pantry_file
    if path is None:
        return {}
    pantry, problems = load_pantry(path, foods, of_others=_is_other(sources.food_files))
    _refuse(path, problems)
    return pantry


# Reading takes a second, and the screens need the same tables again for every answer. What is kept is
# named by the hash of its files, so that a changed file is read anew; callers get dictionaries of their own.


@lru_cache(maxsize=_KEPT)
def _foods(files: tuple[Path, ...], _: str) -> dict[str, Food]:
    table: dict[str, Food] = {}
    for path in files:
        found, problems = load_foods(path, is_other=_is_other(files))
        _refuse(path, problems)
        table |= found
    keys = keys_of(food.nutrients for food in table.values())
    return {key: _with_all(food, keys) for key, food in table.items()}


@lru_cache(maxsize=_KEPT)
def _catalogue(
    food_files: tuple[Path, ...],
    foods_sha256: str,
    dish_files: tuple[Path, ...],
    dishes_sha256: str,
    price_file: Path | None,
    _: str,
    figures: Figures,
) -> Catalogue:
    foods = _foods(food_files, foods_sha256)
    table = {key: counted(food, figures) for key, food in foods.items()}
    menu: dict[str, Dish] = {}
    own: set[str] = set()
    for layer, path in enumerate(dish_files):
        found, problems = load_dishes(path, table)
        _refuse(path, problems)
        menu |= found
        own |= found.keys() if layer else set()
    for path in food_files[1:]:
        own |= load_foods(path)[0].keys()
    prices: dict[str, Price] = {}
    if price_file is not None:
        prices, problems = load_prices(price_file, table, of_others=_is_other(food_files))
        _refuse(price_file, problems)
    return Catalogue(
        with_cooked(table, menu.values()),
        menu,
        foods_sha256,
        dishes_sha256,
        prices,
        frozenset(own),
    )


@lru_cache(maxsize=1)
def everyday_words() -> Mapping[str, Kind]:
    """The shipped words for several foods."""
    path = data_file("kinds.csv")
    kinds, problems = load_kinds(path)
    _refuse(path, problems)
    return kinds


def forget_files() -> None:
    """Read every file anew the next time, as a program that has just begun."""
    _foods.cache_clear()
    _catalogue.cache_clear()


def _is_other(food_files: Sequence[Path]) -> bool:
    """Whether these are food tables without ours: then what is kept of our foods is left aside."""
    return data_file("foods.csv") not in food_files


def _with_all(food: Food, keys: tuple[str, ...]) -> Food:
    """The food with what another table's foods tell of and it does not: unknown."""
    if len(food.nutrients) == len(keys):
        return food
    nutrients = {key: food.nutrients.get(key) for key in keys}
    return replace(food, nutrients=MappingProxyType(nutrients))


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
    """The hash of a file, or of several after one another; one that cannot be read is told by its reader."""
    whole = hashlib.sha256()
    for path in paths:
        with suppress(OSError):
            whole.update(path.read_bytes())
    return whole.hexdigest()
