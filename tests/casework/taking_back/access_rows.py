"""Whoever loads files asks for a list to be taken back; whoever may close a family to others decides."""

from django.utils import timezone

from casework.importing.models import ImportFile
from casework.taking_back.models import TakingBack
from slf.access.acting import acting_as
from slf.access.models import Locality
from slf.access.rules import ROLES, Can, Role
from slf.access.services import give_post, locality_scope
from slf.accounts.models import User
from slf.clock import today
from tests.access_table import Row, all_of
from tests.casework.importing.access_rows import OTHERS, file
from tests.factories import KNOWN_SINCE
from tests.families.households.factories import somebody

DECIDE = [role for role in Role if Can.RESTRICT_FAMILY in ROLES[role]]
NOT_THEIRS = frozenset(Role) - set(DECIDE)


def sender() -> User:
    user, new = User.objects.get_or_create(username="sender")
    if new or not user.posts.exists():
        give_post(user, role=Role.DATA, locality=None, by=somebody(), starts_on=KNOWN_SINCE)
    return user


def made() -> dict:
    """Keep a list that was made, of no family."""
    kept, by = file(), sender()
    with acting_as(by):
        ImportFile.objects.filter(uid=kept["uid"]).update(confirmed_by=by, confirmed_on=today(), made_at=timezone.now())
    return kept


def asked() -> dict:
    found, by = ImportFile.objects.get(uid=made()["uid"]), sender()
    place = Locality.objects.get(slug="charnwood")
    with acting_as(by):
        taking = TakingBack.objects.create(
            scope=locality_scope(place), file=found, locality=place, source=found.source, file_name=found.name,
            confirmed_by=by, made_at=timezone.now(), asked_by=by, asked_on=today(), reason="The wrong file",
        )  # fmt: skip
    return {"uid": taking.uid}


WHY = {"reason": "The wrong file"}
LEAVE = {"answer": "refuse", "note": ""}
OF_A_LIST = {"of_office": made, "not_their_job": OTHERS}
OF_ASKED = {"of_office": asked, "not_their_job": NOT_THEIRS}

ROWS = [
    Row("casework:ask_to_take_back", **OF_A_LIST, get={Role.DATA: 200}, post={Role.DATA: 302},
        post_body=lambda kwargs: WHY),
    Row("casework:takings_back", get=all_of(*DECIDE)),
    Row("casework:taking_back", **OF_ASKED, get=all_of(*DECIDE), post=all_of(*DECIDE, status=302),
        post_body=lambda kwargs: LEAVE),
    Row("api-import-take-back", **OF_A_LIST, post={Role.DATA: 201}, post_body=lambda kwargs: WHY),
    Row("api-takings-back", get=all_of(*DECIDE)),
    Row("api-taking-back", **OF_ASKED, get=all_of(*DECIDE)),
    Row("api-answer-taking-back", **OF_ASKED, post=all_of(*DECIDE), post_body=lambda kwargs: LEAVE),
]  # fmt: skip
