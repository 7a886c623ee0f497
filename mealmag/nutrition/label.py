"""A nutrition label, as printed on a packet, in the terms of the food table.

A European label (Regulation (EU) No 1169/2011) gives carbohydrate without fibre, and salt; the table
has carbohydrate by difference, fibre in it, and sodium. An American one has the table's own terms.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

SODIUM_MG_PER_G_SALT = 400
"""Salt is sodium times 2.5 (Regulation (EU) No 1169/2011, Annex I)."""

_KCAL_PER_KJ = Decimal(1) / Decimal("4.184")
_PLACES = Decimal("0.001")

FIELDS: Mapping[str, str] = {
    "energy": "energy_kcal", "fat": "fat_g", "saturates": "saturated_fat_g",
    "carbohydrate": "carbohydrate_g", "sugars": "sugars_g", "fibre": "fibre_g",
    "protein": "protein_g", "calcium": "calcium_mg", "iron": "iron_mg", "magnesium": "magnesium_mg",
    "phosphorus": "phosphorus_mg", "potassium": "potassium_mg", "sodium": "sodium_mg",
    "zinc": "zinc_mg", "selenium": "selenium_ug", "iodine": "iodine_ug",
    "vitamin-a": "vitamin_a_ug_rae", "vitamin-c": "vitamin_c_mg", "vitamin-d": "vitamin_d_ug",
    "vitamin-e": "vitamin_e_mg", "thiamin": "thiamin_mg", "riboflavin": "riboflavin_mg",
    "niacin": "niacin_mg", "vitamin-b6": "vitamin_b6_mg", "folate": "folate_ug_dfe",
    "vitamin-b12": "vitamin_b12_ug", "caffeine": "caffeine_mg", "alcohol": "alcohol_g",
}  # fmt: skip
"""What a label may say, and the column of the food table that it belongs to."""

EXTRA = ("salt", "energy-kj")
"""What a label says in another unit than the table: salt in g, energy in kJ."""


class LabelKind(StrEnum):
    """Whose rules the label follows."""

    EU = "eu"
    US = "us"


def per_100_g(
    label: Mapping[str, Decimal], per_g: Decimal, kind: LabelKind = LabelKind.EU
) -> dict[str, Decimal]:
    """The label's figures per 100 g, by nutrient key; what it does not say stays unknown.

    `label` has figures by the words of `FIELDS` and `EXTRA`, each in the unit of its nutrient's key,
    for `per_g` grams (100, or those of a serving). On a European label without fibre, carbohydrate is
    unknown, for nobody knows what to add. Raises ValueError for a word that is none of them, for
    `per_g` not above zero, and where energy or sodium is given twice.
    """
    if per_g <= 0:
        raise ValueError("A serving weighs more than nothing.")
    for word in label:
        if word not in FIELDS and word not in EXTRA:
            raise ValueError(f'"{word}" is nothing that a label says.')
    figures = dict(label)
    if "salt" in figures:
        _once(figures, "salt", "sodium")
        figures["sodium"] = figures.pop("salt") * SODIUM_MG_PER_G_SALT
    if "energy-kj" in figures:
        _once(figures, "energy-kj", "energy")
        figures["energy"] = figures.pop("energy-kj") * _KCAL_PER_KJ
    if kind is LabelKind.EU and "carbohydrate" in figures:
        available = figures.pop("carbohydrate")
        if "fibre" in figures:
            figures["carbohydrate"] = available + figures["fibre"]
    return {
        FIELDS[word]: (value * 100 / per_g).quantize(_PLACES, ROUND_HALF_EVEN).normalize() + 0
        for word, value in figures.items()
    }


def _once(figures: Mapping[str, Decimal], one: str, other: str) -> None:
    if other in figures:
        raise ValueError(f"Give {one} or {other}, not both.")
