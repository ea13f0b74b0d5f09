"""Raising a concern, saying what was done about it, reviewing it, and deciding that it was entered in error."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework.safeguarding import rules
from casework.safeguarding.models import Concern, ConcernEntry
from casework.safeguarding.rules import TAKEN, TELL_NOW, Route, Said, Step, Told, WrongConcern
from families.people.models import Family
from slf.access.models import Locality, Post
from slf.access.rules import STAFF, Can
from slf.access.services import locality_scope
from slf.accounts.models import User
from slf.drafts.models import Draft
from slf.drafts.rules import Verdict, Written
from slf.drafts.services import send_draft
from slf.web.errors import Conflict, NotAllowed, NotForYou
from slf.work.services import promise


@dataclass(frozen=True)
class Sent:
    """The concern that a note became; else the copy that was kept beside it, because two places wrote it."""

    concern: Concern | None
    copy: Draft | None = None


# Raising -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def raise_concern(
    told: Told, *, family: Family | None, by: User, at: datetime, draft_uid: UUID | None = None
) -> Concern:
    """Write a concern down and announce it to whoever reviews it. One note makes one concern."""
    rules.check_told(told, has_family=family is not None, by=by.pk)
    if draft_uid is not None and (known := _of_note(draft_uid, by=by)) is not None:
        return known
    concern: Concern = Concern.objects.create(
        route=told.route,
        refers=told.refers in TELL_NOW,
        written_by=by,
        at=at,
        draft_uid=draft_uid,
        **_whose(told, family),
    )
    first = {"who": told.about, "words": told.words, "done": told.done, "result": told.knows}
    _add(concern, Step.RAISED, by=by, at=at, **first)
    if told.refers == "told":
        _add(concern, Step.TOLD, by=by, at=at, who=told.told_who, words="Told when the concern was written down.")
    promise("concerns.tell", by=by, concern=concern.pk)
    return concern


def _whose(told: Told, family: Family | None) -> dict[str, Any]:
    """Return whose record it stands in, or which team reads it. What is said about staff stands nowhere else."""
    if told.route == Route.STAFF:
        return {"accused_id": told.accused}
    if family is not None:
        return {"family": family, "scope_id": family.scope_id}
    return {"scope_id": locality_scope(Locality.objects.get(pk=told.team or 0)).pk}


def _of_note(draft_uid: UUID, *, by: User) -> Concern | None:
    found: Concern | None = Concern.objects.filter(written_by=by, draft_uid=draft_uid).first()
    return found


@transaction.atomic
def raise_from_draft(uid: UUID, told: Told, *, family: Family | None, by: User, at: datetime, written: Written) -> Sent:
    """Send a note as a concern; a state that contradicts a newer one is kept beside it, and nothing is raised."""
    sent = send_draft(uid, by=by, written=written)
    if sent.verdict is Verdict.CONFLICT:
        return Sent(None, sent.draft)
    return Sent(raise_concern(told, family=family, by=by, at=at, draft_uid=sent.draft.uid))


# What was done about it --------------------------------------------------------------------------------------------


@transaction.atomic
def add_step(concern: Concern, said: Said, *, by: User, at: datetime) -> ConcernEntry:
    """Say what was done: told, written, acknowledged, what became of it, taken further up, or anything else."""
    if said.step not in TAKEN:
        raise NotAllowed("This step is taken in another way.")
    rules.check_said(said)
    _to_add_to(concern, by=by)
    return _add(concern, said.step, by=by, at=at, who=said.who, words=said.words, result=said.result)


@transaction.atomic
def review_concern(concern: Concern, *, decision: str, words: str, by: User, at: datetime) -> ConcernEntry:
    """Decide on a concern as somebody who did not raise it. It can be reviewed again."""
    rules.check_said(Said(Step.REVIEWED, words, result=decision))
    concern = _hold(concern, by=by, can=Can.REVIEW_CONCERN)
    if not concern.is_of_staff and by.pk in {concern.written_by_id, concern.first_by_id}:
        raise NotForYou(rules.NOT_YOURS_TO_REVIEW)
    return _add(concern, Step.REVIEWED, by=by, at=at, words=words, result=decision)


# A mistake ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def say_mistake(
    concern: Concern, *, why: str, by: User, at: datetime, belongs_to: Family | None = None
) -> ConcernEntry:
    """Say that a concern was entered in error, and in whose record it belongs. Somebody else decides on that."""
    rules.check_said(Said(Step.MISTAKE, why))
    concern = _to_add_to(concern, by=by)
    if (waits := concern.said_mistaken) is not None:
        raise Conflict(rules.ALREADY_SAID.format(who=waits.by))
    if belongs_to is not None and (concern.is_of_staff or belongs_to == concern.family):
        raise WrongConcern(rules.SAME_FAMILY, field="belongs_to")
    return _add(concern, Step.MISTAKE, by=by, at=at, words=why, belongs_to=belongs_to)


@transaction.atomic
def leave_mistake(concern: Concern, *, words: str, by: User, at: datetime) -> ConcernEntry:
    """Decide that it was no mistake: the concern stays as it is."""
    rules.check_said(Said(Step.MISTAKE_LEFT, words))
    _, said = _to_decide(concern, by=by)
    return _add(said.concern, Step.MISTAKE_LEFT, by=by, at=at, words=words, answers=said)


@transaction.atomic
def confirm_mistake(concern: Concern, *, by: User, at: datetime) -> Concern | None:
    """Mask a concern that was entered in error; return it as it stands where it belongs, if that was said."""
    concern, said = _to_decide(concern, by=by)
    first, there = concern.first, None
    if said.belongs_to_id is not None:
        there = Family.objects.visible_to(by, can=Can.REVIEW_CONCERN).filter(pk=said.belongs_to_id).first()
        if there is None or first is None:
            raise NotForYou(rules.NOT_BOTH)
        there = there.shown
    _add(concern, Step.MISTAKE_MADE, by=by, at=at, answers=said)
    return _bring(concern, first, family=there, by=by) if there and first else None


def _bring(concern: Concern, first: ConcernEntry, *, family: Family, by: User) -> Concern:
    """Write the same concern into the record where it belongs. It refers to the one that was a mistake."""
    made: Concern = Concern.objects.create(
        family=family, scope_id=family.scope_id, route=concern.route, refers=concern.refers, written_by=by,
        at=concern.at, moved_from=concern, first_by=concern.raised_by,
    )  # fmt: skip
    said = {"who": first.who, "words": first.words, "done": first.done, "result": first.result}
    _add(made, Step.RAISED, by=by, at=concern.at, **said)
    promise("concerns.tell", by=by, concern=made.pk)
    return made


def _to_decide(concern: Concern, *, by: User) -> tuple[Concern, ConcernEntry]:
    """Return the concern, held, and the entry that says it was a mistake; refuse whoever said so themselves."""
    concern = _hold(concern, by=by, can=Can.REVIEW_CONCERN)
    said = concern.said_mistaken
    if said is None:
        raise Conflict(rules.NOTHING_SAID)
    if said.by_id == by.pk:
        raise NotForYou(rules.NOT_YOURS_TO_DECIDE)
    return concern, said


# Parts -------------------------------------------------------------------------------------------------------------


def _hold(concern: Concern, *, by: User, can: Can = Can.READ) -> Concern:
    """Wait for whoever else says something in the concern; return it as it stands then, for one who may act on it."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.wait_for_concern(%s)", [concern.pk])
    held: Concern | None = Concern.objects.visible_to(by, can=can).for_list().filter(pk=concern.pk).first()
    if held is None:
        raise NotForYou(rules.NOT_YOURS)
    if held.is_mistaken:
        raise Conflict(rules.OVER)
    return held


