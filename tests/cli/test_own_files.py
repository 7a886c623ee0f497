"""Foods and dishes of one's own: added, checked, kept apart, never lost."""

import io
from datetime import date
from pathlib import Path

import pytest

from mealmag.cli.main import run
from mealmag.services.catalogue import Sources, load_catalogue
from mealmag.services.own_dishes import dish_texts, template
from mealmag.storage.paths import Paths

LABEL = "energy=410,fat=14,saturates=1.9,carbohydrate=54,fibre=9,protein=12,salt=0.03,magnesium=130"
FOOD = (
    "foods", "add", "my-muesli", "--name", "nut muesli", "--group", "whole-grains", "--diet", "vegan",
)  # fmt: skip


class Home:
    """A person's home with a terminal that answers nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths = Paths(folder, folder / "data", folder / "cache")
        self.out = self.err = ""

    def run(self, *arguments: str, editor: str | None = None) -> int:
        out, err = io.StringIO(), io.StringIO()
        environ = {"MEALMAG_HOME": str(self.folder)}
        if editor is not None:
            environ["EDITOR"] = editor
        code = run(
            arguments, environ=environ, stdin=io.StringIO(), stdout=out, stderr=err,
            today=date(2026, 11, 23), home=self.folder,
        )  # fmt: skip
        self.out, self.err = out.getvalue(), err.getvalue()
        return code


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_a_food_from_its_label(home: Home) -> None:
    shape = (
        "--measure",
        "cup=85",
        "--serving",
        "0.5 cup",
        "--colour",
        "white-brown",
        "--main-food",
        "lentils",
    )
    code = home.run(*FOOD, *shape, "--from-label", LABEL)
    assert (code, "130 mg magnesium" in home.out) == (0, True)
    assert "The label does not say calcium, iron, potassium, zinc" in home.err
    assert "not planned with" not in home.err
    food = load_catalogue(Sources(own=home.paths)).foods["my-muesli"]
    assert food.nutrients["carbohydrate_g"] == 63
    assert food.nutrients["sodium_mg"] == 12
    assert food.nutrients["zinc_mg"] is None
    assert food.serving_g is not None
    assert (food.colour, food.main_food) == ("white-brown", "lentils")
    assert home.run("foods", "search", "nut muesli") == 0
    assert "my-muesli" in home.out


def test_a_second_food_leaves_the_first_as_it_was(home: Home) -> None:
    home.run(*FOOD, "--from-label", LABEL)
    before = home.paths.foods.read_text("utf-8").splitlines()
    assert (
        home.run(*FOOD[:2], "bar", *FOOD[3:4], "bar", *FOOD[5:], "--from-label", "energy=400") == 0
    )
    assert home.paths.foods.read_text("utf-8").splitlines()[: len(before)] == before


@pytest.mark.parametrize(
    ("label", "code", "says"),
    [
        ("energy=4100", 3, "energy_kcal: 4100 in 100 g cannot be"),
        ("energy=much", 3, '"much" is not a number'),
        ("energie=410", 3, "nothing that a label says"),
        ("energy", 3, "write word=figure"),
        ("energy=1,energy=2", 3, "given twice"),
        ("salt=1,sodium=400", 3, "salt or sodium"),
        ("protein=60,fat=60", 3, "in 100 g of food"),
    ],
)
def test_a_bad_label_changes_nothing(home: Home, label: str, code: int, says: str) -> None:
    home.run(*FOOD, "--from-label", LABEL)
    before = home.paths.foods.read_bytes()
    assert home.run(*FOOD, "--replace", "--from-label", label) == code
    assert says in home.err
    assert home.paths.foods.read_bytes() == before


def test_a_taken_id_needs_a_word(home: Home) -> None:
    home.run(*FOOD, "--from-label", LABEL)
    assert home.run(*FOOD, "--from-label", LABEL) == 3
    assert "--replace" in home.err
    assert home.run(*FOOD, "--replace", "--from-label", "energy=400,magnesium=99") == 0
    food = load_catalogue(Sources(own=home.paths)).foods["my-muesli"]
    assert food.nutrients["magnesium_mg"] == 99


def test_without_a_terminal_nothing_is_asked(home: Home) -> None:
    assert home.run("foods", "add") == 2
    assert "--from-label" in home.err
    assert not home.paths.foods.exists()


def test_a_food_that_would_break_a_dish_is_refused(home: Home) -> None:
    """Olive oil without its teaspoon: half the cookbook measures it by that."""
    code = home.run(
        "foods", "add", "olive-oil", "--name", "oil", "--group", "fats", "--diet", "vegan",
        "--from-label", "energy=884,fat=100",
    )  # fmt: skip
    assert code == 3
    assert "cannot be added" in home.err
    assert not home.paths.foods.exists()


def test_the_template_is_a_dish_without_faults(home: Home) -> None:
    assert home.run("dishes", "add", "my-soup", editor="true") == 0
    assert "my-soup" in home.out
    assert not (home.paths.drafts / "my-soup.toml").exists()
    catalogue = load_catalogue(Sources(own=home.paths))
    assert "my-soup" in catalogue.own
    assert home.run("dishes", "show", "my-soup") == 0
    assert "tomorrow's lunch" in home.out
    assert home.run("dishes", "add", "my-soup", editor="true") == 3
    assert "already" in home.err


def test_a_draft_with_a_fault_is_kept_and_gone_on_with(home: Home) -> None:
    assert home.run("dishes", "add", "my-soup", editor="sed -i s/^minutes/minuts/") == 3
    draft = home.paths.drafts / "my-soup.toml"
    line = next(i for i, text in enumerate(draft.read_text().splitlines(), 1) if "minuts" in text)
    assert f"my-soup.toml:{line}: minuts" in home.err
    assert 'Did you mean "minutes"?' in home.err
    assert not home.paths.dishes.exists()
    assert home.run("dishes", "add", "my-soup", editor="sed -i s/^minuts/minutes/") == 0
    assert not draft.exists()


def test_an_editor_that_fails_loses_nothing(home: Home) -> None:
    assert home.run("dishes", "add", "my-soup", editor="false") == 3
    assert (home.paths.drafts / "my-soup.toml").exists()
    assert home.run("dishes", "add", "other", editor="/no/such/editor") == 2
    assert "cannot be started" in home.err


def test_an_emptied_draft_adds_nothing(home: Home) -> None:
    assert home.run("dishes", "add", "my-soup", editor="truncate -s 0") == 0
    assert "nothing was added" in home.err
    assert not home.paths.dishes.exists()


def test_a_shipped_dish_is_copied_and_stood_over(home: Home) -> None:
    shipped = load_catalogue().dishes["shakshuka"]
    editor = "sed -i 's/^minutes = .*/minutes = 7/'"
    assert home.run("dishes", "edit", "shakshuka", editor=editor) == 0
    assert "in place of the shipped dish" in home.out
    own = load_catalogue(Sources(own=home.paths)).dishes["shakshuka"]
    assert (own.minutes, own.name_en) == (7, shipped.name_en)
    assert load_catalogue().dishes["shakshuka"].minutes == shipped.minutes


def test_editing_keeps_the_other_dishes_and_their_remarks(home: Home) -> None:
    home.folder.mkdir()
    text = "# My cookbook.\n\n# The first.\n" + _bare("one") + "\n# The second.\n" + _bare("two")
    home.paths.dishes.write_text(text, "utf-8")
    assert home.run("dishes", "edit", "two", editor="sed -i 's/^minutes = .*/minutes = 9/'") == 0
    after = home.paths.dishes.read_text("utf-8")
    assert after.startswith("# My cookbook.\n\n# The first.\n" + _bare("one"))
    assert "# The second." in after
    assert load_catalogue(Sources(own=home.paths)).dishes["two"].minutes == 9


def test_another_id_in_an_edit_is_refused(home: Home, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(_bare("three"), "utf-8")
    assert home.run("dishes", "edit", "shakshuka", "--file", str(other)) == 3
    assert 'was to be the dish "shakshuka"; it holds three' in home.err
    assert home.run("dishes", "edit", "no-such-dish") == 3
    assert home.run("dishes", "add", "--file", str(tmp_path / "nowhere.toml")) == 3


def test_the_texts_of_dishes() -> None:
    texts = dish_texts("# Head\n\n" + _bare("one") + "\n# above two\n" + _bare("two"))
    assert list(texts) == ["one", "two"]
    assert texts["two"].lstrip().startswith("# above two")
    assert list(dish_texts(template("x"))) == ["x"]


def _bare(dish_id: str) -> str:
    return (
        f'[[dish]]\nid = "{dish_id}"\nname_en = "Dish {dish_id}"\nname_nl = "Gerecht {dish_id}"\n'
        'meals = ["snack"]\nminutes = 5\nmethod = ["Eat."]\n\n[[dish.component]]\nname = "nuts"\n'
        'foods = ["almonds"]\namounts = ["20 g"]\n'
    )


def test_a_slip_in_a_group_of_a_food_of_ones_own_stays_an_error(home: Home) -> None:
    assert home.run(*FOOD, "--from-label", LABEL) == 0
    table = home.paths.foods
    table.write_text(table.read_text("utf-8").replace("whole-grains", "whole-grain"), "utf-8")
    assert home.run("foods", "show", "my-muesli") == 3
    assert 'Did you mean "whole-grains"?' in home.err
