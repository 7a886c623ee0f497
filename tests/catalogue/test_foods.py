"""Reading a food table: every kind of fault is found, with its place."""

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mealmag.catalogue.food_cells import read_number
from mealmag.catalogue.foods import (
    COLUMNS,
    REQUIRED,
    doubtful_columns,
    doubtful_groups,
    load_foods,
)
from mealmag.errors import DataProblem
from mealmag.nutrition.food import Diet, Food
from mealmag.nutrition.nutrients import NEEDED, NUTRIENTS

OATS = {
    "id": "oats-rolled",
    "name_en": "rolled oats",
    "name_nl": "havermout",
    "group": "whole-grains",
    "source": "USDA SR28 2016",
    "ndb_no": "08120",
    "fdc_id": "173904",
    "source_description": "Cereals, oats, regular and quick, not fortified, dry",
    "diet": "vegan",
    "allergens": "gluten",
    "roles": "oats;breakfast-cereal",
    "measures": "cup=81;tablespoon=5.1",
    "everyday": "1",
    "energy_kcal": "379",
    "water_g": "10.84",
    "protein_g": "13.15",
    "fat_g": "6.52",
    "saturated_fat_g": "1.110",
    "carbohydrate_g": "67.70",
    "fibre_g": "10.1",
    "calcium_mg": "52",
    "iron_mg": "4.25",
    "magnesium_mg": "138",
    "magnesium_n": "4",
    "magnesium_se_mg": "2.1",
    "potassium_mg": "362",
    "sodium_mg": "6",
    "zinc_mg": "3.64",
    "vitamin_c_mg": "0",
    "folate_ug_dfe": "32",
}


