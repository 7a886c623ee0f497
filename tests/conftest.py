"""What holds for all tests: none asserts on a clock, also not those that draw their cases; and a test with
files of its own does not make the next one read the shipped tables again."""

from functools import lru_cache

from hypothesis import settings

from mealmag.services import catalogue

settings.register_profile("mealmag", deadline=None)
settings.load_profile("mealmag")

for name in ("_foods", "_catalogue"):
    setattr(catalogue, name, lru_cache(maxsize=12)(getattr(catalogue, name).__wrapped__))
