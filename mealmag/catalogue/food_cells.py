"""The cells of a food table, one reader each: the value, or a `ValueError` that says what is wrong.

The loader puts file, line and column in front of the sentence; the build tool does the same for the
file kept by hand. So a rule about a cell stands here, once.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from types import MappingProxyType

from mealmag.errors import did_you_mean
from mealmag.nutrition.food import ALLERGENS, COLOURS, GROUPS, Diet, Measure, State
from mealmag.nutrition.nutrients import BY_KEY, NUTRIENTS, nutrient_of

_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MEASURE_NAME = re.compile(r"[a-z]+( [a-z]+)*")
_RECORD = re.compile(r"[a-z]+:[A-Za-z0-9.:-]+")
_PLAIN_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_WEIGHTS = frozenset({"g", "gram", "grams", "kg", "mg", "ml", "l"})
TABLES = ("usda", "foundation", "swiss", "cofid", "ciqual", "label")
"""The food tables that a magnesium figure can come from; `label` is the maker's own."""

# A nutrient of a table's own is at most the whole of the food.
_ALL = MappingProxyType({"g": Decimal(100), "mg": Decimal(10**5), "µg": Decimal(10**8)})
_LONGEST_ID = 60
_LONGEST_NAME = 80
_LONGEST_NUMBER = 15
_HEAVIEST_MEASURE = Decimal(5000)

# The most that 100 g of a real food hold, with room above the richest in the USDA tables (salt,
# baking powder, cod-liver oil, Brazil nuts, dried herbs, yeast): beyond it a unit was mistaken.
CEILINGS = MappingProxyType(
    {nutrient.key: Decimal(100) for nutrient in NUTRIENTS if nutrient.unit == "g"}
    | {
        "energy_kcal": Decimal(902),
        "calcium_mg": Decimal(10_000),
        "iron_mg": Decimal(200),
        "magnesium_mg": Decimal(3_000),
        "phosphorus_mg": Decimal(12_000),
        "potassium_mg": Decimal(20_000),
        "sodium_mg": Decimal(40_000),
        "zinc_mg": Decimal(200),
        "selenium_ug": Decimal(3_000),
        "vitamin_a_ug_rae": Decimal(50_000),
        "vitamin_c_mg": Decimal(5_000),
        "vitamin_d_ug": Decimal(500),
        "vitamin_e_mg": Decimal(500),
        "vitamin_k1_ug": Decimal(3_000),
        "thiamin_mg": Decimal(100),
        "riboflavin_mg": Decimal(100),
        "niacin_mg": Decimal(500),
        "vitamin_b6_mg": Decimal(100),
        "folate_ug_dfe": Decimal(10_000),
        "vitamin_b12_ug": Decimal(500),
        "caffeine_mg": Decimal(6_000),
        "iodine_ug": Decimal(500_000),
        "oxalic_acid_mg": Decimal(5_000),
    }
)


def read_id(text: str) -> str:
    """A food's id: lower-case words and digits with single hyphens between."""
    if not _KEBAB.fullmatch(text) or len(text) > _LONGEST_ID:
        raise ValueError(
            f"{_shown(text)} is not an id: lower-case letters and digits with single hyphens "
            f"between, at most {_LONGEST_ID} characters, such as oats-rolled."
        )
    return text


def read_record(text: str) -> str:
    """A table and its record's code, `usda:11457`; may be empty (a food of somebody's own)."""
    if text and not _RECORD.fullmatch(text):
        raise ValueError(f"{_shown(text)} is not a record; write table:code, as in usda:11457.")
    return text


def read_synonyms(text: str) -> tuple[str, ...]:
    """Other names with `;` between, for the search; may be empty."""
    names = _split(text)
    for name in names:
        read_name(name)
    _refuse_twice(name.casefold() for name in names)
    return tuple(names)


def read_state(text: str) -> State:
    """The form in which the figures hold; empty is a food that is eaten as it is."""
    return State(_one_of(text, [state.value for state in State], "state")) if text else State.READY


def read_fortified(text: str) -> frozenset[str]:
    """Keys of nutrients that a country may add, with `;` between; empty means none."""
    keys = [_one_of(key, BY_KEY, "nutrient") for key in _split(text)]
    _refuse_twice(keys)
    return frozenset(keys)


