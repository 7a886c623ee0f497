"""The hard rules of one day: what is used of each, and what is left."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from mealmag.nutrition.caffeine import caffeine_per_100_g
from mealmag.nutrition.nutrients import nutrient_of
from mealmag.planning.exact import exact
from mealmag.planning.plan import PlanDay, PlanMeal
from mealmag.planning.rules.neighbouring_days import MEALS
from mealmag.planning.rules.repeats import allowed
from mealmag.planning.why.answer import RuleState
from mealmag.planning.why.main_food_rules import MainFoodRules
from mealmag.planning.why.served import Served, portions
from mealmag.planning.why.state import state

_APART = 2  # days from one lunch or dinner of a dish to its next


class DayRules:
    """Tells the state of each rule that is kept day by day."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._main_foods = MainFoodRules(served)
        self._caffeine = caffeine_per_100_g(served.foods)
        self._times = Counter(
            meal.dish for day in served.plan.days for meal in day.meals if meal.is_cooked
        )

    def of(self, day: PlanDay) -> list[RuleState]:
        """All of them, in the order of the rule book."""
        return [
            *self._energy(day),
            *self._shares(day),
            *self._limits(day),
            *self._drunk(day),
            *self._repeats(day),
            *self._neighbours(day),
            *self._main_foods.of_day(day),
            *self._minutes(day),
        ]

    def _energy(self, day: PlanDay) -> Iterator[RuleState]:
        band = self._served.plan.targets["energy_kcal"]
        yield _nutrient(
            "energy_band",
            "energy_kcal",
            self._served.of_day(day, "energy_kcal"),
            None if band.floor is None else exact(band.floor),
            None if band.ceiling is None else exact(band.ceiling),
        )

    def _shares(self, day: PlanDay) -> Iterator[RuleState]:
        """Only of a day that is planned whole, and not of what was cooked the day before."""
        if any(meal.is_settled for meal in day.meals):
            return
        for meal in day.meals:
            asked = self._served.plan.rules.shares.get(meal.meal)
            if asked is None or meal.leftover:
                continue
            energy = sum(
                (self._served.amount(portion, "energy_kcal") for portion in meal.portions),
                Decimal(0),
            )
            share = 100 * energy / self._served.middle_kcal
            yield state(
                "meal_share",
                str(meal.meal),
                share,
                floor=Decimal(asked.min),
                ceiling=Decimal(asked.max),
                unit="%",
                words=f"{share:.0f} % of the energy in {asked.min}–{asked.max} %",
            )

    def _limits(self, day: PlanDay) -> Iterator[RuleState]:
        for key, limit in self._served.plan.rules.limits.items():
            if limit.ceiling is not None:
                ceiling = exact(limit.ceiling)
                most = self._served.most_of_day(day, key, ceiling)
                yield _nutrient("limits", key, most, None, ceiling)

    def _drunk(self, day: PlanDay) -> Iterator[RuleState]:
        most = self._served.plan.rules.caffeine_mg
        if most is None:
            return
        amount = sum(
            (self._caffeine[p.food] * exact(p.grams) / 100 for _, p in portions(day)), Decimal(0)
        )
        yield _nutrient("caffeine", "caffeine_mg", amount, None, exact(most))

    def _repeats(self, day: PlanDay) -> Iterator[RuleState]:
        """The dishes of the day that come as often as they may, or at least more than once."""
        plan = self._served.plan
        most = allowed(plan.rules.max_repeats, len(plan.days))
        for meal in _each_dish_once(day):
            times = self._times[meal.dish]
            if times > 1 or most == 1:
                yield state(
                    "repeats",
                    meal.name,
                    Decimal(times),
                    ceiling=Decimal(most),
                    words=f"comes {times} of {most} times",
                )

    def _neighbours(self, day: PlanDay) -> Iterator[RuleState]:
        """How far the nearest other day is that has a lunch or dinner of this one."""
        for meal in _each_dish_once(day):
            if meal.meal not in MEALS:
                continue
            others = [
                abs((other.date - day.date).days)
                for other in self._served.plan.days
                for its in other.meals
                if its is not meal and its.meal in MEALS and its.dish == meal.dish and its.is_cooked
            ]
            if others:
                yield state(
                    "neighbouring_days",
                    meal.name,
                    Decimal(min(others)),
                    floor=Decimal(_APART),
                    unit="days",
                    words=f"{_days(min(others))} from its next day, at least {_APART}",
                )

    def _minutes(self, day: PlanDay) -> Iterator[RuleState]:
        rules = self._served.plan.rules
        limit = rules.weekday_minutes if day.date.weekday() < 5 else rules.weekend_minutes
        if limit is None:
            return
        work = sum(meal.minutes for meal in day.meals)
        wait = max((max(meal.minutes, meal.total_minutes) for meal in day.meals), default=0)
        for subject, minutes, tight in (
            ("work", work, f"the {limit} minutes ({work} used)"),
            ("longest wait", wait, f"the wait for a dish ({wait} of {limit} minutes)"),
        ):
            yield state(
                "minutes",
                subject,
                Decimal(minutes),
                ceiling=Decimal(limit),
                unit="minutes",
                words=f"{minutes} of {limit} minutes",
                when_tight=tight,
            )


def _each_dish_once(day: PlanDay) -> list[PlanMeal]:
    cooked = (meal for meal in reversed(day.meals) if meal.is_cooked)
    return list({meal.dish: meal for meal in cooked}.values())[::-1]


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _nutrient(
    rule: str, key: str, amount: Decimal, floor: Decimal | None, ceiling: Decimal | None
) -> RuleState:
    """The state of a rule about an amount in a nutrient's own unit."""
    nutrient = nutrient_of(key)
    shown = f"{amount:,.{nutrient.decimals}f}"
    if floor is None:
        words = f"{shown} of {_plain(ceiling)} {nutrient.unit}"
    elif ceiling is None:
        words = f"{shown} {nutrient.unit}, at least {_plain(floor)}"
    else:
        words = f"{shown} {nutrient.unit} in {_plain(floor)}–{_plain(ceiling)}"
    return state(
        rule, nutrient.name, amount, floor=floor, ceiling=ceiling, unit=nutrient.unit, words=words
    )


def _plain(bound: Decimal | None) -> str:
    """A bound as it was written, without the point of a whole number."""
    whole = bound is not None and bound == bound.to_integral_value()
    return f"{bound:,.0f}" if whole else f"{bound:,f}"
