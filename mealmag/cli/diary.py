"""`mealmag undo`, `rm`, `edit`, `diary export|import` and `doctor`: what else is done to a diary."""

import argparse
from datetime import date
from pathlib import Path

from mealmag.catalogue.dish import Meal
from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.cli.log import said
from mealmag.cli.when import day_before
from mealmag.errors import ExitCode, UsageError

_FORMATS = ("jsonl", "csv")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    undo = add_command(
        commands,
        "undo",
        summary="take back the last thing done to the diary",
        description="Take back what was logged, changed, taken away or brought in last.",
        examples=("mealmag undo",),
        codes=(0, 2, 3, 6),
    )
    undo.set_defaults(handler=run_undo)
    remove = add_command(
        commands,
        "rm",
        summary="take entries of a day away",
        description="Take entries away by the numbers that `mealmag day` shows.",
        examples=("mealmag rm 3", "mealmag rm --day yesterday 1 2"),
        codes=(0, 2, 3, 6),
    )
    remove.set_defaults(handler=run_remove)
    remove.add_argument("numbers", nargs="+", type=int, metavar="N", help="numbers of that day")
    edit = add_command(
        commands,
        "edit",
        summary="another amount, meal or day for an entry",
        description="Change an entry by its number. Its figures stay those of the day it was logged.",
        examples=(
            "mealmag edit 2 3 slices",
            "mealmag edit 2 --meal lunch",
            "mealmag edit 1 --to yesterday",
        ),
        codes=(0, 2, 3, 6),
    )
    edit.set_defaults(handler=run_edit)
    edit.add_argument("number", type=int, metavar="N", help="its number of that day")
    edit.add_argument("amount", nargs="*", metavar="AMOUNT", help="the amount that it was")
    edit.add_argument("--meal", choices=[meal.value for meal in Meal])
    edit.add_argument("--to", metavar="DAY", help="the day that it was on")
    for parser in (remove, edit):
        parser.add_argument("--day", metavar="DAY", help="of which day (today)")
    _add_files(commands)
    doctor = add_command(
        commands,
        "doctor",
        summary="look whether the diary is whole, and mend what can be",
        description="Look whether the diary is whole. --rebuild mends what is derived; a copy is kept.",
        examples=("mealmag doctor", "mealmag doctor --rebuild"),
        codes=(0, 1, 2, 3, 6),
    )
    doctor.set_defaults(handler=run_doctor)
    doctor.add_argument("--rebuild", action="store_true", help="mend, and keep a copy beside it")


