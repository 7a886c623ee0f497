"""What was done to the entries, in order, each change with the entry before and after it.

The order is that in which the actions were written, whatever the clock said.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from mealmag.errors import InputError
from mealmag.storage.diary.entries import COLUMNS, Row, kept, rows_of, text_of

_FIELDS = (*COLUMNS, "position")
_NAMES = ", ".join(_FIELDS)
_PLACES = ", ".join(f":{field}" for field in _FIELDS)


@dataclass(frozen=True, slots=True)
class Change:
    """One entry's row before and after; None where there was or is none."""

    entry: str
    before: Row | None
    after: Row | None

    @property
    def reversed(self) -> "Change":
        """The change that takes this one back."""
        return Change(self.entry, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Logged:
    """An action as it is kept; `id` grows with each."""

    id: int
    at: datetime
    what: str
    changes: tuple[Change, ...]


def row_with_id(connection: sqlite3.Connection, entry: str) -> Row | None:
    """The row of an entry as it is now, with its position."""
    found = rows_where(connection, "id = ?", (entry,))
    return found[0] if found else None


def rows_where(
    connection: sqlite3.Connection, condition: str, values: tuple[str, ...]
) -> tuple[Row, ...]:
    """The rows that a condition in SQL holds for, by day and then in the order of logging."""
    found = connection.execute(
        f"SELECT {_NAMES} FROM entry WHERE {condition} ORDER BY day, position", values
    )
    return tuple(dict(zip(_FIELDS, row, strict=True)) for row in found.fetchall())


def apply(connection: sqlite3.Connection, change: Change) -> None:
    """Put the row after the change in the place of the row before it."""
    if change.before is not None:
        connection.execute("DELETE FROM entry WHERE id = ?", (change.entry,))
    if change.after is not None:
        connection.execute(f"INSERT INTO entry ({_NAMES}) VALUES ({_PLACES})", change.after)


def record(
    connection: sqlite3.Connection, at: datetime, what: str, changes: Iterable[Change]
) -> None:
    """Keep an action so that it can be undone."""
    action = connection.execute(
        "INSERT INTO action (at, what) VALUES (?, ?)", (at.astimezone(UTC).isoformat(), kept(what))
    ).lastrowid
    connection.executemany(
        "INSERT INTO change (action, entry, before, after) VALUES (?, ?, ?, ?)",
        [
            (
                action,
                change.entry,
                None if change.before is None else text_of(change.before),
                None if change.after is None else text_of(change.after),
            )
            for change in changes
        ],
    )


def last(connection: sqlite3.Connection) -> Logged | None:
    """The last action that is not undone."""
    found = connection.execute(
        "SELECT id, at, what FROM action WHERE undone = 0 ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if found is None:
        return None
    action, at, what = found
    changes = connection.execute(
        "SELECT entry, before, after FROM change WHERE action = ? ORDER BY id", (action,)
    ).fetchall()
    return Logged(
        action,
        read_time(at),
        what,
        tuple(Change(entry, _row(before), _row(after)) for entry, before, after in changes),
    )


def mark_undone(connection: sqlite3.Connection, action: int) -> None:
    """Say of an action that it was taken back."""
    connection.execute("UPDATE action SET undone = 1 WHERE id = ?", (action,))


def read_time(at: str) -> datetime:
    """When an action was done. InputError when the text is no moment."""
    try:
        return datetime.fromisoformat(at).astimezone(UTC)
    except ValueError as error:
        raise InputError(
            "The diary cannot be read: the time of an action in it is damaged.",
            hint="Put a copy of the diary that is whole in its place.",
        ) from error


def _row(text: str | None) -> Row | None:
    return None if text is None else rows_of(text)[0]
