"""Checking a plan that came from outside: whatever is changed in it, it is told and never crashes."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from mealmag.errors import InputError
from mealmag.export.json import plan_json
from mealmag.nutrition.nutrients import BY_KEY
from mealmag.planning.problem import Effort
from mealmag.services import check as module
from mealmag.services.catalogue import load_catalogue
from mealmag.services.check import check_plan
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.storage.profile import Profile


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    profile = Profile.model_validate({"person": {"sex": "female", "age": 34}})
    plan = plan_week(PlanRequest(profile, date(2026, 11, 23), days=1, effort=Effort.QUICK))
    loaded: dict[str, Any] = json.loads(plan_json(plan))
    return loaded


def copied(document: dict[str, Any]) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(document))
    return copy


def faults(document: dict[str, Any]) -> list[str]:
    return check_plan(json.dumps(document), "plan").violations


def test_a_real_plan_passes(document: dict[str, Any]) -> None:
    report = check_plan(json.dumps(document), "plan")
    assert (report.violations, report.notes) == ([], [])


def test_another_catalogue_is_noted_and_no_fault(document: dict[str, Any]) -> None:
    changed = copied(document)
    changed["made_by"]["foods_sha256"] = "0" * 64
    report = check_plan(json.dumps(changed), "plan")
    assert report.violations == []
    assert report.notes == [
        "The plan was made with another food table than the one it is checked with."
    ]


def test_targets_are_looked_up_anew(document: dict[str, Any]) -> None:
    changed = copied(document)
    changed["targets"]["fibre_g"]["floor"] = 1
    changed["targets"]["iron_mg"]["per"] = "day"
    changed["targets"]["caffeine_mg"] = changed["targets"].pop("sodium_mg")
    assert set(faults(changed)) >= {
        "targets: fibre_g: the floor is 25, not 1",
        "targets: iron_mg: it counts per week, not per day",
        "targets: sodium_mg: it is missing",
        "targets: caffeine_mg: the reference values have none",
    }


def test_another_age_needs_other_targets(document: dict[str, Any]) -> None:
    changed = copied(document)
    changed["person"] |= {"sex": "male", "age": 72}
    assert "targets: magnesium_mg: the floor is 420, not 320" in faults(changed)


@pytest.mark.parametrize(
    ("key", "value", "column"),
    [
        ("person", {"sex": "female", "age": 150}, "person.age"),
        ("person", {}, "person.sex"),
        ("reference_set", "mars", "reference_set"),
    ],
)
def test_impossible_people_are_refused_by_field(
    document: dict[str, Any], key: str, value: object, column: str
) -> None:
    with pytest.raises(InputError) as caught:
        faults({**document, key: value})
    assert caught.value.problems[0].column == column


def test_no_days_and_a_crooked_supplement_are_faults(document: dict[str, Any]) -> None:
    assert faults({**document, "days": []}) == ["completeness: plan: it has no days"]
    crooked = faults({**document, "supplement": {"elemental_mg": "much"}})
    assert crooked[0].startswith("supplement: elemental_mg: ")


def paths(part: object, so_far: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if so_far:
        yield so_far
    items: Any = ()
    if isinstance(part, dict):
        items = part.items()
    elif isinstance(part, list):
        items = enumerate(part)
    for key, value in items:
        yield from paths(value, (*so_far, key))


def kinds(document: dict[str, Any]) -> Iterator[tuple[str | int, ...]]:
    """Every path but those that are told apart only by their day, their place in a list, or a nutrient
    that is none of the two that are planned for."""
    seen = set()
    for path in paths(document):
        kind = tuple("*" if _is_one_of_many(key) else key for key in path)
        if kind not in seen:
            seen.add(kind)
            yield path


def _is_one_of_many(key: str | int) -> bool:
    if isinstance(key, int):
        return True
    return key[:4].isdecimal() or (key in BY_KEY and key not in ("magnesium_mg", "energy_kcal"))


COUNTED = {"grams", "magnesium_mg", "minutes", "dish", "food", "meal", "food_mg", "gap_mg", "floor"}


def test_the_kinds_of_paths_are_no_few(document: dict[str, Any]) -> None:
    thinned, all_of_them = list(kinds(document)), list(paths(document))
    assert 100 < len(thinned) < len(all_of_them) / 2


@pytest.mark.parametrize("value", [None, 0, -1, 1e308, "x", [], {}], ids=repr)
def test_whatever_stands_there_it_does_not_crash(
    document: dict[str, Any], value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = load_catalogue()
    monkeypatch.setattr(module, "load_catalogue", lambda *_: catalogue)
    for path in kinds(document):
        changed: Any = copied(document)
        part = changed
        for key in path[:-1]:
            part = part[key]
        part[path[-1]] = value
        try:
            found = faults(changed)
        except InputError:
            continue
        if path[-1] in COUNTED or "totals" in path:
            assert found or changed == document, path
