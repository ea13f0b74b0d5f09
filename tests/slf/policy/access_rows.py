"""Settings: read by everybody who works here and by no partner, kept by the head of service and administrators."""

from referrals.intake.rules import DECIDE_WITHIN
from slf.access.acting import acting_as
from slf.access.rules import PARTNERS, STAFF, Role
from slf.policy.models import SettingValue
from slf.policy.services import take_back
from tests.access_table import Row, all_of
from tests.slf.policy.factories import proposal

READERS = all_of(*STAFF)
KEEPERS = all_of(Role.HEAD, Role.ADMIN)
NOT_KEEPERS = frozenset(Role) - KEEPERS.keys()
BODY = {"value": 7, "starts_on": "2036-01-01", "document": "Guidance"}


def one() -> dict:
    """Return a setting of which no proposal waits: another may be made."""
    for row in SettingValue.objects.waiting():
        with acting_as(row.proposed_by):
            take_back(row, by=row.proposed_by)
    return {"key": DECIDE_WITHIN.key}


def waiting() -> dict:
    row = SettingValue.objects.waiting().first() or proposal(DECIDE_WITHIN, 7)
    return {"key": row.key, "uid": row.uid}


def waiting_for_programs() -> dict:
    return {"uid": waiting()["uid"]}


ROWS = [
    Row("policy:settings", get=READERS),
    Row("policy:setting", of_office=one, get=READERS, not_their_job=PARTNERS),
    Row("policy:propose", of_office=one, get=KEEPERS, post=KEEPERS, not_their_job=NOT_KEEPERS),
    Row("policy:confirm", of_office=waiting, post=all_of(*KEEPERS, status=302), not_their_job=NOT_KEEPERS),
    Row("policy:take_back", of_office=waiting, post=all_of(*KEEPERS, status=302), not_their_job=NOT_KEEPERS),
    Row("api-settings", get=READERS),
    Row("api-setting", of_office=one, get=READERS, not_their_job=PARTNERS),
    Row("api-setting-values", of_office=one, get=READERS, post=all_of(*KEEPERS, status=201), not_their_job=NOT_KEEPERS,
        post_body=lambda kwargs: BODY),
    Row("api-confirm-setting", of_office=waiting_for_programs, post=KEEPERS, not_their_job=NOT_KEEPERS),
    Row("api-take-back-setting", of_office=waiting_for_programs, post=KEEPERS, not_their_job=NOT_KEEPERS),
]  # fmt: skip
