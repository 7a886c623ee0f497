"""What holds for all tests: none asserts on a clock, also not those that draw their cases."""

from hypothesis import settings

settings.register_profile("mealmag", deadline=None)
settings.load_profile("mealmag")
