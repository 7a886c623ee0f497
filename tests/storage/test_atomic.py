"""Writing: the old file or the new one, whole, whatever happens in between."""

import errno
import os

import pytest

from mealmag.errors import WriteError
from mealmag.storage.atomic import write_atomic


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_and_a_replaced_one(tmp_path):
    path = tmp_path / "plan.json"
    write_atomic(path, "één\n")
    assert path.read_bytes() == "één\n".encode()
    write_atomic(path, "a\r\nb\n")
    assert path.read_bytes() == b"a\r\nb\n"
    assert names(tmp_path) == ["plan.json"]


def test_permissions(tmp_path):
    path = tmp_path / "plan.json"
    before = os.umask(0o022)
    try:
        write_atomic(path, "x")
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o644
    path.chmod(0o640)
    write_atomic(path, "y", private=True)
    assert path.stat().st_mode & 0o777 == 0o640
    secret = tmp_path / "secret"
    write_atomic(secret, "x", private=True)
    assert secret.stat().st_mode & 0o777 == 0o600


def test_a_link_keeps_pointing_where_it_did(tmp_path):
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "profile.toml"
    target.write_text("old", encoding="utf-8")
    link = tmp_path / "profile.toml"
    link.symlink_to(target)
    write_atomic(link, "new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


def test_a_folder_a_pipe_and_a_missing_folder_are_refused(tmp_path):
    with pytest.raises(WriteError, match="is a folder"):
        write_atomic(tmp_path, "x")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WriteError, match="not an ordinary file"):
        write_atomic(tmp_path / "pipe", "x")
    with pytest.raises(WriteError, match="No such file"):
        write_atomic(tmp_path / "none" / "plan.json", "x")
    (tmp_path / "file").write_text("whole", encoding="utf-8")
    with pytest.raises(WriteError, match="Not a directory"):
        write_atomic(tmp_path / "file" / "plan.json", "x")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "whole"
    assert names(tmp_path) == ["file", "pipe"]


@pytest.mark.parametrize("call", ["replace", "fsync", "open"])
def test_a_full_disk_leaves_the_old_file_whole(tmp_path, monkeypatch, call):
    path = tmp_path / "plan.json"
    path.write_text("old", encoding="utf-8")

    def full(*_args, **_keywords):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, call, full)
        with pytest.raises(WriteError, match="No space left") as caught:
            write_atomic(path, "new")
    assert str(path) in caught.value.message
    assert "whole and unchanged" in caught.value.hint
    assert path.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["plan.json"]


def test_an_interrupt_leaves_the_old_file_whole(tmp_path, monkeypatch):
    path = tmp_path / "plan.json"
    path.write_text("old", encoding="utf-8")

    def interrupted(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_atomic(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["plan.json"]


def test_text_that_no_file_can_hold(tmp_path):
    with pytest.raises(WriteError, match="characters"):
        write_atomic(tmp_path / "plan.json", "\ud800")
    assert names(tmp_path) == []
