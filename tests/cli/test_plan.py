"""`mealmag plan` and `mealmag check`, from end to end."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from _thread import interrupt_main
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mealmag.cli.progress import ProgressLine
from mealmag.errors import ExitCode, NoPlanError
from mealmag.export.json import parse_plan, plan_json
from mealmag.planning.rulebook import GOALS
from mealmag.services.last_plan import last_plan
from mealmag.services.schema import schema_of
from mealmag.storage.paths import Paths
from tests.cli.conftest import Terminal

WOMAN = ["plan", "--sex", "female", "--age", "34", "--days", "1", "--effort", "quick"]


def test_the_same_command_gives_the_same_bytes(cli: Callable, week_json: str) -> None:
    said = cli(*WOMAN, "--json")
    assert said.out == week_json
    assert said.err == ""
    assert json.loads(week_json)["days"][0]["date"] == "2026-11-23"


ME = '[person]\nsex = "female"\nage = 34\n'
QUICK = ("--days", "1", "--effort", "quick")


def test_only_a_plan_of_ones_own_is_the_last_one(
    cli: Callable, home: Path, tmp_path: Path, week_json: str
) -> None:
    paths = Paths.of({"MEALMAG_HOME": str(home)}, home)
    assert cli(*WOMAN).code == ExitCode.OK
    assert last_plan(paths) is None  # nobody's profile is stored
    home.mkdir(exist_ok=True)
    paths.profile.write_text(ME, encoding="utf-8")
    assert cli("plan", *QUICK, "-o", "day.json").code == ExitCode.OK
    own = parse_plan((tmp_path / "day.json").read_text("utf-8"), "day.json")
    assert last_plan(paths) == own
    assert "dinner: " in cli("log", "--planned", "dinner").out
    for other in (("--age", "70"), ("--sex", "male"), ("--profile", str(paths.profile))):
        assert cli("plan", *QUICK, "--seed", "2", *other).code == ExitCode.OK
    assert last_plan(paths) == own
    assert cli("plan", *QUICK, "--alternatives", "1", "--seed", "3", "--json").code == ExitCode.OK
    assert last_plan(paths) not in (None, own)


def test_what_becomes_of_ones_own_plan_is_the_last_one(
    cli: Callable, home: Path, tmp_path: Path, week_json: str
) -> None:
    paths = Paths.of({"MEALMAG_HOME": str(home)}, home)
    (tmp_path / "day.json").write_text(week_json, encoding="utf-8")
    locked = ("change", "day.json", "--lock", "monday:dinner", "--json")
    assert cli(*locked).code == ExitCode.OK
    assert last_plan(paths) is None
    home.mkdir(exist_ok=True)
    paths.profile.write_text(ME.replace("34", "70"), encoding="utf-8")
    assert cli(*locked).code == ExitCode.OK
    assert last_plan(paths) is None  # a plan for somebody else
    paths.profile.write_text(ME, encoding="utf-8")
    assert cli(*locked, "--profile", str(paths.profile)).code == ExitCode.OK
    assert last_plan(paths) is None
    changed = cli(*locked)
    assert last_plan(paths) == parse_plan(changed.out, "changed")
    paths.profile.write_text(ME + "weight_kg = 70.0\n", encoding="utf-8")
    (tmp_path / "day.json").write_text(changed.out, encoding="utf-8")
    again = cli("change", "day.json", "--unlock", "monday:dinner", "--json")
    assert last_plan(paths) == parse_plan(again.out, "again")  # it was the last one


def test_the_json_passes_its_schema(week_json: str) -> None:
    validator = Draft202012Validator(schema_of("plan"))
    document = json.loads(week_json)
    validator.validate(document)
    del document["days"][0]["meals"]
    assert not validator.is_valid(document)


def test_a_page_or_json_by_the_name_of_the_file(
    cli: Callable, tmp_path: Path, week_json: str
) -> None:
    said = cli(*WOMAN, "-o", "day.json")
    assert (said.code, said.out) == (ExitCode.OK, "")
    assert said.err == "The plan is in day.json\n"
    assert (tmp_path / "day.json").read_text(encoding="utf-8") == week_json
    assert cli(*WOMAN, "-q", "-o", "day.txt").err == ""
    page = (tmp_path / "day.txt").read_text(encoding="utf-8")
    assert page.startswith("mealmag · 1 day · female, 34 years")
    assert page == cli(*WOMAN, "-o", "-").out


def test_check_accepts_it_by_file_and_by_pipe(
    cli: Callable, tmp_path: Path, week_json: str
) -> None:
    (tmp_path / "day.json").write_text(week_json, encoding="utf-8")
    for said in (cli("check", "day.json"), cli("check", "-", stdin=week_json)):
        assert said.code == ExitCode.OK
        assert said.out.startswith("ok: 1 day, every total, rule and target holds")
    document = json.loads(cli("check", "day.json", "--json").out)
    assert document == {"ok": True, "problems": [], "notes": []}


def test_check_refuses_what_was_tampered_with(cli: Callable, week_json: str) -> None:
    document = json.loads(week_json)
    document["days"][0]["meals"][0]["portions"][0]["grams"] += 1
    document["targets"]["magnesium_mg"]["floor"] = 100
    said = cli("check", "-", stdin=json.dumps(document))
    assert said.code == ExitCode.CHECK_FAILED
    assert "targets: magnesium_mg: the floor is 320, not 100" in said.out
    assert "natural_amounts: 2026-11-23 breakfast" in said.out
    as_json = json.loads(cli("check", "-", "--json", stdin=json.dumps(document)).out)
    assert as_json["ok"] is False
    assert as_json["problems"] == said.out.splitlines()


def test_the_profile_at_home_is_used_and_lists_are_added_to_it(cli: Callable, home: Path) -> None:
    home.mkdir()
    (home / "profile.toml").write_text(
        '[person]\nsex = "male"\nage = 45\n[diet]\navoid_allergens = ["nuts"]\n'
        '[plan]\nmeals = ["breakfast", "lunch", "dinner"]\nweekday_minutes = 60\n'
    )
    said = cli(*["plan", "--days", "1", "--effort", "quick", "--avoid", "milk,nuts", "--json"])
    assert said.code == ExitCode.OK, said.err
    plan = json.loads(said.out)
    assert plan["rules"]["avoid_allergens"] == ["nuts", "milk"]
    assert plan["rules"]["meals"] == ["breakfast", "lunch", "dinner"]
    assert plan["person"]["sex"] == "male"


def test_rules_by_option_go_over_the_profile(cli: Callable, home: Path) -> None:
    home.mkdir()
    (home / "profile.toml").write_text(
        '[person]\nsex = "male"\nage = 45\n[limits]\nphosphorus_mg = { ceiling = 2000 }\n'
        "[plan]\ncaffeine_mg = 300\ngroups = { fish = { min = 1 }, meat = { max = 2 } }\n"
    )
    said = cli(
        *["plan", "--days", "1", "--effort", "quick", "--json", "--caffeine", "50"],
        *["--at-most", "fish=3", "--at-most", "Red meat=1", "--at-least", "pulses=2"],
        *["--limit", "potassium_mg=1000..5000"],
    )
    assert said.code == ExitCode.OK, said.err
    rules = json.loads(said.out)["rules"]
    assert rules["caffeine_mg"] == 50
    assert rules["groups"] == {
        "fish": {"min": 1, "max": 3},
        "meat": {"min": None, "max": 2},
        "red-meat": {"min": None, "max": 1},
        "pulses": {"min": 2, "max": None},
    }
    assert rules["limits"] == {
        "phosphorus_mg": {"floor": None, "ceiling": 2000},
        "potassium_mg": {"floor": 1000, "ceiling": 5000},
    }
    assert cli("check", "-", stdin=said.out).code == ExitCode.OK


def test_weights_by_option_go_over_the_profile_and_are_shown(cli: Callable, home: Path) -> None:
    home.mkdir()
    (home / "profile.toml").write_text(
        '[person]\nsex = "male"\nage = 45\n[plan.weights]\nfood_often = 2\ndish_again = 1\n'
    )
    short = ["plan", "--days", "1", "--effort", "quick"]
    said = cli(*short, "--points", "dish_again=8", "--points", "Special-Trip=0", "--json")
    assert said.code == ExitCode.OK, said.err
    weights = json.loads(said.out)["rules"]["weights"]
    assert (weights["dish_again"], weights["food_often"], weights["special_trip"]) == (8, 2, 0)
    assert cli("check", "-", stdin=said.out).code == ExitCode.OK
    assert "\nWeights: dish again 1 (5), food often 2 (1)\n" in cli(*short).out


@pytest.mark.parametrize(
    ("weight", "code", "words"),
    [
        ("dish_agian=8", ExitCode.BAD_INPUT, 'no weight "dish_agian". Did you mean "dish_again"?'),
        ("dish_again=21", ExitCode.BAD_INPUT, "--points: 21 is more than 20"),
        ("dish_again", ExitCode.USAGE, "write dish_again=8"),
    ],
)
def test_a_weight_that_is_none(cli: Callable, weight: str, code: ExitCode, words: str) -> None:
    said = cli(*WOMAN, "--points", weight)
    assert said.code == code
    assert words in said.err


def test_a_kidney_disease_without_limits_is_refused(cli: Callable) -> None:
    said = cli(*WOMAN, "--condition", "kidney-disease")
    assert said.code == ExitCode.USAGE
    assert said.out == ""
    assert "must be set by the kidney team" in said.err
    assert "--limit" in said.err


def test_a_profile_from_stdin_is_called_so(cli: Callable) -> None:
    bad = '[person]\nsex = "female"\nage = 34\nwieght_kg = 60\n'
    said = cli("plan", "--profile", "-", stdin=bad)
    assert said.code == ExitCode.BAD_INPUT
    assert 'stdin:4: person.wieght_kg: there is no key "wieght_kg". Did you mean "weight_kg"?' in (
        said.err
    )
    assert "/tmp" not in said.err


def test_progress_at_a_terminal_leaves_no_trace(
    cli: Callable, monkeypatch: pytest.MonkeyPatch, week_json: str
) -> None:
    from mealmag.services.plan_progress import PlanProgress

    def slow(*_: object, on_progress: Callable, **__: object) -> object:
        on_progress(PlanProgress(0.1, "liking_and_variety", "points", 22.0, 7.5))
        time.sleep(0.35)
        return parse_plan(week_json, "week")

    monkeypatch.setattr("mealmag.services.plan.plan_week", slow)
    err = cli(*WOMAN, terminal=True).err
    assert "variety: 22 points, proven bound 7.5" in err
    assert err.endswith("\r\x1b[K")
    assert cli(*WOMAN, "-q", terminal=True).err == ""


def test_ctrl_c_prints_the_best_plan_so_far(
    cli: Callable, monkeypatch: pytest.MonkeyPatch, week_json: str
) -> None:
    def interrupted(*_: object, stop: Callable[[], bool], **__: object) -> object:
        time.sleep(0.05)
        interrupt_main()
        while not stop():
            time.sleep(0.01)
        return parse_plan(week_json, "week")

    monkeypatch.setattr("mealmag.services.plan.plan_week", interrupted)
    said = cli(*WOMAN, "--json")
    assert said.code == ExitCode.OK
    assert said.out == week_json


def test_ctrl_c_before_the_first_plan_is_130(
    cli: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, stop: Callable[[], bool], **__: object) -> object:
        time.sleep(0.05)
        interrupt_main()
        while not stop():
            time.sleep(0.01)
        raise NoPlanError("Stopped before the first plan.")

    monkeypatch.setattr("mealmag.services.plan.plan_week", interrupted)
    said = cli(*WOMAN)
    assert said.code == ExitCode.INTERRUPTED
    assert said.out == ""
    assert "interrupted before the first plan" in said.err


def test_a_second_ctrl_c_leaves(cli: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    left, ended = threading.Event(), threading.Event()

    def deaf(*_: object, stop: Callable[[], bool], **__: object) -> object:
        time.sleep(0.05)
        interrupt_main()
        while not stop():
            time.sleep(0.01)
        interrupt_main()
        left.wait(60)
        ended.set()
        raise NoPlanError("too late")

    monkeypatch.setattr("mealmag.services.plan.plan_week", deaf)
    assert cli(*WOMAN).code == ExitCode.INTERRUPTED
    assert not ended.is_set()
    left.set()


def test_out_of_time_before_the_first_plan_is_5(
    cli: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*_: object, **__: object) -> object:
        raise NoPlanError("Out of time.", hint="Give it more.")

    monkeypatch.setattr("mealmag.services.plan.plan_week", late)
    said = cli(*WOMAN)
    assert said.code == ExitCode.NO_PLAN
    assert "No plan yet" in said.err


def test_a_real_interrupt_of_a_real_search_keeps_a_plan_that_passes(cli: Callable) -> None:
    """A process at a real terminal (for its progress), interrupted once it shows a first plan."""
    leader, follower = os.openpty()
    with subprocess.Popen(
        f"{sys.executable} -m mealmag plan --sex female --age 34 --effort thorough --json".split(),
        stdout=subprocess.PIPE,
        stderr=follower,
    ) as process:
        os.close(follower)
        seen = b""
        while b"variety" not in seen and b"other nutrients" not in seen:
            seen += os.read(leader, 4096)
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None
        out = process.stdout.read().decode()
        assert process.wait(120) == ExitCode.OK
    os.close(leader)
    plan = parse_plan(out, "stdout")
    assert plan_json(plan) == out
    assert plan.made_by.solver.complete is False
    assert cli("check", "-", stdin=out).code == ExitCode.OK


def test_the_progress_line_has_words_for_every_goal() -> None:
    from mealmag.services.plan_progress import PlanProgress

    for goal in GOALS:
        stream = Terminal()
        line = ProgressLine(stream, show=True)
        line.update(PlanProgress(0.1, goal.name, goal.unit, 22.0, 7.5))
        line.tick()
        assert ": 22 " in stream.getvalue()
        assert goal.name not in stream.getvalue()
