"""Opening the diary's file, writing to it all or not at all, and saying in words what went wrong.

The file, and what SQLite puts beside it, is its owner's alone from the first byte. No look at it is ever
taken but by SQLite: closing a file that this process has open elsewhere would drop the locks on it.
"""

import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from mealmag.errors import InputError, MealmagError, WriteError
from mealmag.storage.diary.schema import APPLICATION_ID, MIGRATIONS

BUSY_SECONDS = 5.0  # how long to wait for another process that is writing
PRIVATE_FILE, _PRIVATE_FOLDER = 0o600, 0o700
_OLDEST_SQLITE = (3, 37)  # the first with strict tables
_RETRY_SECONDS = 0.01
_BEGIN_ANEW = "Move it away to begin a new one; `mealmag diary import FILE` brings an export back."


def open_database(path: Path, *, create: bool = True) -> sqlite3.Connection:
    """The diary's database, of the latest version, made when it is not there.

    With `create` false and no file, an empty database that cannot be written to, and nothing is made.
    InputError for a file that cannot be used, WriteError where the place cannot be written.
    """
    if not exists(path):
        if not create:
            return _empty(path)
        _make(path)
    connection = connect(path)
    with in_words(path), _closed_on_error(connection):
        _use_write_ahead_log(connection)
        connection.execute("PRAGMA synchronous = FULL")
        migrate(connection)
    return connection


def connect(path: Path) -> sqlite3.Connection:
    """A connection to a file that is there, after a look whether it is a diary; nothing is changed.

    The file may be of an older version. InputError when it is no diary, damaged, or of a newer one.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise MealmagError(
            f"The diary needs SQLite 3.37 or newer; this Python has {sqlite3.sqlite_version}.",
            hint="Use a newer Python.",
        )
    address = f"{_real(path).as_uri()}?mode=rw"
    with in_words(path):
        connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        with _closed_on_error(connection):
            _vet(connection, path)
    return connection


def exists(path: Path) -> bool:
    """Whether there is a file of that name. InputError when what is there is not a file to read."""
    try:
        found = _real(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    if stat.S_ISDIR(found.st_mode):
        raise _unreadable(path, "it is a folder, not a file")
    if not stat.S_ISREG(found.st_mode):
        raise _unreadable(path, "it is not an ordinary file")
    if not os.access(path, os.R_OK):
        raise _unreadable(path, "its permissions forbid it")
    return True


def migrate(connection: sqlite3.Connection) -> None:
    """Take the steps that the file has not had, all of them or none, then watch over references.

    References are not watched during the steps, so that a step may replace a table that others refer to.
    """
    connection.execute("PRAGMA foreign_keys = OFF")
    if _number(connection, "user_version") < len(MIGRATIONS):
        with transaction(connection):
            # Another process may have been first, between the look and the transaction.
            for step in MIGRATIONS[_number(connection, "user_version") :]:
                step(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    connection.execute("PRAGMA foreign_keys = ON")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside is kept together, or on any exception nothing of it.

    Other processes wait from the beginning, so that what is read inside stays true until the end.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            with suppress(sqlite3.Error):  # the first error says more
                connection.execute("ROLLBACK")
        raise


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Errors of SQLite's inside become errors that say what is wrong with the diary and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _said(path, error) from error


class _Look(NamedTuple):
    application: int
    version: int
    tables: int


def _look(connection: sqlite3.Connection) -> _Look:
    """What a file says of itself, all of the same moment."""
    connection.execute("BEGIN")
    try:
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        return _Look(
            _number(connection, "application_id"), _number(connection, "user_version"), int(tables)
        )
    finally:
        connection.execute("ROLLBACK")


def _number(connection: sqlite3.Connection, name: str) -> int:
    (number,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(number)


def _vet(connection: sqlite3.Connection, path: Path) -> None:
    look = _look(connection)
    if look == _Look(0, 0, 0):  # a file without content is a diary that was not begun
        return
    if look.application != APPLICATION_ID:
        raise InputError(
            f"{path} is a database of another program, not a diary of mealmag.",
            hint=f"{_BEGIN_ANEW} It was not changed.",
        )
    if look.version > len(MIGRATIONS):
        raise InputError(
            f"The diary {path} is of version {look.version}; "
            f"this mealmag knows versions up to {len(MIGRATIONS)}.",
            hint="Use the newer mealmag that wrote it. It was not changed.",
        )


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Readers then never wait for a writer. SQLite does not itself wait when two begin a file at once."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_RETRY_SECONDS)
        else:
            return


def _empty(path: Path) -> sqlite3.Connection:
    with in_words(path):
        connection = sqlite3.connect(":memory:", isolation_level=None)
        with _closed_on_error(connection):
            migrate(connection)
            connection.execute("PRAGMA query_only = ON")
    return connection


def _make(path: Path) -> None:
    """An empty file for its owner only, and the folders above it that are missing."""
    target = _real(path)
    try:
        for folder in (*reversed(target.parent.parents), target.parent):
            if not folder.exists():
                folder.mkdir(_PRIVATE_FOLDER, exist_ok=True)
        with suppress(FileExistsError):  # another process was first: it is its file too
            os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
    except OSError as error:
        raise WriteError(
            f"The diary {path} cannot be made: {error.strerror or error}.",
            hint="Choose another place for the diary, or mend the permissions of its folder.",
        ) from error


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _real(path: Path) -> Path:
    """Where a link points: SQLite puts its other files beside that."""
    return Path(os.path.realpath(path))


def _unreadable(path: Path, reason: str) -> InputError:
    return InputError(
        f"The diary {path} cannot be read: {reason}.",
        hint="Mend that, or give mealmag another place for the diary. Nothing was changed.",
    )


def _code(error: sqlite3.Error) -> int | None:
    """The primary result code; None where the error is of Python's own."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


_IN_USE = ("another program keeps it locked", "Close the other program, then try again.")
_NOT_WRITABLE = (
    "it cannot be written, or its folder cannot",
    "Mend the permissions of the file and its folder, or choose another place for the diary.",
)
_NOT_WRITTEN = {
    sqlite3.SQLITE_BUSY: _IN_USE,
    sqlite3.SQLITE_LOCKED: _IN_USE,
    sqlite3.SQLITE_PROTOCOL: _IN_USE,
    sqlite3.SQLITE_FULL: ("the disk is full", "Make room on the disk, then do it again."),
    sqlite3.SQLITE_READONLY: _NOT_WRITABLE,
    sqlite3.SQLITE_CANTOPEN: _NOT_WRITABLE,
    sqlite3.SQLITE_PERM: _NOT_WRITABLE,
    sqlite3.SQLITE_IOERR: ("the disk gives an error", "See whether the disk is well and not full."),
}


def _said(path: Path, error: sqlite3.Error) -> MealmagError:
    code = _code(error)
    if code in _NOT_WRITTEN:
        reason, hint = _NOT_WRITTEN[code]
        return WriteError(f"The diary {path} cannot be used: {reason}.", hint=hint)
    if isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError):
        return MealmagError(
            f"The diary {path} was used wrongly by mealmag itself: {error}.",
            hint="This is a fault of mealmag: please report it.",
        )
    if code == sqlite3.SQLITE_NOTADB:
        reason = "it is not a diary of mealmag"
    elif code in (sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_TOOBIG):
        return InputError(
            f"The diary {path} does not take this: {error}.", hint="Nothing was changed."
        )
    else:
        reason = f"it is damaged ({error})"
    return InputError(
        f"The diary {path} cannot be read: {reason}.",
        hint=f"Put a copy that is whole in its place. Else: {_BEGIN_ANEW}",
    )
