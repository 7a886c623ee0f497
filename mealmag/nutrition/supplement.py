"""What to do about the magnesium that food cannot bring: a dose, a refusal, or nothing.

Of a day with a meal of which nobody knows the magnesium no gap is known, so it has no dose.

Two ledgers are kept apart. Food, water and supplement count towards the target; only the supplement
counts against the upper level. A dose is never more than a day's gap, never more than the upper
level, and in sum never more than what the solver proved that no menu can bring.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from mealmag.nutrition.interactions import (
    InteractionRow,
    Level,
    Match,
    every_medicine,
    matches,
)
from mealmag.nutrition.person import LifeStage, Person
from mealmag.nutrition.reference import MagnesiumReference
from mealmag.nutrition.totals import rounded

SMALLEST_DOSE_MG = 25  # below it no product is worth taking; the reference notes say "about 25 mg"
STEP_MG = 5
YOUNGEST = 4  # no published upper level holds for younger children in Europe; none is suggested
ADULT = 18
OLDER = 65
_TWO_INTAKES = "two intakes"  # the German upper level is for a dose that is split
_UNKNOWN = (
    "Where food seems to leave a gap, nobody knows the magnesium of a meal (one eaten out, say), so no "
    "gap is known, and no supplement is suggested."
)
_PHARMACIST = "ask a doctor or pharmacist before taking magnesium"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Dose(_Part):
    """One intake: mg of elemental magnesium, and when."""

    mg: int
    when: str


class Certificate(_Part):
    """The proof that no menu does better: the most mg food can bring, and who says so."""

    best_possible_food_mg: float
    engines: tuple[str, ...]


class RuleCost(_Part):
    """What lifting one rule would add, in mg."""

    rule: str
    would_add_mg: float


class Refusal(_Part):
    """Why nothing can be suggested: a person must ask a doctor."""

    form: None
    refused: str


class Advice(_Part):
    """The advice for the days in `on_days` (keys of the days handed in); mg of elemental magnesium.

    `elemental_mg` (a day) is None where nothing is suggested, and `note` then says why. `gap_mg` is the
    smallest gap of the days with a dose; without a dose, the largest gap.
    """

    form: str | None = None
    elemental_mg: int | None = None
    doses: tuple[Dose, ...] = ()
    upper_level_mg: float | None = None
    gap_mg: float | None = None
    on_days: tuple[str, ...] = ()
    certificate: Certificate | None = None
    cautions: tuple[str, ...] = ()
    why_not_food: tuple[RuleCost, ...] = ()
    note: str | None = None


class SupplementAdvice(Advice):
    """The advice, or that it is `refused` and why."""

    refused: str | None = None

    def document(self) -> dict[str, object]:
        """The advice as it stands in the JSON of a plan; a refusal holds nothing but its reason."""
        if self.refused is not None:
            return {"form": None, "refused": self.refused}
        return self.model_dump(mode="json", exclude={"refused"})


def advise(
    *,
    food_mg: Mapping[str, Decimal],
    target_mg: Decimal,
    proven_shortfall_mg: Decimal,
    unknown_days: Collection[str] = (),
    reference: MagnesiumReference,
    person: Person,
    interactions: Sequence[InteractionRow],
    certificate: Certificate | None = None,
    why_not_food: Sequence[RuleCost] = (),
) -> SupplementAdvice | None:
    """The advice for a plan whose days bring `food_mg` (by day), or None when no day has a gap.

    `proven_shortfall_mg` is the proven least shortfall of all days together but the `unknown_days`, of
    which some magnesium was not counted; without it food can, as far as anyone knows, close the gap, and no
    dose is suggested. Amounts in mg. No errors.
    """
    gaps = {day: max(Decimal(0), target_mg - amount) for day, amount in food_mg.items()}
    largest = max(gaps.values(), default=Decimal(0))
    if largest == 0:
        return None
    found, unknown = matches(interactions, (*person.conditions, *person.medicines))
    refused = _refusal(reference, person, found)
    if refused:
        return SupplementAdvice(refused=refused)
    upper = Decimal(0) if reference.ul_mg is None else reference.ul_mg
    known = {day: gap for day, gap in gaps.items() if day not in unknown_days}
    days = tuple(day for day, gap in known.items() if gap >= SMALLEST_DOSE_MG)
    dose, note = _dose([gaps[day] for day in days], upper, proven_shortfall_mg)
    if not any(known.values()):
        note = _UNKNOWN
    common = SupplementAdvice(
        upper_level_mg=rounded(upper),
        certificate=certificate,
        why_not_food=tuple(why_not_food),
    )
    if dose == 0:
        return common.model_copy(update={"gap_mg": rounded(largest), "note": note})
    return common.model_copy(
        update={
            "elemental_mg": dose,
            "doses": split_dose(dose, reference),
            "gap_mg": rounded(min(gaps[day] for day in days)),
            "on_days": days,
            "cautions": _cautions(reference, person, interactions, found, unknown),
        }
    )


def _refusal(reference: MagnesiumReference, person: Person, found: Sequence[Match]) -> str:
    """Why no supplement may be suggested at all; empty when one may."""
    blocks = [match for match in found if match.row.level is Level.BLOCK]
    if blocks:
        return " ".join(
            dict.fromkeys(
                f'"{match.word}" ({match.row.name}): {match.row.advice}' for match in blocks
            )
        )
    if person.age < YOUNGEST:
        return f"No supplement is suggested below {YOUNGEST} years; ask a doctor."
    if reference.ul_mg is None:
        return (
            f'The reference set "{reference.reference_set}" has no upper level for supplements at '
            f"this age ({reference.age_label}); ask a doctor."
        )
    return ""


def _dose(gaps: Sequence[Decimal], upper: Decimal, proven: Decimal) -> tuple[int, str]:
    """One equal daily dose in whole steps for the days with these gaps, or 0 and why."""
    if proven <= 0:
        return 0, "Nothing proves that food cannot close this gap, so no supplement is suggested."
    if not gaps:
        return 0, f"No day lacks {SMALLEST_DOSE_MG} mg or more: too little for a supplement."
    # Floor division is exact where a quotient would be rounded: the sum never passes the proof.
    steps = min(
        *(gap // STEP_MG for gap in gaps), upper // STEP_MG, proven // (STEP_MG * len(gaps))
    )
    dose = int(steps) * STEP_MG
    if dose < SMALLEST_DOSE_MG:
        return 0, (
            f"What food is proven unable to bring, or the upper level leaves, is under "
            f"{SMALLEST_DOSE_MG} mg a day: too little for a supplement."
        )
    return dose, ""


def split_dose(dose: int, reference: MagnesiumReference) -> tuple[Dose, ...]:
    """Two intakes where both are worth taking: less at once is taken up better."""
    if dose < 2 * SMALLEST_DOSE_MG and _TWO_INTAKES not in reference.ul_scope:
        return (Dose(mg=dose, when="with a meal"),)
    second = dose // 2 // STEP_MG * STEP_MG
    return (Dose(mg=dose - second, when="with breakfast"), Dose(mg=second, when="with dinner"))


def counts_water(reference: MagnesiumReference) -> bool:
    """Whether the set's upper level names the magnesium of water."""
    return "in water" in reference.ul_scope or "drinking water" in reference.ul_scope


