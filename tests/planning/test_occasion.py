"""The words for a meal that is otherwise: what they mean, and what is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mealmag.nutrition.food import ALLERGENS, Diet
from mealmag.planning.occasion import (
    WORDS,
    CookDouble,
    Eaten,
    EatenFood,
    EatingOut,
    FixedDish,
    Guest,
    Skipped,
    day_name,
    named_dish,
    parse,
)

IDS = st.from_regex(r"[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9}){0,2}", fullmatch=True).filter(
    lambda word: word not in {*Diet, *ALLERGENS, *WORDS}
)
OCCASIONS = st.one_of(
    st.just(Skipped()),
    st.builds(CookDouble, dish=st.none() | IDS, days=st.integers(1, 3)),
    st.builds(FixedDish, dish=IDS),
    st.builds(EatingOut, kcal=st.integers(1, 6000)),
    st.builds(
        Eaten,
        foods=st.lists(
            st.builds(
                EatenFood,
                food=IDS,
                grams=st.decimals("0.1", "3000", places=1, allow_nan=False),
            ),
            min_size=1,
            max_size=5,
        ).map(tuple),
    ),
    st.builds(
        Guest,
        dish=st.none() | IDS,
        diet=st.sampled_from(Diet),
        avoid_allergens=st.lists(st.sampled_from(ALLERGENS), unique=True, max_size=3).map(tuple),
        dislikes=st.lists(IDS, unique=True, max_size=3).map(tuple),
    ),
)


@given(OCCASIONS)
def test_its_own_words_mean_the_same_again(
    occasion: Skipped | EatingOut | Eaten | Guest | CookDouble | FixedDish,
) -> None:
    assert parse(str(occasion)) == occasion


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("skip", Skipped()),
        (" Skipped ", Skipped()),
        ("planned", None),
        ("out 800", EatingOut(kcal=800)),
        ("OUT 800 kcal", EatingOut(kcal=800)),
        ("double", CookDouble()),
        ("double 1", CookDouble()),
        ("double 3", CookDouble(days=3)),
        ("double 2 days", CookDouble(days=2)),
        ("guest", Guest()),
        (
            "guest vegan, nuts, tofu-firm",
            Guest(diet=Diet.VEGAN, avoid_allergens=("nuts",), dislikes=("tofu-firm",)),
        ),
        ("lentil-soup", FixedDish(dish="lentil-soup")),
        (" Lentil-Soup ", FixedDish(dish="lentil-soup")),
        ("none-such", FixedDish(dish="none-such")),
        ("none", Skipped()),
        ("lentil-soup double", CookDouble(dish="lentil-soup")),
        ("Lentil-Soup Double 2", CookDouble(dish="lentil-soup", days=2)),
        ("lentil-soup  guest", Guest(dish="lentil-soup")),
        (
            "lentil-soup guest vegan, nuts",
            Guest(dish="lentil-soup", diet=Diet.VEGAN, avoid_allergens=("nuts",)),
        ),
        ("guest lentil-soup", Guest(dislikes=("lentil-soup",))),
        ("ate 60g oats-rolled", Eaten(foods=(EatenFood(food="oats-rolled", grams=Decimal(60)),))),
        (
            "ate 12,5 g almonds, 118 g banana",
            Eaten(
                foods=(
                    EatenFood(food="almonds", grams=Decimal("12.5")),
                    EatenFood(food="banana", grams=Decimal(118)),
                )
            ),
        ),
    ],
)
def test_what_words_mean(words: str, meant: object) -> None:
    assert parse(words) == meant


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "says nothing of a meal"),
        ("skip it", "says nothing of a meal"),
        ("lentil soup", "says nothing of a meal"),
        ("lentil-", "says nothing of a meal"),
        ("out", "needs its energy"),
        ("out 0", "needs its energy"),
        ("out 6001", "needs its energy"),
        ("out -5", "needs its energy"),
        ("out ²", "needs its energy"),
        ("double 0", "1 to 3 days later"),
        ("double 4", "1 to 3 days later"),
        ("double twice", "1 to 3 days later"),
        ("lentil-soup double 4", "1 to 3 days later"),
        ("lentil-soup lentil-soup double", "says nothing of a meal"),
        ("lentil-soup out 800", "says nothing of a meal"),
        ("lentil-soup skip", "says nothing of a meal"),
        ("skip guest", "says nothing of a meal"),
        ("lentil- guest", "says nothing of a meal"),
        ("ate", "write what was eaten"),
        ("ate oats", "no food with its grams"),
        ("ate 0 g oats", "not above 0"),
        ("ate 3001 g oats", "not above 0 and at most"),
        ("ate 1e9 g oats", "no food with its grams"),
    ],
)
def test_what_cannot_be_meant_is_refused(words: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse(words)


@pytest.mark.parametrize("word", WORDS)
def test_a_dish_is_never_called_by_what_is_said_of_meals(word: str) -> None:
    for kind in (FixedDish, Guest, CookDouble):
        with pytest.raises(ValueError, match="names no dish"):
            kind(dish=word)


def test_which_dish_was_named() -> None:
    said = (
        "soup",
        "soup guest vegan",
        "soup double",
        "guest",
        "double",
        "skip",
        "out 800",
        "ate 9 g soup",
    )
    assert [named_dish(parse(words)) for words in said] == ["soup"] * 3 + [None] * 5
    assert named_dish(None) is None


def test_a_day_is_a_weekday_or_a_date() -> None:
    assert day_name(" Friday") == "friday"
    assert day_name("2026-11-27") == "2026-11-27"
    for word in ("friyay", "2026-13-01", ""):
        with pytest.raises(ValueError, match="neither a weekday nor a date"):
            day_name(word)
