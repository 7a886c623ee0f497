"""Forged plans: every portion, figure, date, goal and dose of a plan is looked at by the checker.

Where a forger would recount the totals to hide what was changed, so do we (`recounted`): the rule itself
must find it.
"""

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mealmag.catalogue.dish import Meal
from mealmag.export.text import plan_text
from mealmag.nutrition.food import Food
from mealmag.nutrition.nutrients import BY_KEY, NUTRIENTS
from mealmag.nutrition.totals import rounded, total
from mealmag.planning.check import check
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort
from mealmag.services.catalogue import Catalogue, Sources, load_catalogue
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.storage.profile import Profile

Document = dict[str, Any]
Forge = Callable[[Document], None]

POOR = Sources(dishes=Path(__file__).with_name("poor_cookbook.toml"))
DIGIT = Decimal("0.01")
FORGED = ("almonds", "tempeh", "chicken-breast-roasted")


@pytest.fixture(scope="module")
def catalogue(plan: Plan) -> Catalogue:
    """What the plan's dishes need of the shipped catalogue, and what is forged into them."""
    whole = load_catalogue()
    dishes = {meal.dish: whole.dishes[meal.dish] for day in plan.days for meal in day.meals}
    used = {
        serving.food
        for dish in dishes.values()
        for component in dish.components
        for serving in component.servings
    }
    bought = {whole.foods[food].bought_id for food in used}
    foods = {key: whole.foods[key] for key in sorted(used | bought | set(FORGED))}
    return replace(whole, foods=foods, dishes=dishes)


@pytest.fixture
def page(plan: Plan) -> Document:
    return plan.model_dump(mode="json", by_alias=True)


@pytest.fixture(scope="module")
def short() -> tuple[Plan, Catalogue]:
    """Two days that leave a gap, with a dose for each."""
    profile = Profile.model_validate(
        {
            "person": {"sex": "male", "age": 45, "energy_kcal": 900},
            "plan": {"meals": ["breakfast", "dinner"], "max_repeats": 2},
        }
    )
    request = PlanRequest(profile, date(2026, 11, 23), 2, effort=Effort.QUICK, sources=POOR)
    return plan_week(request), load_catalogue(POOR)


UPPER_LEVEL = Decimal(350)  # of the man of 45 and the woman of 34, American reference set


def broken(document: Document, catalogue: Catalogue) -> set[str]:
    plan = Plan.model_validate(document)
    found = check(plan, catalogue.foods, catalogue.dishes, upper_level_mg=UPPER_LEVEL)
    return {violation.rule for violation in found}


def portions(document: Document) -> Iterator[tuple[Document, int, Document]]:
    """(meal, index, portion) of every portion."""
    for day in document["days"]:
        for meal in day["meals"]:
            for index, portion in enumerate(meal["portions"]):
                yield meal, index, portion


def recounted(document: Document, catalogue: Catalogue) -> Document:
    """The document with honest figures for whatever now stands on its menu."""
    for day in document["days"]:
        served = []
        for meal in day["meals"]:
            for portion in meal["portions"]:
                food, grams = catalogue.foods[portion["food"]], Decimal(str(portion["grams"]))
                portion["magnesium_mg"] = rounded(food.amount("magnesium_mg", grams) or Decimal(0))
                served.append((food, grams))
        totals = total(served)
        day["totals"] = {key: rounded(amount) for key, amount in totals.amounts.items()}
        day["incomplete"] = totals.unknown
        day["known_percent"] = {
            key: rounded(share, 1) for key, share in totals.known_percent.items()
        }
        food_mg = totals["magnesium_mg"]
        gap = max(Decimal(0), Decimal(str(day["magnesium"]["target_mg"])) - food_mg)
        day["magnesium"] |= {"food_mg": rounded(food_mg), "gap_mg": rounded(gap)}
    return document


def test_a_recount_of_an_honest_plan_changes_nothing(page: Document, catalogue: Catalogue) -> None:
    assert recounted(copy.deepcopy(page), catalogue) == page


