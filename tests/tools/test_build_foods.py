"""The build tool copies figures as they stand, refuses what it cannot trust, repeats itself."""

import csv
import importlib.util
import io
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from mealmag.catalogue.foods import COLUMNS, load_foods
from tools.build_foods import MATCHED
from tools.usda import FIGURES, SAMPLING

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / "tools" / "build_foods.py"
SOURCE_COLUMNS = (
    "ndb_no", "fdc_id", "food_group", "description", "common_names", "refuse_percent", "values_from",
    "cholesterol_mg", *FIGURES, *SAMPLING, "magnesium_min_mg", "magnesium_max_mg",
)  # fmt: skip

APPLE = {
    "id": "apple",
    "name_en": "apple",
    "name_nl": "appel",
    "synonyms_en": "",
    "synonyms_nl": "appeltje",
    "group": "fruit",
    "record": "usda:09003",
    "state": "raw",
    "diet": "vegan",
    "allergens": "",
    "roles": "fruit-fresh",
    "measures": "piece=182",
    "serving": "1 piece",
    "everyday": "1",
    "colour": "white-brown",
    "main_food": "",
    "fortified": "",
    "packet": "",
}
MILK = {
    "id": "milk",
    "name_en": "milk",
    "name_nl": "melk",
    "synonyms_en": "whole milk",
    "synonyms_nl": "",
    "group": "dairy",
    "record": "usda:01211",
    "state": "ready",
    "diet": "vegetarian",
    "allergens": "milk",
    "roles": "milk",
    "measures": "glass=206;cup=244",
    "serving": "1 glass",
    "everyday": "1",
    "colour": "",
    "main_food": "",
    "fortified": "vitamin_d_ug",
    "packet": "milk",
}
RECORDS = [
    {
        "ndb_no": "01211", "fdc_id": "172217", "description": "Milk, whole",
        "values_from": "SR Legacy 2018", "energy_kcal": "61", "magnesium_mg": "10",
        "magnesium_n": "18", "magnesium_se_mg": "0.050", "calcium_mg": "113", "zinc_mg": "",
    },
    {
        "ndb_no": "09003", "description": 'Apples, raw, "with skin"',
        "values_from": "SR28 May 2016", "energy_kcal": "52", "magnesium_mg": "5",
        "fat_g": "0.170", "zinc_mg": "0.04", "cholesterol_mg": "0",
    },
    {"ndb_no": "", "description": "A food without a number", "values_from": "SR Legacy 2018"},
]  # fmt: skip


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_foods", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def table(rows: list[dict[str, str]], columns: tuple[str, ...]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


class Bench:
    """Two small files and a place for the result."""

    def __init__(self, folder: Path, tool: ModuleType) -> None:
        self.source = folder / "table.csv"
        self.curation = folder / "curation.csv"
        self.output = folder / "foods.csv"
        self.tool = tool
        self.source.write_bytes(table(RECORDS, SOURCE_COLUMNS))
        self.matches = folder / "matches.csv"
        self.match()
        self.curate([MILK, APPLE])

    def curate(self, rows: list[dict[str, str]]) -> None:
        self.curation.write_bytes(table(rows, tuple(APPLE)))

    def match(self, *rows: dict[str, str]) -> None:
        self.matches.write_bytes(
            table(
                [dict.fromkeys(MATCHED, "") | {"id": "milk"} | row for row in rows or ({},)],
                MATCHED,
            )
        )

    def run(self) -> int:
        code = self.tool.main(
            ["--source", str(self.source), "--curation", str(self.curation),
             "--matches", str(self.matches), "--output", str(self.output)]
        )  # fmt: skip
        assert isinstance(code, int)
        return code


@pytest.fixture
def bench(tmp_path: Path, tool: ModuleType) -> Bench:
    return Bench(tmp_path, tool)


