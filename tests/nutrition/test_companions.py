"""The targets beside magnesium: their figures, their bounds, and that they say whose they are."""

from dataclasses import replace
from decimal import Decimal

import pytest

from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import InputError
from mealmag.nutrition.companions import companion_targets
from mealmag.nutrition.nutrients import BY_KEY
from mealmag.nutrition.person import Person
from mealmag.nutrition.reference import NOT_CHECKED, ReferenceSet, magnesium_reference

TABLES = ReferenceTables()


def targets(energy=2000, reference_set="us", rows=None, brought=(), **person):
    who = Person(**person)
    magnesium = magnesium_reference(TABLES.magnesium, who, ReferenceSet(reference_set))
    rows = TABLES.nutrients if rows is None else rows
    found = companion_targets(rows, who, Decimal(energy), magnesium, brought)
    return {target.nutrient: target for target in found}


def bounds(target):
    return target.floor, target.ceiling


def test_a_woman_of_34_at_2000_kcal():
    found = targets(sex="female", age=34)
    assert {key: bounds(target) for key, target in found.items()} == {
        "magnesium_mg": (320, None),
        "energy_kcal": (1800, 2200),
        "protein_g": (46, 175),
        "fat_g": (Decimal("44.4"), Decimal("77.8")),
        "saturated_fat_g": (None, Decimal("22.2")),
        "carbohydrate_g": (225, 325),
        "fibre_g": (25, None),
        "sodium_mg": (None, 2300),
        "calcium_mg": (1000, 2500),
        "iron_mg": (18, 45),
        "zinc_mg": (8, 40),
        "potassium_mg": (2600, None),
        "vitamin_c_mg": (75, 2000),
        "folate_ug_dfe": (400, None),
    }
    daily = {key for key, target in found.items() if target.per == "day"}
    assert daily == {"magnesium_mg", "energy_kcal", "protein_g"}
    assert set(found) <= set(BY_KEY)


@pytest.mark.parametrize("reference_set", list(ReferenceSet))
def test_every_companion_says_that_it_is_a_us_value(reference_set):
    found = targets(reference_set=reference_set, sex="male", age=45)
    for key, target in found.items():
        if key == "energy_kcal":
            assert "design choice" in target.source
        elif key != "magnesium_mg":
            assert "us (NAM)" in target.note or "us (DGA)" in target.note
            assert "holds for magnesium" in target.note


def test_pregnancy_takes_its_own_rows_and_the_ranges_of_the_age():
    found = targets(sex="female", age=28, life_stage="pregnant")
    assert found["iron_mg"].floor == 27
    assert found["folate_ug_dfe"].floor == 600
    assert found["protein_g"].floor == 71
    assert found["fat_g"].ceiling == Decimal("77.8")
    young = targets(sex="female", age=16, life_stage="pregnant")
    assert (young["calcium_mg"].floor, young["fat_g"].floor) == (1300, Decimal("55.6"))


def test_protein_by_weight_where_that_is_more():
    heavy = targets(sex="female", age=34, weight_kg=90)["protein_g"]
    assert heavy.floor == 72
    assert heavy.source.endswith(NOT_CHECKED)
    light = targets(sex="female", age=34, weight_kg=50)["protein_g"]
    assert light.floor == 46
    assert NOT_CHECKED not in light.source


def test_the_folate_limit_counts_pills_only_and_sodium_has_no_floor():
    found = targets(sex="male", age=72)
    assert found["folate_ug_dfe"].ceiling is None
    assert "synthetic folic acid only" in found["folate_ug_dfe"].note
    assert found["sodium_mg"].floor is None
    assert found["sodium_mg"].ceiling_kind == "CDRR"


def test_figures_from_memory_say_so_at_the_end_of_their_source():
    found = targets(sex="female", age=34)
    marked = {key for key, target in found.items() if NOT_CHECKED in target.source}
    assert marked == {"saturated_fat_g", "sodium_mg"}
    assert all(found[key].source.endswith(NOT_CHECKED) for key in marked)
    child = targets(energy=1400, sex="male", age=6)
    assert child["fat_g"].source.endswith(NOT_CHECKED)


def test_iron_is_not_multiplied_for_vegetarians_and_the_note_says_why():
    assert "not checked, not applied" in targets(sex="female", age=34)["iron_mg"].note


def test_no_saturated_fat_target_before_two_years():
    assert "saturated_fat_g" not in targets(energy=800, sex="male", age=1)
    assert "saturated_fat_g" in targets(energy=1000, sex="male", age=2)


def test_a_need_that_does_not_fit_the_energy_drops_the_ceiling_and_says_so():
    found = targets(energy=800, sex="male", age=40, weight_kg=200)
    assert bounds(found["protein_g"]) == (160, None)
    assert "no ceiling" in found["protein_g"].note
    assert bounds(found["carbohydrate_g"]) == (130, 130)
    assert found["carbohydrate_g"].floor_kind == "RDA"
    mother = targets(energy=1700, sex="female", age=30, life_stage="breastfeeding")
    assert bounds(mother["carbohydrate_g"]) == (210, Decimal("276.2"))


def test_a_table_without_the_age_is_an_error_with_the_nutrient():
    rows = [row for row in TABLES.nutrients if row.nutrient != "zinc"]
    with pytest.raises(InputError, match="zinc"):
        targets(rows=rows, sex="male", age=40)


def test_two_rows_for_one_age_are_an_error():
    row = next(row for row in TABLES.nutrients if row.nutrient == "zinc" and row.sex == "M")
    twice = [*TABLES.nutrients, replace(row, age_min_y=Decimal(0), age_max_y=None)]
    with pytest.raises(InputError, match="zinc"):
        targets(rows=twice, sex="male", age=40)


def test_what_a_food_table_brings_is_aimed_at_where_a_value_was_published():
    plain = targets(sex="female", age=34)
    brought = ("choline_mg", "copper_mg", "glowstone_ug", "water_total_g")
    found = targets(sex="female", age=34, brought=brought)
    assert list(found) == [*plain, "choline_mg", "copper_mg"]
    assert found["choline_mg"].floor == 425
    assert found["copper_mg"].floor == Decimal("0.9")  # the table has 900 µg
    assert found["copper_mg"].per == "week"
