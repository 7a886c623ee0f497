"""Make `data/foods.csv` from the USDA table and the file kept by hand.

The hand-kept file holds only what USDA has not: our id, short names, group, diet class,
allergens, roles and measures. Every figure is copied as the text of the cell of the source,
unchanged; an empty cell stays empty. The source is the USDA National Nutrient Database for Standard
Reference, SR Legacy (April 2018), as one CSV table with a row for each food. Running this again
changes nothing.
"""

import argparse
import csv
import io
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mealmag.catalogue import food_cells as cells
from mealmag.catalogue.foods import COLUMNS, load_foods
from mealmag.errors import ExitCode, InputError, MealmagError, WriteError, did_you_mean

ROOT = Path(__file__).resolve().parent.parent
CURATED = (
    "id", "name_en", "name_nl", "group", "ndb_no", "diet", "allergens", "roles", "measures",
    "everyday",
)  # fmt: skip
SOURCES = {"SR Legacy 2018": "USDA SR Legacy 2018", "SR28 May 2016": "USDA SR28 2016"}
_TAKEN_OVER = tuple(column for column in COLUMNS if column not in CURATED)
_MADE_FROM = {"source": "values_from", "usda_description": "description"}
_READERS = {
    "id": cells.read_id,
    "name_en": cells.read_name,
    "name_nl": cells.read_name,
    "group": cells.read_group,
    "ndb_no": cells.read_ndb_no,
    "diet": cells.read_diet,
    "allergens": cells.read_allergens,
    "roles": cells.read_roles,
    "measures": cells.read_measures,
    "everyday": cells.read_everyday,
}

Row = tuple[int, dict[str, str]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the file; 0 when it is written, else a documented exit code and one clear sentence."""
    parser = argparse.ArgumentParser(prog="build_foods.py", description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="the USDA table (CSV)")
    parser.add_argument(
        "--curation", type=Path, default=ROOT / "tools" / "foods_curation.csv",
        help="the file kept by hand (default: tools/foods_curation.csv)",
    )  # fmt: skip
    parser.add_argument(
        "--output", type=Path, default=ROOT / "data" / "foods.csv",
        help="the file to write (default: data/foods.csv)",
    )  # fmt: skip
    options = parser.parse_args(arguments)
    try:
        count = build(options.source, options.curation, options.output)
    except MealmagError as error:
        print(f"{error.title}: {error.message}", file=sys.stderr)
        return int(error.exit_code)
    print(f"{count} foods written to {options.output}")
    return int(ExitCode.OK)


def build(source: Path, curation: Path, output: Path) -> int:
    """Write `output` and say how many foods it holds; on any fault nothing is touched."""
    wanted = _read_curation(curation)
    used = {row["ndb_no"] for _, row in wanted}
    records = _read_records(source, used)
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line, row in sorted(wanted, key=lambda each: each[1]["id"]):
        if row["ndb_no"] not in records:
            place = _place(curation, line, "ndb_no")
            raise InputError(f"{place}: there is no record {row['ndb_no']} in {source.name}.")
        writer.writerow(_output_row(source, row, *records[row["ndb_no"]]))
    _write(output, table.getvalue())
    return len(wanted)


def _read_curation(path: Path) -> list[Row]:
    rows = _read_table(path, CURATED, only_these=True)
    first_lines: dict[tuple[str, str], int] = {}
    for line, row in rows:
        for column, reader in _READERS.items():
            try:
                reader(row[column])
            except ValueError as error:
                raise InputError(f"{_place(path, line, column)}: {error}") from None
        if not row["ndb_no"]:
            raise InputError(f"{_place(path, line, 'ndb_no')}: every food names its USDA record.")
        for column in ("id", "name_en", "name_nl"):
            first = first_lines.setdefault((column, row[column].casefold()), line)
            if first != line:
                place = _place(path, line, column)
                raise InputError(f'{place}: "{row[column]}" already stands in line {first}.')
    return rows


def _read_records(path: Path, used: set[str]) -> dict[str, Row]:
    """The wanted records by number, each with its line."""
    needed = [_MADE_FROM.get(column, column) for column in ("ndb_no", *_TAKEN_OVER)]
    records: dict[str, Row] = {}
    for line, row in _read_table(path, needed, only_these=False):
        number = row["ndb_no"]
        if number not in used:
            continue
        if number in records:
            place = _place(path, line, "ndb_no")
            raise InputError(f"{place}: {number} already stands in line {records[number][0]}.")
        records[number] = (line, row)
    return records


def _output_row(
    source: Path, curated: Mapping[str, str], line: int, record: Mapping[str, str]
) -> list[str]:
    row = {column: record[_MADE_FROM.get(column, column)] for column in _TAKEN_OVER}
    if row["source"] not in SOURCES:
        place = _place(source, line, "values_from")
        raise InputError(f'{place}: the release "{row["source"]}" is not known.')
    row["source"] = SOURCES[row["source"]]
    made = {**row, **curated}
    measures = cells.read_measures(curated["measures"])
    made["measures"] = ";".join(f"1 {measure.name}={measure.grams}" for measure in measures)
    return [made[column] for column in COLUMNS]


def _read_table(path: Path, needed: Iterable[str], *, only_these: bool) -> list[Row]:
    """The rows of a CSV file with their lines; refuses what is not such a file."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file.") from None
    except OSError as error:
        raise InputError(f"{path}: the file cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError(f"{path}:{line}: this is not UTF-8 text.") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
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


def _write(output: Path, text: str) -> None:
    """All or nothing: written beside it, read back as the program does, then put in its place."""
    beside = output.with_name(f".{output.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(text.encode("utf-8"))
        _, problems = load_foods(beside)
        if problems:
            first = problems[0]
            raise InputError(
                f"{_place(output, first.line, first.column)}: {first.message} Nothing was written."
            )
        beside.replace(output)
    except OSError as error:
        raise WriteError(f"{output}: it cannot be written: {error.strerror}.") from None
    finally:
        beside.unlink(missing_ok=True)


def _place(path: Path, line: int | None, column: str | None) -> str:
    return ":".join(str(part) for part in (path, line, column) if part is not None)


if __name__ == "__main__":
    sys.exit(main())
