"""Look at what an engine handed over, after the clock has stopped."""

from collections.abc import Sequence

from benchmarks.counting import MenuCounter
from benchmarks.trace import Seen
from benchmarks.weighing import weigh
from mealmag.planning.instance import Instance, Menu
from mealmag.planning.menu import MenuModel
from mealmag.planning.rules import values


class Looker:
    """For engines that hand over menus: the goals as our planner counts them, the rules by a count."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._counter = MenuCounter(instance)

    def look(self, menu: Menu) -> Seen:
        """Value and rules of a menu."""
        value = weigh(self._instance, values(self._instance, menu))
        return Seen(value, self._counter.count(menu).broken == 0, menu)


def look_at(menu_model: MenuModel, assigned: Sequence[int]) -> Seen:
    """For engines that hand over the model's variables: every row of the model is looked at."""
    at = list(assigned)
    menu = menu_model.decode(at)
    value = weigh(menu_model.instance, values(menu_model.instance, menu))
    return Seen(value, not menu_model.model.violations(at), menu)
