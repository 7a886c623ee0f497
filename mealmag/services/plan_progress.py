"""What a face may show while a plan is being searched for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mealmag.planning import assemble
from mealmag.planning.instance import Menu
from mealmag.planning.plan import PlanDay
from mealmag.planning.problem import PlanningProblem
from mealmag.services.catalogue import Catalogue

if TYPE_CHECKING:
    from mealmag.planning.solver.report import Progress


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """What a face may show while the search runs, in the goal's unit; `days` is the best plan so far.

    `explaining`: there is no plan, and what collides is being looked for.
    """

    elapsed_s: float
    goal: str
    unit: str
    incumbent: float | None
    bound: float | None
    days: list[PlanDay] = field(default_factory=list)
    explaining: bool = False


class InUnits:
    """Turns the model's whole units into the goal's own, for people."""

    def __init__(
        self,
        problem: PlanningProblem,
        catalogue: Catalogue,
        on_progress: Callable[[PlanProgress], None],
    ) -> None:
        self._problem = problem
        self._catalogue = catalogue
        self._on_progress = on_progress
        self._shown: tuple[Menu | None, list[PlanDay]] = (None, [])

    def tell(self, progress: "Progress") -> None:
        """Pass on, with the days of the best menu so far, which is mostly that of the last time."""
        menu, days = self._shown
        if progress.menu is not None and progress.menu is not menu:
            foods, dishes = self._catalogue.foods, self._catalogue.dishes
            days = assemble.days(self._problem, progress.menu, foods, dishes)
            self._shown = progress.menu, days
        self._on_progress(
            PlanProgress(
                progress.elapsed_s,
                progress.goal,
                progress.unit,
                progress.incumbent,
                progress.bound,
                days,
            )
        )
