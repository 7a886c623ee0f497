"""Whether a diary's file is whole, and mending what in it can be made anew from the rest."""

import os
import re
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from mealmag.errors import InputError, MealmagError, WriteError
from mealmag.nutrition.diary import Basis, Snapshot
from mealmag.storage.diary.actions import read_time
from mealmag.storage.diary.database import (
    PRIVATE_FILE,
    connect,
    exists,
    in_words,
    migrate,
    open_database,
    transaction,
)
from mealmag.storage.diary.entries import (
    COLUMNS,
    Row,
    entry_of,
    hash_of,
    read_figures,
    rows_of,
    shown,
)

_BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite keeps by the side of a file
_OTHERS = 0o077
_HASH = re.compile(r"[0-9a-f]{64}")
_MOST_FAULTS = 20
_ANY = Snapshot("", "", "", "", "", "", Basis.ONE, {})


def examine(path: Path) -> tuple[str, ...]:
    """What is wrong with a diary, in words; nothing for one that is whole or that is not there.

    What is looked at is a copy in memory: the file is not changed, nor kept from anybody meanwhile.
    """
    faults: list[str] = []
    try:
        if exists(path):
            faults.extend(_permissions(path))
            with in_words(path), closing(connect(path)) as source, closing(_memory()) as copy:
                source.backup(copy)
                faults.extend(_structure(copy))
                migrate(copy)
                for look in (_tables, _snapshots, _entries, _images):
                    faults.extend(look(copy))
    except InputError as error:
        faults.append(error.message)
    return tuple(faults)


def rebuild(path: Path) -> Path:
    """Make anew what follows from the rest, and return the name of the copy that was kept first.

    Indexes are written again, figures that nothing refers to are dropped, free space is given back, and
    the file is closed to others. An earlier copy of that name is replaced.
    """
    if not exists(path):
        raise InputError(f"There is no diary {path}.", hint="Give the place of the diary.")
    copy = _keep_copy(path)
    with in_words(path), closing(open_database(path)) as connection:
        connection.execute("REINDEX")
        with transaction(connection):
            _drop_unused(connection)
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    _close_to_others(path)
    return copy


def advice(path: Path) -> str:
    """What helps a diary with faults: to rebuild it where it can be opened, else what its refusal says."""
    try:
        connect(path).close()
    except MealmagError as error:
        return error.hint
    return "`mealmag doctor --rebuild` mends what is derived, and keeps a copy."


def _memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


def _permissions(path: Path) -> Iterator[str]:
    for file in _files(path):
        with suppress(FileNotFoundError):
            if file.stat().st_mode & _OTHERS:
                yield f"{file} is open to others than its owner."


def _files(path: Path) -> tuple[Path, ...]:
    """The files that hold the diary; none where permissions say nothing of others."""
    if os.name == "nt":
        return ()
    real = Path(os.path.realpath(path))
    return tuple(real.with_name(real.name + suffix) for suffix in _BESIDE)


def _structure(connection: sqlite3.Connection) -> Iterator[str]:
    found = connection.execute(f"PRAGMA integrity_check({_MOST_FAULTS})").fetchall()
    for (words,) in found:
        if words != "ok":
            yield f"The file is damaged: {words}."
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield f'A row of the table "{table}" refers to one of "{parent}" that is not there.'


def _tables(connection: sqlite3.Connection) -> Iterator[str]:
    """What a new diary has and this one has not."""
    query = "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY rowid"
    with closing(_memory()) as new:
        migrate(new)
        wanted = new.execute(query).fetchall()
    found = set(connection.execute(query).fetchall())
    for kind, name in wanted:
        if (kind, name) not in found:
            yield f'The {kind} "{name}" is not there.'


def _snapshots(connection: sqlite3.Connection) -> Iterator[str]:
    for name, figures in connection.execute("SELECT hash, figures FROM snapshot").fetchall():
        if hash_of(figures) != name:
            yield f"The figures {name[:8]} are not those that were kept."
            continue
        try:
            read_figures(figures)
        except InputError:
            yield f"The figures {name[:8]} cannot be read."


def _entries(connection: sqlite3.Connection) -> Iterator[str]:
    found = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM entry ORDER BY day, position")
    for values in found.fetchall():
        row: Row = dict(zip(COLUMNS, values, strict=True))
        if not _readable(row):
            yield f"The entry {row['id']} on {row['day']} cannot be read."


def _images(connection: sqlite3.Connection) -> Iterator[str]:
    """What would come to light only at an undo, or when a usual is logged."""
    kept = {name for (name,) in connection.execute("SELECT hash FROM snapshot")}
    for number, at in connection.execute("SELECT id, at FROM action ORDER BY id").fetchall():
        try:
            read_time(at)
        except InputError:
            yield f"The time of action {number} cannot be read."
    for action, before, after in connection.execute(
        "SELECT action, before, after FROM change ORDER BY id"
    ).fetchall():
        if not all(_whole(text, kept) for text in (before, after) if text is not None):
            yield f"Action {action} cannot be undone: an entry of it cannot be read."
    for name, text in connection.execute("SELECT name, entries FROM usual").fetchall():
        if not _whole(text, kept):
            yield f'The entries that go by "{shown(name)}" cannot be read.'


def _whole(text: str, kept: set[str]) -> bool:
    try:
        rows = rows_of(text)
    except InputError:
        return False
    return all(_readable(row) and row["snapshot"] in kept for row in rows)


def _readable(row: Row) -> bool:
    """Whether the row makes an entry, whatever its figures."""
    try:
        entry_of(row, _ANY)
    except InputError:
        return False
    return True


def _keep_copy(path: Path) -> Path:
    """A copy in one piece by SQLite itself, which has in it what stands only in the log as yet."""
    copy = path.with_name(f"{path.name}.before-rebuild")
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    try:
        os.close(os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
        with (
            in_words(path),
            closing(connect(path)) as source,
            closing(sqlite3.connect(temporary, isolation_level=None)) as target,
        ):
            source.backup(target)
        os.replace(temporary, copy)  # noqa: PTH105 - the one call that is atomic everywhere
    except OSError as error:
        raise WriteError(
            f"The copy {copy} cannot be made: {error.strerror or error}.",
            hint="Make room for it, or mend the permissions of its folder. Nothing was changed.",
        ) from error
    finally:
        for suffix in _BESIDE:
            temporary.with_name(temporary.name + suffix).unlink(missing_ok=True)
    return copy


def _drop_unused(connection: sqlite3.Connection) -> None:
    """Drop figures that no entry, no change and no usual names, also not in one that is damaged."""
    used = {name for (name,) in connection.execute("SELECT snapshot FROM entry")}
    for query in (
        "SELECT coalesce(before, '') || coalesce(after, '') FROM change",
        "SELECT entries FROM usual",
    ):
        for (text,) in connection.execute(query):
            used.update(_HASH.findall(text))
    unused = [
        (name,) for (name,) in connection.execute("SELECT hash FROM snapshot") if name not in used
    ]
    connection.executemany("DELETE FROM snapshot WHERE hash = ?", unused)


def _close_to_others(path: Path) -> None:
    for file in _files(path):
        with suppress(FileNotFoundError):
            try:
                file.chmod(file.stat().st_mode & ~_OTHERS)
            except PermissionError as error:
                raise WriteError(
                    f"The permissions of {file} cannot be changed: {error.strerror}.",
                    hint="Its owner can do it: chmod 600.",
                ) from error
