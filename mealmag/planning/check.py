"""The independent checker: recomputes every total and every rule of a plan from the catalogue.

It shares nothing with the optimiser (no model, no rounding to whole numbers) and counts in exact
decimals. It can refute a plan; it cannot refute a proof.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from mealmag.catalogue.appetite import appetite, served
from mealmag.catalogue.dish import Dish, Meal
from mealmag.catalogue.prices import Price
from mealmag.nutrition.food import Food
from mealmag.nutrition.nutrients import BY_KEY
from mealmag.nutrition.totals import rounded
from mealmag.nutrition.unknown import Unknown
from mealmag.planning.begun_day import plates_kcal
from mealmag.planning.check_amounts import DayAmounts
from mealmag.planning.check_certainty import certainty_faults
from mealmag.planning.check_eater import eater_faults
from mealmag.planning.check_goals import goal_faults, is_written
from mealmag.planning.check_main_food import main_food_faults
from mealmag.planning.check_meals import leftover_faults, meal_faults, share_faults
from mealmag.planning.check_pantry import pantry_faults
from mealmag.planning.check_supplement import supplement_faults
from mealmag.planning.exact import exact
from mealmag.planning.plan import Plan, PlanDay


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that does not hold: the rule's name, where, and a sentence."""

    rule: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.place}: {self.message}"


def check(
    plan: Plan,
    foods: Mapping[str, Food],
    dishes: Mapping[str, Dish],
    prices: Mapping[str, Price] | None = None,
    upper_level_mg: Decimal | None = None,
) -> list[Violation]:
    """Everything that is wrong with `plan`, in its order; an empty list means it holds.

    Without `prices` what it costs is not looked at; without the person's `upper_level_mg` for
    supplements (0 where there is none) a dose is held against the one that the plan states.
    """
    dishes, unknown = _plates(plan, foods, dishes), Unknown(foods)
    found, nutrients = list(_dates(plan)), _nutrients(foods)
    counted = [DayAmounts(plan, day, unknown) for day in plan.days]
    for day, amounts in zip(plan.days, counted, strict=True):
        found += [Violation(*fault) for fault in meal_faults(plan, day, foods, dishes)]
        if all(p.food in foods for meal in day.meals for p in meal.portions):
            found += _day(plan, day, amounts, foods, dishes, nutrients)
    found += [Violation(*fault) for fault in leftover_faults(plan, dishes)]
    found += _repeats(plan)
    found += [Violation(*fault) for fault in main_food_faults(plan, foods)]
    found += _rated(plan, foods, dishes)
    found += _otherwise(plan)
    found += [Violation(*fault) for fault in eater_faults(plan, foods, counted)]
    if prices is not None:
        found += _cost(plan, prices)
    found += [Violation(*fault) for fault in supplement_faults(plan, counted, upper_level_mg)]
    found += [Violation(*fault) for fault in pantry_faults(plan, foods)]
    if not any(violation.rule == "catalogue" for violation in found):
        found += [Violation(*fault) for fault in certainty_faults(plan, foods)]
        found += [
            Violation(*found_goal) for found_goal in goal_faults(plan, foods, dishes, counted)
        ]
    if not found and not (plan.check.ok and plan.check.problems == []):
        found.append(Violation("check", "plan", "it says that something is wrong, and nothing is"))
    return found


def _rated(
    plan: Plan, foods: Mapping[str, Food], dishes: Mapping[str, Dish]
) -> Iterator[Violation]:
    for rated in plan.rules.ratings:
        if rated not in foods and rated not in dishes:
            yield Violation("catalogue", "ratings", f"{rated} is not in the catalogue")


def _plates(plan: Plan, foods: Mapping[str, Food], dishes: Mapping[str, Dish]) -> dict[str, Dish]:
    """The dishes of the plan in the amounts for this person's appetite."""
    energy = plan.targets["energy_kcal"]
    band = exact(energy.floor or 0), exact(energy.ceiling or 0)
    steps = appetite(plates_kcal(*band, energy.floor_kind))
    used = {meal.dish for day in plan.days for meal in day.meals} | plan.rules.ratings.keys()
    return {dish: served(dishes[dish], steps, foods) for dish in sorted(used & dishes.keys())}


def _dates(plan: Plan) -> Iterator[Violation]:
    if not plan.days:
        yield Violation("completeness", "plan", "it has no days")
    for before, after in zip(plan.days, plan.days[1:], strict=False):
        if after.date - before.date != timedelta(days=1):
            yield Violation("completeness", str(after.date), "the days do not follow one another")
    for day in plan.days:
        if [meal.meal for meal in day.meals] != plan.rules.meals:
            yield Violation("completeness", str(day.date), "the meals are not those asked for")


def _known(
    day: PlanDay, amounts: DayAmounts, key: str, without: list[Decimal]
) -> Iterator[Violation]:
    """The share of the energy that comes with a figure, where some does not."""
    if not without or key not in day.known_percent:
        return
    energy = amounts.whole("energy_kcal")
    share = 100 * (energy - sum(without)) / energy if energy else Decimal(0)
    if rounded(share, 1) != day.known_percent[key]:
        yield Violation("totals", str(day.date), f"{share:.2f} % of the energy has a {key}")


def _nutrients(foods: Mapping[str, Food]) -> dict[str, None]:
    """Every nutrient that a day's totals state: those of mealmag and those that the foods bring."""
    return dict.fromkeys(
        [*BY_KEY, *sorted(set().union(*(food.nutrients for food in foods.values())))]
    )


