"""How sure a plan says it is, counted again: the lowest figures exactly, the chances by the same draws."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_FLOOR, Decimal

from mealmag.nutrition.certainty import DRAWS_TO_BE_SURE, chance, is_sure, simulate, spreads
from mealmag.nutrition.food import Food
from mealmag.planning.exact import exact
from mealmag.planning.plan import Plan, PlanCertainty, PlanDay

Fault = tuple[str, str, str]
_HUNDREDTH = Decimal("0.01")
_ABSURD = Decimal(10) ** 20  # beyond what a decimal of 28 digits can round
_MOST_DRAWS = 20_000
# Another machine's logarithm may round otherwise, and so tip a draw.
_TIPPED, _CHANCE_DIGIT = 2, 0.00001


def certainty_faults(plan: Plan, foods: Mapping[str, Food]) -> Iterator[Fault]:
    """What is wrong with what the plan says of its certainty, and of what was asked of it."""
    for place, words in _faults(plan, foods):
        yield "certainty", place, words


def _faults(plan: Plan, foods: Mapping[str, Food]) -> Iterator[tuple[str, str]]:
    stated, rules = plan.certainty, plan.rules
    if stated is None:
        if rules.margin_mg or rules.sure_percent is not None:
            yield "plan", "it does not say how sure it is, and that was asked for"
        return
    dates = [str(day.date) for day in plan.days]
    without = stated.chance_without_margin
    if any(
        list(each) != dates for each in (stated.chance, stated.lowest_mg, without or stated.chance)
    ):
        yield "plan", "its days are not those of the plan"
        return
    if stated.margin_mg < rules.margin_mg:
        yield "plan", f"it aims at {stated.margin_mg:g} mg of margin, less than was asked for"
    if without is not None and not rules.margin_mg and rules.sure_percent is None:
        yield "plan", "no plan was made without a margin, as none was asked for"
    for date, share in (without or {}).items():
        if not 0 <= share <= 1:
            yield date, "a chance lies between 0 and 1"
    yield from _lowest(plan, stated, foods)
    yield from _chances(plan, stated, foods)


def _lowest(
    plan: Plan, stated: PlanCertainty, foods: Mapping[str, Food]
) -> Iterator[tuple[str, str]]:
    for day in plan.days:
        lowest = sum(
            (mg * _lowest_share(foods[food]) for food, mg in _by_food(day, foods).items()),
            Decimal(0),
        )
        # Rounded down, so that a target which it seems to reach is reached.
        said = exact(stated.lowest_mg[str(day.date)])
        if lowest >= _ABSURD or said != lowest.quantize(_HUNDREDTH, rounding=ROUND_FLOOR):
            yield str(day.date), f"the lowest figures give {lowest:.2f} mg"


def _chances(
    plan: Plan, stated: PlanCertainty, foods: Mapping[str, Food]
) -> Iterator[tuple[str, str]]:
    percent = plan.rules.sure_percent
    least = 1 if percent is None else DRAWS_TO_BE_SURE
    if not least <= stated.draws <= _MOST_DRAWS:
        yield "plan", f"{stated.draws} draws are not between {least} and {_MOST_DRAWS}"
        return
    days = [{f: float(mg) for f, mg in _by_food(day, foods).items()} for day in plan.days]
    spread = spreads({food for day in days for food in day}, foods)
    totals = simulate(days, spread, seed=plan.made_by.solver.seed, draws=stated.draws)
    for day, total in zip(plan.days, totals, strict=True):
        drawn, said = chance(total, day.magnesium.target_mg), stated.chance[str(day.date)]
        if not (0 <= said <= 1 and abs(drawn - said) <= _TIPPED / stated.draws + _CHANCE_DIGIT):
            yield str(day.date), f"the target is reached in {drawn:.2%} of the draws"
    sure = (
        None
        if percent is None
        else all(is_sure(share, percent, stated.draws) for share in stated.chance.values())
    )
    if sure is not stated.sure:
        yield "plan", "whether it is as sure as was asked for does not follow from its chances"


def _by_food(day: PlanDay, foods: Mapping[str, Food]) -> dict[str, Decimal]:
    """The magnesium of a day by the food as it is bought."""
    amounts: dict[str, Decimal] = {}
    for meal in day.meals:
        for portion in meal.portions:
            raw = foods[portion.food].bought_id
            key = raw if raw in foods else portion.food
            mg = foods[portion.food].amount("magnesium_mg", exact(portion.grams)) or Decimal(0)
            amounts[key] = amounts.get(key, Decimal(0)) + mg
    return dict(sorted(amounts.items()))


def _lowest_share(food: Food) -> Decimal:
    counted = food.nutrients["magnesium_mg"]
    return min([counted, *food.magnesium_tables.values()]) / counted if counted else Decimal(1)
