"""USDA's own releases, in small: the ASCII files of Standard Reference and FoodData Central's CSV."""

from pathlib import Path

import pytest

from mealmag.errors import InputError
from tools.usda import read_usda

FOOD_DES = (
    "~11457~^~1100~^~Spinach, raw~^~SPINACH,RAW~^~~^~~^~Y~^~Large stems and roots~^28^"
    "~Spinacia oleracea~^6.25^2.44^8.37^3.57\r\n"
    "~09040~^~0900~^~Bananas, raw~^~BANANAS,RAW~^~plátano~^~~^~Y~^~Skin~^36^~~^6.25^3.36^8.37^3.60\r\n"
)
NUT_DATA = (
    "~11457~^~304~^79^7^4.835^~1~^~A~^~~^~~^3^54^95^^^^~~^~08/2004~^~~\r\n"
    "~11457~^~208~^23^0^^~4~^~NC~^~~^~~^^^^^^^~~^~08/2010~^~~\r\n"
    "~11457~^~601~^0^0^^~7~^~Z~^~~^~~^^^^^^^~~^~~^~~\r\n"
    "~09040~^~304~^27^14^0.481^~1~^~A~^~~^~~^^^^^^^~~^~~^~~\r\n"
)
WEIGHT = '~11457~^1^1^~cup~^30^^\r\n~11457~^2^1^~leaf~^10^^\r\n~09040~^1^1^~medium (7")~^118^^\r\n'


def ascii_release(folder: Path) -> Path:
    for name, text in (("FOOD_DES", FOOD_DES), ("NUT_DATA", NUT_DATA), ("WEIGHT", WEIGHT)):
        (folder / f"{name}.txt").write_bytes(text.encode("latin-1"))
    return folder


def fdc_release(folder: Path) -> Path:
    files = {
        "food.csv": '"fdc_id","data_type","description","food_category_id","publication_date"\n'
        '"168462","sr_legacy_food","Spinach, raw","11","2019-04-01"\n'
        '"999","branded_food","SPINACH","","2019-04-01"\n',
        "sr_legacy_food.csv": '"fdc_id","NDB_number"\n"168462","11457"\n"173944","9040"\n',
        "nutrient.csv": '"id","name","unit_name","nutrient_nbr","rank"\n'
        '"1090","Magnesium, Mg","MG","304","5500.0"\n"1008","Energy","KCAL","208","300.0"\n'
        '"1062","Energy","kJ","268","400.0"\n',
        "food_nutrient.csv": '"id","fdc_id","nutrient_id","amount","data_points"\n'
        '"1","168462","1090","79.0","7"\n"2","168462","1008","23.0",""\n"3","168462","1062","97.0",""\n'
        '"4","999","1090","1.0",""\n',
        "measure_unit.csv": '"id","name"\n"1000","cup"\n"9999","undetermined"\n',
        "food_portion.csv": '"id","fdc_id","seq_num","amount","measure_unit_id","modifier","gram_weight"\n'
        '"1","168462","1","1.0","1000","chopped","30.0"\n"2","168462","2","1.0","9999","leaf","10.0"\n',
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_ascii_release(tmp_path: Path) -> None:
    records = read_usda(ascii_release(tmp_path))
    assert set(records) == {"11457", "09040"}
    spinach = records["11457"]
    assert (spinach.description, spinach.refuse_percent) == ("Spinach, raw", "28")
    assert (spinach.figures["magnesium_mg"], spinach.figures["energy_kcal"]) == ("79", "23")
    assert (spinach.figures["magnesium_n"], spinach.figures["magnesium_se_mg"]) == ("7", "4.835")
    assert spinach.figures["zinc_mg"] == ""  # not given is not zero
    assert spinach.portions == [("1", "cup", "30"), ("1", "leaf", "10")]
    assert records["09040"].common_names == "plátano"


@pytest.mark.parametrize(
    ("sampled", "error"),
    [
        ("8^6.867^~1~^~A~^~~^~~^3^0^16", ""),  # soya milk: at most 8.5 / √7 = 3.2
        ("8^3.2^~1~^~A~^~~^~~^3^0^16", "3.2"),
        ("8^3.22^~1~^~A~^~~^~~^3^0^16", ""),
        ("2^0.5^~1~^~A~^~~^~~^3^7^7", "0.5"),  # equal as printed, to half a milligram
        ("8^6.867^~1~^~A~^~~^~~^3^^", "6.867"),  # no range: nothing speaks against it
    ],
)
def test_an_error_that_no_such_samples_have_is_left_out(
    tmp_path: Path, sampled: str, error: str
) -> None:
    ascii_release(tmp_path)
    line = f"~09040~^~304~^27^{sampled}^^^^~~^~08/2004~^~~\r\n"
    (tmp_path / "NUT_DATA.txt").write_bytes(line.encode("latin-1"))
    figures = read_usda(tmp_path)["09040"].figures
    assert figures["magnesium_se_mg"] == error
    assert figures["magnesium_n"] == sampled[0]


def test_fooddata_central(tmp_path: Path) -> None:
    records = read_usda(fdc_release(tmp_path))
    assert set(records) == {"11457"}
    spinach = records["11457"]
    assert (spinach.fdc_id, spinach.source) == ("168462", "USDA SR Legacy 2018")
    assert (spinach.figures["magnesium_mg"], spinach.figures["magnesium_n"]) == ("79.0", "7")
    assert spinach.figures["energy_kcal"] == "23.0"  # kcal, not the kJ beside it
    assert spinach.portions == [("1.0", "cup, chopped", "30.0"), ("1.0", "leaf", "10.0")]


def test_a_folder_that_is_no_release_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"neither FOOD_DES\.txt .* nor sr_legacy_food\.csv"):
        read_usda(tmp_path)
    ascii_release(tmp_path)
    (tmp_path / "NUT_DATA.txt").unlink()
    with pytest.raises(InputError, match=r"NUT_DATA\.txt: there is no such file"):
        read_usda(tmp_path)


def test_a_broken_line_of_the_release_is_named(tmp_path: Path) -> None:
    ascii_release(tmp_path)
    (tmp_path / "NUT_DATA.txt").write_text(NUT_DATA + "~11457~^~301~^99\r\n", "latin-1")
    with pytest.raises(InputError, match=r"NUT_DATA\.txt:5: 3 fields, where the release has 18"):
        read_usda(tmp_path)
    (tmp_path / "NUT_DATA.txt").write_text(NUT_DATA.replace("09040", "09041"), "latin-1")
    with pytest.raises(InputError, match=r"NUT_DATA\.txt:4: there is no food 09041"):
        read_usda(tmp_path)
