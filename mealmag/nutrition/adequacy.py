"""How likely it is that usual intake is adequate, judged from a few days.

A day says little about what a person usually eats, and nobody knows what exactly they need. Both are
spreads, and the difference between the mean of the logged days and the median requirement (EAR) is held
against them: IOM 2000, Dietary Reference Intakes: Applications in Dietary Assessment, chapter 3 and
Appendix B. Where a set has only an adequate intake (AI), less than it proves nothing; where it has a
recommended intake without a median requirement, no probability can be told.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

from mealmag.nutrition.person import Person, Sex
from mealmag.nutrition.reference import NOT_CHECKED, MagnesiumReference, ReferenceSet

METHOD = "IOM 2000, Dietary Reference Intakes: Applications in Dietary Assessment, ch. 3 and App. B"
FIRM = 0.95
"""From this probability on (or up to its complement) an answer is called firm."""

_CV_OF_REQUIREMENT = 0.10  # magnesium: IOM 2000, App. B; DRI Essential Guide 2006, App. H
_ADULT, _OLDEST_OF_ROW = 19, 51
_MOST_DAYS = 365
_normal = NormalDist()


@dataclass(frozen=True, slots=True)
class WithinPerson:
    """How a person's magnesium varies from day to day: the standard deviation in mg, and whose it is."""

    sd_mg: float
    source: str


@dataclass(frozen=True, slots=True)
class Adequacy:
    """What `days` logged days say about usual intake; amounts in mg a day.

    `probability` is that of being right to call usual intake adequate. `days_for_firm` is how many days, as
    these on the mean, would make the answer firm either way: None where not even a year would.
    """

    days: int
    mean_mg: float
    ear_mg: float
    sd_of_requirement_mg: float
    within: WithinPerson
    sd_of_difference_mg: float
    probability: float
    days_for_firm: int | None

    @property
    def firm(self) -> bool:
        """Whether the probability is so high, or so low, that more days would hardly change it."""
        return max(self.probability, 1 - self.probability) >= FIRM

    @property
    def days_still(self) -> int | None:
        """How many more days a firm answer needs; None where no number of them is enough."""
        return None if self.days_for_firm is None else max(0, self.days_for_firm - self.days)


def within_person(person: Person) -> WithinPerson | None:
    """The published standard deviation that stands for this person; None under 19, where we have none."""
    if person.age < _ADULT:
        return None
    if person.sex is Sex.FEMALE:
        found = WithinPerson(85.9, "women of 19 to 50, IOM 2000, p. 54 (CSFII 1994-96)")
    else:
        found = WithinPerson(
            122.0, f"men of 19 to 50, IOM 2000, Table B-2 (CSFII 1994-96){NOT_CHECKED}"
        )
    if person.age >= _OLDEST_OF_ROW:
        return WithinPerson(found.sd_mg, f"{found.source}; taken for older ages, too")
    return found


def sd_of_requirement(reference: MagnesiumReference) -> float | None:
    """How requirements vary between people, in mg; None without an EAR.

    A tenth of the EAR in the American set. Elsewhere the recommendation lies two of them above the EAR.
    """
    if reference.ear_mg is None:
        return None
    if reference.reference_set is ReferenceSet.US:
        return _CV_OF_REQUIREMENT * float(reference.ear_mg)
    return float(reference.target_mg - reference.ear_mg) / 2


def adequacy(
    mean_mg: float, days: int, *, ear_mg: float, sd_of_requirement_mg: float, within: WithinPerson
) -> Adequacy:
    """What the mean of so many days says (at least one; ValueError otherwise)."""
    if days < 1:
        raise ValueError("at least one day is needed")
    difference = mean_mg - ear_mg
    spread = _sd_of_difference(days, sd_of_requirement_mg, within.sd_mg)
    return Adequacy(
        days=days,
        mean_mg=mean_mg,
        ear_mg=ear_mg,
        sd_of_requirement_mg=sd_of_requirement_mg,
        within=within,
        sd_of_difference_mg=spread,
        probability=_normal.cdf(difference / spread),
        days_for_firm=_days_for_firm(difference, sd_of_requirement_mg, within.sd_mg),
    )


def intake_needed(
    days: int, *, ear_mg: float, sd_of_requirement_mg: float, within_sd_mg: float, z: float = 2.0
) -> float:
    """The mean of so many days, in mg, that shows usual intake adequate with this many standard deviations
    (2: the 97.5 % of IOM 2000, Table 3-1)."""
    return ear_mg + z * _sd_of_difference(days, sd_of_requirement_mg, within_sd_mg)


def chance_above_ai(mean: float, days: int, *, ai: float, within_sd: float) -> float:
    """The probability that usual intake lies above an adequate intake (IOM 2000, Table 3-2).

    High, it shows that intake is adequate; low, it shows nothing.
    """
    return _normal.cdf((mean - ai) / (within_sd / math.sqrt(days)))


def _sd_of_difference(days: int, sd_of_requirement: float, within_sd: float) -> float:
    return math.sqrt(sd_of_requirement**2 + within_sd**2 / days)


def _days_for_firm(difference: float, sd_of_requirement: float, within_sd: float) -> int | None:
    """The least n for which |difference| is enough standard deviations of itself."""
    room = (difference / _normal.inv_cdf(FIRM)) ** 2 - sd_of_requirement**2
    if room <= 0:
        return None
    days = max(1, math.ceil(within_sd**2 / room - 1e-9))
    return days if days <= _MOST_DAYS else None
