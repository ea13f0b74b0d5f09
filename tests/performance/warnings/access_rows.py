"""Warnings are the claims office's to read; a sign-off is taken back by who may sign off."""

import json

from django.db import connection

from performance.claims.models import Claim, ClaimRun, Judged
from performance.claims.rules import State
from performance.warnings.models import LineWarning
from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.performance.claims.access_rows import CASE, READERS, a_run, run_in, somebody

SAYS = "The evidence is old."
SIGNERS = all_of(Role.HEAD, Role.MANAGER)


def signed_off(family) -> dict:
    """Make a warning of this family's line, signed off by a head of service."""
    run = a_run(State.PREPARING)
    row = Judged.objects.create(
        run=run, family=family, reference=family.reference, attached_on="2014-01-01", case=CASE, judgement="{}",
        digest="d", answer="met", reason="x", checks=json.dumps({"crime_asb_education": [[17, "warns", SAYS]]}),
    )  # fmt: skip
    Claim.objects.create(run=run, judged=row, family=family, component="crime_asb_education",
                         component_name="Result", amount=700, price_rule="P1-M-2012-CAE")  # fmt: skip
    with acting_as(run.prepared_by):
        ClaimRun.objects.filter(pk=run.pk).update(state=State.PREPARED, digest="d")
    warning = LineWarning.objects.get(judged=row)
    with acting_as(somebody("signer-off", Role.HEAD)), connection.cursor() as cursor:
        cursor.execute("select slf.sign_off_warnings(%s, '{}', true, 'Looked at by hand')", [[warning.pk]])
    return {"uid": run.uid, "warning": warning.uid}


ROWS = [
    Row("performance:warnings", of_office=run_in(State.PREPARED), get=READERS, post=READERS),
    Row("performance:take_back_sign_off", signed_off, get=SIGNERS, post=SIGNERS),
    Row("api-warnings", of_office=run_in(State.PREPARED), get=READERS, post=all_of(*READERS, status=400)),
    Row("api-take-back-sign-off", of_office=run_in(State.PREPARED), post=all_of(*READERS, status=400)),
]
