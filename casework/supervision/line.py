"""Who stands in whose line: the people somebody may supervise, and when each of them is due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from casework.supervision.models import Supervision
from casework.supervision.rules import ABOVE, EVERY, Due, due_on, supervised_by
from slf import clock
from slf.access.models import Locality, Post, Scope
from slf.access.rights import rights_of
from slf.access.rules import Role
from slf.accounts.models import User
from slf.policy.models import value_of

STAND_ABOVE = (Role.SENIOR, Role.MANAGER, Role.HEAD)
"""Who supervises, the nearest first."""


@dataclass(frozen=True)
class Place:
    """Somebody in the post in which they are supervised; ``since``: when they began there, by the service's day."""

    worker: User
    role: Role
    scope: int
    locality: Locality
    since: date


def below(user: User) -> list[Place]:
    """Return everybody this person may supervise, each once: the managers first, then seniors, then workers."""
    rights = rights_of(user)
    reached = {scope for _, scope in rights.reaches}
    scopes = Scope.objects.filter(pk__in=reached, kind=Scope.Kind.LOCALITY).select_related("locality").order_by("name")
    held = {scope: supervised_by(rights, scope.pk) for scope in scopes}
    found: dict[int, Place] = {}
    for post in posts_in({scope.locality_id for scope, roles in held.items() if roles}).exclude(user=user):
        for scope, roles in held.items():
            if post.role in roles and post.locality_id in {None, scope.locality_id}:
                place = Place(post.user, Role(post.role), scope.pk, scope.locality, began(post))
                found.setdefault(post.user_id, place)
    return sorted(found.values(), key=lambda one: (-list(ABOVE).index(one.role), one.locality.name, str(one.worker)))


def posts_in(localities: Iterable[int | None], *, roles: Iterable[Role] = tuple(ABOVE)):
    """Return the posts of some roles in these localities or in the whole county."""
    today = Q(period__contains=timezone.localdate(), user__is_active=True, user__is_service=False)
    there = Q(locality__in=[pk for pk in localities if pk]) | Q(locality=None)
    rows = Post.objects.filter(today & there, role__in=[role.value for role in roles])
    return rows.select_related("user").order_by("pk")


def began(post: Post) -> date:
    """Return when a post began by the day of the service: posts go by the real one."""
    return post.period.lower + (clock.today() - timezone.localdate())


@dataclass(frozen=True)
class Line:
    """One worker, when they are due, and who supervised them last."""

    place: Place
    due: Due
    by: int | None

    @property
    def worker(self) -> User:
        return self.place.worker


def lines(user: User, *, on: date) -> list[Line]:
    """Return everybody this person may supervise with when they are due: two queries, however many."""
    places, every = below(user), value_of(EVERY, on=on)
    last = Supervision.objects.visible_to(user).last_of([one.worker.pk for one in places])
    found = []
    for place in places:
        day, by = last.get(place.worker.pk, (None, None))
        found.append(Line(place, Due(day, due_on(day, since=place.since, every=every), on), by))
    return found


def mine(found: Iterable[Line], user: User) -> list[Line]:
    """Return of some lines those this person answers for.

    Who supervised somebody last goes on doing so while they stand above them; of whom nobody does, the first above,
    or whoever stands in where there is no such post.
    """
    found = list(found)
    rights = rights_of(user)
    nearest = nearest_above({line.place.scope: line.place.locality.pk for line in found})
    kept = []
    for line in found:
        above = nearest.get((line.place.scope, line.place.role), {})
        if line.by == user.pk or (line.by not in above and rights.roles_over(line.place.scope) & first_of(above)):
            kept.append(line)
    return kept


def nearest_above(places: Mapping[int, int]) -> dict[tuple[int, Role], dict[int, Role]]:
    """Return who stands above each role in some localities, given by scope: ``{(scope, role): {user: as what}}``."""
    if not places:
        return {}
    held = list(posts_in(places.values(), roles=STAND_ABOVE).values_list("user", "role", "locality"))
    return {
        (scope, role): {user: Role(as_) for user, as_, place in held if as_ in above and place in {None, locality}}
        for scope, locality in places.items()
        for role, above in ABOVE.items()
    }


def first_of(above: dict[int, Role]) -> set[Role]:
    """Return the nearest role that anybody holds."""
    held = [role for role in STAND_ABOVE if role in above.values()]
    return set(held[:1])
