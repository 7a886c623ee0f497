"""What the user has at home: so much of a food, and until when it is good.

`pantry.csv` has the columns food (an id), amount ("500 g", "1 kg", "2 piece"; as eaten, without peel or
bone) and best_before (YYYY-MM-DD; empty where it keeps).
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

from mealmag.catalogue.amounts import weighed
from mealmag.errors import DataProblem, did_you_mean
from mealmag.nutrition.food import Food

COLUMNS = ("food", "amount", "best_before")
_MOST_GRAMS = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class AtHome:
    """Grams of a food, as eaten, and the last day on which it is good (None: it keeps)."""

    food: str
    grams: Decimal
    best_before: date | None = None


def load_pantry(
    path: Path, foods: Mapping[str, Food], *, of_others: bool = False
) -> tuple[dict[str, AtHome], list[DataProblem]]:
    """What is at home, by food, and everything wrong with the file.

    With `of_others` there may be foods that are not among these; they are left aside.
    """
    file = str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        return {}, [DataProblem(file, None, None, f"The file cannot be read: {error.strerror}.")]
    except UnicodeDecodeError:
        return {}, [DataProblem(file, None, None, "This is not UTF-8 text; save it as UTF-8.")]
    reader = csv.DictReader(StringIO(text, newline=""), strict=True)
    problems: list[DataProblem] = []
    pantry: dict[str, AtHome] = {}
    try:
        header = tuple(reader.fieldnames or ())
        if header != COLUMNS:
            message = f"The first line must be: {','.join(COLUMNS)}"
            return {}, [DataProblem(file, 1, None, message)]
        for row in reader:
            if of_others and (row["food"] or "").strip() not in foods:
                continue
            found = _row(row, file, reader.line_num, foods, problems)
            if found is None:
                continue
            if found.food in pantry:
                message = f'"{found.food}" stands there already; put the two together.'
                problems.append(DataProblem(file, reader.line_num, "food", message))
            pantry[found.food] = found
    except csv.Error as error:
        message = f"The row cannot be read as CSV: {error}."
        problems.append(DataProblem(file, reader.line_num, None, message))
    return ({} if problems else pantry), problems


def _row(
    row: Mapping[str | None, str | None],
    file: str,
    line: int,
    foods: Mapping[str, Food],
    problems: list[DataProblem],
) -> AtHome | None:
    before = len(problems)

    def wrong(column: str | None, message: str) -> None:
        problems.append(DataProblem(file, line, column, message))

    if None in row or None in row.values():
        wrong(None, f"The row must have {len(COLUMNS)} cells.")
        return None
    name, words = (row["food"] or "").strip(), (row["best_before"] or "").strip()
    food = foods.get(name)
    if food is None:
        wrong("food", f'There is no food "{name}".{did_you_mean(name, foods)}')
    grams, best_before = Decimal(0), None
    if food is not None:
        try:
            grams = weighed(food, row["amount"] or "")
            if grams > _MOST_GRAMS:
                wrong("amount", f"More than {_MOST_GRAMS} g is no pantry.")
        except ValueError as error:
            wrong("amount", str(error))
    if words:
        try:
            best_before = date.fromisoformat(words)
        except ValueError:
            wrong("best_before", f'"{words}" is no date; write YYYY-MM-DD, or nothing.')
    return None if food is None or len(problems) > before else AtHome(name, grams, best_before)
