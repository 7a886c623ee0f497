"""What a plan costs by the user's own prices, and the budget that it keeps to."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mealmag.errors import InputError
from mealmag.planning.check import check
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort
from mealmag.services.catalogue import Sources, load_catalogue
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile


def plan(home: Path, budget: float | None) -> tuple[Plan, Sources]:
    sources = Sources(own=Paths(home, home / "data", home / "cache"))
    profile = Profile.model_validate(
        {"person": {"sex": "female", "age": 34}, "plan": {"budget": budget}}
    )
    request = PlanRequest(
        profile, start=date(2026, 11, 28), days=2, effort=Effort.QUICK, sources=sources
    )
    return plan_week(request), sources


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Every food costs 4.00 a kilogram, but for nuts and fish (20.00) and fruit (no price)."""
    lines = ["food,price,per,currency"]
    for food in load_catalogue().foods.values():
        if "+" not in food.id and food.group != "fruit":
            dear = food.group in {"nuts", "fish", "meat", "dairy"}
            lines.append(f"{food.id},{20 if dear else 4},1 kg,EUR")
    (tmp_path / "prices.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def test_a_plan_says_what_it_costs_and_keeps_to_the_budget(home: Path) -> None:
    free, sources = plan(home, None)
    assert free.cost is not None
    assert free.cost.currency == "EUR"
    budget = round(free.cost.per_day * 0.8, 2)
    tight, _ = plan(home, budget)
    assert tight.cost is not None
    assert tight.cost.per_day <= budget
    catalogue = load_catalogue(sources)
    for one in (free, tight):
        assert check(one, catalogue.foods, catalogue.dishes, catalogue.prices) == []
        whole = sum(
            catalogue.prices[portion.food.partition("+")[0]].per_100_g
            * Decimal(str(portion.grams))
            / 100
            for day in one.days
            for meal in day.meals
            for portion in meal.portions
            if portion.food.partition("+")[0] in catalogue.prices
        )
        assert one.cost is not None
        assert abs(float(whole) - one.cost.total) < 0.01


def test_the_checker_sees_a_false_cost_and_a_broken_budget(home: Path) -> None:
    made, sources = plan(home, None)
    catalogue = load_catalogue(sources)
    assert made.cost is not None

    def faults(**changes: object) -> set[str]:
        changed = made.model_copy(update=changes)
        found = check(changed, catalogue.foods, catalogue.dishes, catalogue.prices)
        return {violation.rule for violation in found}

    assert faults(cost=made.cost.model_copy(update={"total": made.cost.total - 1})) == {"budget"}
    assert faults(cost=made.cost.model_copy(update={"portions_without_price": 99})) == {"budget"}
    low = made.rules.model_copy(update={"budget": made.cost.per_day - 0.5})
    assert faults(rules=low) == {"budget"}
    assert faults(rules=low, cost=None) == {"budget"}
    enough = made.rules.model_copy(update={"budget": made.cost.per_day + 0.01})
    assert faults(rules=enough) == set()


def test_a_budget_without_prices_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no prices"):
        plan(tmp_path, 5.0)
