"""The rows of a small CSV file of the user's own that tells something of foods, and what is wrong with it."""

import csv
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from pathlib import Path

from mealmag.errors import DataProblem


def food_rows(
    path: Path,
    columns: tuple[str, ...],
    problems: list[DataProblem],
    *,
    is_aside: Callable[[str], bool] = lambda _: False,
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each whole row with its line; what cannot be read goes to `problems`.

    The header must be `columns`, `food` among them. Rows whose food `is_aside` are passed over.
    """
    file = str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        message = f"The file cannot be read: {error.strerror}."
        problems.append(DataProblem(file, None, None, message))
        return
    except UnicodeDecodeError:
        problems.append(DataProblem(file, None, None, "This is not UTF-8 text; save it as UTF-8."))
        return
    reader = csv.DictReader(StringIO(text, newline=""), strict=True)
    try:
        if tuple(reader.fieldnames or ()) != columns:
            message = f"The first line must be: {','.join(columns)}"
            problems.append(DataProblem(file, 1, None, message))
            return
        for row in reader:
            if is_aside(row["food"] or ""):
                continue
            if None in row or None in row.values():
                message = f"The row must have {len(columns)} cells."
                problems.append(DataProblem(file, reader.line_num, None, message))
                continue
            yield reader.line_num, row
    except csv.Error as error:
        message = f"The row cannot be read as CSV: {error}."
        problems.append(DataProblem(file, reader.line_num, None, message))
