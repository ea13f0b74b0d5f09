"""Showing to one person what was left out, ending that early, and reviewing it; who could be shown it."""

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet
from django.utils import timezone

from families.overriding.models import Override, OverrideQuerySet
from families.overriding.rules import Occasion, ends_at, law_on
from families.people.models import Family
from families.register import rules as register
from families.register.services import use_on
from families.sharing.use import LeftOut, left_out
from slf.access.models import Post, ScopeMember
from slf.access.rules import Can, Role
from slf.accounts.models import User
from slf.clock import LONDON, today
from slf.web.errors import Conflict, NotAllowed, NotForYou
from slf.work.services import promise

SHOWN_TO = (Role.FSW, Role.SENIOR, Role.MANAGER)
NOT_LEFT_OUT = "Nothing of this kind is left out of this family's evidence today."
NOT_THEIRS = "This person does not work where the family is."
NOT_YOUR_REVIEW = "Somebody else reviews this: not who gave it, and not who was shown it."
OVER = "This is over already."


def can_be_shown(family: Family, *, by: User) -> list[LeftOut]:
    """Return what is left out of the family's evidence today, each of which can be shown to somebody."""
    return left_out(family, use_on(today(), purpose=register.Purpose.SUPPORT), user=by)


def colleagues_of(family: Family) -> QuerySet[User]:
    """Return who could be shown it: workers, seniors, managers of the locality; of a restricted family, its people."""
    people = User.objects.filter(is_active=True, is_service=False).order_by("last_name", "first_name", "pk")
    if family.scope.is_restricted:
        named = ScopeMember.objects.filter(scope=family.scope_id, user__isnull=False, role__in=SHOWN_TO)
        return people.filter(pk__in=named.values("user"))
    here = Q(locality=family.scope.locality_id) | Q(locality__isnull=True)
    posts = Post.objects.filter(here, role__in=SHOWN_TO, period__contains=timezone.localdate())
    return people.filter(pk__in=posts.values("user"))


@transaction.atomic
def show_all_the_same(
    family: Family, *, agency: str, kind: str, shown_to: User, occasion: Occasion, reason: str, by: User
) -> Override:
    """Show one kind from one agency to one person until the end of the day, and promise to tell the manager.

    Raises ``NotAllowed`` for what is not left out, and for somebody who does not work where the family is. Done twice
    while it counts, it is there once.
    """
    Family.objects.select_for_update(of=("self",), no_key=True).get(pk=family.pk)
    held: Override | None = (
        Override.objects.counting().filter(family=family, agency=agency, kind=kind, shown_to=shown_to).first()
    )
    if held is not None:
        return held
    if (agency, kind) not in {(each.agency, each.kind) for each in can_be_shown(family, by=by)}:
        raise NotAllowed(NOT_LEFT_OUT)
    if not colleagues_of(family).filter(pk=shown_to.pk).exists():
        raise NotAllowed(NOT_THEIRS)
    now = timezone.localtime(timezone=LONDON)
    row = Override.objects.create(
        family=family, agency=agency, kind=kind, shown_to=shown_to, occasion=occasion, law=law_on(today(), occasion),
        reason=reason.strip(), given_by=by, period=DateTimeTZRange(now, ends_at(now)),
    )  # fmt: skip
    promise("sharing.tell_of_override", by=by, family=family.pk, once=str(row.uid))
    return row


@transaction.atomic
def end_override(row: Override, *, by: User) -> Override:
    """End it now. It stays on the record. Safe to do twice: whoever ended it before gets it as they ended it.

    Raises ``Conflict`` where somebody else ended it, or its day is over.
    """
    done = _done("select slf.end_override(%s)", row)
    row.refresh_from_db()
    if not done and row.ended_by_id != by.pk:
        raise Conflict(OVER)
    return row


@transaction.atomic
def review_override(row: Override, *, by: User) -> Override:
    """Record that somebody else has looked at why it was shown. Reviewed twice, the first stands."""
    if by.pk in {row.given_by_id, row.shown_to_id}:
        raise NotForYou(NOT_YOUR_REVIEW)
    _done("select slf.review_override(%s)", row)
    row.refresh_from_db()
    if row.reviewed_at is None:
        raise NotForYou(NOT_YOUR_REVIEW)
    return row


def _done(sql: str, row: Override) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [row.pk])
        return bool(cursor.fetchone()[0])


def overrides_of(family: Family, *, user: User) -> OverrideQuerySet:
    """Return all that was ever shown so of a family, the latest first."""
    rows: OverrideQuerySet = Override.objects.visible_to(user).filter(family=family).for_list()
    return rows


def to_review(user: User) -> QuerySet[Override]:
    """Return what waits for a review by this person: of families they review access to, by and for others."""
    rows = Override.objects.visible_to(user, can=Can.REVIEW_ACCESS).filter(reviewed_at__isnull=True)
    return rows.exclude(given_by=user).exclude(shown_to=user).for_list().order_by("period")


def why_shown(rows: list[Override]) -> str:
    """Return what the view log says of a look at what is shown by an override."""
    return "; ".join(f"Shown by override {row.uid}: {row.get_occasion_display()}" for row in rows)[:500]


def in_use(family: Family, *, user: User) -> list[Override]:
    """Return the overrides by which this person is shown something of the family now."""
    return list(overrides_of(family, user=user).counting().filter(shown_to=user))
