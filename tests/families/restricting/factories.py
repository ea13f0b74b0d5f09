"""Families restricted the way the pages restrict them, and families whose named people have left."""

from datetime import date, timedelta

from django.utils import timezone

from families.people.models import Family
from families.restricting.models import RestrictionStep
from families.restricting.rules import Part
from families.restricting.services import Naming, lift_restriction, name_people
from slf.access.models import Post
from slf.access.rules import Role
from slf.access.services import end_post
from slf.accounts.models import User
from slf.clock import today
from tests.referrals.intake.factories import in_the_name_of

REASON = "A member of staff is related to the mother"


def parts(*people: tuple[User, Role]) -> tuple[Part, ...]:
    return tuple(Part(user.pk, role) for user, role in people)


def number(family: Family) -> int:
    return RestrictionStep.objects.filter(family=family).count()


def name(family, *people, by, seen=None, reason=REASON, **more) -> RestrictionStep:
    """Restrict the family to these people, or name them for it, as whoever has just looked would."""
    with in_the_name_of(by):
        seen = number(family) if seen is None else seen
        return name_people(family, Naming(parts(*people), reason, **more), seen=seen, by=by, on=today())


def lift(family, *, by, seen=None, reason="The relative has left the service") -> RestrictionStep:
    with in_the_name_of(by):
        seen = number(family) if seen is None else seen
        return lift_restriction(family, reason=reason, seen=seen, by=by, on=today())


def leave(user: User, *, by: User) -> None:
    """End every post of somebody today."""
    for post in Post.objects.filter(user=user):
        end_post(post, by=by, on=timezone.localdate())


def left_alone(family: Family, *, by: User) -> Family:
    """Restrict a family to a manager who then leaves the service."""
    manager = User.objects.create_user(f"gone.{family.pk}", password="a long enough password", last_name="Gone")
    Post.objects.create(
        user=manager, role=Role.MANAGER, locality=family.scope.locality, given_by=by,
        period=(date(2012, 4, 1), timezone.localdate() + timedelta(days=400)),
    )  # fmt: skip
    name(family, (manager, Role.MANAGER), by=by)
    leave(manager, by=by)
    return family
