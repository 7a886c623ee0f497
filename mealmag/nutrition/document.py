"""What an answer is made of: frozen parts, and a whole that goes out as JSON under the name of its schema."""

import json
from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A part of a document: it does not change, and has no field that nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Document(Part):
    """A whole document; `schema_name` names its schema and version: "mealmag/day/1"."""

    schema_name: ClassVar[str]

    def to_json(self) -> str:
        """As JSON, its schema first: same content, same bytes; newline at the end."""
        document = {"schema": self.schema_name, **self.model_dump(mode="json")}
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
