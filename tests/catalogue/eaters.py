"""The people whom the catalogue must feed: every diet, every allergen, and what often comes together."""

from mealmag.nutrition.food import ALLERGENS, Diet, Food

SEEDS = frozenset({"seeds"})
Eater = tuple[Diet, frozenset[str], frozenset[str]]
"""Diet class, allergens avoided, food groups avoided."""

_NONE: frozenset[str] = frozenset()

EATERS: dict[str, Eater] = (
    {str(diet): (diet, _NONE, _NONE) for diet in Diet}
    | {f"no {allergen}": (Diet.OMNIVORE, frozenset({allergen}), _NONE) for allergen in ALLERGENS}
    | {
        "vegan, no gluten": (Diet.VEGAN, frozenset({"gluten"}), _NONE),
        "vegan, no nuts": (Diet.VEGAN, frozenset({"nuts", "peanuts"}), _NONE),
        "vegetarian, no milk": (Diet.VEGETARIAN, frozenset({"milk"}), _NONE),
        "no nuts, no seeds": (Diet.OMNIVORE, frozenset({"nuts", "peanuts", "sesame"}), SEEDS),
        "vegan, no soya": (Diet.VEGAN, frozenset({"soybeans"}), _NONE),
    }
)


def may_have(food: Food, eater: Eater) -> bool:
    """Whether the eater may have the food."""
    diet, allergens, groups = eater
    return (
        diet.may_eat(food.diet)
        and food.allergens.isdisjoint(allergens)
        and food.group not in groups
    )
