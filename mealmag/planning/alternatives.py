"""Plans for the same days that differ in their dishes. Their JSON is a contract (`mealmag/plans/1`)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from mealmag.planning.plan import Plan

SCHEMA: Literal["mealmag/plans/1"] = "mealmag/plans/1"


class Loss(BaseModel):
    """How much a plan may lose, or loses, against the first one: in each goal's own unit, for all days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    magnesium_mg: float = Field(ge=0)
    nutrients_percent: float = Field(ge=0)
    points: float = Field(ge=0)

    def allows(self, other: "Loss") -> bool:
        """Whether `other` loses no more, to the last digit that a plan states."""
        mine, its = self.model_dump(), other.model_dump()
        return all(its[key] <= mine[key] + 0.005 for key in mine)


class Plans(BaseModel):
    """The best plan first; each other one has at least `differ` meals of dishes that no plan before has."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    schema_: Literal["mealmag/plans/1"] = Field(default=SCHEMA, alias="schema")
    asked: int = Field(description="plans beside the first")
    differ: int
    may_lose: Loss
    lose: list[Loss] = Field(description="of each plan, the first one's with zeros")
    plans: list[Plan]
    missing: str = Field(
        description="why there are fewer plans than asked; empty where there are not"
    )
