"""`mealmag why`, as a person types it."""

import json
from collections.abc import Callable

import pytest

from mealmag.errors import ExitCode
from mealmag.export.json import parse_plan


def test_the_page_fits_and_says_it_all(cli: Callable, week_json: str) -> None:
    said = cli("why", "-", stdin=week_json)
    assert (said.code, said.err) == (ExitCode.OK, "")
    assert max(len(line) for line in said.out.splitlines()) <= 80
    plan = parse_plan(week_json, "week")
    day = plan.days[0]
    ledger = day.magnesium
    assert f"Magnesium: {ledger.food_mg:.0f} of {ledger.target_mg:g} mg" in said.out
    richest = max((p for m in day.meals for p in m.portions), key=lambda p: p.magnesium_mg)
    assert said.out.splitlines()[2].strip().startswith(f"{richest.magnesium_mg:.0f} mg")
    assert f"{day.totals['energy_kcal']:,.0f} kcal in 1,871–2,287" in said.out
    assert "binds on Monday" in said.out
    assert f"{plan.goals[3].value:g} points" in said.out
    assert said.out.endswith("points  repeats, odd foods and amounts\n")


def test_one_day_as_json(cli: Callable, week_json: str) -> None:
    for day in ("monday", "Monday", "2026-11-23"):
        said = cli("why", "-", "--day", day, "--json", stdin=week_json)
        answer = json.loads(said.out)
        assert answer["schema"] == "mealmag/why/1"
        assert [each["date"] for each in answer["days"]] == ["2026-11-23"]
    assert said.out == cli("why", "-", "--json", stdin=week_json).out, "it has one day alone"


@pytest.mark.parametrize(
    ("argv", "stdin", "code", "words"),
    [
        ("- --day tuesday", None, ExitCode.BAD_INPUT, "--day: the plan has no tuesday"),
        ("- --day mondey", None, ExitCode.BAD_INPUT, 'Did you mean "monday"?'),
        ("- --day 2026-11-24", None, ExitCode.BAD_INPUT, "the plan has no Tuesday 2026-11-24"),
        ("-", "", ExitCode.BAD_INPUT, "stdin is empty"),
        ("-", "{}", ExitCode.BAD_INPUT, "stdin is JSON, but no plan of mealmag"),
        ("-", "{", ExitCode.BAD_INPUT, "stdin:1: this is not JSON"),
        ("no-such.json", "", ExitCode.BAD_INPUT, "no-such.json cannot be read"),
        ("", "", ExitCode.USAGE, "PLAN"),
        ("- --dishes no-such.toml", None, ExitCode.BAD_INPUT, "no-such.toml"),
    ],
)
def test_what_cannot_be_answered(
    cli: Callable, week_json: str, argv: str, stdin: str | None, code: ExitCode, words: str
) -> None:
    said = cli("why", *argv.split(), stdin=week_json if stdin is None else stdin)
    assert said.code == code
    assert words in said.err
    assert said.out == ""
