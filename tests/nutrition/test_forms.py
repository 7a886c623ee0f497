"""Magnesium in salts: the shipped table."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from mealmag.catalogue.reference import ReferenceTables

TABLES = ReferenceTables()
# Standard atomic masses of the reference notes.
MAGNESIUM = Decimal("24.305")


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
