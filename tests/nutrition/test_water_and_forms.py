"""Magnesium in water and in salts: the shipped tables, and what an entry of them brings."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mealmag.catalogue.reference import ReferenceTables
from mealmag.nutrition.diary import Entry, Ledger
from mealmag.nutrition.nutrients import BY_KEY
from mealmag.nutrition.water import snapshot_of_water, water_snapshot

TABLES = ReferenceTables()
# Standard atomic masses of the reference notes.
MAGNESIUM = Decimal("24.305")


def test_a_glass_of_mineral_water() -> None:
    found = next(water for water in TABLES.waters if water.name.startswith("Gerolsteiner"))
    glass = Entry(
        "0" * 32, date(2026, 11, 28), Ledger.WATER, Decimal(250), "250 ml", snapshot_of_water(found)
    )
    assert glass.amount("magnesium_mg") == Decimal(27)
    assert glass.amount("energy_kcal") == 0
    assert glass.amount("vitamin_c_mg") == 0
    assert glass.amount("sodium_mg") is None


def test_every_mineral_but_magnesium_is_unknown() -> None:
    snapshot = water_snapshot("a spring", Decimal(50), "its label")
    unknown = {key for key, figure in snapshot.nutrients.items() if figure is None}
    assert unknown <= set(BY_KEY)
    assert unknown == {
        "calcium_mg", "iron_mg", "phosphorus_mg", "potassium_mg", "sodium_mg", "zinc_mg",
        "selenium_ug", "iodine_ug",
    }  # fmt: skip
    assert snapshot.nutrients["magnesium_mg"] == 5


def test_where_sources_differ_all_their_figures_are_kept() -> None:
    apollinaris = next(water for water in TABLES.waters if water.name == "Apollinaris")
    tables = snapshot_of_water(apollinaris).magnesium_tables
    assert sorted(tables.values()) == [12, Decimal("12.6"), 13]
    assert all(water.mg_per_l > 0 for water in TABLES.waters)
    assert [water.name for water in TABLES.waters if not water.is_a_water] == [
        'EU claim "contains magnesium"'
    ]


def test_what_is_from_memory_says_so() -> None:
    volvic = next(water for water in TABLES.waters if water.name == "Volvic")
    assert "not yet checked" in snapshot_of_water(volvic).source


def test_two_tablets_of_oxide() -> None:
    """The worked example of the reference notes: 414 mg of salt each."""
    examples = (Path(__file__).parent / "adequacy_examples.csv").read_text(encoding="utf-8")
    example = next(
        row for row in csv.DictReader(examples.splitlines()) if row["id"] == "oxide_dose"
    )
    oxide = next(form for form in TABLES.forms if form.id == "oxide")
    expected = float(example["expected"].split()[0])
    assert float(2 * oxide.elemental_mg(Decimal(414))) == pytest.approx(
        expected, abs=float(example["tolerance"])
    )


@pytest.mark.parametrize("form", TABLES.forms, ids=lambda form: form.id)
def test_the_share_of_the_element_is_that_of_the_masses(form) -> None:
    text = (
        Path(__file__).parents[2] / "mealmag" / "catalogue" / "tables" / "supplement_forms.csv"
    ).read_text(encoding="utf-8")
    row = next(r for r in csv.DictReader(text.splitlines()) if r["form_id"] == form.id)
    share = MAGNESIUM * int(row["mg_atoms"]) / Decimal(row["molar_mass_g_mol"])
    assert form.elemental_fraction == pytest.approx(share, abs=Decimal("0.0001"))
