"""Claim runs and what is in them belong to the claims office: data officers, auditors, heads."""

import json
from datetime import date, timedelta
from itertools import count

from performance.audit.models import AuditOpinion
from performance.claims.frozen import freeze_scheme
from performance.claims.models import Claim, ClaimRun, Judged
from performance.claims.payments.models import ClaimEntry, Remittance
from performance.claims.rules import State
from performance.claims.services import claims_office
from performance.claims.whole_run import ask
from performance.pbr.rules import ENGINE
from performance.pbr.schemes import load
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import give_post, restrict_family
from slf.accounts.models import User
from tests.access_table import Row, all_of
from tests.factories import FamilyFactory

OFFICE = all_of(Role.DATA, Role.AUDITOR, Role.HEAD, Role.SRO)
READERS = OFFICE | all_of(Role.MANAGER)
LINES = all_of(Role.DATA, Role.AUDITOR, Role.HEAD, Role.MANAGER)
WHOLE = all_of(Role.DATA, Role.AUDITOR, Role.HEAD)
NOT_WHOLE, NOT_DATA = frozenset({Role.MANAGER, Role.SRO}), READERS.keys() - {Role.DATA}
NOT_SAMPLED = {role: status for role, status in LINES.items() if role is not Role.AUDITOR}
DAYS = (date(2014, 10, 15) + timedelta(days=n) for n in count())  # one live run a day
SHARED = '{"terms": [], "facts": [], "files": []}'
CASE = json.dumps({"facts": [], "household": {"id": "SLF-1", "attached_on": "2014-01-01", "members": [
    {"id": "a", "name": "A", "parenting": True, "lived_here": [{"from": "2014-01-01"}]}]}})  # fmt: skip

NOTHING_FOUND = dict.fromkeys(("lines", "always", "always_failed", "drawn", "drawn_failed", "failed"), 0)


def a_run(state=State.SAMPLED) -> ClaimRun:
    """Make a run that others prepared, audited, signed and certified, each in their own name, as far as this state."""
    preparer, auditor, signer, certifier = (
        somebody(name, role)
        for name, role in (
            ("preparer", Role.DATA), ("tester", Role.AUDITOR), ("signer", Role.HEAD), ("certifier", Role.SRO)
        )
    )  # fmt: skip
    office = claims_office()
    with acting_as(preparer):
        run = ClaimRun.objects.create(
            scope=office, scheme="P1", rules=freeze_scheme(load("P1")), rules_digest="d", engine=ENGINE,
            shared=SHARED, claim_on=next(DAYS), prepared_by=preparer,
        )  # fmt: skip
    steps = {
        State.PREPARED: (preparer, {"digest": "d"}),
        State.REVIEWED: (preparer, {}),
        State.SAMPLED: (auditor, {"seed": "s", "audited_by": auditor}),
        State.AUDITED: (auditor, {}),
        State.SIGNED: (signer, {"signed_by": signer}),
        State.CERTIFIED: (certifier, {"certified_by": certifier}),
        State.SUBMITTED: (preparer, {"submitted_by": preparer, "submitted_on": date(2014, 10, 15)}),
    }
    for step, (by, said) in steps.items() if state != State.PREPARING else ():
        with acting_as(by):
            if step == State.AUDITED:
                AuditOpinion.objects.create(run=run, scope=office, level="full", given_by=by, **NOTHING_FOUND)
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


def to_review() -> dict:
    """Make a claim for a family in a run that its locality has not spoken on yet."""
    run, family = a_run(State.PREPARED), FamilyFactory(household=True)
    row = Judged.objects.create(
        run=run, family=family, reference=family.reference, attached_on=date(2014, 1, 1), case=CASE,
        judgement='{"trace": []}', digest="d", answer="met", reason="x",
    )  # fmt: skip
    Claim.objects.create(run=run, judged=row, family=family, component="crime_asb_education",
                         component_name="Result", amount=700, price_rule="P1-M-2012-CAE")  # fmt: skip
    return {"uid": run.uid, "slug": family.scope.locality.slug}


