"""Closing a family to all but named people, changing who is named, opening it again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from families.interests.services import who_know
from families.people.models import Family
from families.restricting import audience, rules
from families.restricting.models import RestrictionStep
from families.restricting.rules import Kind, Part
from slf.access.models import Post, Scope, Share
from slf.access.rules import Can, Role
from slf.access.services import KNOWS_THEM, end_holdings, move_family, restrict_family, scope_for
from slf.accounts.models import User
from slf.web.errors import Conflict, NotAllowed
from slf.work.services import promise


@dataclass(frozen=True)
class Naming:
    """Who may go on seeing a family, why, and who works with it from now on (nobody, when none is named)."""

    people: tuple[Part, ...]
    reason: str
    worker: User | None = None
    sealed: bool = False


@transaction.atomic
def name_people(family: Family, naming: Naming, *, seen: int, by: User, on: date) -> RestrictionStep:
    """Restrict a family to the people named, or name other people for one that is; a second time changes nothing.

    ``seen`` is the number of the last step that whoever decides has read. Who is not named loses the family at once,
    with what they held of it. Whoever restricts names themselves if they are to see it.
    """
    users = _one_at_a_time({*(part.user for part in naming.people), *(one.pk for one in _holders(family))})
    family = _lock(family, by=by)
    before, last = audience.named_for(family), _last(family)
    if last and last.closes and last.sealed == naming.sealed and set(before) == set(naming.people):
        return last
    _check(naming, last=last, seen=seen)
    _refuse_who_knows(family, naming.people, before=before, by=by)
    step = _take_step(family, Kind.NAMED if before else Kind.RESTRICTED, naming, last=last, by=by, on=on)
    holders = _holders(family)
    restrict_family(family, to=[(users[part.user], part.role) for part in step.parts], by=by)
    _end_what_is_out_of_reach(holders, by=by)
    _tell(step, before=before, by=by)
    return step


@transaction.atomic
def lift_restriction(family: Family, *, reason: str, seen: int, by: User, on: date) -> RestrictionStep:
    """Open a restricted family to its locality again; a second time changes nothing."""
    _one_at_a_time(one.pk for one in _holders(family))
    family = _lock(family, by=by)
    last = _last(family)
    if not family.scope.is_restricted:
        if last is None:
            raise NotAllowed(rules.NOT_RESTRICTED)
        return last
    _refuse_if_changed(last, seen=seen)
    if (home := audience.came_from(family)) is None:
        raise NotAllowed(rules.NO_WAY_BACK)
    step = _take_step(family, Kind.LIFTED, Naming((), reason), last=last, by=by, on=on)
    holders = _holders(family)
    move_family(family, to=home, by=by)
    _end_what_is_out_of_reach(holders, by=by)
    promise("restricting.tell_heads", by=by, once=str(step.uid), did=step.kind)
    return step


@transaction.atomic
def name_for_left(family: UUID, *, people: Sequence[Part], reason: str, by: User, on: date) -> None:
    """Name people for a family that nobody who is named decides on any more, beside those who are still in post.

    A head of service does it over the wall: they learn nothing of the family but its reference.
    """
    _one_at_a_time(part.user for part in people)
    left = next((one for one in families_left() if one.uid == family), None)
    if left is None:
        raise Conflict(rules.CHANGED)
    named = sorted({*left.still_named, *people})
    if refusal := rules.wrong(named, in_post=_in_post(named), worker=None):
        raise NotAllowed(f"{refusal}.")
    scope = _scope_of(named)
    with connection.cursor() as cursor:
        cursor.execute(
            "select slf.name_for_left(%s, %s, %s, %s, %s, %s)",
            [family, scope.pk, rules.written(named), reason, left.number, on],
        )
        (done,) = cursor.fetchone()
    if done is None:
        raise Conflict(rules.CHANGED)
    promise("restricting.tell_named", by=by, people=sorted({part.user for part in people}))


@dataclass(frozen=True)
class Left:
    """A restricted family that nobody decides on: all that a head of service who is not named learns of it."""

    uid: UUID
    reference: str
    named: tuple[Part, ...]
    number: int

    @property
    def still_named(self) -> list[Part]:
        """Those named who hold the post they are named in: they stay."""
        return sorted(_in_post(self.named) & set(self.named))


def families_left() -> list[Left]:
    """Return the families that a head of service has to name somebody for; the database tells nobody else."""
    with connection.cursor() as cursor:
        cursor.execute("select uid, reference, named, number from slf.families_left()")
        return [Left(uid, ref, tuple(map(Part.read, named)), number) for uid, ref, named, number in cursor.fetchall()]


def how_many_restricted() -> int:
    """Return how many families are restricted in the county, to a head of service; to others 0."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.restricted_families()")
        return int(cursor.fetchone()[0])


