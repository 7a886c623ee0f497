"""A menu made better in a second or two, with no proof of anything: for a look at what would be."""

from collections.abc import Callable

from mealmag.planning.instance import Instance, Menu
from mealmag.planning.rules import follows, values
from mealmag.planning.solver.guided import guided_menu
from mealmag.planning.start import anneal

_MOVES = 4_000


def better_menu(
    instance: Instance, menu: Menu, *, stop: Callable[[], bool] = lambda: False
) -> Menu:
    """The best by its goals of this menu, which follows the rules, and others that are found soon."""
    looks: tuple[Callable[[], Menu | None], ...] = (
        lambda: anneal(instance, seed=instance.problem.seed, moves=_MOVES, start=menu, stop=stop),
        lambda: guided_menu(instance, tries=1, stop=stop),
    )
    best, reached = menu, tuple(values(instance, menu).values())
    for look in looks:
        if stop() or not any(reached[:-1]):  # a well balanced menu is all that is wanted
            break
        found = look()
        if found is not None and follows(instance, found):
            goals = tuple(values(instance, found).values())
            if goals < reached:
                best, reached = found, goals
    return best
