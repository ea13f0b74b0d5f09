"""Claim runs that wait for somebody: a locality's word, the auditor, a signature, the certificate."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from performance.audit.models import AuditTest
from performance.claims.models import Claim, ClaimRun, ClaimRunQuerySet
from performance.claims.payments.models import Remittance
from performance.claims.payments.services import TO_CONFIRM
from performance.claims.reviews import LocalityReview
from performance.claims.rules import State
from performance.home.panels import Item, Panel, Part
from slf.access.rules import Can
from slf.accounts.models import User


def to_review(user: User, on: date) -> Part:
    """Runs with claims for families of this manager's locality, on which the locality has not spoken yet."""
    spoken = LocalityReview.objects.visible_to(user).filter(run=OuterRef("run"), locality=OuterRef("scope__locality"))
    unheard = Claim.objects.visible_to(user).filter(run=OuterRef("pk"), scope__locality__isnull=False)
    runs = runs_for(user, Can.REVIEW_CLAIM).filter(Exists(unheard.filter(~Exists(spoken))), state=State.PREPARED)
    return Part(panels=(panel("Claim runs to review", runs.exclude(prepared_by=user)),))


def to_audit(user: User, on: date) -> Part:
    runs = runs_for(user, Can.AUDIT_CLAIM).filter(state__in=[State.REVIEWED, State.SAMPLED])
    return Part(panels=(panel("Claim runs to audit", runs, "No claim run waits for you."),))


def to_sign(user: User, on: date) -> Part:
    runs = with_money_to_confirm(runs_for(user, Can.SIGN_CLAIM), user)
    unsupported = AuditTest.objects.visible_to(user).filter(run=OuterRef("pk"), result=AuditTest.Result.FAILED)
    runs = runs.filter(Q(state=State.AUDITED) & ~Exists(unsupported) | Q(to_confirm=True))
    empty = "No claim run waits for your signature, and no payment of one to be confirmed."
    return Part(panels=(panel("Claim runs to sign or confirm", runs, empty),))


def with_money_to_confirm(runs: ClaimRunQuerySet, user: User) -> ClaimRunQuerySet:
    """Say of each run whether somebody else entered a remittance of it that this person may confirm."""
    waiting = Remittance.objects.visible_to(user, can=Can.CONFIRM_PAYMENT).waiting().exclude(entered_by=user)
    told: ClaimRunQuerySet = runs.annotate(to_confirm=Exists(waiting.filter(run=OuterRef("pk"))))
    return told


def to_certify(user: User, on: date) -> Part:
    runs = runs_for(user, Can.CERTIFY_CLAIM).filter(state=State.SIGNED)
    return Part(panels=(panel("Claim runs to certify", runs, "No claim run waits for you."),))


def runs_for(user: User, can: Can) -> ClaimRunQuerySet:
    return ClaimRun.objects.visible_to(user, can=can).for_list()


def panel(title: str, runs: Iterable[ClaimRun], empty: str = "") -> Panel:
    return Panel(title, [of_run(run) for run in runs], empty, more="All runs", href=reverse("performance:claim_runs"))


def of_run(run: ClaimRun) -> Item:
    return Item(
        str(run),
        run.get_absolute_url(),
        detail=TO_CONFIRM if getattr(run, "to_confirm", False) else f"Prepared by {run.prepared_by}",
        tag=run.get_state_display(),
        tone="waiting",
    )
