"""`mealmag plan --alternatives`, as a person types it."""

import json

import pytest

from mealmag.export.json import parse_plan
from mealmag.planning.alternatives import Loss, Plans
from tests.cli.conftest import Cli

PLAN = ("plan", "--sex", "female", "--age", "34", "--days", "1", "--effort", "quick")


def test_two_plans_to_read_and_to_check(cli: Cli) -> None:
    page = cli(*PLAN, "--alternatives", "1", "--differ", "2")
    assert page.code == 0
    assert "═══ Plan 2 of 2 ═══" in page.out
    document = cli(*PLAN, "--alternatives", "1", "--differ", "2", "--json").out
    assert json.loads(document)["schema"] == "mealmag/plans/1"
    checked = cli("check", "-", stdin=document)
    assert checked.code == 0
    assert [line.split(":")[0] for line in checked.out.splitlines()] == [
        "stdin, plan 1",
        "stdin, plan 2",
    ]
    assert json.loads(cli("check", "-", "--json", stdin=document).out)["problems"] == []


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (("--differ", "3"), 2, "--differ is of --alternatives, which is missing"),
        (("--lose-percent", "3"), 2, "--lose-percent is of --alternatives"),
        (("--alternatives", "0"), 3, "--alternatives: 0 is not between 1 and 9"),
        (("--alternatives", "1", "--lose", "-1"), 3, "--lose: -1 is not between 0"),
        (("--alternatives", "1", "--lose-percent", "nan"), 3, "--lose-percent: nan is not"),
        (("--alternatives", "1", "--differ", "5"), 3, "5 meals cannot differ where 4 are cooked"),
    ],
)
def test_what_cannot_be_asked(cli: Cli, given: tuple[str, ...], code: int, said: str) -> None:
    answer = cli(*PLAN, *given)
    assert answer.code == code
    assert said in answer.err
    assert answer.out == ""


def test_the_schema_of_several(cli: Cli) -> None:
    assert json.loads(cli("schema", "plans").out)["$id"] == "mealmag/plans/1"


@pytest.mark.parametrize(
    ("given", "says"),
    [(("-o", "alt.json"), True), (("--json",), True), (("-o", "alt.txt"), True), ((), False)],
)
def test_why_there_are_fewer_than_asked_is_said_beside_a_file(
    cli: Cli,
    monkeypatch: pytest.MonkeyPatch,
    week_json: str,
    given: tuple[str, ...],
    says: bool,
) -> None:
    none = Loss(magnesium_mg=0, nutrients_percent=0, points=0)
    found = Plans(
        asked=2, differ=4, may_lose=none, lose=[none], plans=[parse_plan(week_json, "week")],
        missing="There is no plan 2 that loses so little (proven).",
    )  # fmt: skip
    monkeypatch.setattr("mealmag.services.alternatives.alternatives", lambda *_, **__: found)
    said = cli(*PLAN, "--alternatives", "2", *given)
    assert said.code == 0
    assert (found.missing in said.err) is says
    assert (found.missing in said.out) is ("-o" not in given)
    assert cli(*PLAN, "--alternatives", "2", *given, "-q").err == ""
