"""The other food tables: their magnesium beside ours, Ciqual's whole records, iodine, oxalic acid.

A record is found by the code that the file kept by hand gives; nothing is matched here.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from tools.csv_files import Row, read_table

_SAME = (
    "energy_kcal", "water_g", "protein_g", "fat_g", "saturated_fat_g", "fibre_g", "sugars_g",
    "calcium_mg", "iron_mg", "magnesium_mg", "phosphorus_mg", "potassium_mg", "sodium_mg", "zinc_mg",
    "selenium_ug", "vitamin_c_mg", "vitamin_d_ug", "vitamin_e_mg", "vitamin_k1_ug", "thiamin_mg",
    "riboflavin_mg", "niacin_mg", "vitamin_b6_mg", "vitamin_b12_ug", "alcohol_g",
)  # fmt: skip
_CENT = Decimal("0.01")
_CAROTENE_PER_RAE = 12
_TENTHS_OF_A_LITRE = 10  # 100 g of water are a tenth of a litre


@dataclass(frozen=True)
class OtherTables:
    """The tables of one folder, each read when first asked for. Figures are per 100 g."""

    folder: Path
    labels: Path = Path(__file__).resolve().parent / "water_labels.csv"

    def magnesium(self, table: str, code: str) -> str | None:
        """The magnesium of a record as text; None where there is no such record or no figure."""
        if table == "label":
            water = self._waters.get(code)
            return None if water is None else _text(Decimal(water["mg_per_l"]) / _TENTHS_OF_A_LITRE)
        row = self._magnesium_rows(table).get(code)
        if row is None or not row["magnesium_mg"]:
            return None
        if row.get("basis", "100g") == "100g":
            return row["magnesium_mg"]
        if not row["specific_gravity"]:
            return None
        return _text(
            (Decimal(row["magnesium_mg"]) / Decimal(row["specific_gravity"])).quantize(_CENT)
        )

    def ciqual_food(self, code: str) -> tuple[str, dict[str, str]] | None:
        """Name and figures of a Ciqual record in USDA's terms; None where there is none.

        Carbohydrate by difference is the available one and the fibre; folate of food is folate in
        DFE, for nothing is added; vitamin A is retinol and a twelfth of the beta-carotene (RAE).
        Energy, salt and the rest stand as Ciqual gives them.
        """
        row = self._ciqual.get(code)
        if row is None:
            return None
        figures = {key: row[key] for key in _SAME}
        figures["carbohydrate_g"] = _sum(row["carbohydrate_available_g"], row["fibre_g"])
        figures["folate_ug_dfe"] = row["folate_ug"]
        figures["iodine_ug"] = row["iodine_ug"]
        if row["retinol_ug"] and row["beta_carotene_ug"]:
            carotene = Decimal(row["beta_carotene_ug"]) / _CAROTENE_PER_RAE
            figures["vitamin_a_ug_rae"] = _text(
                (Decimal(row["retinol_ug"]) + carotene).quantize(_CENT)
            )
        return row["name_en"] or row["name_fr"], figures

    def water(self, code: str) -> tuple[str, dict[str, str]] | None:
        """A water by its label: its name, and the magnesium; nothing else of it is known."""
        magnesium = self.magnesium("label", code)
        if magnesium is None:
            return None
        return self._waters[code]["name"], {"magnesium_mg": magnesium}

    def iodine(self, code: str) -> str | None:
        """The iodine (µg) of a record of the iodine table, by its NDB number or `foundation:` number."""
        table, _, number = code.rpartition(":")
        return self._iodine.get((table or "usda", number))

    def oxalic_acid(self, code: str) -> str | None:
        """The oxalic acid (mg) of `CNF:` or `MEXT:` and a food's code; None without a figure."""
        return self._oxalic.get(code)

    def _magnesium_rows(self, table: str) -> dict[str, dict[str, str]]:
        rows = {
            "foundation": self._foundation, "swiss": self._swiss, "cofid": self._cofid,
            "ciqual": self._ciqual,
        }  # fmt: skip
        return rows[table]

    @cached_property
    def _foundation(self) -> dict[str, dict[str, str]]:
        return self._by("usda_foundation_foods_2025_12.csv", "fdc_id")

    @cached_property
    def _swiss(self) -> dict[str, dict[str, str]]:
        return self._by("swiss_fcdb_5_3_generic_foods.csv", "id")

    @cached_property
    def _cofid(self) -> dict[str, dict[str, str]]:
        return self._by("cofid_2021_foods.csv", "food_code")

    @cached_property
    def _ciqual(self) -> dict[str, dict[str, str]]:
        return self._by("ciqual_2020_foods.csv", "alim_code")

    @cached_property
    def _waters(self) -> dict[str, dict[str, str]]:
        needed = ("id", "name", "mg_per_l", "source")
        return {row["id"]: row for _, row in read_table(self.labels, needed)}

    @cached_property
    def _iodine(self) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for _, row in self._read("usda_iodine_r4.csv", "iodine_ug"):
            for table, column in (("usda", "ndb_no"), ("foundation", "foundation_ndb_no")):
                if row[column] and row["iodine_ug"]:
                    found.setdefault((table, row[column]), row["iodine_ug"])
        return found

    @cached_property
    def _oxalic(self) -> dict[str, str]:
        found = {}
        for _, row in self._read("oxalic_acid.csv", "oxalic_acid_mg"):
            if row["oxalic_acid_mg"]:
                book = row["source"].split()[0]
                found[f"{book}:{row['food_code']}"] = row["oxalic_acid_mg"]
        return found

    def _by(self, name: str, column: str) -> dict[str, dict[str, str]]:
        return {row[column]: row for _, row in self._read(name, column, "magnesium_mg")}

    def _read(self, name: str, *needed: str) -> list[Row]:
        return read_table(self.folder / name, needed)


def _sum(*parts: str) -> str:
    """The sum of figures as text; unknown where one of them is."""
    if not all(parts):
        return ""
    return _text(sum((Decimal(part) for part in parts), Decimal(0)))


def _text(value: Decimal) -> str:
    return f"{value.normalize():f}"
