"""The margin: magnesium below the target plus what was asked for beyond it, in parts of a milligram.

A goal of its own behind the first. So a margin never costs a day its target, and whatever hangs on the
target (the bound of the first goal, a certificate, a supplement) knows nothing of it.
"""

from mealmag.planning.menu import MenuModel, Terms
from mealmag.planning.rulebook import MARGIN
from mealmag.planning.rules.magnesium import shortfall


def post(menu: MenuModel) -> Terms:
    """One shortage a day; nothing where no margin is asked for."""
    return shortfall(menu, menu.instance.aim, MARGIN.name)
