"""Units that people write: of weight, volume and energy, and household measures in English and Dutch.

A household measure goes by the English name that the food table has for it; what one weighs is the food's
affair. A word that measures in a kitchen but in no table ("bowl") is known too, so that it is not taken for
a food.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from mealmag.nutrition.food import Food

GRAMS: Mapping[str, Decimal] = MappingProxyType({
    "g": Decimal(1), "kg": Decimal(1000), "oz": Decimal("28.349523125"),
    "lb": Decimal("453.59237"), "ons": Decimal(100), "pond": Decimal(500),
})  # fmt: skip
"""Grams of one, exactly; the Dutch "ons" and "pond" are the metric ones."""

MILLILITRES: Mapping[str, Decimal] = MappingProxyType({
    "ml": Decimal(1), "cl": Decimal(10), "dl": Decimal(100), "l": Decimal(1000),
    "fl oz": Decimal("29.5735295625"),
})  # fmt: skip
"""Millilitres of one, exactly; the fluid ounce is that of the United States, as labels have it (the
imperial one is 4 % less)."""
_KCAL: Mapping[str, Decimal] = MappingProxyType({"kcal": Decimal(1), "kJ": 1 / Decimal("4.184")})
_VESSEL_ML = (
    ("cup", Decimal("236.588")), ("tablespoon", Decimal("14.787")), ("fl oz", Decimal("29.574")),
)  # fmt: skip
# The table's glass is of 200 ml for most drinks. Where it weighs what 200 ml of no drink do (wine: 147 g), it
# is another.
_GLASS_ML, _GLASS_GRAMS = Decimal(200), (Decimal(195), Decimal(215))

SMALL_PIECE = "small piece"
"""Dutch "stukje": the piece of the table where that is small, else an amount that nobody knows."""

DUTCH_CUP = "kopje"
"""Of a drink about the table's cup; of all else far less than that, by how much nobody says."""

WHOLE = "whole"
"""All of a thing, of which a "piece" may be a part."""

# Each unit: the words for one, and behind "|" those for more.
_SPELLED: Mapping[str, str] = MappingProxyType({
    "g": "g gr gram gramme | grams grammen grammes",
    "kg": "kg kilo kilogram | kilos kilo's kilograms",
    "oz": "oz ounce | ounces",
    "lb": "lb pound | lbs pounds",
    "ons": "ons | onsen",
    "pond": "pond | ponden",
    "mg": "mg milligram | milligrams",
    "ml": "ml milliliter millilitre | milliliters millilitres",
    "cl": "cl centiliter centilitre | centiliters centilitres",
    "dl": "dl deciliter decilitre | deciliters decilitres",
    "l": "l ltr liter litre | liters litres",
    "fl oz": "floz | flozs",
    "kcal": "kcal cal calorie kilocalorie | calories kilocalories calorieen kilocalorieen",
    "kJ": "kj kilojoule | kilojoules",
    "bar": "bar reep reepje | bars repen reepjes",
    "block": "block blok | blocks blokken",
    "bottle": "bottle fles flesje | bottles flessen flesjes",
    "bunch": "bunch bos bosje | bunches bossen bosjes",
    "can": "can tin blik blikje | cans tins blikken blikjes",
    "clove": "clove teen teentje | cloves tenen teentjes",
    "container": "container | containers",
    "cube": "cube blokje klontje | cubes blokjes klontjes",
    "cup": "cup | cups",
    DUTCH_CUP: "kop kopje | koppen kopjes",
    "fillet": "fillet filet | fillets filets",
    "floret": "floret roosje | florets roosjes",
    "glass": "glass glas glaasje | glasses glazen glaasjes",
    "half": "| halves",
    "handful": "handful hand handje handvol handjevol | handfuls handen handjes",
    "head": "head krop stronk stronkje | heads kroppen stronken stronkjes",
    "leaf": "leaf blad blaadje | leaves bladen bladeren blaadjes",
    "link": "link | links",
    "mug": "mug mok beker | mugs mokken bekers",
    "package": "package packet pack pak pakje | packages packets packs pakken pakjes",
    "pat": "pat | pats",
    "patty": "patty | patties",
    "piece": "piece pc pce stuk st square | pieces pcs stuks stukken squares",
    SMALL_PIECE: "stukje | stukjes",
    "pinch": "pinch snuf snufje | pinches snufjes",
    "portion": "portion portie | portions porties",
    "pot": "pot tub potje bakje kuipje | pots tubs potjes bakjes kuipjes",
    "punt": "punt puntje | punten puntjes",
    "sachet": "sachet zakje | sachets zakjes",
    "scoop": "scoop maatschep schep schepje | scoops scheppen schepjes",
    "serving": "serving | servings",
    "sheet": "sheet vel velletje | sheets vellen velletjes",
    "shot": "shot shotje | shots shotjes",
    "slice": "slice rasher snee sneetje boterham plak plakje schijf schijfje | slices rashers sneeen "
    "sneden sneetjes boterhammen plakken plakjes schijven schijfjes",
    "spear": "spear | spears",
    "sprig": "sprig takje twijgje | sprigs takjes twijgjes",
    "stalk": "stalk stengel | stalks stengels",
    "tablespoon": "tablespoon tbsp tbs tbl tblsp eetlepel el | tablespoons tbsps eetlepels",
    "teaspoon": "teaspoon tsp theelepel theelepeltje tl | teaspoons tsps theelepels theelepeltjes",
    "wedge": "wedge partje | wedges partjes",
    "bag": "bag zak | bags zakken",
    "ball": "ball bol bolletje | balls bollen bolletjes",
    "bowl": "bowl kom kommetje schaal schaaltje | bowls kommen kommetjes schalen schaaltjes",
    "box": "box doos doosje carton | boxes dozen doosjes cartons",
    "jar": "jar | jars",
    "knob": "knob klont | knobs klonten",
    "pint": "pint | pints pinten",
    "plate": "plate bord bordje | plates borden bordjes",
    "splash": "splash dash drizzle scheut scheutje | splashes dashes scheuten scheutjes",
    "spoon": "spoon spoonful lepel lepeltje | spoons spoonfuls lepels lepeltjes",
})  # fmt: skip

