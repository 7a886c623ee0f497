"""What a search is given and what it tells: budgets, progress, and the state of every goal."""

from dataclasses import dataclass

from mealmag.planning import problem
from mealmag.planning.instance import Instance, Menu
from mealmag.planning.rulebook import BALANCE, GOALS, MAGNESIUM, MARGIN, WORST
from mealmag.planning.rules import values
from mealmag.planning.solver import cpsat
from mealmag.planning.solver.certificate import DayCertificate
from mealmag.planning.solver.outcome import Status

UNIT = {goal.name: goal.unit for goal in GOALS}


def in_units(instance: Instance, goal: str) -> int:
    """How many of the model's whole units make one unit of `goal`."""
    if goal in (MAGNESIUM.name, MARGIN.name):
        return instance.scale[instance.nutrient("magnesium_mg")]
    return 10 if goal in (WORST.name, BALANCE.name) else 1


@dataclass(frozen=True, slots=True)
class Effort:
    """For one goal: sweeps of neighbourhoods at the start; pairs of windows, beside four for each week; looks
    at the whole of a week that may bring nothing; and nodes of HiGHS's tree in each."""

    sweeps: int
    pairs: int
    rounds: int
    nodes: int


@dataclass(frozen=True, slots=True)
class Budget:
    """Amounts of work, none of them a time: annealing starts and moves, the effort for the goals.

    `shortlist` is the number of dishes that HiGHS may choose from in each slot of a week (one more after
    each look at a whole week that brings nothing, more for fewer days); `offered` is that of a slot in a
    neighbourhood, and `neighbourhood` CP-SAT's deterministic time for it.
    """

    starts: int
    moves: int
    nutrition: Effort
    enjoyment: Effort
    shortlist: int
    offered: int
    neighbourhood: float


_NONE = Effort(sweeps=0, pairs=0, rounds=0, nodes=0)
BUDGETS = {
    problem.Effort.QUICK: Budget(
        starts=1,
        moves=6_000,
        nutrition=Effort(sweeps=2, pairs=0, rounds=0, nodes=0),
        enjoyment=_NONE,
        shortlist=4,
        offered=10,
        neighbourhood=0.3,
    ),
    problem.Effort.NORMAL: Budget(
        starts=1,
        moves=8_000,
        nutrition=Effort(sweeps=1, pairs=2, rounds=2, nodes=5),
        enjoyment=Effort(sweeps=0, pairs=6, rounds=2, nodes=5),
        shortlist=4,
        offered=8,
        neighbourhood=0.15,
    ),
    problem.Effort.THOROUGH: Budget(
        starts=2,
        moves=12_000,
        nutrition=Effort(sweeps=1, pairs=18, rounds=6, nodes=200),
        enjoyment=Effort(sweeps=0, pairs=24, rounds=8, nodes=200),
        shortlist=6,
        offered=16,
        neighbourhood=1.0,
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


def unproven(instance: Instance, menu: Menu) -> Found:
    """A menu of which nothing is proven but that no goal can go below zero."""
    goals = {
        goal: GoalState(value, 0.0, Status.FEASIBLE if value else Status.OPTIMAL)
        for goal, value in values(instance, menu).items()
    }
    return Found(instance, menu, goals, cpsat.version())


class InfeasibleError(Exception):
    """It is proven that no menu follows the hard rules. The caller explains which."""
