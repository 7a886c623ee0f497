"""Nutrients of a food table's own: named by their column, and told from slips of the pen."""

import pytest

from mealmag.nutrition.nutrients import BY_KEY, keys_of, nutrient_of, slip_for


def test_ours_are_ours() -> None:
    assert all(nutrient_of(key) is nutrient for key, nutrient in BY_KEY.items())


@pytest.mark.parametrize(
    ("key", "name", "unit"),
    [
        ("choline_mg", "choline", "mg"),
        ("omega3_g", "omega3", "g"),
        ("alpha_linolenic_acid_g", "alpha linolenic acid", "g"),
        ("biotin_ug", "biotin", "µg"),
    ],
)
def test_others_are_named_by_their_key(key: str, name: str, unit: str) -> None:
    nutrient = nutrient_of(key)
    assert (nutrient.key, nutrient.name, nutrient.unit) == (key, name, unit)
    assert not nutrient.core


@pytest.mark.parametrize(
    "key",
    [
        "choline",
        "choline_kj",
        "Choline_mg",
        "_mg",
        "3_g",
        "choline__mg",
        "choline-x_mg",
        "a" * 38 + "_mg",
    ],
)
def test_without_a_name_and_a_unit_it_is_none(key: str) -> None:
    with pytest.raises(ValueError, match="named with its unit"):
        nutrient_of(key)


@pytest.mark.parametrize(
    ("key", "right"),
    [("magnesium_g", "magnesium_mg"), ("iron_ug", "iron_mg"), ("vitamin_d_mg", "vitamin_d_ug")],
)
def test_ours_in_another_unit_is_refused(key: str, right: str) -> None:
    with pytest.raises(ValueError, match=f"write {right}"):
        nutrient_of(key)


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("calcum_mg", "calcium_mg"),
        ("fiber_g", "fibre_g"),
        ("potasium_mg", "potassium_mg"),
        ("choline_mg", None),
        ("vitamin_k2_ug", None),
        ("vitamin_b5_mg", None),
        ("unsaturated_fat_g", None),
        ("added_sugars_g", None),
        ("dpa_g", None),
    ],
)
def test_slips_are_told_from_other_nutrients(key: str, meant: str | None) -> None:
    assert slip_for(key) == meant


def test_keys_come_in_our_order_then_by_name() -> None:
    foods = [dict.fromkeys(BY_KEY), {**dict.fromkeys(BY_KEY), "zeta_mg": None, "alpha_g": None}]
    assert keys_of(foods) == (*BY_KEY, "alpha_g", "zeta_mg")
    assert keys_of(foods[:1]) == tuple(BY_KEY)
