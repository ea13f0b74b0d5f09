"""A task the way a colleague sets one."""

from datetime import date

from casework.tasks.models import Task
from casework.tasks.services import set_task
from slf.access.rules import Role
from slf.access.services import give_post
from slf.accounts.models import User
from tests.conftest import Everything
from tests.referrals.intake.factories import in_the_name_of

TODAY, DUE = date(2014, 10, 15), date(2014, 10, 17)
RING = "Ring the school about Thursday."


def task(family, *, by: User, owner: User | None = None, **other) -> Task:
    said = {"what": RING, "due_on": DUE, "owner": owner or by, "on": TODAY} | other
    with in_the_name_of(by):
        return set_task(family, by=by, **said)


def of_everything(family) -> Task:
    """A task of the user that factories write as."""
    by = Everything.make()
    said = {"what": f"{RING} {Task.objects.count()}", "due_on": DUE, "set_on": TODAY}
    return Task.objects.create(family=family, owner=by, set_by=by, **said)


def somebody(locality) -> User:
    """A manager who sees every family there."""
    user = User.objects.create_user(f"takes.over.{User.objects.count()}", password="a long enough password")
    give_post(user, role=Role.MANAGER, locality=locality, by=Everything.make(), starts_on=date(2012, 4, 1))
    return user
