"""`mealmag target`: what a person needs, with the sources."""

import argparse
import textwrap

from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.cli.person import profile_from
from mealmag.cli.person_options import add_person
from mealmag.cli.table import table
from mealmag.errors import ExitCode


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "target",
        summary="your magnesium target and all others, with their sources",
        description="What you need a day, by which table, and what was assumed.",
        examples=(
            "mealmag target --sex female --age 34",
            "mealmag target --sex male --age 72 --weight 80 --height 180 --set nordic",
        ),
    )
    parser.set_defaults(command="target")
    parser.set_defaults(handler=run)
    add_person(parser)
    parser.add_argument("--json", action="store_true", help="JSON")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print the targets."""
    from mealmag.nutrition.nutrients import nutrient_of
    from mealmag.services.target import target_report

    profile = profile_from(arguments, context)
    report = target_report(profile.person, profile.reference.set, limits=profile.limits)
    if arguments.json:
        context.stdout.write(report.to_json())
        return ExitCode.OK
    magnesium = report.magnesium
    context.say(f"Magnesium: {magnesium.target_mg} mg a day ({magnesium.target_type})")
    ear = "none in this set" if magnesium.ear_mg is None else f"{magnesium.ear_mg} mg"
    context.say(f"  median requirement (EAR): {ear}")
    upper = "none in this set" if magnesium.ul_mg is None else f"{magnesium.ul_mg} mg"
    context.say(f"  upper level for supplements (never for food): {upper}")
    _wrapped(context, magnesium.source, "  ")
    context.say(f"\nEnergy: {report.energy.kcal} kcal a day")
    _wrapped(context, "; ".join([report.energy.source, *report.energy.assumptions]), "  ")
    context.say("")
    rows, sources = [], dict[str, int]()
    for key, target in report.targets.items():
        number = sources.setdefault(target.source, len(sources) + 1)
        kinds = " / ".join(kind for kind in (target.floor_kind, target.ceiling_kind) if kind)
        rows.append(
            [
                nutrient_of(key).name,
                "–" if target.floor is None else f"{target.floor:g}",
                "–" if target.ceiling is None else f"{target.ceiling:g}",
                nutrient_of(key).unit,
                "each day" if target.per == "day" else "mean",
                textwrap.shorten(kinds, 24, placeholder="…"),
                f"[{number}]",
            ]
        )
    head = ["a day", "at least", "at most", "", "counted", "kind", "source"]
    context.say(table(head, rows, right=(1, 2)))
    for source, number in sources.items():
        _wrapped(context, f"[{number}] {source}", "")
    for warning in report.warnings:
        _wrapped(context, f"Note: {warning}", "")
    return ExitCode.OK


def _wrapped(context: Context, text: str, indent: str) -> None:
    context.say(textwrap.fill(text, 80, initial_indent=indent, subsequent_indent=indent + "  "))
