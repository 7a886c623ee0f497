"""The JSON Schemas of what mealmag writes: the contracts that other programs lean on."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from mealmag.nutrition.account import DayAccount, PeriodAccount
from mealmag.nutrition.closing import Closing
from mealmag.nutrition.improvement import Improvements
from mealmag.nutrition.supplement_choice import SupplementDocument
from mealmag.nutrition.trend import Trend
from mealmag.planning import alternatives, plan
from mealmag.services.diary_documents import DoctorDocument, LogDocument, UndoDocument
from mealmag.services.impossible import ImpossibleDocument

_DOCUMENTS: Mapping[str, tuple[str, type[BaseModel]]] = MappingProxyType({
    "plan": (plan.SCHEMA, plan.Plan),
    "plans": (alternatives.SCHEMA, alternatives.Plans),
    **{
        document.schema_name.split("/")[1]: (document.schema_name, document)
        for document in (
            DayAccount, PeriodAccount, Trend, Closing, Improvements, SupplementDocument, LogDocument,
            UndoDocument, DoctorDocument, ImpossibleDocument,
        )
    },
})  # fmt: skip
NAMES = tuple(_DOCUMENTS)


def schema_of(what: str) -> dict[str, Any]:
    """JSON Schema 2020-12 of a document of `NAMES`.

    What mealmag writes always has every key, so every key is required, also those with a default.
    """
    identity, model = _DOCUMENTS[what]
    schema = model.model_json_schema(by_alias=True, mode="serialization")
    schema["properties"] = {"schema": {"const": identity}, **schema["properties"]}
    for part in (schema, *schema.get("$defs", {}).values()):
        if "properties" in part:
            part["required"] = list(part["properties"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": identity, **schema}
