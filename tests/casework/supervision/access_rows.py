"""Supervision: read by its people and who stands above the worker, written by who leads it, own words by the two."""

from casework.cases.models import Case
from casework.supervision.models import SupervisionPart
from casework.supervision.services import state_of
from slf.access.acting import acting_as
from slf.access.rules import ROLES, STAFF, Can, Role
from slf.access.services import give_post
from slf.accounts.models import User
from tests.access_table import Row, all_of
from tests.casework.supervision.factories import SINCE, agreed, decided, held
from tests.casework.visits.factories import give
from tests.conftest import Everything
from tests.factories import KNOWN_SINCE, FamilyFactory

READ = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
ABOVE = all_of(Role.SENIOR, Role.MANAGER, Role.HEAD)
LEADS = tuple(role for role in Role if Can.REVIEW_FAMILY in ROLES[role])
SENIOR = Role.SENIOR
NOT_TO_LEAD = frozenset({Role.MANAGER, Role.HEAD})


def somebody(role: Role, family) -> User:
    made = User.objects.create_user(f"{role}.{User.objects.count()}")
    give_post(made, role=role, locality=family.scope.locality, by=Everything.make(), starts_on=KNOWN_SINCE)
    return made


def part_of(family) -> SupervisionPart:
    """A supervision of the family's worker with a senior who is nobody that asks otherwise."""
    worker, senior = somebody(Role.FSW, family), somebody(Role.SENIOR, family)
    with acting_as(Everything.make()):
        Case.objects.get_or_create(family=family, defaults={"opened_on": SINCE, "opened_by": Everything.make()})
        if (former := family.allocations.first()) is None:
            give(family, worker)
        else:
            type(former).objects.filter(pk=former.pk).update(worker=worker)
    return held(worker, senior)


def a_part(family):
    return {"uid": part_of(family).uid}


def a_meeting(family):
    return {"uid": part_of(family).supervision.uid}


def of_both(family):
    return {"uid": part_of(family).uid, "family_uid": family.uid}


def an_action(family):
    part = part_of(family)
    with acting_as(Everything.make()):
        return {"uid": decided(part, family, part.supervision.supervisor, action=agreed()).actions.get().uid}


def in_an_office(make):
    return lambda: make(FamilyFactory(household=True))


def who_leads(kwargs):
    """The senior of the supervision that the arguments name, or of the part or action in it."""
    by_uid = {"uid": kwargs["uid"]}
    with acting_as(Everything.make()):
        row = SupervisionPart.objects.filter(**by_uid).first()
        row = row or SupervisionPart.objects.filter(supervision__uid=kwargs["uid"]).first()
        row = row or SupervisionPart.objects.get(decisions__actions__uid=kwargs["uid"])
        return row.supervision.supervisor


def led(name, subject, **more):
    not_theirs = more.pop("not_theirs", NOT_TO_LEAD)
    return Row(name, subject, owner=who_leads, not_their_job=not_theirs, **more)


def deciding(kwargs):
    key = kwargs["family_uid"].hex
    return {f"{key}-decision": "continue", f"{key}-revision": "0"}


def deciding_by_api(kwargs):
    with acting_as(Everything.make()):
        part = SupervisionPart.objects.filter(uid=kwargs["uid"]).first()
        family = part and part.worker.allocations.first().family
        return {"decision": "continue", "family": str(family.uid if family else kwargs["uid"])}


def signing(kwargs):
    with acting_as(Everything.make()):
        part = SupervisionPart.objects.filter(uid=kwargs["uid"]).first()
        return {"state": state_of(part) if part else "none"}


ROWS = [
    Row("casework:supervisions", get=all_of(*STAFF)),
    Row("casework:begin_supervision", get=all_of(*LEADS), post=all_of(*LEADS, status=400)),
    Row("casework:supervision", of_office=in_an_office(a_meeting), get=ABOVE),
    led("casework:call_off_supervision", a_meeting, post={SENIOR: 302}),
    led("casework:decide", of_both, get={SENIOR: 200}, post={SENIOR: 302}, post_body=deciding),
    Row("casework:own_part", of_office=in_an_office(a_part), get={Role.MANAGER: 200}, post={Role.MANAGER: 403}),
    led("casework:sign_supervision", a_part, post={SENIOR: 302}),
    Row("casework:agreed_action", an_action, get=READ, post=all_of(*READ, status=302)),
    led("casework:take_out_agreed_action", an_action, post={SENIOR: 302}, not_theirs=NOT_TO_LEAD | {Role.FSW}),
    Row("casework:family_supervision", lambda family: {"uid": family.uid}, get=READ),
    Row("api-supervisions", get=all_of(*STAFF), post=all_of(*LEADS, status=400)),
    Row("api-supervision", of_office=in_an_office(a_meeting), get=ABOVE),
    Row("api-agenda", of_office=in_an_office(a_part), get=ABOVE),
    led("api-call-off-supervision", a_meeting, post={SENIOR: 200}),
    led("api-decide", a_part, post={SENIOR: 200}, post_body=deciding_by_api),
    Row("api-own-part", of_office=in_an_office(a_part), get={Role.MANAGER: 200}, post={Role.MANAGER: 403}),
    led("api-sign-supervision", a_part, post={SENIOR: 200}, post_body=signing),
    Row("api-agreed-action", an_action, post=READ),
    led("api-take-out-agreed-action", an_action, post={SENIOR: 204}, not_theirs=NOT_TO_LEAD | {Role.FSW}),
    Row("api-family-supervision", lambda family: {"uid": family.uid}, get=READ),
]
