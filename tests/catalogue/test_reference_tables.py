"""The shipped tables load, and a broken one is told with file, line and column."""

from importlib.resources import files

import pytest

from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import InputError

NAMES = {
    "dri_magnesium.csv": "magnesium",
    "dri_other.csv": "nutrients",
    "energy_equations.csv": "energy",
    "interactions.csv": "interactions",
    "supplement_forms.csv": "forms",
}


def broken(tmp_path, name, change):
    text = (files("mealmag.catalogue") / "tables" / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(change(text), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        getattr(ReferenceTables(tmp_path), NAMES[name])
    return caught.value


@pytest.mark.parametrize("attribute", NAMES.values())
def test_every_row_of_the_shipped_tables_has_evidence(attribute):
    rows = getattr(ReferenceTables(), attribute)
    assert rows
    for row in rows:
        assert row.evidence
        assert "read" in row.evidence or "memory" in row.evidence


def test_a_table_is_read_once_and_only_when_asked(tmp_path):
    tables = ReferenceTables(tmp_path)
    with pytest.raises(InputError, match=r"dri_magnesium\.csv"):
        _ = tables.magnesium
    shipped = ReferenceTables()
    assert shipped.energy is shipped.energy


@pytest.mark.parametrize(
    ("name", "old", "new", "column"),
    [
        ("dri_magnesium.csv", ",80,RDA", ",eighty,RDA", "target_mg"),
        ("dri_magnesium.csv", ",80,RDA", ",-80,RDA", "target_mg"),
        ("dri_magnesium.csv", ",80,RDA", ",NaN,RDA", "target_mg"),
        ("dri_magnesium.csv", "both,child,1,4", "each,child,1,4", "sex"),
        ("dri_magnesium.csv", "both,child,1,4", "both,child,4,1", "age_max_y"),
        ("dri_magnesium.csv", "ear_mg", "ear", "ear_mg"),
        ("dri_other.csv", "NAM,calcium,mg", "NAM,,mg", "nutrient"),
        ("energy_equations.csv", "753.07", "753;07", "intercept"),
        ("interactions.csv", ",space,2,4", ",perhaps,2,4", "level"),
    ],
)
def test_a_broken_field_is_named(tmp_path, name, old, new, column):
    error = broken(tmp_path, name, lambda text: text.replace(old, new, 1))
    assert name in error.message
    problem = error.problems[0]
    assert (problem.file, problem.column) == (name, column)
    assert problem.line is not None


def test_too_many_fields_no_rows_and_no_text(tmp_path):
    error = broken(tmp_path, "interactions.csv", lambda text: text.rstrip("\n") + ",more\n")
    assert "more fields" in error.problems[0].message
    error = broken(tmp_path, "interactions.csv", lambda text: text.split("\n", 1)[0])
    assert "no rows" in error.problems[0].message
    error = broken(tmp_path, "interactions.csv", lambda text: text + '"open')
    assert "not CSV" in error.problems[-1].message
    (tmp_path / "interactions.csv").write_bytes(b"id,kind\n\xff\xfe,drug\n")
    with pytest.raises(InputError, match="broken"):
        _ = ReferenceTables(tmp_path).interactions
