"""The cursor of a list of options, moved by keys of the window around it."""

from textual.widgets import OptionList


def move_cursor(options: OptionList, step: int) -> None:
    """Mark the next option that can be chosen, or the one before."""
    if step > 0:
        options.action_cursor_down()
    else:
        options.action_cursor_up()
