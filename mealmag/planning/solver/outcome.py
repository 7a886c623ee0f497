"""What any engine says of a linear model, in one shape."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """A timeout is never "infeasible": without a proof the word is `feasible` or `unknown`."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Status, the values found (if any), their objective, and the proven bound on it (if any).

    `duals`, one multiplier a row, only where a linear relaxation was solved to its optimum.
    """

    status: Status
    values: list[int] | None = None
    objective: int | None = None
    bound: float | None = None
    work: float = 0.0
    duals: list[float] | None = None
