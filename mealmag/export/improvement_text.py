"""The smallest changes that reach the target, as a page to read."""

from collections.abc import Iterator

from mealmag.export.text import in_a_sentence, wrapped
from mealmag.nutrition.improvement import Habit, Improvement, Improvements

_MOST_KEPT = 3


def improvements_text(found: Improvements) -> str:
    """What is usual, and the choices."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Improvements) -> Iterator[str]:
    least = "at least " if found.unknown else ""
    count = len(found.days)
    yield from wrapped(
        f"On {count} logged days ({found.days[0]:%d %b} to {found.days[-1]:%d %b}) you had {least}"
        f"{found.mean_mg:.0f} mg of magnesium a day from food and water; the target is {found.target_mg:g} "
        f"mg, reached on {found.days_reached} of them."
    )
    if found.mean_mg >= found.target_mg:
        yield from wrapped("The mean reaches the target: nothing need change.")
    for number, choice in enumerate(found.choices):
        yield ""
        lead = "The smallest change that reaches it" if number == 0 else _or(choice)
        yield from wrapped(f"{lead}{'' if choice.proven else ' (best found)'}:")
        for habit in choice.habits:
            yield from _habit(habit, count)
        yield from wrapped(_then(choice, found), "  ")
    if found.choices:
        yield ""
        yield from wrapped(
            "Fewest changes first, then the mildest: the same kind of food before another, what you know "
            "before what is new. No other nutrient gets worse by more than 2 % of its bound (but for what a "
            "country adds to flour and the like), and your energy stays within 150 kcal less and 100 more."
        )
    for note in found.notes:
        yield from wrapped(note, "Note: ")


def _or(choice: Improvement) -> str:
    """What stays in this choice; where that is much, only that it does."""
    if len(choice.kept) > _MOST_KEPT:
        return "Or, with none of these changes"
    stays = [kept.name for kept in choice.kept if kept.kind == "swap"]
    without = [kept.name for kept in choice.kept if kept.kind == "more"]
    words = [
        f"{in_a_sentence(stays)} {'stays' if len(stays) == 1 else 'stay'}" if stays else "",
        f"you want no {in_a_sentence(without, 'or')}" if without else "",
    ]
    return f"Or, if {' and '.join(filter(None, words))}"


def _habit(habit: Habit, days: int) -> Iterator[str]:
    if habit.kind == "swap":
        less = "" if round(10 * habit.share) == 10 else f"{10 * habit.share:.0f} g for 10 g, "
        words = (
            f"{habit.name} instead of {habit.instead_of} ({less}on {habit.days} of the {days} days)"
        )
    else:
        often = "every day" if habit.days_a_week == 7 else f"on {habit.days_a_week} days a week"
        words = f"{habit.measure} {habit.name} {often} ({habit.each_mg:.0f} mg each time)"
    yield from wrapped(
        f"{words}: {habit.magnesium_mg:+.0f} mg, {habit.energy_kcal:+.0f} kcal on the mean day",
        "  · ",
    )


def _then(choice: Improvement, found: Improvements) -> str:
    return (
        f"Then {choice.mean_mg:.0f} mg a day; the target is reached on {choice.days_reached} of "
        f"{len(found.days)} days, at {choice.energy_kcal:,.0f} kcal."
    )
