from datetime import timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from families.people.models import Membership, Person
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.clock import today
from tests.access_table import Row, all_of
from tests.families.households.factories import somebody

READ = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
WRITE = (Role.FSW, Role.SENIOR, Role.MANAGER)
SEE, GO, DO, MAKE = all_of(*WRITE), all_of(*WRITE, status=302), all_of(*WRITE), all_of(*WRITE, status=201)
NOT_THEIRS = frozenset({Role.HEAD})
MISSING = "00000000-0000-4000-8000-000000000000"
DAY = "2014-05-03"


def day(name, text=DAY):
    year, month, number = text.split("-")
    return {f"{name}_year": year, f"{name}_month": month, f"{name}_day": number, name: text}


def soon():
    return day("expected_on", (today() + timedelta(days=40)).isoformat())


def of_family(family):
    return {"uid": family.uid}


def with_a_relative(family):
    """Somebody who is known and not in the family."""
    with acting_as(somebody()):
        person = Person.objects.create(given_names="Joan", family_name="Marsh", scopes=[family.scope_id])
        Membership.objects.create(family=family, person=person, part="relative", period=DateRange(family.known_since))
    return {"uid": family.uid}


def of_member(family):
    return {"uid": family.memberships.filter(part="parent").first().uid}


def of_baby(family):
    with acting_as(somebody()):
        person = Person.objects.create(
            given_names="Baby", family_name="Marsh", scopes=[family.scope_id], expected_on=today()
        )
        row = Membership.objects.create(
            family=family, person=person, part="expected", period=DateRange(family.known_since)
        )
    return {"uid": row.uid}


def and_family(subject):
    """The same for an address that names the family and the member."""

    def make(family):
        return {"uid": family.uid, "member": subject(family)["uid"]}

    return make


def joining(kwargs):
    return {"given_names": "Ryan", "family_name": "Marsh", "gender": "male", "part": "child", **day("on")}


def known(kwargs):
    with acting_as(somebody()):
        row = Membership.objects.filter(family__uid=kwargs["uid"], part="relative").first()
        person = str(row.person.uid) if row else MISSING
    return {"who": person, "person": person, "part": "adult", **day("on")}


def expecting(kwargs):
    return {"family_name": "Marsh", **soon()}


def splitting(kwargs):
    with acting_as(somebody()):
        row = Membership.objects.filter(family__uid=kwargs["uid"], part="parent").first()
    return {"going": [str(row.uid) if row else MISSING], "name": "Second", **day("on")}


def leaving(kwargs):
    return {"why": "own_home", "where_to": "near", **day("on")}


def becoming(kwargs):
    return {"part": "away", **day("on")}


def being_born(kwargs):
    return {"given_names": "Ella", "family_name": "Marsh", "gender": "female", **day("born_on")}


def correcting(kwargs):
    return {**day("starts_on"), "ends_on": None, "words": "Typed wrongly"} if "member" in kwargs else {
        **day("starts_on"), "words": "Typed wrongly"
    }  # fmt: skip


def foreign_person(own, other):
    body = {"part": "child", "on": DAY}
    stranger = str(other.memberships.first().person.uid)
    return {"uid": own.uid}, body | {"person": stranger}, body | {"person": MISSING}


def foreign_members(own, other):
    body = {"name": "Second", "on": DAY}
    return {"uid": own.uid}, body | {"going": [str(other.memberships.first().uid)]}, body | {"going": [MISSING]}


def row(name, subject, **more):
    return Row(name, subject, not_their_job=NOT_THEIRS, **more)


ROWS = [
    Row("families:household", of_family, get=READ),
    row("families:household_join", of_family, get=SEE, post=GO, post_body=joining),
    row("families:household_known", with_a_relative, get=SEE, post=GO, post_body=known),
    row("families:household_expect", of_family, get=SEE, post=GO, post_body=expecting),
    row("families:household_split", of_family, get=SEE, post=GO, post_body=splitting),
    row("families:member_leave", of_member, get=SEE, post=GO, post_body=leaving),
    row("families:member_part", of_member, get=SEE, post=GO, post_body=becoming),
    row("families:member_born", of_baby, get=SEE, post=GO, post_body=being_born),
    row("families:member_correct", of_member, get=SEE, post=GO, post_body=correcting),
    row("api-household", of_family, get=READ, post=MAKE, post_body=joining, foreign=foreign_person),
    row("api-household-expect", of_family, post=MAKE, post_body=expecting),
    row("api-household-split", of_family, post=MAKE, post_body=splitting, foreign=foreign_members),
    row("api-member-leave", and_family(of_member), post=DO, post_body=leaving),
    row("api-member-part", and_family(of_member), post=DO, post_body=becoming),
    row("api-member-born", and_family(of_baby), post=DO, post_body=being_born),
    row("api-member-correct", and_family(of_member), post=DO, post_body=correcting),
]