def text_of(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> str:
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return table.getvalue()


def load(
    tmp_path: Path, content: str | bytes, *, is_other: bool = False
) -> tuple[dict[str, Food], list[DataProblem]]:
    path = tmp_path / "foods.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_foods(path, is_other=is_other)


def test_a_good_row_becomes_a_food_exactly_as_written(tmp_path: Path) -> None:
    foods, problems = load(tmp_path, text_of(OATS))
    assert problems == []
    oats = foods["oats-rolled"]
    assert (oats.name_en, oats.name_nl, oats.group) == ("rolled oats", "havermout", "whole-grains")
    assert (oats.diet, oats.allergens) == (Diet.VEGAN, frozenset({"gluten"}))
    assert oats.roles == {"oats", "breakfast-cereal"}
    assert [(each.name, each.grams) for each in oats.measures] == [
        ("cup", Decimal(81)),
        ("tablespoon", Decimal("5.1")),
    ]
    assert oats.nutrients["saturated_fat_g"] == Decimal("1.110")
    assert oats.amount("magnesium_mg", Decimal(60)) == Decimal("82.8")
    assert (oats.magnesium_n, oats.magnesium_se_mg) == (4, Decimal("2.1"))
    assert set(oats.nutrients) == {nutrient.key for nutrient in NUTRIENTS}


def test_an_empty_figure_is_unknown_and_never_zero(tmp_path: Path) -> None:
    foods, problems = load(tmp_path, text_of({**OATS, "zinc_mg": "", "vitamin_c_mg": "0"}))
    assert problems == []
    assert foods["oats-rolled"].nutrients["zinc_mg"] is None
    assert foods["oats-rolled"].nutrients["vitamin_c_mg"] == 0
    assert foods["oats-rolled"].missing_core == ("zinc_mg",)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", "a"),
        ("id", "x" * 60),
        ("id", "7-up"),
        ("name_en", "n" * 80),
        ("name_nl", "tempé"),
        ("ndb_no", ""),
        ("fdc_id", ""),
        ("record", ""),
        ("record", "usda:20038"),
        ("record", "usda:fdc:168871"),
        ("state", "dry"),
        ("synonyms_en", "oatmeal;porridge oats"),
        ("serving", "0.5 cup"),
        ("serving", "60 g"),
        ("edible_percent", "100"),
        ("fortified", "iron_mg;calcium_mg"),
        ("magnesium_tables", "usda=138;swiss=120.5"),
        ("table_records", "usda=20038;swiss=11"),
        ("source_description", ""),
        ("allergens", ""),
        ("allergens", "gluten;milk"),
        ("roles", ""),
        ("measures", ""),
        ("measures", "half fillet=0.1"),
        ("measures", "1 cup=81;1 tablespoon=5.1"),
        ("measures", "melon=5000"),
        ("everyday", "3"),
        ("colour", ""),
        ("colour", "white-brown"),
        ("packet", ""),
        ("packet", "yoghurt"),
        ("main_food", ""),
        ("main_food", "white-fish"),
        ("energy_kcal", "902"),
        ("energy_kcal", "0"),
        ("sodium_mg", "40000"),
        ("magnesium_mg", "3000"),
        ("magnesium_n", "0"),
        ("magnesium_n", "4.0"),
        ("water_g", "17.63"),
        ("fibre_g", "100"),
        ("vitamin_c_mg", "0.0000000001"),
    ],
)
def test_just_about_fine(tmp_path: Path, column: str, value: str) -> None:
    foods, problems = load(tmp_path, text_of({**OATS, column: value}))
    assert problems == []
    assert len(foods) == 1


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("id", "", "is not an id"),
        ("id", "Oats", "is not an id"),
        ("id", "oats rolled", "is not an id"),
        ("id", "oats--rolled", "is not an id"),
        ("id", "-oats", "is not an id"),
        ("id", "häver", "is not an id"),
        ("id", "x" * 61, "at most 60"),
        ("name_en", "", "must not be empty"),
        ("name_en", " ", "must not be empty"),
        ("name_en", " oats", "blanks around it"),
        ("name_en", "oats\x1b[2J", "cannot be shown"),
        ("name_nl", "n" * 81, "longer than 80"),
        ("source", "", "must not be empty"),
        ("ndb_no", "8120", "five digits"),
        ("ndb_no", "٠٨١٢٠", "five digits"),
        ("fdc_id", "12a", "FoodData Central"),
        ("record", "20038", "table:code"),
        ("state", "boiled", "not a known state"),
        ("synonyms_nl", "pap;Pap", "twice"),
        ("synonyms_nl", "pap;", "semicolon too many"),
        ("serving", "1 bowl", "no serving of this food"),
        ("serving", "much", "not an amount"),
        ("serving", "2 kg", "no serving of this food"),
        ("edible_percent", "101", "no share of a whole"),
        ("edible_percent", "0", "no share of a whole"),
        ("fortified", "iron", "not a known nutrient"),
        ("magnesium_tables", "swiss", "not a table's value"),
        ("magnesium_tables", "swiss=", "not a table's value"),
        ("magnesium_tables", "swis=1", 'Did you mean "swiss"?'),
        ("magnesium_tables", "swiss=1;swiss=2", "twice"),
        ("magnesium_tables", "swiss=3001", "at most 3000"),
        ("table_records", "nevo=1", "not a known food table"),
        ("group", "", "not a known group"),
        ("group", "wholegrains", 'Did you mean "whole-grains"?'),
        ("diet", "vegen", 'Did you mean "vegan"?'),
        ("diet", "", "Known: vegan, vegetarian"),
        ("allergens", "glutens", 'Did you mean "gluten"?'),
        ("allergens", "gluten; milk", "not a known allergen"),
        ("allergens", "gluten;", "semicolon too many"),
        ("allergens", "milk;milk", "twice"),
        ("roles", "Oats", "not a role"),
        ("roles", "oats;oats", "twice"),
        ("measures", "cup", "write name=grams"),
        ("measures", "cup=", "must weigh more"),
        ("measures", "cup=0", "must weigh more"),
        ("measures", "cup=5000.1", "at most 5000"),
        ("measures", "cup=-1", "below zero"),
        ("measures", "cup=lots", "not a number"),
        ("measures", "cup=81;cup=82", "twice"),
        ("measures", "=81", "cannot name a measure"),
        ("measures", "2 cup=81", "cannot name a measure"),
        ("measures", "g=1", "not a weight"),
        ("measures", "cup=81;", "semicolon too many"),
        ("everyday", "", "must be 1"),
        ("everyday", "0", "must be 1"),
        ("everyday", "4", "must be 1"),
        ("everyday", "²", "must be 1"),
        ("colour", "violet", "not a known colour"),
        ("colour", "Red", 'Did you mean "red"?'),
        ("packet", "Half a jar", "an id"),
        ("main_food", "white fish", "lower-case words with hyphens"),
        ("zinc_mg", "much", "not a number"),
        ("zinc_mg", "1,5", "Write a decimal point"),
        ("zinc_mg", "1_000", "not a number"),
        ("zinc_mg", "1e2", "not a number"),
        ("zinc_mg", "+1", "not a number"),
        ("zinc_mg", "٣", "not a number"),
        ("zinc_mg", " ", "not a number"),
        ("zinc_mg", "nan", "not a number"),
        ("zinc_mg", "Infinity", "not a number"),
        ("zinc_mg", "-0.1", "below zero"),
        ("zinc_mg", "1.00000000000000", "more than 15 signs"),
        ("energy_kcal", "902.1", "at most 902 kcal"),
        ("sodium_mg", "40000.01", "at most 40000 mg"),
        ("fat_g", "100.5", "at most 100 g"),
        ("magnesium_mg", "3001", "at most 3000 mg"),
        ("folate_ug_dfe", "10001", "at most 10000 µg"),
        ("magnesium_n", "1.5", "not a whole number"),
        ("magnesium_n", "-1", "below zero"),
        ("magnesium_se_mg", "?", "not a number"),
    ],
)
def test_forbidden_cells_are_named_with_their_place(
    tmp_path: Path, column: str, value: str, says: str
) -> None:
    foods, problems = load(
        tmp_path, text_of(OATS, {**OATS, "id": "b", "name_en": "b"} | {column: value})
    )
    assert list(foods) == ["oats-rolled"]
    assert [(problem.line, problem.column) for problem in problems] == [(3, column)]
    assert says in problems[0].message
    assert problems[0].file.endswith("foods.csv")
    assert problems[0].message.isprintable()


