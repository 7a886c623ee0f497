"""Everyday words for several foods: "cheese" is Gouda, Cheddar or Brie, and only who ate it knows which.

`kinds.csv` has the columns english and dutch (words, with ";" between them), match and foods (ids, likeliest
first). Match is "kind" where the foods are kinds of what is named, "near" where no table has it and these
come nearest. The order is ours: what is eaten most often in most kitchens, as eaten before as bought.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from mealmag.errors import DataProblem

COLUMNS = ("english", "dutch", "match", "foods")
Match = Literal["kind", "near"]
_MATCHES = ("kind", "near")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a word may mean: food ids, likeliest first, and whether they are that or only come near."""

    foods: tuple[str, ...]
    match: Match


def load_kinds(path: Path) -> tuple[Mapping[str, Kind], list[DataProblem]]:
    """The kinds by word, and everything wrong with the file. Whether a table has the foods is not asked."""
    file = str(path)
    problems: list[DataProblem] = []
    kinds: dict[str, Kind] = {}
    reader = csv.DictReader(StringIO(path.read_text("utf-8"), newline=""), strict=True)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        message = f"The first line must be: {','.join(COLUMNS)}"
        return MappingProxyType({}), [DataProblem(file, 1, None, message)]
    for row in reader:
        line = reader.line_num
        if None in row or None in row.values():
            message = f"The row must have {len(COLUMNS)} cells."
            problems.append(DataProblem(file, line, None, message))
            continue
        if row["match"] not in _MATCHES:
            problems.append(DataProblem(file, line, "match", 'Write "kind" or "near".'))
        kind = Kind(_listed(row["foods"]), cast("Match", row["match"]))
        if len(kind.foods) < 2 or len(set(kind.foods)) < len(kind.foods):
            problems.append(DataProblem(file, line, "foods", "Two foods or more, each once."))
        for column in ("english", "dutch"):
            for word in _listed(row[column]):
                if kinds.setdefault(word, kind) != kind:
                    message = f'"{word}" stands for other foods above.'
                    problems.append(DataProblem(file, line, column, message))
    return MappingProxyType(kinds), problems


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())
