"""Notes of visits that somebody may contest, for the list of what a family can point at."""

from collections.abc import Iterator

from casework.visits.models import Visit
from families.contesting.items import Item
from families.contesting.rules import About, key_of
from families.people.models import Family
from slf.accounts.models import User
from slf.web.words import day_in_words

MOST = 60


def notes_of(family: Family, *, user: User) -> Iterator[Item]:
    """Yield the latest notes, named by what they are of and their day."""
    for row in Visit.objects.visible_to(user).filter(family=family).newest_first()[:MOST]:
        yield Item(
            key_of(About.NOTE, row.uid), f"{row.get_kind_display()} of {day_in_words(row.happened_on)}: the note"
        )
