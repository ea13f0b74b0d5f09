"""A line stands as it was frozen; what is stated of its days afterwards is listed, with what it would decide."""

import json
from contextlib import suppress
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from casework.cases.models import Case
from performance.claims.models import Judged
from performance.since import services
from performance.since.models import LineSince
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import give_post
from slf.work.services import run as work
from tests.database import owner
from tests.performance.claims.conftest import office, prepare, unconfirmed  # noqa: F401  (fixtures)
from tests.performance.claims.factories import fact, family_with_a_result
from tests.performance.claims.test_whole_run import closed_to_the_office

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def family(office, everything):  # noqa: F811
    return family_with_a_result(by=everything)


@pytest.fixture
def run(family, prepare):  # noqa: F811
    return prepare()


@pytest.fixture
def named(family, everything, post, charnwood):
    return lambda: closed_to_the_office(family, named=post(Role.FSW, charnwood), by=everything)


def looked_at(run, by) -> LineSince | None:
    with acting_as(by):
        job = work(services.look_now(run, by=by).uid)
        with transaction.atomic():
            job.refresh_from_db()
            assert job.state == "done", job.error
            return LineSince.objects.visible_to(by).filter(run=run).select_related("judged__run").first()


@pytest.fixture
def stated_later(family, everything, settings):
    """State after the claim that a parent went on as before in the months it rests on."""

    def state() -> None:
        settings.SERVICE_DATE = "2015-01-10"
        with transaction.atomic():
            parent = family.memberships.exclude(part="child").get().person
        for month in (4, 5, 6, 7, 8):
            day = date(2014, month, 9)
            fact(family, parent, "asb_intervention", day, day, by=everything, recorded_on=date(2014, 12, 1),
                 instrument="ABC")  # fmt: skip

    return state


def test_nothing_changed_where_the_same_is_stated(run, office):  # noqa: F811
    found = looked_at(run, office.data)
    assert (found.changed, found.differs) == ([], [])


def test_what_came_later_is_listed_and_changes_nothing_of_the_line(run, stated_later, office, signed_in):  # noqa: F811
    with transaction.atomic():
        before = Judged.objects.get(run=run).judgement
    stated_later()
    found = looked_at(run, office.data)
    assert len(found.changed) == 5
    assert all(what == "new" and "recorded on 1 December 2014" in said for what, said in found.changed)
    with transaction.atomic():
        assert Judged.objects.get(run=run).judgement == before
    page = signed_in(office.head).get(found.judged.get_absolute_url()).content.decode()
    assert "recorded on 1 December 2014" in page
    listed = signed_in(office.head).get(reverse("performance:since", args=[run.uid])).content.decode()
    assert "recorded on 1 December 2014" in listed
    for somebody in (office.sro, office.auditor):  # of a family that is in no sample
        told = signed_in(somebody).get(reverse("performance:since", args=[run.uid])).content.decode()
        assert "recorded on" not in told, somebody


def test_says_which_answers_would_be_others_today(run, stated_later, office):  # noqa: F811
    stated_later()
    found = looked_at(run, office.data)
    assert any("then" in said and "now" in said for said in found.decided_otherwise), found.changed


def test_who_is_closed_to_named_people_is_not_looked_at(run, family, stated_later, office, named):  # noqa: F811
    stated_later()
    named()
    assert looked_at(run, office.data) is None


def test_it_is_looked_at_each_night_until_it_is_settled(run, family, office):  # noqa: F811
    (job,) = services.look_by_night()
    assert services.look_by_night()[0].uid == job.uid
    with acting_as(job.asked_by):
        work(job.uid)
    with acting_as(office.head), transaction.atomic():
        assert LineSince.objects.get(run=run).looked_by == job.asked_by
    with owner(connection.settings_dict["NAME"]) as cursor:
        cursor.execute("update performance_claimrun set state = 'settled' where id = %s", [run.pk])
    assert services.look_by_night() == []


def test_the_attachment_is_the_one_the_run_is_for(run, family, office, everything):  # noqa: F811
    shared = json.loads(run.shared) | {"attached": {"from": "2012-04-01", "to": "2014-03-31"}}
    with owner(connection.settings_dict["NAME"]) as cursor:
        cursor.execute("update performance_claimrun set shared = %s where id = %s", [json.dumps(shared), run.pk])
        cursor.execute("update casework_case set closed_on = '2014-05-01' where family_id = %s", [family.pk])
    with transaction.atomic():
        Case.objects.create(
            family=family, opened_on=date(2014, 6, 1), attached_on=date(2014, 6, 1), opened_by=everything
        )
        run.refresh_from_db()
    assert looked_at(run, office.data).changed == []


@pytest.mark.parametrize("who", ["auditor", "sro"])
def test_a_second_post_elsewhere_opens_no_more_of_a_locality(run, office, who, melton, everything):  # noqa: F811
    user = getattr(office, who)
    with acting_as(everything), transaction.atomic():
        give_post(user, role=Role.MANAGER, locality=melton, by=everything, starts_on=date(2012, 4, 1))
    with acting_as(user), transaction.atomic():
        assert not Judged.objects.visible_to(user).with_evidence_for(user).exists()


@pytest.mark.parametrize("who", ["manager", "auditor", "head"])
def test_postgresql_lets_data_officers_alone_say_what_changed(run, office, who):  # noqa: F811
    looked_at(run, office.data)
    for statement in ("update performance_linesince set changed = '[[1, 2]]'", "delete from performance_linesince"):
        with acting_as(getattr(office, who)), suppress(ProgrammingError), transaction.atomic():
            connection.cursor().execute(statement)
    with acting_as(office.data), transaction.atomic():
        assert LineSince.objects.get(run=run).changed == []
