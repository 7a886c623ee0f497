"""Names that stand for entries: what somebody usually has."""

import sqlite3
from collections.abc import Iterable
from unicodedata import normalize

from mealmag.errors import InputError, did_you_mean
from mealmag.nutrition.diary import Entry
from mealmag.storage.diary.entries import kept, row_of, rows_of, shown, text_of
from mealmag.storage.diary.snapshots import Snapshots


def key_of(name: str) -> str:
    """The name without what people do not tell apart: case, spacing, how an accent is typed.

    InputError when nothing is left of it.
    """
    key = normalize("NFC", " ".join(normalize("NFC", kept(name)).casefold().split()))
    if not key:
        raise InputError("A name for entries cannot be empty.", hint="Give it a name.")
    return key


def find(connection: sqlite3.Connection, snapshots: Snapshots, name: str) -> tuple[Entry, ...]:
    """The entries that go by a name. InputError when none do."""
    found = connection.execute(
        "SELECT entries FROM usual WHERE name = ?", (key_of(name),)
    ).fetchone()
    if found is None:
        raise _unknown(connection, name)
    return snapshots.entries(rows_of(found[0]))


def find_all(connection: sqlite3.Connection, snapshots: Snapshots) -> dict[str, tuple[Entry, ...]]:
    """All names, as they are kept and in order, with their entries."""
    found = connection.execute("SELECT name, entries FROM usual ORDER BY name")
    return {name: snapshots.entries(rows_of(text)) for name, text in found.fetchall()}


def keep(
    connection: sqlite3.Connection, snapshots: Snapshots, name: str, entries: Iterable[Entry]
) -> None:
    """Let a name stand for these entries and no others."""
    key = key_of(name)
    written = [row_of(entry) for entry in entries]
    if not written:
        raise InputError(
            f'"{shown(name)}" cannot stand for nothing.', hint="Give it at least one entry."
        )
    for row, figures in written:
        snapshots.keep(row, figures)
    connection.execute(
        "INSERT INTO usual (name, entries) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET entries = excluded.entries",
        (key, text_of([row for row, _ in written])),
    )


def forget(connection: sqlite3.Connection, name: str) -> None:
    """Let a name stand for nothing. InputError when it does not stand for anything."""
    if not connection.execute("DELETE FROM usual WHERE name = ?", (key_of(name),)).rowcount:
        raise _unknown(connection, name)


def _unknown(connection: sqlite3.Connection, name: str) -> InputError:
    names = [shown(row[0]) for row in connection.execute("SELECT name FROM usual")]
    return InputError(
        f'Nothing goes by the name "{shown(name)}".{did_you_mean(name, names)}',
        hint="Keep entries under that name first.",
    )
