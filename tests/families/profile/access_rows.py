"""A person's page is the family's card; numbers and changes are for those who work with the family."""

from datetime import date

from families.contact.services import set_rule
from families.names.rules import NameKind, Shown
from families.names.services import Told, add_name
from families.people.models import Membership
from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.casework.plans.factories import somebody

CARD = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD, Role.DATA, Role.BUSINESS)
WORK = (Role.FSW, Role.SENIOR)
ASK, SAVE, MAKE = all_of(*WORK), all_of(*WORK, status=302), all_of(*WORK, status=201)
SEEN = all_of(*WORK, status=428)  # the walk does not say what it saw
NOT_THEIRS = frozenset({Role.MANAGER, Role.HEAD})
NAME = {"given_names": "Shaz", "family_name": "Wragg", "source": "Herself", "told_by": "themselves"}
RECORD = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
SEX = {"answer": "female", "source": "Herself", "told_by": "themselves", "said_on_day": 1, "said_on_month": 10,
       "said_on_year": 2014}  # fmt: skip
RULE = {"channel": "call", "source": "Herself"}
DELETED = all_of(*WORK, status=204)


def a_person(family) -> dict:
    return {"uid": family.uid, "person": Membership.objects.filter(family=family).first().person.uid}


def with_a_name(family) -> dict:
    member = Membership.objects.filter(family=family).first()
    name = add_name(
        member, kind=NameKind.ALIAS, given_names="Shaz", family_name="Wragg", told=Told("Herself", "themselves"),
        shown=Shown.ALL, by=somebody(),
    )  # fmt: skip
    return {"uid": family.uid, "person": member.person.uid, "name": name.uid}


def with_a_rule(family) -> dict:
    member = Membership.objects.filter(family=family).first()
    rule = set_rule(member, **RULE, never=True, by=somebody(), on=date(2014, 10, 1))
    return {"uid": family.uid, "person": member.person.uid, "rule": rule.uid}


def changes(name: str, body: dict, *, status: int = 302) -> Row:
    post = all_of(*WORK, status=status)
    return Row(name, a_person, get=ASK, post=post, post_body=lambda kwargs: body, not_their_job=NOT_THEIRS)


ROWS = [
    Row("families:person", a_person, get=CARD),
    changes("families:person_name", NAME | {"why": "changed", "was": "maiden", "revision": 1}),
    changes("families:person_add_name", NAME | {"kind": "alias", "shown": "all"}),
    changes("families:person_birth", {"birth": "unknown", "gender": "female", "revision": 1}),
    changes("families:person_numbers", {"source": "A letter", "revision": 1}),
    Row("families:person_remove_name", with_a_name, post=SAVE, not_their_job=NOT_THEIRS),
    changes("families:person_add_rule", RULE | {"when": "never"}),
    Row("families:person_end_rule", with_a_rule, post=SAVE, not_their_job=NOT_THEIRS),
    Row("api-contact-rules", a_person, get=RECORD, post=MAKE, not_their_job=NOT_THEIRS,
        post_body=lambda kwargs: RULE | {"never": True}),
    Row("api-end-contact-rule", with_a_rule, post=all_of(*WORK), not_their_job=NOT_THEIRS),
    Row("families:person_history", a_person, get=RECORD),
    Row("families:person_about", lambda family: a_person(family) | {"kind": "sex"}, get=ASK, post=SAVE,
        post_body=lambda kwargs: SEX, not_their_job=NOT_THEIRS),
    Row("api-person-about", a_person, get=RECORD, post=MAKE, not_their_job=NOT_THEIRS,
        post_body=lambda kwargs: SEX | {"kind": "sex", "said_on": "2014-10-01"}),
    Row("api-person", a_person, get=CARD, patch=SEEN, not_their_job=NOT_THEIRS),
    Row("api-person-name", a_person, post=SEEN, not_their_job=NOT_THEIRS),
    Row("api-person-names", a_person, post=MAKE, not_their_job=NOT_THEIRS,
        post_body=lambda kwargs: NAME | {"kind": "alias", "shown": "all"}),
    Row("api-person-other-name", with_a_name, delete=DELETED,
        not_their_job=NOT_THEIRS),
]  # fmt: skip
