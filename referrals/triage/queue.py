"""The queue of a locality: narrowed, ordered, and shared out among those who decide."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from referrals.intake.models import Referral
from referrals.intake.rules import GIVEN, OPEN, WrongAnswer
from slf.access.models import Post
from slf.access.rights import read_rights, rights_of
from slf.access.rules import ROLES, Can, Role
from slf.accounts.models import User

ME, NOBODY = "me", "nobody"
REVIEWERS: Mapping[str, str] = {"": "Everybody's", ME: "Mine", NOBODY: "Nobody's yet"}
SHOWN: Mapping[str, str] = {
    "": "All", "overdue": "Overdue", "danger": "Danger reported", "agreed": "Family agreed",
    "not_agreed": "No agreement yet",
}  # fmt: skip
SORTS: Mapping[str, str] = {"": "Most pressing first", "newest": "Newest first", "agency": "By who referred"}
ORDERS: Mapping[str, tuple[str, ...]] = {
    "": ("due_on", "sent_at", "pk"), "newest": ("-sent_at", "-pk"), "agency": ("agency", "due_on", "pk"),
}  # fmt: skip
NOT_A_REVIEWER = "{who} does not decide on referrals of {locality}."
NOT_OPEN = "One of these referrals is decided already, or is not yours. Look at the queue again."


def queue_of(user: User, *, on: date, reviewer: str = "", show: str = "", sort: str = "") -> QuerySet[Referral]:
    """Return what waits for a decision, narrowed and ordered; a choice that is none counts as none."""
    rows = Referral.objects.visible_to(user, can=Can.TRIAGE).waiting()
    rows = rows.filter(**{ME: {"reviewer": user}, NOBODY: {"reviewer": None}}.get(reviewer, {}))
    narrowed = {
        "overdue": rows.filter(due_on__lt=on),
        "danger": rows.exclude(told_to_ring_at=None),
        "agreed": rows.filter(agreement=GIVEN),
        "not_agreed": rows.exclude(agreement=GIVEN),
    }
    found: QuerySet[Referral] = narrowed.get(show, rows).select_related("reviewer")
    return found.order_by(*ORDERS.get(sort, ORDERS[""]))


def reviewers_for(user: User) -> QuerySet[User]:
    """Return who decides on referrals in the localities that this person does."""
    roles = [role for role in Role if Can.TRIAGE in ROLES[role]]
    mine = Post.objects.filter(user=user, role__in=roles).values("locality")
    posts = Post.objects.filter(role__in=roles, locality__in=mine)
    return User.objects.filter(pk__in=posts.values("user"), is_active=True, is_service=False).order_by(
        "first_name", "last_name", "pk"
    )


@transaction.atomic
def assign_reviewer(referrals: Collection[UUID], *, by: User, to: User | None) -> int:
    """Give several referrals to one reviewer, or back to nobody: all of them or none. Again it is the same."""
    rows = Referral.objects.visible_to(by, can=Can.TRIAGE).filter(uid__in=referrals, state__in=OPEN)
    held = list(rows.order_by("pk").select_for_update(of=("self",), no_key=True).select_related("locality"))
    if len(held) != len(set(referrals)):
        raise WrongAnswer(NOT_OPEN)
    rights = None if to is None else rights_of(to) if to == by else read_rights(to.pk)
    for referral in held:
        if rights is not None and not rights.may(Can.TRIAGE, referral.scope_id):
            raise WrongAnswer(NOT_A_REVIEWER.format(who=to, locality=referral.locality))
        referral.reviewer = to
        referral.save(update_fields=["reviewer"])
    return len(held)
