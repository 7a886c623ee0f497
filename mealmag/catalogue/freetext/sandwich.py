"""A sandwich by what is on it: "cheese sandwich", "broodje kaas", "tosti ham kaas" are bread and that."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from mealmag.catalogue.amounts import plural
from mealmag.catalogue.freetext.items import Item
from mealmag.catalogue.freetext.names import comparable

# The word, and the bread that it is: so many, of which measure, in words of the vocabulary.
_BREAD = {
    "sandwich": (2, "slice", "bread"), "sandwiches": (2, "slice", "bread"),
    "toastie": (2, "slice", "bread"), "toasties": (2, "slice", "bread"),
    "tosti": (2, "slice", "brood"), "tostis": (2, "slice", "brood"),
    "broodje": (1, None, "broodje"), "broodjes": (1, None, "broodje"),
    "bolletje": (1, None, "bolletje"), "bolletjes": (1, None, "bolletje"),
}  # fmt: skip


def parts_of_sandwich(item: Item, is_name: Callable[[str], bool]) -> tuple[Item, ...]:
    """The bread and what is on it, where these words say a sandwich and name that; else none.

    The bread is counted. How much of a filling there was is not said, and is left open.
    """
    words = comparable(item.words)
    if len(words) < 2 or item.unit is not None or item.open_amount:
        return ()
    for said, rest in ((words[-1], words[:-1]), (words[0], words[1:])):
        if said not in _BREAD:
            continue
        whole = " ".join(rest)
        fillings = [whole] if is_name(whole) else list(rest)
        if all(map(is_name, fillings)):
            pieces, unit, bread = _BREAD[said]
            count = pieces * (item.count or Decimal(1))
            text = " ".join(filter(None, [f"{count.normalize():f}", unit and plural(unit), bread]))
            loaf = replace(item, count=count, unit=unit, words=bread, text=text)
            on_it = (replace(item, count=None, words=each, text=each) for each in fillings)
            return loaf, *on_it
    return ()
