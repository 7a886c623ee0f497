"""`mealmag supplement`, from end to end."""

import json
from collections.abc import Callable
from pathlib import Path

from jsonschema import Draft202012Validator

from mealmag.errors import ExitCode
from mealmag.nutrition.supplement import SupplementAdvice
from mealmag.nutrition.supplement_choice import supplement_document
from mealmag.services.schema import schema_of

POOR = str(Path(__file__).parents[1] / "planning" / "poor_cookbook.toml")
HUNGRY = (
    *("--sex", "male", "--age", "45", "--energy", "900", "--meals", "breakfast,dinner"),
    *("--max-repeats", "7", "--weekday-minutes", "120", "--dishes", POOR),
)


def fits_its_schema(document: dict) -> None:
    Draft202012Validator(schema_of("supplement")).validate(document)


def test_a_dose_with_its_proof_its_split_and_its_spacing(cli: Callable) -> None:
    said = cli("supplement", *HUNGRY, "--product", "50", "--medicine", "levothyroxine")
    assert said.code == ExitCode.OK
    text = " ".join(said.out.split())
    assert "Proof: no menu under your rules brings more than" in text
    assert "with breakfast" in text
    assert "at least 4 h before magnesium" in text
    assert "No form is proven for sleep" in text
    assert all(len(line) <= 80 for line in said.out.splitlines())
    assert len(said.out.splitlines()) <= 45
    document = json.loads(cli("supplement", *HUNGRY, "--product", "50", "--json").out)
    fits_its_schema(document)
    assert document["choice"]["elemental_mg"] % 50 == 0
    assert document["choice"]["elemental_mg"] <= document["advice"]["elemental_mg"]


def test_what_is_taken_already_counts(cli: Callable) -> None:
    said = cli("supplement", *HUNGRY, "--taking", "2 x 170 mg elemental magnesium citrate")
    assert said.code == ExitCode.OK
    assert "No supplement is suggested" in said.out
    assert "340 mg of what you take" in " ".join(said.out.split())


def test_a_block_is_a_refusal(cli: Callable) -> None:
    said = cli("supplement", *HUNGRY, "--condition", "heart block")
    assert said.code == ExitCode.OK
    assert "cardiologist" in said.out
    assert "mg of elemental" not in said.out
    refused = supplement_document(SupplementAdvice(refused="Ask the cardiologist."), None)
    fits_its_schema(json.loads(refused.to_json()))


def test_none_where_food_is_enough(cli: Callable) -> None:
    said = cli("supplement", "--sex", "male", "--age", "45")
    assert said.code == ExitCode.OK
    assert said.out.startswith("No supplement: a plan of food")
    fits_its_schema(json.loads(supplement_document(None, None).to_json()))


def test_nonsense_is_refused(cli: Callable) -> None:
    assert cli("supplement", *HUNGRY, "--product", "much").code == ExitCode.USAGE
    assert cli("supplement", *HUNGRY, "--form", "citrat").code == ExitCode.BAD_INPUT
    said = cli("supplement", *HUNGRY, "--taking", "400 mg magnesium citrate")
    assert said.code == ExitCode.BAD_INPUT
    assert "the magnesium, or the salt" in said.err
