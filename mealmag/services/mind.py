"""What of the food that was logged goes against the person's profile: to be told, and never to be refused."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from mealmag.nutrition.caffeine import caffeine_per_100_g
from mealmag.nutrition.diary import Entry
from mealmag.nutrition.exclusions import Exclusion, excluded, kinds_of, stages
from mealmag.nutrition.food import Food
from mealmag.nutrition.person import LifeStage
from mealmag.services.problem import caffeine_ceiling
from mealmag.storage.profile import Profile

_CAFFEINE = "caffeine_mg"

# As bought they are raw, and nobody says how they were eaten: who logs "2 eggs" had them cooked.
_BY_COOKING = frozenset({Exclusion.RAW_EGG, Exclusion.RAW_FISH, Exclusion.RAW_MEAT})
_WHEN: Mapping[LifeStage, str] = MappingProxyType({
    LifeStage.PREGNANT: "in pregnancy", LifeStage.BREASTFEEDING: "while breastfeeding",
})  # fmt: skip


def to_mind(
    entries: Sequence[Entry],
    profile: Profile,
    foods: Mapping[str, Food],
    *,
    also: Iterable[Entry] = (),
    today: date | None = None,
) -> list[str]:
    """A sentence for each food that the profile avoids, is not of its diet, or is advised against, and for
    each day whose caffeine is more than it should be.

    `also` are the other entries of these days, which may hold these ones once more; `today` is a day to be
    called so.
    """
    eaten = dict.fromkeys(entry.snapshot.food for entry in entries)
    told = [sentence for food in eaten if food in foods for sentence in _of(foods[food], profile)]
    known = {entry.id: entry for entry in (*also, *entries)}.values()
    for day in sorted({entry.day for entry in entries if entry.amount(_CAFFEINE)}):
        when = "today" if day == today else f"on {day:%A %d %B}"
        told += _caffeine([entry for entry in known if entry.day == day], profile, foods, when)
    return told


def _caffeine(
    entries: Iterable[Entry], profile: Profile, foods: Mapping[str, Food], when: str
) -> Iterator[str]:
    """A sentence where a day has more caffeine than the person's ceiling, by the figures that are known."""
    most, total, unknown = caffeine_ceiling(profile), Decimal(0), False
    counted = caffeine_per_100_g(foods)
    for entry in entries:
        amount = entry.amount(_CAFFEINE)
        total += amount or 0
        unknown |= amount is None and counted.get(entry.snapshot.food, 0) > 0
    if total > most:
        yield (
            f"{'at least ' if unknown else ''}{total:.0f} mg of caffeine {when}; "
            f"{most.normalize():f} mg is {_whose(profile)}."
        )


def _whose(profile: Profile) -> str:
    """Whose ceiling of caffeine it is, and who says so."""
    if profile.plan.caffeine_mg is not None:
        return "the most that your profile has"
    return f"the most {_when(profile) if excluded(profile.person) else 'for adults'} (EFSA 2015)"


def _when(profile: Profile) -> str:
    """The life stage that something is advised against in, or the age."""
    return " and ".join(_WHEN[each] for each in sorted(stages(profile.person))) or "at this age"


def _of(food: Food, profile: Profile) -> Iterator[str]:
    avoided = sorted(food.allergens.intersection(profile.diet.avoid_allergens))
    if avoided:
        yield f"{food.name_en}: has {', '.join(avoided)}, which your profile avoids."
    if not profile.diet.kind.may_eat(food.diet):
        yield f"{food.name_en}: not {profile.diet.kind}, as your profile says."
    kinds = kinds_of(food).intersection(excluded(profile.person))
    if food.state.uncooked:
        kinds -= _BY_COOKING
    if kinds:
        words = ", ".join(sorted(kind.replace("-", " ") for kind in kinds))
        yield f"{food.name_en}: {words}, advised against {_when(profile)}."
