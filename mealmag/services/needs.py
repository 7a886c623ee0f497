"""What a person needs by their reference set, in exact figures: what a plan is built on."""

from dataclasses import dataclass

from mealmag.catalogue.reference import ReferenceTables
from mealmag.nutrition.companions import companion_targets
from mealmag.nutrition.energy import EnergyTarget, energy_target
from mealmag.nutrition.person import Person
from mealmag.nutrition.reference import (
    MagnesiumReference,
    ReferenceSet,
    Target,
    magnesium_reference,
)


@dataclass(frozen=True, slots=True)
class Needs:
    """The magnesium reference, the energy, and every target (per day, in the nutrient's unit)."""

    magnesium: MagnesiumReference
    energy: EnergyTarget
    targets: tuple[Target, ...]


def needs(person: Person, reference_set: ReferenceSet, tables: ReferenceTables) -> Needs:
    """Look everything up. Raises InputError outside a table's ages."""
    magnesium = magnesium_reference(tables.magnesium, person, reference_set)
    energy = energy_target(tables.energy, person)
    return Needs(
        magnesium, energy, companion_targets(tables.nutrients, person, energy.kcal, magnesium)
    )
