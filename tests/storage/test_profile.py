"""Profiles: what is accepted, what is refused and where, and that writing loses nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mealmag.errors import InputError, WriteError
from mealmag.nutrition.food import ALLERGENS
from mealmag.nutrition.limits import Limit
from mealmag.nutrition.person import Person
from mealmag.planning.problem import TimesAWeek
from mealmag.planning.weights import Weights
from mealmag.storage.profile import (
    DietChoice,
    PlanChoice,
    Profile,
    ReferenceChoice,
    load_profile,
    profile_toml,
    save_profile,
)

FULL = """\
[person]
sex = "female"              # female | male
age = 34
life_stage = "none"         # none | pregnant | breastfeeding
weight_kg = 68
height_cm = 170
activity = "low_active"
energy_kcal = 2000
conditions = []
medicines = ["levothyroxine"]
[reference]
set = "us"
[diet]
kind = "vegetarian"
avoid_allergens = ["nuts", "peanuts"]
dislikes = ["liver"]
[plan]
meals = ["breakfast", "lunch", "dinner", "snack"]
weekday_minutes = 45
max_repeats = 2
"""


def load(tmp_path, text):
    path = tmp_path / "profile.toml"
    path.write_text(text, encoding="utf-8", newline="")
    return load_profile(path)


def fault(tmp_path, text):
    with pytest.raises(InputError) as caught:
        load(tmp_path, text)
    assert str(tmp_path / "profile.toml") in caught.value.message
    return caught.value.problems


def test_the_full_profile(tmp_path):
    profile = load(tmp_path, FULL)
    assert profile.person.weight_kg == 68
    assert profile.person.medicines == ("levothyroxine",)
    assert profile.diet.kind == "vegetarian"
    assert profile.diet.avoid_allergens == ("nuts", "peanuts")
    assert profile.plan.weekday_minutes == 45
    assert profile.plan.weekend_minutes is None
    assert load(tmp_path, "\ufeff" + FULL.replace("\n", "\r\n")) == profile


def test_sex_and_age_are_enough(tmp_path):
    profile = load(tmp_path, '[person]\nsex = "male"\nage = 45\n')
    assert profile.reference.set == "us"
    assert profile.diet.kind == "omnivore"
    assert profile.plan.max_repeats == 2
    assert len(profile.plan.meals) == 4
    assert profile.plan.weekday_minutes == 45
    free = load(tmp_path, '[person]\nsex="male"\nage=45\n[plan]\nweekday_minutes = "none"\n')
    assert free.plan.weekday_minutes is None
    assert load(tmp_path, 'person = { sex = "male", age = 45 }') == profile
    assert load(tmp_path, 'person.sex = "male"\nperson.age = 45') == profile


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "words"),
    [
        ("activity =", "activty =", 7, "person.activty", 'Did you mean "activity"?'),
        ("[diet]", "[deit]", 13, "deit", 'no section "deit". Did you mean "diet"?'),
        ("age = 34", "age = 340", 3, "person.age", "340 is more than 120."),
        ("age = 34", 'age = "34"', 3, "person.age", 'a whole number, not "34"'),
        ("age = 34", "age = true", 3, "person.age", "a whole number, not true"),
        ("age = 34", "age = 34.5", 3, "person.age", "a whole number, not 34.5"),
        ("age = 34", "years = 34", 1, "person.age", '"age" is missing'),
        ("weight_kg = 68", "weight_kg = nan", 5, "person.weight_kg", "a number, not nan"),
        ("height_cm = 170", "height_cm = 1.7", 6, "person.height_cm", "less than 50"),
        ('"low_active"', '"lowactive"', 7, "person.activity", 'Did you mean "low_active"?'),
        ("energy_kcal = 2000", "energy_kcal = 20", 8, "person.energy_kcal", "less than 800"),
        ("conditions = []", 'conditions = "asthma"', 9, "person.conditions", "a list, such as"),
        ("conditions = []", "conditions = [3]", 9, "person.conditions", "text in quotes, not 3"),
        ('"none" ', '"pregnant" ', None, None, None),
        ('set = "us"', 'set = "usa"', 12, "reference.set", 'Did you mean "us"?'),
        ('"vegetarian"', '"vegeterian"', 14, "diet.kind", 'Did you mean "vegetarian"?'),
        ('"peanuts"]', '"peanut"]', 15, "diet.avoid_allergens", 'Did you mean "peanuts"?'),
        ('"peanuts"]', '"dairy"]', 15, "diet.avoid_allergens", 'Did you mean "milk"?'),
        ('"peanuts"]', '"nuts"]', 15, "diet.avoid_allergens", "stands there twice"),
        ('["liver"]', '["a\\nb"]', 16, "diet.dislikes", "one line"),
        ('"snack"]', '"lunch"]', 18, "plan.meals", "stands there twice"),
        ('"snack"]', '"supper"]', 18, "plan.meals", "not one of breakfast"),
        ("weekday_minutes = 45", "weekday_minutes = 0", 19, "plan.weekday_minutes", "less than 5"),
        ("max_repeats = 2", "margin_mg = -1", 20, "plan.margin_mg", "-1 is less than 0."),
        ("max_repeats = 2", "margin_mg = 501", 20, "plan.margin_mg", "501 is more than 500"),
        ("max_repeats = 2", "margin_mg = nan", 20, "plan.margin_mg", "a number, not nan"),
        ("max_repeats = 2", "margin_mg = true", 20, "plan.margin_mg", "a number, not true"),
        ("max_repeats = 2", "sure_percent = 100", 20, "plan.sure_percent", "between 0 and 100 %"),
        ("max_repeats = 2", "sure_percent = 0", 20, "plan.sure_percent", "between 0 and 100 %"),
        ("max_repeats = 2", "sure_percent = 99.95", 20, "plan.sure_percent", "draws tell no more"),
        ("max_repeats = 2", 'sure_percent = "95"', 20, "plan.sure_percent", "a number, not"),
        ("max_repeats = 2", "sure = 95", 20, "plan.sure", "no key"),
        ("max_repeats = 2", "max_repeats = 8", 20, "plan.max_repeats", "more than 7"),
        ("max_repeats = 2", "max_repeats = ", 20, None, "not valid TOML"),
    ],
)
def test_a_fault_is_told_with_line_and_key(tmp_path, old, new, line, column, words):
    text = FULL.replace(old, new, 1)
    assert text != FULL
    if words is None:
        assert load(tmp_path, text).person.life_stage == "pregnant"
        return
    problem = fault(tmp_path, text)[0]
    assert (problem.line, problem.column) == (line, column)
    assert words in problem.message


LIMITED = """
[limits]
potassium_mg = { ceiling = 2000 }
magnesium_mg = { floor = 300, ceiling = 400.5 }
[limits.phosphorus_mg]
ceiling = 900
"""


def test_own_limits(tmp_path):
    profile = load(tmp_path, FULL + LIMITED)
    assert profile.limits["magnesium_mg"] == Limit(floor=300, ceiling=400.5)
    assert profile.limits["phosphorus_mg"] == Limit(ceiling=900)
    assert "magnesium_mg = { floor = 300.0, ceiling = 400.5 }" in profile_toml(profile)
    assert "[limits]" not in profile_toml(load(tmp_path, FULL))


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "words"),
    [
        ("potassium_mg =", "potassium =", 23, "limits.potassium", 'Did you mean "potassium_mg"?'),
        ("potassium_mg =", "energy_kcal =", 23, "limits.energy_kcal", "energy_kcal in [person]"),
        ("potassium_mg =", "caffeine_mg =", 23, "limits.caffeine_mg", "caffeine_mg in [plan]"),
        ("ceiling = 2000", "cieling = 2000", 23, "limits.potassium_mg.cieling", '"ceiling"?'),
        ("ceiling = 2000", "ceiling = -1", 23, "limits.potassium_mg.ceiling", "not above 0"),
        ("ceiling = 2000", "", 23, "limits.potassium_mg", "a floor, a ceiling, or both"),
        ("{ ceiling = 2000 }", "2000", 23, "limits.potassium_mg", "a section, not 2000"),
        ("floor = 300", "floor = 500", 24, "limits.magnesium_mg", "500 is above the ceiling"),
        ("floor = 300, ", "", 22, "limits", "magnesium_mg needs a floor"),
        ("ceiling = 900", 'ceiling = "low"', 26, "limits.phosphorus_mg.ceiling", "a number"),
        ("ceiling = 900", "cap = 900", 26, "limits.phosphorus_mg.cap", 'no key "cap"'),
    ],
)
def test_a_fault_in_the_limits_is_told_too(tmp_path, old, new, line, column, words):
    problem = fault(tmp_path, FULL + LIMITED.replace(old, new, 1))[0]
    assert (problem.line, problem.column) == (line, column)
    assert words in problem.message


GROUPED = """
[plan.groups]
fish = { min = 1 }
"red meat" = { max = 2 }
pulses.min = 3
"""


def test_groups_a_week(tmp_path):
    profile = load(tmp_path, FULL + GROUPED)
    assert profile.plan.groups == {
        "fish": TimesAWeek(min=1), "red-meat": TimesAWeek(max=2), "pulses": TimesAWeek(min=3),
    }  # fmt: skip
    assert "groups = { fish = { min = 1 }, red-meat = { max = 2 }" in profile_toml(profile)
    assert "groups" not in profile_toml(load(tmp_path, FULL))


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "words"),
    [
        ("fish =", "fihs =", 23, "plan.groups.fihs", 'Did you mean "fish"?'),
        ("min = 1", "mim = 1", 23, "plan.groups.fish.mim", 'no key "mim". Did you mean "min"?'),
        ("min = 1", "min = 1.5", 23, "plan.groups.fish.min", "a whole number, not 1.5"),
        ("min = 1", "min = 29", 23, "plan.groups.fish.min", "29 is more than 28"),
        ("min = 1", "min = 3, max = 2", 23, "plan.groups.fish", "the min 3 is above the max 2"),
        ("min = 1", "", 23, "plan.groups.fish", "a min, a max, or both"),
        ("pulses.min = 3", "pulses = 3", 25, "plan.groups.pulses", "a section, not 3"),
        ("pulses.min = 3", "pulses.min = -3", 25, "plan.groups.pulses.min", "less than 0"),
    ],
)
def test_a_fault_in_the_groups_is_told_too(tmp_path, old, new, line, column, words):
    problem = fault(tmp_path, FULL + GROUPED.replace(old, new, 1))[0]
    assert (problem.line, problem.column) == (line, column)
    assert words in problem.message


WEIGHTED = """
[plan.weights]
dish_again = 8
food_often = 0
"""


def test_weights_of_the_third_goal(tmp_path):
    profile = load(tmp_path, FULL + WEIGHTED)
    assert profile.plan.weights == Weights(dish_again=8, food_often=0)
    assert "weights = { dish_again = 8, food_often = 0 }" in profile_toml(profile)
    assert "weights" not in profile_toml(load(tmp_path, FULL))
    usual = WEIGHTED.replace("8", "5").replace("= 0", "= 1")
    assert load(tmp_path, FULL + usual) == load(tmp_path, FULL)


@pytest.mark.parametrize(
    ("old", "new", "column", "words"),
    [
        ("dish_again =", "dish_agian =", "plan.weights.dish_agian", 'Did you mean "dish_again"?'),
        ("= 8", "= 21", "plan.weights.dish_again", "21 is more than 20"),
        ("= 8", "= -1", "plan.weights.dish_again", "-1 is less than 0"),
        ("= 8", "= 0.5", "plan.weights.dish_again", "a whole number, not 0.5"),
    ],
)
def test_a_fault_in_the_weights_is_told_too(tmp_path, old, new, column, words):
    problem = fault(tmp_path, FULL + WEIGHTED.replace(old, new, 1))[0]
    assert (problem.line, problem.column) == (23, column)
    assert words in problem.message


def test_ratings(tmp_path):
    profile = load(tmp_path, FULL + "[ratings]\nshakshuka = 2\nkale-boiled = -1\n")
    assert profile.ratings == {"shakshuka": 2, "kale-boiled": -1}
    assert "[ratings]\nshakshuka = 2\n" in profile_toml(profile)
    assert "ratings" not in profile_toml(load(tmp_path, FULL))


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("shakshuka = 3", "ratings.shakshuka", "3 is more than 2"),
        ("shakshuka = -3", "ratings.shakshuka", "-3 is less than -2"),
        ("shakshuka = 0.5", "ratings.shakshuka", "a whole number, not 0.5"),
        ('"Kale boiled" = 1', "ratings.Kale boiled", "is not an id"),
        ("shakshuka.liked = true", "ratings.shakshuka", "a whole number, not"),
    ],
)
def test_a_fault_in_the_ratings_is_told_too(tmp_path, line, column, words):
    problem = fault(tmp_path, FULL + "[ratings]\n" + line)[0]
    assert (problem.line, problem.column) == (22 if line.startswith("shakshuka =") else 21, column)
    assert words in problem.message


def test_an_impossible_person_is_told_in_words(tmp_path):
    text = '[person]\nsex = "male"\nage = 30\nlife_stage = "pregnant"\n'
    problem = fault(tmp_path, text)[0]
    assert problem.message == 'life_stage "pregnant" needs sex "female".'
    assert (problem.line, problem.column) == (1, "person")


def test_every_fault_is_told_at_once(tmp_path):
    problems = fault(tmp_path, FULL.replace("34", "0").replace("max_repeats", "repeats"))
    assert [problem.line for problem in problems] == [3, 20]


def test_no_meals_no_person_no_section(tmp_path):
    text = FULL.replace('["breakfast", "lunch", "dinner", "snack"]', "[]")
    assert "empty" in fault(tmp_path, text)[0].message
    assert '"person" is missing' in fault(tmp_path, "")[0].message
    assert "a section" in fault(tmp_path, "person = 3")[0].message
    odd = fault(tmp_path, FULL.replace("age = 34", 'age = 34\n"a\\u001bb" = 1'))[0]
    assert "\x1b" not in str(odd)


def test_files_that_are_not_there_or_not_text(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        load_profile(tmp_path / "none.toml")
    with pytest.raises(InputError, match="cannot be read"):
        load_profile(tmp_path)
    path = tmp_path / "profile.toml"
    path.write_bytes(b'[person]\nsex = "\xff"\n')
    with pytest.raises(InputError) as caught:
        load_profile(path)
    assert caught.value.problems[0].line == 2
    assert "UTF-8" in caught.value.message


WORDS = st.text(min_size=1, max_size=20).filter(lambda text: text.isprintable() and text.strip())
LISTS = st.lists(WORDS.map(str.strip), max_size=4, unique=True)


@st.composite
def profiles(draw):
    sex = draw(st.sampled_from(["female", "male"]))
    stage = "none" if sex == "male" else draw(st.sampled_from(["none", "pregnant"]))
    meals = st.sampled_from(["breakfast", "lunch", "dinner", "snack"])
    minutes = st.none() | st.integers(5, 600)
    return Profile(
        person=Person(
            sex=sex,
            age=draw(st.integers(14, 50)),
            life_stage=stage,
            trimester=draw(st.none() | st.integers(1, 3)) if stage == "pregnant" else None,
            weight_kg=draw(st.none() | st.floats(5, 350)),
            height_cm=draw(st.none() | st.floats(50, 260)),
            energy_kcal=draw(st.none() | st.integers(800, 6000)),
            conditions=draw(LISTS),
            medicines=draw(LISTS),
        ),
        reference=ReferenceChoice(set=draw(st.sampled_from(["us", "eu", "who"]))),
        diet=DietChoice(
            kind=draw(st.sampled_from(["vegan", "omnivore"])),
            avoid_allergens=draw(st.lists(st.sampled_from(ALLERGENS), unique=True)),
            dislikes=draw(LISTS),
        ),
        plan=PlanChoice(
            meals=draw(st.lists(meals, min_size=1, unique=True)),
            weekday_minutes=draw(minutes),
            weekend_minutes=draw(minutes),
            max_repeats=draw(st.integers(1, 7)),
            max_main_food=draw(st.none() | st.integers(1, 14)),
            caffeine_mg=draw(st.none() | st.floats(1, 1000)),
            groups=draw(
                st.dictionaries(
                    st.sampled_from(["fish", "red-meat", "leafy-greens"]),
                    st.builds(
                        TimesAWeek, min=st.none() | st.integers(0, 3), max=st.integers(3, 28)
                    ),
                )
            ),
            weights=draw(st.builds(Weights, dish_again=st.integers(0, 20))),
        ),
        limits=draw(
            st.dictionaries(
                st.sampled_from(["potassium_mg", "phosphorus_mg", "sodium_mg"]),
                st.builds(Limit, floor=st.none() | st.floats(1, 50), ceiling=st.floats(50, 900)),
            )
        ),
        ratings=draw(
            st.dictionaries(
                st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9})?", fullmatch=True), st.integers(-2, 2)
            )
        ),
    )


@given(profile=profiles())
def test_what_is_written_is_read_back(tmp_path_factory, profile):
    path = tmp_path_factory.getbasetemp() / "round-trip.toml"
    save_profile(path, profile)
    assert load_profile(path) == profile
    assert profile_toml(load_profile(path)) == profile_toml(profile)


def test_saving_makes_the_folder_for_its_owner_only(tmp_path):
    path = tmp_path / "a" / "b" / "profile.toml"
    save_profile(path, load(tmp_path, FULL))
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(WriteError, match="cannot be made"):
        save_profile(path / "below" / "profile.toml", load_profile(path))


def test_a_profile_does_not_change():
    with pytest.raises(ValidationError):
        PlanChoice().max_repeats = 3