def _to_add_to(concern: Concern, *, by: User) -> Concern:
    concern = _hold(concern, by=by)
    if not may_add_to(concern, by=by):
        raise NotForYou(rules.NOT_YOURS)
    return concern


def may_add_to(concern: Concern, *, by: User) -> bool:
    return Concern.objects.added_to_by(by).filter(pk=concern.pk).exists()


def _add(concern: Concern, step: Step, *, by: User, at: datetime, **said: Any) -> ConcernEntry:
    made: ConcernEntry = ConcernEntry.objects.create(concern=concern, step=step, by=by, at=at, **said)
    return made


def who_is_told(concern: Concern) -> list[User]:
    """Return who reviews a concern: heads of service of what is said about staff, else who reviews in its audience."""
    return list(User.objects.filter(pk__in=_reviewers(concern)).exclude(email="").order_by("pk"))


def reaches_nobody(concern: Concern) -> bool:
    """Tell whether nobody but its author may read a concern to decide on it, so that they have to ring."""
    return not _reviewers(concern)


def _reviewers(concern: Concern) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select slf.told_of_concern(%s)", [concern.pk])
        return [pk for (pk,) in cursor.fetchall()]


def colleagues(user: User) -> QuerySet[User]:
    """Return everybody who works here but oneself: whom a concern about staff may be about."""
    posts = Post.objects.filter(period__contains=timezone.localdate(), role__in=STAFF).values("user")
    people = User.objects.filter(pk__in=posts, is_active=True, is_service=False).exclude(pk=user.pk)
    return people.order_by("first_name", "last_name", "username")


def own_team(user: User) -> Locality | None:
    """Return the locality somebody works in, if it is one."""
    posts = user.posts.filter(period__contains=timezone.localdate(), locality__isnull=False)
    places = list(Locality.objects.filter(pk__in=posts.values("locality"))[:2])
    return places[0] if len(places) == 1 else None