def test_figures_are_copied_as_they_stand(bench: Bench) -> None:
    assert bench.run() == 0
    apple, milk = csv.DictReader(io.StringIO(bench.output.read_text("utf-8"), newline=""))
    assert tuple(apple) == COLUMNS
    assert (apple["id"], milk["id"]) == ("apple", "milk")  # sorted
    assert (apple["fat_g"], apple["zinc_mg"], milk["zinc_mg"]) == ("0.170", "0.04", "")
    assert (milk["magnesium_n"], milk["magnesium_se_mg"]) == ("18", "0.050")
    assert (milk["source"], apple["source"]) == ("USDA SR Legacy 2018", "USDA SR28 2016")
    assert (milk["fdc_id"], apple["fdc_id"]) == ("172217", "")
    assert apple["source_description"] == 'Apples, raw, "with skin"'
    foods, problems = load_foods(bench.output)
    assert (list(foods), problems) == (["apple", "milk"], [])


def test_the_same_files_give_the_same_bytes(bench: Bench) -> None:
    assert bench.run() == 0
    first = bench.output.read_bytes()
    bench.curate([APPLE, MILK])
    assert bench.run() == 0
    assert bench.output.read_bytes() == first
    assert first.endswith(b"\n")
    assert b"\r" not in first
    assert str(bench.source.parent).encode() not in first


@pytest.mark.parametrize(
    ("change", "place", "says"),
    [
        ({"record": "usda:99999"}, ":3:record", "no record 99999 in table.csv"),
        ({"record": "9003"}, ":3:record", "table:code"),
        ({"record": ""}, ":3:record", "names its record"),
        ({"record": "nevo:1"}, ":3:record", "usda:, ciqual: or label:"),
        ({"state": "fresh"}, ":3:state", "not a known state"),
        ({"serving": "1 bowl"}, "", "no serving of this food"),
        ({"id": "milk"}, ":3:id", "already stands in line 2"),
        ({"id": "Apple"}, ":3:id", "not an id"),
        ({"name_en": "Milk"}, ":3:name_en", "already stands in line 2"),
        ({"name_nl": "melk"}, ":3:name_nl", "already stands in line 2"),
        ({"name_en": ""}, ":3:name_en", "must not be empty"),
        ({"group": "fruits"}, ":3:group", 'Did you mean "fruit"?'),
        ({"diet": "vegean"}, ":3:diet", 'Did you mean "vegan"?'),
        ({"allergens": "nut"}, ":3:allergens", 'Did you mean "nuts"?'),
        ({"roles": "Fruit"}, ":3:roles", "not a role"),
        ({"measures": "piece"}, ":3:measures", "name=grams"),
        ({"measures": "piece=0"}, ":3:measures", "more than 0 g"),
        ({"everyday": "0"}, ":3:everyday", "must be 1"),
        ({"colour": "gren"}, ":3:colour", 'Did you mean "green"?'),
        ({"main_food": "White fish"}, ":3:main_food", "lower-case words with hyphens"),
    ],
)
def test_a_bad_row_is_refused_with_file_line_and_field(
    bench: Bench, capsys: pytest.CaptureFixture[str], change: dict[str, str], place: str, says: str
) -> None:
    bench.output.write_text("as it was")
    bench.curate([MILK, {**APPLE, **change}])
    assert bench.run() == 3
    message = capsys.readouterr().err
    assert f"curation.csv{place}: " in message or not place
    assert says in message
    assert message.count("\n") == 1
    assert bench.output.read_text() == "as it was"
    assert sorted(path.name for path in bench.output.parent.iterdir()) == [
        "curation.csv",
        "foods.csv",
        "matches.csv",
        "table.csv",
    ]


@pytest.mark.parametrize("column", tuple(APPLE))
def test_a_missing_column_of_the_hand_kept_file_is_named(
    bench: Bench, capsys: pytest.CaptureFixture[str], column: str
) -> None:
    rows = [{key: value for key, value in APPLE.items() if key != column}]
    bench.curation.write_bytes(table(rows, tuple(rows[0])))
    assert bench.run() == 3
    assert f'curation.csv:1: the column "{column}" is missing' in capsys.readouterr().err


