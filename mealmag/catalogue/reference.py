"""The reference tables shipped with the program, each read and validated when first asked for.

Nothing is read at import. Every row keeps what is known about its figure (`evidence`, `source`).
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from mealmag.catalogue import reference_rows as rows
from mealmag.catalogue.table_fields import Fields
from mealmag.errors import DataProblem, InputError
from mealmag.nutrition.companions import COMPANION_SETS, NutrientRow
from mealmag.nutrition.cooking import Process
from mealmag.nutrition.energy import EnergyRow
from mealmag.nutrition.forms import Form
from mealmag.nutrition.interactions import InteractionRow
from mealmag.nutrition.reference import MagnesiumRow

_Row = TypeVar("_Row")


@dataclass(frozen=True)
class ReferenceTables:
    """The tables of one folder; the shipped one unless told otherwise.

    A table is read on first use and kept as long as this object, a shipped one as long as the program runs.
    InputError, listing every problem with file, line and column, when a table is broken or missing.
    """

    folder: Traversable | None = None

    @cached_property
    def magnesium(self) -> tuple[MagnesiumRow, ...]:
        """Magnesium targets and supplement limits, mg a day, all sets."""
        return self._read("dri_magnesium.csv", rows.magnesium)

    @cached_property
    def nutrients(self) -> tuple[NutrientRow, ...]:
        """The other nutrients, of the sets that companion targets are taken from."""
        return self._read("dri_other.csv", rows.nutrient, only=COMPANION_SETS)

    @cached_property
    def energy(self) -> tuple[EnergyRow, ...]:
        """Energy equations (kcal a day) and tables (MJ a day)."""
        return self._read("energy_equations.csv", rows.energy)

    @cached_property
    def interactions(self) -> tuple[InteractionRow, ...]:
        """Medicines, nutrients and conditions that a supplement must heed."""
        return self._read("interactions.csv", rows.interaction)

    @cached_property
    def retention(self) -> tuple[Process, ...]:
        """What cooking leaves of a raw food, by process."""
        return self._read("retention_factors.csv", rows.process)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The salts of magnesium that supplements are made of."""
        return self._read("supplement_forms.csv", rows.form)

    def _read(
        self, name: str, make: Callable[["Fields"], _Row], only: frozenset[str] = frozenset()
    ) -> tuple[_Row, ...]:
        if self.folder is None:
            return _shipped(name, make, only)
        return _table(self.folder, name, make, only)


@cache
def _shipped(name: str, make: Callable[["Fields"], _Row], only: frozenset[str]) -> tuple[_Row, ...]:
    return _table(files("mealmag.catalogue") / "tables", name, make, only)


def _table(
    folder: Traversable, name: str, make: Callable[["Fields"], _Row], only: frozenset[str]
) -> tuple[_Row, ...]:
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
            fields = Fields(values, name, reader.line_num, problems)
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
