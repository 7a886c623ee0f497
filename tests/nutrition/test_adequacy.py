"""The probability that usual intake is adequate, held against the worked examples of IOM 2000."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mealmag.catalogue.reference import ReferenceTables
from mealmag.nutrition.adequacy import (
    FIRM,
    WithinPerson,
    adequacy,
    chance_above_ai,
    intake_needed,
    sd_of_requirement,
    within_person,
)
from mealmag.nutrition.person import LifeStage, Person, Sex
from mealmag.nutrition.reference import ReferenceSet, magnesium_reference

EXAMPLES = {
    row["id"]: row
    for row in csv.DictReader(
        (Path(__file__).parent / "adequacy_examples.csv").read_text(encoding="utf-8").splitlines()
    )
}
WOMAN = WithinPerson(85.9, "women of 19 to 50")


def inputs(example: str) -> dict[str, float]:
    parts = (part.split("=") for part in EXAMPLES[example]["inputs"].split(";"))
    return {key: float(value) for key, value in parts}


def expected(example: str) -> dict[str, float]:
    parts = (part.partition("=") for part in EXAMPLES[example]["expected"].split(";"))
    return {key: float(value) if value else float(key) for key, _, value in parts}


def test_three_days_at_the_rda() -> None:
    given_, said = inputs("iom_mg_3d"), expected("iom_mg_3d")
    found = adequacy(
        given_["mean"],
        int(given_["n"]),
        ear_mg=given_["EAR"],
        sd_of_requirement_mg=given_["SDreq"],
        within=WithinPerson(given_["SDwithin"], ""),
    )
    tolerance = float(EXAMPLES["iom_mg_3d"]["tolerance"])
    assert found.mean_mg - found.ear_mg == said["D"]
    assert found.sd_of_difference_mg == pytest.approx(said["SDD"], abs=0.05)
    assert found.probability == pytest.approx(said["P_normal"], abs=tolerance)
    assert not found.firm


def test_the_intake_that_seven_days_must_show() -> None:
    needed = intake_needed(7, ear_mg=265, sd_of_requirement_mg=26.5, within_sd_mg=85.9)
    (said,) = expected("iom_mg_need_7d").values()
    assert needed == pytest.approx(said, abs=float(EXAMPLES["iom_mg_need_7d"]["tolerance"]))


@pytest.mark.parametrize(
    ("days", "wider", "mg"), [(1, 1.0, 445), (3, 1.0, 377), (1, 1.25, 486), (7, 1.25, 362)]
)
def test_the_other_cells_of_the_reports_table(days: int, wider: float, mg: int) -> None:
    """IOM 2000, Table 3-1 and pages 54 and 56."""
    sd = 85.9 * wider
    needed = intake_needed(days, ear_mg=265, sd_of_requirement_mg=26.5, within_sd_mg=sd)
    assert needed == pytest.approx(mg, abs=0.6)


def test_an_adequate_intake() -> None:
    given_, said = inputs("iom_ca_ai_1d"), expected("iom_ca_ai_1d")
    found = chance_above_ai(
        given_["mean"], int(given_["n"]), ai=given_["AI"], within_sd=given_["SD"]
    )
    assert found == pytest.approx(said["P"], abs=float(EXAMPLES["iom_ca_ai_1d"]["tolerance"]))


@given(
    mean=st.floats(min_value=0, max_value=1200, allow_nan=False),
    days=st.integers(min_value=1, max_value=60),
)
def test_as_many_days_as_are_asked_for_make_it_firm_and_no_fewer(mean: float, days: int) -> None:
    found = adequacy(mean, days, ear_mg=265, sd_of_requirement_mg=26.5, within=WOMAN)
    assert 0 <= found.probability <= 1
    needed = found.days_for_firm
    if needed is None:
        assert not found.firm
        return
    at_last = adequacy(mean, needed, ear_mg=265, sd_of_requirement_mg=26.5, within=WOMAN)
    assert max(at_last.probability, 1 - at_last.probability) >= FIRM - 1e-9
    if needed > 1:
        before = adequacy(mean, needed - 1, ear_mg=265, sd_of_requirement_mg=26.5, within=WOMAN)
        assert not before.firm
    assert found.days_still == max(0, needed - days)


@given(mean=st.floats(min_value=266, max_value=900), days=st.integers(min_value=1, max_value=30))
def test_more_days_and_more_magnesium_never_make_it_less_likely(mean: float, days: int) -> None:
    def likely(mg: float, n: int) -> float:
        found = adequacy(mg, n, ear_mg=265, sd_of_requirement_mg=26.5, within=WOMAN)
        return found.probability

    assert likely(mean, days) <= likely(mean, days + 1)
    assert likely(mean, days) <= likely(mean + 1, days)


def test_no_days_say_nothing() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        adequacy(300, 0, ear_mg=265, sd_of_requirement_mg=26.5, within=WOMAN)


def test_whose_variation_is_taken() -> None:
    woman, man = Person(sex=Sex.FEMALE, age=34), Person(sex=Sex.MALE, age=45)
    found, of_man = within_person(woman), within_person(man)
    assert found is not None
    assert of_man is not None
    assert found.sd_mg == 85.9
    assert "not yet checked" in of_man.source
    older = within_person(Person(sex=Sex.FEMALE, age=72))
    assert older is not None
    assert "older" in older.source
    assert within_person(Person(sex=Sex.FEMALE, age=18)) is None


def test_how_requirements_vary_in_each_set() -> None:
    rows = ReferenceTables().magnesium
    woman = Person(sex=Sex.FEMALE, age=34)
    american = magnesium_reference(rows, woman, ReferenceSet.US)
    assert sd_of_requirement(american) == pytest.approx(26.5)
    british = magnesium_reference(rows, woman, ReferenceSet.UK)
    assert british.ear_mg is not None
    assert sd_of_requirement(british) == float(british.target_mg - british.ear_mg) / 2
    pregnant = Person(sex=Sex.FEMALE, age=28, life_stage=LifeStage.PREGNANT)
    american = magnesium_reference(rows, pregnant, ReferenceSet.US)
    assert american.ear_mg == Decimal(290)
    assert sd_of_requirement(american) == pytest.approx(29.0)
    european = magnesium_reference(rows, woman, ReferenceSet.EU)
    assert sd_of_requirement(european) is None
