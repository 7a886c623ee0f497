"""The diary at the command line, from end to end: log, ask, account, take back, bring out and in."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from mealmag.errors import ExitCode

WOMAN = ("--sex", "female", "--age", "34")


def today(cli: Callable) -> dict:
    return json.loads(cli("today", *WOMAN, "--json").out)


def test_a_line_in_two_languages_comes_to_the_same(cli: Callable) -> None:
    english = cli("log", "--json", "2 slices wholewheat bread, a handful of almonds")
    dutch = cli("log", "--json", "2 sneetjes volkorenbrood en een handje amandelen")
    assert english.code == dutch.code == ExitCode.OK
    keys = ("food", "quantity", "magnesium_mg")
    said = [json.loads(each.out)["entries"] for each in (english, dutch)]
    one, two = ([[entry[k] for k in keys] for entry in entries] for entries in said)
    assert one == two
    account = today(cli)
    assert len(account["entries"]) == 4
    total = sum(entry["magnesium_mg"] for entry in account["entries"])
    assert account["magnesium"]["total"]["amount"] == pytest.approx(total, abs=0.03)


def test_the_day_is_told_in_words_and_nothing_is_wider_than_a_terminal(cli: Callable) -> None:
    assert cli("log", "--meal", "breakfast", "3 slices wholewheat bread").code == ExitCode.OK
    assert cli("log", "yesterday: 200 g boiled lentils for dinner at 18:30").code == ExitCode.OK
    said = cli("today", *WOMAN)
    assert said.code == ExitCode.OK
    assert "breakfast" in said.out
    assert "of 320 mg (RDA)" in said.out
    assert all(len(line) <= 80 for line in said.out.splitlines())
    for argv in (["day", "yesterday"], ["week"], ["trend"]):
        said = cli(*argv, *WOMAN)
        assert said.code == ExitCode.OK
        assert all(len(line) <= 80 for line in said.out.splitlines())


def test_what_is_not_sure_is_refused_in_a_script_and_nothing_is_logged(cli: Callable) -> None:
    said = cli("log", "2 eggs, bread")
    assert said.code == ExitCode.BAD_INPUT
    assert "bread-whole-wheat" in said.err or "wholewheat bread" in said.err or "bread-" in said.err
    assert "nothing was logged" in said.err
    assert today(cli)["entries"] == []


def test_what_is_not_sure_is_asked_at_a_terminal_and_remembered(cli: Callable) -> None:
    said = cli("log", "2 slices bread", stdin="1\n", terminal=True)
    assert said.code == ExitCode.OK
    assert "Which? 1-" in said.err
    (entry,) = today(cli)["entries"]
    again = cli("log", "2 slices bread")
    assert again.code == ExitCode.OK
    assert today(cli)["entries"][1]["food"] == entry["food"]


def test_an_amount_is_asked_for(cli: Callable) -> None:
    said = cli("log", "almonds", stdin="30 g\n", terminal=True)
    assert said.code == ExitCode.OK
    (entry,) = today(cli)["entries"]
    assert (entry["food"], entry["quantity"]) == ("almonds", 30)
    given_up = cli("log", "almonds", stdin="\n", terminal=True)
    assert given_up.code == ExitCode.BAD_INPUT
    assert len(today(cli)["entries"]) == 1


def test_three_ledgers(cli: Callable) -> None:
    cli("log", "0.5 l gerolsteiner, 30 g almonds")
    said = cli("log", "--supplement", "2 x 100 mg elemental magnesium citrate")
    assert said.code == ExitCode.OK
    magnesium = today(cli)["magnesium"]
    assert magnesium["supplement"]["amount"] == 200
    assert magnesium["water"]["amount"] > 40
    assert magnesium["food"]["amount"] == pytest.approx(81, abs=1)
    parts = [magnesium[name]["amount"] for name in ("food", "water", "supplement")]
    assert magnesium["total"]["amount"] == pytest.approx(sum(parts), abs=0.02)


def test_salt_and_element_are_never_confused(cli: Callable) -> None:
    said = cli("log", "--supplement", "400 mg magnesium citrate")
    assert said.code == ExitCode.BAD_INPUT
    assert "is that the magnesium, or the salt" in said.err
    assert cli("log", "--supplement", "414 mg salt magnesium oxide").code == ExitCode.OK
    assert today(cli)["magnesium"]["supplement"]["amount"] == pytest.approx(249.6, abs=0.1)
    assert cli("log", "--supplement", "200 mg magnesium").code == ExitCode.OK


def test_too_much_of_a_supplement_is_told(cli: Callable) -> None:
    cli("log", "--supplement", "400 mg elemental magnesium citrate")
    assert "above the upper level of 350 mg" in " ".join(cli("today", *WOMAN).out.split())


def test_undo_rm_and_edit(cli: Callable) -> None:
    cli("log", "30 g almonds, 2 eggs")
    assert "gone: 2 eggs" in cli("rm", "2").out
    assert len(today(cli)["entries"]) == 1
    assert "back: 2 eggs" in cli("undo").out
    edited = cli("edit", "1", "50", "g")
    assert "now: 50 g almonds" in edited.out
    assert cli("edit", "1", "--meal", "lunch", "--to", "yesterday").code == ExitCode.OK
    assert len(today(cli)["entries"]) == 1
    for _ in range(3):
        assert cli("undo").code == ExitCode.OK
    assert today(cli)["entries"] == []
    assert "nothing to take back" in cli("undo").err


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["rm", "1"], "There is no entry 1"),
        (["edit", "1"], "What is to be changed?"),
        (["edit", "1", "2", "slices"], "There is no entry 1"),
        (["log"], "There is nothing to log"),
        (["log", "--copy", "yesterday"], "Nothing is logged on"),
        (["log", "--usual", "my breakfast"], "my breakfast"),
        (["log", "--planned", "dinner"], "There is no plan yet"),
        (["log", "--plan", "x.json"], "--plan goes with --planned"),
        (["day", "tomorrow"], "tomorrow is still to come"),
        (["day", "3024-01-01"], "still to come"),
        (["log", "--day", "3024-01-01", "2 eggs"], "still to come"),
        (["log", "3024-01-01: 2 eggs"], "3024"),
        (["log", "1000000000 g almonds"], "1000000000"),
        (["log", "-3 eggs"], ""),
        (["log", "🍌 2"], "cannot be read"),
        (["log", "xyzzy " * 20], ""),
        (["diary", "import", "nowhere.csv"], "nowhere.csv"),
        (["diary", "export"], "In which format?"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    cli: Callable, home: Path, argv: list[str], words: str
) -> None:
    said = cli(*argv)
    assert said.code in (ExitCode.USAGE, ExitCode.BAD_INPUT)
    assert said.err.strip()
    assert words in said.err
    assert "Traceback" not in said.err
    assert today(cli)["entries"] == []


def test_a_line_of_a_megabyte(cli: Callable) -> None:
    said = cli("log", "-", stdin="a" * 1_000_000)
    assert said.code == ExitCode.BAD_INPUT
    assert len(said.err) < 500


def test_usual_meals_copies_and_plans(cli: Callable, week_json: str, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(week_json, encoding="utf-8")
    day = json.loads(week_json)["days"][0]
    cli("log", "--keep-as", "My breakfast", "--meal", "breakfast", "60 g rolled oats, 2 eggs")
    assert cli("log", "--usual", "my breakfast", "--day", "yesterday").code == ExitCode.OK
    assert cli("log", "--copy", "yesterday:breakfast").code == ExitCode.OK
    assert len(today(cli)["entries"]) == 4
    planned = cli("log", "--planned", "all", "--plan", str(plan), "--day", day["date"])
    assert planned.code == ExitCode.OK
    account = json.loads(cli("day", day["date"], *WOMAN, "--json").out)
    of_plan = [entry for entry in account["entries"] if entry["dish"]]
    assert sum(entry["magnesium_mg"] for entry in of_plan) == pytest.approx(
        day["totals"]["magnesium_mg"], abs=0.2
    )


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_out_and_in_again(cli: Callable, home: Path, tmp_path: Path, form: str) -> None:
    cli("log", "30 g almonds, 2 eggs for lunch at 12:30")
    cli("log", "--supplement", "100 mg elemental magnesium citrate")
    file = tmp_path / f"diary.{form}"
    assert cli("diary", "export", str(file)).code == ExitCode.OK
    assert file.stat().st_mode & 0o077 == 0
    before = today(cli)
    for path in (home / "data").iterdir():
        path.unlink()
    assert today(cli)["entries"] == []
    assert "3 entries came" in cli("diary", "import", str(file)).out
    assert today(cli) == before
    assert "0 entries came, 3 were there already" in cli("diary", "import", str(file)).out


def test_a_faulty_file_is_told_line_by_line_and_nothing_comes(
    cli: Callable, tmp_path: Path
) -> None:
    cli("log", "30 g almonds")
    file = tmp_path / "diary.jsonl"
    cli("diary", "export", str(file))
    text = file.read_text(encoding="utf-8").replace('"30"', '"-30"')
    file.write_text(text, encoding="utf-8")
    cli("undo")
    said = cli("diary", "import", str(file))
    assert said.code == ExitCode.BAD_INPUT
    assert f"{file}:2: quantity" in said.err
    assert today(cli)["entries"] == []


def test_the_doctor(cli: Callable, home: Path) -> None:
    assert "no diary yet" in cli("doctor").out
    cli("log", "30 g almonds")
    assert "is whole" in cli("doctor").out
    with sqlite3.connect(home / "data" / "diary.sqlite3") as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("UPDATE snapshot SET figures = '{}'")
    database.close()
    said = cli("doctor")
    assert said.code == ExitCode.CHECK_FAILED
    assert said.out.strip()


@pytest.mark.parametrize("content", [b"", b"no database" * 1000])
def test_a_file_that_is_no_diary_is_refused_and_left_as_it_is(
    cli: Callable, home: Path, content: bytes
) -> None:
    path = home / "data" / "diary.sqlite3"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    said = cli("log", "30 g almonds")
    if content:
        assert said.code == ExitCode.BAD_INPUT
        assert path.read_bytes() == content
    else:
        assert said.code == ExitCode.OK


def test_a_home_that_cannot_be_written(cli: Callable, home: Path) -> None:
    home.mkdir()
    (home / "data").write_text("a file where a folder should be")
    said = cli("log", "30 g almonds")
    assert said.code in (ExitCode.CANNOT_WRITE, ExitCode.BAD_INPUT)
    assert "diary" in said.err


def test_a_wrong_answer_can_be_forgotten(cli: Callable) -> None:
    cli("log", "2 slices bread", stdin="1\n", terminal=True)
    assert cli("log", "--forget", "breads").out == "Forgotten.\n"
    assert cli("log", "2 slices bread").code == ExitCode.BAD_INPUT
    assert cli("log", "--forget", "bread").out == "These words meant nothing yet.\n"


def test_too_much_at_once_is_told_when_it_is_logged(cli: Callable) -> None:
    said = cli("log", "--supplement", "300 mg elemental magnesium citrate")
    assert "250 mg (EFSA) or 350 mg (NAM)" in said.err


@pytest.mark.parametrize(("old", "new"), [('"30"', '"118000000"'), ("2026-11-23", "3024-11-23")])
def test_what_cannot_be_is_not_brought_in(
    cli: Callable, tmp_path: Path, old: str, new: str
) -> None:
    cli("log", "30 g almonds")
    file = tmp_path / "diary.jsonl"
    cli("diary", "export", str(file))
    cli("undo")
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    said = cli("diary", "import", str(file))
    assert said.code == ExitCode.BAD_INPUT
    assert "cannot be" in said.err
    assert today(cli)["entries"] == []


def test_an_entry_that_is_there_otherwise_stays_and_that_is_told(
    cli: Callable, tmp_path: Path
) -> None:
    cli("log", "30 g almonds")
    file = tmp_path / "diary.jsonl"
    cli("diary", "export", str(file))
    cli("edit", "1", "50", "g")
    said = cli("diary", "import", str(file))
    assert "0 entries came" in said.out
    assert "1 are otherwise in the diary" in said.err
    assert today(cli)["entries"][0]["quantity"] == 50


def test_what_the_profile_avoids_is_told_beside_it(cli: Callable, home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    profile = home / "profile.toml"
    profile.write_text(
        '[person]\nsex = "female"\nage = 31\n[diet]\navoid_allergens = ["nuts"]\n', "utf-8"
    )
    said = cli("log", "a handful of almonds")
    assert said.code == 0
    assert "1 handful almonds" in said.out
    assert "Mind: almonds: has nuts, which your profile avoids." in said.err
    profile.write_text("[person]\nsex = 3\n", "utf-8")
    assert cli("log", "a handful of almonds").code == 0, "a broken profile is no matter here"


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("magnesium citrate 200 mg elemental", "200 mg magnesium, as trimagnesium dicitrate"),
        ("magnesiumcitraat: 2 x 100 mg elementair", "2 x 100 mg magnesium, as trimagnesium"),
        ("magnesium 200 mg", "200 mg magnesium"),
        ("1240 mg salt magnesium citrate", "200.4 mg magnesium, as trimagnesium"),
    ],
)
def test_a_supplement_is_named_before_its_amount_or_behind_it(
    cli: Callable, text: str, measure: str
) -> None:
    said = cli("log", "--supplement", text)
    assert said.code == 0
    assert said.out.startswith(measure)


@pytest.mark.parametrize(
    "text", ["5000 mg elemental magnesium", "1000000 mg magnesium", "99 x 100 mg magnesium"]
)
def test_what_nobody_takes_is_asked_to_be_read_again(cli: Callable, text: str) -> None:
    said = cli("log", "--supplement", text)
    assert said.code == 3
    assert "no amount that people take" in said.err
    assert "may be the salt" in said.err
