"""What is otherwise in a plan than in the one it was made from, in words."""

from collections.abc import Iterator, Mapping

from mealmag.nutrition.nutrients import nutrient_of
from mealmag.planning.plan import Plan, PlanMeal


def differences(old: Plan, new: Plan) -> Iterator[str]:
    """What is otherwise: targets, and meal by meal another dish, or the same in other amounts."""
    yield from _other_targets(old, new)
    for before, after in zip(old.days, new.days, strict=True):
        for was, now in zip(before.meals, after.meals, strict=True):
            place = f"{before.date:%A} {was.meal}"
            if was.dish != now.dish:
                yield f"{place}: {now.name} instead of {was.name}"
            elif _served(was) != _served(now):
                yield f"{place}: {now.name}, with {_otherwise(was, now)}"
            elif was.occasion != now.occasion:
                said = (
                    "as any other meal" if now.occasion is None else f"as you said: {now.occasion}"
                )
                yield f"{place}: {now.name}, {said}"


def _other_targets(old: Plan, new: Plan) -> Iterator[str]:
    for key, now in new.targets.items():
        was = old.targets.get(key)
        nutrient = nutrient_of(key)
        for side, before, after in (
            ("at least", None if was is None else was.floor, now.floor),
            ("at most", None if was is None else was.ceiling, now.ceiling),
        ):
            if before != after:
                yield (
                    f"{nutrient.name}: {side} {_told(after)} instead of {_told(before)} "
                    f"{nutrient.unit} a day"
                )


def _told(amount: float | None) -> str:
    return "anything" if amount is None else f"{round(amount, 1):,.6g}"


def _served(meal: PlanMeal) -> Mapping[str, float]:
    return {portion.food: portion.grams for portion in meal.portions}


def _otherwise(was: PlanMeal, now: PlanMeal) -> str:
    before, after = _served(was), _served(now)
    parts = [
        f"{portion.name} {portion.measure}"
        for portion in now.portions
        if before.get(portion.food) != portion.grams
    ]
    parts += [f"no {portion.name}" for portion in was.portions if portion.food not in after]
    return ", ".join(parts)
