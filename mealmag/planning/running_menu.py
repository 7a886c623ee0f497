"""A menu with running sums, for searches that change one meal at a time and often take it back.

What a rule or a goal costs is counted here once more, apart from the model's rows: in floats, for a search
that proves nothing. Sums are replaced and never changed in place, so that taking back a change is to put
the sums from before in their place again.
"""

from operator import add, sub
from typing import NamedTuple

from mealmag.nutrition.food import COLOURS
from mealmag.planning.instance import Instance, Menu, Pick, Slot
from mealmag.planning.kitchen import Kitchen
from mealmag.planning.main_food_count import MainFoodCount
from mealmag.planning.pieces import Piece
from mealmag.planning.rulebook import POINTS
from mealmag.planning.rules import groups, meal_share, neighbouring_days, otherwise, repeats
from mealmag.planning.spans import hard_ceilings, off, spans
from mealmag.planning.weeks import week_of, weeks

# How a broken rule, a missing milligram, a missing percent and a point weigh against each other while
# searching. The exact stages improve the goals one after the other; here one number must do.
_RULE, _MAGNESIUM, _MARGIN, _BALANCE, _POINT = 40.0, 12.0, 6.0, 1.0, 12.0
_ONCE_TOO_OFTEN = 60.0  # in thousandths of an energy band, as which all that is broken is counted
_GROUPS = len(POINTS.daily_groups)
_SPARE = len(COLOURS) - POINTS.colours_a_day  # colours that a day may lack


class _Exchange(NamedTuple):
    """One slot gets another pick."""

    slot: Slot
    before: Pick
    old: Piece
    pick: Pick
    new: Piece

    def back(self) -> "_Exchange":
        """The same the other way round."""
        return _Exchange(self.slot, self.pick, self.new, self.before, self.old)


class _Day(NamedTuple):
    """The sums of one day."""

    day: int
    low: list[int]
    high: list[int]
    cost: float
    points: int


