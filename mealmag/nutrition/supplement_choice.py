"""Which supplement, once food is proven not to be enough: form, product, and what others leave of the limit.

The evidence is told as it is: soluble salts are taken up better than oxide, no form is proven for sleep, and
a ranking is no factor to multiply with. Nothing here makes a dose larger than the advice it starts from.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar

from mealmag.errors import InputError, did_you_mean
from mealmag.nutrition.document import Document, Part
from mealmag.nutrition.forms import Form
from mealmag.nutrition.person import LifeStage, Person
from mealmag.nutrition.reference import MagnesiumReference
from mealmag.nutrition.supplement import (
    SMALLEST_DOSE_MG,
    Advice,
    Dose,
    Refusal,
    SupplementAdvice,
    counts_water,
    split_dose,
)

_SHOWN = 3
_RANK = {"high": 0, "medium": 1, "uncertain": 2, "low": 3}
_NO_WORD_OF_ITS_OWN = "as "  # a hydrate or the like, of which the table says "as citrate"
_HARSH = ("lax", "loose", "antacid")
_NOT_IN_PREGNANCY = frozenset(
    {"l_threonate"}
)  # (EU) 2024/2694: not for pregnant or lactating women


class FormChoice(Part):
    """A salt with what is known of it, in the words of the table."""

    id: str
    name: str
    uptake: str
    evidence: str
    gut: str
    remark: str


class SupplementChoice(Part):
    """What to take, or why nothing. Milligrams are of the element, a day; `left_mg` is what the upper level
    leaves after what is taken already. `units` is how many of which product."""

    elemental_mg: int | None
    units: str
    doses: tuple[Dose, ...]
    upper_level_mg: float | None
    taken_mg: float
    left_mg: float | None
    forms: tuple[FormChoice, ...]
    notes: tuple[str, ...]


class SupplementDocument(Document):
    """What `mealmag supplement` says: the plan's advice, None where food is enough, and what to choose."""

    schema_name: ClassVar[str] = "mealmag/supplement/1"

    advice: Advice | Refusal | None
    choice: SupplementChoice | None


def supplement_document(
    advice: SupplementAdvice | None, choice: SupplementChoice | None
) -> SupplementDocument:
    """The document of an advice and a choice."""
    said = None if advice is None else advice.document()
    return SupplementDocument.model_validate({"advice": said, "choice": choice})


def choose(
    advice: SupplementAdvice,
    forms: Sequence[Form],
    person: Person,
    reference: MagnesiumReference,
    *,
    wanted: str | None = None,
    sensitive_gut: bool = False,
    product_mg: Decimal | None = None,
    taken_mg: Decimal = Decimal(0),
    water_mg: Decimal = Decimal(0),
) -> SupplementChoice:
    """A form and a number of units for an advice that has a dose.

    `taken_mg` are other supplements and magnesium medicines, `water_mg` what comes from mineral water (both a
    day): the latter counts where the set's upper level names water. InputError for a form that is none.
    """
    notes: list[str] = []
    dose = Decimal(advice.elemental_mg or 0)
    upper = reference.ul_mg
    counted = taken_mg + (water_mg if counts_water(reference) else 0)
    left = None if upper is None else max(Decimal(0), upper - counted)
    if left is not None and left < dose:
        notes.append(
            f"{counted:.0f} mg of what you take already count against the upper level of {upper} mg: "
            f"{left:.0f} mg are left of it."
        )
        dose = left
    if water_mg and not counts_water(reference):
        notes.append(
            f"You drink {water_mg:.0f} mg a day in water. This set's upper level does not count it; another "
            "set's does (EFSA)."
        )
    count, units = 0, ""
    if product_mg is not None and dose >= SMALLEST_DOSE_MG:
        count = int(dose // product_mg)
        if count == 0:
            notes.append(
                f"A unit of {product_mg.normalize():f} mg is more than the {dose:.0f} mg that are missing: "
                "choose a smaller one."
            )
        dose = product_mg * count
        units = f"{count} x {product_mg.normalize():f} mg"
    if dose < SMALLEST_DOSE_MG:
        if not notes:
            notes.append(f"Less than {SMALLEST_DOSE_MG} mg is too little for a supplement.")
        dose, units = Decimal(0), ""
    return SupplementChoice(
        elemental_mg=int(dose) or None,
        units=units,
        doses=_doses(int(dose), count, product_mg, reference),
        upper_level_mg=None if upper is None else float(upper),
        taken_mg=float(counted),
        left_mg=None if left is None else float(left),
        forms=tuple(map(_shown, _ranked(forms, person, wanted, sensitive_gut))) if dose else (),
        notes=tuple(notes),
    )


def _doses(
    dose: int, count: int, product_mg: Decimal | None, reference: MagnesiumReference
) -> tuple[Dose, ...]:
    """Split over breakfast and dinner; a product by whole units."""
    if not dose:
        return ()
    if product_mg is None or not count:
        return split_dose(dose, reference)
    second = count // 2
    first = Dose(mg=int(product_mg * (count - second)), when="with breakfast")
    if not second:
        return (first.model_copy(update={"when": "with a meal"}),)
    return (first, Dose(mg=int(product_mg * second), when="with dinner"))


def _ranked(
    forms: Sequence[Form], person: Person, wanted: str | None, sensitive_gut: bool
) -> list[Form]:
    """Soluble salts of which people took up more, first; for a sensitive gut the gentle ones. What is wanted
    goes before all, if it may be sold and taken."""
    expecting = person.life_stage is not LifeStage.NONE
    fitting = [
        form
        for form in forms
        if form.in_eu_supplements != "no" and not (expecting and form.id in _NOT_IN_PREGNANCY)
    ]
    told = [form for form in fitting if not form.gut.startswith(_NO_WORD_OF_ITS_OWN)]
    ranked = sorted(
        told,
        key=lambda form: (
            sensitive_gut and any(word in form.gut for word in _HARSH),
            form.in_eu_supplements != "yes",
            _RANK[form.bioavailability],
            forms.index(form),
        ),
    )
    if wanted is None:
        return ranked[:_SHOWN]
    key = wanted.lower().replace("-", "_").replace(" ", "_").removeprefix("magnesium_")
    first = [form for form in fitting if form.id == key]
    if not first:
        known = [form.id for form in fitting]
        raise InputError(
            f'"{wanted}" is no form of magnesium that can be suggested.{did_you_mean(key, known)}',
            hint=f"Forms: {', '.join(known)}.",
        )
    return [*first, *(form for form in ranked if form not in first)][:_SHOWN]


def _shown(form: Form) -> FormChoice:
    return FormChoice(
        id=form.id,
        name=form.name_en,
        uptake=form.bioavailability,
        evidence=form.bioavailability_evidence,
        gut=form.gut,
        remark=form.remark,
    )
