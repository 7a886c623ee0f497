"""The diary at the command line, as scripts use it: ids, JSON by its schemas, files, times, a full disk."""

import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mealmag.cli.main import run
from mealmag.errors import ExitCode
from mealmag.services.schema import schema_of
from mealmag.storage.diary import database

WOMAN = ("--sex", "female", "--age", "34")
TODAY = date(2026, 11, 23)


def document(said: object, name: str) -> dict:
    """What was printed, if it fits its schema."""
    found = json.loads(said.out)  # type: ignore[attr-defined]
    Draft202012Validator(schema_of(name)).validate(found)
    return found


def entries(cli: Callable, day: str = "today") -> list[dict]:
    return document(cli("day", day, *WOMAN, "--json"), "day")["entries"]


# An entry by its id.


def test_an_id_names_an_entry_whatever_its_number_and_day(cli: Callable) -> None:
    (eggs,) = document(cli("log", "--json", "--day", "yesterday", "2 eggs"), "log")["entries"]
    (almonds,) = document(cli("log", "--json", "30 g almonds"), "log")["entries"]
    assert almonds["id"] == entries(cli)[0]["id"]
    edited = cli("edit", eggs["id"], "3", "--meal", "lunch")
    assert edited.code == ExitCode.OK
    assert "now: lunch: 3 eggs" in edited.out
    (found,) = entries(cli, "yesterday")
    assert (found["id"], found["meal"]) == (eggs["id"], "lunch")
    gone = cli("rm", almonds["id"][:12], eggs["id"])
    assert gone.out.count("gone: ") == 2
    assert entries(cli) == entries(cli, "yesterday") == []
    cli("undo")
    assert len(entries(cli)) == len(entries(cli, "yesterday")) == 1


def test_an_entry_that_is_named_twice_is_one(cli: Callable) -> None:
    (almonds,) = document(cli("log", "--json", "30 g almonds"), "log")["entries"]
    gone = cli("rm", "1", almonds["id"])
    assert (gone.code, gone.out.count("gone: ")) == (ExitCode.OK, 1)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("0" * 32, "There is no entry whose id begins with 0000"),
        ("12345678", "There is no entry whose id begins with 12345678"),
        ("x", '"x" does not name an entry'),
        ("2", "There is no entry 2"),
        ("0", "There is no entry 0"),
    ],
)
@pytest.mark.parametrize("command", [("rm",), ("edit", "3 slices")])
def test_a_name_of_no_entry(
    cli: Callable, home: Path, name: str, words: str, command: tuple[str, ...]
) -> None:
    without = cli(command[0], name, *command[1:])
    assert without.code == ExitCode.BAD_INPUT
    assert "There is no entry" in without.err or words in without.err
    assert not home.exists()
    cli("log", "30 g almonds")
    said = cli("rm", "1", name) if command == ("rm",) else cli("edit", name, *command[1:])
    assert said.code == ExitCode.BAD_INPUT
    assert words in said.err
    assert len(entries(cli)) == 1


