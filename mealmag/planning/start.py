"""A first complete menu within a second: simulated annealing over picks, in plain Python.

Linear engines need long for a first week; a menu that already follows the rules makes every later solve
a matter of improving it. Nothing is proven here, and no result leaves without the exact stages behind.
The number of moves is fixed, so the result depends on the seed alone.
"""

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mealmag.nutrition.food import COLOURS
from mealmag.planning.instance import Instance, Menu, Pick, Slot
from mealmag.planning.kitchen import Kitchen
from mealmag.planning.main_food_count import MainFoodCount
from mealmag.planning.pieces import Piece
from mealmag.planning.problem import CAFFEINE
from mealmag.planning.rulebook import POINTS
from mealmag.planning.rules import (
    balance,
    groups,
    meal_share,
    neighbouring_days,
    otherwise,
    repeats,
)

# How a broken rule, a missing milligram, a missing percent and a point weigh against each other while
# searching. The exact stages improve the goals one after the other; here one number must do.
_RULE, _MAGNESIUM, _MARGIN, _BALANCE, _POINT = 40.0, 12.0, 6.0, 1.0, 12.0
_HOT, _COLD = 400.0, 3.0
_GROUPS = len(POINTS.daily_groups)
_SPARE = len(COLOURS) - POINTS.colours_a_day  # colours that a day may lack


