"""The shipped food table: without faults, complete, and honest about diets and allergens."""

import csv
import io
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from mealmag.catalogue.every_food import EveryFood
from mealmag.catalogue.food_cells import CEILINGS
from mealmag.catalogue.foods import COLUMNS, load_foods
from mealmag.nutrition.food import COLOURS, GROUPS, Food, State
from mealmag.nutrition.nutrients import NUTRIENTS

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "foods.csv"


SOURCES = {"USDA SR Legacy 2018", "USDA SR28 2016", "Ciqual 2020", "label"}

# Why the tables of these differ more than threefold.
_HERB = "leaves of another plant, age and water; two of the tables share one source"
TABLES_APART = {
    "anchovies": "two tables give 230, three 44 to 69: salted or desalted before the analysis",
    "basil-fresh": _HERB, "thyme-fresh": _HERB, "parsley-dried": _HERB,
    "kohlrabi-boiled": "how much water took it along", "leek-raw": "white part or the whole stalk",
    "mackerel-baked": "Atlantic mackerel of another season", "oysters": "their own sea water",
    "surimi": "another recipe of fish paste", "tofu-firm": "nigari or calcium sets it",
    "worcestershire-sauce": "another recipe", "couscous-cooked": "how much water it took up",
    "tahini": "two tables share one old sample far below what sesame seed holds",
    "sunflower-seeds-roasted": "USDA's figure is a third of the raw seed's; two others are thrice it",
}  # fmt: skip


@pytest.fixture(scope="module")
def foods() -> dict[str, Food]:
    found, problems = load_foods(SHIPPED)
    assert [str(problem) for problem in problems] == []
    return found


def test_every_nutrient_has_a_ceiling() -> None:
    assert set(CEILINGS) == {nutrient.key for nutrient in NUTRIENTS}


def test_the_file_is_large_enough_and_has_every_group(foods: dict[str, Food]) -> None:
    assert len(foods) >= 500
    assert {food.group for food in foods.values()} == set(GROUPS)


def test_no_two_foods_share_a_name(foods: dict[str, Food]) -> None:
    for names in (
        [food.name_en.casefold() for food in foods.values()],
        [food.name_nl.casefold() for food in foods.values()],
    ):
        assert [name for name, times in Counter(names).items() if times > 1] == []


def test_the_file_is_in_its_one_true_form() -> None:
    content = SHIPPED.read_bytes()
    assert content.endswith(b"\n")
    assert b"\r" not in content
    header, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    assert tuple(header) == COLUMNS
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)


def test_every_food_names_its_record(foods: dict[str, Food]) -> None:
    for food in foods.values():
        table, _, code = food.record.partition(":")
        assert (table, bool(code)) in {("usda", True), ("ciqual", True), ("label", True)}, food.id
        assert food.source in SOURCES, food.id
        assert (table == "ciqual") == (food.source == "Ciqual 2020"), food.id
        assert food.source_description, food.id
        assert food.table_records[table] == code, food.id


def test_magnesium_is_that_of_the_record(foods: dict[str, Food]) -> None:
    """Every row against the table it came from: USDA's, which is shipped whole."""
    every = EveryFood()
    for food in foods.values():
        magnesium = food.nutrients["magnesium_mg"]
        assert magnesium is not None, food.id
        assert food.magnesium_tables[food.record.partition(":")[0]] == magnesium, food.id
        if food.record.startswith("usda:"):
            record = every.food(food.record)
            assert record.nutrients["magnesium_mg"] == magnesium, food.id
            assert record.nutrients["energy_kcal"] == food.nutrients["energy_kcal"], food.id
            assert record.source_description == food.source_description, food.id


def test_the_tables_agree_within_reason(foods: dict[str, Food]) -> None:
    """A figure three times another is another food, another state, or a slip of the pen.

    Tables do differ up to twofold; what is left is listed with its reason.
    """
    for food in foods.values():
        figures = [float(mg) for mg in food.magnesium_tables.values()]
        apart = max(figures) > 3 * min(figures) and max(figures) - min(figures) > 20
        assert apart is (food.id in TABLES_APART), (food.id, dict(food.magnesium_tables))


def test_two_hundred_foods_stand_in_two_other_tables_at_least(foods: dict[str, Food]) -> None:
    """Of their own record's table and at least two more."""
    counts = Counter(len(food.magnesium_tables) - 1 for food in foods.values())
    print(f"\nother tables with the food: {dict(sorted(counts.items()))}", end="")
    assert sum(times for others, times in counts.items() if others >= 2) >= 200


def test_only_foods_without_a_core_figure_are_not_planned_with(foods: dict[str, Food]) -> None:
    lacking = {food.id for food in foods.values() if food.missing_core}
    assert len(lacking) <= 0.15 * len(foods), lacking
    assert not [food for food in lacking if foods[food].roles], "a role in a dish needs the core"


def test_every_food_can_be_measured_served_and_found(foods: dict[str, Food]) -> None:
    synonyms = 0
    for food in foods.values():
        assert food.measures, food.id
        assert food.serving_g, food.id
        energy = (food.nutrients["energy_kcal"] or Decimal(0)) * food.serving_g / 100
        assert energy <= 700, (food.id, energy)
        synonyms += bool(food.synonyms_en or food.synonyms_nl)
    assert synonyms >= 0.9 * len(foods)