def test_nobody_writes_between_the_look_at_a_number_and_the_change(
    cli: Callable, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mealmag.storage.diary.diary import Diary

    cli("log", "30 g almonds, 2 eggs")
    look = Diary.day
    others: list[int] = []

    def another_program(diary: Diary, day: date) -> object:
        monkeypatch.setattr(database, "BUSY_SECONDS", 0.02)
        others.append(cli("undo").code)
        return look(diary, day)

    with monkeypatch.context() as patched:
        patched.setattr(Diary, "day", another_program)
        assert "gone: 2 eggs" in cli("rm", "2").out
        assert "now: 40 g almonds" in cli("edit", "1", "40 g").out
    assert others == [ExitCode.CANNOT_WRITE] * 2
    assert len(entries(cli)) == 1


# JSON by its schemas.


def test_what_is_logged_or_would_be(cli: Callable) -> None:
    said = cli("log", "--json", "--dry-run", "0.5 l gerolsteiner, 30 g almonds at 12:30")
    tried = document(said, "log")
    assert (tried["schema"], tried["written"], len(tried["entries"])) == ("mealmag/log/1", False, 2)
    assert entries(cli) == []
    cli("log", "30 g almonds")
    pill = cli("log", "--json", "--supplement", "2 x 100 mg elemental magnesium citrate")
    logged = document(pill, "log")
    assert logged["written"]
    (entry,) = logged["entries"]
    assert (entry["unit"], entry["quantity"], entry["energy_kcal"]) == ("unit", 2, 0)
    assert {**entry, "source": ""} == {**entries(cli)[1], "day": str(TODAY), "source": ""}


def test_what_is_taken_back(cli: Callable) -> None:
    nothing = document(cli("undo", "--json"), "undo")
    assert nothing == {
        "schema": "mealmag/undo/1", "what": None, "at": None, "gone": [], "back": []
    }  # fmt: skip
    (logged,) = document(cli("log", "--json", "30 g almonds"), "log")["entries"]
    cli("edit", "1", "40 g")
    undone = document(cli("undo", "--json"), "undo")
    assert undone["what"] == "edit"
    assert datetime.fromisoformat(undone["at"]).tzinfo is not None
    assert [each["quantity"] for each in (*undone["gone"], *undone["back"])] == [40, 30]
    assert document(cli("undo", "--json"), "undo")["gone"] == [logged]


def test_what_the_doctor_finds(cli: Callable, home: Path) -> None:
    none = document(cli("doctor", "--json"), "doctor")
    assert (none["exists"], none["whole"]) == (False, True)
    cli("log", "30 g almonds")
    path = home / "data" / "diary.sqlite3"
    path.chmod(0o644)
    said = cli("doctor", "--json")
    assert said.code == ExitCode.CHECK_FAILED
    found = document(said, "doctor")
    assert (found["file"], found["whole"], len(found["faults"])) == (str(path), False, 1)
    mended = cli("doctor", "--json", "--rebuild")
    assert mended.code == ExitCode.OK
    assert Path(document(mended, "doctor")["copy_kept"]).exists()


@pytest.mark.parametrize(
    ("content", "helps"),
    [(b"no database" * 1000, False), (b"another program", False), (b"", True)],
)
def test_the_doctor_recommends_what_helps(
    cli: Callable, home: Path, content: bytes, helps: bool
) -> None:
    path = home / "data" / "diary.sqlite3"
    path.parent.mkdir(parents=True)
    if content == b"another program":
        with sqlite3.connect(path) as database:
            database.execute("CREATE TABLE x (y)")
        database.close()
    elif content:
        path.write_bytes(content)
    else:
        cli("log", "30 g almonds")
    path.chmod(0o644)
    said = cli("doctor")
    words = " ".join(said.err.split())
    assert said.code == ExitCode.CHECK_FAILED
    assert ("doctor --rebuild" in words) == helps
    assert ("ove it away" in words and "mealmag diary import FILE" in words) != helps
    assert (cli("doctor", "--rebuild").code == ExitCode.OK) == helps


def test_the_help_of_the_doctor_says_what_1_means(cli: Callable) -> None:
    codes = cli("doctor", "--help").out.split("exit codes:")[1]
    assert "1  the diary is not whole" in codes
    assert "plan" not in codes
    assert "diary" not in cli("check", "--help").out.split("exit codes:")[1]


# Files.


def test_an_import_is_taken_back_in_a_line(cli: Callable, tmp_path: Path) -> None:
    file = tmp_path / "diary.jsonl"
    cli("log", "--day", "2026-11-20", "30 g almonds, 2 eggs")
    cli("log", "2 eggs")
    cli("diary", "export", str(file))
    cli("undo")
    cli("undo")
    assert cli("diary", "import", str(file)).out == "3 entries came\n"
    said = cli("undo")
    assert said.out == (
        "gone: 3 entries that the import brought, of 2 days, 2026-11-20 to 2026-11-23\n"
    )
    cli("log", "2 eggs")
    cli("diary", "export", "--from", "today", str(file))
    cli("undo")
    cli("diary", "import", str(file))
    assert cli("undo").out == "gone: 1 entry that the import brought, of 2026-11-23\n"
    cli("diary", "import", str(file))
    assert document(cli("undo", "--json"), "undo")["what"] == "import"


def test_usual_meals_are_carried_in_json_lines(cli: Callable, home: Path, tmp_path: Path) -> None:
    cli("log", "--keep-as", "My  Snack", "30 g almonds, 2 eggs")
    cli("rm", "1")
    lines, some, table = (tmp_path / name for name in ("all.jsonl", "some.jsonl", "all.csv"))
    assert cli("diary", "export", str(lines)).err == ""
    cli("diary", "export", "--from", "today", str(some))
    assert "my snack" in lines.read_text(encoding="utf-8")
    assert some.read_text(encoding="utf-8").startswith('{"schema": "mealmag/diary/1"}\n')
    assert "1 usual meal left out" in cli("diary", "export", str(table)).err
    for path in (home / "data").iterdir():
        path.unlink()
    said = cli("diary", "import", str(lines))
    assert said.out == "1 entry came\n1 usual meal came\n"
    assert cli("log", "--usual", "my snack").code == ExitCode.OK
    assert [entry["measure"] for entry in entries(cli)] == ["2 eggs", "30 g", "2 eggs"]
    assert cli("diary", "import", str(lines)).out == "0 entries came, 1 were there already\n"
    cli("log", "--keep-as", "my snack", "20 g walnuts")
    again = cli("diary", "import", str(lines))
    assert "1 usual meal left out" in again.err
    cli("log", "--usual", "my snack")
    assert entries(cli)[-1]["food"] == "walnuts"


def test_a_file_with_hundreds_of_problems_does_not_flood(cli: Callable, tmp_path: Path) -> None:
    file = tmp_path / "diary.jsonl"
    file.write_text('{"schema": "mealmag/diary/1"}\n' + "{}\n" * 300, encoding="utf-8")
    lines = cli("diary", "import", str(file)).err.splitlines()
    assert lines[1] == f"  {file} has 3,000 problems."
    assert len([line for line in lines if line.startswith(f"  {file}:")]) == 20
    assert lines[-2:] == [
        "  … and 2,980 more",
        "  → Mend what is named above. Nothing was changed.",
    ]


def test_an_unlikely_usual_meal_is_refused(cli: Callable, tmp_path: Path) -> None:
    file = tmp_path / "diary.jsonl"
    cli("log", "--keep-as", "snack", "30 g almonds")
    cli("undo")
    cli("diary", "export", str(file))
    file.write_text(file.read_text("utf-8").replace('"30"', '"118000000"'), encoding="utf-8")
    said = cli("diary", "import", str(file))
    assert said.code == ExitCode.BAD_INPUT
    assert "cannot be" in said.err


def test_a_name_that_is_none_logs_nothing(cli: Callable) -> None:
    said = cli("log", "--keep-as", " ", "30 g almonds")
    assert said.code == ExitCode.BAD_INPUT
    assert entries(cli) == []


# Moments.


def at(home: Path, clock: str, *argv: str, day: date = TODAY) -> tuple[int, str]:
    """The exit code, and what is said on stderr, at a time of day."""
    err = io.StringIO()
    code = run(
        argv,
        environ={"MEALMAG_HOME": str(home)},
        stdin=io.StringIO(),
        stdout=io.StringIO(),
        stderr=err,
        now=datetime.combine(day, time.fromisoformat(clock)),
        home=home.parent,
    )
    return int(code), err.getvalue()


@pytest.mark.parametrize(
    ("clock", "argv"),
    [
        ("14:05", ["--at", "23:00", "30 g almonds"]),
        ("14:05", ["--at", "14:11", "30 g almonds"]),
        ("14:05", ["30 g almonds at 23:00"]),
        ("00:01", ["--at", "23:58", "30 g almonds"]),
        ("14:05", ["--at", "23:00", "--supplement", "100 mg elemental magnesium citrate"]),
    ],
)
def test_a_time_to_come_is_refused(cli: Callable, home: Path, clock: str, argv: list[str]) -> None:
    code, said = at(home, clock, "log", *argv)
    assert code == ExitCode.BAD_INPUT
    assert f"is still to come: it is {clock} now" in said
    assert "--day yesterday" in said
    assert entries(cli) == []


@pytest.mark.parametrize(
    ("clock", "argv"),
    [
        ("14:05", ["--at", "14:10", "30 g almonds"]),
        ("14:05", ["--at", "8.30", "30 g almonds"]),
        ("23:59", ["30 g almonds"]),
        ("00:00", ["30 g almonds"]),
        ("23:58", ["--at", "23:59", "30 g almonds"]),
        ("00:01", ["--day", "yesterday", "--at", "23:58", "30 g almonds"]),
        ("14:05", ["--meal", "dinner", "30 g almonds"]),
    ],
)
def test_a_time_that_was_or_nearly_was_is_logged(home: Path, clock: str, argv: list[str]) -> None:
    code, said = at(home, clock, "log", *argv)
    assert code == ExitCode.OK, said


def test_a_planned_dinner_is_logged_in_the_morning(
    home: Path, tmp_path: Path, week_json: str
) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(week_json, encoding="utf-8")
    planned = date.fromisoformat(json.loads(week_json)["days"][0]["date"])
    code, said = at(home, "08:00", "log", "--planned", "dinner", "--plan", str(plan), day=planned)
    assert code == ExitCode.OK, said


def test_an_entry_is_not_moved_to_a_time_to_come(cli: Callable, home: Path) -> None:
    at(home, "12:00", "log", "--day", "yesterday", "--at", "20:00", "30 g almonds")
    code, said = at(home, "12:00", "edit", "--day", "yesterday", "1", "--to", "today")
    assert code == ExitCode.BAD_INPUT
    assert "20:00 on 2026-11-23 is still to come" in said
    assert len(entries(cli, "yesterday")) == 1


def test_no_time_zone_comes_into_the_diary(cli: Callable) -> None:
    for text in ("08:30+02:00", "8", "08:30:15", "25:00", ""):
        assert cli("log", "--at", text, "30 g almonds").code == ExitCode.USAGE


# Meanings.


def test_what_was_forgotten_leaves_no_trace(cli: Callable, home: Path) -> None:
    cli("log", "2 slices bread", stdin="1\n", terminal=True)
    with sqlite3.connect(home / "data" / "diary.sqlite3") as book:
        assert book.execute("SELECT count(*) FROM meaning").fetchone() == (1,)
    assert cli("log", "--forget", "breads").out == "Forgotten.\n"
    with sqlite3.connect(home / "data" / "diary.sqlite3") as book:
        assert book.execute("SELECT count(*) FROM meaning").fetchone() == (0,)
    book.close()


def test_nothing_is_forgotten_and_no_diary_is_made(cli: Callable, home: Path) -> None:
    assert cli("log", "--forget", "bread").out == "These words meant nothing yet.\n"
    assert not home.exists()


# A full disk.


LIMITED = """
import resource, runpy, sys
most = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
runpy.run_module("mealmag", run_name="__main__", alter_sys=True)
"""
MUCH = ", ".join(["40 g walnuts", "3 slices wholewheat bread"] * 30)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize("most_bytes", [0, 4_096, 20_000, 45_000])
def test_a_disk_that_takes_no_more_keeps_the_diary_whole(
    cli: Callable, home: Path, most_bytes: int
) -> None:
    """The real command line, for which no file grows beyond so many bytes."""
    cli("log", "30 g almonds, 2 eggs")
    before = entries(cli)
    said = subprocess.run(
        [sys.executable, "-B", "-c", LIMITED, str(most_bytes), "log", MUCH],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )
    assert (said.returncode, said.stdout) == (ExitCode.CANNOT_WRITE, "")
    assert said.stderr.startswith("mealmag: The file could not be written.\n")
    assert "the disk" in said.stderr
    assert "full" in said.stderr
    assert "Traceback" not in said.stderr
    assert entries(cli) == before
    assert cli("doctor").code == ExitCode.OK
    assert cli("log", MUCH).code == ExitCode.OK
    assert entries(cli)[:2] == before


@pytest.mark.parametrize(
    "argv",
    [
        ["log", "--keep-as", "snack", ", ".join(["30 g almonds", "20 g walnuts"] * 20)],
        ["diary", "import", "many.jsonl"],
    ],
)
def test_no_space_left_keeps_all_or_nothing(
    cli: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: list[str]
) -> None:
    for day in range(1, 6):
        cli("log", "--day", f"2026-11-0{day}", ", ".join(["30 g almonds"] * 50))
    cli("diary", "export", str(tmp_path / "many.jsonl"))
    next((tmp_path / "home" / "data").glob("*.sqlite3")).unlink()
    cli("log", "30 g almonds, 2 eggs")
    before = entries(cli)
    connect = database.connect

    def full(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    with monkeypatch.context() as patched:
        patched.setattr(database, "connect", full)
        said = cli(*argv)
    assert (said.code, said.out) == (ExitCode.CANNOT_WRITE, "")
    assert "the disk is full" in said.err
    assert "Make room on the disk" in said.err
    assert entries(cli) == before
    assert entries(cli, "2026-11-01") == []
    assert cli("log", "--usual", "snack").code == ExitCode.BAD_INPUT
    assert cli("doctor").code == ExitCode.OK
    assert cli(*argv).code == ExitCode.OK
