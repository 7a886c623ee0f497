"""The JSON Schema of a plan: the contract that other programs lean on."""

from mealmag.planning.plan import SCHEMA, Plan


def plan_schema() -> dict[str, object]:
    """JSON Schema 2020-12 of `mealmag/plan/1`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        **Plan.model_json_schema(by_alias=True, mode="serialization"),
    }