def _one_at_a_time(people: Iterable[int]) -> dict[int, User]:
    """Lock who is named and who holds the family, people before families as everywhere.

    A post that ends meanwhile is seen to end, and who ends what somebody holds waits for whoever else does.
    """
    wanted = User.objects.select_for_update(no_key=True).filter(pk__in=set(people))
    return {user.pk: user for user in wanted.order_by("pk")}


def _lock(family: Family, *, by: User) -> Family:
    rows = Family.objects.visible_to(by, can=Can.RESTRICT_FAMILY).select_related("scope")
    held: Family | None = rows.select_for_update(of=("self",), no_key=True).filter(pk=family.pk).first()
    if held is None:
        raise Conflict(rules.CHANGED)
    return held


def _last(family: Family) -> RestrictionStep | None:
    steps = RestrictionStep.objects.filter(family=family)
    found: RestrictionStep | None = steps.newest_first().first()
    return found


def _check(naming: Naming, *, last: RestrictionStep | None, seen: int) -> None:
    _refuse_if_changed(last, seen=seen)
    worker = naming.worker.pk if naming.worker else None
    if refusal := rules.wrong(naming.people, in_post=_in_post(naming.people), worker=worker):
        raise NotAllowed(f"{refusal}.")


def _refuse_who_knows(family: Family, people: Iterable[Part], *, before: Iterable[Part], by: User) -> None:
    """Refuse to name somebody newly who knows the family. Who was named before is for those who decide to take off."""
    known = who_know(family, by=by)
    added, _ = rules.differences(before, people)
    for user in User.objects.filter(pk__in={part.user for part in added} & known):
        raise NotAllowed(KNOWS_THEM.format(user=user))


def _refuse_if_changed(last: RestrictionStep | None, *, seen: int) -> None:
    if (last.number if last else 0) != seen:
        raise Conflict(rules.CHANGED)


def _in_post(parts: Iterable[Part]) -> set[Part]:
    posts = Post.objects.filter(
        user__in={part.user for part in parts}, role__in=rules.CAN_BE_NAMED, user__is_active=True,
        period__contains=timezone.localdate(),
    )  # fmt: skip
    return {Part(user, Role(role)) for user, role in posts.values_list("user", "role")}


def _take_step(
    family: Family, kind: Kind, naming: Naming, *, last: RestrictionStep | None, by: User, on: date
) -> RestrictionStep:
    """Write the step down while whoever takes it still sees the family, and seal or unseal it."""
    step = RestrictionStep.objects.create(
        family=family, number=(last.number if last else 0) + 1, kind=kind, reason=naming.reason,
        named=rules.written(naming.people), sealed=naming.sealed, worker=naming.worker, by=by,
        done_on=on,
    )  # fmt: skip
    if family.sealed != naming.sealed:
        family.sealed = naming.sealed
        family.save(update_fields=["sealed"])
    return step


def _holders(family: Family) -> list[User]:
    """Return who holds something of the family, asked while whoever acts still sees its shares."""
    shares = Share.objects.not_over().of(family).exclude(kind=Share.Kind.EMERGENCY)
    return list(User.objects.filter(pk__in=shares.values("user")).order_by("pk"))


def _end_what_is_out_of_reach(holders: Iterable[User], *, by: User) -> None:
    """End what a person held of families that no post of theirs reaches now: their shares, and their allocation."""
    for user in holders:
        end_holdings(user, by=by, on=timezone.localdate())


def _scope_of(people: Iterable[Part]) -> Scope:
    members = [("user", part.user, part.role) for part in people]
    return scope_for(Scope.Kind.RESTRICTED, name="Named people only", members=members)


def _tell(step: RestrictionStep, *, before: Iterable[Part], by: User) -> None:
    """Promise to tell who is newly named; of a restriction the heads of service too: nobody closes a family alone."""
    added, _ = rules.differences(before, step.parts)
    if people := sorted({part.user for part in added} - {by.pk}):
        promise("restricting.tell_named", by=by, people=people)
    if step.kind == Kind.RESTRICTED:
        promise("restricting.tell_heads", by=by, once=str(step.uid), did=step.kind)