MAY_BE: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "portion": ("portion", "serving"), "serving": ("serving", "portion"), "punt": ("slice", "wedge"),
})  # fmt: skip
"""Words that say one of several measures of the table."""

_SIZES: Mapping[str, str] = MappingProxyType({
    "small": "small", "little": "small", "klein": "small", "kleine": "small", "medium": "medium",
    "medium-sized": "medium", "middelgroot": "medium", "middelgrote": "medium",
    "gemiddeld": "medium", "gemiddelde": "medium", "large": "large", "big": "large",
    "groot": "large", "grote": "large",
})  # fmt: skip
# These make a spoon or a hand more than one, by how much nobody knows.
_HEAPED = frozenset({"heaped", "heaping", "generous", "flinke", "volle", "afgeladen"})
_LEVEL = frozenset({"level", "afgestreken", "gewone", "normale"})
_SHORTEST_FIRST_PART, _SHORTEST_ENDING = 3, 4
# The fluid ounce is two words.
_FLUID, _OUNCES = frozenset({"fl", "fluid"}), frozenset({"oz", "ounce", "ounces"})
_ENTIRE = frozenset({"whole", "entire", "hele", "heel"})


def _words() -> Iterator[tuple[str, tuple[str, bool]]]:
    for unit, spelled in _SPELLED.items():
        one, _, more = spelled.partition("|")
        yield from ((word, (unit, False)) for word in one.split())
        yield from ((word, (unit, True)) for word in more.split())


_UNIT_OF: Mapping[str, tuple[str, bool]] = MappingProxyType(dict(_words()))


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by its name, how many words said it, and whether they said more than one."""

    name: str
    words: int
    is_plural: bool = False
    is_size: bool = False


def is_unit(word: str) -> bool:
    """Whether a word, in its simplest spelling, is one for a unit."""
    return word in _UNIT_OF


def is_household(unit: str) -> bool:
    """Whether a unit is a household measure, and none of weight, volume or energy."""
    return unit != "mg" and not (unit in GRAMS or unit in MILLILITRES or unit in _KCAL)


def read_unit(words: Sequence[str]) -> Unit | None:
    """The unit that `words` (in their simplest spelling) begin with: "g", "large slice", "grote".

    "of" and "van" behind it are read with it.
    """
    if not words:
        return None
    first = words[0]
    if first in _FLUID and len(words) > 1 and words[1] in _OUNCES:
        return Unit("fl oz", _past_of(words, 2), words[1] == "ounces")
    if first in _UNIT_OF:
        name, is_plural = _UNIT_OF[first]
        return Unit(name, _past_of(words, 1), is_plural)
    second = _UNIT_OF.get(words[1]) if len(words) > 1 else None
    is_measured = second is not None and is_household(second[0])
    if second and is_measured and first in (_LEVEL | _ENTIRE):
        return Unit(second[0], _past_of(words, 2), second[1])
    if second and is_measured and (first in _SIZES or first in _HEAPED):
        return Unit(f"{_SIZES.get(first, 'heaped')} {second[0]}", _past_of(words, 2), second[1])
    if first in _SIZES:
        length = 2 if first == "medium" and words[1:2] == ["sized"] else 1
        return Unit(_SIZES[first], _past_of(words, length), is_size=True)
    return Unit(WHOLE, _past_of(words, 1), is_size=True) if first in _ENTIRE else None


def unit_ending(word: str) -> Unit | None:
    """The household measure that a compound ends with: "knoflookteen", "citroenpartje"."""
    for start in range(_SHORTEST_FIRST_PART, len(word) - _SHORTEST_ENDING + 1):
        name, is_plural = _UNIT_OF.get(word[start:], ("", False))
        if name and is_household(name):
            return Unit(name, 1, is_plural)
    return None


def _past_of(words: Sequence[str], end: int) -> int:
    return end + 1 if end < len(words) and words[end] in {"of", "van"} else end


def grams_per_millilitre(food: Food) -> Decimal | None:
    """The density of a food as it lies in a cup or, without that, in a spoon or a fluid ounce, or of a drink
    in a glass of the usual size; None without any."""
    for name, millilitres in _VESSEL_ML:
        vessel = food.measure(name)
        if vessel is not None:
            return vessel.grams / millilitres
    glass = food.measure("glass")
    if food.group == "drinks" and glass and _GLASS_GRAMS[0] <= glass.grams <= _GLASS_GRAMS[1]:
        return glass.grams / _GLASS_ML
    return None


def grams_by_volume(food: Food, count: Decimal, unit: str) -> Decimal | None:
    """Grams of `count` ml, cl, dl or l of a food; None where its density is not known."""
    density = grams_per_millilitre(food)
    return None if density is None else count * MILLILITRES[unit] * density


def is_energy(unit: str) -> bool:
    """Whether a unit is one of energy."""
    return unit in _KCAL


def grams_by_energy(food: Food, count: Decimal, unit: str) -> Decimal | None:
    """Grams of a food that bring `count` kcal or kJ; None where it brings none or that is not known."""
    per_100_g = food.nutrients.get("energy_kcal")
    return count * _KCAL[unit] * 100 / per_100_g if per_100_g else None
