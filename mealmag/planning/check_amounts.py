"""The checker's own sums of a day: what its portions bring, counted once however many rules ask."""

from decimal import Decimal
from functools import cached_property

from mealmag.nutrition.unknown import Unknown
from mealmag.planning.exact import exact
from mealmag.planning.occasion import EatingOut
from mealmag.planning.plan import Plan, PlanDay

_ENERGY = "energy_kcal"


class DayAmounts:
    """Exact sums over the portions of one day, in the unit of each nutrient's key.

    A meal out has its guessed energy and nothing else that is known. Portions of foods that `unknown` does
    not know bring nothing: they are a fault of their own.
    """

    def __init__(self, plan: Plan, day: PlanDay, unknown: Unknown) -> None:
        self._unknown = unknown
        self.portions = [
            (unknown.foods[portion.food], exact(portion.grams))
            for meal in day.meals
            for portion in meal.portions
            if portion.food in unknown.foods
        ]
        self._out = [m.occasion.kcal for m in day.meals if isinstance(m.occasion, EatingOut)]
        self._band = plan.targets.get(_ENERGY)
        self._by_key: dict[str, list[Decimal | None]] = {}
        self._sums: dict[str, Decimal] = {}

    def whole(self, key: str) -> Decimal:
        """All that is known of `key`, with what is guessed of the energy."""
        return self._known(key) + (sum(self._out) if key == _ENERGY else 0)

    def without(self, key: str) -> list[Decimal]:
        """The energy, in kcal, of each portion without a figure for `key`, and of each meal out."""
        lacking = [
            kcal or Decimal(0)
            for kcal, amount in zip(self._each(_ENERGY), self._each(key), strict=True)
            if amount is None
        ]
        return lacking + [Decimal(kcal) for kcal in self._out if key != _ENERGY]

    def most(self, key: str, ceiling: float) -> Decimal:
        """What counts towards a ceiling: of what is unknown, the most that it may be, and of a meal out
        the share of the ceiling that it has of the energy."""
        unknown = (
            pair
            for pair, amount in zip(self.portions, self._each(key), strict=True)
            if amount is None
        )
        return self._known(key) + self._unknown.most(unknown, key) + exact(ceiling) * self.share_out

    @cached_property
    def share_out(self) -> Decimal:
        """How much of the energy, as a share of the middle of its band, is eaten out."""
        if self._band is None:
            return Decimal(0)
        middle = (exact(self._band.floor or 0) + exact(self._band.ceiling or 0)) / 2
        return sum(self._out) / middle if middle else Decimal(0)

    def _known(self, key: str) -> Decimal:
        """What the portions bring, as far as they have a figure."""
        if key not in self._sums:
            known = (amount for amount in self._each(key) if amount is not None)
            self._sums[key] = sum(known, Decimal(0))
        return self._sums[key]

    def _each(self, key: str) -> list[Decimal | None]:
        """Of each portion, in their order; None where there is no figure."""
        if key not in self._by_key:
            self._by_key[key] = [food.amount(key, grams) for food, grams in self.portions]
        return self._by_key[key]
