"""The schema of a plan is itself a schema, and closed."""

import json

from jsonschema import Draft202012Validator

from mealmag.planning.plan import SCHEMA, Plan
from mealmag.services.schema import schema_of


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
