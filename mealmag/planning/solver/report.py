"""What a search is given and what it tells: budgets, progress, and the state of every goal."""

from dataclasses import dataclass

from mealmag.planning.instance import Instance, Menu
from mealmag.planning.problem import Effort
from mealmag.planning.rulebook import BALANCE, GOALS, MAGNESIUM
from mealmag.planning.solver.certificate import DayCertificate
from mealmag.planning.solver.outcome import Status

UNIT = {goal.name: goal.unit for goal in GOALS}


def in_units(instance: Instance, goal: str) -> int:
    """How many of the model's whole units make one unit of `goal`."""
    if goal == MAGNESIUM.name:
        return instance.scale[instance.nutrient("magnesium_mg")]
    return 10 if goal == BALANCE.name else 1


@dataclass(frozen=True, slots=True)
class Budget:
    """Amounts of work: annealing starts and moves, sweeps over the neighbourhoods, deterministic time.

    `offered` is the most dishes that a slot of a neighbourhood may choose from.
    """

    starts: int
    moves: int
    nutrition_sweeps: int
    enjoyment_sweeps: int
    neighbourhood: float
    nutrition_proof: float
    enjoyment_proof: float
    offered: int


BUDGETS = {
    Effort.QUICK: Budget(
        1, 6_000, 2, 0, neighbourhood=0.3, nutrition_proof=0.0, enjoyment_proof=0.0, offered=10
    ),
    Effort.NORMAL: Budget(
        3, 8_000, 4, 6, neighbourhood=0.15, nutrition_proof=2.0, enjoyment_proof=0.0, offered=8
    ),
    Effort.THOROUGH: Budget(
        4, 12_000, 8, 16, neighbourhood=1.0, nutrition_proof=20.0, enjoyment_proof=20.0, offered=16
    ),
}


@dataclass(frozen=True, slots=True)
class GoalState:
    """A goal in the model's whole units: the incumbent's value and the proven bound."""

    value: int
    bound: float
    status: Status


@dataclass(frozen=True, slots=True)
class Progress:
    """What a face may show while the search runs. `bound` is None as long as nothing is proven."""

    elapsed_s: float
    goal: str
    unit: str
    incumbent: float | None
    bound: float | None
    menu: Menu | None


@dataclass(slots=True)
class Found:
    """The menu, the state of every goal, and whether a stop or a clock cut the search short."""

    instance: Instance
    menu: Menu
    goals: dict[str, GoalState]
    engine_version: str
    certificates: list[DayCertificate] | None = None
    cut_short: bool = False


class InfeasibleError(Exception):
    """CP-SAT proved that no menu follows the hard rules. The caller explains which."""
