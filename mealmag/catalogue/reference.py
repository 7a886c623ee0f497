"""The reference tables shipped with the program, each read and validated when first asked for.

Nothing is read at import. Every row keeps what is known about its figure (`evidence`, `source`).
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from mealmag.errors import DataProblem, InputError
from mealmag.nutrition.companions import COMPANION_SETS, NutrientRow
from mealmag.nutrition.cooking import Process
from mealmag.nutrition.energy import EnergyRow
from mealmag.nutrition.interactions import InteractionRow, Level
from mealmag.nutrition.reference import MagnesiumRow

_Row = TypeVar("_Row")
_SEXES = ("F", "M", "both")


@dataclass(frozen=True)
class ReferenceTables:
    """The tables of one folder; the shipped one unless told otherwise.

    A table is read on first use and kept as long as this object. InputError, listing every problem
    with file, line and column, when a table is broken or missing.
    """

    folder: Traversable | None = None

    @cached_property
    def magnesium(self) -> tuple[MagnesiumRow, ...]:
        """Magnesium targets and supplement limits, mg a day, all sets."""
        return self._read("dri_magnesium.csv", _magnesium)

    @cached_property
    def nutrients(self) -> tuple[NutrientRow, ...]:
        """The other nutrients, of the sets that companion targets are taken from."""
        return self._read("dri_other.csv", _nutrient, only=COMPANION_SETS)

    @cached_property
    def energy(self) -> tuple[EnergyRow, ...]:
        """Energy equations (kcal a day) and tables (MJ a day)."""
        return self._read("energy_equations.csv", _energy)

    @cached_property
    def interactions(self) -> tuple[InteractionRow, ...]:
        """Medicines, nutrients and conditions that a supplement must heed."""
        return self._read("interactions.csv", _interaction)

    @cached_property
    def retention(self) -> tuple[Process, ...]:
        """What cooking leaves of a raw food, by process."""
        return self._read("retention_factors.csv", _process)

    def _read(
        self, name: str, make: Callable[["_Fields"], _Row], only: frozenset[str] = frozenset()
    ) -> tuple[_Row, ...]:
        folder = files("mealmag.catalogue") / "tables" if self.folder is None else self.folder
        try:
            text = (folder / name).read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            problem = DataProblem(name, None, None, "the table is missing or is not UTF-8 text")
            raise _broken(name, [problem]) from error
        problems: list[DataProblem] = []
        found: list[_Row] = []
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        try:
            for values in reader:
                if only and values.get("ref_set") not in only:
                    continue
                fields = _Fields(values, name, reader.line_num, problems)
                found.append(make(fields))
        except csv.Error as error:
            problems.append(DataProblem(name, reader.line_num, None, f"this is not CSV: {error}"))
        if not found and not problems:
            problems.append(DataProblem(name, None, None, "the table has no rows"))
        if problems:
            raise _broken(name, problems)
        return tuple(found)


def _broken(name: str, problems: list[DataProblem]) -> InputError:
    return InputError(
        f"The reference table {name} is broken, and no figure of it is used.",
        hint="Install mealmag again; its own tables are part of the program.",
        problems=problems,
    )


class _Fields:
    """One row: hands out checked values and notes what is wrong with them."""

    def __init__(
        self,
        values: dict[str, str],
        file: str,
        line: int,
        problems: list[DataProblem],
    ) -> None:
        self._values = values
        self._file = file
        self._line = line
        self._problems = problems
        if None in values:
            self._wrong(None, "the row has more fields than the header")

    def _wrong(self, column: str | None, message: str) -> None:
        problem = DataProblem(self._file, self._line, column, message)
        if problem not in self._problems:
            self._problems.append(problem)

    def text(self, column: str) -> str:
        """The text, empty if the cell is."""
        value: str | None = self._values.get(column)
        if value is None:
            self._wrong(column, "the column or the cell is missing")
            return ""
        return value

    def needed(self, column: str) -> str:
        """A text that must not be empty."""
        value = self.text(column)
        if not value:
            self._wrong(column, "this must not be empty")
        return value

    def one_of(self, column: str, known: tuple[str, ...]) -> str:
        """One of the known words."""
        value = self.text(column)
        if value not in known:
            self._wrong(column, f'"{value}" is not one of {", ".join(known)}')
            return known[0]
        return value

    def number(self, column: str) -> Decimal | None:
        """A number that is not negative; None if the cell is empty."""
        value = self.signed(column)
        if value is not None and value < 0:
            self._wrong(column, f"{value} is negative")
            return None
        return value

    def signed(self, column: str) -> Decimal | None:
        """A number; None if the cell is empty."""
        value = self.text(column)
        if not value:
            return None
        try:
            number = Decimal(value)
        except InvalidOperation:
            self._wrong(column, f'"{value}" is not a number')
            return None
        if not number.is_finite():
            self._wrong(column, f'"{value}" is not a number')
            return None
        return number

    def ages(self) -> tuple[Decimal | None, Decimal | None]:
        """The ages of a row in years, from inclusive to exclusive."""
        low, high = self.number("age_min_y"), self.number("age_max_y")
        if low is not None and high is not None and low >= high:
            self._wrong("age_max_y", f"{high} is not more than {low}")
        return low, high


def _magnesium(row: _Fields) -> MagnesiumRow:
    low, high = row.ages()
    year = row.number("year") or Decimal(0)
    return MagnesiumRow(
        ref_set=row.needed("ref_set"),
        authority=row.needed("authority"),
        year=int(year),
        table=row.needed("table"),
        sex=row.one_of("sex", _SEXES),
        life_stage=row.needed("life_stage"),
        age_min_y=low,
        age_max_y=high,
        age_label=row.needed("age_label"),
        ear_mg=row.number("ear_mg"),
        target_mg=row.number("target_mg"),
        target_type=row.text("target_type"),
        ul_mg=row.number("ul_mg"),
        ul_scope=row.text("ul_scope"),
        evidence=row.needed("evidence"),
        source=row.needed("source"),
        note=row.text("note"),
    )


def _nutrient(row: _Fields) -> NutrientRow:
    low, high = row.ages()
    return NutrientRow(
        ref_set=row.needed("ref_set"),
        nutrient=row.needed("nutrient"),
        unit=row.needed("unit"),
        sex=row.one_of("sex", _SEXES),
        life_stage=row.needed("life_stage"),
        age_min_y=low,
        age_max_y=high,
        target=row.number("target"),
        target_type=row.text("target_type"),
        lower=row.number("lower"),
        upper=row.number("upper"),
        upper_type=row.text("upper_type"),
        upper_scope=row.text("upper_scope"),
        evidence=row.needed("evidence"),
        source=row.needed("source"),
        note=row.text("note"),
    )


def _energy(row: _Fields) -> EnergyRow:
    low, high = row.ages()

    def coefficient(column: str) -> Decimal:
        return row.signed(column) or Decimal(0)

    return EnergyRow(
        set=row.needed("set"),
        sex=row.one_of("sex", _SEXES),
        life_stage=row.needed("life_stage"),
        age_min_y=low,
        age_max_y=high,
        activity=row.needed("activity"),
        intercept=coefficient("intercept"),
        age_y=coefficient("age_y"),
        height_cm=coefficient("height_cm"),
        weight_kg=coefficient("weight_kg"),
        extra_kcal=coefficient("extra_kcal"),
        evidence=row.needed("evidence"),
        source=row.needed("source"),
        note=row.text("note"),
    )


def _interaction(row: _Fields) -> InteractionRow:
    return InteractionRow(
        id=row.needed("id"),
        kind=row.one_of("kind", ("drug", "nutrient", "condition", "symptom")),
        name=row.needed("name_en"),
        examples=tuple(word.strip() for word in row.text("examples").split(";") if word.strip()),
        level=Level(row.one_of("level", tuple(Level))),
        before_h=row.number("drug_before_mg_h"),
        after_h=row.number("drug_after_mg_h"),
        advice=row.needed("advice_en"),
        evidence=row.needed("evidence"),
        source=row.text("source"),
    )


_RETAINED = {
    "calcium": "calcium_mg", "iron": "iron_mg", "magnesium": "magnesium_mg",
    "potassium": "potassium_mg", "sodium": "sodium_mg", "zinc": "zinc_mg",
    "vitamin_c": "vitamin_c_mg", "folate": "folate_ug_dfe",
}  # fmt: skip


def _process(row: _Fields) -> Process:
    factors = {key: row.number(column) for column, key in _RETAINED.items()}
    return Process(
        id=row.needed("id"),
        name=row.needed("process"),
        factors={key: value for key, value in factors.items() if value is not None},
        evidence=row.needed("evidence"),
        source=row.needed("source"),
    )
