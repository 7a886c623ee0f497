"""Reading a food table: every good row becomes a `Food`, everything else a problem with its place.

Nothing is repaired or guessed. An empty figure stays unknown, a number stays as it was written, and
all faults of a file are reported at once. Columns may be in any order, most may be missing, and there may
be nutrients of the table's own, each named with its unit (`choline_mg`). Between cells stands a comma, or
a semicolon where the header has it.
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from mealmag.catalogue import food_cells as cells
from mealmag.catalogue.amounts import grams_of, parse_amount, say
from mealmag.errors import DataProblem, did_you_mean
from mealmag.nutrition.food import Diet, Food, State
from mealmag.nutrition.food_groups import group_meant
from mealmag.nutrition.nutrients import (
    BY_KEY,
    NEEDED,
    NUTRIENTS,
    UNITS,
    keys_of,
    nutrient_of,
    slip_for,
)

T = TypeVar("T")

_ABOUT = (
    "id", "name_en", "name_nl", "synonyms_en", "synonyms_nl", "group", "state", "source", "record",
    "ndb_no", "fdc_id", "source_description", "diet", "allergens", "roles", "measures", "serving",
    "everyday", "colour", "main_food", "edible_percent", "fortified", "magnesium_tables",
    "table_records", "packet",
)  # fmt: skip
_SAMPLING = ("magnesium_n", "magnesium_se_mg")
# What cannot be left open: what a food is, and who may eat it.
_NEEDED = ("id", "name_en", "group", "diet", "allergens", *NEEDED)
_PARTS_OF_100_G = ("water_g", "protein_g", "fat_g", "carbohydrate_g", "alcohol_g")
_MOST_PARTS = Decimal(105)
_MOST_SERVED = Decimal(1000)


def _columns() -> tuple[str, ...]:
    columns = list(_ABOUT)
    for nutrient in NUTRIENTS:
        columns += [nutrient.key, *(_SAMPLING if nutrient.key == "magnesium_mg" else ())]
    return tuple(columns)


COLUMNS: tuple[str, ...] = _columns()
"""The columns of `data/foods.csv`, in their order."""

REQUIRED: tuple[str, ...] = tuple(column for column in COLUMNS if column in _NEEDED)
"""The columns that every food table has; a nutrient whose column is left out is unknown."""


def load_foods(path: Path, *, is_other: bool = False) -> tuple[dict[str, Food], list[DataProblem]]:
    """The good foods of a table by id, in file order, and everything wrong with the rest.

    A whole other catalogue (`is_other`) names its groups as it likes; elsewhere one just like a group of ours
    is a slip.
    """
    file = str(path)
    text, fault = _read_text(path)
    if fault is not None:
        return {}, [fault]
    foods: dict[str, Food] = {}
    problems: list[DataProblem] = []
    first_lines: dict[tuple[str, str], int] = {}
    read_group = cells.read_other_group if is_other else cells.read_group
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    try:
        header = next(reader, [])
        problems += _header_problems(file, reader.line_num, header)
        if problems:
            return {}, problems
        for values in reader:
            if not values:
                continue
            row = _Row(file, reader.line_num, header, values, problems, read_group)
            food = row.food(first_lines)
            if food is not None:
                foods[food.id] = food
    except csv.Error as error:
        message = f"The row cannot be read as CSV: {error}."
        problems.append(DataProblem(file, reader.line_num, None, message))
    if not foods and not problems:
        problems.append(DataProblem(file, None, None, "There is a header, but no food under it."))
    return foods, problems


def doubtful_columns(foods: Mapping[str, Food]) -> Iterator[tuple[str, str]]:
    """(column, what may have been meant) for nutrients of the table's own that look like a slip."""
    for key in keys_of(food.nutrients for food in foods.values())[len(NUTRIENTS) :]:
        meant = slip_for(key)
        if meant is not None:
            yield key, meant


def doubtful_groups(foods: Mapping[str, Food]) -> Iterator[tuple[str, str]]:
    """(group, what may have been meant) for groups of the table's own that look like one of ours."""
    for group in dict.fromkeys(food.group for food in foods.values()):
        meant = group_meant(group)
        if meant is not None:
            yield group, meant


def delimiter_of(text: str) -> str:
    """What stands between the cells of a table: a semicolon where its header has those alone."""
    header = text.lstrip().partition("\n")[0]
    return ";" if ";" in header and "," not in header else ","


def _read_text(path: Path) -> tuple[str, DataProblem | None]:
    file = str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return "", DataProblem(file, None, None, "There is no such file.")
    except OSError as error:
        reason = error.strerror or "unknown reason"
        return "", DataProblem(file, None, None, f"The file cannot be read: {reason}.")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        byte = error.object[error.start]
        message = f"The byte 0x{byte:02X} is not UTF-8 text; save the file as UTF-8."
        return "", DataProblem(file, line, None, message)
    if not text.strip():
        return "", DataProblem(file, None, None, "The file is empty.")
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        return "", DataProblem(file, line, None, "There is a NUL byte: this is not a text file.")
    return text, None


def _header_problems(file: str, line: int, header: Sequence[str]) -> list[DataProblem]:
    problems = []
    for position, column in enumerate(header):
        if column not in COLUMNS and (fault := _fault_of(column, header)):
            name = column or f"column {position + 1}"
            problems.append(DataProblem(file, line, name, fault))
        elif column in header[:position]:
            problems.append(DataProblem(file, line, column, "This column stands there twice."))
    problems += [
        DataProblem(file, line, column, "This column is missing.")
        for column in REQUIRED
        if column not in header
    ]
    return problems


