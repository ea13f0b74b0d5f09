"""The verbs of a claim run: prepare, record the payment, withdraw. Its audit is ``performance.audit``."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from families.hub.models import FeedFile
from families.hub.services import was_given_up
from families.register.rules import Purpose
from families.register.services import use_on
from performance.claims import rules
from performance.claims.assembly import files_received, school_terms
from performance.claims.frozen import freeze_scheme, freeze_shared
from performance.claims.models import Chunk, ClaimRun
from performance.claims.offered import chosen
from performance.claims.rules import Action, State
from performance.claims.using import left_out_of_claims
from performance.claims.whole_run import has_reviewed, i_know_of, is_being_judged, let_go_of_people
from performance.pbr.rules import ENGINE
from slf.access.models import Locality, Scope
from slf.access.rules import Role
from slf.access.services import scope_for
from slf.accounts.models import User
from slf.clock import today
from slf.web.errors import NotAllowed
from slf.web.words import day_in_words
from slf.work.services import promise

OFFICE = (Role.DATA, Role.MANAGER, Role.AUDITOR, Role.HEAD, Role.SRO)


class AlreadyThere(NotAllowed):
    """Somebody has a live run of this scheme and day: ``run`` is theirs."""

    def __init__(self, run: ClaimRun) -> None:
        super().__init__(
            f"There is a run for {day_in_words(run.claim_on)} already, prepared by {run.prepared_by}. This is it. "
            "To prepare another, withdraw it first or choose another day."
        )
        self.run = run


def claims_office() -> Scope:
    """Return the audience of claim runs: those who prepare, review, audit, sign and certify."""
    pks = Locality.objects.values_list("pk", flat=True)
    members = [("locality", pk, role) for pk in pks for role in OFFICE]
    return scope_for(Scope.Kind.SHARED, name="Claims office", members=members)


@transaction.atomic
def prepare_run(version: str, *, by: User, claim_on: date) -> ClaimRun:
    """Start a run of one scheme on one day: freeze rules and shared evidence now, promise to judge every family.

    Raises ``NotAllowed`` for a day to come or outside the scheme, and when a run of that scheme and day is live.
    """
    if claim_on > today():
        message = "A claim cannot be for a day that is still to come: nothing is known of it yet."
        raise NotAllowed(message)
    version_used, scheme, days = chosen(version, claim_on=claim_on)
    office = claims_office()
    Scope.objects.select_for_update(no_key=True).get(pk=office.pk)  # two who prepare at once take turns
    refuse_a_second(version, by=by, claim_on=claim_on)
    files = files_received(by=by, on=claim_on)
    use = use_on(today(), purpose=Purpose.CLAIM)
    refuse_while_loading(files)
    left_out = left_out_of_claims(use, by=by, on=claim_on, within=days)
    run = ClaimRun.objects.create(
        scope=office, scheme=version, version=version_used, rules=freeze_scheme(scheme), rules_digest=scheme.digest,
        engine=ENGINE, shared=freeze_shared(school_terms(), files, use, left_out, days),
        claim_on=claim_on, prepared_by=by,
    )  # fmt: skip
    run.job = promise("claims.prepare", by=by, run=str(run.uid), once=str(run.uid))
    run.save(update_fields=["job"])
    return run


def refuse_while_loading(files: Iterable[FeedFile]) -> None:
    """Half a file is evidence nobody has seen whole: a run waits until it is loaded, or given up."""
    loading = [file.name for file in files if not file.loaded and file.job_id and not was_given_up(file)]
    if loading:
        message = f"Still being loaded: {', '.join(loading)}. Prepare the claim when that is done."
        raise NotAllowed(message)


def refuse_a_second(version: str, *, by: User, claim_on: date) -> None:
    runs = ClaimRun.objects.visible_to(by).filter(scheme=version, claim_on=claim_on)
    if taken := runs.exclude(state=State.WITHDRAWN).select_related("prepared_by").first():
        raise AlreadyThere(taken)


def lock(run: ClaimRun) -> ClaimRun:
    locked: ClaimRun = ClaimRun.objects.select_for_update(of=("self",), no_key=True).get(pk=run.pk)
    return locked


def stay_apart(run: ClaimRun, *, by: User) -> None:
    """Raise ``NotForYou`` for somebody who had another part in the run, the review of a locality included."""
    others = [run.prepared_by_id, run.audited_by_id, run.signed_by_id, run.certified_by_id]
    rules.different_people(by=by.pk, others=[*others, by.pk if has_reviewed(run, by.pk) else None])


def refuse_who_knows(run: ClaimRun) -> None:
    """Raise ``NotForYou`` for who knows a family of the run: to review and to audit, there is somebody else."""
    rules.knowing(knows=i_know_of(run), another_may=True)


@transaction.atomic
def withdraw_run(run: ClaimRun, *, reason: str, by: User) -> ClaimRun:
    """Withdraw a run before it is submitted, saying why; its people may then be claimed for again.

    Raises ``NotAllowed`` while its families are still being judged. A worker that only helped is waited for: it finds
    nothing more to judge.
    """
    run = lock(run)
    run.state = rules.next_state(run.state, Action.WITHDRAW)
    if is_being_judged(run):
        message = "Its families are still being judged. Withdraw it when that is over."
        raise NotAllowed(message)
    run.withdrawn_by, run.withdrawn_at, run.withdrawn_because = by, timezone.now(), reason
    run.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "withdrawn_because"])
    let_go_of_people(run)
    Chunk.objects.visible_to(by).filter(run=run).delete()
    return run
