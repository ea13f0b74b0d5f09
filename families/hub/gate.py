"""Whether an agency's files may be taken and their rows looked at: by a gateway of the register in force that day."""

from datetime import date

from django.db.models import QuerySet

from families.hub.models import FeedFile, FeedRow
from families.hub.rules import FEEDS, Feed
from families.register.services import gateways_on
from slf.accounts.models import User


def gateway_in_words(feed: Feed, *, on: date) -> str:
    """Return the laws by which the agency shares this on a day; nothing when there is none."""
    return "; ".join(row.law for row in gateways_on(on, agency=feed.agency, category=feed.category))


def no_gateway(feed: Feed, *, on: date) -> str:
    """Return a sentence when no gateway is in force on a day, else nothing."""
    if gateways_on(on, agency=feed.agency, category=feed.category):
        return ""
    return (
        f"No gateway is in force by which {feed.agency_name} shares this, so it may not be used today. "
        "The register of what may be shared says since when."
    )


def rows_of(file: FeedFile, *, user: User, on: date) -> QuerySet[FeedRow]:
    """Return what became of each row of a file; none while there is no gateway for what they say."""
    if no_gateway(FEEDS[file.feed], on=on):
        return FeedRow.objects.none()
    return FeedRow.objects.visible_to(user).current().filter(file=file)
