"""Saying that somebody knows a family, ending it, and asking whom it leaves out."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from families.interests import rules
from families.interests.models import Interest
from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.models import Post, ScopeMember, Share
from slf.access.rights import forget_rights, rights_of
from slf.access.rules import ROLES, Can, Role
from slf.access.services import declared
from slf.accounts.models import User
from slf.web.errors import Conflict, Incomplete, NotForYou
from slf.work.services import promise

DECIDES = Can.REVIEW_FAMILY
"""Who reads of whom it is said, notes it of somebody else, and ends it."""
WHO_DECIDE = [role for role in Role if DECIDES in ROLES[role]]


@transaction.atomic
def declare(family: Family, *, about: User, kind: str, words: str = "", by: User, on: date) -> Interest:
    """Keep that somebody knows a family, from now on; a second time changes nothing.

    What they hold of it to look at ends. Where they work with it or decide about it, others who decide are told.
    """
    if rules.needs_words(kind, words):
        raise Incomplete([(rules.SAY_HOW, None)])
    with connection.cursor() as cursor:
        cursor.execute("select slf.declare_interest(%s, %s, %s, %s, %s)", [family.pk, about.pk, kind, words, on])
        (pk,) = cursor.fetchone()
    forget_rights(about)
    made = Interest.objects.get(pk=pk)  # whoever saw the family in an emergency alone sees it no more
    works = works_with(family, about)
    if works or rights_of(about).roles_over(family.scope_id) & frozenset(WHO_DECIDE):
        promise("interests.tell", by=by, family=family.pk, about=about.pk, works=works, once=str(made.uid))
    return made


def works_with(family: Family, user: User) -> bool:
    return Share.objects.not_over().filter(family=family, user=user, kind=Share.Kind.WORKER).exists()


@transaction.atomic
def end(interest: Interest, *, reason: str, by: User, on: date) -> Interest:
    """End a conflict of interest that was looked into. Raises ``NotForYou`` for whom it is about and who said so."""
    if not rules.may_end(by.pk, about=interest.user_id, declared_by=interest.declared_by_id):
        raise NotForYou(rules.NOT_BY_THEM)
    with connection.cursor() as cursor:
        cursor.execute("select slf.end_interest(%s, %s, %s)", [interest.pk, reason, on])
        (ended,) = cursor.fetchone()
    if not ended:
        raise Conflict(rules.ENDED)
    interest.refresh_from_db()
    return interest


def own_of(user: User, family: Family) -> Interest | None:
    """Return what is in force of this person and this family."""
    rows = Interest.objects.visible_to(user).in_force().filter(user=user, family=family)
    found: Interest | None = rows.first()
    return found


def families_known_to(user: User) -> QuerySet[Interest, Any]:
    """Return the ids of the families this person knows: they review nothing of those."""
    rows = Interest.objects.visible_to(user).in_force().filter(user=user)
    stands: QuerySet[Interest, Any] = rows.annotate(stands=Coalesce("family__merged_into", "family")).values("stands")
    return stands


def who_know(family: Family, *, by: User) -> frozenset[int]:
    """Return the ids of those who know the family, as far as ``by`` may read it."""
    rows = Interest.objects.visible_to(by).in_force().filter(family=family)
    return frozenset(rows.order_by().values_list("user", flat=True))


def without_conflict(people: Iterable[User], *, family: int) -> list[User]:
    """Return those of whom nobody has said that they know the family, asked in the name of each."""
    return [person for person in people if not _knows(person, family)]


def _knows(person: User, family: int) -> bool:
    with acting_as(person):
        return declared(person, family)


def colleagues(family: Family, *, besides: User) -> QuerySet[User]:
    """Return those whose post, or name, opens something of this family: of whom it can be noted."""
    members = ScopeMember.objects.filter(scope=family.scope_id)
    posts = Post.objects.filter(period__contains=timezone.localdate())
    here = posts.filter(locality__in=members.filter(locality__isnull=False).values("locality"))
    in_post = here | posts.filter(locality__isnull=True, role__in=WHO_DECIDE)
    people = User.objects.filter(is_active=True, is_service=False).exclude(pk=besides.pk)
    named = members.filter(user__isnull=False).values("user")
    return (people.filter(pk__in=in_post.values("user")) | people.filter(pk__in=named)).distinct()


def who_decide(family: Family, *, besides: Iterable[int]) -> list[User]:
    """Return who decides about the family beside those people; when there is nobody, the heads of service."""
    posts = Post.objects.filter(period__contains=timezone.localdate())
    here = posts.filter(locality=family.scope.locality_id, role__in=WHO_DECIDE)
    near = _holders(here, besides=besides, family=family) if family.scope.locality_id else []
    return near or _holders(posts.filter(role=Role.HEAD), besides=besides, family=family)


def _holders(posts: QuerySet[Post], *, besides: Iterable[int], family: Family) -> list[User]:
    people = User.objects.filter(is_active=True, is_service=False, pk__in=posts.values("user"))
    return without_conflict(people.exclude(pk__in=set(besides)).order_by("pk"), family=family.pk)
