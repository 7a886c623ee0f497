"""Whose magnesium is counted: one table's, the middle, or the lowest; nothing else changes."""

from decimal import Decimal

import pytest

from mealmag.nutrition.figures import Figures, counted
from mealmag.nutrition.food import Diet, Food


def food(magnesium: str | None, **tables: str) -> Food:
    return Food(
        id="x", name_en="x", name_nl="x", group="nuts", source="s", ndb_no="", fdc_id="",
        source_description="", diet=Diet.VEGAN, allergens=frozenset(), roles=frozenset(),
        measures=(), everyday=1,
        nutrients={
            "magnesium_mg": None if magnesium is None else Decimal(magnesium),
            "zinc_mg": Decimal(3),
        },
        magnesium_n=7, magnesium_se_mg=Decimal(2),
        magnesium_tables={table: Decimal(mg) for table, mg in tables.items()},
    )  # fmt: skip


SEEDS = food("592", usda="592", foundation="500", swiss="530", cofid="270")


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (Figures.USDA, "592"),
        (Figures.FOUNDATION, "500"),
        (Figures.SWISS, "530"),
        (Figures.COFID, "270"),
        (Figures.CIQUAL, "592"),  # not there: the food's own record
        (Figures.MEDIAN, "515"),  # between 500 and 530
        (Figures.CAUTIOUS, "270"),
    ],
)
def test_the_figure_that_was_asked_for(figures: Figures, expected: str) -> None:
    seeds = counted(SEEDS, figures)
    assert seeds.nutrients["magnesium_mg"] == Decimal(expected)
    assert seeds.nutrients["zinc_mg"] == 3


def test_a_standard_error_stays_with_its_own_figure() -> None:
    assert counted(SEEDS, Figures.USDA).magnesium_n == 7
    assert counted(SEEDS, Figures.SWISS).magnesium_n is None
    assert counted(SEEDS, Figures.SWISS).magnesium_se_mg is None


def test_the_median_of_an_odd_number_is_one_of_them() -> None:
    three = food("10", usda="10", swiss="30", cofid="20")
    assert counted(three, Figures.MEDIAN).nutrients["magnesium_mg"] == 20


def test_a_food_of_ones_own_has_one_figure() -> None:
    own = food("40")
    for figures in Figures:
        assert counted(own, figures) is own
    assert counted(food(None), Figures.CAUTIOUS).nutrients["magnesium_mg"] is None


def test_a_food_from_another_table_keeps_its_figure_by_default() -> None:
    chia = food("347", usda="335", ciqual="347")
    assert counted(chia, Figures.USDA) is chia
    assert counted(chia, Figures.CAUTIOUS).nutrients["magnesium_mg"] == 335
