"""The USDA National Nutrient Database in the three forms in which it can be had.

- one CSV table with a row for each food (the default of the build);
- the ASCII release of Standard Reference: FOOD_DES, NUT_DATA and WEIGHT, `^` between, `~` around;
- FoodData Central's CSV release of SR Legacy: food, sr_legacy_food, nutrient, food_nutrient,
  food_portion, measure_unit.

All three become the same records, every figure as the text that the release has. One is left out: a standard
error that cannot be of samples that lie between the least and the most that the same record gives.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mealmag.errors import InputError
from mealmag.nutrition.nutrients import NUTRIENTS
from tools.csv_files import place, read_table, read_text

SOURCES = {"SR Legacy 2018": "USDA SR Legacy 2018", "SR28 May 2016": "USDA SR28 2016"}
FIGURES = tuple(nutrient.key for nutrient in NUTRIENTS if nutrient.in_usda)
SAMPLING = ("magnesium_n", "magnesium_se_mg")
_RANGE = ("magnesium_min_mg", "magnesium_max_mg")
_ROUNDED_MG = 0.5  # each end of a range is a whole number
_TABLE = (
    "ndb_no", "fdc_id", "food_group", "description", "common_names", "values_from",
    "refuse_percent", *FIGURES, *SAMPLING, *_RANGE,
)  # fmt: skip
_PORTIONS = ("ndb_no", "seq", "amount", "measure", "grams")
_BY_NUMBER = {str(nutrient.usda_number): nutrient.key for nutrient in NUTRIENTS if nutrient.in_usda}
_MAGNESIUM = "304"


@dataclass(slots=True)
class Record:
    """A food of the release: `code` is its NDB number, or `fdc:` and FoodData Central's."""

    code: str
    ndb_no: str
    fdc_id: str
    group: str
    description: str
    common_names: str
    source: str
    refuse_percent: str
    figures: dict[str, str]
    portions: list[tuple[str, str, str]] = field(default_factory=list)
    """Amount, measure in the release's words, grams of both."""


def read_usda(source: Path, portions: Path | None = None) -> dict[str, Record]:
    """All records by code, from a table or from the folder of a release.

    `portions` belongs to the table; the releases bring their own. InputError where a file is missing
    or is not what it should be.
    """
    if not source.is_dir():
        return _of_table(source, portions)
    for name, reader in (("FOOD_DES.txt", _of_ascii), ("sr_legacy_food.csv", _of_fdc)):
        if (source / name).is_file():
            return reader(source)
    raise InputError(
        f"{source}: neither FOOD_DES.txt (SR, ASCII) nor sr_legacy_food.csv (FoodData Central) is there."
    )


def _of_table(path: Path, portions: Path | None) -> dict[str, Record]:
    records: dict[str, Record] = {}
    lines: dict[str, int] = {}
    for line, row in read_table(path, _TABLE):
        if row["values_from"] not in SOURCES:
            where = place(path, line, "values_from")
            raise InputError(f'{where}: the release "{row["values_from"]}" is not known.')
        code = row["ndb_no"] or (f"fdc:{row['fdc_id']}" if row["fdc_id"] else "")
        if not code:
            continue
        if code in records:
            where = place(path, line, "ndb_no")
            raise InputError(f"{where}: {code} already stands in line {lines[code]}.")
        lines[code] = line
        records[code] = Record(
            code, row["ndb_no"], row["fdc_id"], row["food_group"], row["description"],
            row["common_names"], SOURCES[row["values_from"]], row["refuse_percent"],
            {key: row[key] for key in (*FIGURES, *SAMPLING)},
        )  # fmt: skip
        records[code].figures["magnesium_se_mg"] = _possible_error(
            *(row[key] for key in (*SAMPLING, *_RANGE))
        )
    if portions is not None:
        for _, row in read_table(portions, _PORTIONS):
            if row["ndb_no"] in records:
                portion = (row["amount"], row["measure"], row["grams"])
                records[row["ndb_no"]].portions.append(portion)
    return records


