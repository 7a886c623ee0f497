"""Audits of the whole food table by rule: allergens by ingredients, diet by group, energy by Atwater.

A rule names words; a food whose name or source description has one must say the allergen. What a word
wrongly catches stands in EXCEPT with its reason, so that a new food is caught until someone looked.
"""

import re
from decimal import Decimal

import pytest

from mealmag.nutrition.food import Diet, Food
from mealmag.services.catalogue import load_food_table

FOODS = load_food_table()

RULES: dict[str, str] = {
    "gluten": "wheat wholewheat rye barley oat oats spelt bulgur couscous "
    "pasta bread breads roll rolls "
    "cracker crackers crispbread pita noodles granola muesli pumpernickel "
    "beer bran seitan semolina "
    "biscuit biscuits cookie cookies cake pancake pancakes waffle waffles croissant muffin pizza "
    "lasagne ravioli macaroni spaghetti bagel naan chapati rusk breaded nuggets burger hamburger "
    "doughnut pie pastry toast breadcrumbs breadsticks matzo tortellini udon gingerbread speculaas "
    "malt malted farro freekeh kamut triticale stroopwafel soy",
    "crustaceans": "shrimp prawn prawns crab lobster crayfish",
    "eggs": "egg eggs omelette omelet mayonnaise meringue custard quiche",
    "fish": "fish cod salmon tuna mackerel herring sardine sardines anchovy "
    "anchovies trout haddock "
    "plaice halibut eel pollock saithe tilapia surimi worcestershire kipper "
    "bass snapper carp caviar",
    "peanuts": "peanut peanuts satay",
    "soybeans": "soy soya soybean soybeans tofu tempeh edamame miso natto tamari soymilk",
    "milk": "milk cheese butter cream yogurt yoghurt buttermilk custard "
    "cheddar gouda mozzarella ricotta "
    "feta parmesan brie kefir quark skyr whey ghee latte cappuccino mascarpone halloumi camembert",
    "nuts": "almond almonds hazelnut hazelnuts walnut walnuts cashew cashews "
    "pecan pecans pistachio "
    "pistachios macadamia macadamias brazilnuts marzipan praline nougat",
    "celery": "celery celeriac broth stock bouillon",
    "mustard": "mustard mayonnaise",
    "sesame": "sesame tahini hummus halva halavah",
    "sulphites": "wine sulfured",
    "lupin": "lupin lupins lupine",
    "molluscs": "mussel mussels oyster oysters clam clams squid scallop "
    "scallops octopus snail snails",
}

_FREE = "made without it, as its name says"
_PLANT = "a plant's butter, milk, cream or bean called after the dairy one"
_SOY = "the word soy stands for soy sauce with wheat; this is soya without it"
_OTHER = (
    "the word stands for something else here: a patty of meat only, rice noodles, oyster mushrooms"
)
EXCEPT: dict[tuple[str, str], str] = {
    (food, allergen): reason
    for allergen, reason, foods in (
        ("gluten", _FREE, ("bread-gluten-free bread-gluten-free-whole crackers-gluten-free-seeded "
         "pasta-gluten-free-cooked oats-rolled-gluten-free tamari "
         "pasta-corn-cooked pasta-corn-dry bread-gluten-free-wholegrain pancake-gluten-free "
         "waffle-gluten-free rice-noodles-dry")),
        ("gluten", _SOY, ("protein-powder-soya soy-drink-unsweetened soy-yoghurt-fruit soya-dessert "
         "soya-flour soya-mince soya-yoghurt soya-yoghurt-calcium")),
        ("gluten", _OTHER, ("beef-burger gherkin-sweet pasta-sauce pumpkin-spice rice-cake "
         "rice-bran rice-cake-corn "
         "rice-noodles-cooked")),
        ("peanuts", _FREE, "mixed-nuts-no-peanuts popcorn-caramel"),
        ("eggs", _FREE, "mayonnaise-vegan bread-gluten-free-whole"),
        ("soybeans", _FREE, "burger-grain vegan-cheese-slices"),
        ("milk", _FREE, "vegan-cheese-slices soy-cheese-spread bread-gluten-free-whole"),
        ("milk", _PLANT, ("almond-butter almond-drink almond-drink-sweetened cashew-butter "
         "coconut-cream coconut-milk gherkin-sweet lima-beans-boiled "
         "lima-beans-canned peanut-butter "
         "peanut-sauce peanut-butter-crunchy peanut-butter-salted tahini-whole "
         "rice-drink soy-yoghurt soy-yoghurt-fruit soya-yoghurt "
         "soya-yoghurt-calcium "
         "sunflower-seed-butter tahini")),
        ("molluscs", _OTHER, "oyster-mushrooms-raw crackers-saltine"),
    )
    for food in foods.split()
}  # fmt: skip


def words(food: Food) -> set[str]:
    return set(re.findall(r"[a-z]+", f"{food.name_en} {food.source_description}".lower()))


