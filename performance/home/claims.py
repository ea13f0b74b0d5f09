"""Claim runs that wait for the auditor's sample and tests, or for the head's signature."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from performance.claims.models import ClaimRun
from performance.claims.rules import State
from performance.home.panels import Item, Panel, Part
from slf.access.rules import Can
from slf.accounts.models import User


def to_audit(user: User, on: date) -> Part:
    states = [State.PREPARED, State.SAMPLED]
    return Part(panels=(panel("Claim runs to audit", user, Can.AUDIT_CLAIM, states, "No claim run waits for you."),))


def to_sign(user: User, on: date) -> Part:
    empty = "No claim run waits for your signature."
    return Part(panels=(panel("Claim runs to sign", user, Can.SIGN_CLAIM, [State.AUDITED], empty),))


def panel(title: str, user: User, can: Can, states: Iterable[State], empty: str) -> Panel:
    runs = ClaimRun.objects.visible_to(user, can=can).for_list().filter(state__in=list(states))
    return Panel(title, [of_run(run) for run in runs], empty, more="All runs", href=reverse("performance:claim_runs"))


def of_run(run: ClaimRun) -> Item:
    return Item(
        str(run),
        run.get_absolute_url(),
        detail=f"Prepared by {run.prepared_by}",
        tag=run.get_state_display(),
        tone="waiting",
    )