class State:
    """A menu with running sums, so that changing one slot costs a few dozen additions."""

    def __init__(self, instance: Instance, menu: Menu) -> None:
        self.instance = instance
        problem = instance.problem
        size, days = len(instance.nutrients), instance.days
        self.menu: Menu = {}
        self.pieces: dict[Slot, Piece] = {}
        self.low = [[0] * size for _ in range(days)]
        self.high = [[0] * size for _ in range(days)]
        self.week_low, self.week_high = [0] * size, [0] * size
        self.minutes = [0] * days
        self.late = [0] * days
        self.shares = {
            slot: meal_share.band(instance, share)
            for slot in instance.open_slots
            if (share := meal_share.share_of(instance, slot)) is not None
        }
        self.off_share = [0] * days
        self.points = 0
        self.spent = 0
        self.foods = [[0] * len(instance.groups) for _ in range(days)]
        self.food_week = [0] * len(instance.groups)
        self.shown = [[0] * (_GROUPS + len(COLOURS)) for _ in range(days)]
        self.uses: dict[int, int] = {}
        self.cooked = instance.cooked
        self.copy_of = {source: copy for copy, source in instance.copies.items()}
        self.day_cost = [0.0] * days
        self.day_points = [0] * days
        self.rule_cost = 0.0
        self.dish_points = 0
        self.staple = [group in POINTS.staples for group in instance.groups]
        self.shows = [
            [w for w, wanted in enumerate(POINTS.daily_groups) if group in wanted]
            + [_GROUPS + c for c, each in enumerate(COLOURS) if each == colour]
            for group, colour in zip(instance.groups, instance.colours, strict=True)
        ]
        self.often = POINTS.often(days)
        weights = problem.weights
        self.twice, self.beyond = weights.food_twice_a_day, weights.food_often
        self.kitchen = Kitchen(instance)
        self.again, self.without = weights.dish_again, weights.group_missing
        self.pale = weights.colours
        self.most = repeats.allowed(problem.rules.max_repeats, days)
        self.apart = [m for m, meal in enumerate(problem.meals) if meal in neighbouring_days.MEALS]
        self.limits = [problem.rules.minutes_on(day) for day in problem.days]
        self.energy = instance.nutrient("energy_kcal")
        self.magnesium = instance.nutrient("magnesium_mg")
        self.energy_band = (instance.floor(self.energy) or 0, instance.ceiling(self.energy) or 0)
        self.wanted = instance.floor(self.magnesium) or 1
        self.aim = instance.aim or 0
        self.ceilings = _ceilings(instance)
        self.asked = groups.asked(instance)
        self.asked_of = [
            tuple(g for g, group in enumerate(self.asked) if food in group.foods)
            for food in range(len(instance.groups))
        ]
        self.group_meals = [0] * len(self.asked)
        self.known = otherwise.known(instance)
        self.mains = MainFoodCount(instance)
        self.daily, self.weekly = _spans(instance)
        for slot, pick in menu.items():
            self._count(slot, pick, instance.piece(pick), 1)
        for day in range(days):
            self._day(day)
        self._dishes()
        self.cost = self._whole()

    def _count(self, slot: Slot, pick: Pick, piece: Piece, sign: int) -> None:
        day = slot.day
        low, high = self.low[day], self.high[day]
        for n, amount in enumerate(piece.low):
            low[n] += sign * amount
            self.week_low[n] += sign * amount
        for n, amount in enumerate(piece.high):
            high[n] += sign * amount
            self.week_high[n] += sign * amount
        self.off_share[day] += sign * self._off_share(slot, piece)
        if slot in self.cooked:
            self._cook(day, pick.dish, sign)
        self.mains.count(slot, piece, sign)
        self.points += sign * (piece.points + self.instance.liking(slot).get(pick.dish, 0))
        self.spent += sign * piece.cost
        here, shown = self.foods[day], self.shown[day]
        for food in piece.foods:
            # Points of repetition change only where a count passes what is free of charge.
            if not self.staple[food]:
                if here[food] + min(sign, 0) >= 1:
                    self.points += sign * self.twice
                if self.food_week[food] + min(sign, 0) >= self.often:
                    self.points += sign * self.beyond
            here[food] += sign
            self.food_week[food] += sign
            for group in self.shows[food]:
                shown[group] += sign
        self.kitchen.count(slot, piece, sign)
        if self.asked:
            for g in {g for food in piece.foods for g in self.asked_of[food]}:
                self.group_meals[g] += sign
        if sign > 0:
            self.menu[slot] = pick
            self.pieces[slot] = piece

    def _off_share(self, slot: Slot, piece: Piece) -> int:
        if slot not in self.shares:
            return 0
        least, most = self.shares[slot]
        return max(0, least - piece.low[self.energy], piece.high[self.energy] - most)

    def _cook(self, day: int, dish: int, sign: int) -> None:
        self.minutes[day] += sign * self.instance.dishes[dish].minutes
        limit = self.limits[day]
        if limit is not None:
            wait = self.instance.problem.dishes[dish].total_minutes - limit
            self.late[day] += sign * max(0, wait)
        base = self.instance.base[dish]
        self.uses[base] = self.uses.get(base, 0) + sign

    def change(self, slot: Slot, pick: Pick, piece: Piece) -> None:
        """Put `pick` into `slot`, and into its copy, and bring the cost up to date."""
        before = self.menu[slot]
        copy = self.copy_of.get(slot)
        for place in (slot,) if copy is None else (slot, copy):
            self._count(place, before, self.pieces[place], -1)
            self._count(place, pick, piece, 1)
            self._day(place.day)
        if pick.dish != before.dish:
            self._dishes()
        self.cost = self._whole()

    @property
    def enjoyment(self) -> int:
        """The last goal of the menu as it stands."""
        return self.points + sum(self.day_points) + self.dish_points + self.kitchen.points

    def _day(self, day: int) -> None:
        low, high = self.low[day], self.high[day]
        floor, ceiling = self.energy_band
        broken = max(0, floor - low[self.energy], high[self.energy] - ceiling)
        broken += self.off_share[day]
        rule = 1000.0 * broken / max(1, floor)
        limit = self.limits[day]
        if limit is not None and self.minutes[day] > limit:
            rule += 5.0 * (self.minutes[day] - limit)
        rule += 5.0 * self.late[day]
        for n, most in self.ceilings:
            if high[n] > most:
                rule += 1000.0 * (high[n] - most) / max(1, most)
        short = 1000.0 * max(0, self.wanted - low[self.magnesium]) / self.wanted
        spare = 1000.0 * max(0, self.aim - low[self.magnesium]) / self.wanted
        other = 0.0
        for span in self.daily:
            other += span.off(low[span.n], high[span.n])
        missing = self.shown[day][:_GROUPS].count(0)
        absent = self.shown[day][_GROUPS:].count(0)
        self.day_points[day] = self.without * missing + self.pale * max(0, absent - _SPARE)
        aims = _MAGNESIUM * short + _MARGIN * spare
        self.day_cost[day] = _RULE * rule + aims + _BALANCE * other

    def _whole(self) -> float:
        other = 0.0
        for span in self.weekly:
            other += span.off(self.week_low[span.n], self.week_high[span.n])
        over = 0.0
        budget = self.instance.budget
        if budget is not None and self.spent > budget:
            over = _RULE * 1000.0 * (self.spent - budget) / budget
        for group, meals in zip(self.asked, self.group_meals, strict=True):
            off = max(0, group.least - meals)
            if group.most is not None:
                off += max(0, meals - group.most)
            over += _RULE * 60.0 * off
        over += _RULE * 60.0 * self.mains.broken
        cost = sum(self.day_cost) + self.rule_cost + over + _BALANCE * other
        return cost + _POINT * self.enjoyment

    def _dishes(self) -> None:
        points, rule = 0, 0
        for times in self.uses.values():
            if times > 1:
                points += self.again * (times - 1)
                rule += max(0, times - self.most)
        for plan in self.known:
            again = sum(times for dish, times in self.uses.items() if dish in plan.dishes)
            rule += max(0, again - plan.most)
        before: set[int] = set()
        for day in range(self.instance.days):
            here = [
                self.instance.base[self.menu[slot].dish]
                for slot in (Slot(day, meal) for meal in self.apart)
                if slot in self.menu and slot in self.cooked
            ]
            both = set(here)
            rule += len(here) - len(both) + len(both & before)
            before = both
        self.rule_cost, self.dish_points = _RULE * 60.0 * rule, points


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a nutrient's sum should lie, and what a part outside costs."""

    n: int
    floor: float
    ceiling: float
    below: float
    above: float

    def off(self, low: int, high: int) -> float:
        """Thousandths of the reference outside, times the days."""
        off = (self.floor - low) * self.below if low < self.floor else 0.0
        return off + (high - self.ceiling) * self.above if high > self.ceiling else off


