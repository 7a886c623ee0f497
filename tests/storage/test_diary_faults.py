"""The diary's file: kept from others, refused when it is not one, and whole whatever happens to it."""

import hashlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from mealmag.errors import InputError, MealmagError, WriteError
from mealmag.nutrition.diary import Basis, Entry, Ledger, Snapshot
from mealmag.storage.diary import database
from mealmag.storage.diary.database import connect
from mealmag.storage.diary.diary import Diary
from mealmag.storage.diary.doctor import examine, rebuild
from mealmag.storage.diary.schema import APPLICATION_ID, MIGRATIONS

ROOT = Path(__file__).parents[2]
MONDAY = date(2026, 3, 2)
KILLS = int(os.environ.get("MEALMAG_KILLS", "12"))
OATS = Snapshot(
    "oats", "Oats", "Havermout", "whole-grains", "USDA", "169705", Basis.HUNDRED_GRAMS,
    {"magnesium_mg": Decimal("177.0"), "zinc_mg": None},
)  # fmt: skip


def now() -> datetime:
    return datetime(2026, 3, 2, 12, tzinfo=UTC)


def entry(number: int, said: str = "") -> Entry:
    return Entry(
        f"{number:032x}", MONDAY, Ledger.FOOD, Decimal("40.0"), "4 spoons", OATS, said=said
    )


def filled(path: Path, count: int = 3) -> tuple[Entry, ...]:
    with Diary.open(path, now=now) as diary:
        diary.add([entry(number) for number in range(1, count + 1)])
        return diary.day(MONDAY)


def read(path: Path) -> tuple[Entry, ...]:
    with Diary.open(path, now=now, create=False) as diary:
        return diary.between(date.min, date.max)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "diary.sqlite3"


