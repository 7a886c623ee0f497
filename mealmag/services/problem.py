"""From a profile to the problem that the optimiser gets."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal

from pydantic import ValidationError

from mealmag.catalogue.appetite import appetite
from mealmag.catalogue.dish import Meal
from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import InputError, UsageError, did_you_mean
from mealmag.nutrition.caffeine import ceiling_mg
from mealmag.nutrition.exclusions import excluded
from mealmag.nutrition.intake import MAGNESIUM
from mealmag.nutrition.limits import missing_for_kidneys
from mealmag.nutrition.nutrients import BY_KEY
from mealmag.planning.begun_day import BEGUN, plates_kcal
from mealmag.planning.candidates import choices, facts
from mealmag.planning.cook_once import doubles
from mealmag.planning.dislikes import refuse_unknown
from mealmag.planning.fixed_dishes import fixed_meals, named_dishes, refuse_unknown_dish
from mealmag.planning.occasion import named_dish
from mealmag.planning.problem import (
    Effort,
    NutrientTarget,
    Otherwise,
    PlanningProblem,
    Rules,
    usual_shares,
)
from mealmag.planning.special_meals import special_meals
from mealmag.services.catalogue import Catalogue
from mealmag.services.pantry import usable
from mealmag.services.ratings import bearing, refuse_unknown_ratings
from mealmag.services.target import TargetReport
from mealmag.storage.profile import PlanChoice, Profile


def planning_problem(
    profile: Profile,
    need: TargetReport,
    catalogue: Catalogue,
    *,
    start: date,
    days: int,
    seed: int = 1,
    effort: Effort = Effort.NORMAL,
    fast: bool = False,
    relaxed: Collection[str] = (),
    otherwise: tuple[Otherwise, ...] = (),
    margin_mg: Decimal = Decimal(0),
    before: PlanningProblem | None = None,
    floor_kcal: Decimal | None = None,
    also_foods: Collection[str] = (),
) -> PlanningProblem:
    """What is to be planned, with this margin, whatever the profile asks for.

    The filters named in `relaxed` (`candidates.FILTERS`) are not applied. What is as in the problem `before`
    it, of the same catalogue and with the same filters, is not worked out again. `floor_kcal` is the energy
    floor of a day that has begun (`begun_day`), in place of the whole one. `also_foods` are foods that a
    later problem may need: where each names the same, they all share what is known of foods.

    Raises InputError (an unknown dislike, rating or dish, a budget without prices), UsageError (days that are
    none) and ImpossibleError (a meal has no dish left, or not the one that was named).
    """
    refuse_unknown_dislikes(profile.diet.dislikes, catalogue)
    refuse_unknown_ratings(profile.ratings, catalogue)
    _refuse_unknown_limits(profile.limits, catalogue)
    refuse_unknown_dishes(profile.plan, catalogue)
    rules = hard_rules(profile, otherwise)
    if rules.budget is not None and not catalogue.prices:
        raise InputError(
            "There is a budget, but there are no prices.",
            hint="Keep them in prices.csv (food,price,per,currency); `mealmag paths` says where.",
        )
    meals = tuple(profile.plan.meals)
    targets = tuple(
        NutrientTarget.model_validate(asdict(target)) for target in need.targets.values()
    )
    energy = next(target for target in targets if target.nutrient == "energy_kcal")
    if floor_kcal is not None:
        begun = energy.model_copy(update={"floor": floor_kcal, "floor_kind": BEGUN})
        targets = tuple(begun if target is energy else target for target in targets)
        energy = begun
    planned = tuple(start + timedelta(days=d) for d in range(days))
    occasions = profile.plan.occasions_on(planned)
    named = named_dishes(occasions.values())
    known = named & catalogue.dishes.keys()
    unsuited = {key for key in known if catalogue.dishes[key].meals.isdisjoint(meals)}
    if before is not None and _serves_alike(before, rules, meals, targets, unsuited):
        dishes = tuple(dish for dish in before.dishes if not dish.of)
    else:
        before = None
        dishes = choices(
            catalogue.dishes.values(),
            catalogue.foods,
            rules,
            meals,
            relaxed=relaxed,
            steps=appetite(plates_kcal(energy.floor, energy.ceiling, energy.floor_kind)),
            named=named,
        )
    fixed = fixed_meals(
        occasions,
        planned,
        meals,
        dishes,
        catalogue.dishes,
        catalogue.foods,
        rules,
        relaxed=relaxed,
    )
    keeps = max((dish.keeps for dish in dishes if Meal.DINNER in dish.meals), default=0)
    occasions |= doubles(profile.plan.cook_once, planned, occasions, keeps)
    special = special_meals(occasions, planned, meals, dishes, catalogue.foods, targets)
    try:
        return PlanningProblem(
            days=planned,
            meals=meals,
            dishes=(*dishes, *special.dishes),
            foods=facts(
                dishes,
                catalogue.foods,
                {target.nutrient for target in targets},
                {key: price.per_100_g for key, price in catalogue.prices.items()},
                also=special.foods.union(also_foods),
                known=() if before is None else before.foods,
            ),
            targets=targets,
            rules=rules,
            weights=profile.plan.weights,
            ratings=bearing(profile.ratings, dishes),
            margin_mg=margin_mg,
            seed=seed,
            effort=effort,
            fast=fast,
            settled=tuple(special.settled),
            guests=tuple(special.guests),
            fixed=tuple(fixed),
            leftovers=tuple(special.leftovers),
            pantry=usable(catalogue.pantry.values(), dishes, start),
        )
    except ValidationError as error:
        first = error.errors()[0]
        field_name = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{field_name}: {first['msg']}".lstrip(": ")) from error


def unserved_groups(problem: PlanningProblem) -> tuple[str, ...]:
    """The groups that are asked for at least once a week and that no food of the problem belongs to."""
    served = {group for food in problem.foods for group in food.groups}
    return tuple(
        group for group, asked in problem.rules.groups.items() if asked.min and group not in served
    )


def _serves_alike(
    before: PlanningProblem,
    rules: Rules,
    meals: tuple[Meal, ...],
    targets: Sequence[NutrientTarget],
    unsuited: Collection[str],
) -> bool:
    """Whether the same dishes come out of the cookbook; `unsuited` are there only because they were named."""
    had = {dish.id for dish in before.dishes if not dish.meals and not dish.of}
    asked = before.rules, before.meals, before.targets, had
    return asked == (rules, meals, targets, unsuited)


def hard_rules(profile: Profile, otherwise: tuple[Otherwise, ...] = ()) -> Rules:
    """What the profile asks of every menu."""
    return Rules(
        diet=profile.diet.kind,
        avoid_allergens=tuple(profile.diet.avoid_allergens),
        dislikes=tuple(profile.diet.dislikes),
        left_out=excluded(profile.person),
        limits=tuple(key for key, limit in profile.limits.items() if limit.ceiling is not None),
        caffeine_mg=caffeine_ceiling(profile),
        groups=dict(profile.plan.groups),
        shares=usual_shares(profile.plan.meals, profile.plan.shares),
        max_repeats=profile.plan.max_repeats,
        max_main_food=profile.plan.max_main_food,
        weekday_minutes=profile.plan.weekday_minutes,
        weekend_minutes=profile.plan.weekend_minutes,
        budget=profile.plan.budget,
        otherwise=otherwise,
    )


def caffeine_ceiling(profile: Profile) -> Decimal:
    """The most caffeine of a day, in mg: the person's own, or what EFSA has no concern about."""
    own = profile.plan.caffeine_mg
    return ceiling_mg(profile.person) if own is None else Decimal(str(own))


