"""The dish file: what is read, and every way in which it can be wrong."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from mealmag.catalogue.dish import Dish, Meal, Serving
from mealmag.catalogue.dishes import load_dishes
from mealmag.errors import DataProblem
from mealmag.nutrition.food import Diet, Food, Measure
from mealmag.nutrition.nutrients import CORE


def food(food_id: str, role: str, measures: dict[str, str], *, known: bool = True) -> Food:
    return Food(
        id=food_id,
        name_en=food_id,
        name_nl=food_id,
        group="fruit",
        source="hand",
        ndb_no="",
        fdc_id="",
        source_description="",
        diet=Diet.VEGAN,
        allergens=frozenset(),
        roles=frozenset({role}),
        measures=tuple(Measure(name, Decimal(grams)) for name, grams in measures.items()),
        everyday=1,
        nutrients={key: Decimal(1) if known else None for key in CORE},
    )


FOODS = {
    one.id: one
    for one in (
        food("oats-rolled", "cereal", {"tablespoon": "10"}),
        food("blueberries", "berries", {"handful": "75"}),
        food("raspberries", "berries", {"handful": "60", "berry": "2"}),
        food("cloudberries", "berries", {"handful": "70"}, known=False),
        food("salmonberries", "lonely", {}, known=False),
        food("bread", "bread", {"slice": "35", "loaf": "800"}),
    )
}

GOOD = """\
[[dish]]
id = "overnight-oats"
name_en = "Overnight oats with berries"
name_nl = "Overnight oats met bessen"
meals = ["breakfast"]
minutes = 10
method = "Stir, and wait until morning."
[[dish.component]]
name = "oats"
foods = ["oats-rolled"]
amounts = ["40 g", "60 g", "80 g"]
[[dish.component]]
name = "berries"
role = "berries"
amounts = ["1 handful", "2 handful"]
"""

Load = Callable[[str], tuple[dict[str, Dish], list[DataProblem]]]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def from_text(text: str) -> tuple[dict[str, Dish], list[DataProblem]]:
        path = tmp_path / "dishes.toml"
        path.write_text(text, encoding="utf-8")
        return load_dishes(path, FOODS)

    return from_text


def test_a_dish_is_read_with_its_servings_in_words(load: Load) -> None:
    dishes, problems = load(GOOD)
    assert problems == []
    dish = dishes["overnight-oats"]
    assert dish.meals == {Meal.BREAKFAST}
    assert (dish.minutes, dish.keeps_days) == (10, 0)
    oats, berries = dish.components
    assert oats.servings[1] == Serving("oats-rolled", Decimal(60), "60 g")
    assert oats.steps == (1, 0, 1)
    assert [serving.measure for serving in berries.servings] == ["1 handful", "2 handfuls"] * 2
    assert berries.steps == (0, 1, 0, 1)  # of two amounts the lower is usual


def test_a_food_without_core_figures_is_left_out_of_a_role(load: Load) -> None:
    dishes, _ = load(GOOD)
    berries = dishes["overnight-oats"].components[1]
    assert {serving.food for serving in berries.servings} == {"blueberries", "raspberries"}


def test_the_usual_amount_can_be_named(load: Load) -> None:
    dishes, problems = load(GOOD.replace('"80 g"]', '"80 g"]\nusual = "80 g"'))
    assert problems == []
    assert dishes["overnight-oats"].components[0].steps == (2, 1, 0)


def test_a_role_a_list_and_an_exception_go_together(load: Load) -> None:
    text = GOOD.replace(
        'role = "berries"',
        'foods = ["raspberries"]\nrole = "berries"\nexcept = ["blueberries"]\noptional = true',
    )
    dishes, problems = load(text)
    assert problems == []
    berries = dishes["overnight-oats"].components[1]
    assert {serving.food for serving in berries.servings} == {"raspberries"}
    assert berries.optional


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("minutes = 10", "minutes = 0"),
        ("minutes = 10", "minutes = 240"),
        ("minutes = 10", "minutes = 10\nkeeps_days = 0"),
        ("minutes = 10", "minutes = 10\nkeeps_days = 14"),
        ('"80 g"', '"1000 g"'),
        ('"40 g"', '"0.01 g"'),
        ('"2 handful"', '"13 handful"'),
        ('"2 handful"', '"1.125 handful"'),
        ('"oats-rolled"', '"bread"'),
        ('id = "overnight-oats"', 'id = "o2"'),
    ],
)
def test_what_is_just_about_fine_is_fine(load: Load, old: str, new: str) -> None:
    assert old in GOOD
    dishes, problems = load(GOOD.replace(old, new))
    assert problems == []
    assert len(dishes) == 1


FORBIDDEN = [
    # what stands there, what is put instead, line, field, a part of the message
    ("minutes = 10", "minuts = 10", 6, "minuts", 'no key "minuts". Did you mean "minutes"?'),
    ("minutes = 10", "", 1, "minutes", '"minutes" is missing'),
    ("minutes = 10", 'minutes = "10"', 6, "minutes", "a whole number, not text"),
    ("minutes = 10", "minutes = 10.5", 6, "minutes", "not a number with decimals"),
    ("minutes = 10", "minutes = true", 6, "minutes", "not true or false"),
    ("minutes = 10", "minutes = 1979-05-27", 6, "minutes", "not a date or time"),
    ("minutes = 10", "minutes = 241", 6, "minutes", "241 is not between 0 and 240"),
    ("minutes = 10", "minutes = -1", 6, "minutes", "-1 is not between 0 and 240"),
    ("minutes = 10", "minutes = 10\nkeeps_days = 15", 7, "keeps_days", "not between 0 and 14"),
    ('id = "overnight-oats"', 'id = "Overnight oats"', 2, "id", "small letters"),
    ('id = "overnight-oats"', 'id = "oats-"', 2, "id", "small letters"),
    ('id = "overnight-oats"', "id = 7", 2, "id", "text in quotes, not a number"),
    ('"Stir, and wait until morning."', '" "', 7, "method", "empty"),
    ('"Stir, and wait until morning."', '"a\\nb"', 7, "method", "one line"),
    ('"Stir, and wait until morning."', f'"{"a" * 241}"', 7, "method", "at most 240"),
    ('["breakfast"]', '["brekfast"]', 5, "meals", 'Did you mean "breakfast"?'),
    ('["breakfast"]', '["elevenses"]', 5, "meals", "The meals are breakfast, lunch"),
    ('["breakfast"]', "[]", 5, "meals", "this list is empty"),
    ('["breakfast"]', '["snack", "snack"]', 5, "meals", '"snack" stands there twice'),
    ('["breakfast"]', '"breakfast"', 5, "meals", "a list of texts"),
    ('"oats-rolled"', '"oats-roled"', 10, "foods", 'Did you mean "oats-rolled"?'),
    ('"oats-rolled"', '"cloudberries"', 10, "foods", "cannot be planned with"),
    ('foods = ["oats-rolled"]', "", 8, None, 'give "foods", "role" or both'),
    ('role = "berries"', 'role = "berry"', 14, "role", 'Did you mean "berries"?'),
    ('role = "berries"', 'role = "lonely"', 14, "role", "nothing is left"),
    (
        'role = "berries"', 'role = "berries"\nexcept = ["blueberries", "raspberries"]',
        14, "role", "nothing is left",
    ),
    ('role = "berries"', 'role = "berries"\nexcept = ["blueberry"]', 15, "except", "Did you mean"),
    ('role = "berries"', 'foods = ["bread"]\nexcept = ["bread"]', 15, "except", 'needs a "role"'),
    (
        '"2 handful"', '"2 berry"', 15, "amounts",
        '"blueberries" is not measured in "berry"; it has "handful".',
    ),
    ('"80 g"', '"60 g"', 11, "amounts", "twice"),
    ('"80 g"', '"60.0 g"', 11, "amounts", "must grow"),
    ('"80 g"', '"50 g"', 11, "amounts", "must grow from left to right"),
    ('"40 g"', '"0 g"', 11, "amounts", "not more than nothing"),
    ('"40 g"', '"-40 g"', 11, "amounts", "is not an amount"),
    ('"80 g"', '"1000.1 g"', 11, "amounts", "1000 at most"),
    ('"2 handful"', '"25 handful"', 15, "amounts", "24 at most"),
    ('"2 handful"', '"14 handful"', 15, "amounts", "1050 g; 1,000 at most"),
    ('"80 g"]', '"80 g"]\nusual = "70 g"', 12, "usual", "not one of the amounts"),
    ('"80 g"]', '"80 g"]\nusual = "much"', 12, "usual", "is not an amount"),
    ('"80 g"]', '"80 g"]\noptional = "no"', 12, "optional", "true or false, not text"),
    ('amounts = ["40 g", "60 g", "80 g"]', "", 8, "amounts", '"amounts" is missing'),
    ('name = "berries"', 'name = "oats"', 13, "name", "another component"),
    ('name = "berries"', "", 12, "name", '"name" is missing'),
    ('name = "berries"', 'name = "berries"\nrle = "x"', 14, "rle", 'Did you mean "role"?'),
    ("[[dish]]", 'shop = "x"\n[[dish]]', 1, "shop", 'no key "shop"'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "column", "message"), FORBIDDEN)
def test_a_fault_is_named_with_its_line(
    load: Load, old: str, new: str, line: int, column: str | None, message: str
) -> None:
    assert old in GOOD
    _, problems = load(GOOD.replace(old, new, 1))
    problem = next(one for one in problems if message in one.message)
    assert (problem.line, problem.column) == (line, column)
    assert problem.file.endswith("dishes.toml")


def test_a_dish_with_a_fault_is_left_out_and_the_others_kept(load: Load) -> None:
    other = GOOD.replace('"overnight-oats"', '"porridge"').replace('"Overnight oats ', '"Porridge ')
    dishes, problems = load(other + "\n" + GOOD.replace("minutes = 10", "minutes = 900"))
    assert list(dishes) == ["porridge"]
    assert [problem.line for problem in problems] == [22]


def test_every_fault_is_told_at_once_in_the_order_of_the_file(load: Load) -> None:
    text = GOOD.replace("minutes = 10", "minutes = 900").replace('"40 g"', '"x"')
    _, problems = load(text.replace('"berries"\namounts', '"nothing"\namounts'))
    assert [problem.column for problem in problems] == ["minutes", "amounts", "role"]


@pytest.mark.parametrize(
    ("unlike", "column", "line"),
    [
        ({"id": "b", "name_nl": "B"}, "name_en", 18),
        ({"id": "b", "name_en": "B"}, "name_nl", 19),
        ({"name_en": "B", "name_nl": "B"}, "id", 17),
    ],
)
def test_ids_and_names_are_used_once(
    load: Load, unlike: dict[str, str], column: str, line: int
) -> None:
    olds = {
        "id": '"overnight-oats"',
        "name_en": '"Overnight oats with berries"',
        "name_nl": '"Overnight oats met bessen"',
    }
    second = GOOD
    for key, value in unlike.items():
        second = second.replace(olds[key], f'"{value}"')
    dishes, problems = load(GOOD + second.replace('"Overnight', '"OVERNIGHT'))
    assert [(problem.column, problem.line) for problem in problems] == [(column, line)]
    assert "was used before, on line" in problems[0].message
    assert list(dishes) == ["overnight-oats"]


def test_a_dish_cannot_be_optional_altogether(load: Load) -> None:
    text = GOOD.replace("amounts =", "optional = true\namounts =")
    _, problems = load(text)
    assert [problem.column for problem in problems] == ["component"]
    assert "not optional" in problems[0].message


def test_a_dish_needs_components(load: Load) -> None:
    head = GOOD[: GOOD.index("[[dish.component]]")]
    assert load(head)[1][0].message.endswith('"component" is missing.')
    assert "at least one component" in load(head + "component = []\n")[1][0].message
    assert "a list of tables" in load(head + "component = 3\n")[1][0].message


def test_tables_written_on_one_line_are_read_and_placed_at_their_dish(load: Load) -> None:
    head = GOOD[: GOOD.index("[[dish.component]]")]
    one = 'component = [{{name = "bread", foods = ["bread"], amounts = ["{}"]}}]\n'
    dishes, problems = load(head + one.format("2 slice"))
    assert problems == []
    assert dishes["overnight-oats"].components[0].servings[0].measure == "2 slices"
    assert [problem.line for problem in load(head + one.format("2 cup"))[1]] == [1]


def test_headers_within_a_long_text_do_not_shift_the_lines(load: Load) -> None:
    text = GOOD.replace('"Stir, and wait until morning."', '"""\n[[dish]]\nminutes = 3\n"""')
    _, problems = load(text.replace('"80 g"', '"50 g"'))
    assert [(problem.line, problem.column) for problem in problems] == [
        (7, "method"),
        (14, "amounts"),
    ]


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    dishes, problems = load_dishes(tmp_path / "none.toml", FOODS)
    assert dishes == {}
    assert [problem.message for problem in problems] == ["There is no such file."]


def test_a_folder_is_a_problem(tmp_path: Path) -> None:
    _, problems = load_dishes(tmp_path, FOODS)
    assert "cannot be read" in problems[0].message


def test_text_in_another_encoding_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "dishes.toml"
    path.write_bytes(GOOD.replace("Stir", "Rühren").encode("latin-1"))
    _, problems = load_dishes(path, FOODS)
    assert [problem.line for problem in problems] == [7]
    assert "UTF-8" in problems[0].message


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "dishes.toml"
    path.write_bytes(GOOD.replace("\n", "\r\n").encode("utf-8-sig"))
    dishes, problems = load_dishes(path, FOODS)
    assert (list(dishes), problems) == (["overnight-oats"], [])


@pytest.mark.parametrize("text", ["", "# only a remark\n", "dish = []\n"])
def test_an_empty_file_is_a_problem(load: Load, text: str) -> None:
    dishes, problems = load(text)
    assert dishes == {}
    assert "no dish in it" in problems[0].message


@pytest.mark.parametrize(
    ("text", "line"), [(GOOD + "minutes = = 3\n", 16), (GOOD + 'method = """open', 16)]
)
def test_broken_toml_is_told_with_its_line(load: Load, text: str, line: int) -> None:
    dishes, problems = load(text)
    assert dishes == {}
    assert [problem.line for problem in problems] == [line]
    assert "not valid TOML" in problems[0].message


