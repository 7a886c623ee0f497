"""Counts as people write and say them, exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mealmag.catalogue.freetext.numbers import Count, read_count
from mealmag.catalogue.freetext.units import is_unit
from mealmag.catalogue.freetext.words import tokens_of
from mealmag.errors import InputError


def count_of(text: str) -> Count | None:
    return read_count([token.simple for token in tokens_of(text, is_unit)])


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("2 eggs", "2", 1),
        ("1.5 bananas", "1.5", 1),
        ("1,5 banaan", "1.5", 1),
        ("½ avocado", "0.5", 1),
        ("1½ avocado", "1.5", 1),
        ("1 ½ avocado", "1.5", 2),
        ("1/2 avocado", "0.5", 1),
        ("1 1/2 avocado", "1.5", 2),
        ("3/4 avocado", "0.75", 1),
        ("2¾ cups", "2.75", 1),
        ("2+1 eggs", "3", 1),
        ("2 + 1 eggs", "3", 3),
        ("1 + 1/2 avocado", "1.5", 3),
        ("2 x 3 eggs", "6", 3),
        ("2x3 eggs", "6", 1),
        ("2×3 eggs", "6", 1),
        ("2 * 3 eggs", "6", 3),
        ("2x eggs", "2", 2),
        ("2 x eggs", "2", 2),
        ("2x30 g", "60", 1),
        ("2 keer 30 g", "60", 3),
        ("2 x 3 + 1 eggs", "7", 5),
        ("a banana", "1", 1),
        ("an egg", "1", 1),
        ("one egg", "1", 1),
        ("seven dates", "7", 1),
        ("twelve dates", "12", 1),
        ("half an avocado", "0.5", 2),
        ("half a banana", "0.5", 2),
        ("half of a banana", "0.5", 3),
        ("half of the banana", "0.5", 3),
        ("a half banana", "0.5", 2),
        ("half banana", "0.5", 1),
        ("two half bananas", "1", 2),
        ("one and a half bananas", "1.5", 4),
        ("2 and a half bananas", "2.5", 4),
        ("two and half bananas", "2.5", 3),
        ("a quarter of an avocado", "0.25", 4),
        ("quarter avocado", "0.25", 1),
        ("three quarters of an avocado", "0.75", 4),
        ("a couple of eggs", "2", 3),
        ("a pair of eggs", "2", 3),
        ("a dozen eggs", "12", 2),
        ("half a dozen eggs", "6", 3),
        ("two dozen eggs", "24", 2),
        ("een ei", "1", 1),
        ("één ei", "1", 1),
        ("'n ei", "1", 1),
        ("twee eieren", "2", 1),
        ("twaalf amandelen", "12", 1),
        ("half ei", "0.5", 1),
        ("een half ei", "0.5", 2),
        ("een halve banaan", "0.5", 2),
        ("anderhalf ei", "1.5", 1),
        ("anderhalve banaan", "1.5", 1),
        ("tweeëneenhalf ei", "2.5", 1),
        ("tweeëneenhalve banaan", "2.5", 1),
        ("drieënhalve banaan", "3.5", 1),
        ("zevenenhalve banaan", "7.5", 1),
        ("twee en een halve banaan", "2.5", 4),
        ("2 en een half ei", "2.5", 4),
        ("een en een half ei", "1.5", 4),
        ("kwart watermeloen", "0.25", 1),
        ("een kwart watermeloen", "0.25", 2),
        ("driekwart avocado", "0.75", 1),
        ("drie kwart avocado", "0.75", 2),
        ("paar eieren", "2", 1),
        ("een paar eieren", "2", 2),
        ("een dozijn eieren", "12", 2),
        ("twee van de eieren", "2", 3),
        ("10000 g", "10000", 1),
        ("0.125 l", "0.125", 1),
    ],
)
def test_a_count_is_exact(text: str, value: str, words: int) -> None:
    assert count_of(text) == Count(Decimal(value), words)


def test_a_third_is_as_exact_as_a_decimal_can_be() -> None:
    for text in ("1/3", "⅓", "a third", "een derde"):
        count = count_of(text)
        assert count is not None
        assert count.value == Decimal(1) / 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("some almonds", 1),
        ("a few almonds", 2),
        ("a few of the almonds", 4),
        ("several almonds", 1),
        ("a little milk", 2),
        ("a bit of milk", 3),
        ("wat amandelen", 1),
        ("enkele amandelen", 1),
        ("een beetje melk", 2),
        ("2-3 eggs", 1),
        ("2–3 eggs", 1),
        ("2 - 3 eggs", 3),
        ("2 to 3 eggs", 3),
        ("one or two eggs", 3),
        ("2 à 3 eieren", 3),
        ("twee of drie eieren", 3),
    ],
)
def test_what_is_no_exact_count_has_no_value(text: str, words: int) -> None:
    assert count_of(text) == Count(None, words)


@pytest.mark.parametrize(
    "text",
    ["eggs", "", "7up", "1% milk", "100% juice", "85%", "half-fat milk", "30+ kaas", "of", "and a half",
     "onehalf", "x 2"],
)  # fmt: skip
def test_what_begins_with_no_count_has_none(text: str) -> None:
    assert count_of(text) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0 eggs", "is nothing"),
        ("0.0 eggs", "is nothing"),
        ("0/3 eggs", "is nothing"),
        ("nul eieren", "is nothing"),
        ("2 x 0 eggs", "is nothing"),
        ("-2 eggs", "below zero"),
        ("−2 eggs", "below zero"),
        ("-½ egg", "below zero"),
        ("1/0 eggs", "divides by zero"),
        ("10001 g", "more than 10,000"),
        ("999 x 999 g", "more than 10,000"),
        ("999999 dozen", "more than 10,000"),
        ("1234567 g", "more than 6 digits"),
        ("0.3333333 g", "more than 6 digits"),
        ("1.000 g", "may be 1000 or 1;"),
        ("1,000 g", "may be 1000 or 1;"),
        ("1.250 g", "may be 1250 or 1.25;"),
        ("1.2.3 g", "is not a number"),
        ("1//2 g", "is not a number"),
    ],
)
def test_a_number_that_counts_nothing_is_refused_in_a_sentence(text: str, why: str) -> None:
    with pytest.raises(InputError) as caught:
        count_of(text)
    assert why in caught.value.message
    assert caught.value.message.endswith(".")


@given(
    st.integers(min_value=1, max_value=9_999),
    st.integers(min_value=0, max_value=99),
    st.sampled_from([".", ","]),
)
def test_digits_say_what_they_say(whole: int, hundredths: int, point: str) -> None:
    count = count_of(f"{whole}{point}{hundredths:02} g")
    assert count == Count(Decimal(whole) + Decimal(hundredths) / 100, 1)


WORDS = st.sampled_from([
    "a", "an", "one", "two", "half", "halve", "kwart", "and", "en", "of", "van", "x", "×", "+", "*", "-",
    "2", "0", "1/2", "½", "1½", "-1", "1,5", "3.000", "9999", "dozen", "paar", "couple", "anderhalf",
    "tweeeneenhalf", "some", "few", "wat", "or", "tot", "g", "eggs", "1/0", "7up", "à", "third",
])  # fmt: skip


@given(st.lists(WORDS | st.text(max_size=6), max_size=12))
def test_any_words_give_a_count_none_or_a_refusal(words: list[str]) -> None:
    try:
        count = read_count(words)
    except InputError:
        return
    if count is not None:
        assert 1 <= count.words <= len(words)
        assert count.value is None or 0 < count.value <= 10_000