# Portions, each of them.


def _one_gram_more(meal: Document, index: int) -> None:
    meal["portions"][index]["grams"] += 1


def _one_gram_less(meal: Document, index: int) -> None:
    grams = meal["portions"][index]["grams"]
    meal["portions"][index]["grams"] = grams - 1 if grams > 1 else grams / 2


def _almonds(meal: Document, index: int) -> None:
    meal["portions"][index]["food"] = "almonds"


def _disliked(meal: Document, index: int) -> None:
    meal["portions"][index]["food"] = "tempeh"


def _ham(meal: Document, index: int) -> None:
    meal["portions"][index]["food"] = "chicken-breast-roasted"


def _doubled(meal: Document, index: int) -> None:
    meal["portions"].insert(index, meal["portions"][index])


def _other_measure(meal: Document, index: int) -> None:
    meal["portions"][index]["measure"] += " heaped"


@pytest.mark.parametrize(
    ("forge", "rule"),
    [
        (_one_gram_more, "natural_amounts"),
        (_one_gram_less, "natural_amounts"),
        (_almonds, "allergens"),
        (_disliked, "dislikes"),
        (_ham, "diet"),
        (_doubled, "natural_amounts"),
        (_other_measure, "natural_amounts"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_whatever_is_done_to_a_portion_its_rule_finds_it(
    page: Document, catalogue: Catalogue, forge: Callable[[Document, int], None], rule: str
) -> None:
    unseen = []
    for meal, index, portion in list(portions(page)):
        food = portion["food"]
        before = copy.deepcopy(meal)
        forge(meal, index)
        one_day = {**page, "days": [day for day in page["days"] if meal in day["meals"]]}
        if rule not in broken(recounted(copy.deepcopy(one_day), catalogue), catalogue):
            unseen.append((meal["dish"], food))
        meal.clear()
        meal.update(before)
    assert unseen == []


def test_no_portion_can_be_left_out_or_moved(page: Document, catalogue: Catalogue) -> None:
    """An optional one that is left out leaves a dish of the cookbook, but not its totals."""
    unseen = []
    for day in page["days"]:
        for meal in day["meals"]:
            for index, portion in enumerate(list(meal["portions"])):
                one_day = {**page, "days": [day]}
                del meal["portions"][index]
                if "totals" not in broken(one_day, catalogue):
                    unseen.append((meal["dish"], portion["food"], "left out"))
                other = next(m for m in day["meals"] if m is not meal)
                other["portions"].append(portion)
                if "natural_amounts" not in broken(one_day, catalogue):
                    unseen.append((meal["dish"], portion["food"], "moved"))
                other["portions"].pop()
                meal["portions"].insert(index, portion)
    assert unseen == []


# Figures.


def figures(part: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The place of every number."""
    if isinstance(part, dict | list):
        for key, value in part.items() if isinstance(part, dict) else enumerate(part):
            yield from figures(value, (*place, key))
    elif isinstance(part, int | float) and not isinstance(part, bool):
        yield place


def exact_amounts(document: Document, catalogue: Catalogue) -> dict[str, Decimal]:
    return total(
        (catalogue.foods[portion["food"]], Decimal(str(portion["grams"])))
        for _, _, portion in portions(document)
    ).amounts


def test_every_number_of_a_day_is_looked_at(page: Document, catalogue: Catalogue) -> None:
    """The last digit, away from the truth; minutes and days by one."""
    one_day = {**page, "days": page["days"][:1]}
    amounts = exact_amounts(one_day, catalogue)
    unseen = []
    for place in figures(one_day["days"]):
        part: Any = one_day["days"]
        for key in place[:-1]:
            part = part[key]
        key, before = place[-1], part[place[-1]]
        if isinstance(before, int):
            part[key] = before + 1
        elif "totals" in place and Decimal(str(before)) < amounts[str(key)]:
            part[key] = float(Decimal(str(before)) - DIGIT)
        elif "totals" not in place and place[-1] == "magnesium_mg":
            part[key] = float(Decimal(str(before)) + 2 * DIGIT)
        else:
            part[key] = float(Decimal(str(before)) + DIGIT)
        if not broken(one_day, catalogue) & {"totals", "natural_amounts", "minutes"}:
            unseen.append(place)
        part[key] = before
    assert len(list(figures(one_day["days"]))) > 60
    assert unseen == []


# Meals, days and dates, with an honest recount of what they bring.


def _repeat(document: Document, source: int, target: int, meal: int) -> None:
    document["days"][target]["meals"][meal] = copy.deepcopy(document["days"][source]["meals"][meal])


@pytest.mark.parametrize("meal", range(4))
def test_no_dish_comes_once_too_often(page: Document, catalogue: Catalogue, meal: int) -> None:
    _repeat(page, 0, 2, meal)
    found = broken(recounted(page, catalogue), catalogue)
    assert "repeats" in found
    assert "totals" not in found
    page["rules"]["max_repeats"] = 2
    assert "repeats" not in broken(page, catalogue)


@pytest.mark.parametrize("meal", [1, 2])
@pytest.mark.parametrize("day", [0, 1])
def test_no_main_dish_comes_two_days_running(
    page: Document, catalogue: Catalogue, meal: int, day: int
) -> None:
    assert page["rules"]["meals"][meal] in (Meal.LUNCH, Meal.DINNER)
    page["rules"]["max_repeats"] = 7
    _repeat(page, day, day + 1, meal)
    found = broken(recounted(page, catalogue), catalogue)
    assert "neighbouring_days" in found
    assert not found & {"repeats", "totals"}


def _two_dates_swapped(page: Document) -> None:
    first, second = page["days"][:2]
    first["date"], second["date"] = second["date"], first["date"]


def _a_date_twice(page: Document) -> None:
    page["days"][1]["date"] = page["days"][0]["date"]


def _a_day_late(page: Document) -> None:
    page["days"][-1]["date"] = "2026-12-01"


def _day_left_out(page: Document) -> None:
    del page["days"][1]


def _meal_left_out(page: Document) -> None:
    del page["days"][1]["meals"][3]


def _meal_twice(page: Document) -> None:
    page["days"][1]["meals"].append(page["days"][1]["meals"][3])


def _meals_out_of_order(page: Document) -> None:
    page["days"][0]["meals"].reverse()


def _breakfast_for_dinner(page: Document) -> None:
    breakfast, dinner = page["days"][0]["meals"][0], page["days"][0]["meals"][2]
    breakfast["meal"], dinner["meal"] = dinner["meal"], breakfast["meal"]


def _days_backwards(page: Document) -> None:
    page["days"].reverse()


@pytest.mark.parametrize(
    "forge",
    [
        _two_dates_swapped,
        _a_date_twice,
        _a_day_late,
        _day_left_out,
        _meal_left_out,
        _meal_twice,
        _meals_out_of_order,
        _breakfast_for_dinner,
        _days_backwards,
    ],
    ids=lambda forge: forge.__name__,
)
def test_days_and_meals_are_those_that_were_asked_for(
    page: Document, catalogue: Catalogue, forge: Forge
) -> None:
    forge(page)
    assert "completeness" in broken(recounted(page, catalogue), catalogue)


def test_the_last_day_left_out_shows_in_the_goals(page: Document, catalogue: Catalogue) -> None:
    page["days"].pop()
    assert "goals" in broken(page, catalogue)


# Goals and doses.


@pytest.mark.parametrize("goal", range(3))
@pytest.mark.parametrize(
    "change",
    [
        lambda goal: goal.update(value=goal["value"] + 0.02, bound=goal["bound"] + 0.02),
        lambda goal: goal.update(bound=goal["value"] + 0.01),
        lambda goal: goal.update(status={"optimal": "feasible"}.get(goal["status"], "optimal")),
        lambda goal: goal.update(name="happiness"),
    ],
    ids=["value", "bound", "status", "name"],
)
def test_no_goal_can_be_embellished(
    page: Document, catalogue: Catalogue, goal: int, change: Callable[[Document], None]
) -> None:
    change(page["goals"][goal])
    assert broken(page, catalogue) == {"goals"}


def _no_advice(page: Document) -> None:
    page["supplement"] = None


def _no_dose_in_the_advice(page: Document) -> None:
    page["supplement"]["elemental_mg"] = None


def _no_proof(page: Document) -> None:
    page["supplement"]["certificate"] = None


def _no_upper_level(page: Document) -> None:
    page["supplement"]["upper_level_mg"] = None


def _above_the_upper_level(page: Document) -> None:
    page["supplement"]["upper_level_mg"] = page["supplement"]["elemental_mg"] - 5


def _more_on_one_day(page: Document) -> None:
    page["days"][0]["magnesium"]["supplement"] += 5


def _more_on_every_day(page: Document) -> None:
    """Within the upper level and each gap, but in sum more than is proven to be lacking."""
    page["supplement"] |= {"elemental_mg": 350, "upper_level_mg": 350.0}
    for day in page["days"]:
        day["magnesium"]["supplement"] = min(350.0, day["magnesium"]["gap_mg"])


def _more_than_a_gap(page: Document) -> None:
    day = page["days"][1]["magnesium"]
    page["supplement"] |= {"elemental_mg": 400, "upper_level_mg": 500.0}
    day["supplement"] = day["gap_mg"] + 0.01


def _less_is_proven(page: Document) -> None:
    goal = page["goals"][0]
    goal["bound"] = 600.0
    goal["gap"] = round((goal["value"] - 600.0) / max(goal["value"], 1.0), 4)


@pytest.mark.parametrize(
    "forge",
    [
        _no_advice,
        _no_dose_in_the_advice,
        _no_proof,
        _no_upper_level,
        _above_the_upper_level,
        _more_on_one_day,
        _more_on_every_day,
        _more_than_a_gap,
        _less_is_proven,
    ],
    ids=lambda forge: forge.__name__,
)
def test_no_dose_can_be_forged(short: tuple[Plan, Catalogue], forge: Forge) -> None:
    plan, catalogue = short
    page = plan.model_dump(mode="json", by_alias=True)
    assert page["supplement"]["elemental_mg"]
    assert broken(page, catalogue) == set()
    forge(page)
    assert broken(page, catalogue) == {"supplement"}


def _bigger_dose_in_words(page: Document) -> None:
    page["supplement"]["elemental_mg"] += 10


def _higher_upper_level(page: Document) -> None:
    page["supplement"]["upper_level_mg"] = 5000.0


def _less_than_the_menu_itself_brings(page: Document) -> None:
    page["supplement"]["certificate"]["best_possible_food_mg"] = 10.0


def _other_days(page: Document) -> None:
    page["supplement"]["on_days"] = ["2026-12-24"]


def _intakes_beyond_the_dose(page: Document) -> None:
    page["supplement"]["doses"][0]["mg"] = 2000


def _smaller_gap(page: Document) -> None:
    page["supplement"]["gap_mg"] = 1.0


def _goal_gap(page: Document) -> None:
    page["goals"][0]["gap"] = 0.0


def _goal_unit(page: Document) -> None:
    page["goals"][0]["unit"] = "g"


def _negative_bound(page: Document) -> None:
    page["goals"][1]["bound"] = -5.0


@pytest.mark.parametrize(
    "forge",
    [
        _bigger_dose_in_words,
        _higher_upper_level,
        _less_than_the_menu_itself_brings,
        _other_days,
        _intakes_beyond_the_dose,
        _smaller_gap,
        _goal_gap,
        _goal_unit,
        _negative_bound,
    ],
    ids=lambda forge: forge.__name__,
)
def test_nor_the_words_around_dose_and_goal(short: tuple[Plan, Catalogue], forge: Forge) -> None:
    plan, catalogue = short
    page = plan.model_dump(mode="json", by_alias=True)
    forge(page)
    assert broken(page, catalogue)


def test_no_total_can_be_rounded_the_wrong_way(page: Document, catalogue: Catalogue) -> None:
    """Of 8.925 only one of 8.92 and 8.93 is what the rounding rule writes."""
    amounts = exact_amounts({**page, "days": page["days"][:1]}, catalogue)
    portion = page["days"][0]["meals"][0]["portions"][0]
    food = catalogue.foods[portion["food"]]
    key = "iron_mg"
    off = Decimal("0.005") - amounts[key] % DIGIT  # lifts the day's exact total to a tie
    grams = Decimal(str(portion["grams"]))
    lifted = replace(food, nutrients={**food.nutrients, key: _per_100_g(food, key, grams, off)})
    shelf = replace(catalogue, foods={**catalogue.foods, food.id: lifted})
    one_day = {**page, "days": page["days"][:1]}
    recounted(one_day, shelf)
    assert "totals" not in broken(one_day, shelf)
    totals = one_day["days"][0]["totals"]
    exact = exact_amounts(one_day, shelf)[key]
    assert exact % DIGIT == Decimal("0.005")
    totals[key] = float(2 * exact - Decimal(str(totals[key])))
    assert "totals" in broken(one_day, shelf)


def _per_100_g(food: Food, key: str, grams: Decimal, more: Decimal) -> Decimal:
    """What 100 g hold where `grams` of the food are to bring `more`."""
    return (food.nutrients[key] or Decimal(0)) + more * 100 / grams


# Sums: portion, meal, day, week.


def test_portions_make_meals_make_days_make_the_week(plan: Plan, catalogue: Catalogue) -> None:
    """For every nutrient, to the last digit that is printed; and the page's mean is that of the days."""
    week = dict.fromkeys((n.key for n in NUTRIENTS), Decimal(0))
    for day in plan.days:
        meals = [
            total((catalogue.foods[p.food], Decimal(str(p.grams))) for p in meal.portions)
            for meal in day.meals
        ]
        assert day.totals.keys() == week.keys()
        for key in week:
            whole = sum((meal[key] for meal in meals), Decimal(0))
            assert day.totals[key] == rounded(whole), (day.date, key)
            unknown = sum(meal.unknown.get(key, 0) for meal in meals)
            assert day.incomplete.get(key, 0) == unknown, (day.date, key)
            week[key] += whole
        printed = [p.magnesium_mg for meal in day.meals for p in meal.portions]
        assert abs(sum(printed) - day.magnesium.food_mg) <= 0.005 * (len(printed) + 1)
        assert day.magnesium.food_mg == day.totals["magnesium_mg"]
        assert day.magnesium.gap_mg == max(0.0, day.magnesium.target_mg - day.magnesium.food_mg)
    table = plan_text(plan).split("Mean of a day")[1].splitlines()
    for key in plan.targets:
        nutrient = BY_KEY[key]
        line = next(line for line in table if line.startswith(f"{nutrient.name} "))
        shown = line[24:].split()[0].replace(",", "")
        mean = week[key] / len(plan.days)
        half = Decimal(1).scaleb(-nutrient.decimals) / 2 + Decimal("0.005")
        assert abs(Decimal(shown) - mean) <= half, line


def test_magnesium_is_the_same_on_every_ledger(short: tuple[Plan, Catalogue]) -> None:
    plan, _ = short
    assert plan.supplement is not None
    gaps = [day.magnesium.gap_mg for day in plan.days]
    assert rounded(sum((Decimal(str(gap)) for gap in gaps), Decimal(0))) == plan.goals[0].value
    assert plan.supplement["gap_mg"] == min(gaps)
    assert sum(dose["mg"] for dose in plan.supplement["doses"]) == plan.supplement["elemental_mg"]
    assert [str(day.date) for day in plan.days if day.magnesium.supplement] == list(
        plan.supplement["on_days"]
    )
