"""The soak: the same people for a seed, every one of them possible, and nothing goes wrong unseen."""

from collections.abc import Callable
from io import StringIO

import pytest

from mealmag.errors import ImpossibleError, InputError, NoPlanError, PlanCheckError, UsageError
from mealmag.nutrition.person import LifeStage
from mealmag.planning.plan import Plan
from mealmag.services.catalogue import Catalogue, load_catalogue
from mealmag.services.plan import PlanRequest
from mealmag.services.plan_progress import PlanProgress
from tools import soak


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def test_a_wish_depends_on_seed_and_number_alone(catalogue: Catalogue) -> None:
    first, again = (soak.wish(1, 5, catalogue) for _ in range(2))
    assert first == again
    assert first.profile != soak.wish(2, 5, catalogue).profile
    assert first.profile != soak.wish(1, 6, catalogue).profile


def test_every_wish_is_a_profile_and_they_are_of_every_kind(catalogue: Catalogue) -> None:
    requests = [soak.wish(1, number, catalogue).request() for number in range(200)]
    known = {food.group for food in catalogue.foods.values()}
    known |= catalogue.foods.keys() | catalogue.dishes.keys()
    for request in requests:
        assert known.issuperset(request.profile.diet.dislikes)
    people = [request.profile.person for request in requests]
    assert {person.life_stage for person in people} == set(LifeStage)
    assert {request.days for request in requests} == set(range(1, 8))
    assert min(person.age for person in people) < 12
    assert max(person.age for person in people) > 75
    assert any(person.weight_kg for person in people)
    assert any(request.profile.plan.groups for request in requests)
    assert any(request.profile.diet.avoid_allergens for request in requests)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ImpossibleError("no", rules=("minutes",)), "ImpossibleError"),
        (NoPlanError("no"), "NoPlanError"),
        (UsageError("no"), "UsageError"),
        (InputError("no"), "InputError"),
        (PlanCheckError("no"), soak.FAILURE),
        (OverflowError("a row reaches too far"), soak.FAILURE),
    ],
)
def test_only_an_error_that_says_why_is_no_failure(
    catalogue: Catalogue, error: Exception, kind: str
) -> None:
    def planner(_: PlanRequest, __: Callable[[PlanProgress], None]) -> Plan:
        raise error

    result = soak.attempt(soak.wish(1, 3, catalogue), planner)
    assert result.kind == kind
    assert result.first_s is None
    page = soak.summary([result])
    assert ("FAILURE of number 3" in page) == (kind == soak.FAILURE)
    assert ('"person"' in page) == (kind == soak.FAILURE)


def test_the_page_and_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {0: soak.PLAN, 1: "ImpossibleError", 2: soak.FAILURE}

    def attempt(wish: soak.Wish) -> soak.Result:
        return soak.Result(wish, kinds[wish.number], "", float(wish.number), None)

    monkeypatch.setattr(soak, "attempt", attempt)
    page = StringIO()
    assert soak.main(["--count", "2"], page) == 0
    assert soak.main(["--count", "3"], page) == 1
    assert soak.main(["--only", "2"], page) == 1
    assert page.getvalue().splitlines()[0] == "2 profiles"
    assert "median    1.0 s, worst    2.0 s (number 2)" in page.getvalue()


def test_an_interrupt_still_shows_what_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def attempt(wish: soak.Wish) -> soak.Result:
        if wish.number:
            raise KeyboardInterrupt
        return soak.Result(wish, soak.PLAN, "", 1.0, 0.5)

    monkeypatch.setattr(soak, "attempt", attempt)
    page = StringIO()
    assert soak.main(["--count", "3"], page) == 0
    assert page.getvalue().startswith("1 profiles\n")