def test_permissions_under_no_umask(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "diary.sqlite3"
    before = os.umask(0)
    try:
        with Diary.open(path, now=now) as diary:
            diary.add([entry(1)])
            modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
        rebuild(path)
    finally:
        os.umask(before)
    assert modes == {
        "diary.sqlite3": 0o600, "diary.sqlite3-wal": 0o600, "diary.sqlite3-shm": 0o600,
    }  # fmt: skip
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.parent.parent.stat().st_mode & 0o777 == 0o700
    assert names(path.parent) == ["diary.sqlite3", "diary.sqlite3.before-rebuild"]
    copy = path.with_name("diary.sqlite3.before-rebuild")
    assert copy.stat().st_mode & 0o777 == 0o600


def test_it_is_private_from_its_first_byte(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    real = sqlite3.connect

    def looks(*args: object, **keywords: object) -> sqlite3.Connection:
        seen.append((path.stat().st_mode & 0o777, path.stat().st_size))
        return real(*args, **keywords)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(sqlite3, "connect", looks)
    filled(path)
    assert seen == [(0o600, 0)]


def test_a_link_keeps_pointing_where_it_did(tmp_path: Path, path: Path) -> None:
    (tmp_path / "real").mkdir()
    path.symlink_to(tmp_path / "real" / "kept")
    entries = filled(path)
    assert path.is_symlink()
    assert names(tmp_path / "real") == ["kept"]
    assert read(path) == entries


def test_a_name_with_signs_of_an_address(tmp_path: Path) -> None:
    path = tmp_path / "a b%20?mode=ro#é" / "diary.sqlite3"
    assert filled(path) == read(path)
    assert names(tmp_path) == ["a b%20?mode=ro#é"]


def test_what_is_promised_of_the_connection(path: Path) -> None:
    with Diary.open(path, now=now) as diary:
        connection = diary._connection
        for pragma, value in (
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("foreign_keys", 1),
            ("busy_timeout", 5000),
            ("user_version", len(MIGRATIONS)),
            ("application_id", APPLICATION_ID),
        ):
            assert connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def a_newer_diary(path: Path) -> None:
    filled(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")


def another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 7")
        connection.execute("CREATE TABLE entry (id)")


def a_nameless_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE entry (id)")


def text(path: Path) -> None:
    path.write_text("Monday: oats, 40 g\n" * 100, encoding="utf-8")


def garbage(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(20_000))


def few_bytes(path: Path) -> None:
    path.write_bytes(b"SQ")


def cut_off(path: Path) -> None:
    filled(path, 200)
    path.write_bytes(path.read_bytes()[:12_000])


@pytest.mark.parametrize(
    ("put", "message"),
    [
        (a_newer_diary, f"version {len(MIGRATIONS) + 1}"),
        (another_program, "another program"),
        (a_nameless_program, "another program"),
        (text, "not a diary"),
        (garbage, "not a diary"),
        (few_bytes, "not a diary"),
        (cut_off, "damaged"),
    ],
)
def test_what_is_no_diary_of_ours_is_refused_untouched(
    path: Path, put: Callable[[Path], None], message: str
) -> None:
    put(path)
    before = path.read_bytes()
    for create in (True, False):
        with pytest.raises(InputError, match=message) as caught:
            Diary.open(path, now=now, create=create)
        assert str(path) in caught.value.message
        assert caught.value.hint
    assert any(message in fault for fault in examine(path))
    with pytest.raises(InputError):
        rebuild(path)
    assert path.read_bytes() == before
    assert names(path.parent) == [path.name]


def test_an_empty_file_is_a_diary_that_was_not_begun(path: Path) -> None:
    path.touch()
    assert examine(path) == (f"{path} is open to others than its owner.",)
    assert filled(path) == read(path)


def test_a_folder_and_a_pipe_in_its_place(tmp_path: Path, path: Path) -> None:
    path.mkdir()
    os.mkfifo(tmp_path / "pipe")
    for place, message in ((path, "folder"), (tmp_path / "pipe", "ordinary")):
        for create in (True, False):
            with pytest.raises(InputError, match=message):
                Diary.open(place, now=now, create=create)
        assert len(examine(place)) == 1


def test_a_place_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("whole", encoding="utf-8")
    below = tmp_path / "file" / "folder" / "diary.sqlite3"
    with pytest.raises(WriteError, match="cannot be made"):
        Diary.open(below, now=now)
    assert read(below) == ()
    with pytest.raises(InputError, match="no diary"):
        rebuild(below)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "whole"


def test_a_home_that_cannot_be_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For root no permission forbids anything: a folder where SQLite's log goes is as good to it."""
    entries = filled(path)
    log = path.with_name(f"{path.name}-wal")
    log.mkdir()
    with pytest.raises(WriteError, match="cannot be written") as caught:
        Diary.open(path, now=now)
    assert "permissions" in caught.value.hint
    log.rmdir()
    with Diary.open(path, now=now) as diary:
        diary._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(WriteError, match="cannot be written"):
            diary.add([entry(9)])
        assert diary.day(MONDAY) == entries
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(InputError, match="permissions"):
        Diary.open(path, now=now)


def test_a_full_disk_keeps_all_or_nothing(path: Path) -> None:
    entries = filled(path)
    with Diary.open(path, now=now) as diary:
        (pages,) = diary._connection.execute("PRAGMA page_count").fetchone()
        diary._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(WriteError, match="disk is full") as caught:
            diary.add([entry(number, "word " * 500) for number in range(10, 40)])
        assert caught.value.hint
        assert diary.day(MONDAY) == entries
        diary._connection.execute("PRAGMA max_page_count = 100000")
        diary.add([entry(9)])
        assert diary.day(MONDAY) == (*entries, entry(9))
    assert examine(path) == ()


def test_a_locked_diary(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = filled(path)
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.02)
    with (
        Diary.open(path, now=now) as diary,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WriteError, match="locked") as caught:
            diary.add([entry(9)])
        assert "try again" in caught.value.hint
        assert diary.day(MONDAY) == entries  # readers do not wait
        other.execute("ROLLBACK")
        diary.add([entry(9)])


def test_a_diary_that_another_program_is_beginning(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.02)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WriteError, match="locked"):
            Diary.open(path, now=now)
    assert filled(path) == read(path)


def test_use_after_closing_is_no_bare_error(path: Path) -> None:
    with Diary.open(path, now=now) as diary:
        pass
    for act in (lambda: diary.add([entry(1)]), diary.days, diary.undo):
        with pytest.raises(MealmagError, match="used wrongly"):
            act()


FIGURES_1 = json.dumps(
    {
        "basis": "100 g", "food": "oats", "group": "whole-grains", "magnesium_n": None,
        "magnesium_se_mg": None, "magnesium_tables": {}, "name_en": "Oats", "name_nl": "Havermout",
        "nutrients": {"magnesium_mg": "177.0", "zinc_mg": None}, "record": "169705",
        "source": "USDA",
    },
    separators=(",", ":"),
)  # fmt: skip
HASH_1 = hashlib.sha256(FIGURES_1.encode()).hexdigest()
ROW_1 = (
    f"{1:032x}", "2026-03-02", None, "", "food", "40.0", "4 spoons", "", "", HASH_1, 1,
)  # fmt: skip
IMAGE_1 = json.dumps(
    dict(
        zip(
            ("id", "day", "time", "meal", "ledger", "quantity", "measure", "said", "dish",
             "snapshot", "position"),
            ROW_1,
            strict=True,
        )
    )
)  # fmt: skip


def fill_1(connection: sqlite3.Connection) -> None:
    """One entry as version 1 wrote it, word by word."""
    connection.execute("INSERT INTO snapshot VALUES (?, ?)", (HASH_1, FIGURES_1))
    connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", ROW_1)
    connection.execute("INSERT INTO action VALUES (1, '2026-03-02T12:00:00+00:00', 'log', 0)")
    connection.execute("INSERT INTO change VALUES (1, 1, ?, NULL, ?)", (ROW_1[0], IMAGE_1))
    connection.execute("INSERT INTO usual VALUES ('breakfast', ?)", (f"[{IMAGE_1}]",))
    connection.execute("INSERT INTO meaning VALUES ('porridge', 'oats')")


FILL = {1: fill_1}  # each version has its own: what it wrote is read for ever


def test_each_version_is_tried() -> None:
    assert set(FILL) == set(range(1, len(MIGRATIONS) + 1))


@pytest.mark.parametrize("version", FILL)
def test_a_diary_of_every_version_is_read(path: Path, version: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for step in MIGRATIONS[:version]:
            step(connection)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        FILL[version](connection)
    path.chmod(0o600)
    before = path.read_bytes()
    assert examine(path) == ()
    assert path.read_bytes() == before
    with Diary.open(path, now=now) as diary:
        found = diary.day(MONDAY)
        assert found == (entry(1),)
        assert str(found[0].quantity) == "40.0"
        assert diary.usuals() == {"breakfast": found}
        assert diary.meanings() == {"porridge": "oats"}
        assert diary._connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        diary.add([entry(2)])
        diary.undo()
        undone = diary.undo()
    assert undone is not None
    assert (undone.what, undone.at, undone.away) == ("log", now(), found)
    assert examine(path) == ()


def test_a_step_that_fails_leaves_the_earlier_version(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = filled(path)

    def fails(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE entry ADD COLUMN mood TEXT")
        connection.execute("ALTER TABLE nothing ADD COLUMN mood TEXT")

    with monkeypatch.context() as patched:
        patched.setattr(database, "MIGRATIONS", (*MIGRATIONS, fails))
        with pytest.raises(InputError, match="nothing"):
            Diary.open(path, now=now)
    assert read(path) == entries

    def adds(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE entry ADD COLUMN mood TEXT")

    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, adds))
    assert read(path) == entries
    monkeypatch.setattr(database, "MIGRATIONS", MIGRATIONS)
    with pytest.raises(InputError, match=f"version {len(MIGRATIONS) + 1}"):
        Diary.open(path, now=now)


def changed(path: Path, *statements: str) -> None:
    """Change a diary behind its back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "fault", "read_too"),
    [
        ("UPDATE snapshot SET figures = replace(figures, '177.0', '777.0')", "not those", False),
        (
            "UPDATE entry SET snapshot = hex(0) WHERE position = 1",
            'A row of the table "entry" refers to one of "snapshot"',
            True,
        ),
        ("UPDATE entry SET day = '2026-13-99' WHERE position = 2", "2026-13-99 cannot be", True),
        ("UPDATE entry SET quantity = '12abc' WHERE position = 2", "cannot be read", True),
        ("UPDATE entry SET quantity = '-1' WHERE position = 2", "CHECK constraint", False),
        ("UPDATE entry SET time = 'noon' WHERE position = 2", "cannot be read", True),
        ("UPDATE change SET after = '{}' WHERE id = 1", "Action 1 cannot be undone", False),
        ("UPDATE change SET after = 'oats' WHERE id = 1", "Action 1 cannot be undone", False),
        ("UPDATE action SET at = 'noon'", "time of action 1", False),
        ("INSERT INTO usual VALUES ('x', '[1]')", 'go by "x" cannot be read', False),
        ("DROP TABLE meaning", 'table "meaning" is not there', False),
        ("DROP INDEX entry_by_day", 'index "entry_by_day" is not there', False),
        ("DROP TABLE entry", "no such table", True),
    ],
)
def test_what_the_doctor_finds(path: Path, statement: str, fault: str, read_too: bool) -> None:
    filled(path)
    changed(path, statement)
    before = path.read_bytes()
    faults = examine(path)
    assert any(fault in found for found in faults), faults
    assert path.read_bytes() == before
    if read_too:
        with pytest.raises(InputError, match="cannot be read"):
            read(path)
    elif "action" in fault.casefold():
        with Diary.open(path, now=now) as diary:
            with pytest.raises(InputError, match="cannot be read"):
                diary.undo()
            assert len(diary.day(MONDAY)) == 3


def test_the_doctor_finds_nothing_where_nothing_is_wrong(path: Path) -> None:
    assert examine(path) == ()
    assert names(path.parent) == []
    filled(path)
    with Diary.open(path, now=now) as diary:
        diary.add([entry(9)])
        assert examine(path) == ()  # also while it is in use
        diary.add([entry(10)])
    assert examine(path) == ()


def test_rebuilding_mends_what_is_derived(path: Path) -> None:
    filled(path)
    with Diary.open(path, now=now) as diary:
        diary.keep_usual("pills", [entry(5)])
        diary.remove([entry(1).id])
    index = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema WHERE name = ?"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        kept = connection.execute(index, ("entry_by_day",)).fetchone()
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_schema WHERE name = 'entry_by_day'")
    changed(path, "DELETE FROM entry WHERE position = 3")  # the index does not hear of it
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", kept)
        connection.execute("INSERT INTO snapshot VALUES (?, 'nobody')", ("0" * 64,))
    path.chmod(0o644)
    faults = examine(path)
    assert any("entry_by_day" in fault for fault in faults)
    assert any("open to others" in fault for fault in faults)
    broken = path.read_bytes()
    copy = rebuild(path)
    assert copy == path.with_name("diary.sqlite3.before-rebuild")
    assert copy.read_bytes()[100:] == broken[100:]
    assert examine(path) == ()
    assert path.stat().st_mode & 0o777 == 0o600
    assert names(path.parent) == [path.name, copy.name]
    with Diary.open(path, now=now) as diary:
        assert [e.id for e in diary.day(MONDAY)] == [entry(2).id]
        assert diary.usual("pills") == (entry(5),)
        undone = diary.undo()
    assert undone is not None
    assert undone.back == (entry(1),)
    rebuild(path)  # the copy is replaced
    assert names(path.parent) == [path.name, copy.name]


def test_rebuilding_keeps_figures_that_only_an_undo_needs(path: Path) -> None:
    filled(path, 1)
    with Diary.open(path, now=now) as diary:
        diary.remove([entry(1).id])
    rebuild(path)
    with Diary.open(path, now=now) as diary:
        assert diary.undo() is not None
        assert diary.day(MONDAY) == (entry(1),)
        diary.undo()


LOGGER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from tests.storage.test_diary_faults import entry, now, Diary
print("ready", flush=True)
with Diary.open(Path(sys.argv[2]), now=now) as diary:
    for number in range(int(sys.argv[3]), int(sys.argv[3]) + 100000):
        diary.add([entry(number, "word " * (number % 100))])
        print(number, flush=True)
"""


def killed(path: Path, first: int, after: float) -> list[int]:
    """The numbers that a process says that it logged, until it is killed so many seconds after it began."""
    with subprocess.Popen(
        [sys.executable, "-c", LOGGER, str(ROOT), str(path), str(first)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        lines = process.stdout.read().split(b"\n")[:-1]
    assert process.returncode == -signal.SIGKILL
    return [int(line) for line in lines]


def test_killed_at_random_moments_nothing_that_was_logged_is_lost(tmp_path: Path) -> None:
    """Each third file is a new one, so that its making is killed too."""
    rng = random.Random(20260302)
    said: set[int] = set()
    for kill in range(KILLS):
        path = tmp_path / str(kill // 3) / "diary.sqlite3"
        if kill % 3 == 0:
            said = set()
        first = 1_000_000 * (kill + 1)
        logged = killed(path, first, rng.uniform(0, 0.01 if kill % 3 == 0 else 0.15))
        said.update(logged)
        found = {int(e.id, 16) for e in read(path)}
        assert said <= found
        # One more may have been kept than could be said.
        assert found - said <= {max(logged, default=first - 1) + 1}
        said = found
        assert examine(path) == ()
        with closing(connect(path)) if path.exists() else closing(sqlite3.connect(":memory:")) as c:
            assert c.execute("PRAGMA integrity_check").fetchone() == ("ok",)
