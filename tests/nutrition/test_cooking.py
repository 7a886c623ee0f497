"""What cooking takes: USDA's factors, once, on raw rows only."""

from dataclasses import replace
from decimal import Decimal

import pytest

from mealmag.catalogue.cooked import shipped_processes
from mealmag.nutrition.cooking import Process, cook
from mealmag.nutrition.food import Diet, Food, State
from mealmag.nutrition.nutrients import NUTRIENTS

RAW = Food(
    id="spinach-raw", name_en="raw spinach", name_nl="rauwe spinazie", group="leafy-greens",
    source="s", ndb_no="", fdc_id="", source_description="", diet=Diet.VEGAN, allergens=frozenset(),
    roles=frozenset(), measures=(), everyday=1,
    nutrients={nutrient.key: Decimal(100) for nutrient in NUTRIENTS}
    | {"zinc_mg": None, "caffeine_mg": Decimal(0)},
    state=State.RAW, magnesium_n=7, magnesium_tables={"usda": Decimal(100)},
)  # fmt: skip
BOILED = Process(
    "boiled", "boiled, drained",
    {"magnesium_mg": Decimal("0.8"), "vitamin_c_mg": Decimal("0.65"), "zinc_mg": Decimal("0.9")},
    "read", "USDA",
)  # fmt: skip


def test_the_share_that_stays_is_of_the_raw_weight() -> None:
    cooked = cook(RAW, BOILED)
    assert cooked.amount("magnesium_mg", Decimal(150)) == Decimal(120)
    assert cooked.nutrients["vitamin_c_mg"] == 65
    assert (cooked.id, cooked.bought_id, cooked.cooked) == (
        "spinach-raw+boiled",
        "spinach-raw",
        "boiled",
    )


def test_energy_and_what_makes_it_stay_and_what_nobody_measured_is_unknown() -> None:
    cooked = cook(RAW, BOILED)
    assert cooked.nutrients["energy_kcal"] == cooked.nutrients["protein_g"] == 100
    assert cooked.nutrients["fibre_g"] == 100
    assert cooked.nutrients["thiamin_mg"] is None  # no factor: unknown, not 100 and not 0
    assert cooked.nutrients["zinc_mg"] is None  # unknown before
    assert cooked.nutrients["caffeine_mg"] == 0  # nothing to lose


def test_nothing_is_lost_twice() -> None:
    with pytest.raises(ValueError, match="not a raw row"):
        cook(cook(RAW, BOILED), BOILED)
    for state in (State.COOKED, State.READY):
        with pytest.raises(ValueError, match="not a raw row"):
            cook(replace(RAW, state=state), BOILED)
    assert cook(replace(RAW, state=State.DRY), BOILED).cooked


def test_the_shipped_factors() -> None:
    processes = shipped_processes()
    assert len(processes) == 26
    for process in processes.values():
        assert all(0 < factor <= 1 for factor in process.factors.values()), process.id
    assert processes["pulses-cooked-long-drained"].factors["magnesium_mg"] == Decimal("0.75")
    # A process without a factor for a core nutrient is not cooked with.
    assert processes["greens-boiled-much-water-drained"].missing_core
    assert not processes["greens-stir-fried"].missing_core


def test_what_a_food_table_brings_is_unknown_after_cooking_unless_there_was_none() -> None:
    raw = replace(RAW, nutrients={**RAW.nutrients, "choline_mg": Decimal(5), "glow_ug": Decimal(0)})
    cooked = cook(raw, BOILED)
    assert cooked.nutrients["choline_mg"] is None
    assert cooked.nutrients["glow_ug"] == 0
