"""The provider's work: read with the record, sent by who works with the family, written by the provider's workers."""

from casework.provider.models import Provision
from casework.provider.services import send_to_provider
from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.models import Scope
from slf.access.rules import Role
from slf.access.services import give_post
from slf.accounts.models import User
from slf.clock import today
from tests.access_table import Row, all_of
from tests.casework.provider.factories import AGREED, SENT, WHY, adult, attached, begun, share, taken_on
from tests.conftest import Everything
from tests.factories import KNOWN_SINCE

SENDERS = (Role.FSW, Role.SENIOR, Role.MANAGER)
READ = all_of(*SENDERS, Role.HEAD, Role.ESF)
NOT_SENDERS, NOT_PROVIDERS = frozenset({Role.HEAD, Role.ESF}), frozenset({*SENDERS, Role.HEAD})
SEE, GO, DO, MAKE = (all_of(Role.ESF, status=status) for status in (200, 302, 200, 201))
SHARERS, NOT_SHARERS = (Role.SENIOR, Role.MANAGER, Role.HEAD), frozenset({Role.FSW, Role.ESF})
MISSING = "00000000-0000-4000-8000-000000000000"


def shared(family):
    by = Everything.make()
    with acting_as(by):
        if family.scope.kind == Scope.Kind.LOCALITY:
            share(family, by)
    return {"uid": family.uid}


def waiting(family):
    """Somebody who was sent by a worker who is nobody that asks."""
    shared(family)
    there = Provision.objects.living().filter(family=family).first()
    by = Everything.make()
    with acting_as(by):
        said = {"why": WHY, "agreed_on": AGREED, "sent_on": SENT}
        return {"uid": (there or send_to_provider(family, adult(family), by=by, on=today(), **said)).uid}


def with_them(family, how):
    made = Provision.objects.get(**waiting(family))
    provider = User.objects.create_user(f"provider.{User.objects.count()}")
    give_post(provider, role=Role.ESF, locality=family.scope.locality, by=provider, starts_on=KNOWN_SINCE)
    return {"uid": how(made, provider, on=today()).uid}


def on_it(family):
    return with_them(family, taken_on)


def going_on(family):
    return with_them(family, begun)


def a_step(family):
    made = Provision.objects.get(**with_them(family, attached))
    return {"uid": made.progress.standing().get().uid}


def day(name):
    return {f"{name}_day": "15", f"{name}_month": "10", f"{name}_year": "2014", name: "2014-10-15"}


def sending(kwargs):
    with acting_as(Everything.make()):
        found = Family.objects.filter(uid=kwargs["uid"]).first()
        said = {"why": WHY, "agreed_on": "2014-09-01", "person": str(adult(found).uid) if found else MISSING}
    return said | day("sent_on") | {"agreed_on_day": "1", "agreed_on_month": "9", "agreed_on_year": "2014"}


def foreign_person(own, other):
    said = {"why": WHY, "agreed_on": "2014-09-01"}
    return {"uid": own.uid}, said | {"person": str(adult(other).uid)}, said | {"person": MISSING}


def yes(kwargs):
    return {"taken_on": "yes"} | day("answered_on")


def no(kwargs):
    return {"refusal": "no_room", "answer": "The course is full."} | day("answered_on")


def a_beginning(kwargs):
    return day("begun_on")


def a_contact(kwargs):
    return {"kind": "phone", "words": "Rang about the course."} | day("happened_on")


def an_end(kwargs):
    return {"ending": "work", "ended_words": "In the school kitchen."} | day("ended_on")


def toward(kwargs):
    said = {"step": "training", "evidence": "letter", "seen_by": "Marcus Bell", "words": "Childcare, level 2."}
    return said | day("happened_on") | day("seen_on")


def why(kwargs):
    return {"words": "It was another family."}


def row(name, subject, **more):
    return Row(name, subject, not_their_job=more.pop("not_theirs", NOT_PROVIDERS), **more)


ROWS = [
    Row("casework:provider", get=all_of(Role.ESF)),
    Row("casework:provision", shared, get=READ),
    row("casework:send_to_provider", shared, get=all_of(*SENDERS), post=all_of(*SENDERS, status=302),
        post_body=sending, not_theirs=NOT_SENDERS),
    row("casework:answer_provision", waiting, get=SEE, post=GO, post_body=yes),
    row("casework:begin_provision", on_it, get=SEE, post=GO, post_body=a_beginning),
    row("casework:provider_contact", on_it, get=SEE, post=GO, post_body=a_contact),
    row("casework:end_provision", going_on, get=SEE, post=GO, post_body=an_end),
    row("casework:work_progress", going_on, get=SEE, post=GO, post_body=toward),
    row("casework:correct_progress", a_step, get=SEE, post=GO, post_body=toward),
    row("casework:take_back_progress", a_step, get=SEE, post=GO, post_body=why),
    row("casework:stop_sharing_provider", shared, get=all_of(*SHARERS), post=all_of(*SHARERS, status=302),
        post_body=why, not_theirs=NOT_SHARERS),
    Row("api-with-provider", get=all_of(Role.ESF)),
    row("api-provisions", shared, get=READ, post=all_of(*SENDERS, status=201), post_body=sending,
        not_theirs=NOT_SENDERS, foreign=foreign_person),
    row("api-take-on", waiting, post=DO, post_body=lambda kwargs: day("answered_on")),
    row("api-turn-down", waiting, post=DO, post_body=no),
    row("api-begin-provision", on_it, post=DO, post_body=a_beginning),
    row("api-provider-contact", on_it, post=MAKE, post_body=a_contact),
    row("api-work-progress", going_on, post=MAKE, post_body=toward),
    row("api-correct-progress", a_step, post=MAKE, post_body=toward),
    row("api-take-back-progress", a_step, post=MAKE, post_body=why),
    row("api-stop-sharing-provider", shared, post=all_of(*SHARERS, status=204), post_body=why,
        not_theirs=NOT_SHARERS),
    row("api-end-provision", going_on, post=DO, post_body=an_end),
]  # fmt: skip
