"""What does this person need? The target of magnesium and of everything a plan must balance."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

from mealmag.catalogue.reference import ReferenceTables
from mealmag.nutrition.companions import companion_targets
from mealmag.nutrition.energy import EnergyTarget, energy_target, resting_kcal
from mealmag.nutrition.exclusions import ADULT
from mealmag.nutrition.limits import Limit, limited, own_magnesium
from mealmag.nutrition.nutrients import Told, nutrient_of
from mealmag.nutrition.person import Person
from mealmag.nutrition.reference import (
    NOT_CHECKED,
    MagnesiumReference,
    ReferenceSet,
    Target,
    magnesium_reference,
)

SCHEMA = "mealmag/target/1"
_NONE: Mapping[str, Limit] = MappingProxyType({})
_ALL_OURS = Told()


class TargetReport(BaseModel):
    """A person's targets with their sources; amounts per day in the unit of each key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    person: Person
    reference_set: ReferenceSet
    magnesium: MagnesiumReference
    energy: EnergyTarget
    targets: dict[str, Target]
    warnings: tuple[str, ...]

    def to_json(self) -> str:
        """The report as JSON (`mealmag/target/1`): same input, same bytes; newline at the end."""
        magnesium = self.magnesium
        document = {
            "schema": SCHEMA,
            "person": self.person.model_dump(mode="json"),
            "reference_set": self.reference_set.value,
            "magnesium": {
                "target_mg": _number(magnesium.target_mg),
                "target_type": magnesium.target_type,
                "ear_mg": _number(magnesium.ear_mg),
                "upper_level_mg": _number(magnesium.ul_mg),
                "upper_level_scope": magnesium.ul_scope,
                "group": magnesium.age_label,
                "authority": magnesium.authority,
                "year": magnesium.year,
                "evidence": magnesium.evidence,
                "source": magnesium.source,
                "note": magnesium.note,
            },
            "energy": {
                "kcal": _number(self.energy.kcal),
                "source": self.energy.source,
                "assumptions": list(self.energy.assumptions),
            },
            "targets": {key: target_json(target) for key, target in self.targets.items()},
            "warnings": list(self.warnings),
        }
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def target_report(
    person: Person,
    reference_set: ReferenceSet,
    tables: ReferenceTables | None = None,
    limits: Mapping[str, Limit] = _NONE,
    told: Told = _ALL_OURS,
) -> TargetReport:
    """Everything a plan for this person aims at; their own `limits` go before every published value.

    `told` is what the food tables tell of: what they lack cannot be aimed at.

    InputError when no published value covers them.
    """
    tables = ReferenceTables() if tables is None else tables
    magnesium = own_magnesium(magnesium_reference(tables.magnesium, person, reference_set), limits)
    energy = energy_target(tables.energy, person)
    companions = companion_targets(tables.nutrients, person, energy.kcal, magnesium, told.brought)
    lacking = [each.nutrient for each in companions if each.nutrient in told.lacking]
    targets = limited([each for each in companions if each.nutrient not in lacking], limits)
    return TargetReport(
        person=person,
        reference_set=reference_set,
        magnesium=magnesium,
        energy=energy,
        targets={target.nutrient: target for target in targets},
        warnings=(
            *_too_little(person, resting_kcal(tables.energy, person)),
            *_warnings(person, magnesium, energy, targets),
            *_lacks(lacking),
        ),
    )


def target_json(target: Target) -> dict[str, object]:
    """One target as it stands in every JSON of mealmag; `kind` says what the floor is."""
    return {
        "floor": _number(target.floor),
        "ceiling": _number(target.ceiling),
        "per": target.per,
        "kind": target.floor_kind,
        "ceiling_kind": target.ceiling_kind,
        "source": target.source,
        "note": target.note,
    }


def _number(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _lacks(nutrients: Sequence[str]) -> Iterator[str]:
    if nutrients:
        names = ", ".join(nutrient_of(key).name for key in nutrients)
        yield f"No food of this catalogue has a figure for: {names}. Nothing is aimed at there."


def _too_little(person: Person, resting: Decimal | None) -> Iterator[str]:
    """Where the person's own figure is under what a body uses at rest."""
    own = person.energy_kcal
    if own is not None and resting is not None and own < resting:
        bodies = "; of adults at a body-mass index of 22" if person.age >= ADULT else ""
        yield (
            f"{own} kcal a day is less than a body uses at rest, about {10 * round(resting / 10)} kcal "
            f"at this age (from EFSA 2013{bodies}). Ask a doctor or dietitian before eating so little."
        )


def _warnings(
    person: Person, magnesium: MagnesiumReference, energy: EnergyTarget, targets: tuple[Target, ...]
) -> list[str]:
    found = []
    if magnesium.target_type.startswith("AI"):
        found.append(
            "The magnesium target is an adequate intake (AI): the intake of people who seem well, "
            "set because no requirement could be measured. Less than it proves no lack."
        )
    if magnesium.reference_set is ReferenceSet.WHO:
        found.append(
            "The WHO/FAO targets of 2004 are lower than those of every other set here; a plan that "
            "reaches them may fall short of the others."
        )
    if magnesium.ul_mg is None:
        found.append(
            "This reference set has no upper level for magnesium supplements at this age, so "
            "mealmag suggests none."
        )
    if "memory" in magnesium.note:
        found.append(f"Not yet checked against the publication: {magnesium.note}.")
    unchecked = [target.nutrient for target in targets if target.source.endswith(NOT_CHECKED)]
    if energy.source.endswith(NOT_CHECKED):
        unchecked.append("energy_kcal")
    if unchecked:
        found.append(
            "Not yet checked against the publication, in whole or in part: "
            + ", ".join(nutrient_of(key).name for key in dict.fromkeys(unchecked))
            + "."
        )
    if magnesium.reference_set is not ReferenceSet.US:
        found.append(
            "The targets besides magnesium are United States values (NAM; DGA for saturated fat); "
            f'the reference set "{magnesium.reference_set}" holds for magnesium only.'
        )
    if person.conditions or person.medicines:
        found.append(
            "Reference values are for healthy people. With a condition or medicine, ask a doctor "
            "or dietitian which of them hold; potassium above all, if the kidneys may hold it back."
        )
    return found
