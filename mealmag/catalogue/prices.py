"""The user's prices: what a food costs per so much of it. mealmag ships none and invents none.

`prices.csv` has the columns food (an id), price (a number), per (an amount: "1 kg", "500 g",
"1 piece") and currency (EUR, as ISO 4217 has it). One currency a file: prices are summed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from mealmag.catalogue import food_cells as cells
from mealmag.catalogue.amounts import weighed
from mealmag.catalogue.own_csv import food_rows
from mealmag.errors import DataProblem, did_you_mean
from mealmag.nutrition.food import Food

COLUMNS = ("food", "price", "per", "currency")
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Price:
    """What 100 g of a food cost as eaten, in `currency`."""

    food: str
    per_100_g: Decimal
    currency: str


def load_prices(
    path: Path, foods: Mapping[str, Food], *, of_others: bool = False
) -> tuple[dict[str, Price], list[DataProblem]]:
    """The prices by food, and everything wrong with the file.

    With `of_others` there may be prices of foods that are not among these; they are left aside.

    A price is for the food as bought; where the table knows the edible share, 100 g eaten cost more.
    """
    file = str(path)
    problems: list[DataProblem] = []
    prices: dict[str, Price] = {}
    for line, row in food_rows(
        path, COLUMNS, problems, is_aside=lambda food: of_others and food not in foods
    ):
        price = _price(row, file, line, foods, problems)
        if price is None:
            continue
        if price.food in prices:
            message = f'"{price.food}" has a price already.'
            problems.append(DataProblem(file, line, "food", message))
        first = next(iter(prices.values()), price)
        if price.currency != first.currency:
            message = f"{price.currency} after {first.currency}: one currency a file."
            problems.append(DataProblem(file, line, "currency", message))
        prices[price.food] = price
    return ({} if problems else prices), problems


def _price(
    row: Mapping[str, str],
    file: str,
    line: int,
    foods: Mapping[str, Food],
    problems: list[DataProblem],
) -> Price | None:
    before = len(problems)

    def wrong(column: str, message: str) -> None:
        problems.append(DataProblem(file, line, column, message))

    name = row["food"]
    food = foods.get(name)
    if food is None:
        wrong("food", f'There is no food "{name}".{did_you_mean(name, foods)}')
    price, grams = Decimal(0), Decimal(0)
    try:
        price = cells.read_number(row["price"]) or Decimal(0)
        if price <= 0:
            wrong("price", "This must be more than nothing.")
    except ValueError as error:
        wrong("price", str(error))
    if food is not None:
        try:
            grams = weighed(food, row["per"])
        except ValueError as error:
            wrong("per", str(error))
    currency = row["currency"]
    if not _CURRENCY.fullmatch(currency):
        wrong("currency", f'"{currency}" is no currency; three capitals, such as EUR.')
    if food is None or len(problems) > before:
        return None
    share = (food.edible_percent or Decimal(100)) / 100
    return Price(food.id, price / grams / share * 100, currency)
