"""The user's prices: weighed as eaten, one currency, every fault with its line."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from mealmag.catalogue.prices import Price, load_prices
from mealmag.errors import DataProblem
from mealmag.services.catalogue import load_food_table

FOODS = load_food_table()
BANANA = replace(FOODS["banana"], edible_percent=Decimal(64))
HEADER = "food,price,per,currency\n"


def load(tmp_path: Path, text: str) -> tuple[dict[str, Price], list[DataProblem]]:
    path = tmp_path / "prices.csv"
    path.write_text(text, encoding="utf-8")
    return load_prices(path, {**FOODS, "banana": BANANA})


def test_a_price_is_for_what_is_eaten(tmp_path: Path) -> None:
    prices, problems = load(
        tmp_path,
        HEADER + "banana,1.60,1 kg,EUR\nalmonds,3.00,250 g,EUR\nolive-oil,0.09,1 tablespoon,EUR\n",
    )
    assert problems == []
    assert prices["banana"].per_100_g == Decimal("0.25")  # 0.16 for 64 g of fruit
    spoon = FOODS["olive-oil"].measure("tablespoon")
    assert spoon is not None
    assert prices["olive-oil"].per_100_g == Decimal(9) / spoon.grams


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("bananna,1,1 kg,EUR", "food", 'Did you mean "banana"?'),
        ("banana,,1 kg,EUR", "price", "more than nothing"),
        ("banana,0,1 kg,EUR", "price", "more than nothing"),
        ('banana,"1,20",1 kg,EUR', "price", "Write a decimal point"),
        ("banana,1,1 bunch,EUR", "per", "is no amount of banana"),
        ("banana,1,,EUR", "per", "not an amount"),
        ("banana,1,1 kg,euro", "currency", "three capitals"),
        ("almonds,1,1 kg,EUR", "food", "has a price already"),
        ("banana,1,1 kg,USD", "currency", "one currency a file"),
        ("banana,1,1 kg", None, "4 cells"),
        ("banana,1,1 kg,EUR,x", None, "4 cells"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, row: str, column: str | None, says: str) -> None:
    prices, problems = load(tmp_path, f"{HEADER}almonds,12,1 kg,EUR\n{row}\n")
    assert prices == {}
    assert [(problem.line, problem.column) for problem in problems] == [(3, column)]
    assert says in problems[0].message


def test_another_header_is_refused(tmp_path: Path) -> None:
    _, problems = load(tmp_path, "food,price\nbanana,1\n")
    assert "food,price,per,currency" in problems[0].message


def test_beside_a_table_of_other_foods_prices_of_ours_are_left_aside(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text(f"{HEADER}moonroot,1,1 kg,EUR\nbanana,2,1 kg,EUR\n", encoding="utf-8")
    prices, problems = load_prices(path, load_food_table(), of_others=True)
    assert (list(prices), problems) == (["banana"], [])
    assert [each.column for each in load_prices(path, load_food_table())[1]] == ["food"]
