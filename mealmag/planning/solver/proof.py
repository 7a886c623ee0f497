"""What the multipliers of a linear relaxation prove, worked out in whole numbers.

Whatever the multipliers on the rows are, they give a bound that holds (weak duality). An engine only
suggests them; the bound is added up here without rounding, so its tolerances cannot make it wrong.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mealmag.planning.linear import LinearModel, Row, packed
from mealmag.planning.menu import STRUCTURE
from mealmag.planning.solver import mathopt

# Multipliers are taken in such parts, finer than a float near one.
_PARTS = 2**64
# What breaking a row wholly costs, so that a unit costs no less than 1; multipliers far below are noise.
WHOLE_ROW, _NOISE = 10**6, 1e-6


@dataclass(frozen=True, slots=True)
class Bound:
    """No point of the relaxation has a smaller objective than `value`.

    `reduced_costs[j]` is what a unit of variable j adds to that at least.
    """

    value: Fraction
    reduced_costs: list[float]


class Sum:
    """An objective less so many times each row: what is added up to a bound, without rounding.

    `whole` and `columns` are in `parts` of the objective's unit.
    """

    def __init__(self, linear: LinearModel, objective: Mapping[int, int]) -> None:
        self._linear = linear
        self.whole = 0
        self.columns = [0] * len(linear.lower)
        for variable, weight in objective.items():
            self.columns[variable] = weight * _PARTS

    def add(self, row: Row, times: int) -> None:
        """Take so many parts of a row, of its lower side where they are positive, else of its upper.

        A side that is open proves nothing and is left out.
        """
        side = row.lower if times > 0 else row.upper
        if side is None or not times:
            return
        self.whole += times * side
        columns = self.columns
        for variable, coefficient in zip(row.variables, row.coefficients, strict=True):
            columns[variable] -= times * coefficient

    def bound(self) -> Bound:
        """What is proven with the variables within their bounds."""
        whole, linear = self.whole, self._linear
        for cost, lower, upper in zip(self.columns, linear.lower, linear.upper, strict=True):
            whole += cost * (lower if cost > 0 else upper)
        return Bound(Fraction(whole, _PARTS), [cost / _PARTS for cost in self.columns])


def parts(multiplier: float) -> int:
    """A multiplier, or an amount of the objective, in the parts that a `Sum` counts."""
    return round(multiplier * _PARTS)


def bound(linear: LinearModel, multipliers: Sequence[float]) -> Bound:
    """The bound that these multipliers prove, one a row (positive for its lower side)."""
    total = Sum(linear, linear.objective)
    for row, multiplier in zip(linear.rows, multipliers, strict=True):
        total.add(row, parts(multiplier))
    return total.bound()


def contradiction(
    linear: LinearModel,
    *,
    seconds: float | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> frozenset[str] | None:
    """Rules whose rows cannot hold together, not even for fractions of dishes; None without a proof.

    Every row of a rule may be broken at a price. Where the least price is above zero, its multipliers
    add the rows up to something that no point within the variables' bounds can meet.
    """
    soft = elastic(linear, breakable(linear))
    outcome = mathopt.solve(soft, "GLOP", relaxed=True, seconds=seconds, stop=stop)
    if outcome.duals is None or not outcome.bound:
        return None
    multipliers = [0.0 if abs(dual) < _NOISE else dual for dual in outcome.duals]
    if bound(LinearModel(linear.lower, linear.upper, linear.rows), multipliers).value <= 0:
        return None
    return frozenset(
        row.rule
        for row, multiplier in zip(linear.rows, multipliers, strict=True)
        if multiplier and row.rule not in STRUCTURE
    )


def breakable(linear: LinearModel) -> set[str]:
    """The rules and goals whose rows may be broken at a price: all but those that make a menu."""
    return {row.rule for row in linear.rows} - STRUCTURE


def elastic(linear: LinearModel, rules: Collection[str]) -> LinearModel:
    """The same rows, each of these `rules` with a variable for what it lacks or has too much. The objective
    is the sum of those, a whole row at the same price whatever its unit."""
    soft = LinearModel(list(linear.lower), list(linear.upper))
    for row in linear.rows:
        if row.rule not in rules:
            soft.rows.append(row)
            continue
        variables, coefficients = list(row.variables), list(row.coefficients)
        for side, sign in ((row.lower, 1), (row.upper, -1)):
            if side is not None:
                variables.append(soft.variable(0, 2**31 - 1))
                coefficients.append(sign)
                soft.objective[variables[-1]] = max(1, WHOLE_ROW // max(1, abs(side)))
        soft.rows.append(
            Row(packed(variables), packed(coefficients), row.lower, row.upper, row.rule)
        )
    return soft
