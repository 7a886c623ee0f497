"""What a person who gets a dose must be told, looked at again: nothing that they named is left out.

The sentences themselves are not: they may be worded otherwise from one version to the next.
"""

from collections.abc import Iterator

from pydantic import ValidationError

from mealmag.catalogue.reference import ReferenceTables
from mealmag.nutrition.interactions import Level, matches
from mealmag.nutrition.person import Person
from mealmag.nutrition.supplement import YOUNGEST, SupplementAdvice
from mealmag.planning.plan import Plan


def caution_faults(plan: Plan, advice: SupplementAdvice) -> Iterator[str]:
    """A dose for somebody who may have none, or without what is to be heeded with it."""
    if not advice.elemental_mg:
        return
    try:
        person = Person.model_validate(plan.person)
    except ValidationError:
        yield "nobody can tell whether its person may take a supplement"
        return
    if not advice.cautions:
        yield "a dose without what is to be heeded with it"
    if person.age < YOUNGEST:
        yield f"a dose below {YOUNGEST} years"
    said = " ".join(advice.cautions).casefold()
    words = (*person.conditions, *person.medicines)
    for word in words:
        if f'"{word.casefold()}"' not in said:
            yield f'nothing is said of "{word}"'
    found, _ = matches(ReferenceTables().interactions, words)
    for word in dict.fromkeys(hit.word for hit in found if hit.row.level is Level.BLOCK):
        yield f'a dose in spite of "{word}"'
