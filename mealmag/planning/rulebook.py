"""The names of all rules and goals, with a sentence for people and a unit. Nothing else.

Builders of models and the checker both name rules from here, so that a conflict, a broken rule and a
help page speak of the same thing.
"""

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Rule:
    """A hard rule: its name, what it asks for, and the unit in which it counts."""

    name: str
    sentence: str
    unit: str


RULES = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            Rule("diet", "Every food fits the diet.", "foods"),
            Rule("allergens", "No food holds an allergen that is to be avoided.", "foods"),
            Rule("dislikes", "No disliked food, dish or group is on the menu.", "foods"),
            Rule(
                "conditions",
                "Nothing that a life stage or an age rules out is on the menu.",
                "foods",
            ),
            Rule("natural_amounts", "Every portion is an amount that people serve.", "portions"),
            Rule("energy_band", "Each day's energy lies within its band.", "kcal"),
            Rule(
                "meal_share", "Each meal has a sensible share of the day's energy.", "% of energy"
            ),
            Rule("limits", "No day goes over a ceiling that the person was given.", "% of ceiling"),
            Rule("caffeine", "Each day's caffeine stays under what is safe.", "mg"),
            Rule("repeats", "No dish comes more often than allowed.", "times"),
            Rule(
                "neighbouring_days", "No lunch or dinner dish comes on two days in a row.", "times"
            ),
            Rule(
                "main_food",
                "No main food comes more often than allowed, twice a day, or at two dinners in a row.",
                "meals",
            ),
            Rule(
                "minutes",
                "Each day's work, and the wait for each dish, fit the time there is.",
                "minutes",
            ),
            Rule("groups", "Food groups come as often in a week as was asked.", "meals"),
            Rule(
                "occasions", "Meals are skipped, out or eaten already where that was said.", "meals"
            ),
            Rule("fixed_dishes", "A meal of which the dish was named is that dish.", "meals"),
            Rule("guests", "Where guests eat too, the dish suits them.", "foods"),
            Rule(
                "leftovers",
                "What was cooked double is lunch on the day it is for, while it keeps.",
                "meals",
            ),
            Rule(
                "otherwise",
                "Enough meals are of other dishes than in the plans to differ from.",
                "meals",
            ),
            Rule("budget", "A day costs no more than the budget, on the mean.", "currency"),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Goal:
    """What is improved, one goal after the other: lower is better, zero is the design target."""

    name: str
    sentence: str
    unit: str


MAGNESIUM = Goal("magnesium_shortfall", "Magnesium below the target, summed over the days.", "mg")
MARGIN = Goal(
    "magnesium_margin",
    "Magnesium below the target plus the margin that is asked for, summed over the days.",
    "mg",
)
WORST = Goal(
    "worst_nutrient",
    "What the worst-off of the other nutrients falls short or exceeds, so that none is sacrificed.",
    "% of reference",
)
BALANCE = Goal(
    "other_nutrients",
    "Shortfall below floors and excess over ceilings of the other nutrients, summed.",
    "% of reference",
)
ENJOYMENT = Goal(
    "liking_and_variety",
    "Repeats, foods that take a special trip, unusual amounts, days without greens or fruit, packets "
    "opened for one serving, and food at home that is not used.",
    "points",
)
GOALS = (MAGNESIUM, MARGIN, WORST, BALANCE, ENJOYMENT)


@dataclass(frozen=True, slots=True)
class Points:
    """Where the last goal begins to count; what each weighs is in `weights`. Editorial."""

    # How often the weight of a special trip counts for a food, by its `everyday` (1 to 3).
    by_everyday: tuple[int, int, int] = (0, 1, 3)
    # A plate without these in a day is a poor one; each entry is met by any of its groups.
    daily_groups: tuple[tuple[str, ...], ...] = (
        ("vegetables", "leafy-greens"),
        ("fruit",),
        ("whole-grains", "bread", "starchy-vegetables", "refined-grains"),
        ("pulses", "soya", "nuts", "seeds", "fish", "eggs", "dairy", "meat"),
    )
    # So many colours are asked of the vegetables and fruit of a day.
    colours_a_day: int = 3
    # Plans of fewer days leave a packet time to be finished after them.
    packet_days: int = 3
    # How often the weight of the pantry counts for a food that would spoil within the plan.
    spoiling: int = 3
    # Groups of which eating the same food again is no repetition anyone notices.
    staples: frozenset[str] = frozenset({"fats", "condiments", "herbs-spices", "drinks", "sweets"})

    def often(self, days: int) -> int:
        """How often a food may come in `days` days before it counts as often: three times a week."""
        return -(-3 * days // 7)


POINTS = Points()
