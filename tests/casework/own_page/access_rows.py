"""Own pages: read with the record, asked for and handed over by who works with the family, released by who decides.

The pages of the person themselves are nobody's row: tests/casework/own_page/test_public.py asks each of them with no
key, a wrong one, one that is over, and as somebody who is signed in.
"""

from django.utils import timezone

from casework.own_page.models import OwnPage, OwnPageWord
from casework.own_page.services import ask_for_page, hand_over_page, release_page
from casework.own_page.visit import open_page, say
from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.rules import ROLES, Can, Role
from slf.access.services import give_post
from slf.accounts.models import User
from slf.clock import today
from tests.access_table import Exempt, Row, all_of
from tests.casework.own_page.factories import SAFE, WAYS
from tests.casework.plans.access_rows import READ, WORK
from tests.casework.plans.factories import agreed, parents
from tests.conftest import Everything
from tests.factories import KNOWN_SINCE

PUBLIC = "Public: shows the plan to whoever opens it by link and PIN, and nothing to anybody else, staff included."
DECIDE = tuple(role for role in Role if Can.DECIDE_SHARING in ROLES[role])
SEE, GO, MAKE = (all_of(*WORK, status=status) for status in (200, 302, 201))
LOOK, LET, DONE = (all_of(*DECIDE, status=status) for status in (200, 302, 200))
NOT_WORKERS, NOT_DECIDERS = frozenset({Role.MANAGER, Role.HEAD}), frozenset({Role.FSW, Role.HEAD})
ENDS, NOT_ENDERS = all_of(*WORK, Role.MANAGER), frozenset({Role.HEAD})
MISSING = "00000000-0000-4000-8000-000000000000"


def with_a_plan(family):
    agreed(family, goals=1)
    return {"uid": family.uid}


def asked(family):
    """What a worker asked for who is nobody that asks here."""
    agreed(family, goals=1)
    worker = User.objects.create_user(f"asks.{User.objects.count()}", first_name="Ann")
    for role in (Role.FSW, Role.SENIOR):
        give_post(worker, role=role, locality=family.scope.locality, by=worker, starts_on=KNOWN_SINCE)
    waits = OwnPage.objects.waiting().filter(family=family).first()
    with acting_as(worker):
        page = waits or ask_for_page(family, parents(family)[0], SAFE, by=worker, on=today())
    return {"uid": page.uid}


def released(family):
    page = OwnPage.objects.get(**asked(family))
    by = Everything.make()
    with acting_as(by):
        return {"uid": release_page(page, by=by, on=today()).uid}


def word(family):
    page, by = OwnPage.objects.get(**released(family)), Everything.make()
    with acting_as(by):
        handed = hand_over_page(page, by=by, on=today(), at=timezone.localtime(), **WAYS)
    held = open_page(token=handed.token, held="", pin=handed.pin, on=today())
    say(held, on=today(), mark=4, words="Mornings are calm.")
    return {"uid": OwnPageWord.objects.latest("pk").uid}


def asking(kwargs):
    with acting_as(Everything.make()):
        person = parents(Family.objects.get(uid=kwargs["uid"]))[1]
    return {"person": str(person.uid), "asked_alone": "yes", "device": "own", "could_be_harmed": "no"}


def asking_the_api(kwargs):
    return asking(kwargs) | {"asked_alone": True, "could_be_harmed": False}


def ways(kwargs):
    return WAYS


def why(kwargs):
    return {"answer": "Ask her again when she is alone.", "words": "She wants it no more."}


def foreign_person(own, other):
    agreed(own, goals=1)
    body = {"asked_alone": True, "device": "own", "could_be_harmed": False}
    return {"uid": own.uid}, body | {"person": str(parents(other)[0].uid)}, body | {"person": MISSING}


def row(name, subject, **more):
    return Row(name, subject, not_their_job=more.pop("not_theirs", NOT_WORKERS), **more)


ROWS = [
    *(Exempt(f"own_page:{name}", PUBLIC) for name in ("plan", "open", "say", "tick", "leave")),
    Row("casework:own_pages", with_a_plan, get=READ),
    row("casework:ask_own_page", with_a_plan, get=SEE, post=GO, post_body=asking),
    row("casework:release_own_page", asked, get=LOOK, post=LET, not_theirs=NOT_DECIDERS),
    row("casework:send_back_own_page", asked, get=LOOK, post=LET, post_body=why, not_theirs=NOT_DECIDERS),
    row("casework:hand_over_own_page", released, get=SEE, post=SEE, post_body=ways),
    row("casework:print_own_page", released, get=SEE),
    row("casework:end_own_page", asked, get=ENDS, post=all_of(*ENDS, status=302), post_body=why, not_theirs=NOT_ENDERS),
    row("casework:read_own_word", word, post=GO),
    row("api-own-pages", with_a_plan, get=READ, post=MAKE, post_body=asking_the_api, foreign=foreign_person),
    row("api-release-own-page", asked, post=DONE, not_theirs=NOT_DECIDERS),
    row("api-send-back-own-page", asked, post=DONE, post_body=why, not_theirs=NOT_DECIDERS),
    row("api-hand-over-own-page", released, post=SEE, post_body=ways),
    row("api-end-own-page", asked, post=ENDS, post_body=why, not_theirs=NOT_ENDERS),
    row("api-read-own-word", word, post=SEE),
]
