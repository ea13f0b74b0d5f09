"""Families that only named people may see: one with its worker, one whose named people have left the service."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from families.people.models import Family
from families.restricting.audience import worker_of
from families.restricting.rules import Part
from families.restricting.services import Naming, name_people
from performance.demo.people import Made
from slf.access.acting import acting_as
from slf.access.models import Locality
from slf.access.rules import Role
from slf.access.services import end_post, give_post
from slf.accounts.models import User
from slf.clock import today

RELATED = "The mother's sister works in the Melton team. Nobody of that team may read or hear of this family."
POLICE = "The police asked that as few people as possible know where the family lives."
RESTRICTED_SINCE = timedelta(days=40)
LEFT_SINCE = timedelta(days=75)


def close_some(families: dict[str, list[Made]], accounts: dict[str, User], *, by: User) -> None:
    """Restrict a family of Charnwood to its worker and those above, and one of Melton to a manager who then leaves."""
    manager, worker = accounts["manager.charnwood"], accounts["fsw.charnwood"]
    people = (Part(manager.pk, Role.MANAGER), Part(accounts["senior.charnwood"].pk, Role.SENIOR))
    ours = (*people, Part(worker.pk, Role.FSW))
    with acting_as(manager), transaction.atomic():
        theirs = next(each.row for each in reversed(families["charnwood"]) if worker_of(each.row) == worker)
    restrict(theirs, Naming(ours, RELATED, worker), by=manager, on=today() - RESTRICTED_SINCE)
    with transaction.atomic():
        former = former_manager(by=by)
    alone = Naming((Part(former.pk, Role.MANAGER),), POLICE)
    restrict(families["melton"][-1].row, alone, by=former, on=today() - LEFT_SINCE)
    with transaction.atomic():
        for post in former.posts.all():
            end_post(post, by=by, on=timezone.localdate())


def restrict(family: Family, naming: Naming, *, by: User, on: date) -> None:
    with acting_as(by), transaction.atomic():
        name_people(family, naming, seen=0, by=by, on=on)


def former_manager(*, by: User) -> User:
    """Return a manager of Melton who has left."""
    user = User(username="former.melton", first_name="Peter", last_name="Gale")
    user.set_unusable_password()
    user.save()
    melton = Locality.objects.get(slug="melton")
    give_post(user, role=Role.MANAGER, locality=melton, by=by, starts_on=date(2012, 4, 1))
    return user
