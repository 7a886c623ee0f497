"""What would close a day's gap, as a page to read."""

import textwrap
from collections.abc import Iterable, Iterator

from mealmag.export.text import WIDTH, in_a_sentence, wrapped
from mealmag.nutrition.closing import Closing, Option

_MOST_SHOWN = 10
_NAME = 46


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
        meals = in_a_sentence(closing.meals_left)
        gap = closing.gap_after_meals_mg
        does = "reach the target" if gap == 0 else f"leave {gap:.0f} mg"
        yield from wrapped(
            f"Still to come: {meals}. Planned well, that alone would {does}: `mealmag day --rest`."
        )
    for kind, title in (("food", "One of these more"), ("swap", "Another time, in its place")):
        options = [option for option in closing.options if option.kind == kind][:_MOST_SHOWN]
        if options:
            yield ""
            yield f"{title:<{_NAME}}{'mg':>6}{'kcal':>7}   then"
            for option in options:
                yield from _option(option)
    if closing.options:
        yield ""
        yield from wrapped(_legend(closing.options))
    for note in closing.notes:
        yield from wrapped(note, "Note: ")


def _energy(closing: Closing) -> str:
    left = closing.energy_left_kcal
    return f"{left:,.0f} kcal are left." if left > 0 else "No energy is left for today."


def _legend(options: Iterable[Option]) -> str:
    """What the last column means, as far as it says it."""
    words = (
        "“Then” is the day at its best with it: the rest was planned anew around each, and they stand in the "
        "order of how good that day is."
    )
    if any(option.others_off for option in options):
        words += " “off” is how far all other nutrients together are from their bounds."
    if any(not option.proven for option in options):
        words += " ~ marks a day that is not proven best."
    return words


def _option(option: Option) -> Iterator[str]:
    name = f"{option.measure} {option.name}"
    if option.instead_of:
        name += f" for {option.instead_of}"
    *above, name = textwrap.wrap(name, _NAME - 1, subsequent_indent="  ")
    yield from above
    yield f"{name:<{_NAME}}{option.magnesium_mg:>+6.0f}{option.energy_kcal:>+7.0f}   {_then(option)}"
    if option.also:
        yield from textwrap.wrap(
            f"also {', '.join(option.also)} of a day",
            WIDTH,
            initial_indent="  ",
            subsequent_indent="  ",
        )


def _then(option: Option) -> str:
    gap = "reached" if option.gap_mg == 0 else f"{option.gap_mg:.0f} mg short"
    off = "" if option.others_off == 0 else f", {option.others_off:.0f} % off"
    return f"{'' if option.proven else '~'}{gap}{off}"
