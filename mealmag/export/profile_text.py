"""A profile as a page to read: who it is for, and what differs from what is taken by itself."""

from collections.abc import Iterator

from mealmag.export.text import wrapped
from mealmag.nutrition.nutrients import nutrient_of
from mealmag.nutrition.person import LifeStage, Person
from mealmag.planning.occasion import Occasion
from mealmag.storage.profile import DietChoice, PlanChoice, Profile

_LEAD = 10


def profile_text(profile: Profile) -> str:
    """The page; rules that stand as they are for everybody are left out."""
    parts = {
        "who": _who(profile.person),
        "health": _health(profile.person),
        "targets": [
            f"reference set {profile.reference.set}",
            f"magnesium in food: {profile.reference.figures.words}",
        ],
        "diet": _diet(profile.diet),
        "plans": _plan(profile.plan),
        "limits": (
            f"{nutrient_of(key).name} {_bounds(limit.floor, limit.ceiling)} {nutrient_of(key).unit} a day"
            for key, limit in profile.limits.items()
        ),
        "ratings": [f"{len(profile.ratings)}; see `mealmag rate`"] if profile.ratings else [],
    }
    lines = []
    for name, told in parts.items():
        if words := "; ".join(told):
            lines += wrapped(words, f"  {name:<{_LEAD}}")
    return "\n".join(lines) + "\n"


def _who(person: Person) -> Iterator[str]:
    stage = "" if person.life_stage is LifeStage.NONE else f", {person.life_stage}"
    trimester = "" if person.trimester is None else f" (trimester {person.trimester})"
    weight = "" if person.weight_kg is None else f", {person.weight_kg:g} kg"
    height = "" if person.height_cm is None else f", {person.height_cm:g} cm"
    active = person.activity.replace("_", " ")
    yield f"{person.sex}, {person.age} years{stage}{trimester}{weight}{height}, {active}"
    if person.energy_kcal is not None:
        yield f"{person.energy_kcal:,} kcal a day"


def _health(person: Person) -> Iterator[str]:
    for name, words in (("conditions", person.conditions), ("medicines", person.medicines)):
        if words:
            yield f"{name}: {', '.join(words)}"


def _diet(diet: DietChoice) -> Iterator[str]:
    yield diet.kind
    if diet.avoid_allergens:
        yield f"without {', '.join(diet.avoid_allergens)}"
    if diet.dislikes:
        yield f"dislikes {', '.join(diet.dislikes)}"


def _plan(plan: PlanChoice) -> Iterator[str]:
    """What was asked of plans, key by key as in the file."""
    for key, field in PlanChoice.model_fields.items():
        value = getattr(plan, key)
        if value == field.default:
            continue
        name = key.replace("_", " ")
        if key == "groups":
            told = [
                f"{group} {_bounds(times.min, times.max)} a week"
                for group, times in plan.groups.items()
            ]
        elif key == "weights":
            told = [f"{part} {points}" for part, points in plan.weights.changed().items()]
        elif key == "occasions":
            told = [
                f"{day} {meal} {_words(occasion)}"
                for day, meals in plan.occasions.items()
                for meal, occasion in meals.items()
            ]
        elif key == "shares":
            told = [f"{meal} {_bounds(each.min, each.max)} %" for meal, each in plan.shares.items()]
        elif key == "meals":
            told = list(plan.meals)
        else:
            told = ["none" if value is None else f"{value:g}"]
        yield f"{name}: {', '.join(told)}"


def _words(occasion: Occasion | None) -> str:
    return "as planned" if occasion is None else str(occasion)


def _bounds(least: float | None, most: float | None) -> str:
    if least is None:
        return f"at most {most:g}"
    return f"at least {least:g}" if most is None else f"{least:g} to {most:g}"
