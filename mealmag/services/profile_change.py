"""Keep a profile that was changed by options, after a look whether it can be used."""

from pathlib import Path

from mealmag.services.catalogue import Sources, load_catalogue
from mealmag.services.problem import refuse_unknown_dishes, refuse_unknown_dislikes
from mealmag.services.profile import keep_profile, stored_profile
from mealmag.services.target import target_report
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile


def change_profile(paths: Paths, profile: Profile, sources: Sources) -> Path | None:
    """Keep a changed profile as `keep_profile` does; one that is as it was is not written again.

    InputError for a person whom no published value covers, or a dislike or a dish that is nothing.
    """
    before = stored_profile(paths)
    if profile == before:
        return None
    target_report(profile.person, profile.reference.set, limits=profile.limits)
    new = set(profile.diet.dislikes) - set(() if before is None else before.diet.dislikes)
    said = {} if before is None else before.plan.occasions
    if new or profile.plan.occasions != said:
        catalogue = load_catalogue(sources)
        refuse_unknown_dislikes(sorted(new), catalogue)
        refuse_unknown_dishes(profile.plan, catalogue)
    return keep_profile(paths, profile)
