"""The schemas of what mealmag writes are schemas themselves, and closed."""

import json

import pytest
from jsonschema import Draft202012Validator

from mealmag.cli.lookup import SCHEMAS
from mealmag.planning.plan import SCHEMA, Plan
from mealmag.services.schema import NAMES, schema_of


def test_it_is_a_schema() -> None:
    schema = schema_of("plan")
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == SCHEMA
    assert json.loads(json.dumps(schema)) == schema


def test_it_names_every_field_and_takes_no_other() -> None:
    schema = schema_of("plan")
    names = {field.alias or name for name, field in Plan.model_fields.items()}
    assert set(schema["properties"]) == names  # type: ignore[call-overload]
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_schema_that_takes_no_other_field(name: str) -> None:
    schema = schema_of(name)
    Draft202012Validator.check_schema(schema)
    assert schema["properties"]["schema"]["const"] == f"mealmag/{name}/1" == schema["$id"]
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == set(schema["properties"])


def test_the_command_line_names_all_of_them() -> None:
    assert SCHEMAS == NAMES
