"""Every food of the source table, for those that our own table lacks: found, shown and logged, not
planned with, for nobody has looked through their allergens and diets.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from mealmag.catalogue.locate import data_file
from mealmag.catalogue.search import Entry, Index
from mealmag.errors import InputError, did_you_mean
from mealmag.nutrition.food import Diet, Food
from mealmag.nutrition.nutrients import NUTRIENTS

FILE = "usda.csv"
GROUP = "usda"
"""What stands for a group where a food comes from the source table."""

_PREFIX = f"{GROUP}:"
_WEIGHT, _OTHER_NAME = 0.8, 0.7


@dataclass(frozen=True, slots=True)
class Portion:
    """A household weight in the release's own words: `text` such as "1 cup, chopped"."""

    text: str
    grams: Decimal


class EveryFood:
    """The source table, read when it is made; a food is made out of its row when asked for."""

    def __init__(self, path: Path | None = None) -> None:
        place = path or data_file(FILE)
        try:
            with place.open(encoding="utf-8", newline="") as file:
                self._rows = {_code(row): row for row in csv.DictReader(file)}
        except (OSError, UnicodeDecodeError, csv.Error, KeyError) as error:
            raise InputError(
                f"{place}: the table of all foods cannot be read.", hint="Install mealmag again."
            ) from error

    def __len__(self) -> int:
        return len(self._rows)

    def entries(self) -> Iterator[Entry]:
        """What a search may find; they rank behind our own foods."""
        for code, row in self._rows.items():
            names = [(row["description"], _WEIGHT)]
            if row["common_names"]:
                names.append((row["common_names"], _OTHER_NAME))
            yield Entry(code, tuple(names), rank=9)

    def index(self) -> Index:
        """An index over these foods alone."""
        return Index(self.entries())

    def description(self, code: str) -> str:
        """The release's name of a food."""
        return self._row(code)["description"]

    def food(self, code: str) -> Food:
        """The food with that code, `usda:11457`. InputError, with a suggestion, for an unknown one.

        Its diet class is the least permissive one and its allergens are not known: do not plan with it.
        """
        row = self._row(code)
        return Food(
            id=code,
            name_en=row["description"],
            name_nl=row["description"],
            group=GROUP,
            source=row["source"],
            ndb_no=row["ndb_no"],
            fdc_id=row["fdc_id"],
            source_description=row["description"],
            diet=Diet.OMNIVORE,
            allergens=frozenset(),
            roles=frozenset(),
            measures=(),
            everyday=3,
            nutrients=MappingProxyType({each.key: _number(row[each.key]) for each in NUTRIENTS}),
            magnesium_n=int(row["magnesium_n"]) if row["magnesium_n"] else None,
            magnesium_se_mg=_number(row["magnesium_se_mg"]),
            record=code,
            edible_percent=100 - Decimal(row["refuse_percent"] or 0),
        )

    def portions(self, code: str) -> tuple[Portion, ...]:
        """The household weights of a food, as the release has them."""
        text = self._row(code)["portions"]
        parts = (part.rpartition("=") for part in text.split("|") if part)
        return tuple(Portion(words, Decimal(grams)) for words, _, grams in parts)

    def _row(self, code: str) -> dict[str, str]:
        if code not in self._rows:
            raise InputError(
                f'There is no food "{code}" in the source table.{did_you_mean(code, self._rows)}',
                hint="`mealmag foods search WORD --all` finds codes.",
            )
        return self._rows[code]


def is_code(text: str) -> bool:
    """Whether `text` names a food of the source table and not one of ours."""
    return text.startswith(_PREFIX)


def _code(row: dict[str, str]) -> str:
    return _PREFIX + (row["ndb_no"] or f"fdc:{row['fdc_id']}")


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
