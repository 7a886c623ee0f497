"""The schema of a plan is itself a schema, and closed."""

import json

from jsonschema import Draft202012Validator

from mealmag.planning.plan import SCHEMA, Plan
from mealmag.services.schema import plan_schema


def test_it_is_a_schema() -> None:
    schema = plan_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == SCHEMA
    assert json.loads(json.dumps(schema)) == schema


def test_it_names_every_field_and_takes_no_other() -> None:
    schema = plan_schema()
    names = {field.alias or name for name, field in Plan.model_fields.items()}
    assert set(schema["properties"]) == names  # type: ignore[call-overload]
    assert schema["additionalProperties"] is False
