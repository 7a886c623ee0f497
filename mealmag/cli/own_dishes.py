"""`mealmag dishes add|edit`: an editor on a draft, which is taken in when it is without faults."""

import argparse
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TextIO

from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.errors import ExitCode, InputError, UsageError

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EDITORS = ("nano", "vim", "vi", "notepad")


def add_to(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both actions."""
    add = add_command(
        actions,
        "add",
        summary="a dish of your own",
        description="Opens your editor ($VISUAL, $EDITOR) on a commented dish. Faults are told with "
        "their lines and the draft is kept; without faults it goes into your own cookbook.",
        examples=("mealmag dishes add my-soup", "mealmag dishes add --file soups.toml"),
        codes=(0, 2, 3, 6),
    )
    add.add_argument("id", nargs="?", default="my-dish", metavar="ID", help="(my-dish)")
    add.add_argument("--file", type=Path, metavar="FILE", help="take this file, open no editor")
    add.set_defaults(handler=run_add)
    edit = add_command(
        actions,
        "edit",
        summary="change a dish",
        description="Opens your editor on a dish. A shipped dish is copied first: yours then stands "
        "over it.",
        examples=("mealmag dishes edit lentil-soup",),
        codes=(0, 2, 3, 6),
    )
    edit.add_argument("id", metavar="ID")
    edit.add_argument("--file", type=Path, metavar="FILE", help="take this file, open no editor")
    edit.set_defaults(handler=run_edit)


def run_add(arguments: argparse.Namespace, context: Context) -> int:
    """Add one dish, or those of a file."""
    return _run(arguments, context, edit=False)


def run_edit(arguments: argparse.Namespace, context: Context) -> int:
    """Change one dish."""
    return _run(arguments, context, edit=True)


def _run(arguments: argparse.Namespace, context: Context, *, edit: bool) -> int:
    from mealmag.services.own_dishes import begin_draft, take

    if not _ID.fullmatch(arguments.id):
        raise UsageError(f'"{arguments.id}" is no id: small letters, digits and single hyphens.')
    paths = context.paths
    edited = arguments.id if edit else None
    if arguments.file is not None:
        if not arguments.file.is_file():
            raise InputError(f"{arguments.file}: there is no such file.")
        taken = take(arguments.file, paths, edited=edited)
    else:
        draft = begin_draft(paths, arguments.id, edit=edit)
        _open(draft, context)
        taken = take(draft, paths, edited=edited)
        draft.unlink()
    if taken is None:
        context.remark("There is no dish in it; nothing was added.")
        return ExitCode.OK
    for dish in taken.dishes:
        over = " (in place of the shipped dish)" if dish.id in taken.hides else ""
        context.say(f"{dish.id}: {dish.name_en}{over}")
    context.remark(f"Written to {taken.file}.")
    return ExitCode.OK


def _number(stream: TextIO) -> int | None:
    """The file descriptor of a stream; None where it has none."""
    try:
        return stream.fileno()
    except (OSError, ValueError):
        return None


def _open(draft: Path, context: Context) -> None:
    """Let the person edit; the editor has the terminal to itself until it is closed."""
    wanted = context.environ.get("VISUAL") or context.environ.get("EDITOR") or ""
    command = shlex.split(wanted) or [name for name in _EDITORS if shutil.which(name)][:1]
    if not command:
        raise UsageError(
            "There is no editor.",
            hint=f"Set EDITOR, or write {draft} yourself and say --file {draft}.",
        )
    try:
        code = subprocess.run(
            [*command, str(draft)], check=False, stdout=_number(context.stdout)
        ).returncode
    except OSError as error:
        raise UsageError(
            f"The editor {command[0]} cannot be started: {error.strerror}.",
            hint=f"Your draft is at {draft}.",
        ) from None
    if code != 0:
        raise InputError(
            f"The editor ended with code {code}; nothing was added.",
            hint=f"Your draft is kept at {draft}; the same command goes on with it.",
        )
