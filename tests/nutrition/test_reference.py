"""Magnesium targets against the published values, set by set."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import InputError
from mealmag.nutrition.person import Person
from mealmag.nutrition.reference import NOT_CHECKED, ReferenceSet, magnesium_reference
from mealmag.services.target import target_report

TABLES = ReferenceTables()


def figures(reference_set, **person):
    found = magnesium_reference(TABLES.magnesium, Person(**person), ReferenceSet(reference_set))
    return found.target_mg, found.ul_mg


@pytest.mark.parametrize(
    ("sex", "age", "stage", "target", "upper"),
    [
        ("female", 1, "none", 80, 65),
        ("male", 3, "none", 80, 65),
        ("female", 4, "none", 130, 110),
        ("male", 8, "none", 130, 110),
        ("female", 9, "none", 240, 350),
        ("male", 13, "none", 240, 350),
        ("female", 14, "none", 360, 350),
        ("female", 18, "none", 360, 350),
        ("male", 14, "none", 410, 350),
        ("male", 18, "none", 410, 350),
        ("female", 19, "none", 310, 350),
        ("female", 30, "none", 310, 350),
        ("female", 31, "none", 320, 350),
        ("female", 50, "none", 320, 350),
        ("female", 51, "none", 320, 350),
        ("female", 70, "none", 320, 350),
        ("female", 71, "none", 320, 350),
        ("female", 120, "none", 320, 350),
        ("male", 19, "none", 400, 350),
        ("male", 30, "none", 400, 350),
        ("male", 31, "none", 420, 350),
        ("male", 70, "none", 420, 350),
        ("male", 71, "none", 420, 350),
        ("female", 14, "pregnant", 400, 350),
        ("female", 18, "pregnant", 400, 350),
        ("female", 19, "pregnant", 350, 350),
        ("female", 30, "pregnant", 350, 350),
        ("female", 31, "pregnant", 360, 350),
        ("female", 50, "pregnant", 360, 350),
        ("female", 18, "breastfeeding", 360, 350),
        ("female", 19, "breastfeeding", 310, 350),
        ("female", 31, "breastfeeding", 320, 350),
    ],
)
def test_us_values_are_those_published(sex, age, stage, target, upper):
    assert figures("us", sex=sex, age=age, life_stage=stage) == (target, upper)


@pytest.mark.parametrize(
    ("reference_set", "sex", "age", "stage", "target", "upper"),
    [
        ("eu", "male", 40, "none", 350, 250),
        ("eu", "female", 40, "pregnant", 300, 250),
        ("eu", "male", 3, "none", 230, None),
        ("eu", "male", 4, "none", 230, 250),
        ("nl", "female", 34, "none", 300, 250),
        ("nl", "male", 15, "none", 350, 250),
        ("nordic", "female", 11, "none", 250, 250),
        ("nordic", "male", 80, "none", 350, 250),
        ("dach", "male", 18, "none", 330, 250),
        ("dach", "female", 30, "breastfeeding", 300, 250),
        ("uk", "male", 45, "none", 300, 400),
        ("uk", "female", 45, "none", 270, 400),
        ("uk", "female", 16, "none", 300, None),
        ("who", "male", 40, "none", 260, 350),
        ("who", "female", 66, "none", 190, 350),
        ("who", "male", 66, "none", 224, 350),
        ("who", "female", 30, "breastfeeding", 270, 350),
    ],
)
def test_other_sets(reference_set, sex, age, stage, target, upper):
    assert figures(reference_set, sex=sex, age=age, life_stage=stage) == (target, upper)


def test_a_median_requirement_only_where_the_set_has_one():
    woman = Person(sex="female", age=34)
    by_set = {
        name: magnesium_reference(TABLES.magnesium, woman, name).ear_mg for name in ReferenceSet
    }
    assert by_set[ReferenceSet.US] == 265
    assert {name for name, ear in by_set.items() if ear is not None} == {"us", "uk"}


def test_a_figure_from_memory_says_so():
    person = Person(sex="female", age=30, life_stage="breastfeeding")
    found = magnesium_reference(TABLES.magnesium, person, ReferenceSet.UK)
    assert found.source.endswith(NOT_CHECKED)
    assert found.target.source == found.source
    checked = magnesium_reference(TABLES.magnesium, person, ReferenceSet.US)
    assert NOT_CHECKED not in checked.source


def test_food_has_no_ceiling():
    target = magnesium_reference(TABLES.magnesium, Person(sex="male", age=40), ReferenceSet.US)
    assert target.target.ceiling is None
    assert target.target.floor == 420
    assert target.target.per == "day"


def test_an_age_outside_the_table_names_set_age_and_what_is_covered():
    adults = [row for row in TABLES.magnesium if row.age_min_y and row.age_min_y >= 19]
    with pytest.raises(InputError) as caught:
        magnesium_reference(adults, Person(sex="female", age=12), ReferenceSet.US)
    for part in ('"us"', "NAM", "age 12", "19-30 y", ">70 y"):
        assert part in caught.value.message


def test_two_rows_for_one_person_are_an_error_not_a_choice():
    row = next(row for row in TABLES.magnesium if row.age_label == ">70 y")
    with pytest.raises(InputError, match="more than one"):
        magnesium_reference([row, replace(row, target_mg=Decimal(1))],
                            Person(sex="male", age=80), ReferenceSet.US)  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"sex": "male", "age": 30, "life_stage": "pregnant"}, 'needs sex "female"'),
        ({"sex": "female", "age": 13, "life_stage": "pregnant"}, "14 to 50"),
        ({"sex": "female", "age": 51, "life_stage": "breastfeeding"}, "14 to 50"),
        ({"sex": "female", "age": 30, "trimester": 2}, "only for life_stage"),
        ({"sex": "female", "age": 0}, "greater than or equal to 1"),
        ({"sex": "female", "age": 121}, "less than or equal to 120"),
        ({"sex": "female", "age": 30.5}, "valid integer"),
        ({"sex": "female", "age": "30"}, "valid integer"),
        ({"sex": "female", "age": True}, "valid integer"),
        ({"sex": "female", "age": 30, "weight_kg": "68"}, "valid number"),
        ({"sex": "female", "age": 30, "weight_kg": float("nan")}, "finite"),
        ({"sex": "female", "age": 30, "height_cm": 17}, "greater than or equal to 50"),
        ({"sex": "female", "age": 30, "energy_kcal": 799}, "greater than or equal to 800"),
        ({"sex": "female", "age": 30, "conditions": [" "]}, "a word or a few"),
        ({"sex": "female", "age": 30, "colour": "red"}, "not permitted"),
    ],
)
def test_an_impossible_person_is_refused(fields, words):
    with pytest.raises(ValidationError, match=words):
        Person(**fields)


@st.composite
def people(draw, youngest=1):
    sex = draw(st.sampled_from(["female", "male"]))
    age = draw(st.integers(youngest, 120))
    stages = ["none"]
    if sex == "female" and 14 <= age <= 50:
        stages += ["pregnant", "breastfeeding"]
    sized = draw(st.booleans())
    return Person(
        sex=sex,
        age=age,
        life_stage=draw(st.sampled_from(stages)),
        weight_kg=draw(st.integers(40, 140)) if sized else None,
        height_cm=draw(st.integers(140, 205)) if sized else None,
        activity=draw(st.sampled_from(["inactive", "low_active", "active", "very_active"])),
        energy_kcal=draw(st.none() | st.integers(800, 6000)),
    )


@given(people(), st.sampled_from(ReferenceSet))
def test_everyone_gets_a_target_in_every_set(person, reference_set):
    found = magnesium_reference(TABLES.magnesium, person, reference_set)
    assert 60 <= found.target_mg <= 420
    assert found.ear_mg is None or found.ear_mg < found.target_mg


@given(people(youngest=18), st.sampled_from(ReferenceSet))
def test_every_adult_gets_a_report_or_is_told_what_to_give(person, reference_set):
    try:
        report = target_report(person, reference_set, TABLES)
    except InputError as error:
        hint = error.hint
        report = None
    if report is None:
        assert person.energy_kcal is None
        assert person.age >= 80 or person.weight_kg is not None
        assert "energy_kcal" in hint
        return
    for key, target in report.targets.items():
        assert target.nutrient == key
        assert target.source
        assert target.floor is not None or target.ceiling is not None
        if target.floor is not None and target.ceiling is not None:
            assert target.floor <= target.ceiling
    assert report.to_json() == target_report(person, reference_set, TABLES).to_json()
