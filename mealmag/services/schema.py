"""The JSON Schema of a plan: the contract that other programs lean on."""

from typing import Any

from mealmag.planning.plan import SCHEMA, Plan


def plan_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of `mealmag/plan/1`.

    What mealmag writes always has every key, so every key is required, also those with a default.
    """
    schema = Plan.model_json_schema(by_alias=True, mode="serialization")
    for part in (schema, *schema["$defs"].values()):
        if "properties" in part:
            part["required"] = list(part["properties"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **schema}