def to_review_by_program() -> dict:
    return {"uid": to_review()["uid"]}


def a_remittance() -> dict:
    """Make a remittance of no lines, for a run that was submitted."""
    run, preparer = a_run(State.SUBMITTED), somebody("preparer", Role.DATA)
    with acting_as(preparer):
        ((pk,),) = ask("select slf.enter_remittance(%s, 'DCLG 77', '2014-10-15', 10, '{}', '[]')", run.pk)
        return {"uid": Remittance.objects.get(pk=pk).uid}


def a_line(family) -> dict:
    """Make a line of a run that was submitted."""
    run = a_run(State.SUBMITTED)
    row = Judged.objects.create(
        run=run, family=family, reference=family.reference, attached_on=date(2014, 1, 1), case=CASE,
        judgement='{"trace": []}', digest="d", answer="met", reason="x",
    )  # fmt: skip
    line = Claim.objects.create(run=run, judged=row, family=family, component="crime_asb_education",
                                component_name="Result", amount=700, price_rule="P1-M-2012-CAE")  # fmt: skip
    return {"uid": line.uid}


def behind() -> dict:
    """Make a line of a run that was submitted whose family was closed to named people since."""
    family = FamilyFactory(household=True)
    line, manager = Claim.objects.select_related("run").get(uid=a_line(family)["uid"]), somebody("named", Role.MANAGER)
    restrict_family(family, to=[(manager, Role.MANAGER)], by=manager)
    return {"uid": line.run.uid, "line_uid": line.uid}


def an_entry(family) -> dict:
    line = a_line(family)["uid"]
    with acting_as(somebody("preparer", Role.DATA)):
        ask("select slf.let_go_of_line(%s, 'rejected', 'No register', '2014-10-15')", line)
        return {"uid": ClaimEntry.objects.get(claim__uid=line).uid}


