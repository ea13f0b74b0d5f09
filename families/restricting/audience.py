"""Who sees a family, who could be named for it, and who would lose sight of it: read, never changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from families.people.models import Family
from families.restricting.models import RestrictionStep
from families.restricting.rules import CAN_BE_NAMED, Kind, Part, decides
from slf.access.models import Locality, Post, Scope, ScopeMember, Share
from slf.access.rules import Can, Role
from slf.accounts.models import User

COUNTY = "The whole county"


@dataclass(frozen=True)
class Somebody:
    """A person in one of their posts. ``places`` are where they hold it; none when they hold it no more."""

    user: User
    role: Role
    places: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.user.uid}:{self.role}"

    @property
    def part(self) -> Part:
        return Part(self.user.pk, self.role)

    @property
    def decides(self) -> bool:
        return decides(self.role)

    @property
    def in_words(self) -> str:
        """Return "Locality manager, Charnwood"."""
        return ", ".join((self.role.label, *self.places)) if self.places else f"{self.role.label}, no longer in post"


def deciding_first(one: Somebody) -> tuple[int, str, int]:
    return CAN_BE_NAMED.index(one.role), str(one.user), one.user.pk


def could_be_named() -> list[Somebody]:
    """Return everybody with a post today in which somebody can be named, those who decide first."""
    posts = Post.objects.filter(
        role__in=CAN_BE_NAMED, period__contains=timezone.localdate(), user__is_active=True, user__is_service=False
    )
    places: dict[tuple[User, Role], list[str]] = {}
    for post in posts.select_related("user", "locality").order_by("locality__name"):
        held = places.setdefault((post.user, Role(post.role)), [])
        held.append(post.locality.name if post.locality else COUNTY)
    people = [Somebody(user, role, tuple(where)) for (user, role), where in places.items()]
    return sorted(people, key=deciding_first)


def by_place(people: Iterable[Somebody]) -> dict[str, list[Somebody]]:
    """Return the people by where they hold their post; somebody of two localities stands in the first."""
    found: dict[str, list[Somebody]] = {COUNTY: []} | {place.name: [] for place in Locality.objects.all()}
    for one in people:
        found[COUNTY if COUNTY in one.places else one.places[0]].append(one)
    return {place: there for place, there in found.items() if there}


def named_for(family: Family) -> list[Part]:
    """Return who is named in the family's audience; nobody while it is open to a locality."""
    if not family.scope.is_restricted:
        return []
    members = ScopeMember.objects.filter(scope=family.scope_id, user__isnull=False).exclude(role=Role.EMERGENCY)
    return sorted(Part(user, Role(role)) for user, role in members.values_list("user", "role"))


def as_people(parts: Iterable[Part]) -> list[Somebody]:
    """Return the people of a step, with where they hold the post they are named in today; who decides first."""
    wanted = list(parts)
    there = {one.part: one for one in could_be_named()}
    users = User.objects.in_bulk({part.user for part in wanted if part not in there})
    people = [there.get(part) or Somebody(users[part.user], part.role) for part in wanted]
    return sorted(people, key=deciding_first)


def with_people(steps: Sequence[RestrictionStep]) -> list[tuple[RestrictionStep, list[Somebody]]]:
    """Return each step with the people named in it; asked for once, however many steps there are."""
    known = {one.part: one for one in as_people({part for step in steps for part in step.parts})}
    return [(step, sorted((known[part] for part in step.parts), key=deciding_first)) for step in steps]


def in_an_emergency(family: Family) -> list[tuple[User, datetime]]:
    """Return who has the family open by emergency access now, and until when."""
    members = ScopeMember.objects.filter(scope=family.scope_id, role=Role.EMERGENCY, until__gt=timezone.now())
    return [(m.user, m.until) for m in members.select_related("user").order_by("until") if m.user and m.until]


