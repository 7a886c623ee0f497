"""`mealmag profile`: who you are and what you want, shown, or kept for good."""

import argparse

from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.cli.person import is_told, profile_from
from mealmag.cli.person_options import add_person, add_rules
from mealmag.errors import ExitCode


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "profile",
        summary="who you are: shown, or kept so that no command asks again",
        description="Without options, your profile and where it lies. With options, they are kept over what "
        "is there; what you do not name stays, and lists add to it (take a word out of one in the file, or "
        "on the screen with F4). A file with remarks of your own is kept beside it.",
        examples=(
            "mealmag profile --sex female --age 34",
            "mealmag profile --diet vegetarian --avoid nuts,peanuts",
            "mealmag profile --json",
        ),
        codes=(0, 2, 3, 6),
        meanings={6: "the profile cannot be written"},
    )
    parser.set_defaults(handler=run, command="profile", profile=None)
    add_person(parser, file=False)
    add_rules(parser)
    parser.add_argument(
        "--json", action="store_true", help="where it is, and what it says, as JSON"
    )


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Keep what was told, and show what there is."""
    from mealmag.export.profile_text import profile_text
    from mealmag.services.profile import stored_profile

    paths = context.paths
    if is_told(arguments):
        from mealmag.services.profile_change import change_profile

        profile = profile_from(arguments, context)
        backup = change_profile(paths, profile, context.sources())
        if backup is not None:
            context.remark(f"The file as you wrote it is kept as {backup}.")
    found = stored_profile(paths)
    if arguments.json:
        document = None if found is None else found.model_dump(mode="json")
        context.say_json({"path": str(paths.profile), "profile": document})
    elif found is None:
        context.say(f"There is no profile yet; it would be {paths.profile}.")
        context.remark("Sex and age are enough: mealmag profile --sex female --age 34")
    else:
        context.say(f"Your profile: {paths.profile}")
        context.stdout.write(profile_text(found))
    return ExitCode.OK