def test_measures_are_plausible(foods: dict[str, Food]) -> None:
    """A spoon, a cup, a glass: no lighter and no heavier than such a thing can be."""
    bands = {
        "teaspoon": (Decimal("0.3"), 9), "tablespoon": (Decimal("0.5"), 25), "cup": (5, 350),
        "glass": (25, 270), "slice": (1, 350), "handful": (5, 60), "pinch": (Decimal("0.1"), 1),
        "clove": (2, 5), "pot": (60, 250), "can": (40, 500), "egg": (8, 90), "leaf": (Decimal("0.1"), 80),
    }  # fmt: skip
    for food in foods.values():
        for measure in food.measures:
            low, high = bands.get(measure.name, (Decimal("0.1"), 2500))
            assert low <= measure.grams <= high, (food.id, measure)
        spoon, tea = food.measure("tablespoon"), food.measure("teaspoon")
        if spoon and tea:
            assert 2 <= spoon.grams / tea.grams <= 4, food.id


def test_figures_that_hang_on_a_country_are_marked(foods: dict[str, Food]) -> None:
    """Where the source says enriched, fortified or "with added", the food says what is added."""
    for food in foods.values():
        words = food.source_description.lower()
        said = any(
            word in words
            for word in (" enriched", "fortified", "with added vitamin", "with added calcium")
        )
        if said and not any(no in words for no in ("unenriched", "not fortified", "unfortified")):
            assert food.fortified, (food.id, food.source_description)


@pytest.mark.parametrize(
    ("role", "measure"),
    [
        ("bread-slice", "slice"), ("milk", "glass"), ("milk", "cup"), ("nuts", "handful"),
        ("nuts", "tablespoon"), ("nut-butter", "tablespoon"), ("oil", "tablespoon"),
        ("oil", "teaspoon"), ("grain-cooked", "cup"), ("pulse-cooked", "cup"),
        ("pasta-cooked", "cup"), ("fruit-whole", "piece"), ("berries", "cup"), ("cracker", "piece"),
        ("yoghurt", "pot"), ("leafy-raw", "cup"), ("leafy-cooked", "cup"), ("water", "glass"),
        ("vegetable-cooked", "cup"), ("meat-cooked", "portion"), ("fish-cooked", "portion"),
        ("seeds", "tablespoon"), ("fruit-dried", "tablespoon"),
    ],
)  # fmt: skip
def test_foods_in_one_role_share_a_measure(foods: dict[str, Food], role: str, measure: str) -> None:
    members = [food for food in foods.values() if role in food.roles]
    assert members
    assert [food.id for food in members if food.measure(measure) is None] == []


@pytest.mark.parametrize(
    "role",
    ["milk", "yoghurt", "bread-slice", "grain-cooked", "pasta-cooked", "pulse-cooked", "cracker",
     "breakfast-cereal", "nut-butter", "nuts-or-seeds", "spread", "porridge", "chocolate", "flour",
     "tortilla", "sweetener", "oil", "tomato-base", "soy-sauce"],
)  # fmt: skip
@pytest.mark.parametrize("avoid", ["gluten", "nuts", "milk", "soybeans", "peanuts"])
def test_a_role_has_something_for_those_who_must_avoid(
    foods: dict[str, Food], role: str, avoid: str
) -> None:
    if (role, avoid) in {("soy-sauce", "soybeans"), ("chocolate", "soybeans")}:
        return  # nothing else is one
    assert any(role in food.roles and avoid not in food.allergens for food in foods.values())


def test_every_vegetable_and_fruit_has_one_colour_but_mixed_ones(foods: dict[str, Food]) -> None:
    """What comes in several colours, or has none, brings none; nor does any other group."""
    plant = {"vegetables", "leafy-greens", "fruit"}
    pale = {food.id for food in foods.values() if food.group in plant and not food.colour}
    assert pale == {
        "agar-dried", "fruit-cocktail-canned", "grapes", "mixed-vegetables-boiled",
        "peas-and-carrots-boiled",
    }  # fmt: skip
    assert {food.group for food in foods.values() if food.colour} == plant
    by_colour: dict[str, list[str]] = {colour: [] for colour in COLOURS}
    for food in foods.values():
        if food.colour:
            by_colour[food.colour].append(food.id)
    assert all(len(found) >= 15 for found in by_colour.values()), by_colour
    for word, colour in (
        ("broccoli", "green"), ("tomato", "red"), ("carrot", "orange-yellow"),
        ("blueberries", "purple-blue"), ("mushrooms", "white-brown"),
    ):  # fmt: skip
        named = {food.colour for food in foods.values() if food.id.startswith(word) and food.colour}
        assert named == {colour}, word


def test_a_packet_is_of_what_does_not_keep(foods: dict[str, Food]) -> None:
    """Raw and cooked rows of one thing share it; what is dry, dried, frozen or a staple opens none."""
    opening = {food.id: food.packet for food in foods.values() if food.packet}
    assert len(opening) > 150
    assert not {food.id for food in foods.values() if food.packet and food.state is State.DRY}
    assert not {name for name in opening if "frozen" in name or "dried" in name}
    assert opening["spinach-raw"] == opening["spinach-boiled"]
    for name in ("apple", "egg-raw", "rice-white-cooked", "mustard", "olive-oil", "bread-rye"):
        assert not foods[name].packet
