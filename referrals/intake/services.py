"""Starting, filling in, sending and deleting a referral, as the referrer does."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from families.localities.services import find_place
from referrals.intake import rules, words
from referrals.intake.models import Receipt, Referral, ReferralNeed, ReferralPerson
from referrals.intake.rules import Action, PersonAnswer, Section, WrongAnswer
from slf.access.models import Locality, Scope
from slf.access.rights import forget_rights, rights_of
from slf.access.rules import ROLES, Can, Role
from slf.access.services import scope_for
from slf.accounts.models import User
from slf.clock import add_working_days
from slf.policy.models import value_of
from slf.web.errors import Conflict, Incomplete

CHANGED = "This draft was changed somewhere else in the meantime. Open it again to see what it says now."

CANNOT_SEND = "This referral cannot be sent yet."


@dataclass(frozen=True)
class PersonRow:
    """One line of the page of people: the person it is about (none for somebody new), and what it says."""

    uid: UUID | None
    answer: PersonAnswer


@transaction.atomic
def start_referral(*, by: User) -> Referral:
    """Start an empty draft that only the referrer can open."""
    scope = own_scope(by)
    return Referral.objects.create(scope=scope, referred_by=by, agency=scope.name)


def own_scope(user: User) -> Scope:
    """Return the audience of one referrer's drafts and receipts: themselves, in the role they refer in."""
    held = {role for role, _ in rights_of(user).reaches if Can.REFER in ROLES[role]}
    role = Role.REFERRER if Role.REFERRER in held else min(held, key=list(Role).index)
    scope = scope_for(Scope.Kind.PARTNER, name=user.job_title or str(user), members=[("user", user.pk, role)])
    forget_rights(user)
    return scope


def open_draft(draft: Referral, *, by: User, revision: int | None = None) -> Referral:
    """Lock a draft to change it. ``revision`` is the one the change was made from, where the caller knows it."""
    held = _lock(draft, by=by)
    if held is None or (revision is not None and revision != held.revision):
        raise Conflict(CHANGED)
    rules.next_state(held.state, Action.SEND)
    return held


def _lock(draft: Referral, *, by: User) -> Referral | None:
    """Return the referrer's row, or None once it stands behind another locality's wall."""
    rows = Referral.objects.visible_to(by, can=Can.REFER).filter(referred_by=by, pk=draft.pk)
    held: Referral | None = rows.select_for_update(of=("self",), no_key=True).first()
    return held


def _keep(draft: Referral, *fields: str) -> Referral:
    draft.revision += 1
    draft.save(update_fields=[*fields, "revision", "changed_at"])
    return draft


@transaction.atomic
def say_danger(draft: Referral, *, by: User, in_danger: bool | None, spoke_to: str = "") -> Referral:
    """Keep the answer about danger, when the number to ring was first given, and who was told: never taken back.

    Who answers "no" later still has been told to ring, and may have rung.
    """
    draft = open_draft(draft, by=by)
    draft.in_danger, draft.spoke_to = in_danger, spoke_to if in_danger else draft.spoke_to
    if in_danger and draft.told_to_ring_at is None:
        draft.told_to_ring_at = timezone.now()
    return _keep(draft, "in_danger", "spoke_to", "told_to_ring_at")


@transaction.atomic
def list_people(draft: Referral, *, by: User, people: Sequence[PersonRow]) -> Referral:
    """Make the people of the draft equal to the page: known ones changed, new ones added, others removed."""
    rules.check_number(people)
    draft = open_draft(draft, by=by)
    held = {person.uid: person for person in draft.people.all()}
    kept = [_keep_person(draft, held.get(row.uid), row.answer, position=n) for n, row in enumerate(people)]
    draft.people.exclude(pk__in=[person.pk for person in kept]).delete()
    return _keep(draft)


def _keep_person(
    draft: Referral, person: ReferralPerson | None, answer: PersonAnswer, *, position: int
) -> ReferralPerson:
    person = person or ReferralPerson(referral=draft)
    for name, value in asdict(answer).items():
        setattr(person, name, value)
    person.position = position
    person.save()
    return person


@transaction.atomic
def say_home(
    draft: Referral,
    *,
    by: User,
    address: str = "",
    postcode: str = "",
    phone: str = "",
    safe_contact: str = "",
    district: Locality | None = None,
) -> Referral:
    """Keep where they live. The postcode says which district it is in; ``district`` counts when it is not known."""
    draft = open_draft(draft, by=by)
    draft.address, draft.postcode, draft.phone, draft.safe_contact = address, postcode, phone, safe_contact
    draft.locality = find_place(postcode).locality or district
    return _keep(draft, "address", "postcode", "phone", "safe_contact", "locality")


@transaction.atomic
def say_needs(
    draft: Referral,
    *,
    by: User,
    needs: Mapping[str, str],
    whole_family: bool | None = None,
    whole_family_why: str = "",
) -> Referral:
    """Make the needs of the draft equal to ``{kind: what was seen}``; keep whether the whole family approach fits."""
    rules.check_evidence(needs)
    draft = open_draft(draft, by=by)
    draft.needs.exclude(kind__in=needs).delete()
    for kind, evidence in needs.items():
        ReferralNeed.objects.update_or_create(referral=draft, kind=kind, defaults={"evidence": evidence})
    draft.whole_family, draft.whole_family_why = whole_family, whole_family_why if whole_family else ""
    return _keep(draft, "whole_family", "whole_family_why")


