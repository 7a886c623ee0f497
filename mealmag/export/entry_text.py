"""An entry of the diary in words."""

from mealmag.nutrition.diary import Entry

_PLAIN = (" g", " ml", " mg")


def portion_words(entry: Entry) -> str:
    """How much of what, with the grams where the measure does not say them."""
    grams = "" if entry.measure.endswith(_PLAIN) else f" ({entry.quantity:.0f} g)"
    return f"{entry.measure} {entry.snapshot.name_en}{grams}"
