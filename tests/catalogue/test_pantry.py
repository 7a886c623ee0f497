"""What is at home: weighed as eaten, every fault with its line."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mealmag.catalogue.pantry import AtHome, load_pantry
from mealmag.errors import DataProblem
from mealmag.services.catalogue import load_food_table

FOODS = load_food_table()
HEADER = "food,amount,best_before\n"


def load(tmp_path: Path, text: str) -> tuple[dict[str, AtHome], list[DataProblem]]:
    path = tmp_path / "pantry.csv"
    path.write_text(text, encoding="utf-8")
    return load_pantry(path, FOODS)


def test_amounts_and_dates(tmp_path: Path) -> None:
    pantry, problems = load(
        tmp_path, HEADER + "spinach-raw,200 g,2026-11-25\nlentils-dry,1.5 kg,\nbanana,2 piece,\n"
    )
    assert problems == []
    assert pantry["spinach-raw"] == AtHome("spinach-raw", Decimal(200), date(2026, 11, 25))
    assert pantry["lentils-dry"] == AtHome("lentils-dry", Decimal(1500), None)
    piece = FOODS["banana"].measure("piece")
    assert piece is not None
    assert pantry["banana"].grams == 2 * piece.grams


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("bananna,1 kg,", "food", 'Did you mean "banana"?'),
        ("banana,1 bunch,", "amount", "is no amount of banana"),
        ("banana,0 g,", "amount", "is no amount of banana"),
        ("banana,101 kg,", "amount", "no pantry"),
        ("banana,,", "amount", "not an amount"),
        ("banana,1 kg,25-11-2026", "best_before", "write YYYY-MM-DD"),
        ("almonds,1 kg,", "food", "stands there already"),
        ("banana,1 kg", None, "3 cells"),
        ("banana,1 kg,,x", None, "3 cells"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, row: str, column: str | None, says: str) -> None:
    pantry, problems = load(tmp_path, f"{HEADER}almonds,100 g,\n{row}\n")
    assert pantry == {}
    assert [(problem.line, problem.column) for problem in problems] == [(3, column)]
    assert says in problems[0].message


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    _, problems = load(tmp_path, "food,grams\nbanana,1\n")
    assert problems[0].line == 1
    assert "food,amount,best_before" in problems[0].message
    _, problems = load_pantry(tmp_path / "nowhere.csv", FOODS)
    assert "cannot be read" in problems[0].message
    (tmp_path / "latin.csv").write_bytes(b"food,amount,best_before\ncr\xe8me,1 g,\n")
    _, problems = load_pantry(tmp_path / "latin.csv", FOODS)
    assert "UTF-8" in problems[0].message
