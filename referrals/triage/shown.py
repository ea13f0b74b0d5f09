"""What a referrer was shown of a family they referred, for the report on the family."""

from collections.abc import Iterator

from django.db import connection

from families.people.models import Family
from families.shown.rules import BY_AGREEMENT, REFERRER, Shown, What
from referrals.enquiries.rules import SUBJECTS
from referrals.intake.rules import State
from slf.accounts.models import User

THEIR_OWN = "Their own referral"
SIGN_IN = "Their own sign-in"


def shown_to_referrers(family: Family, *, user: User) -> Iterator[Shown]:
    """Yield what whoever referred was asked and told, each day they opened it, and that the ESF provider was sent it.

    The database answers for who may read the family's evidence, whoever may read the referral itself.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select shown_on, what, detail, to_id, agency, by_id from slf.shown_to_referrers(%s)", [family.pk]
        )
        rows = cursor.fetchall()
    people = User.objects.in_bulk({pk for *_, to, _, by in rows for pk in (to, by) if pk})
    for day, what, detail, to, agency, by in rows:
        who, whom = str(people.get(by, SIGN_IN)), str(people.get(to, ""))
        if what == State.ESF:
            yield Shown(day, "esf", What.RECORD, "Opened to the provider", gateway=BY_AGREEMENT, by=who)
        else:
            yield Shown(
                day, REFERRER, What(what), in_words(what, detail), to=whom, named=agency, gateway=THEIR_OWN, by=who
            )


def in_words(what: str, detail: str) -> str:
    """Return what was asked about, what was told, or how often the page was opened. Never the words themselves."""
    if what == What.QUESTION:
        return f"Asked about: {SUBJECTS.get(detail, detail).lower()}"
    if detail.isdigit():
        return "Opened the page of the referral" + (f", {detail} times" if detail != "1" else "")
    return f"Told: {State(detail).label.lower()}"
