"""How sure a day is: what is drawn, and that the shares come out as probability says."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from statistics import NormalDist

import pytest

from mealmag.nutrition.certainty import (
    DRAWS_TO_BE_SURE,
    Spread,
    chance,
    is_sure,
    lowest_mg,
    margin_mg,
    may_fail,
    simulate,
    spreads,
)
from mealmag.nutrition.figures import Figures
from mealmag.services.catalogue import load_catalogue, load_food_table

FOODS = load_food_table()
MANY = 20_000


def chances(
    days: Sequence[Mapping[str, float]],
    target_mg: float,
    spread: Mapping[str, Spread],
    *,
    seed: int,
    draws: int = 500,
) -> list[float]:
    return [chance(total, target_mg) for total in simulate(days, spread, seed=seed, draws=draws)]


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


def test_a_food_meets_the_same_world_in_every_plan() -> None:
    """So what differs between two plans is the plans, and not the luck of the draw."""
    spread = {"a": Spread((0.5, 1.5), 0.2), "b": Spread((1.0,), 0.1)}
    alone = simulate([{"b": 100.0}], spread, seed=2)
    assert simulate([{"a": 70.0}, {"b": 100.0}], spread, seed=2)[1] == alone[0]


def test_a_target_that_is_reached_exactly_is_reached() -> None:
    day = {f"food-{i}": 0.1 for i in range(10)}
    assert chances([day], 1.0, dict.fromkeys(day, Spread((1.0,), 0.0)), seed=1) == [1.0]


@pytest.mark.parametrize("percent", [50, 90, 95, 99, 99.9])
def test_to_be_sure_the_error_of_the_draws_counts_against_us(percent: float) -> None:
    """One-sided: with a true chance just as asked, at most one simulation in twenty says it is sure."""
    draws = DRAWS_TO_BE_SURE
    fails = may_fail(percent, draws)
    assert is_sure(1 - fails / draws, percent, draws)
    assert not is_sure(1 - (fails + 1) / draws, percent, draws)
    true = 1 - percent / 100
    below = NormalDist(draws * true, math.sqrt(draws * true * (1 - true))).cdf(fails + 0.5)
    assert below < 0.06
    assert is_sure(1.0, percent, draws)


@pytest.mark.parametrize("percent", [80, 95, 99])
def test_the_margin_of_a_normal_day_is_that_of_its_quantile(percent: float) -> None:
    """(1 - z cv) times what is aimed at is the target."""
    cv, counted, target = 0.12, 330.0, 320.0
    totals = simulate([{"a": counted}], {"a": Spread((1.0,), cv)}, seed=4, draws=MANY)[0]
    z = NormalDist().inv_cdf(percent / 100)
    right = target / (1 - z * cv) - target
    found = margin_mg(totals, counted, target, percent)
    assert right - 1 < found < right + 8
    enough = simulate([{"a": target + found}], {"a": Spread((1.0,), cv)}, seed=4, draws=MANY)[0]
    assert is_sure(chance(enough, target), percent, MANY)
    less = simulate([{"a": target + found - 1}], {"a": Spread((1.0,), cv)}, seed=4, draws=MANY)[0]
    assert not is_sure(chance(less, target), percent, MANY)


def test_what_is_sure_needs_no_margin_and_what_brings_nothing_has_none() -> None:
    assert margin_mg([400.0] * 100, 400.0, 320.0, 95) == 0
    assert margin_mg([0.0] * 100, 100.0, 320.0, 95) == math.inf


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
    for food, row in FOODS.items():
        counted = row.nutrients["magnesium_mg"]
        if counted:
            lowest = lowest_mg({food: counted}, FOODS)
            figures = [counted, *row.magnesium_tables.values()]
            assert float(lowest) == pytest.approx(float(min(figures)))


def test_counted_cautiously_the_lowest_figures_are_what_is_counted() -> None:
    """Exactly, raw and cooked: so a cautious plan that reaches the target reaches it on all of them."""
    foods = load_catalogue(None, Figures.CAUTIOUS).foods
    assert any("+" in food for food in foods)
    for food, row in foods.items():
        counted = row.nutrients["magnesium_mg"] or Decimal(0)
        assert lowest_mg({food: counted}, foods) == counted
