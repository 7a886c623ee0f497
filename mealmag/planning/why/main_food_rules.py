"""How often the main foods of a plan come, and how far apart."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from mealmag.catalogue.dish import Meal
from mealmag.nutrition.main_food import main_food
from mealmag.planning.exact import exact
from mealmag.planning.plan import PlanDay, PlanMeal
from mealmag.planning.rules.repeats import allowed
from mealmag.planning.why.answer import RuleState
from mealmag.planning.why.served import Served
from mealmag.planning.why.state import state

_RULE = "main_food"
_MEALS = (Meal.LUNCH, Meal.DINNER)
_APART = 2  # days from a dinner of a main food to the next


class MainFoodRules:
    """Tells the state of the rule on main foods, of one day and of all together."""

    def __init__(self, served: Served) -> None:
        self._served = served
        most = served.plan.rules.max_main_food
        self._most = None if most is None else allowed(most, len(served.plan.days))

    def of_day(self, day: PlanDay) -> Iterator[RuleState]:
        """The main foods of the day that come again: so often, and at dinner so soon."""
        if self._most is None:
            return
        today = Counter(main for meal in _cooked(day) for main in self._mains(meal))
        for main, times in today.items():
            if times > 1:
                words = "comes at lunch and at dinner"
                yield _state(main, times, ceiling=1, unit="meals", words=words)
            if self._times[main] > 1 or self._most == 1:
                yield self._of_all(main)
            apart = self._apart(day, main)
            if apart is not None:
                words = f"{apart} {'day' if apart == 1 else 'days'} from its next dinner"
                yield _state(
                    main, apart, floor=_APART, unit="days", words=f"{words}, at least {_APART}"
                )

    def of_all_days(self) -> Iterator[RuleState]:
        """The main food that comes most often; of several the first."""
        if self._most is not None:
            for main, _ in self._times.most_common(1):
                yield self._of_all(main)

    @cached_property
    def _times(self) -> Counter[str]:
        days = self._served.plan.days
        return Counter(main for day in days for meal in _cooked(day) for main in self._mains(meal))

    def _of_all(self, main: str) -> RuleState:
        times, most = self._times[main], self._most or 0
        return _state(main, times, ceiling=most, words=f"comes {times} of {most} times")

    def _apart(self, day: PlanDay, main: str) -> int | None:
        """The days to the nearest other dinner of a main food, where this day has one."""
        dinners = [
            other.date
            for other in self._served.plan.days
            for meal in _cooked(other)
            if meal.meal == Meal.DINNER and main in self._mains(meal)
        ]
        if day.date not in dinners:
            return None
        return min((abs((o - day.date).days) for o in dinners if o != day.date), default=None)

    def _mains(self, meal: PlanMeal) -> list[str]:
        portions = ((self._served.foods[p.food], exact(p.grams)) for p in meal.portions)
        mains = (main_food(food, grams) for food, grams in portions)
        return list(dict.fromkeys(main for main in mains if main))


def _cooked(day: PlanDay) -> list[PlanMeal]:
    return [meal for meal in day.meals if meal.meal in _MEALS and meal.is_cooked]


def _state(
    main: str,
    amount: int,
    *,
    floor: int | None = None,
    ceiling: int | None = None,
    unit: str = "",
    words: str,
) -> RuleState:
    return state(
        _RULE,
        main.replace("-", " "),
        Decimal(amount),
        floor=None if floor is None else Decimal(floor),
        ceiling=None if ceiling is None else Decimal(ceiling),
        unit=unit,
        words=words,
    )
