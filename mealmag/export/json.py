"""A plan as JSON and back: same plan, same bytes."""

import json

from pydantic import ValidationError

from mealmag.errors import DataProblem, InputError
from mealmag.planning.alternatives import SCHEMA, Plans
from mealmag.planning.plan import Plan


def plan_json(plan: Plan | Plans) -> str:
    """The plan, or the plans, in the contract's order, indented, with a newline at the end."""
    document = plan.model_dump(mode="json", by_alias=True)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def parse_plan(text: str, name: str) -> Plan:
    """The plan that stands in `text`. InputError names the line (no JSON) or the fields (no plan)."""
    if not text.strip():
        raise InputError(f"{name} is empty.", hint="`mealmag plan -o FILE.json` writes a plan.")
    try:
        return Plan.model_validate_json(_strict(text))
    except json.JSONDecodeError as error:
        problem = DataProblem(name, error.lineno, None, f"this is not JSON: {error.msg}.")
        raise InputError(f"{name} is not JSON.", problems=[problem]) from None
    except ValidationError as error:
        problems = [
            DataProblem(
                name, None, ".".join(str(part) for part in fault["loc"]) or None, fault["msg"]
            )
            for fault in error.errors(include_url=False)
        ]
        raise InputError(
            f"{name} is JSON, but no plan of mealmag.",
            hint="`mealmag schema plan` prints what a plan looks like.",
            problems=problems,
        ) from None
    except (ValueError, RecursionError):
        raise InputError(
            f"{name} holds numbers without end, or is nested without end: no plan does."
        ) from None


def parse_plans(text: str, name: str) -> list[tuple[Plan, str]]:
    """The plans of a document, each with what to call it: one plan, or `mealmag/plans/1`.

    InputError as by `parse_plan`.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        return [(parse_plan(text, name), name)]
    plans = document.get("plans")
    if not isinstance(plans, list) or not plans:
        raise InputError(f"{name} holds no plans.")
    return [
        (parse_plan(json.dumps(plan), f"{name}, plan {number}"), f"{name}, plan {number}")
        for number, plan in enumerate(plans, start=1)
    ]


def _strict(text: str) -> str:
    """The same JSON; ValueError for NaN, infinities and figures that no float holds."""
    return json.dumps(json.loads(text), allow_nan=False)