def test_the_parts_of_a_food_do_not_exceed_it(tmp_path: Path) -> None:
    fine = {**OATS, "water_g": "17.63"}  # 105.00 g of parts
    assert load(tmp_path, text_of(fine))[1] == []
    _, problems = load(tmp_path, text_of({**OATS, "water_g": "17.64"}))
    assert [problem.column for problem in problems] == ["carbohydrate_g"]
    assert "105.01 g in 100 g" in problems[0].message


def test_every_fault_of_every_row_is_reported_at_once(tmp_path: Path) -> None:
    bad = {**OATS, "id": "bad", "name_en": "bad", "group": "X", "zinc_mg": "-1", "everyday": "9"}
    foods, problems = load(tmp_path, text_of(bad, OATS, {**bad, "id": "worse", "diet": "y"}))
    assert list(foods) == ["oats-rolled"]
    places = [(problem.line, problem.column) for problem in problems]
    assert {(2, "group"), (2, "zinc_mg"), (2, "everyday"), (4, "diet")} <= set(places)


@pytest.mark.parametrize(
    ("second", "column"),
    [
        ({"name_en": "other oats"}, "id"),
        ({"id": "other"}, "name_en"),
        ({"id": "other", "name_en": "Rolled OATS"}, "name_en"),
    ],
)
def test_ids_and_names_stand_there_once(
    tmp_path: Path, second: dict[str, str], column: str
) -> None:
    foods, problems = load(tmp_path, text_of(OATS, {**OATS, **second}))
    assert list(foods) == ["oats-rolled"]
    assert [(problem.line, problem.column) for problem in problems] == [(3, column)]
    assert "line 2" in problems[0].message


def test_two_foods_may_share_a_dutch_name_and_a_record(tmp_path: Path) -> None:
    foods, problems = load(tmp_path, text_of(OATS, {**OATS, "id": "b", "name_en": "b"}))
    assert (len(foods), problems) == (2, [])


@pytest.mark.parametrize("column", REQUIRED)
def test_a_missing_column_is_named(tmp_path: Path, column: str) -> None:
    columns = tuple(each for each in COLUMNS if each != column)
    row = {key: value for key, value in OATS.items() if key != column}
    foods, problems = load(tmp_path, text_of(row, columns=columns))
    assert foods == {}
    assert [(problem.line, problem.column) for problem in problems] == [(1, column)]
    assert "missing" in problems[0].message