def _cautions(
    reference: MagnesiumReference,
    person: Person,
    rows: Sequence[InteractionRow],
    found: Sequence[Match],
    unknown: Sequence[str],
) -> tuple[str, ...]:
    """Everything to heed with a dose, the gravest first; nothing a person named is left out."""
    texts: list[str] = []
    by_id = {row.id: row for row in rows}
    if person.age < ADULT:
        texts.append(f"Ask first (younger than {ADULT}): {_advice(by_id, 'child')}")
    if person.life_stage is not LifeStage.NONE:
        texts.append(f"Ask first ({person.life_stage}): {_advice(by_id, 'pregnancy')}")
    texts += [f'"{word}" is not known to mealmag: {_PHARMACIST}.' for word in unknown]
    for level in (Level.ASK, Level.SPACE, Level.INFORM):
        texts += [_caution(match) for match in found if match.row.level is level]
    general = every_medicine(rows)
    if general is not None and set(unknown) & set(person.medicines):
        texts.append(_caution(Match("other medicines", general)))
    if person.age >= OLDER:
        texts.append(f"From {OLDER} years: {_advice(by_id, 'older')}")
    if reference.target_type.startswith("AI"):
        texts.append("The target is an adequate intake: a gap below it is not a proven lack.")
    texts.append(f"The upper level counts: {reference.ul_scope}.")
    if counts_water(reference):
        texts.append("Magnesium in mineral water counts against this upper level as well.")
    texts += [row.advice for row in rows if row.kind == "symptom"]
    return tuple(dict.fromkeys(texts))


def _advice(by_id: Mapping[str, InteractionRow], key: str) -> str:
    row = by_id.get(key)
    return f"{_PHARMACIST}." if row is None else row.advice


def _caution(match: Match) -> str:
    """One matched row as a sentence, with its hours."""
    row = match.row
    if row.level is Level.ASK:
        return f'Ask first: "{match.word}" ({row.name}). {row.advice}{_hours(row)}'
    return f'"{match.word}" ({row.name}): {row.advice}{_hours(row)}'


def _hours(row: InteractionRow) -> str:
    parts = []
    if row.before_h:
        parts.append(f"at least {row.before_h} h before magnesium")
    if row.after_h:
        parts.append(f"at least {row.after_h} h after it")
    if not parts:
        return ""
    return f" Take {row.name} {' or '.join(parts)}."
