"""What a person likes: ratings of dishes and foods, kept in the profile."""

from collections.abc import Collection, Iterable, Mapping

from mealmag.errors import InputError, UsageError, did_you_mean
from mealmag.planning.candidates import bought_foods
from mealmag.planning.problem import DishChoice
from mealmag.services.catalogue import Catalogue
from mealmag.services.profile import edit_profile, stored_profile
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile
from mealmag.storage.profile_text import with_rating

MOST = 2


def refuse_unknown_ratings(ratings: Iterable[str], catalogue: Catalogue) -> None:
    """InputError, with a suggestion, for an id that is no dish and no food as bought."""
    known = catalogue.dishes.keys() | {food.bought_id for food in catalogue.foods.values()}
    for rated in ratings:
        if rated not in known:
            raise InputError(
                f'ratings: "{rated}" is no dish or food.{did_you_mean(rated, known)}',
                hint="`mealmag foods search WORD` and `mealmag dishes` show the ids.",
            )


def bearing(ratings: Mapping[str, int], dishes: Collection[DishChoice]) -> dict[str, int]:
    """The ratings of what can be served, sorted by id; those of 0 and of all else say nothing."""
    if not ratings:
        return {}
    served = {dish.id for dish in dishes} | bought_foods(dishes)
    return {rated: ratings[rated] for rated in sorted(served & ratings.keys()) if ratings[rated]}


def rate(paths: Paths, rated: str, rating: int, catalogue: Catalogue) -> Profile:
    """The person's profile with this rating, written to its file; 0 takes a rating away.

    Raises InputError (an unknown id, a rating beyond -2 to 2), UsageError (there is no profile yet) and
    WriteError.
    """
    if not -MOST <= rating <= MOST:
        raise InputError(f"{rating} is no rating; write -2, -1, 0, 1 or 2.")
    profile = stored_profile(paths)
    if profile is None:
        raise UsageError(
            f"Ratings are kept in the profile, and there is none at {paths.profile}.",
            hint="Sex and age are enough: mealmag profile --sex female --age 34",
        )
    if rating or rated not in profile.ratings:
        refuse_unknown_ratings([rated], catalogue)
    ratings = {name: n for name, n in profile.ratings.items() if name != rated}
    if rating:
        ratings[rated] = rating
    changed = profile.model_copy(update={"ratings": ratings})
    edit_profile(paths, changed, lambda text: with_rating(text, rated, rating))
    return changed
