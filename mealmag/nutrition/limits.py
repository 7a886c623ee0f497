"""Limits that a person was given, by a kidney team or a dietitian: they go before every published value.

A limit replaces the whole target of its nutrient: where it has no floor, no reference floor is left
beside its ceiling. Amounts are per day, in the unit of the nutrient's key. The ceiling is a hard rule
for every day; the floor is what a plan aims at, as with every target.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from mealmag.errors import did_you_mean
from mealmag.nutrition import kidneys
from mealmag.nutrition.interactions import InteractionRow, matches
from mealmag.nutrition.nutrients import BY_KEY, nutrient_of, slip_for
from mealmag.nutrition.person import Person
from mealmag.nutrition.reference import MagnesiumReference, Target

OWN = "own limit"
# What a kidney that fails holds back, or must be given; a kidney team sets each of them.
KIDNEY = ("magnesium_mg", "potassium_mg", "phosphorus_mg")
_KIDNEY_ROWS = frozenset({kidneys.MODERATE, kidneys.SEVERE})
_ELSEWHERE = {
    "energy_kcal": "the energy is set by energy_kcal in [person]",
    "caffeine_mg": "caffeine is set by caffeine_mg in [plan]",
}

_Amount = Annotated[float, Field(strict=True, gt=0, le=100_000, allow_inf_nan=False)] | None


class Limit(BaseModel):
    """The least and the most of one nutrient a day; one of them may be missing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    floor: _Amount = None
    ceiling: _Amount = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.floor is None and self.ceiling is None:
            raise ValueError("a limit needs a floor, a ceiling, or both")
        if self.floor is not None and self.ceiling is not None and self.floor > self.ceiling:
            raise ValueError(f"the floor {self.floor:g} is above the ceiling {self.ceiling:g}")
        return self


def _nutrient(key: str) -> str:
    if key in _ELSEWHERE:
        raise ValueError(_ELSEWHERE[key])
    if key in BY_KEY:
        return key
    meant = slip_for(key)
    if meant is not None:
        raise ValueError(f'"{key}" is no nutrient of mealmag. Did you mean "{meant}"?')
    try:
        nutrient_of(key)
    except ValueError as error:
        near = did_you_mean(key, BY_KEY) or f" Beside those, {error}."
        raise ValueError(f'"{key}" is no nutrient of mealmag.{near}') from None
    return key


def _with_an_aim(limits: dict[str, Limit]) -> dict[str, Limit]:
    magnesium = limits.get("magnesium_mg")
    if magnesium is not None and magnesium.floor is None:
        raise ValueError("magnesium_mg needs a floor: it is what a plan aims at")
    return limits


Limits = Annotated[
    dict[Annotated[str, AfterValidator(_nutrient)], Limit], AfterValidator(_with_an_aim)
]


def own_magnesium(reference: MagnesiumReference, limits: Mapping[str, Limit]) -> MagnesiumReference:
    """The reference, aiming at the person's own floor where there is one."""
    own = limits.get("magnesium_mg")
    if own is None or own.floor is None:
        return reference
    return replace(
        reference,
        target_mg=_exact(own.floor),
        target_type=OWN,
        source=f"your {OWN}, in place of {reference.target_mg} mg ({reference.target_type}): "
        f"{reference.source}",
    )


def limited(targets: Sequence[Target], limits: Mapping[str, Limit]) -> tuple[Target, ...]:
    """The targets, with the person's own in place of the published ones, new ones at the end."""
    own = {key: _target(key, limit) for key, limit in limits.items()}
    published = {target.nutrient for target in targets}
    return (
        *(own.get(target.nutrient, target) for target in targets),
        *(
            own[key]
            for key in (*BY_KEY, *sorted(own.keys() - BY_KEY))
            if key in own.keys() - published
        ),
    )


def _target(key: str, limit: Limit) -> Target:
    floor, ceiling = (
        None if bound is None else _exact(bound) for bound in (limit.floor, limit.ceiling)
    )
    return Target(
        key,
        floor,
        ceiling,
        "day",
        OWN if floor else None,
        OWN if ceiling else None,
        f"your {OWN}",
        "every day",
    )


def _exact(amount: float) -> Decimal:
    """The decimal that was written, without the point that a float puts behind a whole number."""
    return Decimal(int(amount)) if amount.is_integer() else Decimal(str(amount))


def missing_for_kidneys(
    person: Person, limits: Mapping[str, Limit], rows: Sequence[InteractionRow]
) -> tuple[str, ...]:
    """The limits that are missing, or have no ceiling, where a word tells of a kidney disease; else none.

    Published values are for healthy people: with a kidney disease the most of each of `KIDNEY` must come
    from those who know the blood values, and no plan may be made without. A floor alone caps nothing.
    """
    found, _ = matches(rows, (*person.conditions, *person.medicines))
    if not any(match.row.id in _KIDNEY_ROWS for match in found):
        return ()
    return tuple(key for key in KIDNEY if key not in limits or limits[key].ceiling is None)
