"""A line is split where people part foods, and nowhere else; when it was is found around them."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mealmag.catalogue.dish import Meal
from mealmag.catalogue.freetext.line import MOST_ITEMS, Item, Line, read_line
from mealmag.errors import InputError

TODAY = date(2026, 11, 29)  # a Sunday
NAMES = frozenset({
    "almonds", "bread", "eggs", "egg", "milk", "mac and cheese", "noten en rozijnen", "2% milk", "7up",
    "nuts, raisins and chocolate", "breakfast biscuits", "sunday roast chicken", "m&m's", "30+ kaas",
    "dark chocolate 85", "whole milk", "yoghurt met fruit", "brood", "eieren", "half-fat milk",
    "0.0 bier",
})  # fmt: skip


def is_name(words: str) -> bool:
    return words.casefold() in NAMES


def read(text: str) -> Line:
    return read_line(text, today=TODAY, is_name=is_name)


def items(text: str) -> list[tuple[str | None, str | None, str]]:
    return [
        (None if item.count is None else f"{item.count:f}", item.unit, item.words)
        for item in read(text).items
    ]


def words(text: str) -> list[str]:
    return [item.words for item in read(text).items]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("eggs, bread; milk", ["eggs", "bread", "milk"]),
        ("eggs and bread", ["eggs", "bread"]),
        ("eieren en brood", ["eieren", "brood"]),
        ("eggs & bread", ["eggs", "bread"]),
        ("eggs + bread", ["eggs", "bread"]),
        ("eggs plus bread", ["eggs", "bread"]),
        ("eggs / bread", ["eggs", "bread"]),
        ("eggs\nbread\r\nmilk\n", ["eggs", "bread", "milk"]),
        ("- eggs\n- bread", ["eggs", "bread"]),
        ("• eggs\n• bread", ["eggs", "bread"]),
        ("Eggs. Bread.", ["Eggs", "Bread"]),
        ("eggs, and bread", ["eggs", "bread"]),
        ("eggs,, bread,", ["eggs", "bread"]),
        ("bread with almonds", ["bread", "almonds"]),
        ("brood met pindakaas", ["brood", "pindakaas"]),
        ("brood met kaas en ham", ["brood", "kaas", "ham"]),
        ("mac and cheese", ["mac and cheese"]),
        ("Mac and Cheese and eggs", ["Mac and Cheese", "eggs"]),
        ("eggs and mac and cheese", ["eggs", "mac and cheese"]),
        ("30 g noten en rozijnen", ["noten en rozijnen"]),
        ("noten en 30 g rozijnen", ["noten", "rozijnen"]),
        ("yoghurt met fruit", ["yoghurt met fruit"]),
        ("nuts, raisins and chocolate", ["nuts, raisins and chocolate"]),
        ("nuts, raisins and almonds", ["nuts", "raisins", "almonds"]),
        ("m&m's and eggs", ["m&m's", "eggs"]),
        ("m&m’s", ["m&m's"]),
        ("2 plakjes 30+ kaas", ["30+ kaas"]),
        ("almonds, 30 g, milk, 200 ml", ["almonds", "milk"]),
    ],
)
def test_items_are_parted_between_foods_and_not_within_them(text: str, parts: list[str]) -> None:
    assert words(text) == parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,5 banaan, 2 eggs", [("1.5", None, "banaan"), ("2", None, "eggs")]),
        ("2+1 eggs", [("3", None, "eggs")]),
        ("2 + 1 eggs + bread", [("3", None, "eggs"), (None, None, "bread")]),
        ("one and a half bananas", [("1.5", None, "bananas")]),
        ("bread and one and a half bananas", [(None, None, "bread"), ("1.5", None, "bananas")]),
        ("twee en een halve banaan en een half ei", [("2.5", None, "banaan"), ("0.5", None, "ei")]),
        ("bread and a half egg", [(None, None, "bread"), ("0.5", None, "egg")]),
    ],
)
def test_a_number_is_never_split(
    text: str, expected: list[tuple[str | None, str | None, str]]
) -> None:
    assert items(text) == expected


@pytest.mark.parametrize(
    ("text", "count", "unit", "food"),
    [
        ("60g almonds", "60", "g", "almonds"),
        ("60 gram almonds", "60", "g", "almonds"),
        ("60 gr. almonds", "60", "g", "almonds"),
        ("0.5 kg almonds", "0.5", "kg", "almonds"),
        ("2 oz almonds", "2", "oz", "almonds"),
        ("1 lb of almonds", "1", "lb", "almonds"),
        ("een ons almonds", "1", "ons", "almonds"),
        ("250ml milk", "250", "ml", "milk"),
        ("0,5L milk", "0.5", "l", "milk"),
        ("halve liter melk", "0.5", "l", "melk"),
        ("liter melk", "1", "l", "melk"),
        ("200 kcal of almonds", "200", "kcal", "almonds"),
        ("200 calories of almonds", "200", "kcal", "almonds"),
        ("300 kJ almonds", "300", "kJ", "almonds"),
        ("2 slices of bread", "2", "slice", "bread"),
        ("2 sneetjes brood", "2", "slice", "brood"),
        ("twee sneeën brood", "2", "slice", "brood"),
        ("handje amandelen", "1", "handful", "amandelen"),
        ("a handful of almonds", "1", "handful", "almonds"),
        ("glas melk", "1", "glass", "melk"),
        ("kop thee", "1", "kopje", "thee"),
        ("3 el havermout", "3", "tablespoon", "havermout"),
        ("3 el. havermout", "3", "tablespoon", "havermout"),
        ("1 tl honing", "1", "teaspoon", "honing"),
        ("2 tbsp peanut butter", "2", "tablespoon", "peanut butter"),
        ("half a can of beans", "0.5", "can", "beans"),
        ("een half blikje bonen", "0.5", "can", "bonen"),
        ("a large egg", "1", "large", "egg"),
        ("een grote banaan", "1", "large", "banaan"),
        ("2 medium sized onions", "2", "medium", "onions"),
        ("1 large slice of bread", "1", "large slice", "bread"),
        ("1 level tablespoon of sugar", "1", "tablespoon", "sugar"),
        ("1 heaped tablespoon of sugar", "1", "heaped tablespoon", "sugar"),
        ("a whole pizza", "1", "whole", "pizza"),
        ("2 stuks fruit", "2", "piece", "fruit"),
        ("3 x 2 slices bread", "6", "slice", "bread"),
        ("2 x 250 ml milk", "500", "ml", "milk"),
        ("about 60 g almonds", "60", "g", "almonds"),
        ("ca. 60 g almonds", "60", "g", "almonds"),
        ("±60 g almonds", "60", "g", "almonds"),
        ("2 boterhammen", "2", "slice", "boterhammen"),
        ("2 bolletjes", "2", None, "bolletjes"),
        ("sneetjes brood", None, "slice", "brood"),
        ("gram almonds", None, "g", "almonds"),
        ("almonds", None, None, "almonds"),
        ("an egg", "1", None, "egg"),
        ("2x eggs", "2", None, "eggs"),
        # behind the food
        ("almonds 30 g", "30", "g", "almonds"),
        ("almonds (30 g)", "30", "g", "almonds"),
        ("bread: 2 slices", "2", "slice", "bread"),
        ("bread, 2 slices", "2", "slice", "bread"),
        ("eggs 2", "2", None, "eggs"),
        ("eggs x2", "2", None, "eggs"),
        ("whole milk 200 ml", "200", "ml", "whole milk"),
        ("an egg 60 g", "60", "g", "egg"),
        # numbers that belong to a name
        ("2% milk", None, None, "2% milk"),
        ("2 2% milk", "2", None, "2% milk"),
        ("200 ml 2% milk", "200", "ml", "2% milk"),
        ("2% milk 200 ml", "200", "ml", "2% milk"),
        ("7up", None, None, "7up"),
        ("0.0 bier", None, None, "0.0 bier"),
        ("0.0 bier 330 ml", "330", "ml", "0.0 bier"),
        ("dark chocolate 85", None, None, "dark chocolate 85"),
        ("30 g dark chocolate 85", "30", "g", "dark chocolate 85"),
    ],
)
def test_how_much_and_of_what(text: str, count: str | None, unit: str | None, food: str) -> None:
    assert items(text) == [(count, unit, food)]


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("some almonds", None, "some"),
        ("wat brood", None, "wat"),
        ("a few slices of bread", "slice", "a few"),
        ("2-3 eggs", None, "2-3"),
        ("2 eggs 100 g", None, "2 eggs 100 g"),
        ("2 slices bread (60 g)", "slice", "2 slices bread (60 g"),
    ],
)
def test_what_is_no_one_amount_stays_open(text: str, unit: str | None, said: str) -> None:
    (item,) = read(text).items
    assert (item.count, item.unit, item.open_amount) == (None, unit, said)


def test_an_item_knows_its_text_and_place() -> None:
    line = "Yesterday: 2 eggs, 60 g almonds"
    assert read(line).items == (
        Item("2 eggs", Decimal(2), None, "eggs", 11),
        Item("60 g almonds", Decimal(60), "g", "almonds", 19),
    )


B, L, D, S = Meal.BREAKFAST, Meal.LUNCH, Meal.DINNER, Meal.SNACK
SATURDAY, MONDAY = date(2026, 11, 28), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "meal", "day", "at"),
    [
        ("breakfast: 2 eggs", B, None, None),
        ("breakfast 2 eggs", B, None, None),
        ("breakfast eggs and bread", B, None, None),
        ("for breakfast 2 eggs", B, None, None),
        ("For breakfast I had 2 eggs", B, None, None),
        ("2 eggs for breakfast", B, None, None),
        ("2 eggs (breakfast)", B, None, None),
        ("2 eggs, lunch", L, None, None),
        ("2 eggs lunch", L, None, None),
        ("ontbijt: 2 eieren", B, None, None),
        ("bij het ontbijt 2 eieren", B, None, None),
        ("2 eieren bij het ontbijt", B, None, None),
        ("tussen de middag 2 eieren", L, None, None),
        ("als lunch 2 eieren", L, None, None),
        ("avondeten: 2 eieren", D, None, None),
        ("2 eieren bij het diner", D, None, None),
        ("dinner - 2 eggs", D, None, None),
        ("2 eggs as a snack", S, None, None),
        ("als tussendoortje 2 eieren", S, None, None),
        ("yesterday 2 eggs", None, SATURDAY, None),
        ("2 eggs yesterday", None, SATURDAY, None),
        ("gisteren 2 eieren", None, SATURDAY, None),
        ("gisteravond 2 eieren", None, SATURDAY, None),
        ("eergisteren 2 eieren", None, date(2026, 11, 27), None),
        ("the day before yesterday 2 eggs", None, date(2026, 11, 27), None),
        ("vandaag 2 eieren", None, TODAY, None),
        ("2 eggs this morning", None, TODAY, None),
        ("on Monday 2 eggs", None, MONDAY, None),
        ("maandag: 2 eieren", None, MONDAY, None),
        ("2 eieren op maandag", None, MONDAY, None),
        ("Sunday: 2 eggs", None, TODAY, None),
        ("last Sunday 2 eggs", None, date(2026, 11, 22), None),
        ("afgelopen zondag 2 eieren", None, date(2026, 11, 22), None),
        ("2026-11-28 2 eggs", None, SATURDAY, None),
        ("2026-11-28: 2 eggs", None, SATURDAY, None),
        ("2 eggs on 2026-11-28", None, SATURDAY, None),
        ("28-11 2 eggs", None, SATURDAY, None),
        ("28/11/2026: 2 eggs", None, SATURDAY, None),
        ("28.11.2026 2 eggs", None, SATURDAY, None),
        ("11/28/2026 2 eggs", None, SATURDAY, None),
        ("5-5-2026 2 eggs", None, date(2026, 5, 5), None),
        ("28 november 2 eieren", None, SATURDAY, None),
        ("2 eggs on 28 November 2025", None, date(2025, 11, 28), None),
        ("2 eggs at 8:30", None, None, time(8, 30)),
        ("8:30 2 eggs", None, None, time(8, 30)),
        ("2 eggs at 8", None, None, time(8)),
        ("2 eggs at 8pm", None, None, time(20)),
        ("2 eggs at 12:15 am", None, None, time(0, 15)),
        ("om 8.30 uur 2 eieren", None, None, time(8, 30)),
        ("2 eieren om 8 uur", None, None, time(8)),
        ("om half negen 2 eieren", None, None, time(8, 30)),
        ("at half past eight 2 eggs", None, None, time(8, 30)),
        ("Gisteren bij het ontbijt om 8 uur 2 eieren", B, SATURDAY, time(8)),
        ("Yesterday I had 2 eggs for lunch at 12:30", L, SATURDAY, time(12, 30)),
        ("ik heb gisteren 2 eieren gegeten", None, SATURDAY, None),
        ("at 2 eieren", None, None, None),
        ("breakfast biscuits", None, None, None),
        ("Sunday roast chicken", None, None, None),
    ],
)  # fmt: skip
def test_when_it_was(text: str, meal: Meal | None, day: date | None, at: time | None) -> None:
    line = read(text)
    assert (line.meal, line.day, line.time) == (meal, day, at)
    assert line.items[0].words.casefold() in NAMES


def test_a_day_without_a_year_is_the_latest_one() -> None:
    january = date(2026, 1, 10)
    line = read_line("28-12: 2 eggs", today=january, is_name=is_name)
    assert line.day == date(2025, 12, 28)


@pytest.mark.parametrize(
    ("text", "count"),
    [("5/6 avocado", Decimal(5) / 6), ("12-15 almonds", None), ("5-6 almonds", None)],
)
def test_fractions_and_ranges_are_no_dates(text: str, count: Decimal | None) -> None:
    line = read(text)
    assert line.day is None
    assert line.items[0].count == count


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Nothing was written"),
        ("  \n ", "Nothing was written"),
        (",,;", "names no food"),
        ("breakfast", "names no food"),
        ("gisteren", "names no food"),
        ("2", '"2" names no food'),
        ("some", '"some" names no food'),
        ("250 ml", '"250 ml" names no food'),
        ("2 eggs, 30 g", '"30 g" names no food'),
        ("2 eggs 🥚", 'picture at place 8 cannot be read: "2 eggs 🥚"'),
        ("2️⃣ eggs", "cannot be read"),
        ("2 eggs\x07", 'invisible sign at place 7 cannot be read: "2 eggs"'),
        ("2 eggs\x00 and bread", '"2 eggs and bread"'),
        ("eggs\u202ebread", '"eggs bread"'),
        ("eggs \ud800", "cannot be read"),
        ("2 eggs, %%", '"%%" cannot be read'),
        ("# eggs", '"#" cannot be read'),
        ("a" * 2001, "2,001 signs long; 2,000"),
        ("0 eggs", "is nothing"),
        ("-1 eggs", "below zero"),
        ("almonds 0 g", "is nothing"),
        ("1.000 g almonds", "may be 1000 or 1"),
        ("2 eggs tomorrow", "lies ahead"),
        ("morgen 2 eieren", "lies ahead"),
        ("2026-11-30 2 eggs", "lies ahead"),
        ("2 eggs on 5 December", "lies ahead"),
        ("1899-12-31 2 eggs", "before 1900"),
        ("5/6/2026 2 eggs", "more than one day"),
        ("2 eggs on 5/6", "more than one day"),
        ("28-11-26 2 eggs", "more than one day"),
        ("2026-02-30 2 eggs", 'no day "2026-02-30"'),
        ("2 eggs on 31-4", 'no day "31-4"'),
        ("13/13/2026 2 eggs", "no day"),
        ("at 25:00 2 eggs", "no time of day"),
        ("2 eggs at 13pm", "no time of day"),
        ("yesterday 2 eggs today", "Both 2026-11-28 and 2026-11-29"),
        ("2 eggs for breakfast, bread for lunch", "in the middle of a line"),
        ("breakfast: 2 eggs\nlunch: bread", "in the middle of a line"),
        ("2 eggs yesterday, bread", "in the middle of a line"),
        (", ".join(["eggs"] * (MOST_ITEMS + 1)), "61 items; 60"),
        ("a," * 1000, "items; 60"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(text: str, why: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    message = caught.value.message
    assert why in message
    assert message.endswith(".")
    assert message.isprintable()
    assert len(message) < 200


def test_sixty_items_are_read() -> None:
    assert len(read(", ".join(["eggs"] * MOST_ITEMS)).items) == MOST_ITEMS


BITS = st.sampled_from([
    "2", "1,5", "½", "1/2", "0", "-1", "a", "an", "half", "een", "halve", "en", "and", ",", ";", ":", ".",
    "+", "&", "(", ")", "-", "–", "x", "\n", "g", "ml", "kcal", "slices", "el", "grote", "of", "van",
    "some", "wat", "met", "with", "yesterday", "gisteren", "breakfast", "ontbijt", "for", "bij", "om",
    "at", "8:30", "uur", "28-11", "2026-11-28", "5/6", "monday", "morgen", "eggs", "bread", "almonds",
    "mac", "cheese", "noten", "rozijnen", "7up", "30+", "kaas", "%", "m&m's", "whole", "milk", "é", "’",
    "\t", "\x00", "🥚",
])  # fmt: skip


@given(st.lists(BITS, max_size=30).map(" ".join) | st.lists(BITS, max_size=12).map("".join))
@example("had " * 500)
@example("1+" * 1000)
@example("half " * 400)
@example("½ " * 1000)
@example("a.b&c" * 400)
@example("(" * 2000)
def test_whatever_people_write_is_a_line_or_a_refusal(text: str) -> None:
    check(text)


@given(st.text(max_size=200))
def test_any_text_is_a_line_or_a_refusal(text: str) -> None:
    check(text)


def check(text: str) -> None:
    try:
        line = read(text)
    except InputError as error:
        message = error.message
    else:
        message = ""
        check_line(text, line)
    assert not message or message.isprintable()


def check_line(text: str, line: Line) -> None:
    assert 1 <= len(line.items) <= MOST_ITEMS
    assert line.day is None or line.day <= TODAY
    for item in line.items:
        assert item.words
        assert item.text.isprintable()
        assert item.count is None or 0 < item.count <= 10_000
        assert text[item.position] == item.text[0] or item.text[0] == "'"
