"""A line to type in that leaves some signs to the screen as long as it is empty."""

from textual.widgets import Input

_LEFT_TO_THE_SCREEN = frozenset({"left_square_bracket", "right_square_bracket"})


class TypedLine(Input):
    """No food begins with a bracket, so that these may be keys."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether the key is for the line."""
        if not self.value and key in _LEFT_TO_THE_SCREEN:
            return False
        return super().check_consume_key(key, character)
