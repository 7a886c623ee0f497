"""The last plan is there again when the screens open."""

import contextlib

from mealmag.errors import InputError, WriteError
from mealmag.export.json import parse_plan, plan_json
from mealmag.planning.plan import Plan
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