def refuse_unknown_dislikes(dislikes: Sequence[str], catalogue: Catalogue) -> None:
    """InputError, with suggestions, for a word that stands for nothing of the catalogue (`dislikes`)."""
    refuse_unknown(dislikes, catalogue.foods, catalogue.dishes, where="dislikes")


def refuse_unknown_dishes(asked: PlanChoice, catalogue: Catalogue) -> None:
    """InputError, with suggestions, for a meal of a dish that is not in the cookbook."""
    for day, meals in asked.occasions.items():
        for meal, occasion in meals.items():
            dish = named_dish(occasion)
            if dish is not None:
                where = f"{day.capitalize()} {meal}"
                refuse_unknown_dish(where, dish, catalogue.dishes)


def _refuse_unknown_limits(limits: Collection[str], catalogue: Catalogue) -> None:
    """InputError for a limit of a nutrient that neither mealmag nor a food table tells of."""
    known = (*BY_KEY, *catalogue.brought)
    for key in limits:
        if key not in known:
            raise InputError(
                f"limits: no food has a figure for {key}.{did_you_mean(key, catalogue.brought)}",
                hint="A food table may bring it, in a column of that name: --foods FILE.",
            )


def refuse_kidneys_without_limits(profile: Profile, tables: ReferenceTables) -> None:
    """UsageError for a kidney disease, unless the ceilings that a kidney team sets are given."""
    missing = missing_for_kidneys(profile.person, profile.limits, tables.interactions)
    if missing:
        raise UsageError(
            "With a kidney disease mealmag makes no plan by published values: the most of magnesium, "
            "potassium and phosphorus a day must be set by the kidney team.",
            hint=f"Ask them, and give what they say for {', '.join(missing)} as [limits] in the "
            f"profile, each with a ceiling, or with {_limits_to_give(missing)} (your own numbers).",
        )


def _limits_to_give(keys: Sequence[str]) -> str:
    """What to type for these keys; a plan needs a floor of magnesium to aim at."""
    return " ".join(f"--limit {key}={'MIN' if key == MAGNESIUM else ''}..MAX" for key in keys)
