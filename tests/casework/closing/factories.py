"""A family that is worked with, and the closing of its case."""

from datetime import date

from django.db import connection, transaction

from casework.cases.services import allocate_family
from casework.closing.outcomes import needs_to_say
from casework.closing.rules import Told
from casework.closing.services import close_case, propose_closing
from casework.visits.services import record_visit
from families.sharing.models import Agreement
from families.sharing.services import record_agreement
from referrals.triage.services import accept_referral
from slf.accounts.models import User
from tests.at_once import acting, in_the_name_of
from tests.conftest import Everything
from tests.factories import FamilyFactory
from tests.referrals.intake.factories import joining, sent_referral

AGREED_ON, SINCE, EARLIER, TODAY = date(2014, 8, 25), date(2014, 9, 1), date(2014, 10, 10), date(2014, 10, 15)
MISTAKE = "The wrong family of two with one name was closed."


@transaction.atomic
def worked(worker: User, *, since: date = SINCE, **family):
    """A family that agreed and that somebody works with since a day."""
    by = Everything.make()
    made = FamilyFactory(household=True, **family)
    record_agreement(made, state=Agreement.State.GIVEN, said_on=AGREED_ON, how=Agreement.How.IN_PERSON, by=by)
    allocate_family(made, worker=worker, by=by, on=since)
    return made


def told(**other) -> Told:
    said = {
        "closes_on": TODAY, "reason": "reached", "asked_by": "family", "stays": "The school nurse.",
        "family_says": "They say that they manage on their own now.", "reached": "The children go to school every day.",
    }  # fmt: skip
    return Told(**said | other)


def all_met(family, *, on: date = TODAY) -> dict[int, str]:
    return {need.pk: "met" for need in needs_to_say(family, on=on)}


def closed(family, by: User, *, on: date = TODAY, **other):
    with in_the_name_of(by):
        said = all_met(family, on=on)
        made = close_case(family, told(**{"closes_on": on} | other), by=by, on=on, outcomes=said)
        connection.check_constraints()  # as when its request ends: needs of later that day are not of this closing
        return made


def proposed(family, by: User, *, on: date = TODAY, **other):
    with in_the_name_of(by):
        said = all_met(family, on=on)
        return propose_closing(family, told(**{"closes_on": on} | other), by=by, on=on, outcomes=said)


def answers(**other) -> dict[str, str]:
    """Return what the form sends."""
    day = {"closes_on_day": "15", "closes_on_month": "10", "closes_on_year": "2014"}
    said = {key: value for key, value in vars(told()).items() if key != "closes_on"}
    return day | said | other


def refer_again(family, by: User, *, on: date = TODAY):
    """A referral about a family that is known: sent, and accepted into it."""
    referral = sent_referral(by, on=on)
    with in_the_name_of(by):
        return accept_referral(referral, by=by, on=on, join=joining(referral, family, by))


def note(family, by: User, day: date):
    """A telephone call, written down."""
    with acting(by):
        return record_visit(family, by=by, kind="phone", happened_on=day, note="Rang.", sightings=[])
