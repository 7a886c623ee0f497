"""Lines to type in that leave some signs to the screen."""

from textual.events import Key
from textual.message import Message
from textual.widgets import Input

_LEFT_TO_THE_SCREEN = frozenset({"left_square_bracket", "right_square_bracket"})


class TypedLine(Input):
    """No food begins with a bracket, so that these may be keys.

    A submitted line leaves its place to the next at once. A key of the screen overtakes what was typed before
    it, by a fast hand or from the clipboard; a `Finish` waits behind that, and then submits.
    """

    class Finish(Message):
        """Submit the line once what was typed until now stands in it."""

    async def on_typed_line_finish(self) -> None:
        await self.action_submit()

    async def _on_key(self, event: Key) -> None:
        """An Enter that comes here stands among what is typed; as a binding it would come behind it."""
        if event.key != "enter":
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        await self.action_submit()

    async def action_submit(self) -> None:
        """Hand the text over, and be empty."""
        text, self.value = self.value, ""
        self.post_message(self.Submitted(self, text))

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
