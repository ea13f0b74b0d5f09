"""Tasks: read with the record; set by who works with the family or stands above that work."""

from casework.tasks.models import Task
from slf.access.acting import acting_as
from slf.access.models import Locality
from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.casework.tasks.factories import of_everything, somebody
from tests.conftest import Everything

READERS = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
WHO_SET = (Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
STAND_ABOVE = (Role.SENIOR, Role.MANAGER, Role.HEAD)
NOT_THEIRS = frozenset({Role.FSW})
HAVE_SOME = all_of(*WHO_SET)


def of_family(family):
    return {"uid": family.uid}


def one(family):
    return {"uid": of_everything(family).uid}


def a_task(kwargs):
    return {"what": "Ring the school.", "due_on": "2014-10-20"}


def why(kwargs):
    return {"words": "They rang back."}


def later(kwargs):
    return why(kwargs) | {"due_on": "2014-10-27"}


def to_somebody(kwargs):
    with acting_as(Everything.make()):
        found = Task.objects.filter(uid=kwargs["uid"]).select_related("family__scope").first()
        place = (found and found.family.scope.locality) or Locality.objects.first()
        return why(kwargs) | {"owner": str(somebody(place).uid)}


def verb(name, body):
    return Row(name, one, get=all_of(*STAND_ABOVE), post=all_of(*STAND_ABOVE, status=302), post_body=body,
               not_their_job=NOT_THEIRS)  # fmt: skip


def verb_of_api(name, body):
    return Row(name, one, post=all_of(*STAND_ABOVE), post_body=body, not_their_job=NOT_THEIRS)


ROWS = [
    Row("casework:my_tasks", get=HAVE_SOME),
    Row("casework:tasks_of_family", of_family, get=READERS),
    Row("casework:set_task", of_family, get=all_of(*WHO_SET), post=all_of(*WHO_SET, status=302), post_body=a_task),
    Row("casework:task", one, get=READERS),
    verb("casework:finish_task", why),
    verb("casework:drop_task", why),
    verb("casework:put_off_task", later),
    verb("casework:hand_on_task", to_somebody),
    Row("api-my-tasks", get=HAVE_SOME),
    Row("api-to-do", get=HAVE_SOME),
    Row("api-tasks", of_family, get=READERS, post=all_of(*WHO_SET, status=201), post_body=a_task),
    Row("api-task", one, get=READERS),
    verb_of_api("api-finish-task", why),
    verb_of_api("api-drop-task", why),
    verb_of_api("api-put-off-task", later),
    verb_of_api("api-hand-on-task", to_somebody),
]
