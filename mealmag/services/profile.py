"""Keep the profile that a person edited, without losing one they wrote by hand."""

import tomllib
from collections.abc import Callable
from pathlib import Path

from mealmag.errors import WriteError
from mealmag.storage.atomic import write_atomic
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile, load_profile, profile_toml

_MARK = "# written by mealmag; take this line out when you edit, and your version is kept as .bak\n"


def stored_profile(paths: Paths) -> Profile | None:
    """The person's profile, or None where there is none yet. InputError where it is broken."""
    return load_profile(paths.profile) if paths.profile.exists() else None


def keep_profile(paths: Paths, profile: Profile) -> Path | None:
    """Write the profile; a file that mealmag did not write, or that has remarks, stays beside it, and its
    path is returned.

    Raises WriteError; what was there before is then untouched.
    """
    backup = None
    try:
        paths.profile.parent.mkdir(parents=True, exist_ok=True)
        before = paths.profile.read_text("utf-8") if paths.profile.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise WriteError(
            f"{paths.profile} cannot be replaced: {error}.", hint="Look at that file first."
        ) from None
    if before and _is_by_hand(before):
        backup = paths.profile.with_suffix(".toml.bak")
        write_atomic(backup, before, private=True)
    write_atomic(paths.profile, _MARK + profile_toml(profile), private=True)
    return backup


def _is_by_hand(text: str) -> bool:
    """Whether a profile's text has what mealmag did not write: no mark at its head, or a `#` after it."""
    mark, _, rest = text.partition("\n")
    return not mark.startswith(_MARK[:20]) or "#" in rest


def edit_profile(paths: Paths, profile: Profile, edit: Callable[[str], str]) -> None:
    """Write `profile` by an edit of the text that is there, so that remarks stay; where that does not
    make this profile, as `keep_profile` does. Raises WriteError.
    """
    try:
        text = edit(paths.profile.read_bytes().decode("utf-8-sig"))
        made = Profile.model_validate(tomllib.loads(text.replace("\r\n", "\n")))
    except (OSError, ValueError):  # no TOML and no profile are ValueErrors too
        made = None
    if made == profile:
        write_atomic(paths.profile, text, private=True)
    else:
        keep_profile(paths, profile)
