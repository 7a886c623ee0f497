"""One heap for all threads, where the C library would give each its own.

Every look at a window is solved in a thread that ends with it. Of glibc's heaps, up to eight for each core,
each keeps what its threads gave back, and no other uses it: four weeks took 430 MB, and with one heap they
take 335, in the same time.
"""

import ctypes
import platform
from functools import cache

_M_ARENA_MAX = -8  # malloc.h


@cache
def one_heap() -> bool:
    """Ask glibc for it, once; whether it will. Another C library has no such heaps."""
    if platform.libc_ver()[0] != "glibc":
        return False
    try:
        return bool(ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1))
    except (OSError, AttributeError):
        return False
