"""Where files are: by variable, by platform, and nothing made."""

from pathlib import Path

import pytest

from mealmag.errors import InputError
from mealmag.storage.paths import Paths

HOME = Path("/home/ada")


def test_linux():
    paths = Paths.of({}, HOME, "linux")
    assert paths.profile == HOME / ".config/mealmag/profile.toml"
    assert paths.diary == HOME / ".local/share/mealmag/diary.sqlite3"
    assert paths.cache == HOME / ".cache/mealmag"
    assert paths.foods.parent == paths.dishes.parent == paths.config


def test_xdg_variables_hold_when_they_are_full_paths():
    environ = {"XDG_CONFIG_HOME": "/etc/ada", "XDG_DATA_HOME": "relative", "XDG_CACHE_HOME": ""}
    paths = Paths.of(environ, HOME, "linux")
    assert paths.config == Path("/etc/ada/mealmag")
    assert paths.data == HOME / ".local/share/mealmag"
    assert paths.cache == HOME / ".cache/mealmag"


def test_macos_and_windows():
    assert Paths.of({}, HOME, "darwin").profile == (
        HOME / "Library/Application Support/mealmag/profile.toml"
    )
    environ = {"APPDATA": "/r", "LOCALAPPDATA": "/l"}
    assert Paths.of(environ, HOME, "win32") == Paths(
        Path("/r/mealmag"), Path("/l/mealmag"), Path("/l/mealmag/cache")
    )
    assert Paths.of({}, HOME, "win32").config == HOME / "AppData/Roaming/mealmag"


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_one_variable_moves_everything(platform, tmp_path):
    environ = {"MEALMAG_HOME": str(tmp_path / "m"), "XDG_CONFIG_HOME": "/etc/ada"}
    paths = Paths.of(environ, HOME, platform)
    assert paths == Paths(tmp_path / "m", tmp_path / "m/data", tmp_path / "m/cache")
    assert list(tmp_path.iterdir()) == []
    assert Paths.of({"MEALMAG_HOME": "~/food"}, HOME, platform).config == HOME / "food"


def test_a_relative_home_is_refused():
    with pytest.raises(InputError, match="not a full path"):
        Paths.of({"MEALMAG_HOME": "food"}, HOME, "linux")
