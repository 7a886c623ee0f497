"""The shape of the diary's file, as ordered steps from an empty file to the latest version.

`PRAGMA user_version` of a file is the number of steps that it has had. A step that was released is never
changed: a new shape is a new step at the end.
"""

import sqlite3
from collections.abc import Callable

APPLICATION_ID = 0x6D6D6167  # "mmag" in ASCII: tells a diary from another program's SQLite file

Migration = Callable[[sqlite3.Connection], None]

# Figures and images are JSON. A snapshot is named by the SHA-256 of its figures, so equal ones are stored
# once. Decimals are text, because SQLite has only binary fractions. `position` is the order of logging.
_VERSION_1 = (
    """
    CREATE TABLE snapshot (
        hash TEXT NOT NULL PRIMARY KEY,
        figures TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE entry (
        id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 32 AND id NOT GLOB '*[^0-9a-f]*'),
        day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
        time TEXT,
        meal TEXT NOT NULL,
        ledger TEXT NOT NULL CHECK (ledger IN ('food', 'water', 'supplement')),
        quantity TEXT NOT NULL CHECK (CAST(quantity AS REAL) > 0),
        measure TEXT NOT NULL,
        said TEXT NOT NULL,
        dish TEXT NOT NULL,
        snapshot TEXT NOT NULL REFERENCES snapshot (hash),
        position INTEGER NOT NULL UNIQUE
    ) STRICT
    """,
    "CREATE INDEX entry_by_day ON entry (day, position)",
    """
    CREATE TABLE action (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        what TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
    ) STRICT
    """,
    """
    CREATE TABLE change (
        id INTEGER PRIMARY KEY,
        action INTEGER NOT NULL REFERENCES action (id),
        entry TEXT NOT NULL,
        before TEXT,
        after TEXT
    ) STRICT
    """,
    "CREATE INDEX change_by_action ON change (action)",
    "CREATE TABLE usual (name TEXT NOT NULL PRIMARY KEY, entries TEXT NOT NULL) STRICT",
    "CREATE TABLE meaning (words TEXT NOT NULL PRIMARY KEY, food TEXT NOT NULL) STRICT",
)


def _first(connection: sqlite3.Connection) -> None:
    for statement in _VERSION_1:
        connection.execute(statement)


MIGRATIONS: tuple[Migration, ...] = (_first,)
