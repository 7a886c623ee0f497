"""`mealmag check`: a plan that holds, and everything that does not."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Mealmag = Callable[..., tuple[int, str, str]]


@pytest.fixture
def mealmag(cli: Callable) -> Mealmag:
    def call(*argv: str, stdin: str = "") -> tuple[int, str, str]:
        said = cli(*argv, stdin=stdin)
        return said.code, said.out, said.err

    return call


@pytest.fixture
def plan_document(week_json: str) -> dict:
    return json.loads(week_json)


def test_a_good_plan(mealmag: Mealmag, week_json: str, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(week_json, "utf-8")
    code, out, err = mealmag("check", str(plan))
    assert (code, err) == (0, "")
    assert out.startswith("ok: 1 day, ")
    assert "target 320 mg" in out


def test_a_good_plan_from_stdin(mealmag: Mealmag, week_json: str) -> None:
    code, out, err = mealmag("check", "-", "--json", stdin=week_json)
    assert (code, err) == (0, "")
    assert json.loads(out) == {"ok": True, "problems": [], "notes": []}


def test_grams_that_were_changed(mealmag: Mealmag, plan_document: dict) -> None:
    portion = plan_document["days"][0]["meals"][0]["portions"][0]
    portion["grams"] += 10
    code, out, err = mealmag("check", "-", stdin=json.dumps(plan_document))
    assert (code, err) == (1, "")
    assert "natural_amounts: 2026-11-23" in out
    assert f"totals: 2026-11-23 breakfast: magnesium of {portion['food']} is" in out
    assert "totals: 2026-11-23: energy_kcal is" in out


def test_a_total_that_was_changed(mealmag: Mealmag, plan_document: dict) -> None:
    plan_document["days"][0]["totals"]["zinc_mg"] += 1
    code, out, _ = mealmag("check", "-", "--json", stdin=json.dumps(plan_document))
    assert code == 1
    report = json.loads(out)
    assert report["ok"] is False
    assert any(problem.startswith("totals: 2026-11-23: zinc_mg") for problem in report["problems"])


def test_a_target_that_was_changed(mealmag: Mealmag, plan_document: dict) -> None:
    plan_document["targets"]["magnesium_mg"]["floor"] = 100
    code, out, _ = mealmag("check", "-", stdin=json.dumps(plan_document))
    assert code == 1
    assert "targets: magnesium_mg: the floor is 320, not 100" in out


def test_a_diet_that_was_changed(mealmag: Mealmag, plan_document: dict) -> None:
    eaten = plan_document["days"][0]["meals"][0]["portions"][0]["food"]
    plan_document["rules"]["dislikes"] = [eaten]
    code, out, _ = mealmag("check", "-", stdin=json.dumps(plan_document))
    assert code == 1
    assert eaten in out


def test_other_foods_are_a_note(mealmag: Mealmag, plan_document: dict) -> None:
    plan_document["made_by"]["foods_sha256"] = "0" * 64
    code, _, err = mealmag("check", "-", stdin=json.dumps(plan_document))
    assert code == 0
    assert "another food table" in err


def test_what_is_not_json(mealmag: Mealmag, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text('{\n  "schema": "mealmag/plan/1",\n  oops\n}\n')
    code, out, err = mealmag("check", str(file))
    assert (code, out) == (3, "")
    assert f"{file}:3: this is not JSON" in err


def test_json_that_is_no_plan(mealmag: Mealmag) -> None:
    for text in ("{}", "[]", "3", "null", '{"schema": "mealmag/plan/9"}'):
        code, out, err = mealmag("check", "-", stdin=text)
        assert (code, out) == (3, "")
        assert "stdin is JSON, but no plan of mealmag." in err


def test_nothing_and_no_file(mealmag: Mealmag, tmp_path: Path) -> None:
    code, _, err = mealmag("check", "-", stdin="")
    assert code == 3
    assert "stdin is empty" in err
    code, _, err = mealmag("check", str(tmp_path / "none.json"))
    assert code == 3
    assert "none.json cannot be read" in err


def test_a_plan_that_is_not_utf8(mealmag: Mealmag, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_bytes(b'{\n"name": "caf\xe9"}')
    code, _, err = mealmag("check", str(file))
    assert code == 3
    assert "not UTF-8 text (line 2)" in err


def test_numbers_without_end(mealmag: Mealmag, plan_document: dict) -> None:
    plan_document["days"][0]["totals"]["zinc_mg"] = float("nan")
    code, out, err = mealmag("check", "-", stdin=json.dumps(plan_document))
    assert (code, out) == (3, "")
    assert "Traceback" not in err
