"""`mealmag schema` and `mealmag paths`: what other programs and curious people ask."""

import argparse

from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.errors import ExitCode

# Those of `services.schema`, named here so that help needs no models.
SCHEMAS = (
    *("plan", "plans", "day", "period", "trend", "close", "improve", "supplement"),
    *("log", "undo", "doctor", "impossible"),
)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both commands."""
    schema = add_command(
        commands,
        "schema",
        summary="the JSON Schema of what mealmag writes",
        description="JSON Schema (2020-12) of what mealmag writes: what programs may rely on.",
        examples=("mealmag schema plan > plan.schema.json",),
        codes=(0, 2),
    )
    schema.set_defaults(handler=run_schema)
    schema.add_argument(
        "what", choices=list(SCHEMAS), metavar="DOCUMENT", help=f"one of {', '.join(SCHEMAS)}"
    )
    paths = add_command(
        commands,
        "paths",
        summary="where your files are",
        description="Where mealmag looks for your files. MEALMAG_HOME moves them; none is made.",
        examples=("mealmag paths --json",),
    )
    paths.set_defaults(handler=run_paths)
    paths.add_argument("--json", action="store_true", help="JSON")


def run_schema(arguments: argparse.Namespace, context: Context) -> int:
    """Print the schema."""
    from mealmag.services.schema import schema_of

    context.say_json(schema_of(arguments.what))
    return ExitCode.OK


def run_paths(arguments: argparse.Namespace, context: Context) -> int:
    """Print the places; nothing is made."""
    from mealmag.catalogue.locate import data_file

    paths = context.paths
    places = {
        "profile": paths.profile,
        "config": paths.config,
        "data": paths.data,
        "cache": paths.cache,
        "foods": data_file("foods.csv"),
        "dishes": data_file("dishes.toml"),
    }
    if arguments.json:
        context.say_json({name: str(path) for name, path in places.items()})
        return ExitCode.OK
    for name, path in places.items():
        missing = "" if path.exists() else "   (not there yet)"
        context.say(f"{name:<9}{path}{missing}")
    return ExitCode.OK
