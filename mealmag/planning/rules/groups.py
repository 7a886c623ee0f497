"""A food group comes at least, and at most, so often: counted in meals in which a food of it is served.

A meal counts once, however many foods of the group are on the plate and whatever their amount: every
amount of the catalogue is one that people serve. What is asked for holds for each week of the plan; for
one of fewer days a minimum is scaled and rounded down, a maximum scaled and rounded up.
"""

from typing import NamedTuple

from mealmag.planning.instance import Instance, Slot
from mealmag.planning.menu import MenuModel, Terms
from mealmag.planning.weeks import DAYS, weeks


class GroupMeals(NamedTuple):
    """The foods of a group by index, and in how many meals of some days it may come."""

    foods: frozenset[int]
    least: int
    most: int | None


def asked(instance: Instance, days: int) -> list[GroupMeals]:
    """What is asked of each group in so many days from the first of a week on."""
    problem, spans = instance.problem, [len(week) for week in weeks(days)]
    return [
        GroupMeals(
            frozenset(i for i, food in enumerate(problem.foods) if group in food.groups),
            sum((wanted.min or 0) * span // DAYS for span in spans),
            None if wanted.max is None else sum(-(-wanted.max * span // DAYS) for span in spans),
        )
        for group, wanted in problem.rules.groups.items()
    ]


def post(menu: MenuModel) -> None:
    """One row for a minimum and one for a maximum, over the covered days of each week.

    Days that are not covered may bring what is missing, in all of their meals.
    """
    for span in menu.week_spans():
        _post_week(menu, span)


def _post_week(menu: MenuModel, week: range) -> None:
    covered = [day for day in menu.days if day in week]
    elsewhere = (len(week) - sum(menu.times[day] for day in covered)) * menu.instance.meals
    slots = [slot for day in covered for slot in menu.slots_of(day)]
    for group in asked(menu.instance, len(week)):
        already = sum(
            menu.times[slot.day]
            for slot in slots
            if slot in menu.fixed
            and not group.foods.isdisjoint(menu.instance.piece(menu.fixed[slot]).foods)
        )
        if group.most is not None:
            terms = _meals(menu, slots, group.foods, most=True)
            if terms:
                menu.model.add(terms, upper=group.most - already, rule="groups")
        if group.least > elsewhere:
            terms = _meals(menu, slots, group.foods, most=False)
            if terms or already + elsewhere < group.least:
                menu.model.add(terms, lower=group.least - already - elsewhere, rule="groups")


def _meals(menu: MenuModel, slots: list[Slot], foods: frozenset[int], *, most: bool) -> Terms:
    """The number of open meals with one of `foods`; never too few for `most`, else never too many."""
    terms: Terms = []
    for slot in slots:
        times = menu.times[slot.day]
        for k, variable in menu.open_dishes(slot).items():
            if not foods.isdisjoint(menu.instance.dishes[k].always.foods):
                terms.append((variable, times))
                continue
            choices = [
                [(atom.variable, 1) for atom in atoms if not foods.isdisjoint(atom.piece.foods)]
                for atoms in menu.open_servings(slot, k)
            ]
            meals = any_of(menu, [choice for choice in choices if choice], most=most)
            terms += [(variable, times * weight) for variable, weight in meals]
    return terms


def any_of(menu: MenuModel, choices: list[Terms], *, most: bool, rule: str = "groups") -> Terms:
    """1 where any of these choices is made. Each counts one at most, two of them must not count two.

    Never too few for `most`, else never too many; what rows it takes are made by `rule`.
    """
    served = [term for choice in choices for term in choice]
    if len(choices) < 2:
        return served
    less = [(variable, -1) for variable, _ in served]
    if most:
        meal = menu.at_least(less, 0, 0, per_unit=len(choices), most=1, rule=rule)
        return [] if meal is None else [(meal, 1)]
    beyond = menu.at_least(less, 0, -1, per_unit=1, most=len(choices) - 1, rule=rule)
    return served if beyond is None else [*served, (beyond, -1)]
