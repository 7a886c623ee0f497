"""What a food that is proposed may bring by itself."""

from decimal import Decimal

from mealmag.catalogue.reference import ReferenceTables
from mealmag.nutrition.upper_levels import goes_over, least_upper_levels
from mealmag.services.catalogue import load_food_table

FOODS = load_food_table()
LEVELS = least_upper_levels(ReferenceTables().nutrients)


def test_they_are_the_least_of_adults() -> None:
    assert LEVELS["selenium_ug"] == 255, "EFSA 2023; the table has 400 of the NAM"
    assert LEVELS["calcium_mg"] == 2000, "of the over fifties"
    assert LEVELS["vitamin_d_ug"] == 100
    assert LEVELS["iodine_ug"] == 1100
    assert LEVELS["vitamin_a_ug_rae"] == 3000


def test_what_counts_only_what_is_added_is_none_for_food() -> None:
    assert not LEVELS.keys() & {"folate_ug_dfe", "niacin_mg", "vitamin_e_mg", "magnesium_mg"}
    assert "sodium_mg" not in LEVELS, "no upper level, but a limit to lower a risk"


def test_a_handful_of_brazil_nuts_goes_over_and_two_nuts_do_not() -> None:
    assert goes_over(FOODS["brazil-nuts"], Decimal(28), LEVELS)
    assert not goes_over(FOODS["brazil-nuts"], Decimal(10), LEVELS)
    assert not goes_over(FOODS["almonds"], Decimal(100), LEVELS)


def test_retinol_counts_and_carotene_does_not() -> None:
    assert goes_over(FOODS["beef-liver-fried"], Decimal(100), LEVELS)
    carrot = FOODS["carrot-raw"]
    assert (carrot.amount("vitamin_a_ug_rae", Decimal(1000)) or 0) > 3000
    assert not goes_over(carrot, Decimal(1000), LEVELS)
