"""The target report and its JSON."""

import json
from decimal import Decimal

import pytest

from mealmag.nutrition.limits import Limit
from mealmag.nutrition.person import Person
from mealmag.nutrition.reference import ReferenceSet
from mealmag.services.target import target_report


def report(reference_set="us", limits=None, **person):
    own = {key: Limit(**limit) for key, limit in (limits or {}).items()}
    return target_report(Person(**person), ReferenceSet(reference_set), limits=own)


def test_own_limits_go_before_the_published_values():
    own = report(
        sex="male",
        age=45,
        limits={
            "phosphorus_mg": {"ceiling": 1000},
            "potassium_mg": {"ceiling": 2000.5},
            "magnesium_mg": {"floor": 300, "ceiling": 400},
        },
    )
    assert list(own.targets)[-1] == "phosphorus_mg"
    potassium = own.targets["potassium_mg"]
    assert (potassium.floor, potassium.ceiling, potassium.per) == (None, Decimal("2000.5"), "day")
    assert own.magnesium.target_mg == own.targets["magnesium_mg"].floor == 300
    assert own.targets["magnesium_mg"].ceiling == 400
    assert "in place of 420 mg (RDA)" in own.magnesium.source
    assert own.targets["iron_mg"] == report(sex="male", age=45).targets["iron_mg"]
    floor = report(sex="male", age=45, limits={"potassium_mg": {"floor": 1}})
    assert floor.magnesium == report(sex="male", age=45).magnesium


def test_the_json_has_the_agreed_shape_and_is_the_same_each_time():
    text = report(sex="female", age=34).to_json()
    assert text == report(sex="female", age=34).to_json()
    assert text.endswith("}\n")
    document = json.loads(text)
    assert list(document) == [
        "schema", "person", "reference_set", "magnesium", "energy", "targets", "warnings",
    ]  # fmt: skip
    assert document["schema"] == "mealmag/target/1"
    assert document["reference_set"] == "us"
    magnesium = document["targets"]["magnesium_mg"]
    assert (magnesium["floor"], magnesium["ceiling"]) == (320, None)
    assert (magnesium["per"], magnesium["kind"]) == ("day", "RDA")
    assert magnesium["source"] == document["magnesium"]["source"]
    assert document["magnesium"]["upper_level_mg"] == 350
    assert document["energy"]["kcal"] == 2079
    assert list(document["targets"])[:3] == ["magnesium_mg", "energy_kcal", "protein_g"]


def test_warnings_say_what_a_figure_is_worth():
    assert not any("AI" in text for text in report(sex="male", age=45).warnings)
    europe = report("eu", sex="male", age=45).warnings
    assert any("adequate intake" in text for text in europe)
    assert any("United States values" in text for text in europe)
    assert any("lower than" in text for text in report("who", sex="male", age=45).warnings)
    britain = report("uk", sex="male", age=45).warnings
    assert any("EAR from memory" in text for text in britain)
    child = report("eu", sex="male", age=3, activity="inactive").warnings
    assert any("no upper level" in text for text in child)
    ill = report(sex="male", age=45, conditions=["kidney-disease"]).warnings
    assert any("potassium" in text for text in ill)


@pytest.mark.parametrize(
    ("energy", "warned"),
    [(800, True), (1_297, True), (1_298, False), (2_000, False), (None, False)],
)
def test_less_energy_than_a_body_uses_at_rest_is_said(energy, warned):
    """EFSA 2013 for women of 30 to 39 at PAL 1.4: 7.6 MJ, so 7.6 * 239 / 1.4 = 1,297.4 kcal at rest."""
    said = [
        text
        for text in report(sex="female", age=34, energy_kcal=energy).warnings
        if "at rest" in text
    ]
    assert len(said) == warned
    assert all("about 1300 kcal" in text for text in said)
