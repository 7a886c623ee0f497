"""Make `data/foods.csv` and `data/usda.csv` from the published tables and the files kept by hand.

The hand-kept files hold only what no table has: our id, names, synonyms, group, diet class,
allergens, roles, measures, serving and packet (`foods_curation.csv`), and which record of each other table
is the same food (`foods_matches.csv`); and what mineral waters say of themselves, where it was read
(`water_labels.csv`). Every figure is copied as the text of the cell of its source,
unchanged; an empty cell stays empty. Only where a table counts otherwise than USDA (Ciqual's
available carbohydrate, Swiss drinks per 100 ml) is a figure computed, as `other_tables.py` says.

The source is the USDA National Nutrient Database for Standard Reference, SR Legacy: one CSV table,
or the folder of a release as USDA publishes it (ASCII, or FoodData Central's CSV). Running this
again changes nothing.
"""

import argparse
import csv
import io
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mealmag.catalogue import food_cells as cells
from mealmag.catalogue.foods import COLUMNS, load_foods
from mealmag.errors import ExitCode, InputError, MealmagError, WriteError
from mealmag.nutrition.nutrients import NUTRIENTS
from tools.csv_files import Row, place, read_table
from tools.other_tables import OtherTables
from tools.usda import SAMPLING, Record, read_usda