def _day(
    plan: Plan,
    day: PlanDay,
    amounts: DayAmounts,
    foods: Mapping[str, Food],
    dishes: Mapping[str, Dish],
    nutrients: Mapping[str, None],
) -> Iterator[Violation]:
    place = str(day.date)
    for key in nutrients:
        amount = amounts.whole(key)
        stated = day.totals.get(key)
        if stated is None or not is_written(amount, stated):
            yield Violation("totals", place, f"{key} is {amount}, not {stated}")
        without = amounts.without(key)
        if len(without) != day.incomplete.get(key, 0):
            yield Violation("totals", place, f"{len(without)} portions have no {key}")
        yield from _known(day, amounts, key, without)
    for key in day.totals.keys() - nutrients:
        yield Violation("totals", place, f"no food has a figure for {key}")
    if day.known_percent.keys() != day.incomplete.keys():
        yield Violation("totals", place, "it does not say how much is known of what is incomplete")
    yield from (Violation(*fault) for fault in share_faults(plan, day, foods))
    energy, band = amounts.whole("energy_kcal"), plan.targets.get("energy_kcal")
    if band is None:
        yield Violation("energy_band", place, "the plan states no energy band")
    elif band.floor is not None and energy < exact(band.floor):
        yield Violation("energy_band", place, f"{energy} kcal is under {band.floor}")
    elif band.ceiling is not None and energy > exact(band.ceiling):
        yield Violation("energy_band", place, f"{energy} kcal is over {band.ceiling}")
    rules = plan.rules
    limit = rules.weekday_minutes if day.date.weekday() < 5 else rules.weekend_minutes
    cooked = [meal for meal in day.meals if meal.is_cooked]
    minutes = sum(dishes[meal.dish].minutes for meal in cooked if meal.dish in dishes)
    if limit is not None and minutes > limit:
        yield Violation("minutes", place, f"{minutes} minutes, where there are {limit}")
    for meal in cooked:
        dish = dishes.get(meal.dish)
        if limit is not None and dish is not None and dish.total_minutes > limit:
            yield Violation(
                "minutes", place, f"{dish.id} takes {dish.total_minutes} minutes in all"
            )
    yield from _magnesium(plan, day, amounts)


def _magnesium(plan: Plan, day: PlanDay, amounts: DayAmounts) -> Iterator[Violation]:
    place, ledger = str(day.date), day.magnesium
    target = plan.targets.get("magnesium_mg")
    if target is None or target.floor is None or ledger.target_mg != target.floor:
        yield Violation("totals", place, "the day's magnesium target is not the plan's")
        return
    food_mg = amounts.whole("magnesium_mg")
    gap = max(Decimal(0), exact(target.floor) - food_mg)
    if not is_written(food_mg, ledger.food_mg):
        yield Violation("totals", place, f"magnesium from food is {food_mg} mg")
    if not is_written(gap, ledger.gap_mg):
        yield Violation("totals", place, f"the magnesium gap is {gap} mg")
    if ledger.supplement is not None and exact(ledger.supplement) > gap:
        yield Violation("supplement", place, f"{ledger.supplement} mg is more than the gap {gap}")


def _repeats(plan: Plan) -> Iterator[Violation]:
    days = len(plan.days)
    most = plan.rules.max_repeats
    if days > 7:
        most = -(-most * days // 7)
    cooked = Counter(m.dish for d in plan.days for m in d.meals if m.is_cooked)
    for dish, times in cooked.items():
        if times > most:
            yield Violation("repeats", dish, f"it comes {times} times, where {most} are allowed")
    before: set[str] = set()
    for day in plan.days:
        main = [m.dish for m in day.meals if m.meal in (Meal.LUNCH, Meal.DINNER) and m.is_cooked]
        for dish in sorted(before.intersection(main)):
            yield Violation("neighbouring_days", str(day.date), f"{dish} came the day before")
        if len(set(main)) < len(main):
            yield Violation("neighbouring_days", str(day.date), f"{main[0]} comes twice")
        before = set(main)


def _otherwise(plan: Plan) -> Iterator[Violation]:
    """Whether enough meals are of other dishes than in each plan to differ from."""
    for number, known in enumerate(plan.rules.otherwise, start=1):
        cooked = [meal for day in plan.days for meal in day.meals if meal.is_cooked]
        other = sum(meal.dish not in known.dishes for meal in cooked)
        if other < known.differ:
            message = f"{other} meals are of other dishes, where {known.differ} are asked for"
            yield Violation("otherwise", f"earlier plan {number}", message)


def _cost(plan: Plan, prices: Mapping[str, Price]) -> Iterator[Violation]:
    """Recount what the portions cost; a plan made without prices says nothing of them."""
    stated, budget = plan.cost, plan.rules.budget
    if stated is None:
        if budget is not None:
            yield Violation("budget", "plan", "there is a budget, but no cost")
        return
    total, unknown = Decimal(0), 0
    for day in plan.days:
        for meal in day.meals:
            for portion in () if meal.is_settled else meal.portions:
                price = prices.get(portion.food.partition("+")[0])
                if price is None or price.currency != stated.currency:
                    unknown += 1
                else:
                    total += price.per_100_g * exact(portion.grams) / 100
    for what, figure, right in (
        ("total", stated.total, total),
        ("per_day", stated.per_day, total / max(1, len(plan.days))),
    ):
        if not is_written(right, figure):
            yield Violation("budget", "plan", f"the cost ({what}) is {right}, not {figure}")
    if unknown != stated.portions_without_price:
        yield Violation("budget", "plan", f"{unknown} portions have no price")
    if budget is not None and total > exact(budget) * len(plan.days):
        yield Violation("budget", "plan", f"{total} is over {budget} a day")
