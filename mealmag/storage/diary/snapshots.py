"""The figures that entries were logged with: each set once in the file, under its hash."""

import sqlite3
from collections.abc import Iterable

from mealmag.errors import InputError
from mealmag.nutrition.diary import Entry, Snapshot
from mealmag.storage.diary.entries import Row, entry_of, read_figures


class Snapshots:
    """The snapshots of one diary; each is read once, since what a hash names never changes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._read: dict[str, Snapshot] = {}

    def keep(self, row: Row, figures: str) -> None:
        """Have the figures of a row in the file."""
        self._connection.execute(
            "INSERT INTO snapshot (hash, figures) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (row["snapshot"], figures),
        )

    def entries(self, rows: Iterable[Row]) -> tuple[Entry, ...]:
        """The entries of these rows, with their figures."""
        return tuple(entry_of(row, self._of(str(row["snapshot"]))) for row in rows)

    def _of(self, name: str) -> Snapshot:
        if name not in self._read:
            found = self._connection.execute(
                "SELECT figures FROM snapshot WHERE hash = ?", (name,)
            ).fetchone()
            if found is None:
                raise InputError(
                    "The diary cannot be read: figures of an entry in it are not there.",
                    hint="Put a copy of the diary that is whole in its place.",
                )
            self._read[name] = read_figures(found[0])
        return self._read[name]
