"""How a search uses memory: one heap for all its threads, and a garbage collector that looks at little.

Every look at a window is solved in a thread that ends with it. Of glibc's heaps, up to eight for each core,
each keeps what its threads gave back, and no other uses it: four weeks took 430 MB, and with one heap they
take 335, in the same time.

A full collection looks at the whole catalogue and all pieces of dishes, while every other thread waits: each
took 65 to 90 ms, and a stop is to be heard within 50.
"""

import ctypes
import gc
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock

_M_ARENA_MAX = -8  # malloc.h
_inside: list[None] = []
_lock = Lock()


@cache
def one_heap() -> bool:
    """Ask glibc for it, once; whether it will. Another C library has no such heaps."""
    if platform.libc_ver()[0] != "glibc":
        return False
    try:
        return bool(ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1))
    except (OSError, AttributeError):
        return False


@contextmanager
def collected_lightly() -> Iterator[None]:
    """While inside, the garbage collector leaves alone what is there now; also for several at a time."""
    with _lock:
        _inside.append(None)
        gc.freeze()
    try:
        yield
    finally:
        with _lock:
            _inside.pop()
            if not _inside:
                gc.unfreeze()