def _fault_of(column: str, header: Sequence[str]) -> str:
    """Why a column that is none of ours is no nutrient of the table's own either; empty where it is one.

    A name just like one of ours is a slip where ours is missing: its figures would silently be unknown.
    """
    meant = slip_for(column)
    if meant is not None and meant not in header:
        return f'This column is not known. Did you mean "{meant}"?'
    try:
        nutrient_of(column)
    except ValueError as error:
        has_unit = column.rpartition("_")[2] in UNITS
        near = "" if has_unit else did_you_mean(column, COLUMNS)
        return f"This column is not known.{near}" if near else f"This column is not known: {error}."
    return ""


class _Row:
    """One row under a good header; what is wrong with it goes to the common list."""

    def __init__(
        self,
        file: str,
        line: int,
        header: Sequence[str],
        values: Sequence[str],
        problems: list[DataProblem],
        read_group: Callable[[str], str],
    ) -> None:
        self._file = file
        self._line = line
        self._problems = problems
        self._read_group = read_group
        self._before = len(problems)
        self._values = dict(zip(header, values, strict=False))
        self._nutrients = keys_of([{**BY_KEY, **{c: None for c in header if c not in COLUMNS}}])
        if len(values) != len(header):
            message = f"The row has {len(values)} cells, the header has {len(header)}."
            self._wrong(None, message)

    def food(self, first_lines: dict[tuple[str, str], int]) -> Food | None:
        """The food, if all is well with it; `first_lines` says where ids and names stood before."""
        if self._has_problems:
            return None
        food = Food(
            id=self._read("id", cells.read_id, ""),
            name_en=self._read("name_en", cells.read_name, ""),
            name_nl=self._read("name_nl", cells.read_name, "") or self._values["name_en"],
            group=self._read("group", self._read_group, ""),
            source=self._read("source", cells.read_text, ""),
            ndb_no=self._read("ndb_no", cells.read_ndb_no, ""),
            fdc_id=self._read("fdc_id", cells.read_fdc_id, ""),
            source_description=self._read("source_description", cells.read_description, ""),
            diet=self._read("diet", cells.read_diet, Diet.OMNIVORE),
            allergens=self._read("allergens", cells.read_allergens, frozenset()),
            roles=self._read("roles", cells.read_roles, frozenset()),
            measures=self._read("measures", cells.read_measures, ()),
            everyday=self._read("everyday", cells.read_everyday, 1),
            colour=self._read("colour", cells.read_colour, ""),
            main_food=self._read("main_food", cells.read_main_food, ""),
            nutrients=MappingProxyType({key: self._nutrient(key) for key in self._nutrients}),
            magnesium_n=self._read("magnesium_n", cells.read_count, None),
            magnesium_se_mg=self._read("magnesium_se_mg", cells.read_number, None),
            record=self._read("record", cells.read_record, ""),
            state=self._read("state", cells.read_state, State.READY),
            synonyms_en=self._read("synonyms_en", cells.read_synonyms, ()),
            synonyms_nl=self._read("synonyms_nl", cells.read_synonyms, ()),
            edible_percent=self._read("edible_percent", cells.read_percent, None),
            fortified=self._read("fortified", cells.read_fortified, frozenset()),
            magnesium_tables=self._read("magnesium_tables", cells.read_magnesium_tables, {}),
            table_records=self._read("table_records", cells.read_tables, {}),
            packet=self._read("packet", cells.read_packet, ""),
        )
        food = self._with_serving(food)
        self._check_parts(food.nutrients)
        self._check_new("id", food.id, first_lines)
        self._check_new("name_en", food.name_en, first_lines)
        return None if self._has_problems else food

    def _with_serving(self, food: Food) -> Food:
        """The usual serving in grams and in words; it may use any of the food's own measures."""
        text = self._values.get("serving", "")
        if not text:
            return food
        try:
            amount = parse_amount(text)
        except ValueError as error:
            self._wrong("serving", str(error))
            return food
        grams = grams_of(food, amount)
        if grams is None or not 0 < grams <= _MOST_SERVED:
            self._wrong(
                "serving",
                f'"{text}" is no serving of this food; use one of its measures or grams, '
                f"at most {_MOST_SERVED} g.",
            )
            return food
        return replace(food, serving_g=grams, serving=say(food, amount))

    @property
    def _has_problems(self) -> bool:
        return len(self._problems) > self._before

    def _wrong(self, column: str | None, message: str) -> None:
        self._problems.append(DataProblem(self._file, self._line, column, message))

    def _read(self, column: str, reader: Callable[[str], T], instead: T) -> T:
        try:
            return reader(self._values[column]) if column in self._values else instead
        except ValueError as error:
            self._wrong(column, str(error))
            return instead

    def _nutrient(self, key: str) -> Decimal | None:
        return self._read(key, lambda text: cells.read_nutrient(key, text), None)

    def _check_parts(self, nutrients: Mapping[str, Decimal | None]) -> None:
        """Water, protein, fat, carbohydrate and alcohol are parts of the same 100 g."""
        total = sum((nutrients[key] or Decimal(0) for key in _PARTS_OF_100_G), Decimal(0))
        if total > _MOST_PARTS:
            self._wrong(
                "carbohydrate_g",
                f"Water, protein, fat, carbohydrate and alcohol make {total} g in 100 g of food.",
            )

    def _check_new(self, column: str, value: str, first_lines: dict[tuple[str, str], int]) -> None:
        if not value:
            return
        first = first_lines.setdefault((column, value.casefold()), self._line)
        if first != self._line:
            self._wrong(column, f'"{value}" already stands in line {first}.')
