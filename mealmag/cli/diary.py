"""`mealmag undo`, `rm`, `edit`, `diary export|import` and `doctor`: what else is done to a diary."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mealmag.catalogue.dish import Meal
from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.cli.log import said
from mealmag.cli.when import day_before
from mealmag.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mealmag.nutrition.diary import Entry

_FORMATS = ("jsonl", "csv")
_MOST_DIGITS = 7
_ID = "3f0c9d1e"
_CODES = {6: "the diary cannot be written"}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    undo = add_command(
        commands,
        "undo",
        summary="take back the last thing done to the diary",
        description="Take back what was logged, changed, taken away or brought in last. Names of usual "
        "meals stay.",
        examples=("mealmag undo", "mealmag undo --json"),
        codes=(0, 2, 3, 6),
        meanings=_CODES,
    )
    undo.set_defaults(handler=run_undo)
    undo.add_argument("--json", action="store_true", help="what was taken back, as JSON")
    remove = add_command(
        commands,
        "rm",
        summary="take entries of a day away",
        description="Take entries away by the numbers that `mealmag day` shows. A script names them by the "
        "ids that `mealmag log --json` and `mealmag day --json` say: another program may change the numbers.",
        examples=("mealmag rm 3", "mealmag rm --day yesterday 1 2", f"mealmag rm {_ID}"),
        codes=(0, 2, 3, 6),
        meanings=_CODES,
    )
    remove.set_defaults(handler=run_remove)
    remove.add_argument(
        "which", nargs="+", type=_which, metavar="N", help="a number of that day, or an id"
    )
    edit = add_command(
        commands,
        "edit",
        summary="another amount, meal or day for an entry",
        description="Change an entry by its number, or in a script by its id (`mealmag log --json` and "
        "`mealmag day --json` say it). Its figures stay those of the day it was logged.",
        examples=(
            "mealmag edit 2 3 slices",
            "mealmag edit 2 --meal lunch",
            "mealmag edit 1 --to yesterday",
            f"mealmag edit {_ID} 3 slices",
        ),
        codes=(0, 2, 3, 6),
        meanings=_CODES,
    )
    edit.set_defaults(handler=run_edit)
    edit.add_argument("which", type=_which, metavar="N", help="its number of that day, or its id")
    edit.add_argument("amount", nargs="*", metavar="AMOUNT", help="the amount that it was")
    edit.add_argument("--meal", choices=[meal.value for meal in Meal])
    edit.add_argument("--to", metavar="DAY", help="the day that it was on")
    for parser in (remove, edit):
        parser.add_argument("--day", metavar="DAY", help="of which day the numbers are (today)")
    _add_files(commands)
    doctor = add_command(
        commands,
        "doctor",
        summary="look whether the diary is whole, and mend what can be",
        description="Look whether the diary is whole. --rebuild mends what is derived; a copy is kept.",
        examples=("mealmag doctor", "mealmag doctor --rebuild", "mealmag doctor --json"),
        codes=(0, 1, 2, 3, 6),
        meanings={
            0: "the diary is whole, or there is none yet",
            1: "the diary is not whole; what is wrong is said on stdout",
            3: "it cannot be rebuilt: it is no diary, or too damaged",
            6: "it is locked, or it or its copy cannot be written",
        },
    )
    doctor.set_defaults(handler=run_doctor)
    doctor.add_argument("--json", action="store_true", help="what was found, as JSON")
    doctor.add_argument("--rebuild", action="store_true", help="mend, and keep a copy beside it")


def _add_files(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    diary = add_command(
        commands,
        "diary",
        summary="bring the diary out, and in again",
        description="The whole diary, or some days of it, as JSON Lines or CSV: exact, with all figures. "
        "Usual meals (log --keep-as) are in the JSON Lines of a whole diary; a CSV has no room for them.",
        examples=("mealmag diary export diary.csv", "mealmag diary import diary.csv"),
    )
    diary.set_defaults(help_of=diary)
    actions = diary.add_subparsers(title="actions", metavar="ACTION")
    out = add_command(
        actions,
        "export",
        summary="write entries to a file or to stdout",
        description="Entries with all their figures, read back to the digit by `diary import`. Without "
        "--from and --to, JSON Lines (.jsonl) hold the usual meals too; a CSV has entries alone.",
        examples=(
            "mealmag diary export diary.jsonl",
            "mealmag diary export --format csv --from 2026-11-01 > november.csv",
        ),
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
        description="Add what `diary export` wrote. Entries and usual meals that are there already stay as "
        "they are.",
        examples=("mealmag diary import diary.jsonl",),
        codes=(0, 2, 3, 6),
        meanings=_CODES,
    )
    bring.set_defaults(handler=run_import)
    bring.add_argument("file", metavar="FILE", help="a file; - is stdin")
    for parser in (out, bring):
        parser.add_argument("--format", choices=_FORMATS, help="else by the name of the file")


def run_undo(arguments: argparse.Namespace, context: Context) -> int:
    """Take back, and say what."""
    from mealmag.services.diary import undo

    undone = undo(context.paths)
    if arguments.json:
        from mealmag.services.diary_documents import undo_document

        context.stdout.write(undo_document(undone).to_json())
        return ExitCode.OK
    if undone is None:
        context.remark("There is nothing to take back.")
    elif undone.what == "import":
        context.say(f"gone: {_imported(undone.away)}")
    else:
        for entry in undone.away:
            context.say(f"gone: {said(entry)}{_on(entry.day, context)}")
        for entry in undone.back:
            context.say(f"back: {said(entry)}{_on(entry.day, context)}")
    return ExitCode.OK


def _imported(entries: "Sequence[Entry]") -> str:
    days = sorted({entry.day for entry in entries})
    when = f"{days[0]}" if len(days) == 1 else f"{len(days)} days, {days[0]} to {days[-1]}"
    return f"{_entries(len(entries))} that the import brought, of {when}"


def run_remove(arguments: argparse.Namespace, context: Context) -> int:
    """Take away, and say what."""
    from mealmag.services.diary import remove

    for entry in remove(context.paths, _day(arguments.day, context), arguments.which):
        context.say(f"gone: {said(entry)}")
    context.remark("`mealmag undo` brings it back.")
    return ExitCode.OK


def run_edit(arguments: argparse.Namespace, context: Context) -> int:
    """Change, and say from what to what."""
    from mealmag.services.diary import edit

    if not (arguments.amount or arguments.meal or arguments.to):
        raise UsageError("What is to be changed?", hint="Give an amount, --meal or --to.")
    before, after = edit(
        context.paths,
        context.sources(),
        _day(arguments.day, context),
        arguments.which,
        amount=" ".join(arguments.amount) or None,
        meal=None if arguments.meal is None else Meal(arguments.meal),
        to=None if arguments.to is None else day_before(arguments.to, context.today),
        today=context.today,
        now=context.now,
    )
    context.say(f"was: {said(before)}")
    context.say(f"now: {said(after)}" + (f", {after.day}" if after.day != before.day else ""))
    return ExitCode.OK


def run_export(arguments: argparse.Namespace, context: Context) -> int:
    """Write the entries."""
    from mealmag.services.diary_exchange import export, form_of
    from mealmag.storage.atomic import write_atomic

    form = form_of(arguments.file, arguments.format)
    first, last = (
        None if text is None else day_before(text, context.today)
        for text in (arguments.first, arguments.last)
    )
    exported = export(context.paths, form, first, last)
    if arguments.file is None:
        context.stdout.write(exported.text)
    else:
        write_atomic(arguments.file, exported.text, private=True)
    if exported.usuals_left_out:
        context.remark(
            f"{_usuals(exported.usuals_left_out)} left out: a CSV has no room for them, JSON Lines have."
        )
    return ExitCode.OK


def run_import(arguments: argparse.Namespace, context: Context) -> int:
    """Add the entries, and say how many."""
    from mealmag.services.diary_exchange import bring_in, form_of

    file = None if arguments.file == "-" else Path(arguments.file)
    form = form_of(file, arguments.format)
    name = "stdin" if file is None else str(file)
    brought = bring_in(context.paths, context.read(arguments.file), name, form, context.today)
    there = f", {brought.known} were there already" if brought.known else ""
    context.say(f"{_entries(brought.new)} came{there}")
    if brought.usuals:
        context.say(f"{_usuals(brought.usuals)} came")
    if brought.otherwise:
        context.remark(
            f"{brought.otherwise} are otherwise in the diary, and stayed as they are there."
        )
    if brought.usuals_otherwise:
        context.remark(
            f"{_usuals(brought.usuals_otherwise)} left out: the name stands for something else in the diary."
        )
    return ExitCode.OK


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def _usuals(count: int) -> str:
    return "1 usual meal" if count == 1 else f"{count} usual meals"


def run_doctor(arguments: argparse.Namespace, context: Context) -> int:
    """Say what is wrong, and mend it where that is asked for."""
    from mealmag.storage.diary.doctor import advice, examine, rebuild

    path = context.paths.diary
    exists = path.exists()
    copy = rebuild(path) if arguments.rebuild and exists else None
    faults = examine(path)
    code = ExitCode.CHECK_FAILED if faults else ExitCode.OK
    if arguments.json:
        from mealmag.services.diary_documents import doctor_document

        context.stdout.write(doctor_document(path, faults, exists=exists, copy=copy).to_json())
        return code
    if copy is not None:
        context.say(f"Rebuilt; the diary as it was is kept as {copy}.")
    for fault in faults:
        context.say(fault)
    if faults:
        context.remark(advice(path))
    else:
        context.say(
            f"The diary is whole ({path})." if exists else f"There is no diary yet ({path})."
        )
    return code


def _which(text: str) -> int | str:
    """A number of a day; what has letters, or more digits than any day has entries, is an id."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else text


def _on(day: date, context: Context) -> str:
    return "" if day == context.today else f", {day:%A %d %B}"


def _day(text: str | None, context: Context) -> date:
    return context.today if text is None else day_before(text, context.today)
