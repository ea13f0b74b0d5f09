"""A sample and its tests belong to the claims office; what an auditor does is the auditor's."""

from django.db import transaction

from performance.audit.frame import lines_of, put_in_sample
from performance.audit.models import AuditTest
from performance.audit.rules.drawing import Place
from performance.claims.models import Claim, Judged
from performance.claims.rules import State
from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.performance.claims.access_rows import READERS, judged, run_in


def audit_test(family) -> dict:
    """Make a line of a sample that somebody else drew."""
    row = Judged.objects.get(uid=judged(family)["uid"])
    claim = Claim.objects.create(run=row.run, judged=row, family=family, component="crime_asb_education",
                                 component_name="Result", amount=700, price_rule="P1-M-2012-CAE")  # fmt: skip
    frame = [{"line": str(claim.uid), "locality": "Charnwood", "route": "Result", "always": []}]
    with acting_as(row.run.audited_by), transaction.atomic():
        put_in_sample(row.run, [Place(1, lines_of(frame)[0])], number=1)
    return {"uid": AuditTest.objects.get(claim=claim).uid}


def a_claim(family) -> dict:
    """Make a claim of a run that is not signed yet."""
    return {"uid": AuditTest.objects.get(uid=audit_test(family)["uid"]).claim.uid, "form": "zip"}


FULL, MORE = {"level": "full"}, {"more": 10, "why": "A line failed"}
WHOLE = all_of(Role.DATA, Role.AUDITOR, Role.HEAD)
NOT_WHOLE = frozenset({Role.MANAGER, Role.SRO})
NOT_DATA = READERS.keys() - {Role.DATA}
NOT_AUDITORS = READERS.keys() - {Role.AUDITOR}
ROWS = [
    Row("performance:sample", of_office=run_in(State.SAMPLED), get=READERS),
    Row("performance:sample_frame", of_office=run_in(State.SAMPLED), get=WHOLE, recent=True, not_their_job=NOT_WHOLE),
    Row("performance:draw_sample", of_office=run_in(State.REVIEWED), get={Role.AUDITOR: 200}, post={Role.AUDITOR: 302},
        recent=True, not_their_job=NOT_AUDITORS),
    # another auditor drew its sample
    Row("performance:extend_sample", of_office=run_in(State.SAMPLED), get={Role.AUDITOR: 200}, post={Role.AUDITOR: 409},
        post_body=lambda kwargs: MORE, recent=True, not_their_job=NOT_AUDITORS),
    Row("performance:pass_run", of_office=run_in(State.SAMPLED), get={Role.AUDITOR: 200}, post={Role.AUDITOR: 403},
        post_body=lambda kwargs: FULL, recent=True, not_their_job=NOT_AUDITORS),
    Row("performance:population", of_office=run_in(State.PREPARED), get=WHOLE, not_their_job=NOT_WHOLE),
    Row("performance:population_file", of_office=run_in(State.PREPARED), get=WHOLE, recent=True,
        not_their_job=NOT_WHOLE),
    # what such a line used is not in its run, so no pack of it is opened
    Row("performance:audit_pack", lambda family: audit_test(family) | {"form": "pdf"}, get={Role.AUDITOR: 409},
        recent=True, not_their_job=NOT_AUDITORS),
    Row("performance:claim_pack", a_claim, get={Role.DATA: 409}, recent=True, not_their_job=NOT_DATA),
    Row("performance:audit_test", audit_test, get={Role.AUDITOR: 200}, post={Role.AUDITOR: 200},
        not_their_job=NOT_AUDITORS),
    Row("api-sample", of_office=run_in(State.SAMPLED), get=READERS),
    Row("api-sample-drawings", of_office=run_in(State.SAMPLED), get=READERS),
    Row("api-run-draw-sample", of_office=run_in(State.REVIEWED), post={Role.AUDITOR: 200}, recent=True,
        not_their_job=NOT_AUDITORS),
    Row("api-run-extend-sample", of_office=run_in(State.SAMPLED), post={Role.AUDITOR: 409},
        post_body=lambda kwargs: MORE, recent=True, not_their_job=NOT_AUDITORS),
    Row("api-run-pass", of_office=run_in(State.SAMPLED), post={Role.AUDITOR: 403}, post_body=lambda kwargs: FULL,
        recent=True, not_their_job=NOT_AUDITORS),
    Row("api-audit-opinion", of_office=run_in(State.AUDITED), get=READERS),
    Row("api-population", of_office=run_in(State.PREPARED), get=WHOLE, recent=True, not_their_job=NOT_WHOLE),
    Row("api-audit-test", audit_test, patch={Role.AUDITOR: 400}),
]  # fmt: skip
