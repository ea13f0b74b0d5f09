"""Which schemes a claim can be made under, for which days of attachment, and why not under the others."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from casework.cases.models import Case
from performance.pbr.rules import Period, Scheme, scheme_of
from performance.rulebook.models import FIRST_DAY, SchemeVersion
from performance.rulebook.reading import schemes_in_use
from slf.accounts.models import User
from slf.web.errors import NotAllowed
from slf.web.words import day_in_words

DAY = timedelta(days=1)
NO_SCHEME = "There is no scheme {code}."
NOBODY = "No day on which the service began with a family falls under {name} for a claim of that day."


class Offer(NamedTuple):
    """A scheme as it counts now, and why nothing can be claimed under it yet: empty where something can."""

    version: SchemeVersion
    scheme: Scheme
    why_not: str

    @property
    def hint(self) -> str:
        return f"From {day_in_words(self.scheme.starts_on)} to {day_in_words(self.scheme.ends_on)}."


def offers(*, by: User, on: date) -> list[Offer]:
    """Return every scheme, the oldest first. One that has not begun, or has none of the families, is not offered."""
    versions = [(version, version.as_scheme) for version in schemes_in_use()]
    cases = Case.objects.visible_to(by).filter(attached_on__lte=on).order_by()
    days = list(cases.values_list("attached_on", flat=True).distinct())
    return [Offer(version, scheme, why_not(scheme, days, on)) for version, scheme in versions]


def why_not(scheme: Scheme, attached: Sequence[date], on: date) -> str:
    if scheme.starts_on > on:
        return f"{scheme.name}: it begins on {day_in_words(scheme.starts_on)}."
    if attached and not any(scheme.in_force(day) for day in attached):
        return f"{scheme.name}: the service began with no family in its time."
    return ""


def chosen(code: str, *, claim_on: date) -> tuple[SchemeVersion, Scheme, Period]:
    """Return a scheme as it counts now, and for which days of attachment it is the one for a claim of a day.

    Raises ``NotAllowed`` where it is for none, with a sentence why.
    """
    versions = {version.scheme: version for version in schemes_in_use()}
    if code not in versions:
        raise NotAllowed(NO_SCHEME.format(code=code))
    schemes = {each: version.as_scheme for each, version in versions.items()}
    scheme = schemes[code]
    refuse_a_day_outside(scheme, claim_on)
    if (days := attachment_days(scheme, list(schemes.values()), claim_on)) is None:
        raise NotAllowed(NOBODY.format(name=scheme.name))
    return versions[code], scheme, days


def refuse_a_day_outside(scheme: Scheme, claim_on: date) -> None:
    """Refuse a claim before a scheme began, and one after its last payment."""
    last = scheme.by_kind.get("last_payment")
    ended = max(scheme.ends_on, (last.ends_on if last else None) or scheme.ends_on)
    if not scheme.starts_on <= claim_on <= ended:
        message = (
            f"{scheme.name} was claimed for from {day_in_words(scheme.starts_on)} to {day_in_words(ended)}. Choose "
            "another scheme, or a day in that time."
        )
        raise NotAllowed(message)


def attachment_days(scheme: Scheme, schemes: Sequence[Scheme], claim_on: date) -> Period | None:
    """Return the days of attachment for which this scheme is the one; where two overlap, the later one has them."""
    edges = sorted({FIRST_DAY, *(day for each in schemes for day in (each.starts_on, each.ends_on + DAY))})
    mine = [
        (first, after)
        for first, after in zip(edges, [*edges[1:], None], strict=True)
        if scheme_of(schemes, attached_on=first, result_on=claim_on, claim_on=claim_on) is scheme
    ]
    if not mine:
        return None
    ends = mine[-1][1]
    return Period(mine[0][0], ends - DAY if ends else None)