def test_columns_beyond_the_required_may_be_left_out_and_come_in_any_order(tmp_path: Path) -> None:
    row = {key: value for key, value in OATS.items() if key in REQUIRED}
    foods, problems = load(tmp_path, text_of(row, columns=tuple(reversed(REQUIRED))))
    assert problems == []
    assert foods["oats-rolled"].nutrients["selenium_ug"] is None
    assert foods["oats-rolled"].magnesium_n is None
    assert set(NEEDED) <= set(REQUIRED)


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        ("calories", "not known"),
        ("calcium_g", "calcium is counted in mg: write calcium_mg"),
        ("choline", "named with its unit"),
        ("Choline_mg", "small letters"),
        ("", "not known"),
        ("zinc_mg", "twice"),
    ],
)
def test_a_strange_column_is_named(tmp_path: Path, extra: str, says: str) -> None:
    header, row = text_of(OATS).splitlines()
    foods, problems = load(tmp_path, f"{header},{extra}\n{row},\n")
    assert foods == {}
    assert [problem.line for problem in problems] == [1]
    assert problems[0].column == (extra or f"column {len(COLUMNS) + 1}")
    assert says in problems[0].message


@pytest.mark.parametrize(
    ("ours", "slip"), [("fibre_g", "fiber_g"), ("calcium_mg", "calcum_mg"), ("zinc_mg", "zinc_ug")]
)
def test_a_slip_in_the_name_of_a_nutrient_is_told(tmp_path: Path, ours: str, slip: str) -> None:
    columns = tuple(slip if each == ours else each for each in COLUMNS)
    foods, problems = load(
        tmp_path,
        text_of(
            {(slip if key == ours else key): cell for key, cell in OATS.items()} | {slip: "1"},
            columns=columns,
        ),
    )
    assert foods == {}
    assert [problem.column for problem in problems] == [slip]
    assert f'"{ours}"' in problems[0].message or f"write {ours}" in problems[0].message


def test_what_looks_like_a_slip_is_carried_beside_ours_and_doubted(tmp_path: Path) -> None:
    header, row = text_of(OATS).splitlines()
    foods, problems = load(tmp_path, f"{header},fiber_g,choline_mg\n{row},2,3\n")
    assert problems == []
    assert foods["oats-rolled"].nutrients["fiber_g"] == 2
    assert list(doubtful_columns(foods)) == [("fiber_g", "fibre_g")]


def test_a_nutrient_of_the_tables_own_is_carried_and_may_be_unknown(tmp_path: Path) -> None:
    columns = (*COLUMNS, "choline_mg", "omega3_g")
    rows = [{**OATS, "choline_mg": "40.4"}, {**OATS, "id": "b", "name_en": "b", "omega3_g": "0.1"}]
    foods, problems = load(tmp_path, text_of(*rows, columns=columns))
    assert problems == []
    assert foods["oats-rolled"].nutrients["choline_mg"] == Decimal("40.4")
    assert foods["oats-rolled"].nutrients["omega3_g"] is None
    assert foods["b"].nutrients["choline_mg"] is None


@pytest.mark.parametrize(
    ("column", "most"), [("choline_mg", "100000"), ("omega3_g", "100"), ("biotin_ug", "100000000")]
)
def test_a_nutrient_of_its_own_is_at_most_the_whole_food(
    tmp_path: Path, column: str, most: str
) -> None:
    columns = (*COLUMNS, column)
    assert load(tmp_path, text_of({**OATS, column: most}, columns=columns))[1] == []
    _, problems = load(tmp_path, text_of({**OATS, column: most + ".1"}, columns=columns))
    assert [problem.column for problem in problems] == [column]
    assert "cannot be" in problems[0].message


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_semicolons_and_other_line_ends_read_the_same(tmp_path: Path, start: str, end: str) -> None:
    path = tmp_path / "foods.csv"
    columns = ("id", "name_en", "group", "diet", "allergens", "energy_kcal", "magnesium_mg")
    row = ("a", "a, b", "roots", "vegan", '"milk;nuts"', "100", "10.5")
    text = start + end.join([";".join(columns), ";".join(row), ""])
    path.write_bytes(text.encode("utf-8"))
    foods, problems = load_foods(path)
    assert problems == []
    food = foods["a"]
    assert (food.name_en, food.name_nl, food.group) == ("a, b", "a, b", "roots")
    assert food.allergens == {"milk", "nuts"}
    assert food.nutrients["magnesium_mg"] == Decimal("10.5")
    assert food.nutrients["calcium_mg"] is None


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", "  \r\n"])
def test_an_empty_file_is_called_empty(tmp_path: Path, content: str) -> None:
    foods, problems = load(tmp_path, content)
    assert foods == {}
    assert [problem.message for problem in problems] == ["The file is empty."]


