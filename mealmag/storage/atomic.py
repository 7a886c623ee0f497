"""Writing a file so that it is, at every moment, either the old one or the new one, whole."""

import contextlib
import os
import secrets
import stat
from pathlib import Path

from mealmag.errors import WriteError

_NEW_FILE, _PRIVATE_FILE = 0o666, 0o600  # the first is narrowed by the user's umask


def write_atomic(path: Path, text: str, *, private: bool = False) -> None:
    """Write `text` as UTF-8 to `path`, by way of a new file in the same folder.

    An existing file keeps its permissions, a link keeps pointing where it did; a new file is
    readable by its owner only if `private`. WriteError, with the old file whole, when it cannot be
    done; missing folders are not made.
    """
    target = Path(os.path.realpath(path))
    mode = _mode(path, target, private=private)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise _failed(path, "the text holds characters that no file can hold") from error
    temporary = target.with_name(f".{target.name[:80]}.{secrets.token_hex(8)}.tmp")
    try:
        _write_new(temporary, data, mode)
        os.replace(temporary, target)  # noqa: PTH105 - the one call that is atomic everywhere
    except OSError as error:
        raise _failed(path, error.strerror or str(error)) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
    _sync_folder(target.parent)


def _mode(path: Path, target: Path, *, private: bool) -> int | None:
    """The permissions that an existing file has; None for a new file that is not private."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return _PRIVATE_FILE if private else None
    except OSError as error:
        raise _failed(path, error.strerror or str(error)) from error
    if stat.S_ISDIR(found.st_mode):
        raise WriteError(f"{path} is a folder, not a file.", hint="Give the name of a file.")
    if not stat.S_ISREG(found.st_mode):
        raise WriteError(f"{path} is not an ordinary file.", hint="Give the name of a file.")
    return stat.S_IMODE(found.st_mode)


def _write_new(path: Path, data: bytes, mode: int | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # Narrow from the start where the permissions are known, so that nobody reads it meanwhile.
    descriptor = os.open(path, flags, _NEW_FILE if mode is None else _PRIVATE_FILE)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        path.chmod(mode)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system lets a folder be synced."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _failed(path: Path, reason: str) -> WriteError:
    return WriteError(
        f"{path} was not written: {reason}.",
        hint="If there was a file before, it is whole and unchanged. Choose another place.",
    )
