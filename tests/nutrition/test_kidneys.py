"""Which words tell of a kidney disease, and what own limits it asks for."""

import pytest

from mealmag.catalogue.reference import ReferenceTables
from mealmag.nutrition.interactions import matches
from mealmag.nutrition.kidneys import MODERATE, SEVERE, kidney_rows
from mealmag.nutrition.limits import KIDNEY, Limit, missing_for_kidneys
from mealmag.nutrition.person import Person

ROWS = ReferenceTables().interactions
KIDNEYS = {MODERATE, SEVERE}


def rows_of(word: str) -> set[str]:
    return {match.row.id for match in matches(ROWS, [word])[0]}


def missing(word: str, where: str = "conditions", **limits: Limit) -> tuple[str, ...]:
    person = Person.model_validate({"sex": "female", "age": 60, where: [word]})
    return missing_for_kidneys(person, limits, ROWS)


@pytest.mark.parametrize(
    "word",
    [
        "haemodialysis", "Hemodialysis", "peritoneal-dialysis", "I am dialysed", "ESRD", "esrf", "CKD3b",
        "stage 4 ckd", "eGFR 45", "EGFR=28", "nephrotic syndrome", "lupus nephritis", "IgA nephropathy",
        "glomerulosclerosis", "renal", "Renal-failure", "nierziekte", "Nierfalen", "nierinsufficiëntie",
        "nierinsufficientie", "nierinsufficie\u0308ntie", "verminderde nierfunctie", "slechte nieren",
        "bij nierfalen", "chronische nierschade", "cystenieren", "hemodialyse", "nefropathie", "nefritis",
        "renaal", "kindey disease", "kidny", "dialisis",
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["conditions", "medicines"])
def test_words_of_a_kidney_disease(word: str, where: str) -> None:
    assert kidney_rows(word)
    assert rows_of(word) & KIDNEYS
    assert missing(word, where) == KIDNEY


@pytest.mark.parametrize(
    "word",
    [
        "adrenal insufficiency", "Adrenal fatigue", "suprarenal tumour", "bijnier", "bijnieren",
        "bijnierinsufficiëntie", "bijnierziekte", "bijnierfalen", "diabetic neuropathy", "optic neuritis",
        "neurotic", "EGFR inhibitor", "EGFR-positive lung cancer", "epinephrine", "asthma", "manier",
        "analysis", "Sidney", "nierstenen", "niersteen",
    ],
)  # fmt: skip
def test_what_only_looks_like_one(word: str) -> None:
    assert not kidney_rows(word)
    assert not rows_of(word) & KIDNEYS
    assert missing(word) == ()


def test_stones_are_what_the_table_makes_of_them() -> None:
    assert rows_of("kidney stones") == {"struvite", *KIDNEYS}
    assert rows_of("nierstenen") == set()


def test_the_degree_where_it_is_told() -> None:
    assert rows_of("hemodialysis") == rows_of("ESRD") == {SEVERE}
    assert rows_of("nephrotic syndrome") == {MODERATE}
    assert rows_of("eGFR 25") == rows_of("nierfalen") == KIDNEYS


def test_each_limit_needs_a_ceiling() -> None:
    both, most, least = Limit(floor=250, ceiling=350), Limit(ceiling=2000), Limit(floor=2000)
    assert (
        missing("ckd", magnesium_mg=both, potassium_mg=most, phosphorus_mg=Limit(ceiling=0.1)) == ()
    )
    assert missing("ckd", magnesium_mg=both, potassium_mg=least, phosphorus_mg=most) == (
        "potassium_mg",
    )
    assert missing("ckd", magnesium_mg=least, potassium_mg=most, phosphorus_mg=least) == (
        "magnesium_mg",
        "phosphorus_mg",
    )
    assert missing("asthma", potassium_mg=least) == ()
