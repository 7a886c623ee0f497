"""The salts of magnesium: what share of a salt is the element, and what is known of how it is taken up.

A label gives either the salt or the magnesium in it. The two must never be confused: 414 mg of magnesium
oxide hold 250 mg of magnesium, 414 mg of the dihydrate of the gluconate 22 mg.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Form:
    """One salt. `elemental_fraction` is the share of its mass that is magnesium, from atomic masses.

    `bioavailability` is a coarse ranking (high, medium, low, uncertain), never a factor to multiply with.
    """

    id: str
    name_en: str
    name_nl: str
    formula: str
    elemental_fraction: Decimal
    solubility: str
    bioavailability: str
    bioavailability_evidence: str
    gut: str
    typical_unit_mg: str
    in_eu_supplements: str
    remark: str
    evidence: str

    def elemental_mg(self, salt_mg: Decimal) -> Decimal:
        """The mg of magnesium in so many mg of the salt."""
        return salt_mg * self.elemental_fraction
