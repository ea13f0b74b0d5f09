"""The verbs of rules: propose to confirm or change some, confirm it as a second person, take it back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from performance.rulebook import rules
from performance.rulebook.models import RuleProposal, SchemeVersion
from performance.rulebook.reading import scheme_in_use
from slf.access.models import Post
from slf.access.rules import Role
from slf.accounts.models import User
from slf.clock import today
from slf.policy.settling import held_to_confirm, take_back
from slf.web.errors import Conflict, NotAllowed
from slf.work.services import promise

__all__ = ["confirm", "propose", "take_back", "to_confirm", "told_of"]
ONE_WAITS = "Another proposal for this scheme waits for a second person. Confirm it or take it back first."
AFTER_ALL = "The rules have changed since this was proposed. Take it back and propose it again."


@transaction.atomic
def propose(
    scheme: str, changes: Iterable[Mapping[str, Any]], *, by: User, document: str, reason: str = ""
) -> RuleProposal:
    """Propose to confirm some rules of a scheme, or to change them. Until a second person confirms, nothing changes.

    Raises ``WrongRule`` for what cannot be, ``Conflict`` where another proposal for the scheme waits.
    """
    kept = rules.check(scheme_in_use(scheme), changes, document=document)
    try:
        with transaction.atomic():
            made: RuleProposal = RuleProposal.objects.create(
                scheme=scheme, changes=kept, document=document.strip(), reason=reason.strip(), proposed_by=by
            )
    except IntegrityError as error:
        raise Conflict(ONE_WAITS) from error
    return made


@transaction.atomic
def confirm(proposal: RuleProposal, *, by: User) -> SchemeVersion:
    """Confirm what somebody else proposed: PostgreSQL makes a version of it, and the auditors are told. Safe twice."""
    proposal = held_to_confirm(proposal, by=by)
    if proposal.confirmed_by_id is None:
        again_possible(proposal)
    with connection.cursor() as cursor:
        cursor.execute("select slf.confirm_rules(%s, %s)", [proposal.pk, today()])
        ((made,),) = cursor.fetchall()
    promise("rulebook.tell_auditors", by=by, proposal=str(proposal.uid), once=str(proposal.uid))
    version: SchemeVersion = SchemeVersion.objects.get(pk=made)
    return version


def again_possible(proposal: RuleProposal) -> None:
    """Refuse what no longer fits the rules as they are now."""
    try:
        rules.check(scheme_in_use(proposal.scheme), rules.read(proposal.changes), document=proposal.document)
    except rules.WrongRule as wrong:
        raise NotAllowed(AFTER_ALL) from wrong


def to_confirm(user: User) -> list[RuleProposal]:
    """Return what somebody else proposed, so that this person may confirm it."""
    waiting = RuleProposal.objects.waiting().exclude(proposed_by=user)  # not a door: a rule is of no family
    return list(waiting.for_list())


def told_of(proposal: str) -> tuple[RuleProposal, list[str]]:
    """Return what was confirmed and the addresses of the auditors to tell, each once."""
    found = RuleProposal.objects.for_list().get(uid=proposal)
    posts = Post.objects.filter(role=Role.AUDITOR, period__contains=timezone.localdate()).values("user")
    auditors = User.objects.filter(pk__in=posts, is_active=True, is_service=False).exclude(email="")
    return found, list(dict.fromkeys(auditors.order_by("pk").values_list("email", flat=True)))