def test_a_header_alone_is_not_enough(tmp_path: Path) -> None:
    foods, problems = load(tmp_path, text_of())
    assert foods == {}
    assert "no food under it" in problems[0].message


def test_no_file_and_a_folder_are_values_too(tmp_path: Path) -> None:
    assert "no such file" in load_foods(tmp_path / "none.csv")[1][0].message
    assert "cannot be read" in load_foods(tmp_path)[1][0].message


def test_what_is_not_utf_8_is_named_with_byte_and_line(tmp_path: Path) -> None:
    content = text_of(OATS).encode() + "tempé".encode("latin-1")
    foods, problems = load(tmp_path, content)
    assert foods == {}
    assert problems[0].line == 3
    assert "0xE9" in problems[0].message


def test_a_nul_byte_and_an_open_quote_are_named(tmp_path: Path) -> None:
    _, problems = load(tmp_path, text_of(OATS) + "a\0b\n")
    assert (problems[0].line, "NUL" in problems[0].message) == (3, True)
    foods, problems = load(tmp_path, text_of(OATS) + '"open,\n')
    assert list(foods) == ["oats-rolled"]
    assert "cannot be read as CSV" in problems[0].message


@pytest.mark.parametrize("change", [lambda row: row + ",1", lambda row: row.rsplit(",", 1)[0]])
def test_too_many_or_too_few_cells(tmp_path: Path, change: object) -> None:
    header, row = text_of(OATS).splitlines()
    assert callable(change)
    foods, problems = load(tmp_path, f"{header}\n{change(row)}\n")
    assert foods == {}
    assert [(problem.line, problem.column) for problem in problems] == [(2, None)]
    assert f"the header has {len(COLUMNS)}" in problems[0].message


def test_windows_files_marks_and_blank_lines_are_read(tmp_path: Path) -> None:
    header, row = text_of(OATS).splitlines()
    foods, problems = load(tmp_path, f"\ufeff{header}\r\n\r\n{row}\r\n\r\n")
    assert (list(foods), problems) == (["oats-rolled"], [])


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    tall = {**OATS, "source_description": "Cereals,\noats"}
    _, problems = load(
        tmp_path, text_of(tall, {**OATS, "id": "b", "name_en": "b", "everyday": "7"})
    )
    assert [(problem.line, problem.column) for problem in problems] == [
        (3, "source_description"),
        (4, "everyday"),
    ]


@given(st.text(max_size=30))
def test_a_number_is_read_exactly_or_refused(text: str) -> None:
    if not text:
        assert read_number(text) is None
    elif re.fullmatch(r"[0-9]+(\.[0-9]+)?", text) and len(text) <= 15:
        assert read_number(text) == Decimal(text)
    else:
        with pytest.raises(ValueError, match=r"number|below zero|signs"):
            read_number(text)


@given(st.binary(max_size=400))
def test_no_bytes_whatever_raise(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    foods, problems = load(tmp_path_factory.mktemp("any"), text_of(OATS).encode() + content)
    assert foods.keys() <= {"oats-rolled"}
    assert foods or problems


@pytest.mark.parametrize(
    ("group", "read", "meant"),
    [
        ("fruits", "fruits", "fruit"),
        ("nut", "nut", "nuts"),
        ("spices", "spices", "herbs-spices"),
        ("Nuts and seeds", "nuts-and-seeds", "nuts"),
        ("Leafy Greens", "leafy-greens", None),
        ("roots-of-the-moon", "roots-of-the-moon", None),
    ],
)
def test_another_catalogue_has_groups_of_its_own_and_those_like_ours_are_told(
    tmp_path: Path, group: str, read: str, meant: str | None
) -> None:
    foods, problems = load(tmp_path, text_of({**OATS, "group": group}), is_other=True)
    assert not problems
    assert [food.group for food in foods.values()] == [read]
    assert list(doubtful_groups(foods)) == ([] if meant is None else [(read, meant)])


def test_another_catalogue_names_a_group_in_words(tmp_path: Path) -> None:
    _, problems = load(tmp_path, text_of({**OATS, "group": "&"}), is_other=True)
    assert [(each.column, "not a known group" in each.message) for each in problems] == [
        ("group", True)
    ]
