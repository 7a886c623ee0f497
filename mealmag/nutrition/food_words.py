"""The words by which a food can be left out: its ids, its groups, and the main food that it is."""

from mealmag.nutrition.food import Food
from mealmag.nutrition.food_groups import groups_of


def words_of(food: Food) -> frozenset[str]:
    """All that a dislike may call it: "ham-cooked", "meat", "red-meat", "processed-meat", "ham"."""
    named = {food.id, food.bought_id, *groups_of(food)}
    return frozenset(named | {food.main_food} if food.main_food else named)
