"""The annealer's count of open packets and of what is at home, kept while single meals change."""

from mealmag.planning.instance import Instance, Slot
from mealmag.planning.pieces import Piece
from mealmag.planning.rulebook import POINTS


class Kitchen:
    """Servings from each packet, and uses of each food at home in time; `points` is what they cost."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        weight = instance.problem.weights.open_packet
        self._alone = weight if instance.days >= POINTS.packet_days else 0
        self._packets = instance.packets
        self._servings = [0] * len(instance.packets)
        self._stocks = instance.pantry
        self._uses = [0] * len(instance.pantry)
        self._stocks_of = {
            food: tuple(s for s, stock in enumerate(instance.pantry) if food in stock.foods)
            for stock in instance.pantry
            for food in stock.foods
        }
        self.points = sum(stock.points for stock in instance.pantry)

    def count(self, slot: Slot, piece: Piece, sign: int) -> None:
        """A slot gets a piece (`sign` 1) or loses it (-1)."""
        if self._alone:
            for food in piece.foods:
                packet = self._packets[food]
                if packet is not None:
                    before = self._servings[packet]
                    self._servings[packet] = after = before + sign
                    self.points += self._alone * ((after == 1) - (before == 1))
        if self._stocks_of and slot not in self._instance.settled:
            day = self._instance.cooked_on(slot)
            for food in piece.foods:
                for s in self._stocks_of.get(food, ()):
                    if day <= self._stocks[s].last_day:
                        before = self._uses[s]
                        self._uses[s] = after = before + sign
                        self.points += self._stocks[s].points * ((after == 0) - (before == 0))
