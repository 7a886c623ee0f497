"""Small changes to a profile's text that leave all else, remarks too, as the person wrote it."""

import re

_HEADER = re.compile(r"\s*\[\s*ratings\s*\]\s*(?:#.*)?")
_ANY_HEADER = re.compile(r"\s*\[")


def with_rating(text: str, rated: str, rating: int) -> str:
    """The text with a rating in its section `[ratings]`, which is made where there is none; 0 takes the
    rating away. Ratings that are written otherwise than in such a section are left as they are."""
    ends = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines()
    new = [f"{rated} = {rating}"] if rating else []
    start = next((i for i, line in enumerate(lines) if _HEADER.fullmatch(line)), None)
    if start is None:
        if not new:
            return text
        gap = [""] if lines and lines[-1].strip() else []
        return ends.join([*lines, *gap, "[ratings]", *new, ""])
    stop = next(
        (i for i in range(start + 1, len(lines)) if _ANY_HEADER.match(lines[i])), len(lines)
    )
    key = re.compile(rf"""(\s*["']?{re.escape(rated)}["']?\s*=\s*)[+-]?\d+(.*)""")
    for i in range(start + 1, stop):
        if found := key.fullmatch(lines[i]):
            if rating:
                lines[i] = f"{found[1]}{rating}{found[2]}"
            else:
                del lines[i]
            return ends.join([*lines, ""])
    while stop > start + 1 and not lines[stop - 1].strip():
        stop -= 1
    return ends.join([*lines[:stop], *new, *lines[stop:], ""])
