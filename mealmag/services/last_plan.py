"""The last plan of one's own is there again: when the screens open, and for `log --planned`."""

import contextlib

from mealmag.errors import InputError, MealmagError, WriteError
from mealmag.export.json import parse_plan, plan_json
from mealmag.planning.plan import Plan
from mealmag.services.profile import stored_profile
from mealmag.storage.atomic import write_atomic
from mealmag.storage.paths import Paths

_NAME = "last-plan.json"


def last_plan(paths: Paths) -> Plan | None:
    """The last plan, or None where there is none that can be read."""
    path = paths.data / _NAME
    try:
        return parse_plan(path.read_text("utf-8"), str(path))
    except (OSError, UnicodeDecodeError, InputError):
        return None


def remember_plan(paths: Paths, plan: Plan) -> None:
    """Keep the plan for the next time; it is a convenience, so a full disk is no error here."""
    with contextlib.suppress(OSError, WriteError):
        paths.data.mkdir(parents=True, exist_ok=True)
        write_atomic(paths.data / _NAME, plan_json(plan), private=True)


def is_own(paths: Paths, plan: Plan) -> bool:
    """Whether a plan is the last one, or for the person whose profile is stored."""
    if plan == last_plan(paths):
        return True
    try:
        profile = stored_profile(paths)
    except MealmagError:
        return False
    return profile is not None and profile.person.model_dump(mode="json") == plan.person