def _of_ascii(folder: Path) -> dict[str, Record]:
    records = {}
    for _, cells in _ascii(folder / "FOOD_DES.txt", 14):
        records[cells[0]] = Record(
            cells[0], cells[0], "", cells[1], cells[2], cells[4], "USDA Standard Reference", cells[8],
            dict.fromkeys((*FIGURES, *SAMPLING), ""),
        )  # fmt: skip
    for line, cells in _ascii(folder / "NUT_DATA.txt", 18):
        record = records.get(cells[0])
        if record is None:
            where = place(folder / "NUT_DATA.txt", line, None)
            raise InputError(f"{where}: there is no food {cells[0]} in FOOD_DES.txt.")
        if cells[1] in _BY_NUMBER:
            record.figures[_BY_NUMBER[cells[1]]] = cells[2]
        if cells[1] == _MAGNESIUM:
            record.figures["magnesium_n"] = cells[3]
            record.figures["magnesium_se_mg"] = _possible_error(*cells[3:5], *cells[10:12])
    for _, cells in _ascii(folder / "WEIGHT.txt", 7):
        if cells[0] in records:
            records[cells[0]].portions.append((cells[2], cells[3], cells[4]))
    return records


def _possible_error(samples: str, error: str, least: str, most: str) -> str:
    """The standard error, or "" where it is greater than that of any so many samples in that range.

    Half of them at each end spread most: their standard deviation is half the range times the root of
    n/(n−1) (Popoviciu 1935, for a sample), so that their error is half the range over the root of n−1. In
    Standard Reference 28 soya milk has an error of 6.9 mg from 8 samples between 0 and 16 mg.
    """
    if not (error and least and most) or int(samples) < 2:
        return error
    half = (float(most) - float(least)) / 2 + _ROUNDED_MG
    return error if float(error) <= half / math.sqrt(int(samples) - 1) else ""


def _ascii(path: Path, count: int) -> Iterator[tuple[int, list[str]]]:
    """The lines of an ASCII file of the release, which is in ISO 8859-1."""
    for line, text in enumerate(read_text(path, "latin-1").splitlines(), start=1):
        if not text.strip():
            continue
        cells = [cell.strip("~") for cell in text.split("^")]
        if len(cells) < count:
            where = place(path, line, None)
            raise InputError(f"{where}: {len(cells)} fields, where the release has {count}.")
        yield line, cells


def _of_fdc(folder: Path) -> dict[str, Record]:
    numbers = {
        row["fdc_id"]: row["NDB_number"].zfill(5)
        for _, row in read_table(folder / "sr_legacy_food.csv", ("fdc_id", "NDB_number"))
    }
    needed = ("fdc_id", "description", "food_category_id")
    by_fdc = {}
    for _, row in read_table(folder / "food.csv", needed):
        number = numbers.get(row["fdc_id"])
        if number is not None:
            by_fdc[row["fdc_id"]] = Record(
                number, number, row["fdc_id"], row["food_category_id"], row["description"], "",
                SOURCES["SR Legacy 2018"], "", dict.fromkeys((*FIGURES, *SAMPLING), ""),
            )  # fmt: skip
    of_nutrient = {
        row["id"]: row["nutrient_nbr"].partition(".")[0]
        for _, row in read_table(folder / "nutrient.csv", ("id", "nutrient_nbr"))
    }
    figures = ("fdc_id", "nutrient_id", "amount", "data_points")
    for _, row in read_table(folder / "food_nutrient.csv", figures):
        record = by_fdc.get(row["fdc_id"])
        number = of_nutrient.get(row["nutrient_id"], "")
        if record is not None and number in _BY_NUMBER:
            record.figures[_BY_NUMBER[number]] = row["amount"]
            if number == _MAGNESIUM:
                record.figures["magnesium_n"] = row["data_points"]
    units = {
        row["id"]: row["name"] for _, row in read_table(folder / "measure_unit.csv", ("id", "name"))
    }
    weights = ("fdc_id", "amount", "measure_unit_id", "modifier", "gram_weight")
    for _, row in read_table(folder / "food_portion.csv", weights):
        if row["fdc_id"] in by_fdc:
            unit = units.get(row["measure_unit_id"], "")
            words = (unit if unit != "undetermined" else "", row["modifier"])
            measure = ", ".join(word for word in words if word)
            portion = (row["amount"], measure, row["gram_weight"])
            by_fdc[row["fdc_id"]].portions.append(portion)
    return {record.code: record for record in by_fdc.values()}
