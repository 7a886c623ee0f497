"""What of the food that was logged goes against the person's profile: to be told, and never to be refused."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from mealmag.nutrition.diary import Entry
from mealmag.nutrition.exclusions import Exclusion, excluded, kinds_of, stages
from mealmag.nutrition.food import Food
from mealmag.nutrition.person import LifeStage
from mealmag.storage.profile import Profile

# As bought they are raw, and nobody says how they were eaten: who logs "2 eggs" had them cooked.
_BY_COOKING = frozenset({Exclusion.RAW_EGG, Exclusion.RAW_FISH, Exclusion.RAW_MEAT})
_WHEN: Mapping[LifeStage, str] = MappingProxyType({
    LifeStage.PREGNANT: "in pregnancy", LifeStage.BREASTFEEDING: "while breastfeeding",
})  # fmt: skip


def to_mind(entries: Iterable[Entry], profile: Profile, foods: Mapping[str, Food]) -> list[str]:
    """A sentence for each food that the profile avoids, is not of its diet, or is advised against."""
    eaten = dict.fromkeys(entry.snapshot.food for entry in entries)
    return [sentence for food in eaten if food in foods for sentence in _of(foods[food], profile)]


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
        when = " and ".join(_WHEN[each] for each in sorted(stages(profile.person))) or "at this age"
        yield f"{food.name_en}: {words}, advised against {when}."
