"""What would close a day's gap, as a page to read."""

import textwrap
from collections.abc import Iterator

from mealmag.export.text import WIDTH, in_a_sentence, wrapped
from mealmag.nutrition.closing import Closing, Option

_MOST_SHOWN = 10
_NAME = 46
_LEAST_LOST = 5  # percent: less is no matter


def closing_text(closing: Closing) -> str:
    """The gap, what the meals to come can do alone, and the best options."""
    return "\n".join(_lines(closing)) + "\n"


def _lines(closing: Closing) -> Iterator[str]:
    least = "at least " if closing.unknown else ""
    if closing.gap_mg == 0:
        yield from wrapped(
            f"There is no gap: {least}{closing.so_far_mg:.0f} of {closing.target_mg:g} mg by now."
        )
    else:
        yield from wrapped(
            f"{least.capitalize()}{closing.so_far_mg:.0f} of {closing.target_mg:g} mg by now: "
            f"{closing.gap_mg:.0f} mg to go. " + _energy(closing)
        )
    if closing.meals_left and closing.energy_left_kcal > 0:
        yield from wrapped(f"{still_to_come(closing)} {_how(closing)}")
    for kind, title in (("food", "One of these more"), ("swap", "Another time, in its place")):
        options = [option for option in closing.options if option.kind == kind][:_MOST_SHOWN]
        if options:
            yield ""
            yield f"{title:<{_NAME}}{'mg':>6}{'kcal':>7}   then"
            for option in options:
                yield from _option(option, closing)
    if closing.options:
        yield ""
        yield from wrapped(_legend(closing))
    for note in closing.notes:
        yield from wrapped(note, "Note: ")


def _energy(closing: Closing) -> str:
    left = closing.energy_left_kcal
    return f"{left:,.0f} kcal are left." if left > 0 else "No energy is left for today."


def still_to_come(closing: Closing) -> str:
    """The meals that are left, and what they can do alone."""
    lead = f"Still to come: {in_a_sentence(closing.meals_left)}."
    gap = closing.gap_after_meals_mg
    if gap is None:
        return (
            f"{lead} No menu for that follows your rules beside what you ate, so the foods below are counted "
            "without it."
        )
    does = "reach the target" if gap == 0 else f"leave {gap:.0f} mg"
    return f"{lead} Planned well, that alone would {does}."


def others_lose(option: Option, closing: Closing) -> str:
    """How much worse the other nutrients are with it than without any option, if they are."""
    lost = option.others_off - closing.others_off
    return f"the other nutrients lose {lost:.0f} %" if lost >= _LEAST_LOST else ""


def _how(closing: Closing) -> str:
    """Which command tells more of the meals to come."""
    if closing.gap_after_meals_mg is None:
        return "`mealmag day --rest` says why."
    return "`mealmag day --rest` shows how."


def _legend(closing: Closing) -> str:
    """What the last column and the order mean."""
    words = (
        "“Then” is the day at its best with it, the rest planned anew. The better day stands first; of days "
        "about as good, what is eaten as it is, then what brings more magnesium. Where no meal but a snack "
        "is left, all that is eaten as it is stands first."
    )
    if any(others_lose(option, closing) for option in closing.options):
        words += (
            " “Lose”: so much further from their targets are all other nutrients together than "
            "without it."
        )
    if any(option.gap_mg and not option.proven for option in closing.options):
        words += " ~ marks a day that is not proven best."
    return words


def _option(option: Option, closing: Closing) -> Iterator[str]:
    name = f"{option.measure} {option.name}"
    if option.instead_of:
        name += f" for {option.instead_of}"
    *above, name = textwrap.wrap(name, _NAME - 1, subsequent_indent="  ")
    yield from above
    yield f"{name:<{_NAME}}{option.magnesium_mg:>+6.0f}{option.energy_kcal:>+7.0f}   {then(option)}"
    beside = beside_magnesium(option, closing)
    if beside:
        yield from textwrap.wrap(beside, WIDTH, initial_indent="  ", subsequent_indent="  ")


def beside_magnesium(option: Option, closing: Closing) -> str:
    """What else it brings much of, and what it costs the other nutrients."""
    also = f"also {', '.join(option.also)} of a day" if option.also else ""
    return "; ".join(filter(None, [also, others_lose(option, closing)]))


def then(option: Option) -> str:
    """What is then short of the target, marked where that is not proven best."""
    gap = "reached" if option.gap_mg == 0 else f"{option.gap_mg:.0f} mg short"
    return f"{'' if option.proven or option.gap_mg == 0 else '~'}{gap}"