@pytest.mark.parametrize("column", ["ndb_no", "description", "values_from", "magnesium_mg"])
def test_a_missing_column_of_the_table_is_named(
    bench: Bench, capsys: pytest.CaptureFixture[str], column: str
) -> None:
    columns = tuple(each for each in SOURCE_COLUMNS if each != column)
    rows = [{key: value for key, value in row.items() if key != column} for row in RECORDS]
    bench.source.write_bytes(table(rows, columns))
    assert bench.run() == 3
    assert f'table.csv:1: the column "{column}" is missing' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", 'the column "id" is missing'),
        (table([], tuple(APPLE)), "no row under the header"),
        (table([APPLE], (*APPLE, "flavour")), 'the column "flavour" is not known'),
        (table([APPLE], (*APPLE, "id")), 'the column "id" stands there twice'),
        (table([APPLE], tuple(APPLE)) + b"pear,pear\n", ":3: 2 cells under 18 columns"),
        (table([APPLE], tuple(APPLE)) + b'"open\n', "this is not CSV"),
        (table([APPLE], tuple(APPLE)) + b"\xff\n", ":3: this is not UTF-8 text"),
    ],
)
def test_a_bad_file_is_refused(
    bench: Bench, capsys: pytest.CaptureFixture[str], content: bytes, says: str
) -> None:
    bench.curation.write_bytes(content)
    assert bench.run() == 3
    assert says in capsys.readouterr().err
    assert not bench.output.exists()


@pytest.mark.parametrize("missing", ["source", "curation"])
def test_a_missing_file_is_named(
    bench: Bench, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    path: Path = getattr(bench, missing)
    path.unlink()
    assert bench.run() == 3
    assert f"{path.name}: there is no such file" in capsys.readouterr().err


def test_a_record_twice_or_of_another_release_is_refused(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.source.write_bytes(table([*RECORDS, RECORDS[0]], SOURCE_COLUMNS))
    assert bench.run() == 3
    assert "table.csv:5:ndb_no: 01211 already stands in line 2" in capsys.readouterr().err
    bench.source.write_bytes(
        table([RECORDS[0], {**RECORDS[1], "values_from": "SR 99"}], SOURCE_COLUMNS)
    )
    assert bench.run() == 3
    assert 'table.csv:3:values_from: the release "SR 99" is not known' in capsys.readouterr().err


def test_an_absurd_figure_of_the_table_never_reaches_the_file(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [RECORDS[0], {**RECORDS[1], "energy_kcal": "9000"}]
    bench.source.write_bytes(table(rows, SOURCE_COLUMNS))
    assert bench.run() == 3
    assert "foods.csv:2:energy_kcal: " in capsys.readouterr().err
    assert not bench.output.exists()


def test_a_place_that_cannot_be_written_is_an_error(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.output = bench.output.parent / "nowhere" / "foods.csv"
    assert bench.run() == 6
    assert "cannot be written" in capsys.readouterr().err


def test_it_runs_as_a_program_from_anywhere(bench: Bench, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(TOOL), "--source", str(bench.source), "--curation",
         str(bench.curation), "--matches", str(bench.matches), "--output", str(bench.output)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("2 foods written")


def usda_table() -> Path | None:
    """The table by MEALMAG_USDA_TABLE, or in a `shared` folder beside the checkout."""
    named = os.environ.get("MEALMAG_USDA_TABLE")
    if named:
        return Path(named)
    below = Path("shared", "data-sources", "usda_sr_legacy_foods.csv")
    return next((folder / below for folder in ROOT.parents if (folder / below).is_file()), None)


def test_the_shipped_file_is_what_the_tool_makes(tool: ModuleType, tmp_path: Path) -> None:
    source = usda_table()
    if source is None:
        pytest.skip("The USDA table is not at hand; name it in MEALMAG_USDA_TABLE.")
    output, every = tmp_path / "foods.csv", tmp_path / "usda.csv"
    portions = source.with_name("usda_sr28_portions.csv")
    arguments = ["--source", source, "--portions", portions, "--output", output]
    arguments += ["--every-food", every]
    assert tool.main([str(each) for each in arguments]) == 0
    assert output.read_bytes() == (ROOT / "data" / "foods.csv").read_bytes()
    assert every.read_bytes() == (ROOT / "data" / "usda.csv").read_bytes()
