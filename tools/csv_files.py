"""Reading the tables that the build works from, with the place of every fault."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from mealmag.errors import InputError, did_you_mean

Row = tuple[int, dict[str, str]]
"""A line number, and the cells of that line by column."""


def read_table(path: Path, needed: Iterable[str], *, only_these: bool = False) -> list[Row]:
    """The rows of a CSV file with their lines; InputError for what is not such a file."""
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    try:
        header = next(reader, [])
        _check_header(path, header, tuple(needed), only_these=only_these)
        rows = []
        for values in reader:
            if not values:
                continue
            if len(values) != len(header):
                place = f"{path}:{reader.line_num}"
                raise InputError(f"{place}: {len(values)} cells under {len(header)} columns.")
            rows.append((reader.line_num, dict(zip(header, values, strict=True))))
    except csv.Error as error:
        raise InputError(f"{path}:{reader.line_num}: this is not CSV: {error}.") from None
    if not rows:
        raise InputError(f"{path}: there is no row under the header.")
    return rows


def read_text(path: Path, encoding: str = "utf-8-sig") -> str:
    """The text of a file; InputError where it cannot be had."""
    try:
        return path.read_bytes().decode(encoding)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file.") from None
    except OSError as error:
        raise InputError(f"{path}: the file cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError(f"{path}:{line}: this is not UTF-8 text.") from None


def place(path: Path, line: int | None, column: str | None) -> str:
    """File, line and column as a message begins."""
    return ":".join(str(part) for part in (path, line, column) if part is not None)


def _check_header(
    path: Path, header: Sequence[str], needed: Sequence[str], *, only_these: bool
) -> None:
    for column in needed:
        if column not in header:
            raise InputError(f'{path}:1: the column "{column}" is missing.')
    for position, column in enumerate(header):
        if column in header[:position]:
            raise InputError(f'{path}:1: the column "{column}" stands there twice.')
        if only_these and column not in needed:
            hint = did_you_mean(column, needed)
            raise InputError(f'{path}:1: the column "{column}" is not known.{hint}')
