"""Form, product and what is left of the upper level: never more than the advice, nor than the limit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import InputError
from mealmag.nutrition.person import LifeStage, Person, Sex
from mealmag.nutrition.reference import ReferenceSet, magnesium_reference
from mealmag.nutrition.supplement import SMALLEST_DOSE_MG, Dose, SupplementAdvice
from mealmag.nutrition.supplement_choice import choose

TABLES = ReferenceTables()
MAN = Person(sex=Sex.MALE, age=45)
US = magnesium_reference(TABLES.magnesium, MAN, ReferenceSet.US)
EU = magnesium_reference(TABLES.magnesium, MAN, ReferenceSet.EU)


def advised(mg: int) -> SupplementAdvice:
    doses = (Dose(mg=mg, when="with a meal"),)
    return SupplementAdvice(elemental_mg=mg, doses=doses, gap_mg=float(mg + 3), on_days=("a",))


@given(
    mg=st.integers(min_value=5, max_value=70).map(lambda n: 5 * n),
    product=st.none() | st.integers(min_value=10, max_value=500).map(Decimal),
    taken=st.integers(min_value=0, max_value=500).map(Decimal),
    water=st.integers(min_value=0, max_value=300).map(Decimal),
    reference=st.sampled_from([US, EU]),
)
def test_never_above_the_advice_or_what_is_left_of_the_limit(
    mg: int, product: Decimal | None, taken: Decimal, water: Decimal, reference
) -> None:
    choice = choose(
        advised(mg), TABLES.forms, MAN, reference,
        product_mg=product, taken_mg=taken, water_mg=water,
    )  # fmt: skip
    dose = choice.elemental_mg or 0
    assert dose <= mg
    assert dose == 0 or dose >= SMALLEST_DOSE_MG
    assert dose + taken <= reference.ul_mg or dose == 0
    assert sum(each.mg for each in choice.doses) == dose
    if product is not None and dose:
        assert dose % product == 0
        assert all(each.mg % product == 0 for each in choice.doses)
    assert bool(choice.forms) == bool(dose)
    assert dose or choice.notes


def test_water_counts_only_where_the_set_says_so() -> None:
    american, european = (
        choose(advised(200), TABLES.forms, MAN, reference, water_mg=Decimal(100))
        for reference in (US, EU)
    )
    assert american.elemental_mg == 200
    assert any("water" in note for note in american.notes)
    assert european.elemental_mg == 150
    assert european.taken_mg == 100


def test_a_tablet_that_is_too_large() -> None:
    choice = choose(advised(100), TABLES.forms, MAN, US, product_mg=Decimal(400))
    assert choice.elemental_mg is None
    assert "choose a smaller one" in choice.notes[0]


def test_soluble_salts_that_people_took_up_go_before_oxide() -> None:
    forms = choose(advised(100), TABLES.forms, MAN, US).forms
    assert all(form.uptake == "high" for form in forms)
    assert "oxide" not in {form.id for form in forms}


def test_a_sensitive_gut_gets_gentle_ones_first() -> None:
    first = choose(advised(100), TABLES.forms, MAN, US, sensitive_gut=True).forms[0]
    assert "lax" not in first.gut
    assert "tolerated" in first.gut


def test_a_wish_goes_first_with_its_evidence() -> None:
    first = choose(advised(100), TABLES.forms, MAN, US, wanted="magnesium oxide").forms[0]
    assert first.id == "oxide"
    assert "4 %" in first.evidence
    with pytest.raises(InputError, match="no form of magnesium"):
        choose(advised(100), TABLES.forms, MAN, US, wanted="orotate")
    with pytest.raises(InputError, match='Did you mean "citrate"'):
        choose(advised(100), TABLES.forms, MAN, US, wanted="citrat")


def test_never_threonate_in_a_pregnancy() -> None:
    woman = Person(sex=Sex.FEMALE, age=28, life_stage=LifeStage.PREGNANT)
    reference = magnesium_reference(TABLES.magnesium, woman, ReferenceSet.US)
    with pytest.raises(InputError):
        choose(advised(100), TABLES.forms, woman, reference, wanted="l_threonate")
    assert choose(advised(100), TABLES.forms, MAN, US, wanted="l_threonate").forms
