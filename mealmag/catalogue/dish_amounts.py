"""The amounts of a component of a dish: read, ordered, and weighed for each food of the choice."""

from collections.abc import Sequence
from decimal import Decimal

from mealmag.catalogue.amounts import grams_of, parse_amount
from mealmag.catalogue.dish import Amount
from mealmag.catalogue.toml_tables import Table
from mealmag.nutrition.food import Food

_MOST_GRAMS = Decimal(1000)
_MOST_OF_A_MEASURE = Decimal(24)


def read_amounts(table: Table) -> tuple[Amount, ...]:
    """The amounts as written, in order; none at all where one of them cannot be used."""
    amounts = []
    for text in table.texts("amounts"):
        try:
            amount = parse_amount(text)
        except ValueError as error:
            table.wrong("amounts", str(error))
            return ()
        most = _MOST_GRAMS if amount.measure is None else _MOST_OF_A_MEASURE
        if amount.count <= 0:
            table.wrong("amounts", f'"{text}" is not more than nothing.')
        elif amount.count > most:
            table.wrong("amounts", f'"{text}" is more than a person is served ({most} at most).')
        else:
            amounts.append(amount)
            continue
        return ()
    return tuple(amounts)


def usual_position(table: Table, amounts: Sequence[Amount]) -> int:
    """The position of the usual amount: the one named, else the middle one (the lower of two)."""
    middle = max(0, (len(amounts) - 1) // 2)
    text = table.text("usual")
    if not text or not amounts:
        return middle
    try:
        wanted = parse_amount(text)
    except ValueError as error:
        table.wrong("usual", str(error))
        return middle
    for index, amount in enumerate(amounts):
        if (amount.count, amount.measure) == (wanted.count, wanted.measure):
            return index
    table.wrong("usual", f'"{text}" is not one of the amounts.')
    return middle


def read_grams(table: Table, food: Food, amounts: Sequence[Amount]) -> list[Decimal]:
    """The grams of each amount of `food`; none where a measure is unknown or the order is wrong."""
    weights: list[Decimal] = []
    for amount in amounts:
        grams = grams_of(food, amount)
        if grams is None:
            has = ", ".join(f'"{measure.name}"' for measure in food.measures) or "no measures"
            table.wrong(
                "amounts", f'"{food.id}" is not measured in "{amount.measure}"; it has {has}.'
            )
            return []
        if not 0 < grams <= _MOST_GRAMS:
            table.wrong("amounts", f'"{amount.text}" of "{food.id}" is {grams:f} g; 1,000 at most.')
            return []
        if weights and grams <= weights[-1]:
            table.wrong("amounts", f'the amounts of "{food.id}" must grow from left to right.')
            return []
        weights.append(grams)
    return weights
