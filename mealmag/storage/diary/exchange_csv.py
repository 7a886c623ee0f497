"""Entries as one CSV table, for a spreadsheet: a row an entry, its figures and their source beside it.

After the fixed columns comes one for each nutrient: ours in their order, then by name those that only
some food table has. An empty cell is unknown. A table cannot say that an entry lacks a nutrient
altogether, so all that is read back have every nutrient of the table, unknown where it was lacking; but
for that, what is written comes back to the digit.

No cell runs as a formula: a text that begins with = + - @ (also as wide letters, or with a tab or a new
line) gets an apostrophe before it. So does one that begins with apostrophes and then one of these, so
that reading takes away exactly what writing put there.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from io import StringIO
from itertools import chain
from unicodedata import category

from mealmag.catalogue.foods import delimiter_of
from mealmag.nutrition.diary import Entry
from mealmag.nutrition.nutrients import BY_KEY
from mealmag.storage.diary.exchange import (
    Intake,
    incoming_lines,
    outgoing,
    outgoing_text,
    unwritable,
)
from mealmag.storage.diary.exchange_fields import TABLES, Fault, Fields
from mealmag.storage.diary.exchange_values import fault_of_key, quoted

COLUMNS = (
    "id", "day", "time", "meal", "ledger", "name_en", "name_nl", "food", "group", "source", "record",
    "basis", "quantity", "measure", "said", "dish", "magnesium_n", "magnesium_se_mg", TABLES,
)  # fmt: skip
"""The columns that every such table has; those of nutrients come after them."""

_WORDS = frozenset(
    {"meal", "name_en", "name_nl", "food", "group", "source", "record", "measure", "said", "dish"}
)
_GUARDED = re.compile("'*[=+\\-@＝＋－＠\t\r\n]")
_NEWLINE = "\r\n"

Wrong = Callable[[str | None, str], None]


def to_csv(entries: Iterable[Entry]) -> str:
    """The entries in their order. InputError for what `from_csv` would refuse, control characters too."""
    every = tuple(entries)
    more = {key for entry in every for key in entry.snapshot.nutrients} - BY_KEY.keys()
    nutrients = (*BY_KEY, *sorted(more))
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator=_NEWLINE)
    writer.writerow((*COLUMNS, *nutrients))
    for entry, fields in outgoing(every):
        tables = ";".join(f"{table}={mg}" for table, mg in sorted(fields.tables.items()))
        cells = {
            **fields.texts,
            **{name: _guarded(entry, fields, name) for name in _WORDS},
            TABLES: tables,
        }
        writer.writerow(
            (
                *(cells[column] for column in COLUMNS),
                *(fields.nutrients.get(key, "") for key in nutrients),
            )
        )
    return outgoing_text(text.getvalue())


def from_csv(text: str, file: str) -> tuple[Entry, ...]:
    """The entries of such a table. InputError that names every problem by its line of `file` and column.

    A row that takes several lines is named by its first. Columns may stand in any order, and those of
    nutrients may be left out. A byte-order mark, any kind of newline, semicolons between the cells and
    empty rows are accepted.
    """
    intake = Intake(file)
    rows = _rows(incoming_lines(text, file), intake)
    line, header = next(rows, (1, ()))
    if intake.all_well:
        _check_header(header, partial(intake.wrong, line))
    if intake.all_well:
        for line, cells in rows:
            wrong = partial(intake.wrong, line)
            if len(cells) == len(header):
                intake.take(line, _fields(dict(zip(header, cells, strict=True)), wrong))
            else:
                wrong(None, f"The row has {len(cells)} cells, the header has {len(header)}.")
    return intake.entries()


def _rows(lines: Iterator[str], intake: Intake) -> Iterator[tuple[int, Sequence[str]]]:
    """Each row that is not empty, with the line that it begins on; reading ends where it is no CSV."""
    first = next(lines, "")
    reader = csv.reader(chain((first,), lines), delimiter=delimiter_of(first), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        intake.wrong(
            line, None, f"The row that begins here is not CSV: {error}. What follows was not read."
        )


def _check_header(header: Sequence[str], wrong: Wrong) -> None:
    if not header:
        wrong(None, f"The first line must name the columns: {', '.join(COLUMNS)}, then nutrients.")
        return
    seen: set[str] = set()
    for position, column in enumerate(header, 1):
        if column in seen:
            wrong(column, "This column stands there twice.")
        elif column not in COLUMNS and (fault := fault_of_key(column, header, (*COLUMNS, *BY_KEY))):
            wrong(column or f"column {position}", fault)
        seen.add(column)
    for column in COLUMNS:
        if column not in seen:
            wrong(column, "This column is missing.")


def _fields(cells: Mapping[str, str], wrong: Wrong) -> Fields:
    texts = {}
    for column in COLUMNS:
        if column in _WORDS:
            if fault := _control_fault(cells[column]):
                wrong(column, fault)
                continue
            texts[column] = _unguarded(cells[column])
        elif column != TABLES:
            texts[column] = cells[column]
    return Fields(
        texts,
        {column: cell for column, cell in cells.items() if column not in COLUMNS},
        _tables(cells[TABLES], partial(wrong, TABLES)),
    )


def _tables(cell: str, wrong: Callable[[str], None]) -> dict[str, str]:
    """`table=figure` with semicolons between."""
    texts: dict[str, str] = {}
    for part in cell.split(";") if cell else ():
        table, equals, figure = part.partition("=")
        if not equals:
            wrong(f"{quoted(part)} is not a table's figure: write it as in usda=270;cofid=240.")
        elif table in texts:
            wrong(f"{quoted(table)} stands there twice.")
        else:
            texts[table] = figure
    return texts


def _guarded(entry: Entry, fields: Fields, name: str) -> str:
    text = fields.texts[name]
    if fault := _control_fault(text):
        raise unwritable(entry, Fault(name, fault), "JSON Lines can hold it.")
    return f"'{text}" if _GUARDED.match(text) else text


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell


def _control_fault(text: str) -> str:
    """Why a table cannot hold a text; empty where it can. Tabs and new lines it can."""
    if text.isprintable():
        return ""
    found = next((sign for sign in text if category(sign) == "Cc" and sign not in "\t\r\n"), None)
    if found is None:
        return ""
    return f"There is a control character in it (U+{ord(found):04X}): take it out."
