"""`mealmag change`, as a person types it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mealmag.errors import ExitCode
from mealmag.export.json import parse_plan


@pytest.fixture
def week(cli: Callable, tmp_path: Path) -> Path:
    path = tmp_path / "week.json"
    options = "--days 2 --start 2026-11-23 --effort quick --quiet -o"
    assert cli("plan", "--sex", "female", "--age", "34", *options.split(), str(path)).code == 0
    return path


def test_a_swap_is_said_written_and_holds(cli: Callable, week: Path) -> None:
    before = parse_plan(week.read_text("utf-8"), "before")
    said = cli("change", str(week), "--swap", "tuesday:dinner", "-o", str(week))
    assert said.code == ExitCode.OK
    assert said.out.startswith("Tuesday ")
    assert f"instead of {before.days[1].meals[2].name}" in said.out
    assert cli("check", str(week)).code == ExitCode.OK
    after = parse_plan(week.read_text("utf-8"), "after")
    assert after.days[1].meals[2].dish != before.days[1].meals[2].dish
    assert "local search" in after.made_by.solver.engine


def test_a_dish_by_its_name_stays_until_none_is_named(cli: Callable, week: Path) -> None:
    said = cli("change", str(week), "--meal", "tuesday:dinner=shakshuka", "-o", str(week))
    assert said.code == ExitCode.OK
    assert "Tuesday dinner: Shakshuka with bread instead of " in said.out
    assert cli("check", str(week)).code == ExitCode.OK
    refused = cli("change", str(week), "--swap", "tuesday:dinner")
    assert refused.code == ExitCode.USAGE
    free = '--meal "2026-11-24:dinner=planned"'
    assert free in " ".join(refused.err.split())
    assert cli("change", str(week), "--meal", "tuesday:dinner=planned", "-o", str(week)).code == 0
    assert cli("change", str(week), "--swap", "tuesday:dinner").code == ExitCode.OK


def test_a_lock_by_date_changes_no_meal(cli: Callable, week: Path) -> None:
    said = cli("change", str(week), "--lock", "2026-11-24:lunch", "--json")
    assert said.code == ExitCode.OK
    assert parse_plan(said.out, "locked").days[1].meals[1].locked


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ("", ExitCode.USAGE, "Nothing is to be changed"),
        ("--swap dinner", ExitCode.BAD_INPUT, '"dinner" names no meal'),
        ("--swap tuesday:diner", ExitCode.BAD_INPUT, 'Did you mean "dinner"?'),
        ("--swap tuseday:dinner", ExitCode.BAD_INPUT, 'Did you mean "tuesday"?'),
        ("--swap friday:dinner", ExitCode.BAD_INPUT, "the plan has no friday"),
        ("--swap 2026-12-24:dinner", ExitCode.BAD_INPUT, "The plan has no Thursday dinner"),
        ("--meal monday:dinner=lentil-sop", ExitCode.BAD_INPUT, 'Did you mean "lentil-soup"?'),
        ("--meal monday:dinner=lentil-sop,", ExitCode.USAGE, "the id of a dish"),
        ("--meal monday:dinner=lentil-soup --ban lentil-soup", ExitCode.IMPOSSIBLE, "(dislikes)"),
        ("--ban kael", ExitCode.BAD_INPUT, '"kael" is no food, dish or group'),
    ],
)
def test_what_cannot_be_is_told(
    cli: Callable, week: Path, options: str, code: ExitCode, words: str
) -> None:
    before = week.read_bytes()
    said = cli("change", str(week), *options.split(), "-o", str(week))
    assert said.code == code
    assert words in said.err
    assert week.read_bytes() == before


def test_another_target_comes_as_a_profile_and_is_said(
    cli: Callable, week: Path, tmp_path: Path
) -> None:
    profile = tmp_path / "other.toml"
    profile.write_text(
        '[person]\nsex = "female"\nage = 34\n[limits]\nmagnesium_mg = { floor = 420 }\n', "utf-8"
    )
    said = cli("change", str(week), "--profile", str(profile), "-o", str(week))
    assert said.code == ExitCode.OK
    assert "magnesium: at least 420 instead of 320 mg a day" in said.out
    after = parse_plan(week.read_text("utf-8"), "after")
    assert after.targets["magnesium_mg"].floor == 420
    assert cli("check", str(week)).code == ExitCode.OK


def test_a_kidney_disease_without_limits_changes_nothing(
    cli: Callable, week: Path, tmp_path: Path
) -> None:
    profile, after = tmp_path / "ill.toml", tmp_path / "after.json"
    profile.write_text('[person]\nsex = "female"\nage = 34\nconditions = ["nierziekte"]\n', "utf-8")
    said = cli("change", str(week), "--profile", str(profile), "-o", str(after))
    assert said.code == ExitCode.USAGE
    assert "must be set by the kidney team" in said.err
    assert not after.exists()