def came_from(family: Family) -> Scope | None:
    """Return the audience of a locality that a restricted family had before."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.came_from(%s)", [family.pk])
        return Scope.objects.select_related("locality").filter(pk=cursor.fetchone()[0]).first()


@dataclass(frozen=True)
class Loss:
    """Who sees a family now and would not any more: those with the record in their hands, and all the others."""

    at_work: list[tuple[User, str]]
    others: list[tuple[User, str]]

    def __bool__(self) -> bool:
        return bool(self.at_work or self.others)

    @property
    def people(self) -> list[tuple[User, str]]:
        return self.at_work + self.others

    @property
    def others_in_words(self) -> str:
        number = len(self.others)
        return f"{number} {'person' if number == 1 else 'people'} who could see it by their post"


def losing_sight(family: Family, *, keep: Iterable[int]) -> Loss:
    """Return who would lose sight of a family that ``keep`` go on seeing, answered by what enforces it."""
    kept = set(keep)
    seers = {user: roles for user, roles in seers_of(family.scope_id).items() if user not in kept}
    users = User.objects.in_bulk(seers)
    held = {share.user_id: share.get_kind_display() for share in shares_of(family)}
    rows = sorted(((users[pk], held.get(pk) or in_words(seers[pk])) for pk in seers), key=lambda row: str(row[0]))
    return Loss([row for row in rows if row[0].pk in held], [row for row in rows if row[0].pk not in held])


def in_words(roles: Iterable[Role]) -> str:
    return " and ".join(role.label for role in Role if role in set(roles))


def seers_of(scope: int) -> Mapping[int, list[Role]]:
    """Return who reaches the card of families of one audience, and as what."""
    found: dict[int, list[Role]] = {}
    with connection.cursor() as cursor:
        cursor.execute("select user_id, role from slf.seers_of(%s)", [scope])
        for user, role in cursor.fetchall():
            found.setdefault(user, []).append(Role(role))
    return found


def shares_of(family: Family) -> list[Share]:
    """Return the shares of a family that count now: its worker, cover, opened with a reason, in an emergency."""
    rows = Share.objects.filter(family=family, period__contains=timezone.now())  # not a door: of a family in hand
    return list(rows.select_related("user").order_by("-kind", "pk"))


def worker_of(family: Family) -> User | None:
    """Return who works with the family now."""
    return next((share.user for share in shares_of(family) if share.kind == Share.Kind.WORKER), None)


@dataclass(frozen=True)
class State:
    """Who may see a family and how that came about, as one person may read it."""

    steps: list[RestrictionStep]
    named: list[Somebody]

    @property
    def number(self) -> int:
        return self.steps[0].number if self.steps else 0

    @property
    def last(self) -> RestrictionStep | None:
        return self.steps[0] if self.steps else None

    @property
    def this_time(self) -> list[RestrictionStep]:
        """The steps since the family was last restricted, newest first; none while it is open."""
        if not self.named:
            return []
        last = next((n for n, step in enumerate(self.steps) if step.kind == Kind.RESTRICTED), len(self.steps) - 1)
        return self.steps[: last + 1]

    @property
    def began(self) -> RestrictionStep | None:
        return self.this_time[-1] if self.this_time else None


def restricted_to(user: User) -> list[tuple[Family, RestrictionStep | None]]:
    """Return the restricted families on which this person decides, each with the step that restricted it."""
    closed = Q(scope__kind__in=[Scope.Kind.RESTRICTED, Scope.Kind.EMERGENCY], scope__locality=None)
    families = list(Family.objects.visible_to(user, can=Can.RESTRICT_FAMILY).standing().filter(closed))
    steps = RestrictionStep.objects.visible_to(user).filter(family__in=families, kind=Kind.RESTRICTED)
    began = {step.family_id: step for step in steps.order_by("number").select_related("by")}
    return [(family, began.get(family.pk)) for family in families]


def state_of(family: Family, *, user: User) -> State:
    steps = RestrictionStep.objects.visible_to(user).filter(family=family).newest_first()
    return State(list(steps), as_people(named_for(family)))
