"""How sure a day is: what is drawn, and that the shares come out as probability says."""

import math
from dataclasses import replace
from decimal import Decimal
from statistics import NormalDist

import pytest

from mealmag.nutrition.certainty import Spread, chances, lowest_mg, spreads
from mealmag.services.catalogue import load_food_table

FOODS = load_food_table()
MANY = 20_000


def test_two_tables_are_as_likely_as_each_other() -> None:
    spread = {"a": Spread((0.5, 1.5), 0.0)}
    assert chances([{"a": 100.0}], 120.0, spread, seed=1, draws=MANY) == [
        pytest.approx(0.5, abs=0.02)
    ]


def test_a_batch_is_a_normal_deviate() -> None:
    spread = {"a": Spread((1.0,), 0.2), "b": Spread((1.0,), 0.1)}
    day = {"a": 200.0, "b": 100.0}
    mean, sigma = 300.0, math.hypot(40.0, 10.0)
    for target in (250.0, 300.0, 340.0):
        right = 1 - NormalDist(mean, sigma).cdf(target)
        found = chances([day], target, spread, seed=3, draws=MANY)
        assert found == [pytest.approx(right, abs=0.02)]


def test_a_food_is_the_same_on_all_days_of_a_draw() -> None:
    spread = {"a": Spread((0.5, 1.5), 0.0)}
    first, second = chances([{"a": 100.0}, {"a": 100.0}], 100.0, spread, seed=5)
    assert first == second


def test_what_is_certain_is_certain() -> None:
    spread = {"a": Spread((1.0,), 0.0)}
    assert chances([{"a": 100.0}, {"a": 99.0}], 100.0, spread, seed=1) == [1.0, 0.0]


def test_the_same_seed_draws_the_same() -> None:
    spread = {"a": Spread((0.8, 1.0, 1.1), 0.2)}
    once, again, other = (chances([{"a": 100.0}], 98.0, spread, seed=seed) for seed in (7, 7, 8))
    assert once == again
    assert once != other


def test_a_spread_comes_from_the_tables_and_the_sample() -> None:
    spinach = FOODS["spinach-raw"]
    found = spreads(["spinach-raw"], FOODS)["spinach-raw"]
    counted = float(spinach.nutrients["magnesium_mg"] or 0)
    assert sorted(found.factors) == sorted(
        float(value) / counted for value in spinach.magnesium_tables.values()
    )
    assert spinach.magnesium_n is not None
    assert spinach.magnesium_se_mg is not None
    deviation = float(spinach.magnesium_se_mg) * math.sqrt(spinach.magnesium_n)
    assert found.cv == pytest.approx(deviation / counted)


def test_a_food_of_one_table_without_a_sample_spreads_as_its_group_does() -> None:
    alone = replace(
        FOODS["spinach-raw"],
        magnesium_tables={"usda": Decimal(79)},
        magnesium_n=None,
        magnesium_se_mg=None,
    )
    found = spreads(["spinach-raw"], {**FOODS, "spinach-raw": alone})["spinach-raw"]
    assert found.factors == (1.0,)
    assert 0.05 < found.cv < 0.5


def test_the_lowest_figure_is_never_above_the_counted_one() -> None:
    found = spreads(sorted(FOODS), FOODS)
    assert all(factor >= 0 for spread in found.values() for factor in spread.factors)
    day = dict.fromkeys(FOODS, 10.0)
    assert 0 < lowest_mg(day, found) < 10.0 * len(day)
    assert lowest_mg({"a": 50.0}, {"a": Spread((1.2, 1.4), 0.1)}) == 50.0