def _ceilings(instance: Instance) -> list[tuple[int, int]]:
    """The nutrients that every day must keep under, and the ceiling: own limits and caffeine."""
    rules = instance.problem.rules
    wanted = [*rules.limits, *([CAFFEINE] if rules.caffeine_mg is not None else [])]
    found = ((n, instance.ceiling(n)) for n in map(instance.nutrient, wanted))
    return [(n, ceiling) for n, ceiling in found if ceiling is not None]


def _spans(instance: Instance) -> tuple[list[_Span], list[_Span]]:
    daily: list[_Span] = []
    weekly: list[_Span] = []
    energy = instance.nutrient("energy_kcal")
    for n, target in enumerate(instance.problem.targets):
        if target.nutrient == "magnesium_mg":
            continue
        days = 1 if target.per == "day" and n != energy else instance.days
        floor, ceiling = instance.floor(n, days), instance.ceiling(n, days)
        low = -math.inf if floor is None else float(floor)
        high = math.inf if ceiling is None else float(ceiling)
        below, above = max(low, 1.0), max(high, 1.0)
        if n == energy:
            below = above = middle = (low + high) / 2
            low = middle * (1 - balance.ENERGY_TOLERANCE / 1000)
            high = middle * (1 + balance.ENERGY_TOLERANCE / 1000)
        span = _Span(n, low, high, 1000.0 * days / below, 1000.0 * days / above)
        (daily if days == 1 and instance.days > 1 else weekly).append(span)
    return daily, weekly


def random_menu(instance: Instance, rng: random.Random) -> Menu:
    """A menu of random dishes in random servings; it need not follow any rule."""
    return instance.whole(
        {
            slot: instance.locked.get(slot) or random_pick(instance, instance.offered(slot), rng)
            for slot in instance.slots
            if slot not in instance.copies
        }
    )


def random_pick(instance: Instance, offered: Sequence[int], rng: random.Random) -> Pick:
    """One of the offered dishes, each choice of it in a usual amount."""
    dish = rng.choice(offered)
    servings = []
    for component in instance.problem.dishes[dish].components:
        usual = [i for i, serving in enumerate(component.servings) if serving.steps == 0]
        left_out = component.optional and rng.random() < 0.5
        servings.append(-1 if left_out else rng.choice(usual or range(len(component.servings))))
    return Pick(dish, tuple(servings))


def anneal(
    instance: Instance,
    *,
    seed: int,
    moves: int,
    start: Menu | None = None,
    offer: Mapping[Slot, Sequence[int]] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Menu:
    """A good menu after `moves` tries. It may break hard rules where none is easy to find.

    Where there is an `offer`, only its slots change, and only to dishes that are offered there.
    """
    rng = random.Random(seed)
    if offer is None:
        offer = {slot: instance.offered(slot) for slot in instance.open_slots}
    state = State(instance, start or random_menu(instance, rng))
    slots = list(offer)
    if not slots:
        return dict(sorted(state.menu.items()))
    best, best_cost = dict(state.menu), state.cost
    cooling = (_COLD / _HOT) ** (1 / max(1, moves))
    heat = _HOT
    for move in range(moves):
        if move % 256 == 0 and stop():
            break
        heat *= cooling
        slot = rng.choice(slots)
        pick, piece = state.menu[slot], state.pieces[slot]
        open_choices = instance.dishes[pick.dish].open
        if rng.random() < 0.3 or not open_choices:
            new = random_pick(instance, offer[slot], rng)
        else:
            component, optional, pieces = rng.choice(open_choices)
            chosen = rng.randrange(-1 if optional else 0, len(pieces))
            servings = list(pick.servings)
            servings[component] = chosen
            new = Pick(pick.dish, tuple(servings))
        if new == pick:
            continue
        before = state.cost
        state.change(slot, new, instance.piece(new))
        if state.cost > before and rng.random() >= math.exp((before - state.cost) / heat):
            state.change(slot, pick, piece)
        elif state.cost < best_cost:
            best, best_cost = dict(state.menu), state.cost
    return dict(sorted(best.items()))
