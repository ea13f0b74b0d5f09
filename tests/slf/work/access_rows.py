from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.accounts.models import User
from slf.work.services import promise
from tests.access_table import Row
from tests.slf.work import kinds


def a_job(family):
    asker = User.objects.create_user("asker")
    with acting_as(asker):
        return {"uid": promise(kinds.count, by=asker, chunks=1).uid}


def the_asker(kwargs):
    return User.objects.get(username="asker")


ROWS = [
    Row("job", a_job, get={Role.DATA: 200}, owner=the_asker),
    Row("job-detail", a_job, get={Role.DATA: 200}, owner=the_asker),
]
