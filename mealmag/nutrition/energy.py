"""How much energy a person needs a day, in kcal, and which of it was assumed.

The person's own figure wins; else the equation for body size, age and activity (NASEM 2023); else
the table of average requirements by age and activity (EFSA 2013), which assumes a body.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from mealmag.errors import InputError
from mealmag.nutrition.person import Activity, LifeStage, Person
from mealmag.nutrition.reference import cited, rows_for

KCAL_PER_MJ = Decimal(239)  # the factor the tables name
_EQUATION = "EER_NASEM2023"
_TABLE_MJ = "EFSA2013_AR_MJ"
_INCREMENT_MJ = "EFSA2013_increment_MJ"
_LACTATION = "lactation 0-6 months"
_USUAL_TRIMESTER = 2
_LEAST, _MOST = Decimal(800), Decimal(6000)

# EFSA's table is by physical activity level; these four are its columns, in our order of activity.
_PAL = {
    Activity.INACTIVE: "PAL=1.4",
    Activity.LOW_ACTIVE: "PAL=1.6",
    Activity.ACTIVE: "PAL=1.8",
    Activity.VERY_ACTIVE: "PAL=2.0",
}
_LEAST_PAL = Decimal("1.4")


@dataclass(frozen=True, slots=True)
class EnergyRow:
    """One row of the energy table: the coefficients of an equation in kcal a day, or, in sets
    ending in `_MJ`, a figure in MJ a day held in `extra_kcal`. Ages in years, the lower inclusive.
    """

    set: str
    sex: str
    life_stage: str
    age_min_y: Decimal | None
    age_max_y: Decimal | None
    activity: str
    intercept: Decimal
    age_y: Decimal
    height_cm: Decimal
    weight_kg: Decimal
    extra_kcal: Decimal
    evidence: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class EnergyTarget:
    """The energy to aim for, in whole kcal a day, where it comes from, and what was assumed."""

    kcal: Decimal
    source: str
    assumptions: tuple[str, ...] = ()


def energy_target(rows: Sequence[EnergyRow], person: Person) -> EnergyTarget:
    """The energy target of a person, in whole kcal a day (half to even).

    Pregnancy and breast-feeding add EFSA's increments to either figure: those of the equation's own
    report are not in the table, and the older American ones were never checked. InputError, saying
    what to give, when no equation and no table covers the person.
    """
    if person.energy_kcal is not None:
        return EnergyTarget(Decimal(person.energy_kcal), "given by the person (energy_kcal)")
    row = _fitting(rows, person, _EQUATION, person.activity)
    assumed = [f"activity level: {person.activity}"]
    if row is not None and person.weight_kg is not None and person.height_cm is not None:
        kcal = (
            row.intercept
            + row.age_y * person.age
            + row.height_cm * Decimal(str(person.height_cm))
            + row.weight_kg * Decimal(str(person.weight_kg))
            + row.extra_kcal
        )
    else:
        row = _table_row(rows, person)
        kcal = row.extra_kcal * KCAL_PER_MJ
        assumed.append(_assumed_body(person))
    source = cited(row.source, row.evidence)
    if person.life_stage is not LifeStage.NONE:
        stage, why = _stage(person)
        increment = _fitting(rows, person, _INCREMENT_MJ, stage)
        if increment is None:
            raise InputError(
                f"The energy table has no increment for {stage}.", hint="Give energy_kcal."
            )
        added = increment.extra_kcal * KCAL_PER_MJ
        kcal += added
        source += (
            f"; plus {added:.0f} kcal ({stage}): {cited(increment.source, increment.evidence)}"
        )
        assumed.append(why)
    if not _LEAST <= kcal <= _MOST:
        raise InputError(
            f"The energy equation gives {kcal:.0f} kcal a day for this body, age and activity; "
            f"mealmag plans for {_LEAST} to {_MOST} kcal.",
            hint="Check weight_kg and height_cm, or give energy_kcal.",
        )
    return EnergyTarget(kcal.quantize(Decimal(1), ROUND_HALF_EVEN), source, tuple(assumed))


def resting_kcal(rows: Sequence[EnergyRow], person: Person) -> Decimal | None:
    """About what a body of this sex and age uses at rest, in kcal a day; None where no table covers it.

    EFSA's average requirements are the energy at rest times the physical activity level (and for children
    a hundredth or so for growth), so that of the least active by their level is about the energy at rest (of
    adults at a body-mass index of 22).
    """
    row = _fitting(rows, person, _TABLE_MJ, _PAL[Activity.INACTIVE])
    return None if row is None else row.extra_kcal * KCAL_PER_MJ / _LEAST_PAL


def _fitting(
    rows: Sequence[EnergyRow], person: Person, table: str, activity: str
) -> EnergyRow | None:
    """The row of one table and activity that is for this person."""
    of_table = [row for row in rows if row.set == table and row.activity == activity]
    found = rows_for(of_table, person, any_stage=True)
    return found[0] if found else None


def _table_row(rows: Sequence[EnergyRow], person: Person) -> EnergyRow:
    """The average requirement by age and activity; InputError which says what would help."""
    row = _fitting(rows, person, _TABLE_MJ, _PAL[person.activity])
    if row is not None:
        return row
    covered = [level for level in Activity if _fitting(rows, person, _TABLE_MJ, _PAL[level])]
    ways = ["energy_kcal"]
    if _fitting(rows, person, _EQUATION, person.activity):
        ways.append("weight_kg and height_cm")
    if covered:
        ways.append("another activity (" + ", ".join(covered) + ")")
    raise InputError(
        f"The energy table has no figure for {person.sex}, age {person.age}, activity "
        f'"{person.activity}".',
        hint=f"Give {', or '.join(ways)}.",
    )


def _assumed_body(person: Person) -> str:
    if person.weight_kg is None or person.height_cm is None:
        return (
            "body size: not given (both weight_kg and height_cm are needed), so the average "
            "requirement of the age group, for adults at a body-mass index of 22"
        )
    return "body size: not used, for want of an equation for this age; average of the age group"


def _stage(person: Person) -> tuple[str, str]:
    """The name of the increment in the table, and what was assumed in choosing it."""
    if person.life_stage is LifeStage.BREASTFEEDING:
        return _LACTATION, "breast-feeding: the first six months (EFSA's only increment)"
    if person.trimester is None:
        return f"trimester {_USUAL_TRIMESTER}", "trimester: not given, the second is taken"
    return f"trimester {person.trimester}", f"trimester: {person.trimester}"
