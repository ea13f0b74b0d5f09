"""Start, save, recover, send and throw away a draft. Always the acting person's own."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from slf.access.rules import Can
from slf.accounts.models import User
from slf.drafts import rules
from slf.drafts.models import Draft
from slf.drafts.rules import Of, Verdict, Written
from slf.web.errors import DomainError
from slf.work.once import as_uuid


class TooLong(DomainError):
    """More than a draft can hold. The device keeps it."""

    status = 413
    title = "This note is too long"


@dataclass(frozen=True)
class Saved:
    """What became of a state that arrived, and the draft that now holds it."""

    draft: Draft
    verdict: Verdict


@transaction.atomic
def start_draft(kind: str, *, by: User, family: Any = None, about: str = "") -> Draft:
    """Return the person's open draft about this family (of a long form: of this page), made when there is none."""
    if family is None:
        return Draft.objects.create(kind=kind, owner=by)
    same = {"kind": kind, "owner": by, "family": family, "about": about, "conflict_of": None}
    draft, _ = Draft.objects.unsent().get_or_create(**same)
    return draft


@transaction.atomic
def save_draft(
    uid: UUID, *, by: User, written: Written, of: Of | None = None, recovered: bool = False
) -> Saved:  # fmt: skip
    """Keep a state of a draft: in its place when newer, beside it when it contradicts. A device may bring the id.

    ``of`` says what a draft is of that the device began; where one is open of the same page, this is a state of that.
    """
    if rules.is_too_long(written.content):
        raise TooLong(f"A draft can hold {rules.LONGEST:,} characters.")
    pk = _known_or_begun(uid, of or rules.A_VISIT, by=by).pk
    draft = Draft.objects.of(by).select_for_update(of=("self",), no_key=True).get(pk=pk)
    verdict = rules.judge(draft.held, written)
    if verdict is Verdict.CONFLICT:
        return Saved(keep_beside(draft, written, recovered=recovered), verdict)
    if verdict is Verdict.NEWER:
        write(draft, written, recovered=recovered)
        draft = about_the_family_said(draft, by=by)
    return Saved(draft, verdict)


def _known_or_begun(uid: UUID, of: Of, *, by: User) -> Draft:
    if known := Draft.objects.of(by).filter(uid=uid).first():
        return known
    if not of.page:
        return Draft.objects.get_or_create(owner=by, uid=uid, defaults={"kind": of.kind})[0]
    family = visible_family(of.family, by=by)
    same = {"kind": of.kind, "owner": by, "family": family, "about": of.page, "conflict_of": None}
    return Draft.objects.unsent().get_or_create(**same, defaults={"uid": uid})[0]


def visible_family(uid: UUID | None, *, by: User, can: Can = Can.READ) -> Any:
    """Return the family a device names, as far as its owner may see it."""
    families: Any = Draft._meta.get_field("family").related_model._default_manager
    return families.visible_to(by, can=can).filter(uid=uid).first() if uid else None


def about_the_family_said(draft: Draft, *, by: User) -> Draft:
    """A note begun without a connection at a planned visit says which family it is about; nobody is asked again."""
    said = as_uuid(draft.content.get(rules.FAMILY, [""])[0]) if draft.family_id is None else None
    family = visible_family(said, by=by, can=Can.ADD_CONTACT)
    return choose_family(draft, family=family, by=by) if family else draft


def write(draft: Draft, written: Written, *, recovered: bool = False) -> None:
    """Put a state into a locked draft. The revision is the server's own count."""
    draft.content, draft.digest = written.content, written.digest
    draft.writer, draft.seq, draft.revision = written.writer, written.seq, draft.revision + 1
    draft.saved_at = timezone.now()
    draft.recovered_at = draft.saved_at if recovered else draft.recovered_at
    draft.save(update_fields=["content", "digest", "writer", "seq", "revision", "saved_at", "recovered_at"])


def keep_beside(draft: Draft, written: Written, *, recovered: bool = False) -> Draft:
    """Keep a contradicting state as a copy; one page that goes on sending goes on in its own copy."""
    copies = Draft.objects.unsent().filter(conflict_of=draft, writer=written.writer).select_for_update(no_key=True)
    for copy in copies:
        verdict = rules.judge(copy.held, written)
        if verdict is Verdict.NEWER:
            write(copy, written, recovered=recovered)
        if verdict is not Verdict.CONFLICT:
            return copy
    of_the_same = {"owner": draft.owner, "kind": draft.kind, "family": draft.family, "about": draft.about}
    copy = Draft.objects.create(**of_the_same, conflict_of=draft)
    write(copy, written, recovered=recovered)
    return copy


@transaction.atomic
def choose_family(draft: Draft, *, family: Any, by: User) -> Draft:
    """Say which family a note begun without a connection is about."""
    draft = Draft.objects.of(by).select_for_update(of=("self",), no_key=True).get(pk=draft.pk)
    others = Draft.objects.of(by).unsent().filter(kind=draft.kind, family=family, conflict_of=None)
    draft.family, draft.conflict_of = family, others.exclude(pk=draft.pk).first()
    draft.save(update_fields=["family", "conflict_of"])
    return draft


@transaction.atomic
def send_draft(uid: UUID, *, by: User, written: Written) -> Saved:
    """Close a draft with the state it was sent in; a state that contradicts a newer one is kept beside it, unsent.

    Whoever turns a closed draft into a record does so in the same transaction.
    """
    draft = Draft.objects.of(by).select_for_update(of=("self",), no_key=True).get(uid=uid)
    verdict = rules.judge(draft.held, written)
    if verdict is Verdict.CONFLICT:
        return Saved(keep_beside(draft, written), verdict)
    if verdict is Verdict.NEWER:
        write(draft, written)
    if draft.sent_at is None:
        draft.sent_at = timezone.now()
        draft.save(update_fields=["sent_at"])
    return Saved(draft, verdict)


@transaction.atomic
def close_draft(draft: Draft, *, by: User, written: Written) -> None:
    """Close the draft of a form that was sent; a newer state of it, of another page, is left to be carried on."""
    held = Draft.objects.of(by).unsent().select_for_update(of=("self",), no_key=True).filter(pk=draft.pk).first()
    verdict = rules.judge(held.held, written) if held else Verdict.CONFLICT
    if held and verdict is not Verdict.CONFLICT:
        if verdict is Verdict.NEWER:
            write(held, written)
        held.sent_at = timezone.now()
        held.save(update_fields=["sent_at"])


@transaction.atomic
def throw_away(draft: Draft, *, by: User, writer: UUID | None = None) -> None:
    """Take a draft off the owner's lists. What was typed stays in the table until retention removes it.

    ``writer`` is the page that throws it away: what that page sent before and arrives later brings nothing back.
    """
    known = {"writer": writer} if writer else {}
    Draft.objects.of(by).unsent().filter(pk=draft.pk).update(thrown_away_at=timezone.now(), **known)
