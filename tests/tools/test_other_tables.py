"""The other tables, in small: a record is found by its code, and counted as USDA counts."""

from pathlib import Path

import pytest

from tools.other_tables import OtherTables

FILES = {
    "swiss_fcdb_5_3_generic_foods.csv": "id,name,basis,specific_gravity,magnesium_mg\n"
    "1,Spinach,100g,,58\n2,Syrup,100ml,1.25,10\n3,Juice,100ml,,11\n4,Salad,100g,,\n",
    "cofid_2021_foods.csv": "food_code,magnesium_mg\n13-1,54\n",
    "usda_foundation_foods_2025_12.csv": "fdc_id,magnesium_mg\n7,93\n",
    "usda_iodine_r4.csv": "ndb_no,foundation_ndb_no,iodine_ug\n01001,,4.6\n,100268,1\n01001,,9\n",
    "oxalic_acid.csv": "source,food_code,oxalic_acid_mg\nCNF 2015,1984,1090\nMEXT 2020,06267,700\n",
    "ciqual_2020_foods.csv": "alim_code,name_en,name_fr,energy_kcal,water_g,protein_g,fat_g,"
    "saturated_fat_g,carbohydrate_available_g,fibre_g,sugars_g,calcium_mg,iron_mg,magnesium_mg,"
    "phosphorus_mg,potassium_mg,sodium_mg,zinc_mg,selenium_ug,iodine_ug,vitamin_c_mg,vitamin_d_ug,"
    "vitamin_e_mg,vitamin_k1_ug,thiamin_mg,riboflavin_mg,niacin_mg,vitamin_b6_mg,vitamin_b12_ug,"
    "alcohol_g,folate_ug,retinol_ug,beta_carotene_ug\n"
    "9,Chia,,462,7,19,33,3,1.5,36.7,0,,,347,,,,,,,,,,,,,,,,,49,1,60\n"
    "10,,Chocolat noir,572,,,,,,12,,,,206,,,,,,,,,,,,,,,,,,5,\n",
}


@pytest.fixture
def tables(tmp_path: Path) -> OtherTables:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return OtherTables(tmp_path)


@pytest.mark.parametrize(
    ("table", "code", "expected"),
    [
        ("swiss", "1", "58"), ("swiss", "2", "8"), ("swiss", "3", None), ("swiss", "4", None),
        ("swiss", "5", None), ("cofid", "13-1", "54"), ("foundation", "7", "93"),
        ("ciqual", "9", "347"),
    ],
)  # fmt: skip
def test_magnesium_per_100_g(
    tables: OtherTables, table: str, code: str, expected: str | None
) -> None:
    """Swiss drinks are per 100 ml: 10 mg in 125 g is 8 mg in 100 g; without a gravity, unknown."""
    assert tables.magnesium(table, code) == expected


def test_a_ciqual_food_in_usdas_terms(tables: OtherTables) -> None:
    found = tables.ciqual_food("9")
    assert found is not None
    name, figures = found
    assert name == "Chia"
    assert figures["carbohydrate_g"] == "38.2"  # available and fibre
    assert figures["vitamin_a_ug_rae"] == "6"  # 1 + 60 / 12
    assert (figures["folate_ug_dfe"], figures["calcium_mg"]) == ("49", "")
    chocolate = tables.ciqual_food("10")
    assert chocolate is not None
    assert chocolate[0] == "Chocolat noir"
    assert chocolate[1]["carbohydrate_g"] == ""  # one part unknown, the whole unknown
    assert "vitamin_a_ug_rae" not in chocolate[1]
    assert tables.ciqual_food("11") is None


def test_iodine_and_oxalic_acid(tables: OtherTables) -> None:
    assert tables.iodine("01001") == "4.6"  # the first row of a food
    assert tables.iodine("foundation:100268") == "1"
    assert tables.iodine("01002") is None
    assert tables.oxalic_acid("CNF:1984") == "1090"
    assert tables.oxalic_acid("MEXT:06267") == "700"
    assert tables.oxalic_acid("CNF:06267") is None
