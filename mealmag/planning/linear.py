"""A linear programme in whole numbers, before any engine sees it.

Every engine (CP-SAT, HiGHS, SCIP) gets the same rows, which makes them comparable, and rows can be
tested without a solver.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

# CP-SAT 9.15 adds up enforced Boolean rows in 32 bits (google/or-tools#5293); stay far below.
ROW_LIMIT = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Row:
    """`lower <= sum(coefficient * variable) <= upper`; a missing side is open. Made by `rule`.

    Terms are kept `packed`: over thousands of dishes there are millions, each a sixth of what it takes as two
    objects.
    """

    variables: Sequence[int]
    coefficients: Sequence[int]
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
    # How far from zero the variables reach that are no Booleans.
    _wide: dict[int, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for variable, (lower, upper) in enumerate(zip(self.lower, self.upper, strict=True)):
            if max(abs(lower), abs(upper)) > 1:
                self._wide[variable] = max(abs(lower), abs(upper))

    def variable(self, lower: int = 0, upper: int = 1) -> int:
        """A new variable within its bounds (a Boolean by default); returns its index."""
        self.lower.append(lower)
        self.upper.append(upper)
        variable, reach = len(self.lower) - 1, max(abs(lower), abs(upper))
        if reach > 1:
            self._wide[variable] = reach
        return variable

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
        counting = [term for term in terms if term[1]]
        merged = dict(counting)
        if len(merged) < len(counting):
            merged = _added_up(counting)
        span = sum(map(abs, merged.values())) + sum(
            abs(merged[variable]) * (self._wide[variable] - 1)
            for variable in self._wide.keys() & merged.keys()
        )
        if max(span, abs(lower or 0), abs(upper or 0)) > ROW_LIMIT:
            raise OverflowError(f"a row of {rule} reaches {span}, beyond {ROW_LIMIT}")
        self.rows.append(Row(packed(merged), packed(merged.values()), lower, upper, rule))

    def minimise(self, terms: Iterable[tuple[int, int]]) -> None:
        """Replace the objective."""
        self.objective = _added_up(terms)

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


def packed(numbers: Iterable[int]) -> Sequence[int]:
    """Variables or coefficients in 32 bits each; OverflowError beyond."""
    return array("i", numbers)


def _added_up(terms: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The coefficient of each variable, in the order in which they first come."""
    merged: dict[int, int] = {}
    for variable, coefficient in terms:
        merged[variable] = merged.get(variable, 0) + coefficient
    return merged
