"""No main food comes at both lunch and dinner of a day, at two dinners in a row, or too often in a week.

What the main foods of a meal are is in `nutrition.main_food`: chicken is chicken, under whatever name.
"""

from mealmag.planning.instance import Slot
from mealmag.planning.main_foods import Shown, apart, cooked
from mealmag.planning.menu import MenuModel, Terms
from mealmag.planning.rules.groups import any_of
from mealmag.planning.rules.repeats import allowed

_RULE = "main_food"


def post(menu: MenuModel) -> None:
    """A row for each main food and pair of meals that may both be of it, and one for all its meals."""
    instance = menu.instance
    most = instance.problem.rules.max_main_food
    if most is None:
        return
    uses = {slot: _mains(menu, slot) for slot in cooked(instance)}
    for first, second in apart(instance, folded=menu.folded):
        for main in sorted(uses[first].keys() & uses[second].keys()):
            _at_most(menu, 1, [(uses[first][main], 1), (uses[second][main], 1)])
    for main in range(len(instance.main_foods)):
        here = [
            (mains[main], menu.times.get(slot.day, 1))
            for slot, mains in uses.items()
            if main in mains
        ]
        if sum(times for _, times in here) > allowed(most, instance.days):
            _at_most(menu, allowed(most, instance.days), here)


def _at_most(menu: MenuModel, most: int, meals: list[tuple[tuple[Terms, int], int]]) -> None:
    terms = [(variable, c * times) for (terms, _), times in meals for variable, c in terms]
    constant = sum(constant * times for (_, constant), times in meals)
    if terms or constant > most:
        menu.model.add(terms, upper=most - constant, rule=_RULE)


def _mains(menu: MenuModel, slot: Slot) -> dict[int, tuple[Terms, int]]:
    """For each main food that a meal may be of: 1 where it is, in (terms, constant)."""
    instance = menu.instance
    if slot in menu.fixed:
        return {main: ([], 1) for main in instance.piece(menu.fixed[slot]).mains}
    uses: dict[int, tuple[Terms, int]] = {}
    for dish, variable in menu.open_dishes(slot).items():
        for main, shown in instance.shown_mains[dish].items():
            uses.setdefault(main, ([], 0))[0].extend(_meal(menu, slot, dish, variable, shown))
    return uses


def _meal(menu: MenuModel, slot: Slot, dish: int, variable: int, shown: Shown) -> Terms:
    """1 where the dish is served as one of a main food, in as few terms as say it."""
    if shown.always:
        return [(variable, 1)]
    choices = [(menu.open_servings(slot, dish)[place], serving) for place, serving in shown.choices]
    if len(choices) > 1:
        served = [[(atoms[i].variable, 1) for i in serving] for atoms, serving in choices]
        return any_of(menu, served, most=True, rule=_RULE)
    place, serving = shown.choices[0]
    atoms = choices[0][0]
    _, optional, _ = menu.instance.dishes[dish].open[place]
    if optional or 2 * len(serving) <= len(atoms) + 1:
        return [(atoms[i].variable, 1) for i in serving]
    others = [(atom.variable, -1) for i, atom in enumerate(atoms) if i not in serving]
    return [(variable, 1), *others]
