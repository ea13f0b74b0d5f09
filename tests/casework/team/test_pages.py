"""The team in one screen, and the drift list: each figure opens its list, and nobody sees what is not theirs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from slf.access.acting import acting_as
from slf.access.models import View
from slf.access.rules import Role
from slf.access.services import restrict_family
from tests.casework.supervision.conftest import _today, other
from tests.casework.supervision.factories import TODAY, decided, held, worked
from tests.performance.claims.factories import fact

__all__ = ["_today", "other"]
pytestmark = pytest.mark.django_db
TEAM, DRIFT = reverse("casework:team"), reverse("casework:drift")


@pytest.fixture
def page(signed_in):
    def get(user, address, **asked):
        with acting_as(None):
            return signed_in(user).get(address, asked)

    return get


class TestTheDriftList:
    def test_says_why_and_opens_what_it_counts(self, page, senior, worker, other, everything):
        jacksons = worked(worker, name="The Jacksons")
        worked(other, name="The Marshes")
        worked(worker, name="The Quiets", since=TODAY - timedelta(days=3))
        child = jacksons.memberships.filter(part="child").first().person
        fact(
            jacksons, child, "child_protection_plan", TODAY - timedelta(days=9), None, by=everything, recorded_on=TODAY
        )
        answer = page(senior, DRIFT)
        text = answer.content.decode()
        assert "on a child protection plan while the case is open" in text
        assert "never seen" in text
        assert "The Quiets" not in text
        figures = {label: (number, address) for label, number, address in answer.context["figures"]}
        assert [figures[one][0] for one in ("All that drift", "Child protection plan", "A child not seen")] == [2, 1, 2]
        for number, address in figures.values():
            assert page(senior, address).context["page"].paginator.count == number, address
        assert page(senior, DRIFT, worker=worker.uid).context["page"].paginator.count == 1

    def test_has_a_family_until_it_is_decided_on(self, page, senior, worker):
        family = worked(worker, since=TODAY - timedelta(days=43))
        assert page(senior, DRIFT, reason="undecided").context["page"].paginator.count == 1
        decided(held(worker, senior), family, senior)
        assert page(senior, DRIFT, reason="undecided").context["page"].paginator.count == 0

    def test_shows_no_family_of_elsewhere_nor_a_closed_one(self, page, senior, worker, post, melton, everything):
        theirs = post(Role.FSW, melton)
        worked(theirs, locality=melton, name="The Far")
        named = worked(worker, name="The Named")
        restrict_family(named, to=[(everything, Role.MANAGER)], by=everything)
        text = page(senior, DRIFT).content.decode()
        assert "The Far" not in text
        assert "The Named" not in text

    def test_is_logged_with_what_it_showed(self, page, senior, worker):
        family = worked(worker)
        page(senior, DRIFT)
        assert View.objects.filter(user=senior, what="Drift list", family_ids=[family.pk]).exists()


class TestTheTeam:
    def test_shows_each_worker_in_one_line(self, page, senior, worker, other):
        worked(worker, name="The Jacksons")
        answer = page(senior, TEAM)
        one, none = sorted(answer.context["team"].members, key=lambda member: -len(member.families))
        assert (one.worker, len(one.families), one.oldest, one.silent_days, one.silent, one.drifting) == (
            worker, 1, 6, 44, 1, 1,
        )  # fmt: skip
        assert (none.worker, none.average, none.drifting) == (other, None, 0)
        assert "Overdue" in answer.content.decode()

    def test_of_a_manager_has_the_seniors_too(self, page, manager, senior, worker):
        members = page(manager, TEAM).context["team"].members
        assert {member.worker for member in members} == {senior, worker}

    @pytest.mark.parametrize("address", [TEAM, DRIFT])
    def test_asks_no_more_for_more_families(self, page, senior, worker, other, address):
        def queries():
            with CaptureQueriesContext(connection) as found:
                page(senior, address)
            return len(found)

        worked(worker)
        page(senior, address)
        few = queries()
        for _ in range(4):
            worked(other)
        assert queries() == few

    def test_is_the_same_for_programs(self, api, senior, worker):
        worked(worker)
        with acting_as(None):
            (row,) = api(senior).get(reverse("api-team")).json()
            drift = api(senior).get(reverse("api-drift"), {"worker": str(worker.uid)}).json()
        assert (row["worker"], row["families"], row["drifting"]) == (str(worker), 1, 1)
        assert drift["count"] == 1
        assert {one["sign"] for one in drift["results"][0]["signs"]} >= {"unseen"}
