"""The nutrients that mealmag knows, in the order in which they are shown.

A key carries its unit (`magnesium_mg`) and equals the column name of the food table. `core` marks
what plans balance; without those `NEEDED` a food may be logged but is not planned with. Numbers are
USDA's; where `in_usda` is false, Standard Reference has no figures and another table gives them.

A food table may bring nutrients of its own: its column says what and in which unit (`choline_mg`).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Nutrient:
    """One nutrient: its key (the column's name), plain name, unit and the decimals to show."""

    key: str
    name: str
    unit: str
    usda_number: int
    decimals: int = 1
    core: bool = False
    in_usda: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """What food tables tell of: nutrients that they bring beyond ours, and those of ours that they lack."""

    brought: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


NUTRIENTS: tuple[Nutrient, ...] = (
    Nutrient("energy_kcal", "energy", "kcal", 208, 0, core=True),
    Nutrient("water_g", "water", "g", 255),
    Nutrient("protein_g", "protein", "g", 203, core=True),
    Nutrient("fat_g", "fat", "g", 204, core=True),
    Nutrient("saturated_fat_g", "saturated fat", "g", 606, core=True),
    Nutrient("carbohydrate_g", "carbohydrate", "g", 205, core=True),
    Nutrient("fibre_g", "fibre", "g", 291, core=True),
    Nutrient("sugars_g", "sugars", "g", 269),
    Nutrient("calcium_mg", "calcium", "mg", 301, 0, core=True),
    Nutrient("iron_mg", "iron", "mg", 303, core=True),
    Nutrient("magnesium_mg", "magnesium", "mg", 304, core=True),
    Nutrient("phosphorus_mg", "phosphorus", "mg", 305, 0),
    Nutrient("potassium_mg", "potassium", "mg", 306, 0, core=True),
    Nutrient("sodium_mg", "sodium", "mg", 307, 0, core=True),
    Nutrient("zinc_mg", "zinc", "mg", 309, core=True),
    Nutrient("selenium_ug", "selenium", "µg", 317),
    Nutrient("iodine_ug", "iodine", "µg", 314, in_usda=False),
    Nutrient("vitamin_a_ug_rae", "vitamin A (RAE)", "µg", 320, 0),
    Nutrient("vitamin_c_mg", "vitamin C", "mg", 401, core=True),
    Nutrient("vitamin_d_ug", "vitamin D", "µg", 328),
    Nutrient("vitamin_e_mg", "vitamin E", "mg", 323),
    Nutrient("vitamin_k1_ug", "vitamin K1", "µg", 430, 0),
    Nutrient("thiamin_mg", "vitamin B1", "mg", 404, 2),
    Nutrient("riboflavin_mg", "vitamin B2", "mg", 405, 2),
    Nutrient("niacin_mg", "vitamin B3 (preformed)", "mg", 406),
    Nutrient("vitamin_b6_mg", "vitamin B6", "mg", 415, 2),
    Nutrient("folate_ug_dfe", "folate (DFE)", "µg", 435, 0, core=True),
    Nutrient("vitamin_b12_ug", "vitamin B12", "µg", 418, 2),
    Nutrient("epa_g", "EPA", "g", 629, 2),
    Nutrient("dha_g", "DHA", "g", 621, 2),
    Nutrient("caffeine_mg", "caffeine", "mg", 262, 0),
    Nutrient("alcohol_g", "alcohol", "g", 221),
    Nutrient("oxalic_acid_mg", "oxalic acid", "mg", 245, 0, in_usda=False),
)

BY_KEY = MappingProxyType({nutrient.key: nutrient for nutrient in NUTRIENTS})
CORE: tuple[str, ...] = tuple(nutrient.key for nutrient in NUTRIENTS if nutrient.core)
NEEDED: tuple[str, ...] = ("energy_kcal", "magnesium_mg")

_OF_ITS_OWN = re.compile(r"([a-z][a-z0-9]*(?:_[a-z0-9]+)*)_(g|mg|ug)")
_LONGEST = 40
_ALIKE = 0.85  # two names of which the one may well be a slip of the pen for the other
UNITS = MappingProxyType({"g": "g", "mg": "mg", "ug": "µg"})


@cache
def nutrient_of(key: str) -> Nutrient:
    """The nutrient of a key: ours, or one that a food table brings, named by the key itself.

    Raises ValueError, with what is wrong, for a key that names no nutrient and its unit.
    """
    if key in BY_KEY:
        return BY_KEY[key]
    name = _OF_ITS_OWN.fullmatch(key)
    if name is None or len(key) > _LONGEST:
        raise ValueError(
            "a nutrient is named with its unit: small letters, digits and _, with _g, _mg or _ug "
            f"at the end, at most {_LONGEST} signs, such as choline_mg"
        )
    stem, unit = name.groups()
    ours = next((n for n in NUTRIENTS if _stem(n.key) == stem and n.unit in UNITS.values()), None)
    if ours is not None:
        raise ValueError(f"{ours.name} is counted in {ours.unit}: write {ours.key}")
    return Nutrient(key, stem.replace("_", " "), UNITS[unit], 0, in_usda=False)


def slip_for(key: str) -> str | None:
    """The key of ours that somebody may have meant by `key`, which is none of ours.

    Not where digits differ or one name holds the other: vitamin K2 is not K1, nor unsaturated fat saturated.
    """
    stem = _stem(key)
    near = [
        (SequenceMatcher(None, key, ours).ratio(), ours)
        for ours in BY_KEY
        if _stem(ours) not in stem and re.findall(r"[0-9]+", key) == re.findall(r"[0-9]+", ours)
    ]
    alike, ours = max(near, default=(0.0, ""))
    return ours if alike >= _ALIKE else None


def keys_of(foods: Iterable[Mapping[str, object]]) -> tuple[str, ...]:
    """The keys of ours, then by name those that these foods' nutrients have beyond them."""
    more = {
        key
        for nutrients in foods
        if len(nutrients) > len(BY_KEY)
        for key in nutrients.keys() - BY_KEY
    }
    return (*BY_KEY, *sorted(more))


def _stem(key: str) -> str:
    name = _OF_ITS_OWN.fullmatch(key)
    return key if name is None else name[1]
