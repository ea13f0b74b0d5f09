"""Claim runs and what is in them belong to the claims office: data officers, auditors, heads."""

import json
from datetime import date, timedelta
from itertools import count

from performance.claims.frozen import freeze_scheme
from performance.claims.models import ClaimRun, Judged
from performance.claims.rules import State
from performance.claims.services import claims_office
from performance.pbr.rules import ENGINE
from performance.pbr.schemes import load
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import give_post
from slf.accounts.models import User
from tests.access_table import Row, all_of

OFFICE = all_of(Role.DATA, Role.AUDITOR, Role.HEAD)
DAYS = (date(2014, 10, 15) + timedelta(days=n) for n in count())  # one live run a day
SHARED = '{"terms": [], "facts": [], "files": []}'
CASE = json.dumps({"facts": [], "household": {"id": "SLF-1", "attached_on": "2014-01-01", "members": [
    {"id": "a", "name": "A", "parenting": True, "lived_here": [{"from": "2014-01-01"}]}]}})  # fmt: skip


def a_run(state=State.SAMPLED) -> ClaimRun:
    """Make a run that others prepared, audited and signed, each in their own name, as far as this state."""
    preparer, auditor, signer = (
        somebody(name, role)
        for name, role in (("preparer", Role.DATA), ("tester", Role.AUDITOR), ("signer", Role.HEAD))
    )
    office = claims_office()
    with acting_as(preparer):
        run = ClaimRun.objects.create(
            scope=office, scheme="P1", rules=freeze_scheme(load("P1")), rules_digest="d", engine=ENGINE,
            shared=SHARED, claim_on=next(DAYS), prepared_by=preparer,
        )  # fmt: skip
    steps = {
        State.PREPARED: (preparer, {"digest": "d"}),
        State.SAMPLED: (auditor, {"seed": "s", "audited_by": auditor}),
        State.AUDITED: (auditor, {}),
        State.SIGNED: (signer, {"signed_by": signer}),
    }
    for step, (by, said) in steps.items():
        with acting_as(by):
            ClaimRun.objects.filter(pk=run.pk).update(state=step, **said)
        if step == state:
            break
    run.refresh_from_db()
    return run


def somebody(name: str, role: Role) -> User:
    user, new = User.objects.get_or_create(username=name)
    if new:
        give_post(user, role=role, locality=None, by=user, starts_on=date(2012, 4, 1))
    return user


def run_in(state: State):
    return lambda: {"uid": a_run(state).uid}


def judged(family) -> dict:
    """Make a judgement of this family in a run somebody prepared."""
    run = a_run()
    row = Judged.objects.create(
        run=run, family=family, reference=family.reference, attached_on=date(2014, 1, 1), case=CASE,
        judgement='{"trace": []}', digest="d", answer="not_known", reason="x",
    )  # fmt: skip
    return {"uid": row.uid}


SUBMISSION = {"form": "csv"}
ANSWERED = (
    # what such a run holds is not what its digest says, so nobody signs it
    ("sign_run", "sign", State.AUDITED, Role.HEAD, 409, {"declared": True}),
    ("withdraw_run", "withdraw", State.PREPARED, Role.DATA, 200, {"reason": "Made by mistake"}),
)
ROWS = [
    Row("performance:claim_runs", get=OFFICE),
    Row("performance:new_claim_run", get={Role.DATA: 200}, post={Role.DATA: 200}),
    Row("performance:claim_run", of_office=run_in(State.PREPARED), get=OFFICE),
    Row("performance:claims", of_office=run_in(State.PREPARED), get=OFFICE),
    Row("performance:submission", of_office=lambda: run_in(State.SIGNED)() | SUBMISSION, get=OFFICE, recent=True),
    Row("performance:record_payment", of_office=run_in(State.SIGNED), get={Role.DATA: 200}, post={Role.DATA: 200},
        not_their_job=OFFICE.keys() - {Role.DATA}),
    Row("performance:judged", judged, get=OFFICE),
    Row("performance:case_file", judged, get=OFFICE, recent=True),
    Row("api-claim-runs", get=all_of(*Role), post={Role.DATA: 400}),
    Row("api-judged", of_office=run_in(State.PREPARED), get=OFFICE, recent=True),
    *(Row(f"api-{name}", of_office=run_in(State.PREPARED), get=OFFICE)
      for name in ("claim-run", "claims", "run-checks")),
    Row("api-payment", of_office=run_in(State.SIGNED), post={Role.DATA: 400},
        not_their_job=OFFICE.keys() - {Role.DATA}),
    *(Row(f"performance:{page}", of_office=run_in(state), get={who: 200}, post={who: 200}, recent=True,
          not_their_job=OFFICE.keys() - {who}) for page, _, state, who, _, _ in ANSWERED),
    *(Row(f"api-run-{verb}", of_office=run_in(state), post={who: status}, recent=True,
          post_body=lambda kwargs, body=body: body, not_their_job=OFFICE.keys() - {who})
      for _, verb, state, who, status, body in ANSWERED),
]  # fmt: skip
