"""The nearest menu is the nearest there is, reaches what was asked, and follows the rules."""

from itertools import product

import pytest

from mealmag.planning.instance import Instance, Menu, Pick, Slot
from mealmag.planning.rules import follows, values
from mealmag.planning.solver.nearest import nearest
from mealmag.planning.start import anneal
from tests.planning.toy import toy_problem

SEEDS = (1, 2, 4)  # menus whose dishes can be served in few enough ways to try them all


def goals(instance: Instance, menu: Menu) -> tuple[int, ...]:
    return tuple(values(instance, menu).values())[:-1]


def servings_apart(before: Menu, after: Menu) -> int:
    assert all(before[slot].dish == after[slot].dish for slot in before)
    return sum(
        was != now
        for slot in before
        for was, now in zip(before[slot].servings, after[slot].servings, strict=True)
    )


def ways(instance: Instance, pick: Pick) -> list[Pick]:
    """The dish in all its servings."""
    choices = {
        component: range(-1 if optional else 0, len(pieces))
        for component, optional, pieces in instance.dishes[pick.dish].open
    }
    return [
        Pick(pick.dish, servings)
        for servings in product(
            *(choices.get(place, [chosen]) for place, chosen in enumerate(pick.servings))
        )
    ]


@pytest.fixture(scope="module", params=SEEDS)
def day(request: pytest.FixtureRequest) -> tuple[Instance, Menu]:
    instance = Instance(toy_problem(days=1, dishes=16, foods=24, seed=request.param))
    menu = anneal(instance, seed=request.param, moves=4_000)
    assert follows(instance, menu)
    return instance, menu


def has_optional(instance: Instance, pick: Pick) -> bool:
    return any(optional for _, optional, _ in instance.dishes[pick.dish].open)


@pytest.mark.parametrize("optional", [False, True])
def test_it_is_as_near_as_any_that_reaches_as_much(
    day: tuple[Instance, Menu], optional: bool
) -> None:
    instance, menu = day
    slots = [s for s in instance.slots if not optional or has_optional(instance, menu[s])]
    if not slots:
        pytest.skip("nothing of this menu may be left out")
    slot = min(slots, key=lambda slot: len(ways(instance, menu[slot])))
    others = [{**menu, slot: pick} for pick in ways(instance, menu[slot])]
    reached = [(goals(instance, other), follows(instance, other)) for other in others]
    # It starts from the worst of them, or of those that lack what may be left out.
    places = [p for p, other in enumerate(others) if not optional or -1 in other[slot].servings]
    worst = max(places, key=lambda place: reached[place])
    start, offer = others[worst], {slot: (menu[slot].dish,)}
    assert reached[worst][0] > goals(instance, menu)
    for more in (0, 30, -10_000):
        most = tuple(goal + more for goal in goals(instance, menu))
        apart = [
            servings_apart(start, other)
            for other, (now, fine) in zip(others, reached, strict=True)
            if fine and all(goal <= asked for goal, asked in zip(now, most, strict=True))
        ]
        assert bool(apart) == (more >= 0)
        found = nearest(instance, start, offer, most)
        assert (found is None) == (not apart)
        if found is not None:
            assert follows(instance, found)
            assert all(g <= m for g, m in zip(goals(instance, found), most, strict=True))
            assert servings_apart(start, found) == min(apart)


def test_a_menu_that_reaches_it_stays(day: tuple[Instance, Menu]) -> None:
    instance, menu = day
    offer = {slot: (pick.dish,) for slot, pick in menu.items()}
    assert nearest(instance, menu, offer, goals(instance, menu)) == menu


def another(instance: Instance, menu: Menu) -> tuple[Menu, set[Slot]]:
    """A menu that follows the rules, too, and where its dishes are others."""
    for seed in range(90, 120):
        other = anneal(instance, seed=seed, moves=1_000)
        moved = {slot for slot in menu if other[slot].dish != menu[slot].dish}
        if len(moved) > 1 and follows(instance, other):
            return other, moved
    raise AssertionError("no other menu was found")


def test_between_two_menus_the_old_dishes_come_back_where_they_can(
    day: tuple[Instance, Menu],
) -> None:
    instance, menu = day
    other, moved = another(instance, menu)
    offer = {slot: {menu[slot].dish, other[slot].dish} for slot in menu}
    most = tuple(map(max, goals(instance, menu), goals(instance, other)))
    assert nearest(instance, menu, offer, most, known=other) == menu
    # Asked to be otherwise, a slot has the other dish, as it is served there, or with something left out.
    slot = min(moved)
    offer[slot] = {other[slot].dish}
    found = nearest(instance, menu, offer, most, asked=[slot], known=other)
    assert found is not None
    assert found[slot].dish == other[slot].dish
    assert follows(instance, found)
    for s in menu:
        if found[s].dish != menu[s].dish:
            assert found[s].dish == other[s].dish
            assert all(
                now in {was, -1}
                for now, was in zip(found[s].servings, other[s].servings, strict=True)
            )
