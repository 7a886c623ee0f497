"""target, foods, dishes, schema, paths: what they print, as text and as JSON."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mealmag.errors import ExitCode
from mealmag.nutrition.nutrients import NUTRIENTS


def fits(text: str) -> bool:
    return all(len(line) <= 80 for line in text.splitlines())


def test_target_prints_every_figure_with_its_source(cli: Callable) -> None:
    said = cli("target", "--sex", "female", "--age", "34")
    assert said.code == ExitCode.OK
    assert said.out.startswith("Magnesium: 320 mg a day (RDA)")
    assert "upper level for supplements (never for food): 350 mg" in said.out
    rows = [line for line in said.out.splitlines() if line.rstrip().endswith("]")]
    assert len(rows) == 14
    assert fits(said.out)
    assert said.err == ""


def test_target_as_json_by_another_set(cli: Callable) -> None:
    document = json.loads(
        cli(*["target", "--sex", "female", "--age", "34", "--set", "eu", "--json"]).out
    )
    assert document["reference_set"] == "eu"
    assert document["magnesium"]["target_mg"] == 300


def test_target_takes_the_profile_and_options_override_it(cli: Callable, home: Path) -> None:
    home.mkdir()
    profile = home / "profile.toml"
    profile.write_text('[person]\nsex = "male"\nage = 45\n[reference]\nset = "nl"\n')
    own = json.loads(cli("target", "--json").out)
    assert (own["person"]["age"], own["reference_set"]) == (45, "nl")
    over = json.loads(cli("target", "--age", "72", "--set", "us", "--json").out)
    assert (over["person"]["sex"], over["person"]["age"]) == ("male", 72)
    assert over["magnesium"]["target_mg"] == 420


def test_a_new_life_stage_drops_the_profiles_trimester(cli: Callable) -> None:
    profile = '[person]\nsex = "female"\nage = 30\nlife_stage = "pregnant"\ntrimester = 3\n'
    said = cli(
        *["target", "--profile", "-", "--life-stage", "breastfeeding", "--json"], stdin=profile
    )
    assert said.code == ExitCode.OK
    assert json.loads(said.out)["person"]["trimester"] is None


def test_without_anybody_the_shortest_command_is_shown(cli: Callable) -> None:
    for command in ("plan", "target"):
        said = cli(command)
        assert said.code == ExitCode.USAGE
        assert f"mealmag {command} --sex female --age 34" in said.err


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("almonds", "almonds"),
        ("zwarte bonen", "black-beans-boiled"),
        ("spinach-raw", "spinach-raw"),
        ("spinch", "spinach-raw"),
    ],
)
def test_foods_search(cli: Callable, words: str, first: str) -> None:
    assert cli("foods", "search", *words.split()).out.splitlines()[1].split()[1] == first
    assert json.loads(cli("foods", "search", words, "--json").out)[0]["id"] == first


def test_foods_search_that_finds_nothing_or_too_much(cli: Callable) -> None:
    nothing = cli("foods", "search", "qqqq")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "No food fits.\n")
    many = cli("foods", "search", "a")
    assert len(many.out.splitlines()) == 41
    assert "more; --json lists all" in many.err
    assert fits(many.out)


def test_foods_show_has_every_nutrient_and_a_dash_for_unknown(cli: Callable) -> None:
    out = cli("foods", "show", "almond-butter").out
    rows = out.split("per 100 g edible\n")[1].splitlines()
    assert len(rows) == len(NUTRIENTS)
    epa = next(row for row in rows if row.startswith("EPA"))
    assert epa.split() == ["EPA", "–", "g"]
    assert "1 tablespoon = 16 g" in out
    assert "record usda:12195" in out
    document = json.loads(cli("foods", "show", "almond-butter", "--json").out)
    assert document["per_100_g"]["epa_g"] is None
    assert document["per_100_g"]["magnesium_mg"] == 279


def test_foods_show_suggests(cli: Callable) -> None:
    said = cli("foods", "show", "almond")
    assert said.code == ExitCode.BAD_INPUT
    assert 'Did you mean "almonds"?' in said.err


@pytest.mark.parametrize("by", ["100g", "100kcal", "serving"])
def test_foods_top(cli: Callable, by: str) -> None:
    argv = f"foods top --by {by} --diet vegan --avoid nuts,Sesame --avoid gluten --limit 7".split()
    said = cli(*argv)
    assert len(said.out.splitlines()) == 8
    assert fits(said.out)
    document = json.loads(cli(*argv, "--json").out)
    figures = [food["magnesium_mg"] for food in document]
    assert figures == sorted(figures, reverse=True)
    for food in document:
        assert food["diet"] == "vegan"
        assert {"nuts", "sesame", "gluten"}.isdisjoint(food["allergens"])


def test_dishes_as_far_as_they_may_be_eaten(cli: Callable) -> None:
    every = cli("dishes")
    assert fits(every.out)
    assert every.out.startswith("breakfast ")
    vegan = json.loads(
        cli("dishes", "--meal", "dinner", "--diet", "vegan", "--avoid", "gluten", "--json").out
    )
    everything = json.loads(cli("dishes", "--json").out)
    assert 5 < len(vegan) < len(everything)
    assert all("dinner" in dish["meals"] for dish in vegan)
    foods = {food for dish in vegan for part in dish["components"].values() for food in part}
    assert "feta" not in foods


def test_paths_makes_nothing(cli: Callable, home: Path) -> None:
    said = cli("paths")
    assert f"{home / 'profile.toml'}   (not there yet)" in said.out
    assert json.loads(cli("paths", "--json").out)["profile"] == str(home / "profile.toml")
    assert not home.exists()


def test_schema_is_json_schema(cli: Callable) -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads(cli("schema", "plan").out)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == "mealmag/plan/1"
