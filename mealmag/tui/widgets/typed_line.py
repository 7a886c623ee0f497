"""Lines to type in that leave some signs to the screen."""

from textual.widgets import Input

_LEFT_TO_THE_SCREEN = frozenset({"left_square_bracket", "right_square_bracket"})


class TypedLine(Input):
    """No food begins with a bracket, so that these may be keys."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether the key is for the line."""
        if not self.value and key in _LEFT_TO_THE_SCREEN:
            return False
        return super().check_consume_key(key, character)


class WordsLine(Input):
    """For words only: the digits choose from what they find."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether the key is for the line."""
        return not key.isdigit() and super().check_consume_key(key, character)
