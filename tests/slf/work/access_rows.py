from django.db.models.functions import Now

from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.accounts.models import User
from slf.work import rules
from slf.work.models import Job
from slf.work.services import promise
from tests.access_table import Row
from tests.slf.work import kinds


def a_job(family):
    asker, _ = User.objects.get_or_create(username="asker")
    with acting_as(asker):
        return {"uid": promise(kinds.count, by=asker, chunks=1).uid}


def the_asker(kwargs):
    return User.objects.get(username="asker")


def a_job_that_gave_up(family):
    kwargs = a_job(family)
    with acting_as(the_asker(kwargs)):
        Job.objects.update(state="failed", errors=rules.ERRORS_ALLOWED, finished_at=Now())
    return kwargs


ROWS = [
    Row("job", a_job, get={Role.DATA: 200}, owner=the_asker),
    Row("job-detail", a_job, get={Role.DATA: 200}, owner=the_asker),
    Row("try_job_again", a_job_that_gave_up, post={Role.DATA: 302}, owner=the_asker),
    Row("job-again", a_job_that_gave_up, post={Role.DATA: 202}, owner=the_asker),
]