def read_tables(text: str) -> dict[str, str]:
    """`table=value` with `;` between, `usda=79;swiss=58`: the values as written, by table."""
    found = {}
    for part in _split(text):
        table, equals, value = part.partition("=")
        if not equals or not value:
            raise ValueError(f"{_shown(part)} is not a table's value; write it as in swiss=58.")
        _one_of(table, TABLES, "food table")
        if table in found:
            raise ValueError(f"{_shown(table)} stands there twice.")
        found[table] = value
    return found


def read_magnesium_tables(text: str) -> dict[str, Decimal]:
    """The magnesium per 100 g in each table that has the food."""
    return {table: _figure("magnesium_mg", value) for table, value in read_tables(text).items()}


def _figure(key: str, text: str) -> Decimal:
    value = read_nutrient(key, text)
    assert value is not None  # an empty value was refused before
    return value


def read_percent(text: str) -> Decimal | None:
    """A share of a whole, 1 to 100; empty is None."""
    value = read_number(text)
    if value is not None and not 0 < value <= 100:
        raise ValueError(f"{_shown(text)} is no share of a whole: more than 0, at most 100.")
    return value


def read_text(text: str) -> str:
    """A name or a source: something readable, without blanks around it."""
    if not text.strip():
        raise ValueError("This must not be empty.")
    if text != text.strip() or not text.isprintable():
        raise ValueError(f"{_shown(text)} has blanks around it or signs that cannot be shown.")
    return text


def read_name(text: str) -> str:
    """A name that fits on a line of a menu."""
    if len(read_text(text)) > _LONGEST_NAME:
        raise ValueError(f"The name is longer than {_LONGEST_NAME} characters.")
    return text


def read_description(text: str) -> str:
    """The source's own words; may be empty."""
    return read_text(text) if text else ""


def read_ndb_no(text: str) -> str:
    """USDA's number of a record, five digits; may be empty."""
    if text and not re.fullmatch(r"[0-9]{5}", text):
        raise ValueError(f"{_shown(text)} is not an NDB number: five digits, leading zeros kept.")
    return text


def read_fdc_id(text: str) -> str:
    """FoodData Central's number of a record; may be empty."""
    if text and not re.fullmatch(r"[1-9][0-9]{0,9}", text):
        raise ValueError(f"{_shown(text)} is not a FoodData Central number.")
    return text


def read_group(text: str) -> str:
    """A food group: one of ours, or a group of the table's own that is not just like one of ours."""
    if text in GROUPS or (
        _KEBAB.fullmatch(text) and len(text) <= _LONGEST_ID and not did_you_mean(text, GROUPS)
    ):
        return text
    return _one_of(text, GROUPS, "group")


def read_other_group(text: str) -> str:
    """A food group of a whole other catalogue: its words as they are typed elsewhere, `nuts-and-seeds`."""
    words = re.findall(r"[^\W_]+", read_name(text).lower())
    return "-".join(words) if words else _one_of(text, GROUPS, "group")


def read_diet(text: str) -> Diet:
    """The strictest class of eaters that eats the food."""
    return Diet(_one_of(text, [diet.value for diet in Diet], "diet class"))


def read_allergens(text: str) -> frozenset[str]:
    """EU-14 keys with `;` between; empty means none."""
    keys = [_one_of(key, ALLERGENS, "allergen") for key in _split(text)]
    _refuse_twice(keys)
    return frozenset(keys)


def read_roles(text: str) -> frozenset[str]:
    """Roles in dishes with `;` between; empty means that only dishes naming the food use it."""
    roles = _split(text)
    for role in roles:
        if not _KEBAB.fullmatch(role):
            raise ValueError(
                f"{_shown(role)} is not a role: lower-case words with hyphens between."
            )
    _refuse_twice(roles)
    return frozenset(roles)


