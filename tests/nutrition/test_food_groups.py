"""The groups of a food, and red and processed meat over the whole shipped catalogue."""

from dataclasses import replace

from mealmag.nutrition.food import GROUPS
from mealmag.nutrition.food_groups import ALL_GROUPS, PROCESSED_MEAT, RED_MEAT, groups_of
from mealmag.services.catalogue import load_catalogue

BOTH = """bacon-back-fried bacon-fried bacon-raw beef-dried black-pudding bologna-sausage
    bratwurst-cooked chorizo corned-beef frankfurter ham-cured ham-sliced liverwurst luncheon-meat
    mortadella pastrami pate pepperoni pork-sausage-cooked roast-beef-sliced salami smoked-sausage"""
RED_ONLY = """beef-burger beef-liver-fried beef-mince-cooked beef-mince-raw beef-steak-grilled
    beef-stew-raw beef-stewed horse-roasted lamb-leg-roasted lamb-mince-cooked lamb-stewed meatballs
    pork-chop-cooked pork-liver-cooked pork-mince-cooked pork-ribs-roasted pork-stewed
    pork-tenderloin-roasted pulled-pork veal-cooked venison-roasted"""
PROCESSED_ONLY = "chicken-sliced turkey-sliced"
NEITHER = """chicken-breast-raw chicken-breast-roasted chicken-drumstick-roasted chicken-liver-fried
    chicken-mince chicken-thigh-raw chicken-thigh-roasted chicken-whole-roasted chicken-wings-roasted
    duck-roasted goose-roasted rabbit-stewed turkey-breast-roasted turkey-mince-cooked"""


def test_every_meat_that_is_shipped() -> None:
    foods = load_catalogue().foods
    expected = {
        **dict.fromkeys(BOTH.split(), frozenset({RED_MEAT, PROCESSED_MEAT})),
        **dict.fromkeys(RED_ONLY.split(), frozenset({RED_MEAT})),
        **dict.fromkeys(PROCESSED_ONLY.split(), frozenset({PROCESSED_MEAT})),
        **dict.fromkeys(NEITHER.split(), frozenset()),
    }
    found = {
        key: groups_of(food) - {"meat"}
        for key, food in foods.items()
        if food.group == "meat" and not food.cooked
    }
    assert found == expected


def test_every_other_food_is_of_its_own_group_alone() -> None:
    for food in load_catalogue().foods.values():
        groups = groups_of(food)
        assert food.group in groups
        assert groups <= set(ALL_GROUPS)
        assert food.group == "meat" or groups == {food.group}
    assert set(GROUPS) < set(ALL_GROUPS)


def test_what_a_dish_cooks_and_what_one_adds() -> None:
    foods = load_catalogue().foods
    assert RED_MEAT in groups_of(foods["beef-mince-raw+beef-fried"])
    bacon = replace(foods["turkey-sliced"], id="turkey-bacon", name_en="turkey bacon")
    assert groups_of(bacon) == {"meat", PROCESSED_MEAT}
