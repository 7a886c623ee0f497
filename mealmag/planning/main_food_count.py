"""How often each main food comes in a menu, kept up meal by meal, for those who change one meal at a time."""

from mealmag.planning.instance import Instance, Slot
from mealmag.planning.main_foods import apart, cooked
from mealmag.planning.pieces import Piece
from mealmag.planning.rules.repeats import allowed


class MainFoodCount:
    """`broken` is how many meals are one too many of a main food, in all and beside another meal; none where
    the rule does not hold."""

    def __init__(self, instance: Instance) -> None:
        most = instance.problem.rules.max_main_food
        self._most = 0 if most is None else allowed(most, instance.days)
        self._times = [0] * len(instance.main_foods)
        counted = () if most is None else cooked(instance)
        self._here: dict[Slot, set[int]] = {slot: set() for slot in counted}
        self._near: dict[Slot, list[Slot]] = {slot: [] for slot in self._here}
        for first, second in () if most is None else apart(instance):
            self._near[first].append(second)
            self._near[second].append(first)
        self.broken = 0

    def count(self, slot: Slot, piece: Piece, sign: int) -> None:
        """A meal comes (`sign` 1), or the one that is there goes (-1)."""
        if not piece.mains or slot not in self._here:
            return
        mains = set(piece.mains)
        for main in mains:
            self.broken += sign * (self._times[main] + min(sign, 0) >= self._most)
            self._times[main] += sign
        for other in self._near[slot]:
            self.broken += sign * len(mains & self._here[other])
        self._here[slot] = mains if sign > 0 else set()
