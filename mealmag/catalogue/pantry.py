"""What the user has at home: so much of a food, and until when it is good.

`pantry.csv` has the columns food (an id), amount ("500 g", "1 kg", "2 piece"; as eaten, without peel or
bone) and best_before (YYYY-MM-DD; empty where it keeps).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from mealmag.catalogue.amounts import weighed
from mealmag.catalogue.own_csv import food_rows
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
    problems: list[DataProblem] = []
    pantry: dict[str, AtHome] = {}
    for line, row in food_rows(
        path, COLUMNS, problems, is_aside=lambda food: of_others and food.strip() not in foods
    ):
        found = _row(row, file, line, foods, problems)
        if found is None:
            continue
        if found.food in pantry:
            message = f'"{found.food}" stands there already; put the two together.'
            problems.append(DataProblem(file, line, "food", message))
        pantry[found.food] = found
    return ({} if problems else pantry), problems


def _row(
    row: Mapping[str, str],
    file: str,
    line: int,
    foods: Mapping[str, Food],
    problems: list[DataProblem],
) -> AtHome | None:
    before = len(problems)

    def wrong(column: str, message: str) -> None:
        problems.append(DataProblem(file, line, column, message))

    name, words = row["food"].strip(), row["best_before"].strip()
    food = foods.get(name)
    if food is None:
        wrong("food", f'There is no food "{name}".{did_you_mean(name, foods)}')
    grams, best_before = Decimal(0), None
    if food is not None:
        try:
            grams = weighed(food, row["amount"])
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
