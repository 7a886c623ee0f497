"""An impossible request as JSON: what collides and what would do, for a script to read."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mealmag.errors import Collision, ExitCode, ImpossibleError, WayOut
from mealmag.services.schema import schema_of

PLAN = ("plan", "--sex", "female", "--age", "34", "--days", "1", "--effort", "quick")
HURRIED = (*PLAN, "--weekday-minutes", "5")
ERROR = ImpossibleError(
    "There is none.",
    rules=["diet", "groups"],
    demands=[
        Collision(1, "diet", "the food is vegan", proven=True),
        Collision(1, "groups", "fish in at least 7 meals a week", proven=False),
    ],
    ways=[
        WayOut(
            "allow pulses",
            "without --dislike pulses",
            "all reached",
            401.5,
            2003.0,
            7.0,
            least=False,
        )
    ],
    hint="Loosen one.",
    complete=False,
)


def test_a_script_reads_what_collides_and_what_would_do(cli: Callable, tmp_path: Path) -> None:
    said = cli(*HURRIED, "--json", "-o", "plan.json")
    assert said.code == ExitCode.IMPOSSIBLE
    assert not (tmp_path / "plan.json").exists()
    document = json.loads(said.out)
    Draft202012Validator(schema_of("impossible")).validate(document)
    assert document["schema"] == "mealmag/impossible/1"
    assert document["proven"] is document["complete"] is True
    assert document["demands"] == [
        {
            "conflict": 1,
            "rule": "minutes",
            "words": "a weekday day takes 5 minutes at most",
            "proven": True,
        }
    ]
    (way,) = document["ways_out"]
    assert way["option"].startswith("--weekday-minutes ")
    assert f"{way['magnesium_mg']:.0f} mg and {way['energy_kcal']:,.0f} kcal a day" in way["gives"]
    assert f"{way['points']:.0f} points" in way["gives"]
    assert way["least"] is ("not known" not in way["gives"])
    words = " ".join(said.err.split())
    assert document["message"] in words
    assert f"{way['option']}: {way['words']}; {way['gives']}." in words


def refuse(*_: Any, **__: Any) -> None:
    raise ERROR


def test_the_document_says_all_that_the_error_does(
    cli: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mealmag.services.plan.plan_week", refuse)
    document = json.loads(cli(*PLAN, "--json").out)
    Draft202012Validator(schema_of("impossible")).validate(document)
    assert [(each["rule"], each["proven"]) for each in document["demands"]] == [
        ("diet", True),
        ("groups", False),
    ]
    assert document["ways_out"][0]["option"] == "without --dislike pulses"
    assert document["ways_out"][0]["least"] is False
    assert (document["message"], document["hint"]) == ("There is none.", "Loosen one.")
    assert document["complete"] is False


@pytest.mark.parametrize("given", [(), ("-o", "plan.json")])
def test_without_json_stdout_stays_empty(
    cli: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...]
) -> None:
    monkeypatch.setattr("mealmag.services.plan.plan_week", refuse)
    said = cli(*PLAN, *given)
    assert (said.code, said.out) == (ExitCode.IMPOSSIBLE, "")
    assert "There is none." in said.err
    assert not list(tmp_path.glob("plan.json"))
