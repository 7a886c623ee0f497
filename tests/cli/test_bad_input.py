"""Bad input: one clear message, the documented exit code, and nothing lost."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from mealmag.catalogue.locate import data_file
from mealmag.errors import ExitCode

WOMAN = ["plan", "--sex", "female", "--age", "34", "--days", "1", "--effort", "quick"]


def food_table(column: str, value: str) -> bytes:
    """The shipped table with one cell changed, in line 2."""
    rows = list(csv.reader(io.StringIO(data_file("foods.csv").read_text(encoding="utf-8"))))
    rows[1][rows[0].index(column)] = value
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def cookbook(old: str, new: str) -> bytes:
    return data_file("dishes.toml").read_text(encoding="utf-8").replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "file: There is no such file."),
        (b"", "file: The file is empty."),
        (b"id,n\xe1me\n", "file:1: The byte 0xE1 is not UTF-8 text"),
        (b'id,name\n"a\n', 'file:1: name: This column is not known. Did you mean "name_nl"?'),
        (("magnesium_mg", "-3"), 'file:2: magnesium_mg: "-3" is below zero.'),
        (("magnesium_mg", "99999"), "file:2: magnesium_mg: 99999 in 100 g cannot be"),
        (("magnesium_mg", "much"), "file:2: magnesium_mg: "),
        (("allergens", "nut"), 'allergens: "nut" is not a known allergen. Did you mean "nuts"?'),
    ],
    ids=["missing", "empty", "latin-1", "columns", "negative", "absurd", "word", "allergen"],
)
@pytest.mark.parametrize("command", ["plan", "check", "foods", "dishes"])
def test_food_tables(
    cli: Callable,
    tmp_path: Path,
    week_json: str,
    command: str,
    data: bytes | tuple[str, str] | None,
    message: str,
) -> None:
    if data is not None:
        (tmp_path / "file").write_bytes(food_table(*data) if isinstance(data, tuple) else data)
    argv = {
        "plan": WOMAN,
        "check": ["check", "-"],
        "foods": ["foods", "top"],
        "dishes": ["dishes"],
    }[command]
    said = cli(*argv, "--foods", "file", stdin=week_json)
    assert said.code == ExitCode.BAD_INPUT
    assert message in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "file: There is no such file."),
        (b"", "there is no dish in it"),
        (b'a = "\xe9"', "file:1: This is not UTF-8 text"),
        (b"[[dish]\nid = 3\n", "file:1: This is not valid TOML"),
        (("minutes = 5", "minuts = 5"), 'there is no key "minuts". Did you mean "minutes"?'),
        (("minutes = 5", "minutes = -5"), "-5 is not between 0 and 240."),
        (('"40 g"', '"-40 g"'), '"-40 g" is not an amount'),
    ],
    ids=["missing", "empty", "latin-1", "broken", "unknown key", "negative", "amount"],
)
def test_cookbooks(
    cli: Callable, tmp_path: Path, data: bytes | tuple[str, str] | None, message: str
) -> None:
    if data is not None:
        (tmp_path / "file").write_bytes(cookbook(*data) if isinstance(data, tuple) else data)
    said = cli(*WOMAN, "--dishes", "file")
    assert said.code == ExitCode.BAD_INPUT
    assert message in said.err


PERSON = b'[person]\nsex = "female"\nage = 34\n'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "me.toml: There is no such file."),
        (b"", '"person" is missing.'),
        (b'a = "\xe9"', "me.toml:1: This is not UTF-8 text"),
        (b"[person\n", "me.toml:1: This is not valid TOML"),
        (PERSON + b"wieght_kg = 60\n", 'me.toml:4: person.wieght_kg: there is no key "wieght_kg".'),
        (PERSON + b"[diets]\n", 'there is no section "diets". Did you mean "diet"?'),
        (PERSON + b"weight_kg = -3\n", "me.toml:4: person.weight_kg: -3 is less than 5"),
        (PERSON + b"energy_kcal = 90000\n", "90000 is more than 6000"),
        (PERSON + b'[diet]\navoid_allergens = ["nut"]\n', 'Did you mean "nuts"?'),
        (PERSON.replace(b"34", b"0"), "me.toml:3: person.age: 0 is less than 1."),
        (PERSON.replace(b"34", b"150"), "me.toml:3: person.age: 150 is more than 120."),
    ],
    ids=[
        "missing", "empty", "latin-1", "broken", "unknown key", "unknown section", "negative",
        "absurd", "allergen", "age 0", "age 150",
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["plan", "target"])
def test_profiles(
    cli: Callable, tmp_path: Path, command: str, data: bytes | None, message: str
) -> None:
    if data is not None:
        (tmp_path / "me.toml").write_bytes(data)
    said = cli(command, "--profile", "me.toml")
    assert said.code == ExitCode.BAD_INPUT
    assert message in said.err
    if data is not None:
        assert (tmp_path / "me.toml").read_bytes() == data


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--age 0", "--age: 0 is less than 1"),
        ("--age 150", "--age: 150 is more than 120"),
        ("--age -5", "--age: -5 is less than 1"),
        ("--weight nan", "--weight: nan is no number"),
        ("--weight 9999", "--weight: 9999 is more than 350"),
        ("--energy 100", "--energy: 100 is less than 800"),
        ("--life-stage pregnant --age 60", "an age of 14 to 50, not 60"),
        ("--life-stage pregnant --sex male", 'needs sex "female"'),
        ("--avoid nut", '--avoid: "nut" is not one of the fourteen allergens of the EU. Did you'),
        ("--avoid dairy", 'Did you mean "milk"?'),
        ("--avoid shellfish", 'Did you mean "crustaceans" and "molluscs"?'),
        ("--dislike mushrooms", "mushrooms-cooked,mushrooms-raw,"),
        ("--avoid milk --avoid cellery", 'Did you mean "celery"?'),
        ("--meals lunsh", '"lunsh" is not one of breakfast, lunch, dinner or snack.'),
        ("--max-repeats 0", "--max-repeats: 0 is less than 1"),
        ("--max-main-food 15", "--max-main-food: 15 is more than 14"),
        ("--days 0", "--days: 0 is not between 1 and 28"),
        ("--days 1000000000000", "--days: "),
        ("--seed -1", "--seed: -1 is not between 0 and"),
        ("--seconds nan", "--seconds: nan is not above 0"),
        ("--seconds -1", "--seconds: -1 is not above 0"),
        ("--start 9999-12-31", "--start: 9999-12-31 is beyond the calendar"),
    ],
)
def test_options_out_of_reason(cli: Callable, options: str, message: str) -> None:
    said = cli(*WOMAN, *options.split())
    assert said.code == ExitCode.BAD_INPUT
    assert message in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    "options",
    [
        "--start tomorrow",
        "--age young",
        "--weekday-minutes few",
        "--max-main-food few",
        "--sex other",
    ],
)
def test_options_that_are_not_even_of_the_kind(cli: Callable, options: str) -> None:
    assert cli(*WOMAN, *options.split()).code == ExitCode.USAGE


@pytest.mark.parametrize("command", ["foods top", "dishes"])
def test_an_unknown_allergen_is_suggested_everywhere(cli: Callable, command: str) -> None:
    said = cli(*command.split(), "--avoid", "nut")
    assert said.code == ExitCode.BAD_INPUT
    assert 'Did you mean "nuts"?' in said.err


@pytest.mark.parametrize(
    ("words", "meant"), [("lentil-sop", "lentil-soup"), ("skp", "skip"), ("aet", "ate")]
)
@pytest.mark.parametrize("command", ["plan", "profile"])
def test_an_unknown_dish_is_suggested(cli: Callable, command: str, words: str, meant: str) -> None:
    said = cli(command, "--sex", "female", "--age", "34", "--meal", f"monday:dinner={words}")
    assert said.code == ExitCode.BAD_INPUT
    assert said.out == ""
    assert (
        f'Monday dinner: "{words}" is no dish of the cookbook. Did you mean "{meant}"?' in said.err
    )
    assert "`mealmag dishes` shows the ids." in said.err


def test_an_unknown_dislike_is_suggested(cli: Callable) -> None:
    said = cli(*WOMAN, "--dislike", "leafy-green")
    assert said.code == ExitCode.BAD_INPUT
    assert 'Did you mean "leafy-greens"?' in said.err


def test_no_dish_left_names_the_rules(cli: Callable) -> None:
    groups = "fruit,pulses,nuts,seeds,soya,whole-grains,refined-grains,bread,vegetables"
    said = cli(*WOMAN, "--diet", "vegan", "--dislike", groups)
    assert said.code == ExitCode.IMPOSSIBLE
    assert "No dish is left for breakfast after the rules: diet, dislikes." in said.err
    assert "dislikes (no bread)" in said.err


def test_rules_that_collide_are_named(cli: Callable) -> None:
    said = cli(*WOMAN, "--weekday-minutes", "5")
    assert said.code == ExitCode.IMPOSSIBLE
    assert "minutes (a weekday day takes 5 minutes at most)" in said.err
    assert "    --weekday-minutes " in said.err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "stdin is empty."),
        ("{", "stdin:1: this is not JSON"),
        ("{}", "stdin: made_by: Field required"),
        ("[NaN]", "numbers without end"),
        ("[" * 100_000, "nested without end"),
        ("1" * 5000, "numbers without end"),
    ],
    ids=["empty", "broken", "no plan", "nan", "deep", "digits"],
)
def test_plans_that_are_none(cli: Callable, text: str, message: str) -> None:
    said = cli("check", "-", stdin=text)
    assert said.code == ExitCode.BAD_INPUT
    assert message in said.err
    assert said.out == ""


def test_plan_files_that_cannot_be_read(cli: Callable, tmp_path: Path) -> None:
    (tmp_path / "latin.json").write_bytes(b'{\n"a": "\xe9"}')
    assert "latin.json is not UTF-8 text (line 2)." in cli("check", "latin.json").err
    assert "nothing.json cannot be read: No such file" in cli("check", "nothing.json").err
    assert cli("check", str(tmp_path)).code == ExitCode.BAD_INPUT


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("nowhere/week.json", "There is no folder"),
        ("file/week.json", "There is no folder"),
        ("folder", "folder is a folder."),
        ("pipe", "pipe is not an ordinary file."),
    ],
)
def test_unwritable_places_are_refused_before_the_work(
    cli: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, message: str
) -> None:
    import os

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the search has begun")

    monkeypatch.setattr("mealmag.services.plan.plan_week", never)
    (tmp_path / "file").write_text("old")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    said = cli(*WOMAN, "-o", place)
    assert said.code == ExitCode.CANNOT_WRITE
    assert message in said.err
    assert (tmp_path / "file").read_text() == "old"


def test_a_folder_without_permission_is_refused_before_the_work(
    cli: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mealmag.cli.plan.os.access", lambda *_: False)  # root may write anywhere
    said = cli(*WOMAN, "-o", "week.json")
    assert said.code == ExitCode.CANNOT_WRITE
    assert "may not be written to" in said.err


def test_a_disk_that_fills_up_meanwhile_leaves_the_old_file_whole(
    cli: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    old = tmp_path / "week.json"
    old.write_text("the old plan\n")
    monkeypatch.setattr("mealmag.storage.atomic.os.fsync", full)
    said = cli(*WOMAN, "-o", "week.json")
    assert said.code == ExitCode.CANNOT_WRITE
    assert "week.json was not written: No space left on device." in said.err
    assert old.read_text() == "the old plan\n"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--pantry", "nowhere.csv"], "The file cannot be read: No such file"),
        (["--pantry", "pantry.csv"], 'pantry.csv:2: food: There is no food "bananna".'),
        (["--cook-once", "7"], "--cook-once: 7 is more than 6"),
        (["--cook-once", "1", "--meals", "dinner"], "both must be among the meals"),
        (["--points", "open_packets=1"], 'Did you mean "open_packet"?'),
    ],
)
def test_kitchens(cli: Callable, tmp_path: Path, argv: list[str], said: str) -> None:
    (tmp_path / "pantry.csv").write_text("food,amount,best_before\nbananna,1 kg,\n", "utf-8")
    found = cli(*WOMAN, *argv)
    assert (found.code, found.out) == (ExitCode.BAD_INPUT, "")
    assert said in found.err
