"""The targets that go with magnesium, so that a plan rich in it is still a balanced one.

They are United States values (NAM; DGA for saturated fat) whatever reference set was chosen for
magnesium, because only that set is complete here; every target says so.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal

from mealmag.errors import InputError
from mealmag.nutrition.person import Person
from mealmag.nutrition.reference import (
    NOT_CHECKED,
    MagnesiumReference,
    Target,
    cited,
    rows_for,
)

ENERGY_BAND = Decimal("0.10")  # our design choice, not a published figure; the target says so
_FAT_KCAL, _OTHER_KCAL = Decimal(9), Decimal(4)  # Atwater: kcal per g fat; per g protein, starch
_NAM, _DGA = "NAM", "DGA"
COMPANION_SETS = frozenset({_NAM, _DGA})
_NAM_NOTE = "companion nutrients: us (NAM) values, the reference set chosen holds for magnesium"
_DGA_NOTE = "companion nutrients: us (DGA) value, the reference set chosen holds for magnesium"
_ALL_SOURCES = "all sources"

# Those with a floor and, where it counts every source, a ceiling: table name → key.
_PLAIN = {
    "calcium": "calcium_mg",
    "iron": "iron_mg",
    "zinc": "zinc_mg",
    "potassium": "potassium_mg",
    "vitamin_c": "vitamin_c_mg",
    "folate": "folate_ug_dfe",
}


_IN_UG = {"g": 10**6, "mg": 10**3, "ug": 1}


@dataclass(frozen=True, slots=True)
class NutrientRow:
    """One row of the table of other nutrients; amounts per day in `unit`, ages in years.

    `target` is an RDA or AI; `lower` and `upper` are a range or limit of `upper_type` that counts
    what `upper_scope` names.
    """

    ref_set: str
    nutrient: str
    unit: str
    sex: str
    life_stage: str
    age_min_y: Decimal | None
    age_max_y: Decimal | None
    target: Decimal | None
    target_type: str
    lower: Decimal | None
    upper: Decimal | None
    upper_type: str
    upper_scope: str
    evidence: str
    source: str
    note: str


def companion_targets(
    rows: Sequence[NutrientRow],
    person: Person,
    energy_kcal: Decimal,
    magnesium: MagnesiumReference,
    brought: Collection[str] = (),
) -> tuple[Target, ...]:
    """Every target of a plan, magnesium and energy (kcal a day) first, in the order shown.

    `brought` are keys of nutrients that a food table has beyond ours: those that the table of reference
    values knows, by name and in a unit of weight, come last.

    Amounts are per day in the unit of the nutrient's key. InputError when the table has no row for
    the person's age (the tables of food start at one year).
    """
    table = _Table(rows, person)
    protein = _protein(table, person, energy_kcal)
    carbohydrate = _carbohydrate(table, energy_kcal)
    targets = [
        magnesium.target,
        _energy(energy_kcal),
        protein,
        _share(table.need("fat_total"), "fat_g", energy_kcal, _FAT_KCAL),
        *_saturated(table, energy_kcal),
        carbohydrate,
        _plain(table.need("fibre"), "fibre_g"),
        replace(_plain(table.need("sodium"), "sodium_mg"), floor=None, floor_kind=None),
        *(_plain(table.need(name), key) for name, key in _PLAIN.items()),
        *(target for key in brought if (target := _brought(table, key)) is not None),
    ]
    return tuple(_without_clash(target) for target in targets)


class _Table:
    """The rows of one person, by nutrient."""

    def __init__(self, rows: Sequence[NutrientRow], person: Person) -> None:
        self._rows = rows
        self._person = person

    def find(self, nutrient: str, ref_set: str = _NAM) -> NutrientRow | None:
        of_nutrient = [
            row for row in self._rows if row.nutrient == nutrient and row.ref_set == ref_set
        ]
        found = rows_for(of_nutrient, self._person, any_stage=True)
        return found[0] if len(found) == 1 else None

    def need(self, nutrient: str) -> NutrientRow:
        row = self.find(nutrient)
        if row is None:
            person = self._person
            raise InputError(
                f"The us (NAM) table has no single value of {nutrient} for {person.sex}, "
                f"age {person.age}.",
                hint="mealmag plans for people of one year and older.",
            )
        return row


def _tenth(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.1"), ROUND_HALF_EVEN)


def _energy(kcal: Decimal) -> Target:
    low, high = (
        (kcal * factor).quantize(Decimal(1), ROUND_HALF_EVEN)
        for factor in (1 - ENERGY_BAND, 1 + ENERGY_BAND)
    )
    source = "the energy target ± 10 %; the width of the band is mealmag's design choice"
    return Target("energy_kcal", low, high, "day", "band", "band", source)


def _plain(row: NutrientRow, key: str) -> Target:
    """Floor: RDA or AI. Ceiling: UL or CDRR, only where it counts what food brings."""
    counts_food = row.upper is not None and row.upper_scope == _ALL_SOURCES
    notes = [_NAM_NOTE]
    if row.upper is not None and not counts_food:
        notes.append(f"no ceiling: the {row.upper_type} counts {row.upper_scope}")
    if row.note:
        # A remark that was never looked up is shown as such, and no figure rests on it.
        notes.append(row.note.replace("(memory)", "(not checked, not applied)"))
    return Target(
        key,
        row.target,
        row.upper if counts_food else None,
        "week",
        row.target_type,
        row.upper_type if counts_food else None,
        cited(row.source, row.evidence),
        "; ".join(notes),
    )


def _brought(table: _Table, key: str) -> Target | None:
    """The published value of a nutrient that a food table brings, in the unit of its column."""
    name, _, unit = key.rpartition("_")
    row = table.find(name)
    if row is None or row.unit not in _IN_UG or row.target is None:
        return None
    times = Decimal(_IN_UG[row.unit]) / _IN_UG[unit]
    upper = None if row.upper is None else row.upper * times
    return _plain(replace(row, target=row.target * times, upper=upper), key)


def _share(row: NutrientRow, key: str, energy_kcal: Decimal, kcal_per_g: Decimal) -> Target:
    """A range in percent of energy, as grams at the energy target."""

    def grams(percent: Decimal | None) -> Decimal | None:
        return None if percent is None else _tenth(percent * energy_kcal / 100 / kcal_per_g)

    note = _NAM_NOTE if row.ref_set == _NAM else _DGA_NOTE
    shown = f"{row.upper} %" if row.lower is None else f"{row.lower}–{row.upper} %"
    return Target(
        key,
        grams(row.lower),
        grams(row.upper),
        "week",
        None if row.lower is None else row.upper_type,
        row.upper_type,
        cited(row.source, row.evidence),
        f"{note}; {shown} of {energy_kcal} kcal at {kcal_per_g} kcal/g",
    )


def _saturated(table: _Table, energy_kcal: Decimal) -> list[Target]:
    """The guideline starts at two years; below that there is no such target."""
    row = table.find("saturated_fat", _DGA)
    return [] if row is None else [_share(row, "saturated_fat_g", energy_kcal, _FAT_KCAL)]


def _protein(table: _Table, person: Person, energy_kcal: Decimal) -> Target:
    """Each day: at least the RDA in grams or, if more, per kg of body weight; at most the range."""
    share = _share(table.need("protein_pct"), "protein_g", energy_kcal, _OTHER_KCAL)
    row = table.need("protein_g")
    floor, source = row.target, cited(row.source, row.evidence)
    per_kg = table.find("protein_g_per_kg")
    if person.weight_kg is not None and per_kg is not None and per_kg.target is not None:
        by_weight = _tenth(per_kg.target * Decimal(str(person.weight_kg)))
        if floor is None or by_weight > floor:
            floor = by_weight
            source = f"{per_kg.target} g/kg: {cited(per_kg.source, per_kg.evidence)}"
    return replace(
        share,
        note=share.note + ", of which only the upper end is used",
        floor=floor,
        floor_kind=row.target_type,
        per="day",
        source=_two_sources(source, share.source),
    )


def _carbohydrate(table: _Table, energy_kcal: Decimal) -> Target:
    """The range by energy; its lower end gives way to the RDA where that is more."""
    share = _share(table.need("carbohydrate_pct"), "carbohydrate_g", energy_kcal, _OTHER_KCAL)
    row = table.need("carbohydrate")
    if row.target is None or (share.floor is not None and row.target <= share.floor):
        return share
    source = _two_sources(cited(row.source, row.evidence), share.source)
    return replace(share, floor=row.target, floor_kind=row.target_type, source=source)


def _two_sources(floor: str, ceiling: str) -> str:
    """Both sources; the mark of an unchecked figure stays at the end, where readers look for it."""
    unchecked = NOT_CHECKED if NOT_CHECKED in floor + ceiling else ""
    return (
        f"floor: {floor.removesuffix(NOT_CHECKED)}; ceiling: {ceiling.removesuffix(NOT_CHECKED)}"
        + unchecked
    )


def _without_clash(target: Target) -> Target:
    """A need comes before a share of energy: at very low energy the two cannot both be met."""
    if target.floor is None or target.ceiling is None or target.floor <= target.ceiling:
        return target
    note = (
        f"{target.note}; no ceiling: at this energy the {target.ceiling_kind} "
        f"({target.ceiling}) lies below the {target.floor_kind}"
    )
    return replace(target, ceiling=None, ceiling_kind=None, note=note)
