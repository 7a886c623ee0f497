"""The diary: what is logged comes back to the digit and in order, and every change can be taken back."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mealmag.errors import InputError, WriteError
from mealmag.nutrition.diary import Basis, Entry, Ledger, Snapshot
from mealmag.storage.diary import actions
from mealmag.storage.diary.database import connect
from mealmag.storage.diary.diary import Diary
from mealmag.storage.diary.doctor import examine
from mealmag.storage.diary.entries import (
    entry_of,
    figures_of,
    read_figures,
    row_of,
    rows_of,
    text_of,
)

ROOT = Path(__file__).parents[2]
MONDAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
OATS = Snapshot(
    food="oats",
    name_en="Oats",
    name_nl="Havermout",
    group="whole-grains",
    source="USDA",
    record="169705",
    basis=Basis.HUNDRED_GRAMS,
    nutrients={"magnesium_mg": Decimal(177), "energy_kcal": Decimal("389.0"), "zinc_mg": None},
    magnesium_n=8,
    magnesium_se_mg=Decimal("2.10"),
    magnesium_tables={"NEVO": Decimal(129)},
)
PILL = Snapshot("", "Pill", "Pil", "", "label", "", Basis.ONE, {"magnesium_mg": Decimal(100)})


def entry(number: int, day: date = MONDAY, snapshot: Snapshot = OATS, grams: str = "40") -> Entry:
    return Entry(f"{number:032x}", day, Ledger.FOOD, Decimal(grams), f"{grams} g", snapshot)


def numbers(entries: tuple[Entry, ...]) -> list[int]:
    return [int(e.id, 16) for e in entries]


def clock() -> Callable[[], datetime]:
    """A minute later each time."""
    minutes = iter(range(10_000))
    return lambda: NOON + timedelta(minutes=next(minutes))


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    with Diary.open(tmp_path / "diary.sqlite3", now=clock()) as opened:
        yield opened


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
FIGURES = st.decimals(allow_nan=False, allow_infinity=False)
SNAPSHOTS = st.builds(
    Snapshot,
    food=WORDS,
    name_en=WORDS,
    name_nl=WORDS,
    group=WORDS,
    source=WORDS,
    record=WORDS,
    basis=st.sampled_from(Basis),
    nutrients=st.dictionaries(WORDS, st.none() | FIGURES, max_size=4),
    magnesium_n=st.none() | st.integers(0, 500),
    magnesium_se_mg=st.none() | FIGURES,
    magnesium_tables=st.dictionaries(WORDS, FIGURES, max_size=3),
)
ENTRIES = st.builds(
    Entry,
    id=st.uuids().map(lambda u: u.hex),
    day=st.dates(),
    ledger=st.sampled_from(Ledger),
    quantity=st.decimals(
        min_value=Decimal("1E-30"), max_value=Decimal("1E+30"), allow_nan=False
    ).filter(lambda n: n > 0),
    measure=WORDS,
    snapshot=SNAPSHOTS,
    meal=WORDS,
    at=st.none() | st.times(),
    said=WORDS,
    dish=WORDS,
)


def digits(given: Entry) -> object:
    """What equality of decimals does not see."""
    figures = given.snapshot
    return (
        given.quantity.as_tuple(),
        {key: n and n.as_tuple() for key, n in figures.nutrients.items()},
        {key: n.as_tuple() for key, n in figures.magnesium_tables.items()},
        figures.magnesium_se_mg and figures.magnesium_se_mg.as_tuple(),
    )


@given(ENTRIES)
def test_an_entry_is_a_row_and_back(given: Entry) -> None:
    row, figures = row_of(given)
    (again,) = rows_of(text_of(row))
    assert again == row
    found = entry_of(again, read_figures(figures))
    assert found == given
    assert digits(found) == digits(given)
    assert figures_of(found.snapshot) == figures


@settings(max_examples=15, deadline=None)
@given(st.lists(ENTRIES, min_size=1, max_size=6, unique_by=lambda e: e.id))
def test_what_is_logged_comes_back(given: list[Entry]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "diary.sqlite3"
        with Diary.open(path, now=clock()) as diary:
            diary.add(given)
        with Diary.open(path, now=clock()) as diary:
            found = diary.between(date.min, date.max)
            assert list(found) == sorted(given, key=lambda e: e.day)
            by_id = {e.id: e for e in found}
            assert all(digits(by_id[e.id]) == digits(e) for e in given)
            assert diary.days() == tuple(sorted({e.day for e in given}))
            assert all(diary.entry(e.id) == e for e in given)
        assert examine(path) == ()


def test_days_keep_the_order_of_logging(diary: Diary) -> None:
    tuesday, wednesday = MONDAY + timedelta(1), MONDAY + timedelta(2)
    diary.add([entry(9), entry(3)])
    diary.add([entry(5, wednesday)])
    diary.add([replace(entry(1), at=time(7)), entry(7, tuesday)])
    diary.add([])
    assert numbers(diary.day(MONDAY)) == [9, 3, 1]
    assert numbers(diary.between(MONDAY, tuesday)) == [9, 3, 1, 7]
    assert numbers(diary.between(tuesday, wednesday)) == [7, 5]
    assert diary.between(wednesday, MONDAY) == ()
    assert diary.day(MONDAY - timedelta(1)) == ()
    assert diary.days() == (MONDAY, tuesday, wednesday)


def test_equal_figures_are_stored_once(diary: Diary) -> None:
    same = replace(OATS, nutrients=dict(reversed(OATS.nutrients.items())))
    other = replace(OATS, magnesium_se_mg=Decimal("2.1"))
    diary.add([entry(1), entry(2, snapshot=same), entry(3, snapshot=other)])
    (kept,) = diary._connection.execute("SELECT count(*) FROM snapshot").fetchone()
    assert kept == 2
    assert str(diary.day(MONDAY)[2].snapshot.magnesium_se_mg) == "2.1"


def test_undo_of_each_kind_and_of_several_in_a_row(diary: Diary) -> None:
    assert diary.undo() is None
    assert diary.last_action() is None
    diary.add([entry(1), entry(2), entry(3)])
    diary.replace(entry(2, grams="55.50"))
    diary.remove([entry(1).id, entry(3).id, entry(1).id])
    diary.add([entry(4)], what="import")
    assert numbers(diary.day(MONDAY)) == [2, 4]
    last = diary.last_action()
    assert last is not None
    assert (last.what, last.at, last.before) == ("import", NOON + timedelta(minutes=3), ())
    assert last.after == (entry(4),)

    undone = diary.undo()
    assert undone is not None
    assert (undone.what, undone.at) == ("import", NOON + timedelta(minutes=3))
    assert (undone.back, undone.away) == ((), (entry(4),))
    undone = diary.undo()
    assert undone is not None
    assert (undone.what, numbers(undone.back), undone.away) == ("remove", [1, 3], ())
    assert numbers(diary.day(MONDAY)) == [1, 2, 3]
    undone = diary.undo()
    assert undone is not None
    assert (undone.what, undone.back) == ("edit", (entry(2),))
    assert undone.away == (entry(2, grams="55.50"),)
    assert str(diary.entry(entry(2).id).quantity) == "40"
    undone = diary.undo()
    assert undone is not None
    assert numbers(undone.away) == [1, 2, 3]
    assert diary.undo() is None
    assert diary.days() == ()


def test_undo_after_undo_passes_over_what_was_undone(diary: Diary) -> None:
    diary.add([entry(1)])
    diary.add([entry(2)])
    diary.undo()
    diary.add([entry(3)])
    diary.remove([entry(1).id])
    diary.add([entry(4)])
    diary.undo()
    diary.undo()
    assert numbers(diary.day(MONDAY)) == [1, 3]
    diary.add([entry(2)])  # what went away by an undo can be logged again
    assert numbers(diary.day(MONDAY)) == [1, 3, 2]
    for _ in range(3):
        assert diary.undo() is not None
    assert diary.undo() is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["add", "edit", "remove", "undo"]), st.integers(0, 5))))
def test_undo_gives_back_what_was_there(steps: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder, Diary.open(Path(folder) / "d", now=clock()) as diary:
        states: list[tuple[Entry, ...]] = [()]
        for count, (step, number) in enumerate(steps):
            here = {e.id for e in states[-1]}
            the = entry(number, MONDAY + timedelta(number % 2), grams=str(count + 1))
            if step == "undo":
                assert (diary.undo() is not None) == (len(states) > 1)
                del states[max(1, len(states) - 1) :]
                continue
            if (step == "add") == (the.id in here):
                continue
            if step == "add":
                diary.add([the])
            elif step == "edit":
                diary.replace(the)
            else:
                diary.remove([the.id])
            states.append(diary.between(date.min, date.max))
        while len(states) > 1:
            assert diary.between(date.min, date.max) == states.pop()
            assert diary.undo() is not None
        assert diary.between(date.min, date.max) == ()


def test_an_edit_keeps_its_place_and_may_move_to_another_day(diary: Diary) -> None:
    diary.add([entry(1), entry(2), entry(3)])
    diary.replace(entry(1, grams="41"))
    assert numbers(diary.day(MONDAY)) == [1, 2, 3]
    diary.replace(entry(1, MONDAY + timedelta(1)))
    assert numbers(diary.day(MONDAY)) == [2, 3]
    diary.undo()
    assert numbers(diary.day(MONDAY)) == [1, 2, 3]
    diary.replace(entry(1, grams="41"))  # the same: no action
    diary.replace(entry(1, grams="41.0"))  # another digit is another entry
    diary.undo()
    diary.undo()
    assert str(diary.day(MONDAY)[0].quantity) == "40"


def test_a_clock_that_goes_back_disturbs_nothing(tmp_path: Path) -> None:
    west = timezone(timedelta(hours=-8))
    times = iter([NOON, NOON - timedelta(days=400), datetime(2026, 3, 2, 1, tzinfo=west)])
    with Diary.open(tmp_path / "diary.sqlite3", now=lambda: next(times)) as diary:
        for number in (1, 2, 3):
            diary.add([entry(number)])
        assert numbers(diary.day(MONDAY)) == [1, 2, 3]
        undone = [diary.undo() for _ in range(3)]
    assert [numbers(u.away) for u in undone if u] == [[3], [2], [1]]
    assert [u.at for u in undone if u] == [NOON - timedelta(hours=3), NOON - timedelta(400), NOON]
    assert all(u.at.tzinfo is UTC for u in undone if u)


@pytest.mark.parametrize("where", ["record", "apply"])
def test_all_or_none(diary: Diary, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    diary.add([entry(1), entry(2)])
    before = diary.between(date.min, date.max)
    real = actions.apply

    def stops(connection: object, change: actions.Change, *_rest: object) -> None:
        if where == "record" or change.entry in {entry(2).id, entry(4).id}:
            raise KeyboardInterrupt
        real(connection, change)  # type: ignore[arg-type]

    for act in (
        lambda: diary.add([entry(3), entry(4, snapshot=PILL)]),
        lambda: diary.remove([entry(1).id, entry(2).id]),
        lambda: diary.replace(entry(2, snapshot=PILL)),
        diary.undo,
    ):
        with monkeypatch.context() as patched:
            patched.setattr(actions, where, stops)
            if where == "record":
                patched.setattr(actions, "mark_undone", stops)
            with pytest.raises(KeyboardInterrupt):
                act()
        assert diary.between(date.min, date.max) == before
    (snapshots,) = diary._connection.execute("SELECT count(*) FROM snapshot").fetchone()
    assert snapshots == 1
    undone = diary.undo()
    assert undone is not None
    assert numbers(undone.away) == [1, 2]


def test_what_is_refused_changes_nothing(diary: Diary) -> None:
    diary.add([entry(1)])
    with pytest.raises(InputError, match="already"):
        diary.add([entry(2), entry(1)])
    with pytest.raises(InputError, match="already"):
        diary.add([entry(2), entry(2)])
    with pytest.raises(InputError, match="no entry"):
        diary.remove([entry(1).id, entry(2).id])
    with pytest.raises(InputError, match="no entry"):
        diary.replace(entry(2))
    diary.remove([])
    assert numbers(diary.day(MONDAY)) == [1]
    last = diary.last_action()
    assert last is not None
    assert last.after == (entry(1),)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(entry(2), said="a\0b"),
        replace(entry(2), dish="\ud800"),
        replace(entry(2), measure="\udcff"),
        replace(entry(2), meal="\0"),
        replace(entry(2), id="abc"),
        replace(entry(2), id="A" * 32),
        replace(entry(2), quantity=Decimal(0)),
        replace(entry(2), quantity=Decimal(-1)),
        replace(entry(2), quantity=Decimal("NaN")),
        replace(entry(2), quantity=Decimal("Infinity")),
        replace(entry(2), quantity=Decimal("1E-999")),
        entry(2, snapshot=replace(OATS, name_nl="\ud800")),
        entry(2, snapshot=replace(OATS, nutrients={"\0": None})),
        entry(2, snapshot=replace(OATS, nutrients={"zinc_mg": Decimal("NaN")})),
        entry(2, snapshot=replace(OATS, magnesium_se_mg=Decimal("-Infinity"))),
    ],
)
def test_what_no_diary_can_keep(diary: Diary, wrong: Entry) -> None:
    diary.add([entry(2)])
    with pytest.raises(InputError) as caught:
        diary.add([entry(1), wrong])
    assert caught.value.message.isprintable()
    with pytest.raises(InputError):
        diary.replace(wrong)
    with pytest.raises(InputError):
        diary.keep_usual("usual", [wrong])
    assert diary.day(MONDAY) == (entry(2),)


def test_words_that_no_diary_can_keep(diary: Diary) -> None:
    for act in (
        lambda: diary.add([entry(1)], what="\ud800"),
        lambda: diary.mean("\ud800", "oats"),
        lambda: diary.mean("oats", "\0"),
        lambda: diary.keep_usual("\0", [entry(1)]),
        lambda: diary.usual("\ud800"),
        lambda: diary.remove(["\ud800"]),
        lambda: diary.entry("\ud800"),
    ):
        with pytest.raises(InputError):
            act()
    assert diary.days() == ()


def test_an_entry_by_the_first_digits_of_its_id(diary: Diary) -> None:
    ids = ["abcd" + "0" * 28, "abcd00001" + "f" * 23, "abce" + "0" * 28, "f" * 32]
    diary.add([replace(entry(1), id=name) for name in ids])
    assert diary.entry("abce").id == ids[2]
    assert diary.entry(" ABCD00001").id == ids[1]
    assert diary.entry("ffff").id == ids[3]
    assert diary.entry(ids[0]).id == ids[0]
    with pytest.raises(InputError, match="2 entries") as caught:
        diary.entry("abcd")
    assert "abcd00000 (2026-03-02, Oats)" in caught.value.message
    assert "abcd00001 (2026-03-02, Oats)" in caught.value.message
    with pytest.raises(InputError, match="no entry"):
        diary.entry("0000")
    for wrong in ("", "abc", "oats", "abcd%", "0" * 33):
        with pytest.raises(InputError, match="does not name"):
            diary.entry(wrong)


def test_many_candidates_are_counted(diary: Diary) -> None:
    control = replace(OATS, name_en="\x1b[31m")
    diary.add([replace(entry(1), id=f"abcd{n:028x}", snapshot=control) for n in range(9)])
    with pytest.raises(InputError, match="and 3 more") as caught:
        diary.entry("abcd")
    assert caught.value.message.isprintable()


def test_usuals(diary: Diary) -> None:
    diary.keep_usual("My  Breakfast", [entry(1), entry(2, snapshot=PILL)])
    diary.keep_usual("Cafe\u0301", [entry(3)])
    assert diary.usual("my breakfast ") == (entry(1), entry(2, snapshot=PILL))
    assert diary.usual("CAFÉ") == (entry(3),)
    diary.keep_usual("café", [entry(4, grams="1.50")])
    assert list(diary.usuals()) == ["café", "my breakfast"]
    assert [str(e.quantity) for e in diary.usuals()["café"]] == ["1.50"]
    diary.forget_usual("MY BREAKFAST")
    for act in (lambda: diary.usual("cafe"), lambda: diary.forget_usual("cafe")):
        with pytest.raises(InputError, match="Did you mean"):
            act()
    with pytest.raises(InputError, match="nothing"):
        diary.keep_usual("x", [])
    with pytest.raises(InputError, match="empty"):
        diary.keep_usual(" ", [entry(1)])
    assert diary.days() == ()
    assert diary.last_action() is None


def test_meanings(diary: Diary) -> None:
    assert diary.meanings() == {}
    diary.mean("milk", "milk-whole")
    diary.mean("Milk", "milk-skimmed")
    diary.mean("milk", "soya-drink")
    assert diary.meanings() == {"milk": "soya-drink", "Milk": "milk-skimmed"}
    assert diary.forget("milk")
    assert not diary.forget("milk")
    assert not diary.forget("MILK")
    assert diary.meanings() == {"Milk": "milk-skimmed"}
    diary.mean("Milk", "")  # so it was forgotten once
    assert diary.meanings() == {}
    assert not diary.forget("Milk")
    diary.mean("Milk", "milk-whole")
    assert diary.meanings() == {"Milk": "milk-whole"}


def test_together_all_or_nothing(diary: Diary) -> None:
    path = diary._path
    with suppress(ZeroDivisionError), diary.together():
        diary.mean("milk", "milk-whole")
        raise ZeroDivisionError
    assert diary.meanings() == {}
    with diary.together():
        diary.mean("milk", "milk-whole")
        with diary.together():
            diary.mean("bread", "bread-rye")
        with Diary.open(path, now=diary._now) as other:
            assert other.meanings() == {}
    assert len(diary.meanings()) == 2
    with Diary.open(path.with_name("none"), now=diary._now, create=False) as none, none.together():
        assert none.meanings() == {}


def test_without_a_file_an_empty_diary_is_read_and_nothing_made(tmp_path: Path) -> None:
    path = tmp_path / "none" / "diary.sqlite3"
    with Diary.open(path, now=clock(), create=False) as diary:
        assert diary.days() == diary.day(MONDAY) == ()
        assert diary.undo() is None
        assert diary.last_action() is None
        assert diary.usuals() == diary.meanings() == {}
        with pytest.raises(InputError, match="no entry"):
            diary.entry("abcd")
        with pytest.raises(WriteError):
            diary.add([entry(1)])
    assert list(tmp_path.iterdir()) == []
    with Diary.open(path, now=clock()) as diary:
        diary.add([entry(1)])
    with Diary.open(path, now=clock(), create=False) as diary:
        diary.add([entry(2)])
        assert numbers(diary.day(MONDAY)) == [1, 2]


def test_two_diaries_of_one_file(tmp_path: Path) -> None:
    path = tmp_path / "diary.sqlite3"
    with Diary.open(path, now=clock()) as one, Diary.open(path, now=clock()) as other:
        for number in range(1, 9, 2):
            one.add([entry(number)])
            other.add([entry(number + 1)])
        assert numbers(one.day(MONDAY)) == numbers(other.day(MONDAY)) == list(range(1, 9))
        undone = one.undo()
        assert undone is not None
        assert numbers(undone.away) == [8]
        assert numbers(other.day(MONDAY)) == list(range(1, 8))


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from tests.storage.test_diary import entry, Diary
for number in range(int(sys.argv[3]), int(sys.argv[3]) + 15):
    with Diary.open(Path(sys.argv[2]), now=lambda: datetime.now(UTC)) as diary:
        diary.add([entry(number), entry(number + 1000)])
"""


def test_two_processes_begin_a_diary_and_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "made" / "diary.sqlite3"

    def write(first: int) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", WRITER, str(ROOT), str(path), str(first)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    with ThreadPoolExecutor() as pool:
        for done in pool.map(write, (100, 200)):
            assert done.returncode == 0, done.stderr
    wanted = {n + more for n in (*range(100, 115), *range(200, 215)) for more in (0, 1000)}
    with Diary.open(path, now=clock()) as diary:
        found = numbers(diary.day(MONDAY))
        assert len(found) == len(wanted)
        assert set(found) == wanted
        assert all(found[n + 1] - found[n] == 1000 for n in range(0, len(found), 2))
    assert examine(path) == ()
    with closing(connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