ROOT = Path(__file__).resolve().parent.parent
CURATED = (
    "id", "name_en", "name_nl", "synonyms_en", "synonyms_nl", "group", "record", "state", "diet",
    "allergens", "roles", "measures", "serving", "everyday", "colour",
    "main_food", "fortified", "packet",
)  # fmt: skip
MATCHED = (
    "id", "usda", "foundation", "swiss", "cofid", "ciqual", "label", "iodine", "oxalic_acid",
)  # fmt: skip
EVERY_FOOD = (
    "ndb_no", "fdc_id", "source", "description", "common_names", "refuse_percent", "portions",
    *(column for column in COLUMNS if column in {n.key for n in NUTRIENTS} | set(SAMPLING)),
)  # fmt: skip
_READERS = {
    "id": cells.read_id,
    "name_en": cells.read_name,
    "name_nl": cells.read_name,
    "synonyms_en": cells.read_synonyms,
    "synonyms_nl": cells.read_synonyms,
    "group": cells.read_group,
    "record": cells.read_record,
    "state": cells.read_state,
    "diet": cells.read_diet,
    "allergens": cells.read_allergens,
    "roles": cells.read_roles,
    "measures": cells.read_measures,
    "everyday": cells.read_everyday,
    "colour": cells.read_colour,
    "main_food": cells.read_main_food,
    "fortified": cells.read_fortified,
    "packet": cells.read_packet,
}
_CIQUAL = "Ciqual 2020"
_LABEL = "label"


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the files; 0 when they are written, else a documented exit code and a clear sentence."""
    parser = argparse.ArgumentParser(prog="build_foods.py", description=__doc__)
    parser.add_argument(
        "--source", type=Path, required=True,
        help="the USDA table (CSV), or the folder of a release (SR ASCII, FoodData Central CSV)",
    )  # fmt: skip
    parser.add_argument(
        "--tables", type=Path,
        help="the folder of the other tables (default: the folder of the source)",
    )  # fmt: skip
    parser.add_argument(
        "--portions", type=Path, help="the household weights that belong to a USDA table (CSV)"
    )
    for name in ("curation", "matches"):
        parser.add_argument(
            f"--{name}", type=Path, default=ROOT / "tools" / f"foods_{name}.csv",
            help=f"the file kept by hand (default: tools/foods_{name}.csv)",
        )  # fmt: skip
    parser.add_argument(
        "--output", type=Path, default=ROOT / "data" / "foods.csv",
        help="the file to write (default: data/foods.csv)",
    )  # fmt: skip
    parser.add_argument("--every-food", type=Path, help="also write all foods of the source here")
    options = parser.parse_args(arguments)
    try:
        records = read_usda(options.source, options.portions)
        other = OtherTables(options.tables or options.source.parent)
        curated = _read_curation(options.curation)
        matches = _read_matches(options.matches, {row["id"] for _, row in curated})
        makers = _Maker(options.source, options.curation, options.matches, records, other, matches)
        ordered = sorted(curated, key=lambda each: each[1]["id"])
        rows = [makers.food(line, row) for line, row in ordered]
        _write(options.output, _csv(COLUMNS, rows))
        print(f"{len(rows)} foods written to {options.output}")
        if options.every_food:
            rows = [_every_food(records[code]) for code in sorted(records)]
            options.every_food.write_text(_csv(EVERY_FOOD, rows), "utf-8", newline="")
            print(f"{len(rows)} foods written to {options.every_food}")
    except MealmagError as error:
        print(f"{error.title}: {error.message}", file=sys.stderr)
        return int(error.exit_code)
    return int(ExitCode.OK)


def _read_curation(path: Path) -> list[Row]:
    rows = read_table(path, CURATED, only_these=True)
    first_lines: dict[tuple[str, str], int] = {}
    for line, row in rows:
        for column, reader in _READERS.items():
            try:
                reader(row[column])
            except ValueError as error:
                raise InputError(f"{place(path, line, column)}: {error}") from None
        for column, asked in (("record", "its record"), ("state", "its state")):
            if not row[column]:
                raise InputError(f"{place(path, line, column)}: every food names {asked}.")
        for column in ("id", "name_en", "name_nl"):
            first = first_lines.setdefault((column, row[column].casefold()), line)
            if first != line:
                where = place(path, line, column)
                raise InputError(f'{where}: "{row[column]}" already stands in line {first}.')
    return rows


def _read_matches(path: Path, known: set[str]) -> dict[str, Row]:
    matches: dict[str, Row] = {}
    for line, row in read_table(path, MATCHED, only_these=True):
        if row["id"] not in known:
            where = place(path, line, "id")
            raise InputError(f'{where}: "{row["id"]}" is not in the curation file.')
        if row["id"] in matches:
            where = place(path, line, "id")
            raise InputError(f'{where}: "{row["id"]}" stood in line {matches[row["id"]][0]}.')
        matches[row["id"]] = (line, row)
    return matches


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the row of a food from its record and its matches."""

    source: Path
    curation: Path
    matches_path: Path
    records: Mapping[str, Record]
    other: OtherTables
    matches: Mapping[str, Row] = field(default_factory=dict)

    def food(self, line: int, curated: Mapping[str, str]) -> list[str]:
        table, _, code = curated["record"].partition(":")
        where = place(self.curation, line, "record")
        if table == "usda":
            made = self._of_usda(where, code)
        elif table == "ciqual":
            made = self._of_ciqual(where, code)
        elif table == "label":
            made = self._of_label(where, code)
        else:
            raise InputError(f"{where}: a record is usda:, ciqual: or label:, not {table}:.")
        made |= curated
        measures = cells.read_measures(curated["measures"])
        made["measures"] = ";".join(f"1 {each.name}={each.grams}" for each in measures)
        self._add_matches(made, table, code)
        return [made.get(column, "") for column in COLUMNS]

    def _of_usda(self, where: str, code: str) -> dict[str, str]:
        record = self.records.get(code)
        if record is None:
            raise InputError(f"{where}: there is no record {code} in {self.source.name}.")
        made = {
            "source": record.source, "ndb_no": record.ndb_no, "fdc_id": record.fdc_id,
            "source_description": record.description, **record.figures,
        }  # fmt: skip
        if record.refuse_percent:
            made["edible_percent"] = str(100 - int(record.refuse_percent))
        return made

    def _of_ciqual(self, where: str, code: str) -> dict[str, str]:
        found = self.other.ciqual_food(code)
        if found is None:
            raise InputError(f"{where}: there is no record {code} in Ciqual.")
        name, figures = found
        return {"source": _CIQUAL, "source_description": name, **figures}

    def _of_label(self, where: str, code: str) -> dict[str, str]:
        found = self.other.water(code)
        if found is None:
            raise InputError(f"{where}: there is no water {code} in water_labels.csv.")
        name, figures = found
        return {"source": _LABEL, "source_description": name, **figures}

    def _add_matches(self, made: dict[str, str], table: str, code: str) -> None:
        """The other tables' magnesium and record, ours in its place among them."""
        line, match = self.matches.get(made["id"], (0, dict.fromkeys(MATCHED, "")))
        codes = {name: match[name] for name in cells.TABLES if match.get(name)}
        if table in codes:
            where = place(self.matches_path, line, table)
            raise InputError(f"{where}: the food's own record is of this table.")
        values = {name: self._magnesium(line, name, codes[name]) for name in codes}
        if made["magnesium_mg"]:
            values[table], codes[table] = made["magnesium_mg"], code
        for column, of in (("magnesium_tables", values), ("table_records", codes)):
            made[column] = ";".join(f"{name}={of[name]}" for name in cells.TABLES if name in of)
        for key, column, reader in (
            ("iodine", "iodine_ug", self.other.iodine),
            ("oxalic_acid", "oxalic_acid_mg", self.other.oxalic_acid),
        ):
            if match[key]:
                figure = reader(match[key])
                if figure is None:
                    raise InputError(
                        f"{place(self.matches_path, line, key)}: {match[key]} has no figure."
                    )
                made[column] = figure

    def _magnesium(self, line: int, table: str, code: str) -> str:
        if table == "usda":
            record = self.records.get(code)
            figure = record.figures["magnesium_mg"] if record else ""
        else:
            figure = self.other.magnesium(table, code) or ""
        if not figure:
            where = place(self.matches_path, line, table)
            raise InputError(f"{where}: there is no record {code} with a magnesium figure.")
        return figure


def _every_food(record: Record) -> list[str]:
    portions = "|".join(
        f"{amount} {measure}={grams}".replace("|", "/")
        for amount, measure, grams in record.portions
    )
    made = {
        "ndb_no": record.ndb_no, "fdc_id": record.fdc_id, "source": record.source,
        "description": record.description, "common_names": record.common_names,
        "refuse_percent": record.refuse_percent, "portions": portions, **record.figures,
    }  # fmt: skip
    return [made.get(column, "") for column in EVERY_FOOD]


def _csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return table.getvalue()


def _write(output: Path, text: str) -> None:
    """All or nothing: written beside it, read back as the program does, then put in its place."""
    beside = output.with_name(f".{output.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(text.encode("utf-8"))
        _, problems = load_foods(beside)
        if problems:
            first = problems[0]
            where = place(output, first.line, first.column)
            raise InputError(f"{where}: {first.message} Nothing was written.")
        beside.replace(output)
    except OSError as error:
        raise WriteError(f"{output}: it cannot be written: {error.strerror}.") from None
    finally:
        beside.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
