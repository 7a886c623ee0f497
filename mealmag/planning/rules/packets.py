"""Few open packets: points for each packet that is opened for one serving and that the plan leaves so.

What keeps (dry, frozen, jars of a condiment) and what is eaten whole opens no packet; the food table says
which food does, and which foods come from one packet.
"""

from collections.abc import Iterable

from mealmag.planning.instance import Slot
from mealmag.planning.menu import MenuModel, Terms
from mealmag.planning.rulebook import ENJOYMENT, POINTS


def post(menu: MenuModel) -> Iterable[tuple[int, int]]:
    """For each packet a variable that is 1 where the plan serves from it exactly once.

    In a folded model a serving on one of `times` alike days counts as so many servings of one day's
    share, so what the term costs there is never more than in the plan itself, and mostly nothing.
    """
    weight = menu.instance.problem.weights.open_packet
    if not weight or menu.day_count < POINTS.packet_days:
        return
    for packet, by_slot in _uses(menu).items():
        terms = [
            (v, c * menu.times[slot.day]) for slot, (found, _) in by_slot.items() for v, c in found
        ]
        constant = sum(here * menu.times[slot.day] for slot, (_, here) in by_slot.items())
        if constant > 1:
            continue
        most = {slot: _most(menu, slot, packet) for slot, (found, _) in by_slot.items() if found}
        opened = menu.at_least(
            [(v, -c) for v, c in terms],
            -constant,
            0,
            per_unit=constant + sum(n * menu.times[slot.day] for slot, n in most.items()),
            most=1,
            rule=ENJOYMENT.name,
        )
        if opened is None:
            continue
        _tighten(menu, opened, by_slot, most, constant)
        alone = menu.at_least(
            [*terms, (opened, -2)], constant, 0, per_unit=1, most=1, rule=ENJOYMENT.name
        )
        if alone is not None:
            yield alone, weight


def _uses(menu: MenuModel) -> dict[int, dict[Slot, tuple[Terms, int]]]:
    """For each packet and slot: the terms of the servings that come from it, and how many are fixed."""
    packets = menu.instance.packets
    found: dict[int, dict[Slot, tuple[Terms, int]]] = {}
    for day in menu.days:
        for slot in menu.slots_of(day):
            atoms, fixed = menu.choices(slot)
            for food in () if fixed is None else fixed.foods:
                if (packet := packets[food]) is not None:
                    by_slot = found.setdefault(packet, {})
                    terms, constant = by_slot.get(slot, ([], 0))
                    by_slot[slot] = terms, constant + 1
            for atom in atoms:
                for food in atom.piece.foods:
                    if (packet := packets[food]) is not None:
                        by_slot = found.setdefault(packet, {})
                        by_slot.setdefault(slot, ([], 0))[0].append((atom.variable, 1))
    return dict(sorted(found.items()))


def _most(menu: MenuModel, slot: Slot, packet: int) -> int:
    """The most servings from the packet that one dish of a free slot has."""
    packets = menu.instance.packets
    found = 0
    for k in menu.open_dishes(slot):
        dish = menu.instance.dishes[k]
        always = sum(packets[food] == packet for food in dish.always.foods)
        perhaps = sum(
            any(packets[food] == packet for piece in pieces for food in piece.foods)
            for _, _, pieces in dish.open
        )
        found = max(found, always + perhaps)
    return found


def _tighten(
    menu: MenuModel,
    opened: int,
    by_slot: dict[Slot, tuple[Terms, int]],
    most: dict[Slot, int],
    constant: int,
) -> None:
    """A packet is opened by any one slot that serves from it: rows that cut off fractions of dishes."""
    if constant:
        menu.model.add([(opened, 1)], lower=1, rule=ENJOYMENT.name)
        return
    for slot, servings in most.items():
        terms = [(v, -c) for v, c in by_slot[slot][0]]
        menu.model.add([*terms, (opened, servings)], lower=0, rule=ENJOYMENT.name)
