"""Energy targets: the equation by hand, the table by its cells, and what is said to be assumed."""

from decimal import Decimal

import pytest

from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import InputError
from mealmag.nutrition.energy import energy_target
from mealmag.nutrition.person import Person

ROWS = ReferenceTables().energy


def target(**person):
    return energy_target(ROWS, Person(**person))


@pytest.mark.parametrize(
    ("person", "kcal"),
    [
        # 575.77 - 7.01 x 34 + 6.6 x 170 + 12.14 x 68 = 2284.95
        ({"sex": "female", "age": 34, "weight_kg": 68, "height_cm": 170}, 2285),
        # 1004.82 - 10.83 x 45 + 6.52 x 180.5 + 15.91 x 80.5 = 2975.085
        (
            {"sex": "male", "age": 45, "weight_kg": 80.5, "height_cm": 180.5, "activity": "active"},
            2975,
        ),
        # 19.12 + 3.68 x 16 + 8.62 x 175 + 20.28 x 62 + 20 = 2863.86
        ({"sex": "male", "age": 16, "weight_kg": 62, "height_cm": 175}, 2864),
    ],
)
def test_the_equation(person, kcal):
    found = target(**person)
    assert found.kcal == kcal
    assert "NASEM 2023" in found.source


@pytest.mark.parametrize(
    ("person", "megajoules"),
    [
        ({"sex": "female", "age": 34}, "8.7"),
        ({"sex": "male", "age": 45}, "10.7"),
        ({"sex": "male", "age": 72}, "9.5"),
        ({"sex": "female", "age": 34, "activity": "inactive"}, "7.6"),
        ({"sex": "female", "age": 34, "activity": "active"}, "9.8"),
        ({"sex": "female", "age": 34, "activity": "very_active"}, "10.8"),
        ({"sex": "male", "age": 2, "activity": "inactive"}, "4.3"),
        ({"sex": "female", "age": 28, "life_stage": "pregnant"}, "10.1"),
        ({"sex": "female", "age": 28, "life_stage": "pregnant", "trimester": 1}, "9.29"),
        ({"sex": "female", "age": 28, "life_stage": "pregnant", "trimester": 3}, "11.1"),
        ({"sex": "female", "age": 28, "life_stage": "breastfeeding"}, "11.1"),
    ],
)
def test_the_table(person, megajoules):
    found = target(**person)
    assert found.kcal == round(Decimal(megajoules) * 239)
    assert "EFSA 2013" in found.source
    assert any("body-mass index of 22" in text for text in found.assumptions)


def test_a_woman_of_34_needs_2079_kcal():
    assert target(sex="female", age=34).kcal == 2079


def test_ones_own_figure_wins_and_assumes_nothing():
    found = target(sex="female", age=34, life_stage="pregnant", energy_kcal=2000, weight_kg=68,
                   height_cm=170)  # fmt: skip
    assert (found.kcal, found.assumptions) == (2000, ())
    assert "given" in found.source


def test_the_second_trimester_is_assumed_and_said():
    sized = {"sex": "female", "age": 34, "weight_kg": 68, "height_cm": 170}
    found = target(**sized, life_stage="pregnant")
    assert found.kcal == 2548  # 2284.95 + 1.1 MJ
    assert "trimester: not given, the second is taken" in found.assumptions
    assert "NASEM 2023" in found.source
    assert "EFSA" in found.source
    assert target(**sized, life_stage="pregnant", trimester=2).kcal == found.kcal


@pytest.mark.parametrize(
    ("person", "hint"),
    [
        ({"sex": "male", "age": 85}, "energy_kcal, or weight_kg and height_cm"),
        ({"sex": "male", "age": 85, "weight_kg": 70}, "energy_kcal, or weight_kg and height_cm"),
        ({"sex": "female", "age": 2}, "energy_kcal, or another activity (inactive)"),
        (
            {"sex": "female", "age": 12, "activity": "inactive"},
            "energy_kcal, or another activity (low_active, active, very_active)",
        ),
        ({"sex": "female", "age": 100, "weight_kg": 8, "height_cm": 60}, "energy_kcal"),
    ],
)
def test_who_is_not_covered_is_told_what_to_give(person, hint):
    with pytest.raises(InputError) as caught:
        target(**person)
    assert hint in caught.value.hint