@pytest.mark.parametrize("allergen", RULES)
def test_no_allergen_is_missing_by_rule_of_the_ingredients(allergen: str) -> None:
    wanted = set(RULES[allergen].split())
    caught = {food.id for food in FOODS.values() if words(food) & wanted}
    silent = {food_id for food_id in caught if allergen not in FOODS[food_id].allergens}
    excepted = {food_id for food_id, about in EXCEPT if about == allergen}
    print(f"\n{allergen:<12} {len(caught):>4} named by a word, {len(excepted):>3} excepted", end="")
    assert silent - excepted == set()
    assert excepted - silent == set(), "an exception that is none"


def test_gluten_free_is_what_it_says() -> None:
    for food in FOODS.values():
        if "gluten-free" in food.name_en or "without wheat" in food.name_en:
            assert "gluten" not in food.allergens, food.id


def test_diet_class_agrees_with_group_and_allergens() -> None:
    only = {"meat": Diet.OMNIVORE, "fish": Diet.PESCATARIAN}
    seafood = {"fish", "crustaceans", "molluscs"}
    flesh = {
        "chicken", "beef", "pork", "gelatin", "gelatine", "bacon", "ham", "lard", "turkey", "lamb",
        "veal", "duck", "sausage", "salami",
    }  # fmt: skip
    for food in FOODS.values():
        if food.group in only:
            assert food.diet is only[food.group], food.id
        if food.group in {"dairy", "eggs"}:
            assert food.diet is not Diet.VEGAN, food.id
        if food.allergens & {"milk", "eggs"}:
            assert food.diet is not Diet.VEGAN, food.id
        if food.allergens & seafood:
            assert not Diet.VEGETARIAN.may_eat(food.diet), food.id
        if words(food) & flesh and not words(food) & {"meatless", "vegan", "vegetarian", "lettuce"}:
            assert food.diet is Diet.OMNIVORE or food.id in NO_FLESH, food.id
        if "honey" in words(food):
            assert food.diet is not Diet.VEGAN or food.id in NO_FLESH, food.id


NO_FLESH = {"egg-duck": "an egg"}

_OWN = "USDA's own factors for this food lie below the general ones"
_ACID = "its energy is acetic acid, which is none of the four"
_SALT = "its carbohydrate by difference is mostly leavening salts"
ENERGY_APART = {
    "allspice": _OWN, "cocoa-powder": _OWN, "cocoa-powder-dutch": _OWN,
    "dill-dried": _OWN, "ketchup": _OWN, "lemongrass": _OWN,
    "lentil-sprouts": _OWN, "oat-bran": _OWN, "rice-bran": _OWN,
    "soya-sprouts-steamed": _OWN, "spirulina-dried": _OWN,
    "baking-powder": _SALT, "potato-salad": "a recipe, its energy summed from its parts",
    "vinegar-balsamic": _ACID, "vinegar-cider": _ACID, "vinegar-white": _ACID, "vinegar-wine": _ACID,
}  # fmt: skip


def test_energy_agrees_with_the_atwater_sum_or_is_explained() -> None:
    """Within 10 % or 10 kcal of 4 protein + 9 fat + 4 carbohydrate (fibre: 0 to 4) + 7 alcohol.

    USDA uses factors of each food's own, so that the general ones are only about right.
    """
    apart = {}
    known = [food for food in FOODS.values() if food.nutrients["energy_kcal"] is not None]
    for food in known:
        grams = {key: value or Decimal(0) for key, value in food.nutrients.items()}
        fibre = grams["fibre_g"]
        low = (
            4 * (grams["protein_g"] + grams["carbohydrate_g"] - fibre)
            + 9 * grams["fat_g"]
            + 7 * grams["alcohol_g"]
        )
        high = low + 4 * fibre
        energy = grams["energy_kcal"]
        if not (
            min(low * Decimal("0.9"), low - 10) <= energy <= max(high * Decimal("1.1"), high + 10)
        ):
            apart[food.id] = f"{energy} kcal, {low:.0f}–{high:.0f} by the factors"
    print(f"\n{len(known) - len(apart)} of {len(known)} within 10 %", end="")
    assert {key: value for key, value in apart.items() if key not in ENERGY_APART} == {}
    assert set(ENERGY_APART) - set(apart) == set(), "an explanation that none needs"


ANIMAL_ROLES = {
    "bacon", "cold-cut", "liver-cooked", "meat-cooked", "poultry-cooked", "red-meat-cooked",
    "stew-meat", "egg-cooked", "egg-omelette", "egg-raw", "egg-scrambled",
    "fish-canned", "fish-cold",
    "fish-cooked", "fish-oily", "fish-white", "shellfish-cooked", "cottage-cheese", "cheese-fresh",
    "milk-sour", "ice-cream",
}  # fmt: skip
"""Roles that are meat, fish, egg or milk itself; every other has a vegan member."""


def test_every_role_has_members_for_every_diet() -> None:
    roles: dict[str, list[Food]] = {}
    for food in FOODS.values():
        for role in food.roles:
            roles.setdefault(role, []).append(food)
    lacking = {
        role
        for role, members in roles.items()
        if role not in ANIMAL_ROLES and not any(food.diet is Diet.VEGAN for food in members)
    }
    print(f"\n{len(roles)} roles, {len(ANIMAL_ROLES & set(roles))} of them animal", end="")
    assert lacking == set()
    assert set(roles) >= ANIMAL_ROLES
