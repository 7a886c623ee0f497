"""A stranger's catalogue, unknown to us from its ids to its nutrients, plans as well as ours."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mealmag.errors import ExitCode
from mealmag.export.json import parse_plan
from mealmag.export.text import plan_text
from mealmag.services.catalogue import Sources, load_catalogue
from tests.stranger import COLUMNS, dishes_toml, foods_csv

OF_A_STRANGER = ("--foods", "foods.csv", "--dishes", "dishes.toml")
PLAN = (
    "plan",
    "--sex",
    "female",
    "--age",
    "34",
    "--days",
    "1",
    "--effort",
    "quick",
    *OF_A_STRANGER,
)


@pytest.fixture(autouse=True)
def catalogue(home: Path, tmp_path: Path) -> Path:
    (tmp_path / "foods.csv").write_text(foods_csv(), encoding="utf-8")
    (tmp_path / "dishes.toml").write_text(dishes_toml(), encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """The plan of the day, made once by whoever needs it first."""
    return {}


@pytest.fixture
def plan(cli: Callable, made: dict[str, str]) -> str:
    if not made:
        made["plan"] = planned(cli, "--limit", "glowstone_ug=700..1200")
    return made["plan"]


def planned(cli: Callable, *more: str) -> str:
    said = cli(*PLAN, *more, "-q", "--json")
    assert (said.code, said.err) == (ExitCode.OK, "")
    return said.out


def test_it_is_planned_and_checked(cli: Callable, plan: str) -> None:
    document: dict[str, Any] = json.loads(plan)
    target = document["targets"]["glowstone_ug"]
    assert (target["floor"], target["ceiling"], target["per"]) == (700, 1200, "day")
    assert not any("column" in each for each in document["warnings"])
    assert document["targets"].keys().isdisjoint({"zinc_mg", "vitamin_c_mg", "folate_ug_dfe"})
    lacking = [each for each in document["warnings"] if "has a figure for: zinc" in each]
    assert len(lacking) == 1
    (day,) = document["days"]
    assert 0 < day["totals"]["glowstone_ug"] <= 1200
    assert day["totals"]["omega3_g"] > 0
    assert day["totals"]["selenium_ug"] == 0
    portions = sum(len(meal["portions"]) for meal in day["meals"])
    assert day["incomplete"]["selenium_ug"] == portions
    assert cli("check", "-", *OF_A_STRANGER, stdin=plan).code == ExitCode.OK
    page = plan_text(parse_plan(plan, "plan"))
    assert any(line.startswith("glowstone ") and "µg" in line for line in page.splitlines())


def test_it_is_explained(cli: Callable, plan: str) -> None:
    said = cli("why", "-", *OF_A_STRANGER, stdin=plan)
    assert said.code == ExitCode.OK
    assert "glowstone" in said.out


def test_it_is_changed(cli: Callable, plan: str) -> None:
    said = cli("change", "-", "--swap", "monday:dinner", *OF_A_STRANGER, "--json", stdin=plan)
    assert said.code == ExitCode.OK
    before, after = (json.loads(text)["days"][0]["meals"][2]["dish"] for text in (plan, said.out))
    assert after != before
    assert cli("check", "-", *OF_A_STRANGER, stdin=said.out).code == ExitCode.OK


@pytest.mark.parametrize(
    ("nutrient", "wrong"), [("omega3_g", 99.0), ("choline_mg", 0.0), ("moondust_mg", 1.0)]
)
def test_a_wrong_sum_of_its_own_nutrient_is_caught(
    cli: Callable, plan: str, nutrient: str, wrong: float
) -> None:
    document = json.loads(plan)
    document["days"][0]["totals"][nutrient] = wrong
    said = cli("check", "-", *OF_A_STRANGER, stdin=json.dumps(document))
    assert said.code == ExitCode.CHECK_FAILED
    assert nutrient in said.out


def test_a_published_value_is_aimed_at_where_nearly_every_food_has_a_figure(
    cli: Callable, catalogue: Path, plan: str
) -> None:
    target = json.loads(plan)["targets"]["choline_mg"]
    assert (target["floor"], target["floor_kind"], target["per"]) == (425, "AI", "week")
    place = COLUMNS.index("choline_mg")
    rows = [row.split(",") for row in foods_csv().splitlines()]
    for cells in rows[20:]:
        cells[place] = ""
    text = "".join(f"{','.join(cells)}\n" for cells in rows)
    doubted = text.replace("glowstone_ug", "calcum_mg", 1)
    (catalogue / "foods.csv").write_text(doubted, encoding="utf-8")
    few = planned(cli)
    document = json.loads(few)
    assert "choline_mg" not in document["targets"]
    assert "choline_mg" in document["days"][0]["totals"]
    assert cli("check", "-", *OF_A_STRANGER, stdin=few).code == ExitCode.OK
    doubts = [each for each in document["warnings"] if "calcum_mg" in each]
    assert len(doubts) == 1
    assert "calcium_mg" in doubts[0]


@pytest.mark.parametrize(("delimiter", "end"), [(";", "\r\n"), (",", "\r\n"), (";", "\n")])
def test_semicolons_windows_lines_and_a_byte_order_mark_read_the_same(
    catalogue: Path, delimiter: str, end: str
) -> None:
    sources = Sources(catalogue / "foods.csv", catalogue / "dishes.toml")
    first = load_catalogue(sources)
    text = "\ufeff" + foods_csv(delimiter=delimiter, end=end)
    (catalogue / "foods.csv").write_bytes(text.encode("utf-8"))
    (catalogue / "dishes.toml").write_bytes(dishes_toml().replace("\n", "\r\n").encode("utf-8"))
    again = load_catalogue(sources)
    assert (again.foods, again.dishes) == (first.foods, first.dishes)


@pytest.mark.parametrize("column", ["magnesium_mg", "energy_kcal"])
def test_without_magnesium_or_energy_there_is_no_plan(
    cli: Callable, catalogue: Path, column: str
) -> None:
    columns = tuple(each for each in COLUMNS if each != column)
    (catalogue / "foods.csv").write_text(foods_csv(columns=columns), encoding="utf-8")
    said = cli(*PLAN)
    assert said.code == ExitCode.BAD_INPUT
    assert f"foods.csv:1: {column}: This column is missing." in said.err


@pytest.mark.parametrize(
    ("limit", "says"),
    [
        ("cholin_mg", 'no food has a figure for cholin_mg. Did you mean "choline_mg"?'),
        ("calcum_mg", 'Did you mean "calcium_mg"?'),
        ("choline", "named with its unit"),
    ],
)
def test_a_limit_of_a_nutrient_that_nobody_brings_is_refused(
    cli: Callable, limit: str, says: str
) -> None:
    said = cli(*PLAN, "--limit", f"{limit}=400..")
    assert said.code in (ExitCode.BAD_INPUT, ExitCode.USAGE)
    assert says in " ".join(said.err.split())


def test_groups_that_are_like_ours_are_its_own_and_the_plan_says_so(
    cli: Callable, catalogue: Path
) -> None:
    theirs = {"fruit": "fruits", "nuts": "Nuts and seeds", "bread": "breads"}
    theirs["spreads-of-glow"] = "Spreads, of glow"
    rows = [row.split(",") for row in foods_csv().splitlines()]
    for cells in rows:
        cells[2] = f'"{theirs.get(cells[2], cells[2])}"' if cells is not rows[0] else "group"
    (catalogue / "foods.csv").write_text("".join(f"{','.join(c)}\n" for c in rows), "utf-8")
    document = json.loads(planned(cli, "--dislike", "spreads-of-glow"))
    doubts = [each for each in document["warnings"] if "The food table's group" in each]
    assert [each.split()[4] for each in doubts] == ["breads", "fruits", "nuts-and-seeds"]
    assert "if bread is meant, it must be called so" in doubts[0]
