"""What a life stage or an age rules out, and which foods are such.

Sources, of pregnancy: alcohol: none is known to be safe (NHS, "Drinking alcohol while pregnant"). Liver and
all pâté, fish liver oil (for their vitamin A), cold cured meat and mould-ripened cheese: NHS, "Foods to
avoid in pregnancy". Raw fish, meat, egg and sprouts, and smoked fish from the fridge: FDA, "Food Safety for
Moms-to-Be". Mercury: FDA/EPA, "Advice about Eating Fish" (2021), its list of choices to avoid, for those who
are pregnant or breastfeeding and for children from 1 to 11. That no alcohol, liver, raw fish or raw meat is
planned while breastfeeding, and no alcohol below 18 years, is our careful choice: no source demands it.

Which foods are such is told by figures where there are any (alcohol, vitamin A), else by the food's
group, state and words. It errs on the careful side: soft-boiled and poached eggs count as raw, all
smoked or pickled fish as raw fish. What a food hides in its brand or its making, no table knows.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from mealmag.nutrition.food import Diet, Food, State
from mealmag.nutrition.person import LifeStage, Person

ADULT = 18
_EATS_FISH_AS_ADULTS_DO = 12  # FDA/EPA: children from 1 to 11 avoid the same fish


class Exclusion(StrEnum):
    """A kind of food that may be ruled out."""

    ALCOHOL = "alcohol"
    LIVER = "liver"
    RAW_FISH = "raw-fish"
    RAW_MEAT = "raw-meat"
    RAW_EGG = "raw-egg"
    RAW_SPROUTS = "raw-sprouts"
    MOULD_CHEESE = "mould-cheese"
    MERCURY = "high-mercury-fish"


_BY_STAGE: Mapping[LifeStage, frozenset[Exclusion]] = MappingProxyType(
    {
        LifeStage.PREGNANT: frozenset(Exclusion),
        LifeStage.BREASTFEEDING: frozenset(
            {
                Exclusion.ALCOHOL,
                Exclusion.MERCURY,
                Exclusion.LIVER,
                Exclusion.RAW_FISH,
                Exclusion.RAW_MEAT,
            }
        ),
    }
)


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Traces that a food makes itself are no drink: wine vinegar keeps 0.1 g of alcohol in 100 g.
_TRACE_OF_ALCOHOL_G = Decimal("0.5")
# More preformed vitamin A (µg in 100 g) than any animal food but liver and the oil of livers has.
_AS_LIVER_UG = Decimal(2000)

_ALCOHOL = _each(
    "wine beer cider spirits liqueur whisky whiskey vodka gin rum brandy sherry port champagne "
    "prosecco vermouth sake advocaat eggnog wijn bier likeur jenever"
)
_LIVER = _each("liver liverwurst leverworst lever pate pâté paté foie leverpastei")
_RAW_FISH = _each(
    "raw smoked kippered kipper pickled cured marinated gravlax gravad maatjes sushi sashimi "
    "ceviche carpaccio tartare roe caviar"
)
_RAW_MEAT = _each(
    "salami chorizo pepperoni prosciutto bresaola serrano pancetta coppa carpaccio tartare jerky "
    "americain ossenworst"
)
_RAW_EGG = _each("mousse tiramisu eggnog zabaglione hollandaise advocaat")
_SPROUTS = _each("sprouts sprouted taugé tauge kiemen scheuten")
_SOFT_EGG = frozenset({"soft", "poached"})
_MOULD_CHEESE = _each("brie camembert roquefort gorgonzola stilton danablu blue chèvre")
# Each of these phrases is on the list "Choices to avoid" of FDA and EPA.
_MERCURY = (
    "king mackerel", "marlin", "orange roughy", "shark", "swordfish", "tilefish", "bigeye",
)  # fmt: skip


def stages(person: Person) -> frozenset[LifeStage]:
    """The life stages that hold for a person: the one stated, and those that a condition names."""
    found = {person.life_stage} - {LifeStage.NONE}
    return frozenset(found.union(*map(stages_named, person.conditions)))


def stages_named(condition: str) -> frozenset[LifeStage]:
    """The life stages that the words of one condition name; mostly none."""
    text = condition.lower()
    found = set()
    if "pregnan" in text or "zwanger" in text:
        found.add(LifeStage.PREGNANT)
    if any(part in text for part in ("breast-f", "breast f", "breastf", "lactat", "borstv")):
        found.add(LifeStage.BREASTFEEDING)
    return frozenset(found)


def excluded(person: Person) -> tuple[Exclusion, ...]:
    """The kinds of food that are not planned for this person, in a fixed order."""
    out: set[Exclusion] = set()
    for stage in stages(person):
        out |= _BY_STAGE[stage]
    if person.age < ADULT:
        out.add(Exclusion.ALCOHOL)
    if person.age < _EATS_FISH_AS_ADULTS_DO:
        out.add(Exclusion.MERCURY)
    return tuple(kind for kind in Exclusion if kind in out)


def kinds_of(food: Food) -> frozenset[Exclusion]:
    """The kinds that a food belongs to. Of a food that a dish cooks, the cooked form counts."""
    words = _words(food)
    uncooked = food.state is State.RAW and not food.cooked
    found = set()
    if _is_alcoholic(food, words):
        found.add(Exclusion.ALCOHOL)
    if food.diet in (Diet.PESCATARIAN, Diet.OMNIVORE):
        if words & _LIVER or (food.nutrients.get("vitamin_a_ug_rae") or 0) >= _AS_LIVER_UG:
            found.add(Exclusion.LIVER)
        if _is_raw_fish(food, words, uncooked=uncooked):
            found.add(Exclusion.RAW_FISH)
        if any(f" {fish} " in f" {_text(food)} " for fish in _MERCURY):
            found.add(Exclusion.MERCURY)
    if food.group == "meat" and (uncooked or _is_raw_cured(food, words)):
        found.add(Exclusion.RAW_MEAT)
    if food.group == "eggs" and (uncooked or (words & _SOFT_EGG and not food.cooked)):
        found.add(Exclusion.RAW_EGG)
    if uncooked and words & _SPROUTS and "brussels" not in words:
        found.add(Exclusion.RAW_SPROUTS)
    if food.diet is not Diet.VEGAN and words & _RAW_EGG:
        found.add(Exclusion.RAW_EGG)
    if food.group == "dairy" and words & _MOULD_CHEESE:
        found.add(Exclusion.MOULD_CHEESE)
    return frozenset(found)


def _is_alcoholic(food: Food, words: frozenset[str]) -> bool:
    """By its figure; a drink of which nobody knows the alcohol, by its name."""
    grams = food.nutrients.get("alcohol_g")
    if grams is not None:
        return grams > (0 if food.group == "drinks" else _TRACE_OF_ALCOHOL_G)
    return food.group == "drinks" and bool(words & _ALCOHOL)


def _is_raw_fish(food: Food, words: frozenset[str], *, uncooked: bool) -> bool:
    """Raw, or smoked, cured or pickled and not cooked since; what comes from a tin was heated."""
    if food.group == "fish":
        ready = food.state is not State.COOKED and not food.cooked and "canned" not in words
        return uncooked or (ready and bool(words & _RAW_FISH))
    return food.group == "ready-meals" and bool(words & (_RAW_FISH - {"raw", "smoked", "pickled"}))


def _is_raw_cured(food: Food, words: frozenset[str]) -> bool:
    """Cured and dried, never heated; what a dish or a kitchen cooked is not such."""
    if food.state is State.COOKED or food.cooked or "canned" in words:
        return False
    return bool(words & _RAW_MEAT) or ("cured" in words and bool(words & {"raw", "dried"}))


def _text(food: Food) -> str:
    """What the food is called, in lower case, with single spaces."""
    known = " ".join(
        (food.id.partition("+")[0], food.name_en, food.name_nl, food.source_description)
    )
    return " ".join(re.findall(r"[^\W_]+", known.lower()))


def _words(food: Food) -> frozenset[str]:
    return frozenset(_text(food).split())
