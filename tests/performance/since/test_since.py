"""A line stands as it was frozen; what is stated of its days afterwards is listed, with what it would decide."""

from contextlib import suppress
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from performance.claims.models import Judged
from performance.since import services
from performance.since.models import LineSince
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.work.services import run as work
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
    assert all((what, "1 December 2014" if "1 December 2014" in said else said) == ("new", "1 December 2014")
               for what, said in found.changed)  # fmt: skip
    with transaction.atomic():
        assert Judged.objects.get(run=run).judgement == before
    page = signed_in(office.head).get(found.judged.get_absolute_url()).content.decode()
    assert "recorded on 1 December 2014" in page
    listed = signed_in(office.head).get(reverse("performance:since", args=[run.uid])).content.decode()
    assert "recorded on 1 December 2014" in listed
    certifier = signed_in(office.sro).get(reverse("performance:since", args=[run.uid])).content.decode()
    assert "recorded on" not in certifier


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


@pytest.mark.parametrize("who", ["manager", "auditor", "head"])
def test_postgresql_lets_data_officers_alone_say_what_changed(run, office, who):  # noqa: F811
    looked_at(run, office.data)
    for statement in ("update performance_linesince set changed = '[[1, 2]]'", "delete from performance_linesince"):
        with acting_as(getattr(office, who)), suppress(ProgrammingError), transaction.atomic():
            connection.cursor().execute(statement)
    with acting_as(office.data), transaction.atomic():
        assert LineSince.objects.get(run=run).changed == []