SUBMISSION = {"form": "csv"}
ANSWERED = (
    # what such a run holds is not what its digest says, so nobody signs it
    ("sign_run", "sign", State.AUDITED, Role.HEAD, 409, {"declared": True}),
    ("certify_run", "certify", State.SIGNED, Role.SRO, 409, {"declared": True}),
    ("withdraw_run", "withdraw", State.PREPARED, Role.DATA, 200, {"reason": "Made by mistake"}),
)
ROWS = [
    Row("performance:claim_runs", get=READERS),
    Row("performance:new_claim_run", get={Role.DATA: 200}, post={Role.DATA: 200}),
    Row("performance:claim_run", of_office=run_in(State.PREPARED), get=READERS),
    Row("performance:claims", of_office=run_in(State.PREPARED), get=READERS),
    Row("performance:submission", of_office=lambda: run_in(State.CERTIFIED)() | SUBMISSION, get=OFFICE, recent=True,
        not_their_job=frozenset({Role.MANAGER})),
    Row("performance:enter_remittance", of_office=run_in(State.SUBMITTED), get={Role.DATA: 200}, post={Role.DATA: 200},
        not_their_job=READERS.keys() - {Role.DATA}),
    Row("performance:remittance", of_office=a_remittance, get=WHOLE, not_their_job=frozenset({Role.SRO})),
    Row("performance:confirm_remittance", of_office=a_remittance, post={Role.DATA: 409, Role.HEAD: 409}, recent=True,
        not_their_job=OFFICE.keys() - {Role.DATA, Role.HEAD}),  # it has no lines
    Row("performance:take_back_remittance", of_office=a_remittance, post={Role.DATA: 302},
        not_their_job=OFFICE.keys() - {Role.DATA}),
    Row("performance:claim_line", a_line, get=LINES, post={Role.DATA: 200},
        not_their_job=READERS.keys() - {Role.DATA}),
    Row("performance:payment_file", of_office=run_in(State.SUBMITTED), get=WHOLE, recent=True,
        not_their_job=NOT_WHOLE),
    Row("performance:lines_behind", of_office=run_in(State.SUBMITTED), get={Role.DATA: 200}, not_their_job=NOT_DATA),
    Row("performance:line_behind", of_office=behind, get={Role.DATA: 200}, post={Role.DATA: 200}, recent=True,
        not_their_job=NOT_DATA),
    Row("performance:reverse_claim_entry", an_entry, get={Role.DATA: 200}, post={Role.DATA: 200}, recent=True,
        not_their_job=READERS.keys() - {Role.DATA}),
    # an auditor opens the evidence of a sample alone
    Row("performance:judged", judged, get=NOT_SAMPLED),
    Row("performance:case_file", judged, get=NOT_SAMPLED, recent=True),
    Row("performance:review_claims", of_office=to_review, get={Role.MANAGER: 200}, post={Role.MANAGER: 200},
        not_their_job=frozenset(OFFICE)),
    Row("api-run-review", of_office=to_review_by_program, post={Role.MANAGER: 200}, not_their_job=frozenset(OFFICE),
        post_body=lambda kwargs: {"locality": "charnwood", "agreed": True}),
    Row("api-claim-runs", get=all_of(*Role), post={Role.DATA: 400}),
    Row("api-judged", of_office=run_in(State.PREPARED), get=READERS, recent=True),
    *(Row(f"api-{name}", of_office=run_in(State.PREPARED), get=READERS)
      for name in ("claim-run", "claims", "run-checks", "run-localities")),
    Row("api-payment", of_office=run_in(State.SUBMITTED), get=READERS),
    Row("api-remittances", of_office=run_in(State.SUBMITTED), get=OFFICE, post={Role.DATA: 400},
        not_their_job=READERS.keys() - {Role.DATA}),
    Row("api-remittance", of_office=a_remittance, get=WHOLE, not_their_job=frozenset({Role.SRO})),
    Row("api-lines-behind", of_office=run_in(State.SUBMITTED), get={Role.DATA: 200}, not_their_job=NOT_DATA),
    Row("api-line-behind", of_office=behind, get={Role.DATA: 200}, post={Role.DATA: 400}, recent=True,
        not_their_job=NOT_DATA),
    Row("api-remittance-confirm", of_office=a_remittance, post={Role.DATA: 409, Role.HEAD: 409}, recent=True,
        not_their_job=OFFICE.keys() - {Role.DATA, Role.HEAD}),
    Row("api-remittance-take-back", of_office=a_remittance, post={Role.DATA: 200},
        not_their_job=OFFICE.keys() - {Role.DATA}),
    Row("api-claim-entries", a_line, get=LINES, post={Role.DATA: 400}, recent=True,
        not_their_job=READERS.keys() - {Role.DATA}),
    Row("api-claim-entry-reverse", an_entry, post={Role.DATA: 400}, recent=True,
        not_their_job=READERS.keys() - {Role.DATA}),
    # what such a run holds is not what its digest says
    Row("performance:submit_run", of_office=run_in(State.CERTIFIED), post={Role.DATA: 409}, recent=True,
        not_their_job=READERS.keys() - {Role.DATA}),
    Row("api-run-submit", of_office=run_in(State.CERTIFIED), post={Role.DATA: 409}, recent=True,
        not_their_job=READERS.keys() - {Role.DATA}),
    *(Row(f"performance:{page}", of_office=run_in(state), get={who: 200}, post={who: 200}, recent=True,
          not_their_job=READERS.keys() - {who}) for page, _, state, who, _, _ in ANSWERED),
    *(Row(f"api-run-{verb}", of_office=run_in(state), post={who: status}, recent=True,
          post_body=lambda kwargs, body=body: body, not_their_job=READERS.keys() - {who})
      for _, verb, state, who, status, body in ANSWERED),
]  # fmt: skip
