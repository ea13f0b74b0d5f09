"""Claim runs belong to the claims office; a judgement also to whoever may read claims of its family's locality."""

from datetime import date

from performance.claims.models import AuditTest, Claim, ClaimRun, Judged
from performance.claims.rules import State
from performance.claims.services import claims_office
from slf.access.rules import Role
from slf.accounts.models import User
from tests.access_table import Row, all_of

OFFICE = all_of(Role.DATA, Role.AUDITOR, Role.HEAD)
READERS = OFFICE | {Role.MANAGER: 200}
CASE = {
    "scheme": "P1", "on": "2014-10-15", "terms": [], "facts": [], "confirmed_rows": [],
    "household": {"id": "SLF-1", "attached_on": "2014-01-01", "members": [
        {"id": "a", "name": "A", "parenting": True, "lived_here": [{"from": "2014-01-01"}]}]},
}  # fmt: skip


def judged(family) -> dict:
    """Make a judgement of this family in a run somebody prepared."""
    from performance.claims.frozen import freeze_scheme
    from performance.pbr.schemes import load

    preparer = User.objects.get_or_create(username="preparer")[0]
    run = ClaimRun.objects.create(
        scope=claims_office(), scheme="P1", rules=freeze_scheme(load("P1")), rules_digest="d", engine="1",
        claim_on=date(2014, 10, 15), prepared_by=preparer, state=State.SAMPLED, digest="d", seed="s",
    )  # fmt: skip
    row = Judged.objects.create(
        run=run, family=family, case=CASE, judgement="{}", digest="d", answer="not_known", reason="x"
    )
    return {"uid": row.uid}


def audit_test(family) -> dict:
    row = Judged.objects.get(uid=judged(family)["uid"])
    claim = Claim.objects.create(run=row.run, judged=row, family=family, component="crime_asb_education",
                                 component_name="Result", amount=700, price_rule="P1-M-2012-CAE")  # fmt: skip
    return {"uid": AuditTest.objects.create(run=row.run, claim=claim, family=family, place=1).uid}


ROWS = [
    Row("performance:claim_runs", get=OFFICE),
    Row("performance:new_claim_run", get={Role.DATA: 200}, post={Role.DATA: 200}),
    Row("performance:judged", judged, get=READERS),
    Row("performance:case_file", judged, get=READERS),
    Row("performance:audit_test", audit_test, get={Role.AUDITOR: 200}, post={Role.AUDITOR: 200},
        not_their_job=frozenset({Role.DATA, Role.HEAD, Role.MANAGER})),
    Row("api-audit-test", audit_test, patch={Role.AUDITOR: 400}, not_their_job=frozenset()),
    Row("api-claim-runs", get=all_of(*Role), post={Role.DATA: 400}),
]  # fmt: skip
