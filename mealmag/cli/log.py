"""`mealmag log`: what you ate, drank or took, in your own words."""

import argparse
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from mealmag.catalogue.dish import Meal
from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.cli.when import day_before
from mealmag.errors import ExitCode, InputError, MealmagError, UsageError, did_you_mean

if TYPE_CHECKING:
    from mealmag.nutrition.diary import Entry
    from mealmag.planning.plan import Plan
    from mealmag.services.diary import LogRequest

_ALL = "all"
_LEAST_UPPER_MG = 250  # the lowest upper level that a set has for adults (EFSA)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "log",
        summary="write down what you ate, in your own words",
        description="Write down what you ate, drank or took, in English or Dutch, in any measure. What is "
        "not sure is asked at a terminal, and refused with the candidates in a script; nothing is guessed.",
        examples=(
            "mealmag log 2 slices wholewheat bread, a handful of almonds",
            "mealmag log --meal lunch 2 sneetjes volkorenbrood met pindakaas",
            "mealmag log yesterday: half an avocado and 250 ml soy milk at 13:00",
            "mealmag log 0.5 l gerolsteiner",
            'mealmag log --supplement "2 x 100 mg elemental magnesium citrate"',
            "mealmag log --planned dinner",
            "mealmag log --copy yesterday:breakfast",
            'mealmag log --usual "my breakfast"',
        ),
        codes=(0, 2, 3, 6),
        meanings={6: "the diary cannot be written"},
    )
    parser.set_defaults(handler=run)
    parser.add_argument(
        "words",
        nargs="*",
        metavar="WORD",
        help="what it was; - reads lines of stdin; blank lines and lines that begin with # are skipped",
    )
    parser.add_argument("--meal", choices=[meal.value for meal in Meal], help="of which meal")
    parser.add_argument(
        "--day",
        metavar="DAY",
        help="today, gisteren, a weekday that was last, 3 days ago, 29 nov, 2026-11-21",
    )
    parser.add_argument("--at", type=_clock, metavar="HH:MM", help="when; not a time still to come")
    parser.add_argument(
        "--supplement",
        action="append",
        default=[],
        metavar="TEXT",
        help="what was taken; repeatable",
    )
    parser.add_argument(
        "--planned",
        choices=[*(meal.value for meal in Meal), _ALL],
        help="a meal as it was planned; what of it is logged already is left out",
    )
    parser.add_argument(
        "--plan",
        metavar="FILE",
        help="the plan for --planned (else the last one: made or changed for your stored profile, by plan, "
        "change or on the screens)",
    )
    parser.add_argument("--copy", metavar="DAY[:MEAL]", help="what was logged there, once more")
    parser.add_argument("--usual", metavar="NAME", help="what goes by that name")
    parser.add_argument("--keep-as", metavar="NAME", help="let this go by a name from now on")
    parser.add_argument(
        "--forget",
        metavar="WORDS",
        help="what you once answered of these words is asked anew; a usual meal of that name goes",
    )
    parser.add_argument("--dry-run", action="store_true", help="read it, and write nothing")
    parser.add_argument("--json", action="store_true", help="what was logged, as JSON")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Log, and say what was understood and what the day comes to."""
    from mealmag.cli.asking import asking
    from mealmag.services.diary import forget, log

    if arguments.forget is not None:
        meant = forget(context.paths, arguments.forget)
        context.say("Forgotten." if meant else "These words meant nothing yet.")
        return ExitCode.OK
    request = _request(arguments, context)
    paths, sources = context.paths, context.sources()
    ask = asking(context)
    entries = log(
        paths,
        sources,
        request,
        today=context.today,
        now=context.now,
        ask=ask,
        tell=context.remark,
    )
    if arguments.json:
        from mealmag.services.diary_documents import log_document

        document = log_document(entries, written=not arguments.dry_run)
        context.stdout.write(document.to_json())
        return ExitCode.OK
    for entry in entries:
        context.say(said(entry))
    if ask is not None and ask.left_out:
        context.remark("Left out: " + ", ".join(f'"{text}"' for text in ask.left_out) + ".")
    for sentence in _to_mind(entries, context):
        context.remark(f"Mind: {sentence}")
    if arguments.dry_run:
        context.remark("Nothing was written.")
    else:
        for day in dict.fromkeys(entry.day for entry in entries):
            context.remark(_so_far(context, day))
    return ExitCode.OK


def _to_mind(entries: "Sequence[Entry]", context: Context) -> list[str]:
    """What of it goes against the profile, where there is one that can be read."""
    from mealmag.services.catalogue import load_food_table
    from mealmag.services.diary import entries_of
    from mealmag.services.mind import to_mind
    from mealmag.services.profile import stored_profile

    try:
        profile = stored_profile(context.paths)
    except MealmagError:
        return []  # The commands that need it say what is wrong with it.
    if profile is None:
        return []
    also = [e for day in {e.day for e in entries} for e in entries_of(context.paths, day)]
    return to_mind(
        entries, profile, load_food_table(context.sources()), also=also, today=context.today
    )


def said(entry: "Entry") -> str:
    """An entry in a line: how much of what, its meal, and its magnesium."""
    from mealmag.export.entry_text import portion_words

    mg = entry.amount("magnesium_mg")
    figure = "magnesium not known" if mg is None else f"{mg:.0f} mg"
    meal = f"{entry.meal}: " if entry.meal else ""
    return f"{meal}{portion_words(entry)} · {figure}"


def _request(arguments: argparse.Namespace, context: Context) -> "LogRequest":
    from mealmag.services.diary import LogRequest
    from mealmag.services.log_entries import When

    day = context.today if arguments.day is None else day_before(arguments.day, context.today)
    meal = None if arguments.meal is None else Meal(arguments.meal)
    plan = None
    if arguments.planned is not None:
        plan = _plan(arguments.plan, context)
        if arguments.planned != _ALL:
            meal = Meal(arguments.planned)
    elif arguments.plan is not None:
        raise UsageError("--plan goes with --planned.", hint="Say which meal: --planned dinner.")
    words = arguments.words
    is_batch = words == ["-"]
    return LogRequest(
        when=When(day, meal, arguments.at),
        lines=(" ".join(words),) if words and not is_batch else (),
        batch=context.read("-") if is_batch else "",
        supplements=tuple(arguments.supplement),
        usual=arguments.usual,
        copy=None if arguments.copy is None else _source(arguments.copy, context),
        plan=plan,
        keep_as=arguments.keep_as,
        dry_run=arguments.dry_run,
    )


def _plan(file: str | None, context: Context) -> "Plan":
    from mealmag.export.json import parse_plan
    from mealmag.services.last_plan import last_plan

    if file is not None:
        return parse_plan(context.read(file), "stdin" if file == "-" else file)
    plan = last_plan(context.paths)
    if plan is None:
        raise UsageError(
            "There is no plan yet.",
            hint="`mealmag plan` makes one for your profile; or name one with --plan FILE.",
        )
    return plan


def _source(text: str, context: Context) -> tuple[date, Meal | None]:
    day, _, meal = text.partition(":")
    if meal and meal not in set(Meal):
        raise InputError(f'--copy: "{meal}" is no meal.{did_you_mean(meal, list(Meal))}')
    return day_before(day, context.today), Meal(meal) if meal else None


def _so_far(context: Context, day: date) -> str:
    from mealmag.nutrition.diary import Ledger
    from mealmag.nutrition.intake import MAGNESIUM, brought, by_ledger
    from mealmag.services.diary import entries_of

    entries = entries_of(context.paths, day)
    total = brought(entries, MAGNESIUM)
    taken = by_ledger(entries, MAGNESIUM)[Ledger.SUPPLEMENT].amount
    if taken > _LEAST_UPPER_MG:
        context.remark(
            f"Supplements come to {taken:.0f} mg that day. The upper level for adults is 250 mg (EFSA) or "
            "350 mg (NAM) a day; loose stools are the first sign of too much."
        )
    least = "" if total.complete else "at least "
    what = "`mealmag today`" if day == context.today else f"`mealmag day {day}`"
    return f"{day:%A %d %B}: {least}{total.amount:.0f} mg of magnesium so far; more with {what}."


def _clock(text: str) -> time:
    try:
        return datetime.strptime(text.replace(".", ":"), "%H:%M").time()  # noqa: DTZ007
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is no time; write 8:30') from None
