"""Supplement advice: never above the gap, never above the upper level, refused where it must be."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mealmag.catalogue.reference import ReferenceTables
from mealmag.nutrition.interactions import Level, known_words, matches
from mealmag.nutrition.person import Person
from mealmag.nutrition.reference import ReferenceSet, magnesium_reference
from mealmag.nutrition.supplement import Certificate, RuleCost, advise

TABLES = ReferenceTables()
ROWS = TABLES.interactions


def advice(food, proven=None, target=None, reference_set="us", rows=ROWS, unknown=(), **person):
    who = Person(**({"sex": "female", "age": 34} | person))
    reference = magnesium_reference(TABLES.magnesium, who, ReferenceSet(reference_set))
    target = reference.target_mg if target is None else Decimal(target)
    days = {f"2026-11-{23 + index}": Decimal(amount) for index, amount in enumerate(food)}
    if proven is None:
        proven = sum(max(Decimal(0), target - amount) for amount in days.values())
    return advise(
        food_mg=days,
        target_mg=target,
        proven_shortfall_mg=Decimal(proven),
        unknown_days=unknown,
        reference=reference,
        person=who,
        interactions=rows,
        certificate=Certificate(best_possible_food_mg=262.8, engines=("a", "b")),
        why_not_food=[RuleCost(rule="no nuts", would_add_mg=70.1)],
    )


def found(*words):
    return {match.row.id for match in matches(ROWS, words)[0]}


def test_no_gap_no_advice():
    assert advice(["320", "400"]) is None
    assert advice([]) is None


def test_of_a_day_with_a_meal_of_unknown_magnesium_no_gap_is_known():
    eaten_out = ("2026-11-23",)
    alone = advice(["200"], unknown=eaten_out)
    assert (alone.elemental_mg, alone.on_days, alone.gap_mg) == (None, (), 120.0)
    assert "nobody knows the magnesium of a meal" in alone.note
    beside = advice(["200", "260", "400"], proven="60", unknown=eaten_out)
    assert (beside.elemental_mg, beside.on_days) == (60, ("2026-11-24",))
    assert beside.note is None
    small = advice(["200", "310"], proven="10", unknown=eaten_out)
    assert small.elemental_mg is None
    assert "too little" in small.note


def test_a_proven_gap_gets_a_dose_below_it():
    given_advice = advice(["262.8", "330", "260"])
    assert given_advice.elemental_mg == 55
    assert given_advice.gap_mg == 57.2
    assert given_advice.on_days == ("2026-11-23", "2026-11-25")
    assert given_advice.upper_level_mg == 350
    assert [dose.mg for dose in given_advice.doses] == [30, 25]
    document = json.loads(json.dumps(given_advice.document()))
    assert document["form"] is None
    assert document["elemental_mg"] == 55
    assert document["certificate"] == {"best_possible_food_mg": 262.8, "engines": ["a", "b"]}
    assert document["why_not_food"] == [{"rule": "no nuts", "would_add_mg": 70.1}]
    assert "refused" not in document


def test_nothing_without_a_proof():
    for proven in ("0", "-3"):
        given_advice = advice(["200"], proven=proven)
        assert given_advice.elemental_mg is None
        assert given_advice.doses == ()
        assert "Nothing proves" in given_advice.note
        assert given_advice.gap_mg == 120


def test_too_small_a_gap_or_too_small_a_proof():
    assert "too little" in advice(["295.01"]).note
    assert advice(["295"]).elemental_mg == 25
    assert "under 25 mg" in advice(["200", "200"], proven="49").note
    assert advice(["200", "200"], proven="50").elemental_mg == 25


def test_the_upper_level_holds():
    assert advice(["0"], target=420).elemental_mg == 350
    europe = advice(["0"], reference_set="eu")
    assert europe.elemental_mg == 250
    assert any("mineral water" in text for text in europe.cautions)
    assert not any("mineral water" in text for text in advice(["0"]).cautions)


def test_the_german_level_is_for_split_doses():
    assert [dose.mg for dose in advice(["270"], reference_set="dach").doses] == [15, 15]
    assert [dose.mg for dose in advice(["290"]).doses] == [30]


@pytest.mark.parametrize(
    "word",
    [
        "kidney-disease", "Kidney Disease", "chronic kidney disease", "CKD", "ckd_severe",
        "dialysis", "renal insufficiency", "eGFR below 30", "heart block", "AV block",
        "bradycardia", "myasthenia gravis", "bowel obstruction", "dehydration", "diarrhea",
        "magnesium hydroxide", "milk of magnesia", "laxatives", "Kayexalate", "epsom salts",
        "hemodialysis", "CKD3b", "nierfalen", "kindey disease",
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["conditions", "medicines"])
def test_refused_when_a_word_blocks(word, where):
    given_advice = advice(["100"], **{where: [word]})
    assert given_advice.elemental_mg is None
    assert word in given_advice.refused
    assert set(given_advice.document()) == {"form", "refused"}


def test_refused_for_small_children_and_without_an_upper_level():
    assert "below 4 years" in advice(["20"], sex="male", age=3).refused
    assert "no upper level" in advice(["20"], reference_set="uk", age=16).refused


def test_words_find_their_rows():
    assert found("levothyroxine 50 mcg") == {"levothyroxine"}
    assert found("omeprazole") == {"ppi"}
    assert found("thiazides") == {"thiazides"}
    assert found("type 2 diabetes") == found("diabetes2") == {"diabetes2"}
    assert found("celiac disease") == found("coeliac disease") == {"malabsorption"}
    assert found("iron tablets") == {"iron"}
    assert found("diuretic") == {"loop_diuretics", "thiazides", "k_sparing"}
    assert found("high blood pressure") == {"bp_ccb"}
    assert "too_much" in found("low blood pressure")
    for nothing in ("disease", "older", "child", "asthma", "other oral medicine", "-"):
        assert matches(ROWS, [nothing]) == ((), (nothing,))


@pytest.mark.parametrize("known", known_words(ROWS), ids=lambda known: known.word)
def test_every_known_word_finds_what_it_says(known):
    assert known.meaning in {match.row.name for match in matches(ROWS, [known.word])[0]}


def test_ids_and_examples_are_known_words():
    words = {known.word for known in known_words(ROWS)}
    assert {"kidney disease", "ckd-severe", "levothyroxine", "av block", "epsom salt"} <= words
    assert not {"child", "older", "other-oral", "too-much"} & words


def test_cautions():
    given_advice = advice(
        ["100"], age=70, medicines=["levothyroxine", "omeprazole", "xyzamine"],
        conditions=["gout"],
    )  # fmt: skip
    texts = given_advice.cautions
    assert any("levothyroxine" in text and "4 h" in text for text in texts)
    assert any(text.startswith('Ask first: "omeprazole"') for text in texts)
    assert any('"xyzamine" is not known' in text for text in texts)
    assert any('"gout" is not known' in text for text in texts)
    assert any("other medicines" in text and "2 h" in text for text in texts)
    assert any("kidney check" in text for text in texts)
    assert any("Loose stools" in text for text in texts)
    assert any("supplements and medicines only" in text for text in texts)


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ({"age": 17}, "Ask first (younger than 18)"),
        ({"life_stage": "pregnant"}, "Ask first (pregnant)"),
        ({"life_stage": "breastfeeding"}, "Ask first (breastfeeding)"),
    ],
)
@pytest.mark.parametrize("rows", [ROWS, ()])
def test_some_must_ask_first_whatever_the_table_says(person, words, rows):
    assert any(text.startswith(words) for text in advice(["100"], rows=rows, **person).cautions)


def test_an_adequate_intake_proves_no_lack():
    assert any("not a proven lack" in t for t in advice(["100"], reference_set="nl").cautions)
    assert not any("not a proven lack" in t for t in advice(["100"]).cautions)


AMOUNTS = st.decimals(0, 500, places=3)
SAFE_WORDS = st.sampled_from(["omeprazole", "levothyroxine", "asthma", "xyz", "digoxin"])


@given(
    food=st.lists(AMOUNTS, max_size=8),
    proven=st.decimals(-10, 4000, places=12),
    target=st.decimals(1, 500, places=3),
    reference_set=st.sampled_from(ReferenceSet),
    age=st.integers(1, 100),
    medicines=st.lists(SAFE_WORDS, max_size=3),
)
def test_a_dose_never_passes_any_of_its_limits(food, proven, target, reference_set, age, medicines):
    given_advice = advice(
        food, proven=proven, target=target, reference_set=reference_set, age=age,
        medicines=medicines,
    )  # fmt: skip
    gaps = [max(Decimal(0), target - amount) for amount in food]
    if not any(gaps):
        assert given_advice is None
        return
    if given_advice.elemental_mg is None:
        assert given_advice.doses == ()
        assert given_advice.refused or given_advice.note
        return
    dose = given_advice.elemental_mg
    dosed = [gap for gap in gaps if gap >= 25]
    assert age >= 4
    assert dose % 5 == 0
    assert dose >= 25
    assert all(dose <= gap for gap in dosed)
    assert dose <= given_advice.upper_level_mg
    assert dose <= given_advice.gap_mg
    assert len(given_advice.on_days) == len(dosed)
    assert dose * len(dosed) <= proven
    assert sum(part.mg for part in given_advice.doses) == dose
    assert all(part.mg > 0 for part in given_advice.doses)


@given(
    words=st.lists(SAFE_WORDS, max_size=3),
    block=st.sampled_from([known for known in known_words(ROWS) if known.level is Level.BLOCK]),
    food=st.lists(st.decimals(0, 200, places=1), min_size=1, max_size=7),
    data=st.data(),
)
def test_any_block_refuses(words, block, food, data):
    where = data.draw(st.integers(0, len(words)))
    given_advice = advice(food, conditions=[*words[:where], block.word, *words[where:]])
    assert given_advice.refused
    assert given_advice.elemental_mg is None