def read_measures(text: str) -> tuple[Measure, ...]:
    """Household measures, `1 slice=28;1 cup=246`: the plain singular name and the grams of one.

    The `1` may be left out, as in a list kept by hand.
    """
    measures = []
    for part in _split(text):
        name, equals, grams = part.removeprefix("1 ").partition("=")
        if not equals:
            raise ValueError(f"{_shown(part)} is not a measure; write name=grams, as in slice=28.")
        if not _MEASURE_NAME.fullmatch(name) or name in _WEIGHTS:
            raise ValueError(
                f"{_shown(name)} cannot name a measure: lower-case words, and not a weight."
            )
        try:
            weight = read_number(grams)
        except ValueError as error:
            raise ValueError(f"The grams of {_shown(name)}: {error}") from None
        if weight is None or not 0 < weight <= _HEAVIEST_MEASURE:
            raise ValueError(
                f"One {name} must weigh more than 0 g and at most {_HEAVIEST_MEASURE} g."
            )
        measures.append(Measure(name, weight))
    _refuse_twice(measure.name for measure in measures)
    return tuple(measures)


def read_everyday(text: str) -> int:
    """1 in most kitchens, 2 in any supermarket, 3 a special trip."""
    if text not in {"1", "2", "3"}:
        raise ValueError(f"{_shown(text)} must be 1 (in most kitchens), 2 or 3 (a special trip).")
    return int(text)


def read_colour(text: str) -> str:
    """What a vegetable or fruit looks like on a plate; empty is no colour that counts."""
    return _one_of(text, COLOURS, "colour") if text else ""


def read_packet(text: str) -> str:
    """What is bought of which the rest does not keep, by a word of its own; empty where it keeps."""
    return read_id(text) if text else ""


def read_main_food(text: str) -> str:
    """What people call it where it makes a meal what it is; empty for what never does."""
    if text and not _KEBAB.fullmatch(text):
        raise ValueError(
            f"{_shown(text)} is not a main food: lower-case words with hyphens between."
        )
    return text


def read_number(text: str) -> Decimal | None:
    """A figure, exactly as written, zero or more; empty is None: unknown, never zero."""
    if not text:
        return None
    if not _PLAIN_NUMBER.fullmatch(text):
        bare = text.strip()
        if bare.startswith("-") and _PLAIN_NUMBER.fullmatch(bare[1:]):
            raise ValueError(f"{_shown(text)} is below zero.")
        hint = " Write a decimal point." if "," in text else ""
        raise ValueError(f"{_shown(text)} is not a number; leave it empty if unknown.{hint}")
    if len(text) > _LONGEST_NUMBER:
        raise ValueError(f"{_shown(text)} has more than {_LONGEST_NUMBER} signs.")
    return Decimal(text)


def read_count(text: str) -> int | None:
    """A number of samples; empty is None."""
    value = read_number(text)
    if value is not None and value != int(value):
        raise ValueError(f"{_shown(text)} is not a whole number.")
    return None if value is None else int(value)


def read_nutrient(key: str, text: str) -> Decimal | None:
    """A nutrient per 100 g, no more than a real food can hold."""
    value = read_number(text)
    unit = nutrient_of(key).unit
    ceiling = CEILINGS[key] if key in CEILINGS else _ALL[unit]
    if value is not None and value > ceiling:
        raise ValueError(f"{value} in 100 g cannot be: at most {ceiling} {unit}.")
    return value


def _split(text: str) -> list[str]:
    """The parts between the semicolons; an empty part is a slip of the pen."""
    parts = text.split(";") if text else []
    if "" in parts:
        raise ValueError("There is a semicolon too many.")
    return parts


def _one_of(text: str, known: Iterable[str], what: str) -> str:
    words = tuple(known)
    if text not in words:
        hint = did_you_mean(text, words) or f" Known: {', '.join(words)}."
        raise ValueError(f"{_shown(text)} is not a known {what}.{hint}")
    return text


def _refuse_twice(words: Iterable[str]) -> None:
    seen: set[str] = set()
    for word in words:
        if word in seen:
            raise ValueError(f"{_shown(word)} stands there twice.")
        seen.add(word)


def _shown(text: str) -> str:
    """Foreign text, short and harmless enough for a message."""
    clean = "".join(sign if sign.isprintable() else "�" for sign in text)
    return f'"{clean[:40]}…"' if len(clean) > 40 else f'"{clean}"'
