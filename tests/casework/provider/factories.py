"""A family that is shared with the provider, and an adult of it, as far as a test wants it to be."""

from datetime import date, timedelta

from casework.provider import services
from casework.provider.evidence import begin_and_attach, record_progress
from casework.provider.models import Provision
from casework.provider.progress import Told
from families.people.models import Membership
from slf.access.rules import Role
from slf.access.services import move_family, shared_scope
from slf.accounts.models import User
from tests.at_once import in_the_name_of

TODAY = date(2014, 10, 15)
AGREED, SENT, ANSWERED, BEGAN = date(2014, 9, 1), date(2014, 9, 2), date(2014, 9, 8), date(2014, 9, 15)
WHY = "Back to work after six years; nervous about forms."


def share(family, by: User):
    """Share the family with the provider of its locality, as triage does."""
    move_family(family, to=shared_scope(family.scope.locality, role=Role.ESF), by=by)
    return family


def adult(family, place=0):
    rows = Membership.objects.filter(family=family, part="parent").select_related("person")
    return rows.order_by("pk")[place].person


def sent(family, by: User, *, person=None, **other) -> Provision:
    said = {"why": WHY, "agreed_on": AGREED, "sent_on": SENT, "on": TODAY} | other
    with in_the_name_of(by):
        return services.send_to_provider(family, person or adult(family), by=by, **said)


def taken_on(provision, by: User, *, on: date = TODAY) -> Provision:
    with in_the_name_of(by):
        return services.take_on(provision, answered_on=ANSWERED, by=by, on=on)


def begun(provision, by: User, *, on: date = TODAY) -> Provision:
    with in_the_name_of(by):
        return services.begin_provision(taken_on(provision, by, on=on), begun_on=BEGAN, by=by, on=on)


def contact(provision, by: User, **other):
    said = {"happened_on": TODAY, "kind": "meeting", "words": "Looked at two courses.", "on": TODAY} | other
    with in_the_name_of(by):
        return services.record_contact(provision, by=by, **said)


def shown(step: str = "work", day: date = date(2014, 10, 1), *, evidence: str = "payslip", **other) -> Told:
    """A step toward work with what shows it, seen two days later."""
    return Told(**{"step": step, "happened_on": day, "evidence": evidence, "seen_by": "Marcus Bell",
                   "seen_on": day + timedelta(days=2)} | other)  # fmt: skip


def recorded(provision, by: User, told: Told, *, on: date = TODAY):
    with in_the_name_of(by):
        return record_progress(provision, told, by=by, on=on)


def attached(provision, by: User, *, on: date = TODAY) -> Provision:
    with in_the_name_of(by):
        return begin_and_attach(taken_on(provision, by, on=on), begun_on=BEGAN, by=by, on=on)
