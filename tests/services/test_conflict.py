"""Which demands of a conflict are needed: each is taken away; a menu that was found is not sought again."""

from collections.abc import Sequence
from typing import Any

import pytest

from mealmag.services.conflict import Conflict
from mealmag.services.demands import Demand

A, B, C = (Demand(rule, rule, lambda case: case) for rule in ("minutes", "budget", "repeats"))
ALL = [A, B, C]


class Looks:
    """Stands for `Trials` where the demands of `core` collide; what is in `hard` takes a deep look."""

    def __init__(self, core: Sequence[Demand], *, hard: bool) -> None:
        self.core, self.hard = core, hard
        self.asked: list[tuple[frozenset[str], bool]] = []

    def without(self, _: Any, some: Sequence[Demand]) -> Sequence[Demand]:
        return some

    def contradiction(self, *_: Any) -> None:
        return None

    def collision(
        self, _: Any, some: Sequence[Demand], *, deep: bool = False
    ) -> tuple[list[Demand] | None, Any]:
        self.asked.append((frozenset(each.rule for each in some), deep))
        if self.hard and not deep:
            return None, None
        if all(each in some for each in self.core):
            return list(some), None
        return None, {"a": "menu"}


def conflict(looks: Any) -> Conflict:
    return Conflict(looks, ALL, ALL, sure=True, stop=lambda: False)


def test_a_menu_that_was_found_meanwhile_is_not_sought_again() -> None:
    looks = Looks([A, C], hard=False)
    found = conflict(looks)
    before = len(looks.asked)
    found.verify()
    assert (found.demands, found.needed, found.unsure) == ([A, C], [A, C], [])
    assert len(looks.asked) == before


def test_what_no_brief_look_tells_a_deep_one_does() -> None:
    looks = Looks([A, C], hard=True)
    found = conflict(looks)
    assert found.demands == ALL
    found.verify()
    assert (found.demands, found.needed, found.unsure) == ([A, C], [A, C], [])


@pytest.mark.parametrize("known", [[], [B]])
def test_what_nobody_can_tell_is_unsure(known: list[Demand]) -> None:
    looks = Looks([A, C], hard=True)
    found = conflict(looks)
    found.needed += known
    looks.collision = lambda *_, **__: (None, None)  # type: ignore[method-assign]
    found.verify()
    assert found.unsure == [each for each in ALL if each not in known]
