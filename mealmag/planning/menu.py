"""A menu as a linear model: one Boolean for each dish in a slot and each serving of its choices.

"This food in this amount" as a Boolean relaxes far tighter than an amount times an on/off switch. Slots
that are not free keep their pick and enter the rows as constants, so the same builder serves a whole
week, one day, or any neighbourhood in between.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from mealmag.planning.instance import Instance, Menu, Pick, Slot
from mealmag.planning.linear import LinearModel
from mealmag.planning.pieces import Piece
from mealmag.planning.weeks import weeks


@dataclass(frozen=True, slots=True)
class Atom:
    """A Boolean and what it brings when it is 1."""

    variable: int
    piece: Piece


Terms = list[tuple[int, int]]

# The rows that make a menu of variables; every other row is made by a rule or a goal, in its name.
ONE_DISH, ONE_SERVING = "one dish", "natural_amounts"
STRUCTURE = frozenset({ONE_DISH, ONE_SERVING})


class MenuModel:
    """The model of the days that are covered: free slots as variables, fixed ones as constants.

    `offer` may leave a free slot fewer dishes than suit it. A copy has the variables of the slot it copies
    where that is in the model, and is a slot like others where it is not. A day is covered when each of its
    slots is free or fixed (locked slots always are); the goals over the plan count those days, each as
    often as `times` says: a folded model has one day of each kind and lets it stand for all of them
    (see `solver.relaxation`).
    """

    def __init__(
        self,
        instance: Instance,
        free: Collection[Slot],
        fixed: Mapping[Slot, Pick],
        offer: Mapping[Slot, Collection[int]] | None = None,
        times: Mapping[int, int] | None = None,
    ) -> None:
        self.instance = instance
        locked = {
            slot: pick
            for slot, pick in instance.locked.items()
            if times is None or slot.day in times
        }
        opened = set(free) - locked.keys()
        given = {slot: pick for slot, pick in fixed.items() if slot not in opened} | locked
        copies = {
            copy: source
            for copy, source in instance.copies.items()
            if times is None and (source in opened or source in given)
        }
        self.free = sorted(opened - copies.keys())
        self.fixed = {slot: pick for slot, pick in given.items() if slot not in copies}
        self.fixed |= {c: given[source] for c, source in copies.items() if source in given}
        self.copies = {c: source for c, source in copies.items() if source not in given}
        self.folded = times is not None
        self.model = LinearModel()
        self.goals: dict[str, Terms] = {}
        # The shortage variables of the other nutrients: two goals read them, one of them makes them.
        self.off_by_nutrient: dict[str, Terms] | None = None
        self.days = [
            day
            for day in range(instance.days)
            if all(
                slot in self.fixed or slot in set(self.free) or slot in self.copies
                for slot in (Slot(day, meal) for meal in range(instance.meals))
            )
        ]
        self.times = {day: 1 if times is None else times[day] for day in self.days}
        self._constants = {slot: instance.piece(pick) for slot, pick in self.fixed.items()}
        # Each variable of what is lacking or too much, with a row that asks for it.
        self.auxiliary: list[tuple[int, int]] = []
        self.pinned: list[int] = []
        self.dish_variables: dict[Slot, dict[int, int]] = {}
        self._serving_variables: dict[tuple[Slot, int, int], list[int]] = {}
        self.atoms: dict[Slot, list[Atom]] = {}
        for slot in self.free:
            self._open(slot, None if offer is None else offer.get(slot))
        for copy, source in self.copies.items():
            self.atoms[copy] = self.atoms[source]

    def _open(self, slot: Slot, offer: Collection[int] | None) -> None:
        model, atoms = self.model, []
        suited = self.instance.offered(slot)
        variables = {k: model.variable() for k in suited if offer is None or k in offer}
        self.dish_variables[slot] = variables
        model.add([(v, 1) for v in variables.values()], lower=1, upper=1, rule=ONE_DISH)
        for k, dish_variable in variables.items():
            dish = self.instance.dishes[k]
            atoms.append(Atom(dish_variable, dish.always))
            for component, optional, pieces in dish.open:
                servings = [model.variable() for _ in pieces]
                self._serving_variables[slot, k, component] = servings
                atoms.extend(Atom(v, p) for v, p in zip(servings, pieces, strict=True))
                terms = [(v, 1) for v in servings]
                terms.append((dish_variable, -1))
                model.add(terms, lower=None if optional else 0, upper=0, rule=ONE_SERVING)
        self.atoms[slot] = atoms

    def open_dishes(self, slot: Slot) -> Mapping[int, int]:
        """The variable of each dish that a slot may still have; none where it is fixed."""
        return self.dish_variables.get(self.copies.get(slot, slot), {})

    def open_servings(self, slot: Slot, dish: int) -> list[list[Atom]]:
        """The servings of each open choice of a dish that is offered in a free slot."""
        return [
            [
                Atom(variable, piece)
                for variable, piece in zip(
                    self.serving_variables(slot, dish, component), pieces, strict=True
                )
            ]
            for component, _, pieces in self.instance.dishes[dish].open
        ]

    # What the rules ask for: (terms, constant) over a set of slots.

    def week_spans(self) -> list[range]:
        """The days over which a rule on weeks counts: each week of the plan, or all of a folded model, whose
        days stand for days of several weeks."""
        days = self.instance.days
        return [range(days)] if self.folded else weeks(days)

    def slots_of(self, day: int) -> list[Slot]:
        """The slots of one day."""
        return [Slot(day, meal) for meal in range(self.instance.meals)]

    def choices(self, slot: Slot) -> tuple[list[Atom], Piece | None]:
        """The Booleans of a slot that is not fixed, or what a fixed one brings."""
        return self.atoms.get(slot, []), self._constants.get(slot)

    @property
    def day_count(self) -> int:
        """How many days of the plan the covered days stand for."""
        return sum(self.times.values())

    def _spans(self, day: int | None) -> list[tuple[int, int]]:
        """(day, times) of one day alone, or of all covered days."""
        return list(self.times.items()) if day is None else [(day, 1)]

    def amount(self, n: int, *, high: bool, day: int | None = None) -> tuple[Terms, int]:
        """Nutrient `n` on one day, or over all covered days; rounded up (`high`) or down."""
        terms: Terms = []
        constant = 0
        for covered, times in self._spans(day):
            for slot in self.slots_of(covered):
                if slot in self._constants:
                    piece = self._constants[slot]
                    constant += times * (piece.high if high else piece.low)[n]
                elif high:
                    terms += [(a.variable, times * a.piece.high[n]) for a in self.atoms[slot]]
                else:
                    terms += [(a.variable, times * a.piece.low[n]) for a in self.atoms[slot]]
        return terms, constant

    def dish_uses(
        self, days: Collection[int], meals: Collection[int]
    ) -> dict[int, tuple[Terms, int]]:
        """For every dish in question: how often it is cooked over `days` and `meals`."""
        uses: dict[int, tuple[Terms, int]] = {}
        base = self.instance.base
        for slot in self._cooked(days, meals):
            times = self.times.get(slot.day, 1)
            if slot in self.fixed:
                k = base[self.fixed[slot].dish]
                terms, constant = uses.get(k, ([], 0))
                uses[k] = (terms, constant + times)
            for dish, variable in self.dish_variables.get(slot, {}).items():
                terms, constant = uses.get(base[dish], ([], 0))
                uses[base[dish]] = ([*terms, (variable, times)], constant)
        return uses

    def _cooked(self, days: Collection[int], meals: Collection[int]) -> Iterator[Slot]:
        """The slots of `days` for which somebody cooks: no leftovers, nothing that is settled."""
        for day in days:
            for meal in meals:
                slot = Slot(day, meal)
                if slot in self.instance.cooked:
                    yield slot

    def food_uses(self, day: int | None = None) -> dict[int, tuple[Terms, int]]:
        """For every food in question: how often it is served on one day, or over all covered days."""
        terms: dict[int, Terms] = {}
        constants: dict[int, int] = {}
        for covered, times in self._spans(day):
            for slot in self.slots_of(covered):
                if slot in self._constants:
                    for food in self._constants[slot].foods:
                        constants[food] = constants.get(food, 0) + times
                else:
                    for atom in self.atoms[slot]:
                        for food in atom.piece.foods:
                            terms.setdefault(food, []).append((atom.variable, times))
        return {
            food: (terms.get(food, []), constants.get(food, 0))
            for food in sorted(terms.keys() | constants.keys())
        }

    def points(self) -> tuple[Terms, int]:
        """The points of all servings, and of dishes by their rating, over the covered days."""
        terms: Terms = []
        constant = 0
        for day, times in self.times.items():
            for slot in self.slots_of(day):
                rated = self.instance.liking(slot)
                if slot in self._constants:
                    points = self._constants[slot].points + rated.get(self.fixed[slot].dish, 0)
                    constant += times * points
                else:
                    terms += [(a.variable, times * a.piece.points) for a in self.atoms[slot]]
                    dishes = self.dish_variables.get(slot, {})
                    terms += [(v, times * rated[k]) for k, v in dishes.items() if rated.get(k)]
        return terms, constant

    def minutes(self, day: int) -> tuple[Terms, int]:
        """The minutes of a day's dishes."""
        dishes = self.instance.dishes
        terms: Terms = []
        constant = 0
        for slot in self._cooked([day], range(self.instance.meals)):
            if slot in self.fixed:
                constant += dishes[self.fixed[slot].dish].minutes
            for k, variable in self.dish_variables.get(slot, {}).items():
                terms.append((variable, dishes[k].minutes))
        return terms, constant

    def slower_than(self, day: int, minutes: int) -> Terms:
        """The day's open dishes that take longer than `minutes` from start to table."""
        dishes = self.instance.problem.dishes
        return [
            (variable, 1)
            for slot in self._cooked([day], range(self.instance.meals))
            for k, variable in self.dish_variables.get(slot, {}).items()
            if dishes[k].total_minutes > minutes
        ]

    def cost(self, *, outward: bool = False) -> tuple[Terms, int]:
        """What the covered days cost, in hundredths rounded up; at least that much with `outward`."""
        off = 1 if outward else 0
        terms: Terms = []
        constant = 0
        for day, times in self.times.items():
            for slot in self.slots_of(day):
                if slot in self._constants:
                    constant += times * self._constants[slot].cost
                else:
                    terms += [
                        (
                            a.variable,
                            times * max(0, a.piece.cost - off * max(1, len(a.piece.foods))),
                        )
                        for a in self.atoms[slot]
                        if a.piece.cost
                    ]
        return terms, constant

    def at_least(
        self, terms: Terms, constant: int, bound: int, *, per_unit: int, most: int, rule: str
    ) -> int | None:
        """A shortage variable s >= 0 with `terms + constant + per_unit * s >= bound`.

        It is the smallest whole number that repairs the row. None when the row always holds.
        """
        if not terms and constant >= bound:
            return None
        variable = self.model.variable(0, most)
        self.model.add([*terms, (variable, per_unit)], lower=bound - constant, rule=rule)
        self.auxiliary.append((variable, len(self.model.rows) - 1))
        return variable

    def highest(self, sums: Collection[Terms], *, most: int, rule: str) -> Terms:
        """A variable that is no smaller than any of these sums; nothing where there are none."""
        if not sums:
            return []
        variable = self.model.variable(0, most)
        for terms in sums:
            self.model.add([*((v, -c) for v, c in terms), (variable, 1)], lower=0, rule=rule)
            self.auxiliary.append((variable, len(self.model.rows) - 1))
        return [(variable, 1)]

    def pursue(self, goal: str, held: Mapping[str, int]) -> None:
        """Make `goal` the objective, with the goals before it `held` at these values."""
        for name, value in held.items():
            self.hold(name, value)
        self.model.minimise(self.goals[goal])

    def hold(self, goal: str, value: int) -> None:
        """Keep a goal at `value` or better while the next one is improved."""
        if self.goals[goal]:
            self.model.add(self.goals[goal], upper=value, rule=goal)

    def serving_variables(self, slot: Slot, dish: int, component: int) -> list[int]:
        """The Booleans of the servings of one open choice."""
        return self._serving_variables[self.copies.get(slot, slot), dish, component]

    # Between menus and variable values.

    def encode(self, menu: Mapping[Slot, Pick]) -> list[int]:
        """The value of every variable at `menu`; shortage variables as small as the rows allow."""
        values = [0] * len(self.model.lower)
        for slot in self.free:
            pick = menu[slot]
            values[self.dish_variables[slot][pick.dish]] = 1
            for component, chosen in enumerate(pick.servings):
                servings = self._serving_variables.get((slot, pick.dish, component))
                if servings is not None and chosen >= 0:
                    values[servings[chosen]] = 1
        for variable in self.pinned:
            values[variable] = 1
        for variable, index in self.auxiliary:
            row = self.model.rows[index]
            known = sum(
                c * values[v]
                for v, c in zip(row.variables, row.coefficients, strict=True)
                if v != variable
            )
            weight = row.coefficients[row.variables.index(variable)]
            wanted = -(-((row.lower or 0) - known) // weight)
            values[variable] = max(values[variable], wanted)
        return values

    def decode(self, values: list[int]) -> Menu:
        """The whole menu (fixed slots included) that `values` stand for."""
        menu: Menu = dict(self.fixed)
        for slot in self.free:
            k = next(k for k, v in self.dish_variables[slot].items() if values[v])
            servings = []
            for component in range(len(self.instance.problem.dishes[k].components)):
                variables = self._serving_variables.get((slot, k, component))
                if variables is None:
                    servings.append(0)
                else:
                    servings.append(next((i for i, v in enumerate(variables) if values[v]), -1))
            menu[slot] = Pick(k, tuple(servings))
        menu |= {copy: menu[source] for copy, source in self.copies.items()}
        return dict(sorted(menu.items()))

    def goal_value(self, goal: str, values: list[int]) -> int:
        """A goal at `values`, in the model's whole units."""
        return sum(weight * values[variable] for variable, weight in self.goals[goal])
