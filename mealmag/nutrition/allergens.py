"""Which of the fourteen allergens of the EU somebody means who calls one by another name.

They are suggested, never taken for granted: "nuts" to one is "peanuts" to another, and mealmag avoids no more
than was asked for. What is meant by the keys: Regulation (EU) No 1169/2011, Annex II (almonds, hazelnuts,
walnuts, cashews, pecans, Brazil nuts, pistachios and macadamias are its nuts; coconut and chestnut are none).
"""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from mealmag.errors import did_you_mean
from mealmag.nutrition.food import ALLERGENS

_CALLED: Mapping[str, str] = MappingProxyType(
    {
        "gluten": "coeliac celiac coeliakie wheat tarwe rye rogge barley gerst oat haver spelt kamut",
        "crustaceans": "crustacean shellfish prawn shrimp crab lobster crayfish langoustine scampi "
        "garnaal garnalen schaaldieren",
        "molluscs": "mollusc mollusk shellfish mussel oyster clam scallop squid octopus cuttlefish snail "
        "mosselen weekdieren",
        "eggs": "egg ei eieren",
        "fish": "vis",
        "peanuts": "peanut groundnut pinda",
        "soybeans": "soy soya soja soybean soyabean tofu",
        "milk": "dairy lactose cheese butter casein whey melk zuivel koemelk",
        "nuts": "nut almond hazelnut walnut cashew pecan pistachio macadamia noten amandel",
        "celery": "celeriac selderij",
        "mustard": "mosterd",
        "sesame": "tahini sesam",
        "sulphites": "sulphite sulfite sulphur sulfiet",
        "lupin": "lupine lupini",
    }
)  # fmt: skip
_NO_NUTS = re.compile(r"coconut|nutmeg|chestnut|butternut")


def meant_allergens(words: str) -> tuple[str, ...]:
    """The keys, in the order of `ALLERGENS`, that these words may mean: "lactose-free" → milk; often none."""
    text = _NO_NUTS.sub(" ", words.lower())
    said = {form for token in re.findall(r"[^\W\d_]+", text) for form in _singulars(token)}
    return tuple(key for key in ALLERGENS if key in said or not said.isdisjoint(_FORMS[key]))


def which_allergens(word: str) -> str:
    """A suggestion to put behind a message: ` Did you mean "milk"?`, or nothing when none is near."""
    meant = meant_allergens(word)
    if not meant:
        return "" if _NO_NUTS.search(word.lower()) else did_you_mean(word, ALLERGENS)
    quoted = " and ".join(f'"{key}"' for key in meant)
    return f" Did you mean {quoted}?"


def option(keys: Iterable[str]) -> str:
    """What to type to avoid these."""
    return f"--avoid {','.join(keys)}"


def _singulars(token: str) -> Iterable[str]:
    """The token, and what it may be one more of."""
    yield token
    for ending in ("s", "es"):
        if len(token) > len(ending) + 2 and token.endswith(ending):
            yield token.removesuffix(ending)


_FORMS = {key: frozenset(words.split()) for key, words in _CALLED.items()}
