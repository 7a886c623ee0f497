"""The diary: entries by day, what was done to them and can be undone, and what its owner usually means."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from mealmag.errors import InputError
from mealmag.nutrition.diary import Entry
from mealmag.storage.diary import actions, usual
from mealmag.storage.diary.actions import Change
from mealmag.storage.diary.database import in_words, open_database, transaction
from mealmag.storage.diary.entries import Row, kept, row_of, shown
from mealmag.storage.diary.prefix import digits_of, only_one
from mealmag.storage.diary.snapshots import Snapshots


@dataclass(frozen=True, slots=True)
class Action:
    """Something that was done to the diary: what and when, and the entries that went away and that came.

    An edited entry is in both, as it was and as it became.
    """

    what: str
    at: datetime
    before: tuple[Entry, ...]
    after: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """An action that was taken back: what it was and when, which entries came back and which went away."""

    what: str
    at: datetime
    back: tuple[Entry, ...]
    away: tuple[Entry, ...]


class Diary:
    """The diary in one file. Every change is kept whole or not at all, and can be undone.

    For one thread; another thread or process opens its own. Every fault is an error of `mealmag.errors`.
    """

    def __init__(
        self, connection: sqlite3.Connection, path: Path, now: Callable[[], datetime]
    ) -> None:
        self._connection = connection
        self._path = path
        self._now = now
        self._snapshots = Snapshots(connection)

    @classmethod
    def open(cls, path: Path, *, now: Callable[[], datetime], create: bool = True) -> Self:
        """The diary of this file, made when it is not there; `now` gives the time of actions.

        With `create` false and no file, an empty diary to read, and nothing is made.
        """
        return cls(open_database(path, create=create), path, now)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        with in_words(self._path):
            self._connection.close()

    def add(self, entries: Iterable[Entry], what: str = "log") -> None:
        """Add entries at the end of their days, as one action; no entries are no action."""
        written = [row_of(entry) for entry in entries]
        if not written:
            return
        with self._writing():
            changes = []
            for position, (row, figures) in enumerate(written, self._next_position()):
                if actions.row_with_id(self._connection, str(row["id"])) is not None:
                    raise InputError(
                        f"The entry {row['id']} is in the diary already.",
                        hint="Nothing was added.",
                    )
                self._snapshots.keep(row, figures)
                change = Change(str(row["id"]), None, {**row, "position": position})
                actions.apply(self._connection, change)
                changes.append(change)
            actions.record(self._connection, self._now(), what, changes)

    def remove(self, ids: Iterable[str]) -> None:
        """Remove the entries with these ids, as one action. InputError when one is not there."""
        wanted = tuple(dict.fromkeys(ids))
        if not wanted:
            return
        with self._writing():
            changes = [Change(entry, self._row(kept(entry)), None) for entry in wanted]
            for change in changes:
                actions.apply(self._connection, change)
            actions.record(self._connection, self._now(), "remove", changes)

    def replace(self, entry: Entry) -> None:
        """Put an entry in the place of the one with its id; one that is the same is no action."""
        row, figures = row_of(entry)
        with self._writing():
            before = self._row(entry.id)
            after: Row = {**row, "position": before["position"]}
            if after == before:
                return
            self._snapshots.keep(row, figures)
            change = Change(entry.id, before, after)
            actions.apply(self._connection, change)
            actions.record(self._connection, self._now(), "edit", [change])

    def undo(self) -> Undone | None:
        """Take back the last action that was not taken back yet; None when there is none."""
        with in_words(self._path):
            if actions.last(self._connection) is None:
                return None
        with self._writing():
            logged = actions.last(self._connection)
            if logged is None:  # another process was first
                return None
            for change in reversed(logged.changes):
                actions.apply(self._connection, change.reversed)
            actions.mark_undone(self._connection, logged.id)
            action = self._action(logged)
        return Undone(action.what, action.at, back=action.before, away=action.after)

    def last_action(self) -> Action | None:
        """The action that `undo` would take back."""
        with in_words(self._path):
            logged = actions.last(self._connection)
            return None if logged is None else self._action(logged)

    def day(self, day: date) -> tuple[Entry, ...]:
        """The entries of a day, in the order in which they were logged."""
        return self.between(day, day)

    def between(self, first: date, last: date) -> tuple[Entry, ...]:
        """The entries of the days from `first` to `last`, both included, in order."""
        with in_words(self._path):
            days = (first.isoformat(), last.isoformat())
            found = actions.rows_where(self._connection, "day BETWEEN ? AND ?", days)
            return self._snapshots.entries(found)

    def days(self) -> tuple[date, ...]:
        """The days that have an entry, earliest first."""
        with in_words(self._path):
            found = self._connection.execute("SELECT DISTINCT day FROM entry ORDER BY day")
            return tuple(_day(day) for (day,) in found.fetchall())

    def entry(self, prefix: str) -> Entry:
        """The one entry whose id begins so. InputError for none, for several, or under 4 digits."""
        digits = digits_of(prefix)
        with in_words(self._path):
            # "g" comes after every digit.
            rows = actions.rows_where(
                self._connection, "id >= ? AND id < ?", (digits, f"{digits}g")
            )
            return only_one(digits, self._snapshots.entries(rows))

    def usual(self, name: str) -> tuple[Entry, ...]:
        """The entries that go by a name. InputError when none do."""
        with in_words(self._path):
            return usual.find(self._connection, self._snapshots, name)

    def keep_usual(self, name: str, entries: Iterable[Entry]) -> None:
        """Let a name, in whatever case, stand for these entries and no others."""
        with self._writing():
            usual.keep(self._connection, self._snapshots, name, entries)

    def usuals(self) -> dict[str, tuple[Entry, ...]]:
        """All names that stand for entries, case-folded and in order, with their entries."""
        with in_words(self._path):
            return usual.find_all(self._connection, self._snapshots)

    def forget_usual(self, name: str) -> None:
        """Let a name stand for nothing. InputError when it does not stand for anything."""
        with self._writing():
            usual.forget(self._connection, name)

    def meanings(self) -> dict[str, str]:
        """Which food the owner meant by which words."""
        with in_words(self._path):
            # Earlier versions forgot a meaning by an empty food.
            found = self._connection.execute(
                "SELECT words, food FROM meaning WHERE food <> '' ORDER BY words"
            )
            return dict(found.fetchall())

    def mean(self, words: str, food: str) -> None:
        """Remember that by these words, to the letter, the owner means this food."""
        with self._writing():
            self._connection.execute(
                "INSERT INTO meaning (words, food) VALUES (?, ?)"
                " ON CONFLICT (words) DO UPDATE SET food = excluded.food",
                (kept(words), kept(food)),
            )

    def forget(self, words: str) -> bool:
        """Let these words, to the letter, mean nothing any more; whether they meant something."""
        with self._writing():
            gone = self._connection.execute(
                "DELETE FROM meaning WHERE words = ? AND food <> ''", (kept(words),)
            )
            return gone.rowcount > 0

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is read inside stays true until the end; what is written is kept all or not at all."""
        with in_words(self._path):
            (is_for_reading,) = self._connection.execute("PRAGMA query_only").fetchone()
        if is_for_reading:
            yield
            return
        with self._writing():
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with in_words(self._path):
            if self._connection.in_transaction:  # of `together`
                yield
                return
            with transaction(self._connection):
                yield

    def _next_position(self) -> int:
        query = "SELECT coalesce(max(position), 0) + 1 FROM entry"
        return int(self._connection.execute(query).fetchone()[0])

    def _row(self, entry: str) -> Row:
        row = actions.row_with_id(self._connection, entry)
        if row is None:
            raise InputError(
                f"There is no entry {shown(entry)} in the diary.", hint="Nothing was changed."
            )
        return row

    def _action(self, logged: actions.Logged) -> Action:
        before = [change.before for change in logged.changes if change.before is not None]
        after = [change.after for change in logged.changes if change.after is not None]
        return Action(
            logged.what,
            logged.at,
            self._snapshots.entries(before),
            self._snapshots.entries(after),
        )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            f'The diary cannot be read: "{shown(text)}" in it is no day.',
            hint="Put a copy of the diary that is whole in its place.",
        ) from error
