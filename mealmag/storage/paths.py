"""Where mealmag keeps its files. Nothing is made or read here: these are names only."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mealmag.errors import InputError

HOME_VARIABLE = "MEALMAG_HOME"
_NAME = "mealmag"


@dataclass(frozen=True, slots=True)
class Paths:
    """The three folders, and the files in them.

    `config` holds the profile and the user's own foods and dishes, `data` the diary, `cache` what
    may be thrown away.
    """

    config: Path
    data: Path
    cache: Path

    @classmethod
    def of(cls, environ: Mapping[str, str], home: Path, platform: str = sys.platform) -> "Paths":
        """The folders for this environment, home folder and platform (as `sys.platform` names it).

        `MEALMAG_HOME` moves everything; else the platform's own places, on Linux those of the XDG
        base directory specification. InputError when `MEALMAG_HOME` is not a full path.
        """
        moved = environ.get(HOME_VARIABLE, "")
        if moved:
            root = _full(moved, home)
            return cls(root, root / "data", root / "cache")
        if platform == "darwin":
            library = home / "Library"
            support = library / "Application Support" / _NAME
            return cls(support, support, library / "Caches" / _NAME)
        if platform == "win32":
            roaming = Path(environ.get("APPDATA") or home / "AppData" / "Roaming") / _NAME
            local = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / _NAME
            return cls(roaming, local, local / "cache")
        return cls(
            _xdg(environ, "XDG_CONFIG_HOME", home / ".config"),
            _xdg(environ, "XDG_DATA_HOME", home / ".local" / "share"),
            _xdg(environ, "XDG_CACHE_HOME", home / ".cache"),
        )

    @property
    def profile(self) -> Path:
        """The profile of the person who plans."""
        return self.config / "profile.toml"

    @property
    def foods(self) -> Path:
        """The user's own foods, in the shape of the shipped table."""
        return self.config / "foods.csv"

    @property
    def dishes(self) -> Path:
        """The user's own dishes, in the shape of the shipped file."""
        return self.config / "dishes.toml"

    @property
    def prices(self) -> Path:
        """The user's prices of foods."""
        return self.config / "prices.csv"

    @property
    def pantry(self) -> Path:
        """What the user has at home."""
        return self.config / "pantry.csv"

    @property
    def drafts(self) -> Path:
        """Dishes that were begun and are not yet without faults."""
        return self.config / "drafts"

    @property
    def diary(self) -> Path:
        """The diary of what was eaten."""
        return self.data / "diary.sqlite3"


def _full(text: str, home: Path) -> Path:
    path = Path(text)
    if path.parts[:1] == ("~",):
        path = home.joinpath(*path.parts[1:])
    if not path.is_absolute():
        raise InputError(
            f'{HOME_VARIABLE} is "{text}", which is not a full path.',
            hint=f"Set {HOME_VARIABLE} to a folder's full path, or unset it.",
        )
    return path


def _xdg(environ: Mapping[str, str], variable: str, otherwise: Path) -> Path:
    """The specification has relative paths ignored."""
    given = Path(environ.get(variable, ""))
    return (given if given.is_absolute() else otherwise) / _NAME