def test_values_nested_without_end_do_not_bring_the_program_down(load: Load) -> None:
    _, problems = load("a = " + "[" * 50_000 + "]" * 50_000)
    assert len(problems) == 1


@pytest.mark.parametrize("text", ["dish = 3\n", "dish = [1]\n", "[dish]\nid = 'x'\n"])
def test_a_dish_must_be_a_list_of_tables(load: Load, text: str) -> None:
    _, problems = load(text)
    assert "a list of tables" in problems[0].message


def test_a_message_never_carries_control_characters(load: Load) -> None:
    _, problems = load(GOOD.replace('id = "overnight-oats"', 'id = "\\u001b[2J"'))
    assert problems
    assert all(problem.message.isprintable() for problem in problems)


def test_a_recipe_in_full(load: Load) -> None:
    dishes, problems = load(
        GOOD.replace("minutes = 10\n", "minutes = 10\ntotal_minutes = 25\n").replace(
            'method = "Stir, and wait until morning."\n',
            'method = ["Stir.", "Wait."]\nkitchen = "dutch"\nservings = 4\nkeeps_days = 2\n'
            'freezes = true\nequipment = ["blender"]\n',
        )
    )
    assert problems == []
    oats = dishes["overnight-oats"]
    assert (oats.minutes, oats.total_minutes, oats.portions) == (10, 25, 4)
    assert (oats.method, oats.kitchen) == (("Stir.", "Wait."), "dutch")
    assert (oats.freezes, oats.equipment, oats.keeps_days) == (True, ("blender",), 2)
    assert not oats.is_lunch_tomorrow  # no dinner


