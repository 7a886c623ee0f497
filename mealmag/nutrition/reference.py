"""Reference values: how much magnesium a person needs by the reference set they chose.

The tables are handed in as rows; nothing here reads a file. Sets are never mixed: a person takes
one row of one set, and the row's source goes with the figure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal, Protocol, TypeVar

from mealmag.errors import InputError
from mealmag.nutrition.person import LifeStage, Person, Sex

NOT_CHECKED = " (not yet checked against the publication)"

_SEX_CODES = {Sex.FEMALE: "F", Sex.MALE: "M"}
_STAGE_CODES = {LifeStage.PREGNANT: "pregnancy", LifeStage.BREASTFEEDING: "lactation"}
_SPECIAL_STAGES = frozenset(_STAGE_CODES.values())


class ReferenceSet(StrEnum):
    """The reference sets a person may choose from."""

    US = "us"
    EU = "eu"
    NL = "nl"
    NORDIC = "nordic"
    DACH = "dach"
    UK = "uk"
    WHO = "who"

    @property
    def code(self) -> str:
        """The name of this set in the tables (`NAM`, `EFSA`, …)."""
        return _SET_CODES[self]


_SET_CODES = {
    ReferenceSet.US: "NAM",
    ReferenceSet.EU: "EFSA",
    ReferenceSet.NL: "NL",
    ReferenceSet.NORDIC: "NNR2023",
    ReferenceSet.DACH: "DACH",
    ReferenceSet.UK: "UK",
    ReferenceSet.WHO: "WHO_FAO",
}


@dataclass(frozen=True, slots=True)
class Target:
    """What one nutrient's intake should be, per day, in the unit of its key.

    `per` "day" means every single day must lie there, "week" that the mean over the planned days
    must. The kinds say what a bound is (RDA, AI, AMDR, UL, CDRR, …); None where there is no bound.
    """

    nutrient: str
    floor: Decimal | None
    ceiling: Decimal | None
    per: Literal["day", "week"]
    floor_kind: str | None
    ceiling_kind: str | None
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class MagnesiumRow:
    """One row of the magnesium table: mg a day; ages in years, the lower inclusive."""

    ref_set: str
    authority: str
    year: int
    table: str
    sex: str
    life_stage: str
    age_min_y: Decimal | None
    age_max_y: Decimal | None
    age_label: str
    ear_mg: Decimal | None
    target_mg: Decimal | None
    target_type: str
    ul_mg: Decimal | None
    ul_scope: str
    evidence: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class MagnesiumReference:
    """The magnesium figures that hold for one person in one set, in mg a day, with their source.

    `ear_mg` is the median requirement where the set has one. `ul_mg` is the upper level for what
    `ul_scope` names (supplements above all): it never limits the magnesium of food.
    """

    reference_set: ReferenceSet
    authority: str
    year: int
    table: str
    age_label: str
    target_mg: Decimal
    target_type: str
    ear_mg: Decimal | None
    ul_mg: Decimal | None
    ul_scope: str
    evidence: str
    source: str
    note: str

    @property
    def is_adequate_intake(self) -> bool:
        """Whether the target is an adequate intake (AI): what people who seem well eat."""
        return self.target_type.startswith("AI")

    @property
    def target(self) -> Target:
        """The same figure as a target: a floor for every day, without a ceiling."""
        note = "food has no upper level"
        return Target(
            "magnesium_mg", self.target_mg, None, "day", self.target_type, None, self.source, note
        )


class _GroupRow(Protocol):
    """What every table has: whom a row is for."""

    @property
    def sex(self) -> str: ...
    @property
    def life_stage(self) -> str: ...
    @property
    def age_min_y(self) -> Decimal | None: ...
    @property
    def age_max_y(self) -> Decimal | None: ...


_Row = TypeVar("_Row", bound=_GroupRow)


def rows_for(rows: Iterable[_Row], person: Person, *, any_stage: bool = False) -> list[_Row]:
    """The rows that are for this person's sex, age (from inclusive, to exclusive) and life stage.

    A pregnant or breast-feeding person takes the rows of that stage at any age. With `any_stage`,
    for tables that do not treat the stage apart, the rows of her age stand in where it has none.
    """
    fitting = [
        row
        for row in rows
        if row.sex in {"both", _SEX_CODES[person.sex]}
        and (row.age_min_y is None or row.age_min_y <= person.age)
        and (row.age_max_y is None or person.age < row.age_max_y)
    ]
    stage = _STAGE_CODES.get(person.life_stage)
    special = [row for row in fitting if row.life_stage == stage]
    if special or (stage is not None and not any_stage):
        return special
    return [row for row in fitting if row.life_stage not in _SPECIAL_STAGES]


def cited(source: str, evidence: str) -> str:
    """The source to show; it says so where a figure is not yet checked against its publication."""
    return source + NOT_CHECKED if "memory" in evidence else source


def magnesium_reference(
    rows: Sequence[MagnesiumRow], person: Person, reference_set: ReferenceSet
) -> MagnesiumReference:
    """The magnesium row of `reference_set` for this person, in mg a day.

    InputError, naming the set, the age and what the table covers, when there is not exactly one.
    """
    of_set = [row for row in rows if row.ref_set == reference_set.code]
    found = rows_for(of_set, person)
    if len(found) != 1 or found[0].target_mg is None:
        covered = ", ".join(dict.fromkeys(_group(row) for row in of_set)) or "nothing"
        who = f"{person.sex}, age {person.age}"
        if person.life_stage is not LifeStage.NONE:
            who += f", {person.life_stage}"
        lack = "more than one magnesium value" if len(found) > 1 else "no magnesium value"
        raise InputError(
            f'The reference set "{reference_set}" ({reference_set.code}) has {lack} for {who}. '
            f"Its table covers: {covered}.",
            hint="Choose another reference set, or check the age and the life stage.",
        )
    row = found[0]
    return MagnesiumReference(
        reference_set=reference_set,
        authority=row.authority,
        year=row.year,
        table=row.table,
        age_label=row.age_label,
        target_mg=found[0].target_mg,
        target_type=row.target_type,
        ear_mg=row.ear_mg,
        ul_mg=row.ul_mg,
        ul_scope=row.ul_scope,
        evidence=row.evidence,
        source=cited(f"{row.authority}, {row.table}; read in: {row.source}", row.evidence),
        note=row.note,
    )


def _group(row: MagnesiumRow) -> str:
    sex = "" if row.sex == "both" else f" ({row.sex})"
    stage = f"{row.life_stage} " if row.life_stage in _SPECIAL_STAGES - {row.age_label} else ""
    return f"{stage}{row.age_label}{sex}"
