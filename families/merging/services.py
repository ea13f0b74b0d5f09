"""Making two entries one person, and taking them apart again. Nothing is moved: a pointer is set, and taken away."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from families.kin.models import Relationship, Responsibility
from families.merging import rules
from families.merging.models import PersonMerge
from families.merging.rules import Side
from families.people.models import Family, Membership, Person
from families.people.services import lock_family
from slf.access.models import FamilyRecord
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.errors import Conflict, NotAllowed, NotForYou

WITHIN, ACROSS = Can.REVIEW_FAMILY, Can.RESTRICT_FAMILY
"""Who makes two entries of one family one person; who does it over two families."""
MANAGER = "The two are in different families. A locality manager makes them one."
REVIEWER = "Somebody who reviews the work with the family makes two entries one."
OF_BOTH = "Something like it is written down of both. Leave “{0}” where it is."


@transaction.atomic
def merge_people(person: Person, *, into: Person, reason: str, by: User, on: date) -> PersonMerge:
    """Let an entry be read as the one person it is of, from now on. The same again is the same."""
    _one_at_a_time(person, into)
    person, into = (Person.objects.get(pk=one.pk) for one in (person, into))
    known: PersonMerge | None = PersonMerge.objects.standing().filter(person=person, into=into).first()
    if known is not None:
        return known
    _refuse_over_two_families(person, into, by=by)
    if wrong := refusals(person, into):
        raise NotAllowed(wrong[0])
    merge = PersonMerge.objects.create(
        family=_home(person, by=by), person=person, into=into, since=on, reason=reason, by=by
    )
    merge.refresh_from_db(fields=["at"])
    return merge


def _one_at_a_time(*people: Person) -> None:
    """Take turns with whoever changes one of their families: the families in one order, as everywhere."""
    for family in Family.objects.filter(memberships__person__in=people).distinct().order_by("pk"):
        lock_family(family)


def _home(person: Person, *, by: User) -> Family:
    """Return the family in whose record it is written down that this entry is of somebody else."""
    rows = Family.objects.visible_to(by, can=WITHIN).filter(memberships__person=person)
    family: Family | None = rows.order_by("pk").first()
    if family is None:
        raise NotForYou(REVIEWER)
    return family


def _refuse_over_two_families(person: Person, into: Person, *, by: User) -> None:
    if shared_families(person, into):
        return
    for one in (person, into):
        if not Family.objects.visible_to(by, can=ACROSS).filter(memberships__person=one).exists():
            raise NotForYou(MANAGER)


def shared_families(person: Person, into: Person) -> list[int]:
    """Return the families in which both entries stand."""
    homes = (set(Membership.objects.filter(person=one).order_by().values_list("family", flat=True)) for one in
             (person, into))  # fmt: skip
    return sorted(set.intersection(*homes))


def refusals(person: Person, into: Person) -> list[str]:
    """Return why the two cannot be made one, as the record stands, each with what to do first."""
    shared = shared_families(person, into)
    return rules.refusals(side_of(person, shared), side_of(into, shared))


def side_of(person: Person, shared: Iterable[int]) -> Side:
    stays = list(Membership.objects.filter(person=person, family__in=shared).select_related("family"))
    going_on = [row for row in stays if row.period.upper is None]
    return Side(
        key=person.pk, name=str(person), scopes=frozenset(person.scopes), merged=person.merged_into_id is not None,
        has_others=person.merged.exists(), adopted=person.adopted_on is not None,
        expected=person.expected_on is not None, tied=dict(_tied(person, shared)),
        safe={row.family.reference: row.safe_contact for row in going_on},
    )  # fmt: skip


def _tied(person: Person, shared: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Yield who is written down as related to somebody, or responsible for them, in the families of both entries."""
    for model, ends in ((Relationship, ("person", "other")), (Responsibility, ("child", "holder"))):
        rows = model.objects.filter(family__in=shared).select_related(*ends)
        for here, there in (ends, ends[::-1]):
            for row in rows.filter(**{here: person}):
                if other := getattr(row, there):
                    yield other.pk, str(other)


# Taking apart


@transaction.atomic
def undo_merge(merge: PersonMerge, *, reason: str, by: User, on: date, moved: Iterable[UUID] = ()) -> PersonMerge:
    """Take the two apart: everything is again of whom it was written. A second time changes nothing.

    ``moved`` names what was added since to the one who stayed and is of the other: it becomes theirs.
    """
    _one_at_a_time(merge.person, merge.into)
    held: PersonMerge = PersonMerge.objects.select_for_update(of=("self",), no_key=True).get(pk=merge.pk)
    if held.undone_at is not None:
        return held
    wanted = set(moved)
    for row, field in list(added_since(held)):
        if row.uid in wanted:
            _give(row, field, held.person)
    held.undone_on, held.undone_by, held.undone_reason, held.undone_at = on, by, reason, timezone.now()
    held.save(update_fields=["undone_on", "undone_by", "undone_reason", "undone_at"])
    return held


def _give(row: FamilyRecord, field: str, person: Person) -> None:
    if row.append_only:
        raise NotAllowed(f"“{row}” is never changed. It stays with whom it was written of.")
    try:
        with transaction.atomic():
            setattr(row, field, person)
            row.save(update_fields=[field])
    except IntegrityError as clash:
        raise Conflict(OF_BOTH.format(row)) from clash


def added_since(merge: PersonMerge) -> Iterator[tuple[FamilyRecord, str]]:
    """Yield what was written of the one who stays since the two were made one, where both are in one family.

    In a family of only one of them each row names that one, whoever was chosen: nothing has to be said there.
    """
    shared = shared_families(merge.person, merge.into)
    for model, field in naming_people():
        if not (hasattr(model, "recorded_at") or hasattr(model, "pgh_event_model")):
            continue  # written by the service itself: who is claimed for
        rows = model._default_manager.filter(**{field: merge.into, "family__in": shared})
        for row in _written_after(rows, merge).order_by("pk"):
            yield row, field


def _written_after(rows: QuerySet[Any], merge: PersonMerge) -> QuerySet[Any]:
    model: Any = rows.model
    if hasattr(model, "recorded_at"):
        return rows.filter(recorded_at__gte=merge.at)
    kept = model.pgh_event_model.objects.filter(pgh_label="insert", pgh_created_at__gte=merge.at)
    return rows.filter(pk__in=kept.values("pgh_obj_id"))


def naming_people() -> list[tuple[type[FamilyRecord], str]]:
    """Return every kind of row of a family's record that names a person, with the name of the column."""
    found: list[tuple[type[FamilyRecord], str]] = []
    relations: Iterable[Any] = Person._meta.get_fields(include_hidden=True)
    for relation in relations:
        model: type[Model] | None = relation.related_model if relation.auto_created and relation.one_to_many else None
        if model and issubclass(model, FamilyRecord) and model not in {PersonMerge, Membership}:
            found.append((model, relation.field.name))
    return found