class RunningMenu:
    """A menu, and its `cost`; the lower, the better."""

    def __init__(self, instance: Instance, menu: Menu) -> None:
        self.instance = instance
        size, days = len(instance.nutrients), instance.days
        self.menu: Menu = {}
        self._pieces: dict[Slot, Piece] = {}
        self._made: dict[Pick, Piece] = {}
        self._low = [[0] * size for _ in range(days)]
        self._high = [[0] * size for _ in range(days)]
        self._all_low, self._all_high = [0] * size, [0] * size
        self.minutes = [0] * days
        self.late = [0] * days
        self._shares = {
            slot: meal_share.band(instance, share)
            for slot in instance.open_slots
            if (share := meal_share.share_of(instance, slot)) is not None
        }
        self._off_shares = [0] * days
        self.points = 0
        self._spent = 0
        self._foods = [[0] * len(instance.groups) for _ in range(days)]
        self._food_uses = [0] * len(instance.groups)
        self._shown = [[0] * (_GROUPS + len(COLOURS)) for _ in range(days)]
        self.uses: dict[int, int] = {}
        self._dish_points = self._too_often = 0
        self._broken: int | None = None
        self._near: list[list[int]] = [[] for _ in range(days)]
        self._copy_of = {source: copy for copy, source in instance.copies.items()}
        self._day_cost = [0.0] * days
        self._day_points = [0] * days
        self._read_rules()
        self._kitchen = Kitchen(instance)
        self._mains = MainFoodCount(instance)
        self._daily, self._whole = spans(instance)
        for slot, pick in menu.items():
            self._put(slot, pick)
        for day in range(days):
            self._beside(day)
            self._count_day(day)
        self.cost = self._sum()
        self._last: list[_Exchange] = []
        self._before: tuple[list[_Day], list[int], list[int], int, float]

    def _read_rules(self) -> None:
        instance, problem = self.instance, self.instance.problem
        self._staple = [group in POINTS.staples for group in instance.groups]
        self._shows = [
            [w for w, wanted in enumerate(POINTS.daily_groups) if group in wanted]
            + [_GROUPS + c for c, each in enumerate(COLOURS) if each == colour]
            for group, colour in zip(instance.groups, instance.colours, strict=True)
        ]
        self._often = POINTS.often(instance.days)
        self._weights = problem.weights
        self._most = repeats.allowed(problem.rules.max_repeats, instance.days)
        self._apart = [m for m, meal in enumerate(problem.meals) if meal in neighbouring_days.MEALS]
        self._limits = [problem.rules.minutes_on(day) for day in problem.days]
        self._energy = instance.nutrient("energy_kcal")
        self._magnesium = instance.nutrient("magnesium_mg")
        self._band = instance.floor(self._energy) or 0, instance.ceiling(self._energy) or 0
        self._wanted = instance.floor(self._magnesium) or 1
        self._aim = instance.aim or 0
        self._ceilings = hard_ceilings(instance)
        self._asked = [groups.asked(instance, len(week)) for week in weeks(instance.days)]
        self._asked_of = [
            tuple(g for g, group in enumerate(self._asked[0]) if food in group.foods)
            for food in range(len(instance.groups))
        ]
        self._group_meals = [[0] * len(asked) for asked in self._asked]
        self._known = otherwise.known(instance)

    @property
    def enjoyment(self) -> int:
        """The last goal of the menu as it stands."""
        return self.points + sum(self._day_points) + self._dish_points + self._kitchen.points

    @property
    def fault(self) -> float:
        """The cost without the points: 0 where all rules and goals before the last are met."""
        return self.cost - _POINT * self.enjoyment

    def piece(self, pick: Pick) -> Piece:
        """What a pick brings; most are asked for again soon."""
        piece = self._made.get(pick)
        if piece is None:
            piece = self._made[pick] = self.instance.piece(pick)
        return piece

    def change(self, slot: Slot, pick: Pick) -> None:
        """Put `pick` into `slot`, and into its copy, and bring the cost up to date."""
        copy = self._copy_of.get(slot)
        before, old, new = self.menu[slot], self._pieces[slot], self.piece(pick)
        self._last = [
            _Exchange(place, before, old, pick, new)
            for place in ((slot,) if copy is None else (slot, copy))
        ]
        days = [
            _Day(d, self._low[d], self._high[d], self._day_cost[d], self._day_points[d])
            for d in (each.slot.day for each in self._last)
        ]
        self._before = (days, self._all_low, self._all_high, self.points, self.cost)
        low, high = list(map(sub, new.low, old.low)), list(map(sub, new.high, old.high))
        for each in self._last:
            self._exchange(each)
            day = each.slot.day
            self._low[day] = list(map(add, self._low[day], low))
            self._high[day] = list(map(add, self._high[day], high))
            self._all_low = list(map(add, self._all_low, low))
            self._all_high = list(map(add, self._all_high, high))
            self._count_day(day)
        self.cost = self._sum()

    def undo(self) -> None:
        """Take back the last change."""
        for each in self._last:
            self._exchange(each.back())
        days, self._all_low, self._all_high, self.points, self.cost = self._before
        for day, low, high, cost, points in days:
            self._low[day], self._high[day] = low, high
            self._day_cost[day], self._day_points[day] = cost, points

    def _put(self, slot: Slot, pick: Pick) -> None:
        """The first pick of a slot."""
        day, piece = slot.day, self.piece(pick)
        self._low[day] = list(map(add, self._low[day], piece.low))
        self._high[day] = list(map(add, self._high[day], piece.high))
        self._all_low = list(map(add, self._all_low, piece.low))
        self._all_high = list(map(add, self._all_high, piece.high))
        self._off_shares[day] += self._off_share(slot, piece)
        if slot in self.instance.cooked:
            self._cook(day, pick.dish, 1)
        self.points += piece.points + self.instance.liking(slot).get(pick.dish, 0)
        self._spent += piece.cost
        self._mains.count(slot, piece, 1)
        self._serve(slot, piece, 1)
        self.menu[slot], self._pieces[slot] = pick, piece

    def _exchange(self, exchange: _Exchange) -> None:
        """All that is counted but nutrients; only what differs between the two."""
        slot, before, old, pick, new = exchange
        day = slot.day
        self.menu[slot], self._pieces[slot] = pick, new
        if slot in self._shares:
            self._off_shares[day] += self._off_share(slot, new) - self._off_share(slot, old)
        self.points += new.points - old.points
        self._spent += new.cost - old.cost
        if pick.dish != before.dish and slot in self.instance.cooked:
            liking = self.instance.liking(slot)
            self.points += liking.get(pick.dish, 0) - liking.get(before.dish, 0)
            self._cook(day, before.dish, -1)
            self._cook(day, pick.dish, 1)
            self._broken = None
            if slot.meal in self._apart:
                self._beside(day)
        if new.mains != old.mains:
            self._mains.count(slot, old, -1)
            self._mains.count(slot, new, 1)
        if new.foods != old.foods:
            self._serve(slot, old, -1)
            self._serve(slot, new, 1)

    def _serve(self, slot: Slot, piece: Piece, sign: int) -> None:
        """The foods of a piece come or go."""
        here, everywhere, shown = self._foods[slot.day], self._food_uses, self._shown[slot.day]
        twice, often = self._weights.food_twice_a_day, self._weights.food_often
        goes = min(sign, 0)
        for food in piece.foods:
            # Points of repetition change only where a count passes what is free of charge.
            if not self._staple[food]:
                if here[food] + goes >= 1:
                    self.points += sign * twice
                if everywhere[food] + goes >= self._often:
                    self.points += sign * often
            here[food] += sign
            everywhere[food] += sign
            for group in self._shows[food]:
                shown[group] += sign
        self._kitchen.count(slot, piece, sign)
        if self._asked[0]:
            meals = self._group_meals[week_of(slot.day)]
            for g in {g for food in piece.foods for g in self._asked_of[food]}:
                meals[g] += sign

    def _off_share(self, slot: Slot, piece: Piece) -> int:
        if slot not in self._shares:
            return 0
        least, most = self._shares[slot]
        return max(0, least - piece.low[self._energy], piece.high[self._energy] - most)

    def _cook(self, day: int, dish: int, sign: int) -> None:
        self.minutes[day] += sign * self.instance.dishes[dish].minutes
        limit = self._limits[day]
        if limit is not None:
            wait = self.instance.problem.dishes[dish].total_minutes - limit
            self.late[day] += sign * max(0, wait)
        base = self.instance.base[dish]
        times = self.uses.get(base, 0)
        self.uses[base] = times + sign
        if times + min(sign, 0) >= 1:
            self._dish_points += sign * self._weights.dish_again
        if times + min(sign, 0) >= self._most:
            self._too_often += sign

    def _beside(self, day: int) -> None:
        """The dishes of a day that must not come again the day after."""
        self._near[day] = [
            self.instance.base[self.menu[slot].dish]
            for slot in (Slot(day, meal) for meal in self._apart)
            if slot in self.menu and slot in self.instance.cooked
        ]

    def _count_day(self, day: int) -> None:
        low, high = self._low[day], self._high[day]
        energy, magnesium = self._energy, self._magnesium
        floor, ceiling = self._band
        broken = max(0, floor - low[energy], high[energy] - ceiling) + self._off_shares[day]
        rule = 1000.0 * broken / max(1, floor)
        limit = self._limits[day]
        if limit is not None and self.minutes[day] > limit:
            rule += 5.0 * (self.minutes[day] - limit)
        rule += 5.0 * self.late[day]
        for n, most in self._ceilings:
            if high[n] > most:
                rule += 1000.0 * (high[n] - most) / max(1, most)
        wanted = self._wanted
        short = 1000.0 * max(0, wanted - low[magnesium]) / wanted
        spare = 1000.0 * max(0, self._aim - low[magnesium]) / wanted
        shown = self._shown[day]
        missing, absent = shown[:_GROUPS].count(0), shown[_GROUPS:].count(0)
        self._day_points[day] = self._weights.group_missing * missing
        self._day_points[day] += self._weights.colours * max(0, absent - _SPARE)
        aims = _MAGNESIUM * short + _MARGIN * spare
        self._day_cost[day] = _RULE * rule + aims + _BALANCE * off(self._daily, low, high)

    def _sum(self) -> float:
        over = 0.0
        budget = self.instance.budget
        if budget is not None and self._spent > budget:
            over = _RULE * 1000.0 * (self._spent - budget) / budget
        for asked, counted in zip(self._asked, self._group_meals, strict=True):
            for group, meals in zip(asked, counted, strict=True):
                broken = max(0, group.least - meals)
                if group.most is not None:
                    broken += max(0, meals - group.most)
                over += _RULE * _ONCE_TOO_OFTEN * broken
        over += _RULE * _ONCE_TOO_OFTEN * self._mains.broken
        rule_cost = _RULE * _ONCE_TOO_OFTEN * self._dishes_broken()
        apart = off(self._whole, self._all_low, self._all_high)
        return sum(self._day_cost) + rule_cost + over + _BALANCE * apart + _POINT * self.enjoyment

    def _dishes_broken(self) -> int:
        """How many meals are of a dish that comes too often, too soon, or in an earlier plan."""
        if self._broken is None:
            self._broken = self._count_dishes_broken()
        return self._broken

    def _count_dishes_broken(self) -> int:
        broken = self._too_often
        for plan in self._known:
            again = sum(times for dish, times in self.uses.items() if dish in plan.dishes)
            broken += max(0, again - plan.most)
        before: list[int] = []
        for here in self._near:
            for place, dish in enumerate(here):
                broken += dish in before or dish in here[:place]
            before = here
        return broken
