"""The verbs of those who put their name to a run: sign, certify, and say that it was submitted."""

from django.db import transaction
from django.utils import timezone

from performance.audit.signing import refuse_without_assurance
from performance.claims import rules
from performance.claims.checking import checks_of_run
from performance.claims.models import ClaimRun
from performance.claims.rules import Action
from performance.claims.services import lock, stay_apart
from performance.claims.whole_run import another_may, claims_nothing, fingerprint, i_know_of, refuse_unsigned_warnings
from performance.pbr.rules import ENGINE
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.web.errors import NotAllowed


@transaction.atomic
def sign_run(run: ClaimRun, *, by: User) -> ClaimRun:
    """Sign a run that others prepared, reviewed and audited, after checking that nothing in it was altered."""
    run = lock(run)
    refuse_without_assurance(run)
    run.signed_knowing = ready(run, Action.SIGN, Can.SIGN_CLAIM, by=by)
    refuse_unsigned_warnings(run)
    run.state, run.signed_by, run.signed_at = rules.next_state(run.state, Action.SIGN), by, timezone.now()
    run.save(update_fields=["state", "signed_by", "signed_at", "signed_knowing"])
    return run


@transaction.atomic
def certify_run(run: ClaimRun, *, by: User) -> ClaimRun:
    """Certify a signed run as the senior responsible officer: from then on there is a file to submit."""
    run = lock(run)
    run.certified_knowing = ready(run, Action.CERTIFY, Can.CERTIFY_CLAIM, by=by)
    run.state, run.certified_by, run.certified_at = rules.next_state(run.state, Action.CERTIFY), by, timezone.now()
    run.save(update_fields=["state", "certified_by", "certified_at", "certified_knowing"])
    return run


@transaction.atomic
def submit_run(run: ClaimRun, *, by: User) -> ClaimRun:
    """Say that the file of a certified run was submitted; from then on it is not withdrawn as a whole."""
    run = lock(run)
    run.state = rules.next_state(run.state, Action.SUBMIT)
    refuse_altered(run)
    if claims_nothing(run):
        raise NotAllowed(rules.NOTHING_TO_SUBMIT)
    run.submitted_by, run.submitted_on = by, today()
    run.save(update_fields=["state", "submitted_by", "submitted_on"])
    return run


def ready(run: ClaimRun, action: Action, can: Can, *, by: User) -> bool:
    """Refuse to put a name to a run that is not ready for it, or not theirs; tell whether they know a family of it."""
    stay_apart(run, by=by)
    rules.next_state(run.state, action)
    knows = rules.knowing(knows=(know := i_know_of(run)), another_may=know and another_may(run, can))
    if run.engine != ENGINE:
        message = "This run was judged by an earlier version of the service. Withdraw it and prepare another."
        raise NotAllowed(message)
    refuse_altered(run)
    if stops := [each.sentence for each in checks_of_run(run, by=by) if each.keeps_out]:
        message = f"A check of the whole run blocks it. {' '.join(stops)}"
        raise NotAllowed(message)
    return knows


def refuse_altered(run: ClaimRun) -> None:
    if fingerprint(run) != run.digest:
        message = "What this run holds is not what was frozen. It goes no further; tell internal audit."
        raise NotAllowed(message)
