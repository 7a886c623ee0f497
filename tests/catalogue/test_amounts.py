"""Amounts: read, weighed, and put into words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mealmag.catalogue.amounts import count_in_words, grams_of, in_words, parse_amount, plural, say
from mealmag.catalogue.dish import Amount
from mealmag.nutrition.food import Diet, Food, Measure


def food(measures: dict[str, str], group: str = "whole-grains") -> Food:
    return Food(
        id="a-food",
        name_en="A food",
        name_nl="Een product",
        group=group,
        source="hand",
        ndb_no="",
        fdc_id="",
        source_description="",
        diet=Diet.VEGAN,
        allergens=frozenset(),
        roles=frozenset(),
        measures=tuple(Measure(name, Decimal(grams)) for name, grams in measures.items()),
        everyday=1,
        nutrients={},
    )


OATS = food({"tablespoon": "10", "cup": "81"})
BREAD = food({"slice": "35"}, "bread")
MILK = food({"glass": "200", "cup": "244"}, "drinks")


@pytest.mark.parametrize(
    ("text", "count", "measure"),
    [
        ("60 g", "60", None),
        ("60g", "60", None),
        ("2 slice", "2", "slice"),
        ("0.5 cup", "0.5", "cup"),
        ("0,5 cup", "0.5", "cup"),
        ("½ cup", "0.5", "cup"),
        ("1½ slices", "1.5", "slices"),
        ("1 ½ slices", "1.5", "slices"),
        ("  1   large   egg ", "1", "large egg"),
        ("0 g", "0", None),
    ],
)
def test_an_amount_is_read(text: str, count: str, measure: str | None) -> None:
    amount = parse_amount(text)
    assert (amount.count, amount.measure) == (Decimal(count), measure)


@pytest.mark.parametrize(
    "text",
    ["", "g", "slice", "60", "½", "-1 slice", "1e5 g", "0.5½ cup", "1/2 cup", "2slices", "1 2 g"],
)
def test_what_is_no_amount_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="is not an amount; write for example"):
        parse_amount(text)


def test_a_measure_weighs_what_the_food_says() -> None:
    assert grams_of(BREAD, parse_amount("2 slice")) == 70
    assert grams_of(BREAD, parse_amount("2 slices")) == 70
    assert grams_of(MILK, parse_amount("⅓ cup")) == Decimal("81.33")
    assert grams_of(BREAD, parse_amount("1 cup")) is None
    assert grams_of(BREAD, parse_amount("60 g")) == 60


@pytest.mark.parametrize(
    ("chosen", "text", "words"),
    [
        (BREAD, "1 slice", "1 slice"),
        (BREAD, "2 slice", "2 slices"),
        (BREAD, "1.5 slices", "1½ slices"),
        (OATS, "0.5 cup", "½ cup"),
        (OATS, "0.33 cup", "⅓ cup"),
        (OATS, "60 g", "¾ cup"),
        (BREAD, "60 g", "60 g"),
        (BREAD, "2 thing", "2 things"),
    ],
)
def test_an_amount_is_said_as_it_was_meant(chosen: Food, text: str, words: str) -> None:
    assert say(chosen, parse_amount(text)) == words


@pytest.mark.parametrize(
    ("chosen", "grams", "words"),
    [
        (MILK, "200", "1 glass"),
        (MILK, "208", "1 glass"),  # 4 % off: just about fine
        (MILK, "209", "209 g"),
        (MILK, "244", "1 cup"),
        (MILK, "100", "½ glass"),
        (OATS, "120", "1½ cups"),  # rather than 12 tablespoons
        (OATS, "37", "37 g"),
        (OATS, "1100", "1100 g"),
        (OATS, "0", "0 g"),
        (food({"fillet": "150"}, "fish"), "150", "1 fillet"),
        (food({"fillet": "150"}, "fish"), "75", "75 g"),
        (food({"portion": "85"}, "fish"), "85", "85 g"),
        (food({"half": "100", "piece": "200"}), "100", "½ piece"),
        (food({"large": "100"}), "50", "50 g"),
        (food({"slice": "20"}), "15", "15 g"),
        (food({"tablespoon": "10"}), "40", "4 tablespoons"),
        (food({"tablespoon": "10"}), "90", "90 g"),
        (food({}), "12.3456", "12.35 g"),
    ],
)
def test_grams_become_a_household_measure_where_one_fits(
    chosen: Food, grams: str, words: str
) -> None:
    assert in_words(chosen, Decimal(grams)) == words


@pytest.mark.parametrize(
    ("one", "more"),
    [
        ("slice", "slices"),
        ("leaf", "leaves"),
        ("glass", "glasses"),
        ("pinch", "pinches"),
        ("handful", "handfuls"),
        ("medium potato", "medium potatoes"),
        ("berry", "berries"),
        ("tray", "trays"),
        ("cup, chopped", "cups, chopped"),
        ("cup of tea", "cups of tea"),
        ("slice (thin)", "slices (thin)"),
        ("half", "halves"),
        ("ml", "ml"),
        ("large", "large"),
    ],
)
def test_plurals_are_those_people_use(one: str, more: str) -> None:
    assert plural(one) == more


@pytest.mark.parametrize(
    ("count", "words"),
    [
        ("0.125", "⅛"), ("0.25", "¼"), ("0.3333", "⅓"), ("0.5", "½"), ("0.67", "⅔"),
        ("0.75", "¾"), ("1", "1"), ("1.5", "1½"), ("2.25", "2¼"), ("10", "10"), ("2.2", "2.2"),
        ("1.23456", "1.23"),
    ],
)  # fmt: skip
def test_counts_are_written_as_cooks_do(count: str, words: str) -> None:
    assert count_in_words(Decimal(count)) == words


SOME_MEASURES = st.dictionaries(
    st.sampled_from(["slice", "cup", "leaf", "glass", "large egg", "tablespoon", "ml"]),
    st.integers(min_value=1, max_value=400).map(str),
    max_size=4,
)


@given(
    SOME_MEASURES,
    st.sampled_from(["fish", "drinks"]),
    st.integers(min_value=1, max_value=100_000).map(lambda hundredths: Decimal(hundredths) / 100),
)
def test_what_is_said_is_understood_within_four_percent(
    measures: dict[str, str], group: str, grams: Decimal
) -> None:
    chosen = food(measures, group)
    back = grams_of(chosen, parse_amount(in_words(chosen, grams)))
    assert back is not None
    assert abs(back - grams) <= grams * Decimal("0.04") + Decimal("0.01")


@given(
    st.integers(min_value=0, max_value=24),
    st.sampled_from(["0", "0.125", "0.25", "0.5", "0.75"]),
    st.sampled_from(["slice", "leaf", "glass"]),
)
def test_a_count_of_a_measure_survives_the_round_trip(whole: int, part: str, measure: str) -> None:
    chosen = food({measure: "8"})
    amount = Amount(Decimal(whole) + Decimal(part), measure)
    assert grams_of(chosen, parse_amount(say(chosen, amount))) == grams_of(chosen, amount)


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_a_clear_refusal(text: str) -> None:
    try:
        amount = parse_amount(text)
    except ValueError as error:
        assert "is not an amount" in str(error)  # noqa: PT017
    else:
        assert amount.count >= 0
        assert amount.measure != ""
