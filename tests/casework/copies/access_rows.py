"""Copies of the chronology: asked for and given by who works with the family, released by who decides."""

from casework.copies.models import ChronologyCopy
from casework.copies.services import ask_for_copy, read_copy, release_copy
from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import give_post
from slf.accounts.models import User
from slf.clock import today
from tests.access_table import Row, all_of
from tests.casework.copies.factories import WANTED, answers
from tests.casework.own_page.access_rows import DECIDE, MISSING, NOT_DECIDERS, NOT_WORKERS
from tests.casework.plans.access_rows import WORK
from tests.casework.plans.factories import parents
from tests.casework.visits.access_rows import with_a_visit
from tests.conftest import Everything
from tests.factories import KNOWN_SINCE

READERS = (Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
WORKERS = tuple(role for role in WORK if role is not Role.ESF)
READ, SEE, GO, MAKE = all_of(*READERS), *(all_of(*WORKERS, status=status) for status in (200, 302, 201))
LOOK, LET, DONE = (all_of(*DECIDE, status=status) for status in (200, 302, 200))


def asked(family):
    """What a worker asked for who is nobody that asks here."""
    with_a_visit(family)
    worker = User.objects.create_user(f"asks.{User.objects.count()}", first_name="Ann")
    for role in (Role.FSW, Role.SENIOR):
        give_post(worker, role=role, locality=family.scope.locality, by=worker, starts_on=KNOWN_SINCE)
    waits = ChronologyCopy.objects.waiting().filter(family=family).first()
    with acting_as(worker):
        return {"uid": (waits or ask_for_copy(family, parents(family)[0], WANTED, by=worker, on=today())).uid}


def released(family):
    copy, by = ChronologyCopy.objects.get(**asked(family)), Everything.make()
    with acting_as(by):
        return {"uid": release_copy(copy, seen=read_copy(copy, by=by, on=today()).tag, by=by, on=today()).uid}


def asking(kwargs):
    with acting_as(Everything.make()):
        return answers(parents(Family.objects.get(uid=kwargs["uid"]))[0])


def asking_the_api(kwargs):
    return asking(kwargs) | {"asked_alone": True, "could_be_harmed": False}


def foreign_person(own, other):
    body = {"why": WANTED.why, "asked_alone": True, "could_be_harmed": False}
    return {"uid": own.uid}, body | {"person": str(parents(other)[0].uid)}, body | {"person": MISSING}


def why(kwargs):
    return {"answer": "Ask her again when she is alone."}


def row(name, subject, **more):
    return Row(name, subject, not_their_job=more.pop("not_theirs", NOT_WORKERS), **more)


ROWS = [
    Row("casework:chronology_copies", with_a_visit, get=READ),
    row("casework:ask_chronology_copy", with_a_visit, get=SEE, post=GO, post_body=asking),
    Row("casework:chronology_copy", asked, get=READ),
    row("casework:release_chronology_copy", asked, post=LET, not_theirs=NOT_DECIDERS),
    row("casework:send_back_chronology_copy", asked, get=LOOK, post=LET, post_body=why, not_theirs=NOT_DECIDERS),
    row("casework:give_chronology_copy", released, post=GO),
    Row("casework:chronology_copy_document", released, get=READ),
    row("api-chronology-copies", with_a_visit, get=READ, post=MAKE, post_body=asking_the_api, foreign=foreign_person),
    Row("api-chronology-copy", asked, get=READ),
    row("api-release-chronology-copy", asked, post=all_of(*DECIDE, status=428), not_theirs=NOT_DECIDERS),
    row("api-send-back-chronology-copy", asked, post=DONE, post_body=why, not_theirs=NOT_DECIDERS),
    row("api-give-chronology-copy", released, post=SEE),
]
