"""Making two families one, and taking them apart again. Nothing is moved: a pointer is set, and taken away."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework.cases.models import Case
from casework.merging import rules
from casework.merging.rules import Side
from casework.plans.models import Plan
from casework.plans.rules import LIVING
from casework.transfers.models import Transfer
from casework.visits.models import Sighting, Visit
from families.flags.models import Flag
from families.merging.services import ACROSS, OF_BOTH
from families.needs.models import Need
from families.people.models import Family, Membership
from families.twice.models import FamilyMerge
from referrals.allocation.models import Allocation
from slf.access.models import FamilyRecord, Scope, Share
from slf.accounts.models import User
from slf.web.errors import Conflict, NotAllowed, NotForYou

MANAGER = "A locality manager makes two families one, and takes them apart."
NOT_NOW = "Who may see the family is narrowed, or widened in an emergency. Take them apart when that is over."
HOLDING = (Share.Kind.WORKER, Share.Kind.COVER, Share.Kind.NAMED)


@transaction.atomic
def merge_families(family: Family, *, into: Family, reason: str, by: User, on: date) -> FamilyMerge:
    """Let a family be read as another one, from now on. The same again is the same."""
    family, into = _alone(family, into, by=by)
    known: FamilyMerge | None = FamilyMerge.objects.standing().filter(family__pk=family.pk, into=into).first()
    if known is not None:
        return known
    if wrong := refusals(family, into, on=on):
        raise NotAllowed(wrong[0])
    merge = FamilyMerge.objects.create(family=family, into=into, since=on, reason=reason, by=by)
    merge.refresh_from_db(fields=["at"])
    return merge


def _alone(*families: Family, by: User) -> list[Family]:
    """Take turns with whoever changes one of two families, in one order as everywhere; return them as they are now."""
    rows = Family.objects.visible_to(by, can=ACROSS).select_for_update(of=("self",), no_key=True)
    keys = [family.pk for family in families]
    held = {family.pk: family for family in rows.filter(pk__in=keys).order_by("pk")}
    if len(held) < len(set(keys)):
        raise NotForYou(MANAGER)
    return [held[key] for key in keys]


def refusals(family: Family, into: Family, *, on: date) -> list[str]:
    """Return why the two cannot be made one, as the record stands, each with what to do first."""
    claimed = family.pk != into.pk and claimed_in_one_run(family, into)
    return rules.refusals(side_of(family, on=on), side_of(into, on=on), claimed=claimed)


def claimed_in_one_run(family: Family, other: Family) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select slf.claimed_in_one_run(%s, %s)", [family.pk, other.pk])
        return bool(cursor.fetchone()[0])


def side_of(family: Family, *, on: date) -> Side:
    scope = Scope.objects.select_related("locality").get(pk=family.scope_id)
    allocation = Allocation.objects.filter(family=family, ended_on=None).select_related("worker").first()
    return Side(
        key=family.pk, name=f"{family}, {family.reference}", audience=scope.pk, locality=str(scope.locality or ""),
        restricted=scope.is_restricted, emergency=scope.kind == Scope.Kind.EMERGENCY and not scope.is_restricted,
        merged=family.merged_into_id is not None, has_others=family.merged.exists(), case=case_in_words(family, on=on),
        worker=str(allocation.worker) if allocation else "", plan=plan_in_words(family),
        moving=Transfer.objects.waiting().filter(family=family).exists(), held_by=dict(_held_by(family)),
        safe=dict(_safe(family, on=on)),
    )  # fmt: skip


def case_in_words(family: Family, *, on: date) -> str:
    if not Case.objects.filter(family=family).open_on(on).exists():
        return ""
    allocation = Allocation.objects.filter(family=family).current(on=on).select_related("worker").first()
    return f"an open case with {allocation.worker}" if allocation else "an open case without a worker"


def plan_in_words(family: Family) -> str:
    plan: Plan | None = Plan.objects.filter(family=family, state__in=LIVING).order_by("number").first()
    if plan is None:
        return ""
    return "a draft of a plan" if plan.is_draft else "a plan that it agreed to"


def _held_by(family: Family) -> Iterator[tuple[int, str]]:
    """Yield who sees the family because it was shared with them, for longer than a day."""
    rows = Share.objects.not_over().filter(family=family, kind__in=HOLDING).select_related("user")
    for share in rows.order_by("pk"):
        yield share.user_id, str(share.user)


def _safe(family: Family, *, on: date) -> Iterator[tuple[int, tuple[str, str]]]:
    rows = Membership.objects.filter(family=family).known_on(on).select_related("person__merged_into")
    for member in rows:
        yield member.person.pk, (member.name, member.safe_contact)


# Taking apart


@transaction.atomic
def undo_family_merge(
    merge: FamilyMerge, *, reason: str, by: User, on: date, moved: Iterable[UUID] = ()
) -> FamilyMerge:
    """Take the two apart: every row is again of the family it was written in. A second time changes nothing.

    ``moved`` names what was added since to the family that stood and is of the other: it becomes that one's.
    """
    family, _ = _alone(merge.family, merge.into, by=by)
    held: FamilyMerge = FamilyMerge.objects.select_for_update(of=("self",), no_key=True).get(pk=merge.pk)
    if held.undone_at is not None:
        return held
    if family.scope.kind not in {Scope.Kind.LOCALITY, Scope.Kind.SHARED}:
        raise NotAllowed(NOT_NOW)
    wanted = set(moved)
    for row in [row for row in added_since(held) if row.uid in wanted]:
        _give(row, family)
    held.undone_on, held.undone_by, held.undone_reason, held.undone_at = on, by, reason, timezone.now()
    held.save(update_fields=["undone_on", "undone_by", "undone_reason", "undone_at"])
    return held


def _give(row: FamilyRecord, family: Family) -> None:
    try:
        with transaction.atomic():
            row.family = family
            if isinstance(row, Visit):
                row.case = Case.objects.filter(family__pk=family.pk).of_a_contact(row.happened_on)
                Sighting.objects.filter(visit=row).update(family=family)
            row.save(update_fields=["family", *(["case"] if isinstance(row, Visit) else [])])
    except IntegrityError as clash:
        raise Conflict(OF_BOTH.format(row)) from clash


def added_since(merge: FamilyMerge) -> Iterator[FamilyRecord]:
    """Yield what was written of the family that stands since the two were made one and may be given to the other.

    What is written of somebody's time in a household stands with that time, and all else stays where it was written.
    """
    into = {"family__pk": merge.into_id}
    yield from Visit.objects.filter(**into, recorded_at__gte=merge.at).order_by("pk")
    yield from _begun_since(Need.objects.filter(**into, statements=None, goals=None), merge).order_by("pk")
    yield from _begun_since(Flag.objects.filter(**into, membership=None), merge).order_by("pk")


def _begun_since(rows: QuerySet[Any], merge: FamilyMerge) -> QuerySet[Any]:
    model: Any = rows.model
    kept = model.pgh_event_model.objects.filter(pgh_label="insert", pgh_created_at__gte=merge.at)
    return rows.filter(pk__in=kept.values("pgh_obj_id"))