def _add_files(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    diary = add_command(
        commands,
        "diary",
        summary="bring the diary out, and in again",
        description="The whole diary, or some days of it, as JSON Lines or CSV: exact, with all figures.",
        examples=("mealmag diary export diary.csv", "mealmag diary import diary.csv"),
    )
    diary.set_defaults(help_of=diary)
    actions = diary.add_subparsers(title="actions", metavar="ACTION")
    out = add_command(
        actions,
        "export",
        summary="write entries to a file or to stdout",
        description="Entries with all their figures, read back to the digit by `diary import`.",
        examples=("mealmag diary export --format csv --from 2026-11-01 > november.csv",),
        codes=(0, 2, 3, 6),
    )
    out.set_defaults(handler=run_export)
    out.add_argument("file", nargs="?", type=Path, metavar="FILE", help="else stdout")
    out.add_argument("--from", dest="first", metavar="DAY", help="the first day")
    out.add_argument("--to", dest="last", metavar="DAY", help="the last day")
    bring = add_command(
        actions,
        "import",
        summary="add the entries of a file",
        description="Add what `diary export` wrote. Entries that are there already stay as they are.",
        examples=("mealmag diary import diary.jsonl",),
        codes=(0, 2, 3, 6),
    )
    bring.set_defaults(handler=run_import)
    bring.add_argument("file", metavar="FILE", help="a file; - is stdin")
    for parser in (out, bring):
        parser.add_argument("--format", choices=_FORMATS, help="else by the name of the file")


def run_undo(_arguments: argparse.Namespace, context: Context) -> int:
    """Take back, and say what."""
    from mealmag.services.diary import undo

    undone = undo(context.paths)
    if undone is None:
        context.remark("There is nothing to take back.")
        return ExitCode.OK
    for entry in undone.away:
        context.say(f"gone: {said(entry)}{_on(entry.day, context)}")
    for entry in undone.back:
        context.say(f"back: {said(entry)}{_on(entry.day, context)}")
    return ExitCode.OK


def run_remove(arguments: argparse.Namespace, context: Context) -> int:
    """Take away, and say what."""
    from mealmag.services.diary import remove

    for entry in remove(context.paths, _day(arguments.day, context), arguments.numbers):
        context.say(f"gone: {said(entry)}")
    context.remark("`mealmag undo` brings it back.")
    return ExitCode.OK


def run_edit(arguments: argparse.Namespace, context: Context) -> int:
    """Change, and say from what to what."""
    from mealmag.services.diary import edit
    from mealmag.services.log_entries import When

    day = _day(arguments.day, context)
    if not (arguments.amount or arguments.meal or arguments.to):
        raise UsageError("What is to be changed?", hint="Give an amount, --meal or --to.")
    moved = None
    if arguments.meal or arguments.to:
        meal = None if arguments.meal is None else Meal(arguments.meal)
        moved = When(day if arguments.to is None else day_before(arguments.to, context.today), meal)
    before, after = edit(
        context.paths,
        context.sources(),
        day,
        arguments.number,
        amount=" ".join(arguments.amount) or None,
        moved=moved,
        today=context.today,
    )
    context.say(f"was: {said(before)}")
    context.say(f"now: {said(after)}" + (f", {after.day}" if after.day != before.day else ""))
    return ExitCode.OK


def run_export(arguments: argparse.Namespace, context: Context) -> int:
    """Write the entries."""
    from mealmag.services.diary import export, form_of
    from mealmag.storage.atomic import write_atomic

    form = form_of(arguments.file, arguments.format)
    first, last = (
        None if text is None else day_before(text, context.today)
        for text in (arguments.first, arguments.last)
    )
    text = export(context.paths, form, first, last)
    if arguments.file is None:
        context.stdout.write(text)
    else:
        write_atomic(arguments.file, text, private=True)
    return ExitCode.OK


def run_import(arguments: argparse.Namespace, context: Context) -> int:
    """Add the entries, and say how many."""
    from mealmag.services.diary import bring_in, form_of

    file = None if arguments.file == "-" else Path(arguments.file)
    form = form_of(file, arguments.format)
    name = "stdin" if file is None else str(file)
    brought = bring_in(context.paths, context.read(arguments.file), name, form, context.today)
    there = f", {brought.known} were there already" if brought.known else ""
    context.say(f"{brought.new} entries came{there}")
    if brought.otherwise:
        context.remark(
            f"{brought.otherwise} are otherwise in the diary, and stayed as they are there."
        )
    return ExitCode.OK


def run_doctor(arguments: argparse.Namespace, context: Context) -> int:
    """Say what is wrong, and mend it where that is asked for."""
    from mealmag.storage.diary.doctor import examine, rebuild

    path = context.paths.diary
    if not path.exists():
        context.say(f"There is no diary yet ({path}).")
        return ExitCode.OK
    if arguments.rebuild:
        context.say(f"Rebuilt; the diary as it was is kept as {rebuild(path)}.")
    faults = examine(path)
    for fault in faults:
        context.say(fault)
    if faults:
        context.remark("`mealmag doctor --rebuild` mends what is derived, and keeps a copy.")
        return ExitCode.CHECK_FAILED
    context.say(f"The diary is whole ({path}).")
    return ExitCode.OK


def _on(day: date, context: Context) -> str:
    return "" if day == context.today else f", {day:%A %d %B}"


def _day(text: str | None, context: Context) -> date:
    return context.today if text is None else day_before(text, context.today)
