"""The groups that a food belongs to: the one of the food table, and kinds of meat within it.

Red meat is that of beef, veal, pork, lamb, mutton, goat, venison (NHS, "Meat in your diet") and horse
(IARC Monograph 114), processed or not. Processed meat is salted, cured, smoked, fermented or otherwise
preserved, such as ham, bacon, sausage and sliced meat (IARC Monograph 114), of whatever animal. So ham
is both, a steak is red, sliced turkey is processed, chicken and rabbit are neither. Meat within a ready
meal counts as a ready meal only: the table has no share of it.
"""

import re
from difflib import get_close_matches
from itertools import chain

from mealmag.nutrition.food import GROUPS, Food

RED_MEAT, PROCESSED_MEAT = "red-meat", "processed-meat"
SUBGROUPS = (RED_MEAT, PROCESSED_MEAT)
ALL_GROUPS = (*GROUPS, *SUBGROUPS)
_ALIKE = 0.6


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


_RED = _each(
    "beef veal pork lamb mutton goat venison horse rund rundvlees kalf varken "
    "varkensvlees lam lamsvlees geit hert paard biefstuk"
)
# Meat of which the name says no animal: most of it is of pork or beef.
_MOSTLY_RED = _each(
    "ham bacon spek frankfurter bratwurst meatballs pate liverwurst pudding chorizo salami mortadella"
)
_BIRDS = _each("chicken turkey duck goose kip kalkoen eend gans")
_PROCESSED = _each(
    "bacon ham sausage salami chorizo pepperoni mortadella frankfurter bratwurst bologna pastrami "
    "corned luncheon liverwurst pate pudding cured smoked dried sliced deli prosciutto jerky worst "
    "gerookt gerookte spek paté pâté"
)


def groups_of(food: Food) -> frozenset[str]:
    """Every group of `ALL_GROUPS` that a food belongs to."""
    found = {food.group}
    if food.group == "meat":
        words = _words(food)
        if words & _RED or (words & _MOSTLY_RED and not words & _BIRDS):
            found.add(RED_MEAT)
        if words & _PROCESSED:
            found.add(PROCESSED_MEAT)
    return frozenset(found)


def group_meant(group: str) -> str | None:
    """The group of ours that somebody may have meant by `group`, which is none of ours: one just like it, or
    one among its words."""
    if group in GROUPS:
        return None
    near = get_close_matches(group, GROUPS, n=1, cutoff=_ALIKE)
    among = (word for word in group.split("-") if word in GROUPS)
    return next(chain(near, among), None)


def _words(food: Food) -> frozenset[str]:
    known = " ".join(
        (food.id.partition("+")[0], food.name_en, food.name_nl, food.source_description)
    )
    return frozenset(re.findall(r"[^\W_]+", known.lower()))
