"""A first complete menu within a second: simulated annealing over picks, in plain Python.

Linear engines need long for a first week; a menu that already follows the rules makes every later solve
a matter of improving it. Nothing is proven here, and no result leaves without the exact stages behind.
The number of moves is fixed, so the result depends on the seed alone.
"""

import math
import random
from collections.abc import Callable

from mealmag.planning.instance import STAPLES, Instance, Menu, Pick, Piece, Slot
from mealmag.planning.rules import balance, enjoyment, neighbouring_days, repeats

# How a broken rule, a missing milligram, a missing percent and a point weigh against each other while
# searching. The exact stages improve the goals one after the other; here one number must do.
_RULE, _MAGNESIUM, _BALANCE, _POINT = 40.0, 12.0, 1.0, 12.0
_HOT, _COLD = 400.0, 3.0


class _State:
    """A menu with running sums, so that changing one slot costs a few hundred additions."""

    def __init__(self, instance: Instance, menu: Menu) -> None:
        self.instance = instance
        self.menu: Menu = {}
        size = len(instance.nutrients)
        self.low = [[0] * size for _ in range(instance.days)]
        self.high = [[0] * size for _ in range(instance.days)]
        self.minutes = [0] * instance.days
        self.points = 0
        self.foods = [[0] * len(instance.groups) for _ in range(instance.days)]
        self.food_week = [0] * len(instance.groups)
        self.uses: dict[int, int] = {}
        self.day_cost = [0.0] * instance.days
        self.pieces: dict[Slot, Piece] = {}
        problem = instance.problem
        self.staple = [group in STAPLES for group in instance.groups]
        self.wanted = [
            [f for f, group in enumerate(instance.groups) if group in groups]
            for groups in enjoyment.DAILY_GROUPS
        ]
        self.often = enjoyment.often(instance.days)
        self.most = repeats.allowed(problem.rules.max_repeats, instance.days)
        self.apart = [meal in neighbouring_days.MEALS for meal in problem.meals]
        self.limits = [problem.rules.minutes_on(day) for day in problem.days]
        self.energy = instance.nutrient("energy_kcal")
        self.magnesium = instance.nutrient("magnesium_mg")
        self.daily, self.weekly = self._spans()
        for slot, pick in menu.items():
            self._count(slot, pick, instance.piece(pick), 1)
        for day in range(instance.days):
            self.day_cost[day] = self._day(day)
        self.cost = self._whole()

    def _spans(self) -> tuple[list[tuple[int, float, float, float]], list[tuple[int, float, float, float, float]]]:
        instance = self.instance
        daily, weekly = [], []
        for n, target in enumerate(instance.problem.targets):
            if target.nutrient == "magnesium_mg":
                continue
            days = 1 if target.per == "day" and n != self.energy else instance.days
            floor, ceiling = instance.floor(n, days), instance.ceiling(n, days)
            low = -math.inf if floor is None else float(floor)
            high = math.inf if ceiling is None else float(ceiling)
            base_low, base_high = max(low, 1.0), max(high, 1.0)
            if n == self.energy:
                middle = (low + high) / 2
                margin = middle * balance.ENERGY_TOLERANCE / 1000
                low, high, base_low, base_high = middle - margin, middle + margin, middle, middle
            if days == 1:
                daily.append((n, low, high, base_low))
            else:
                weekly.append((n, low, high, base_low, base_high))
        return daily, weekly

    def _count(self, slot: Slot, pick: Pick, piece: Piece, sign: int) -> None:
        day = slot.day
        self.low[day] = [a + sign * b for a, b in zip(self.low[day], piece.low, strict=True)]
        self.high[day] = [a + sign * b for a, b in zip(self.high[day], piece.high, strict=True)]
        self.minutes[day] += sign * self.instance.dishes[pick.dish].minutes
        self.points += sign * piece.points
        for food in piece.foods:
            self.foods[day][food] += sign
            self.food_week[food] += sign
        self.uses[pick.dish] = self.uses.get(pick.dish, 0) + sign
        if sign > 0:
            self.menu[slot] = pick
            self.pieces[slot] = piece

    def change(self, slot: Slot, pick: Pick, piece: Piece) -> None:
        """Put `pick` into `slot` and bring the cost up to date."""
        self._count(slot, self.menu[slot], self.pieces[slot], -1)
        self._count(slot, pick, piece, 1)
        self.day_cost[slot.day] = self._day(slot.day)
        self.cost = self._whole()

    def _day(self, day: int) -> float:
        instance = self.instance
        low, high = self.low[day], self.high[day]
        energy_floor = instance.floor(self.energy) or 0
        energy_ceiling = instance.ceiling(self.energy) or 10**9
        broken = max(0, energy_floor - low[self.energy], high[self.energy] - energy_ceiling)
        rule = 1000.0 * broken / max(1, energy_floor)
        limit = self.limits[day]
        if limit is not None and self.minutes[day] > limit:
            rule += 5.0 * (self.minutes[day] - limit)
        wanted = instance.floor(self.magnesium) or 1
        short = 1000.0 * max(0, wanted - low[self.magnesium]) / wanted
        other = 0.0
        for n, floor, ceiling, base in self.daily:
            if low[n] < floor:
                other += 1000.0 * (floor - low[n]) / base
            elif high[n] > ceiling:
                other += 1000.0 * (high[n] - ceiling) / ceiling
        points = 0
        for food, times in enumerate(self.foods[day]):
            if times > 1 and not self.staple[food]:
                points += enjoyment.FOOD_TWICE_A_DAY * (times - 1)
        for members in self.wanted:
            if not any(self.foods[day][food] for food in members):
                points += enjoyment.GROUP_MISSING
        return _RULE * rule + _MAGNESIUM * short + _BALANCE * other + _POINT * points

    def _whole(self) -> float:
        rule, other, points = 0.0, 0.0, self.points
        for n, floor, ceiling, base_low, base_high in self.weekly:
            low = sum(day[n] for day in self.low)
            high = sum(day[n] for day in self.high)
            if low < floor:
                other += 1000.0 * self.instance.days * (floor - low) / base_low
            elif high > ceiling:
                other += 1000.0 * self.instance.days * (high - ceiling) / base_high
        for times in self.uses.values():
            if times > 1:
                points += enjoyment.DISH_AGAIN * (times - 1)
                rule += 60.0 * max(0, times - self.most)
        rule += 60.0 * self._neighbours()
        for food, times in enumerate(self.food_week):
            if times > self.often and not self.staple[food]:
                points += enjoyment.FOOD_OFTEN * (times - self.often)
        return sum(self.day_cost) + _RULE * rule + _BALANCE * other + _POINT * points

    def _neighbours(self) -> int:
        close = 0
        before: list[int] = []
        for day in range(self.instance.days):
            here = [
                self.menu[Slot(day, meal)].dish
                for meal, apart in enumerate(self.apart)
                if apart and Slot(day, meal) in self.menu
            ]
            close += len(here) - len(set(here)) + len(set(here) & set(before))
            before = here
        return close


def random_menu(instance: Instance, rng: random.Random) -> Menu:
    """A menu of random dishes in random servings; it need not follow any rule."""
    return {slot: _random_pick(instance, slot, rng) for slot in instance.slots}


def _random_pick(instance: Instance, slot: Slot, rng: random.Random) -> Pick:
    dish = rng.choice(instance.dishes_for[slot.meal])
    servings = []
    for component in instance.problem.dishes[dish].components:
        usual = [i for i, serving in enumerate(component.servings) if serving.steps == 0]
        left_out = component.optional and rng.random() < 0.5
        servings.append(-1 if left_out else rng.choice(usual or range(len(component.servings))))
    return Pick(dish, tuple(servings))


def anneal(
    instance: Instance, *, seed: int, moves: int, stop: Callable[[], bool] = lambda: False
) -> Menu:
    """A good menu after `moves` tries. It may break hard rules where none is easy to find."""
    rng = random.Random(seed)
    state = _State(instance, random_menu(instance, rng))
    slots = instance.slots
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
            new = _random_pick(instance, slot, rng)
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