@transaction.atomic
def say_agreement(
    draft: Referral,
    *,
    by: User,
    family_knows: bool | None,
    agreement: str = "",
    agreed_on: date | None = None,
    agreed_by: UUID | None = None,
    refused_why: str = "",
) -> Referral:
    """Keep what the family knows, and who of it agreed when: one of the adults that the draft names."""
    rules.check_knows(family_knows=family_knows, agreement=agreement)
    draft = open_draft(draft, by=by)
    draft.family_knows, draft.agreement, draft.agreed_on = family_knows, agreement, agreed_on
    draft.agreed_by = adults_of(draft).filter(uid=agreed_by).first() if agreed_by else None
    if agreed_by and draft.agreed_by is None:
        raise WrongAnswer(rules.NOT_AN_ADULT)
    refused_why = refused_why if agreement == rules.REFUSED else ""
    if refused_why and refused_why not in dict(refusals_for(draft)):
        raise WrongAnswer(rules.NOT_A_REFUSAL)
    draft.refused_why = refused_why
    return _keep(draft, "family_knows", "agreement", "agreed_on", "agreed_by", "refused_why")


def adults_of(draft: Referral) -> QuerySet[ReferralPerson]:
    """Return who of the people a draft names may agree for the family."""
    return draft.people.exclude(part=rules.CHILD)


def refusals_for(draft: Referral) -> list[tuple[str, str]]:
    """Return the reasons a family may refuse for: those in use, and the draft's own though it is retired."""
    reasons = value_of(rules.REFUSALS)
    own = draft.refused_why
    kept = [(own, reasons.label(own))] if own and own not in dict(reasons.choices) else []
    return [*reasons.choices, *kept]


@transaction.atomic
def discard_draft(draft: Referral, *, by: User) -> None:
    """Take a draft off the referrer's list, with what it says of the people."""
    draft = open_draft(draft, by=by)
    draft.state = rules.next_state(draft.state, Action.DISCARD)
    _keep(draft, "state")


def missing_from(draft: Referral) -> list[tuple[str, str]]:
    """Return what is still missing, each with the address where it is given."""
    return [
        (lacking.text, reverse(f"referrals:{lacking.section}", args=[draft.uid]))
        for lacking in rules.missing(draft.answers())
    ]


@transaction.atomic
def note_first_try(draft: Referral, *, by: User, on: date) -> None:
    """Keep what was missing when a draft was first to be sent; later tries change nothing. It stays when it is sent."""
    held = _lock(draft, by=by)
    if held is None or held.first_tried_on is not None:
        return
    held.first_tried_on = on
    held.first_missing = sorted({str(lacking.section) for lacking in rules.missing(held.answers())})
    held.save(update_fields=["first_tried_on", "first_missing"])


@transaction.atomic
def send_referral(draft: Referral, *, by: User, on: date) -> Receipt:
    """Send a draft to the locality of its postcode; the referrer keeps a receipt. Sent again, it is the same one."""
    held = _lock(draft, by=by)
    kept: Receipt | None = Receipt.objects.visible_to(by).kept_by(by).filter(uid=draft.uid).first()
    if kept is not None:
        return kept
    draft = open_draft(held or draft, by=by)
    if lacking := missing_from(draft):
        raise Incomplete(lacking, CANNOT_SEND)
    due = add_working_days(on, value_of(rules.DECIDE_WITHIN, on=on))
    receipt = _receipt_of(draft, by=by, on=on, due=due)
    receipt.team = _cross_the_wall(draft, sent=on, due=due).name
    receipt.save()
    return receipt


def _receipt_of(draft: Referral, *, by: User, on: date, due: date) -> Receipt:
    """Freeze what the draft says while the referrer still sees it."""
    said = words.in_words(draft.answers(), on=on)
    return Receipt(
        uid=draft.uid,
        scope=draft.scope,
        referral=draft,
        referred_by=by,
        name=draft.name,
        agency=draft.agency,
        content=[
            *({"section": w.section, "title": w.title, "rows": [list(row) for row in w.rows]} for w in said),
            *_files_in_words(draft),
        ],
        sent_on=on,
        due_on=due,
    )


def _files_in_words(draft: Referral) -> list[dict[str, object]]:
    """Return what the receipt keeps of the files: their names. The content goes to the team with the referral."""
    rows = [[file.name, file.in_short] for file in draft.attachments.all()]
    return [{"section": "files", "title": "Files", "rows": rows}] if rows else []


def _cross_the_wall(draft: Referral, *, sent: date, due: date) -> Locality:
    """Hand the draft to the locality of its postcode, and return that."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.send_referral(%s, %s, %s)", [draft.pk, sent, due])
        (place,) = cursor.fetchone()
    if place is None:
        home = reverse(f"referrals:{Section.HOME}", args=[draft.uid])
        raise Incomplete([("Say which district the postcode is in", home)], CANNOT_SEND)
    return Locality.objects.get(pk=place)