def test_what_is_left_out_has_a_plain_meaning(load: Load) -> None:
    dishes, _ = load(GOOD)
    oats = dishes["overnight-oats"]
    assert (oats.total_minutes, oats.portions, oats.kitchen, oats.freezes) == (10, 1, "", False)
    assert oats.method == ("Stir, and wait until morning.",)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("minutes = 10", "minutes = 10\ntotal_minutes = 9", "9 is not between 10 and 600"),
        ("minutes = 10", 'minutes = 10\nkitchen = "duch"', 'Did you mean "dutch"?'),
        ("minutes = 10", "minutes = 10\nservings = 0", "0 is not between 1 and 12"),
        ("minutes = 10", 'minutes = 10\nfreezes = "yes"', "true or false"),
        ('method = "Stir, and wait until morning."', "method = []", "this list is empty"),
        ('method = "Stir, and wait until morning."', 'method = ["a", "a"]', "twice"),
        ('method = "Stir, and wait until morning."', 'method = [" "]', "a step is one line"),
        (
            'method = "Stir, and wait until morning."',
            "method = [" + ", ".join(f'"step {n}"' for n in range(9)) + "]",
            "9 steps are too many",
        ),
        (
            'foods = ["oats-rolled"]',
            'foods = ["oats-rolled"]\ncooked = "fride"',
            "no way of cooking",
        ),
        (
            'foods = ["oats-rolled"]',
            'foods = ["oats-rolled"]\ncooked = "cereal-cooked"',
            '"oats-rolled" is not a raw row (ready)',
        ),
        (
            'foods = ["oats-rolled"]',
            'foods = ["oats-rolled"]\ncooked = "greens-boiled-much-water-drained"',
            "nobody published what",
        ),
    ],
)
def test_a_fault_in_the_recipe_is_named(load: Load, old: str, new: str, says: str) -> None:
    dishes, problems = load(GOOD.replace(old, new, 1))
    assert dishes == {}
    assert any(says in problem.message for problem in problems), [str(p) for p in problems]
    assert all(problem.line for problem in problems)


def test_without_a_dutch_name_the_english_one_stands_in(load: Load) -> None:
    dishes, problems = load(GOOD.replace('name_nl = "Overnight oats met bessen"\n', ""))
    assert problems == []
    assert dishes["overnight-oats"].name_nl == "Overnight oats with berries"
