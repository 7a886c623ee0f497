"""A linear programme in whole numbers, before any engine sees it.

Every engine (CP-SAT, HiGHS, SCIP) gets the same rows, which makes them comparable, and rows can be
tested without a solver.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

# CP-SAT 9.15 adds up enforced Boolean rows in 32 bits (google/or-tools#5293); stay far below.
ROW_LIMIT = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Row:
    """`lower <= sum(coefficient * variable) <= upper`; a missing side is open. Made by `rule`."""

    variables: tuple[int, ...]
    coefficients: tuple[int, ...]
    lower: int | None
    upper: int | None
    rule: str


@dataclass(slots=True)
class LinearModel:
    """Whole-number variables with bounds, rows, and an objective to minimise."""

    lower: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    objective: dict[int, int] = field(default_factory=dict)

    def variable(self, lower: int = 0, upper: int = 1) -> int:
        """A new variable within its bounds (a Boolean by default); returns its index."""
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1

    def add(
        self,
        terms: Iterable[tuple[int, int]],
        *,
        lower: int | None = None,
        upper: int | None = None,
        rule: str,
    ) -> None:
        """Add a row over (variable, coefficient) terms, merging repeats and dropping zeros.

        Raises OverflowError when the row could leave the range in which engines are safe.
        """
        merged: dict[int, int] = {}
        for variable, coefficient in terms:
            if coefficient:
                merged[variable] = merged.get(variable, 0) + coefficient
        span = sum(
            abs(coefficient) * max(abs(self.lower[variable]), abs(self.upper[variable]))
            for variable, coefficient in merged.items()
        )
        if max(span, abs(lower or 0), abs(upper or 0)) > ROW_LIMIT:
            raise OverflowError(f"a row of {rule} reaches {span}, beyond {ROW_LIMIT}")
        self.rows.append(Row(tuple(merged), tuple(merged.values()), lower, upper, rule))

    def minimise(self, terms: Iterable[tuple[int, int]]) -> None:
        """Replace the objective."""
        self.objective = {}
        for variable, coefficient in terms:
            self.objective[variable] = self.objective.get(variable, 0) + coefficient

    def value(self, values: "list[int]") -> int:
        """The objective at `values`."""
        return sum(weight * values[variable] for variable, weight in self.objective.items())

    def violations(self, values: "list[int]") -> list[Row]:
        """The rows that `values` break; for tests and for doubting an engine."""
        broken = []
        for row in self.rows:
            amount = sum(
                c * values[v] for v, c in zip(row.variables, row.coefficients, strict=True)
            )
            if (row.lower is not None and amount < row.lower) or (
                row.upper is not None and amount > row.upper
            ):
                broken.append(row)
        return broken
