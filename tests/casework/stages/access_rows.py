"""Steps up and down: written by who works with the family or stands above that work."""

from casework.cases.models import Case
from casework.stages.models import CareStep
from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.casework.closing.factories import SINCE, TODAY
from tests.conftest import Everything

READERS = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
WRITE = (Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
STAND_ABOVE = (Role.SENIOR, Role.MANAGER, Role.HEAD)


def with_a_case(family):
    Case.objects.get_or_create(family=family, defaults={"opened_on": SINCE, "opened_by": Everything.make()})
    return {"uid": family.uid}


def held(family):
    by = Everything.make()
    with_a_case(family)
    case = Case.objects.get(family=family)
    with acting_as(by):
        said = {"whom": "First Response", "reason": "Bruises.", "then": "held"}
        there = CareStep.objects.holding().filter(case=case).first()
        made = there or CareStep.objects.create(
            family=family, case=case, way="up", happened_on=TODAY, recorded_by=by, recorded_on=TODAY, **said
        )
    return {"uid": made.uid}


def day(name):
    return {f"{name}_day": "15", f"{name}_month": "10", f"{name}_year": "2014", name: "2014-10-15"}


def a_step(kwargs):
    return day("happened_on") | {"way": "down", "whom": "Locality 3", "reason": "The plan ended.", "then": "goes_on"}


def who(kwargs):
    return day("acknowledged_on") | {"who": "Jo Hall"}


def why(kwargs):
    return {"because": "Their assessment is over."}


NOT_WORKERS = frozenset({Role.FSW})
ROWS = [
    Row("casework:step", with_a_case, get=all_of(*WRITE), post=all_of(*WRITE, status=302), post_body=a_step),
    Row("casework:acknowledge_step", held, get=all_of(*WRITE), post=all_of(*WRITE, status=302), post_body=who),
    Row("casework:go_on", held, get=all_of(*STAND_ABOVE), post=all_of(*STAND_ABOVE, status=302), post_body=why,
        not_their_job=NOT_WORKERS),
    Row("api-stage", with_a_case, get=READERS),
    Row("api-step", with_a_case, post=all_of(*WRITE, status=201), post_body=a_step),
    Row("api-acknowledge-step", held, post=all_of(*WRITE), post_body=who),
    Row("api-go-on", held, post=all_of(*STAND_ABOVE), post_body=why, not_their_job=NOT_WORKERS),
]  # fmt: skip
