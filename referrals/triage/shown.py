"""What referrers were shown of families they referred, for the report on a family."""

from collections.abc import Iterator, Sequence

from django.db import connection

from families.shown.rules import BY_AGREEMENT, REFERRER, Shown, What
from referrals.enquiries.rules import SUBJECTS
from referrals.intake.rules import State
from slf.accounts.models import User

THEIR_OWN = "Their own referral"
SIGN_IN = "Their own sign-in"


def shown_to_referrers(families: Sequence[int], *, user: User) -> Iterator[tuple[int, Shown]]:
    """Yield what whoever referred was asked and told, each day they opened it, and that the ESF provider was sent it.

    The database answers for who may read the family's evidence, whoever may read the referral itself.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select f, s.shown_on, s.what, s.detail, s.to_id, s.agency, s.by_id "
            "from unnest(%s::bigint[]) f, slf.shown_to_referrers(f) s",
            [list(families)],
        )
        rows = cursor.fetchall()
    people = User.objects.in_bulk({pk for *_, to, _, by in rows for pk in (to, by) if pk})
    for family, day, what, detail, to, agency, by in rows:
        who, whom = str(people.get(by, SIGN_IN)), str(people.get(to, ""))
        if what == State.ESF:
            yield family, Shown(day, "esf", What.RECORD, "Opened to the provider", gateway=BY_AGREEMENT, by=who)
        else:
            said = in_words(what, detail)
            yield family, Shown(day, REFERRER, What(what), said, to=whom, named=agency, gateway=THEIR_OWN, by=who)


def in_words(what: str, detail: str) -> str:
    """Return what was asked about, what was told, or how often the page was opened. Never the words themselves."""
    if what == What.QUESTION:
        return f"Asked about: {SUBJECTS.get(detail, detail).lower()}"
    if detail.isdigit():
        return "Opened the page of the referral" + (f", {detail} times" if detail != "1" else "")
    return f"Told: {State(detail).label.lower()}"
