"""A supplement for what food cannot close, on one screen; no sales talk."""

from collections.abc import Iterator

from mealmag.export.text import cost_words, wrapped
from mealmag.nutrition.supplement import SupplementAdvice
from mealmag.nutrition.supplement_choice import SupplementChoice

_EVIDENCE = (
    "Soluble salts are taken up better than oxide; between the soluble ones the trials differ too little to "
    "matter. No form is proven for sleep."
)


def supplement_text(advice: SupplementAdvice | None, choice: SupplementChoice | None) -> str:
    """What to take, or why nothing, with its proof and what to heed."""
    return "\n".join(_lines(advice, choice)) + "\n"


def _lines(advice: SupplementAdvice | None, choice: SupplementChoice | None) -> Iterator[str]:
    if advice is None:
        yield from wrapped(
            "No supplement: a plan of food under your rules reaches the magnesium target on every day. "
            "`mealmag plan` shows it."
        )
        return
    if advice.refused is not None:
        yield from wrapped(f"No supplement is suggested. {advice.refused}")
        return
    if choice is None or not choice.elemental_mg:
        yield from wrapped("No supplement is suggested.")
        yield from wrapped(advice.note or "")
        for note in () if choice is None else choice.notes:
            yield from wrapped(note)
        yield from wrapped(cost_words(advice.document()))
        return
    units = f" ({choice.units})" if choice.units else ""
    yield from wrapped(
        f"{choice.elemental_mg} mg of elemental magnesium a day{units}, on the {len(advice.on_days)} days "
        "where food falls short, and no more."
    )
    for dose in choice.doses:
        yield f"  {dose.mg} mg {dose.when}"
    yield from wrapped(
        f"Food leaves a gap of {advice.gap_mg:.0f} mg; the upper level for supplements is "
        f"{choice.upper_level_mg:.0f} mg a day, {choice.left_mg:.0f} mg of it free."
    )
    if advice.certificate is not None:
        engines = " and ".join(advice.certificate.engines)
        yield from wrapped(
            f"Proof: no menu under your rules brings more than "
            f"{advice.certificate.best_possible_food_mg:.0f} mg a day ({engines})."
        )
    yield from wrapped(cost_words(advice.document()))
    yield ""
    yield "Forms"
    for form in choice.forms:
        yield from wrapped(
            f"{form.name}: uptake {form.uptake}; {form.gut}. {form.evidence}.", "  · "
        )
    yield from wrapped(_EVIDENCE, "  ")
    yield ""
    for note in choice.notes:
        yield from wrapped(note, "Note: ")
    for caution in advice.cautions:
        yield from wrapped(caution, "Heed: ")
