"""Help: read with the record, written by who works with the family; the catalogue is the administrators'."""

from casework.interventions.models import Help, HelpSession
from casework.interventions.services import begin_help, deliver_session
from slf.access.acting import acting_as
from slf.access.rules import STAFF as COLLEAGUES
from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.casework.interventions.factories import BEGAN, TODAY, answers, method, people
from tests.conftest import Everything

READ = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
WORK = (Role.FSW, Role.SENIOR)
NOT_WORKERS = frozenset({Role.MANAGER, Role.HEAD})
SEES = all_of(Role.SENIOR, Role.MANAGER, Role.HEAD)
ADMIN = all_of(Role.ADMIN)


def with_a_record(family):
    return {"uid": family.uid}


def begun(family):
    by = Everything.make()
    with acting_as(by):
        said = {"people": people(family)[:1], "words": f"Mornings {Help.objects.count()}.", "begun_on": BEGAN}
        there = Help.objects.going_on().filter(family=family).first()
        return {"uid": (there or begin_help(family, method(), by=by, on=TODAY, **said)).uid}


def held(family):
    found, by = Help.objects.get(**begun(family)), Everything.make()
    with acting_as(by):
        made = deliver_session(found, happened_on=TODAY, people=people(family)[:1], by=by, on=TODAY)
        return {"uid": made.uid}


def family_in(kwargs):
    from families.people.models import Family

    with acting_as(Everything.make()):
        for model, path in ((Family, ""), (Help, "family"), (HelpSession, "family")):
            if (found := model.objects.filter(uid=kwargs["uid"]).first()) is not None:
                return getattr(found, path) if path else found
    return None


def beginning(kwargs):
    with acting_as(Everything.make()):
        return answers(family_in(kwargs)) if family_in(kwargs) else {}


def beginning_by_api(kwargs):
    said = beginning(kwargs)
    return {name: said[name] for name in ("method", "people", "words") if name in said} | {"begun_on": str(BEGAN)}


def a_session(kwargs):
    day = {"happened_on_day": "15", "happened_on_month": "10", "happened_on_year": "2014"}
    family = family_in(kwargs)
    with acting_as(Everything.make()):
        return day | ({"people": [str(people(family)[0].uid)]} if family else {})


def an_end(kwargs):
    day = {"ended_on_day": "15", "ended_on_month": "10", "ended_on_year": "2014"}
    return day | {"result": "finished", "result_words": "They still use it."}


def why(kwargs):
    return {"because": "It was the session of another family."}


def entry(kwargs):
    day = {"starts_on_day": "1", "starts_on_month": "4", "starts_on_year": "2014", "starts_on": "2014-04-01"}
    said = {"name": "Cooking together", "kind": "intervention", "offers": "Cooking.", "evidence": "None yet."}
    return day | said | {"source": "Locality meeting, item 2"}


def one_entry():
    return {"uid": method().uid}


def row(name, subject, *, see=True, status=302, body=lambda kwargs: {}):
    seen = {"get": all_of(*WORK)} if see else {}
    return Row(name, subject, post=all_of(*WORK, status=status), post_body=body, not_their_job=NOT_WORKERS, **seen)


ROWS = [
    Row("casework:help_given", with_a_record, get=READ),
    row("casework:begin_help", with_a_record, body=beginning),
    row("casework:help_session", begun, body=a_session),
    row("casework:end_help", begun, body=an_end),
    row("casework:strike_session", held, body=why),
    Row("casework:help_figures", get=SEES),
    Row("casework:help_list", get=SEES),
    Row("casework:methods", get=all_of(*COLLEAGUES)),
    Row("casework:add_method", get=ADMIN, post=all_of(Role.ADMIN, status=302), post_body=entry),
    Row("casework:change_method", of_office=one_entry, get=ADMIN, post=all_of(Role.ADMIN, status=302), post_body=entry,
        not_their_job=frozenset(set(Role) - {Role.ADMIN})),
    Row("api-help", with_a_record, get=READ, post=all_of(*WORK, status=201), post_body=beginning_by_api,
        not_their_job=NOT_WORKERS),
    row("api-help-session", begun, see=False, status=201, body=a_session),
    row("api-end-help", begun, see=False, status=200, body=an_end),
    row("api-strike-session", held, see=False, status=200, body=why),
    Row("api-help-figures", get=SEES),
    Row("api-methods", get=all_of(*COLLEAGUES), post=all_of(Role.ADMIN, status=201), post_body=entry),
    Row("api-method", of_office=one_entry, get=all_of(*COLLEAGUES), patch=ADMIN,
        post_body=lambda kwargs: {"offers": "Another sentence."},
        not_their_job=frozenset(set(Role) - set(COLLEAGUES)) | frozenset(set(Role) - {Role.ADMIN})),
]  # fmt: skip
