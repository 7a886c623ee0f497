"""One heap for all threads, where the C library has several, and few full collections."""

import ctypes
import gc
import platform
from collections.abc import Iterator

import pytest

from mealmag.planning.solver.memory import collected_lightly, one_heap


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    one_heap.cache_clear()
    yield
    one_heap.cache_clear()


def test_glibc_does_as_it_is_asked() -> None:
    assert one_heap() == (platform.libc_ver()[0] == "glibc")


@pytest.mark.parametrize("fault", [OSError, AttributeError])
def test_a_library_without_the_call_is_let_be(
    fault: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_: object) -> None:
        raise fault

    monkeypatch.setattr(platform, "libc_ver", lambda: ("glibc", "2.36"))
    monkeypatch.setattr(ctypes, "CDLL", none)
    assert not one_heap()


def test_another_library_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "libc_ver", lambda: ("", ""))
    assert not one_heap()


def test_what_is_there_is_left_alone_until_the_last_search_ends() -> None:
    gc.unfreeze()
    with collected_lightly():
        assert gc.get_freeze_count() > 1_000
        with collected_lightly():
            pass
        assert gc.get_freeze_count() > 1_000
        made = [[]]
        made[0].append(made)
        assert any(each is made for each in gc.get_objects()), "what is new is looked at"
    assert gc.get_freeze_count() < 1_000


def test_a_search_that_fails_ends_it_too() -> None:
    gc.unfreeze()
    with pytest.raises(ValueError, match="none"), collected_lightly():
        raise ValueError("none")
    assert gc.get_freeze_count() < 1_000
