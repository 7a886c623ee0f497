"""Whose magnesium is counted: one table's, the middle, or the lowest; nothing else changes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mealmag.nutrition.diary import Entry, Ledger, snapshot_of
from mealmag.nutrition.figures import Figures, counted, recounted
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


def test_a_figure_of_zero_is_a_figure() -> None:
    oil = food("0", cofid="2", usda="0")
    assert counted(oil, Figures.SWISS).nutrients["magnesium_mg"] == 0


def an_entry(of: Food) -> Entry:
    return Entry("0" * 32, date(2026, 11, 28), Ledger.FOOD, Decimal(50), "50 g", snapshot_of(of))


@pytest.mark.parametrize("figures", list(Figures))
def test_an_entry_counts_as_its_food_would(figures: Figures) -> None:
    (entry,) = recounted([an_entry(SEEDS)], figures)
    assert entry.amount("magnesium_mg") == counted(SEEDS, figures).amount(
        "magnesium_mg", Decimal(50)
    )
    assert entry.amount("zinc_mg") == Decimal("1.5")


def test_an_entry_without_tables_keeps_what_it_was_logged_with() -> None:
    bare = an_entry(food("40"))
    unknown = replace(bare, snapshot=replace(bare.snapshot, nutrients={}))
    for figures in Figures:
        assert recounted([bare, unknown], figures) == (bare, unknown)
