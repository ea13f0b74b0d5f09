"""Every figure equals its list, in one locality and never beyond what its reader may see."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from casework.cases.models import Case
from performance.outcomes.figures import FIGURES, Asked
from performance.outcomes.lists import LISTINGS, lines, loaded
from performance.outcomes.rules import months_before, year_of
from referrals.allocation.models import Allocation
from referrals.intake.models import Referral
from referrals.intake.rules import State
from referrals.triage.elsewhere import signpost_referral
from referrals.triage.services import accept_referral
from slf.access.acting import acting_as
from slf.access.models import View
from slf.access.rules import POSTS, ROLES, Can, Role
from slf.access.services import restrict_family
from slf.clock import today
from tests.access_table import COUNTY
from tests.casework.plans.factories import agreed
from tests.casework.stars.factories import ReadingFactory
from tests.casework.visits.factories import VisitFactory, give
from tests.factories import FamilyFactory
from tests.referrals.directory.factories import a_service
from tests.referrals.enquiries.factories import ask
from tests.referrals.intake.factories import in_the_name_of, sent_referral
from tests.referrals.ourselves.factories import send_own
from tests.slf.accounts.recently import signed_in_recently

pytestmark = pytest.mark.django_db


class TestTheFinancialYear:
    @pytest.mark.parametrize(
        ("day", "starts"), [(date(2014, 4, 1), date(2014, 4, 1)), (date(2014, 3, 31), date(2013, 4, 1))]
    )
    def test_starts_in_april(self, day, starts):
        assert year_of(day) == (starts, day)

    def test_months_go_back_over_new_year(self):
        assert months_before(date(2014, 2, 15), 3) == [date(2013, 12, 1), date(2014, 1, 1), date(2014, 2, 1)]


@pytest.fixture
def families(everything, melton):
    here, there = FamilyFactory(household=True), FamilyFactory(household=True, locality=melton)
    for family in (here, there):
        Case.objects.create(
            family=family, opened_on=date(2014, 5, 1), attached_on=date(2014, 5, 1), opened_by=everything
        )
    return here, there


class TestAFigure:
    @pytest.mark.parametrize("code", FIGURES)
    def test_opens_exactly_as_many_rows_as_it_says(self, code, families, post, charnwood, signed_in):
        manager = post(Role.MANAGER, charnwood)
        with acting_as(manager):
            number = FIGURES[code].rows(Asked(manager, charnwood, today())).count()
        with acting_as(None):
            answer = signed_in(manager).get(f"/performance/dashboard/{code}/?locality=charnwood")
        assert answer.context["page"].paginator.count == number
        assert len(answer.context["lines"]) == number

    def test_counts_the_families_of_its_locality(self, families, post, charnwood):
        manager = post(Role.MANAGER, charnwood)
        with acting_as(manager):
            asked = Asked(manager, charnwood, today())
            assert [case.family for case in FIGURES["open"].rows(asked)] == [families[0]]
            assert FIGURES["unseen"].rows(asked).count() == 3

    def test_counts_every_locality_for_the_head(self, families, post):
        head = post(Role.HEAD)
        with acting_as(head):
            assert FIGURES["open"].rows(Asked(head, None, today())).count() == 2

    def test_leaves_a_restricted_family_out(self, families, post, charnwood, everything):
        restrict_family(families[0], to=[(everything, Role.MANAGER)], by=everything)
        manager = post(Role.MANAGER, charnwood)
        with acting_as(manager):
            assert FIGURES["open"].rows(Asked(manager, charnwood, today())).count() == 0


class TestTheDashboard:
    def test_of_another_locality_is_not_there(self, post, charnwood, signed_in):
        with acting_as(None):
            assert (
                signed_in(post(Role.MANAGER, charnwood)).get("/performance/dashboard/?locality=melton").status_code
                == 404
            )

    def test_shows_a_table_beside_each_picture(self, families, post, charnwood, signed_in):
        with acting_as(None):
            answer = signed_in(post(Role.MANAGER, charnwood)).get("/performance/dashboard/")
        assert answer.status_code == 200
        assert b"Referrals and visits by month" in answer.content

    def test_costs_the_same_number_of_queries_at_any_size(
        self, families, post, charnwood, signed_in, everything, django_assert_max_num_queries
    ):
        client = signed_in(post(Role.MANAGER, charnwood))
        for _ in range(10):
            family = FamilyFactory(household=True)
            Case.objects.create(family=family, opened_on=date(2014, 5, 1), opened_by=everything)
        with acting_as(None), django_assert_max_num_queries(32):
            client.get("/performance/dashboard/")

    def test_is_the_same_number_in_the_api(self, families, post, charnwood, api):
        manager = post(Role.MANAGER, charnwood)
        with acting_as(None):
            figures = {f["code"]: f["number"] for f in api(manager).get("/api/v1/figures/").json()}
        with acting_as(manager):
            assert figures["open"] == FIGURES["open"].rows(Asked(manager, charnwood, today())).count() == 1


class TestAFigureTakenAway:
    address = "/performance/dashboard/open/csv/?locality=charnwood"

    def test_is_a_csv_of_the_same_rows(self, families, post, charnwood, signed_in):
        manager = post(Role.MANAGER, charnwood)
        with acting_as(None):
            answer = signed_in_recently(signed_in(manager), manager).get(self.address)
        assert answer.content.decode("utf-8-sig").count("\n") == 2
        with acting_as(manager):
            assert View.objects.filter(user=manager, what="Export: Families worked with").count() == 1

    def test_asks_again_who_it_is_for(self, families, post, charnwood, signed_in):
        with acting_as(None):
            answer = signed_in(post(Role.MANAGER, charnwood)).get(self.address)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_reauthenticate"))

    @pytest.mark.parametrize("role", [role for role in POSTS if Can.VIEW_DASHBOARD not in ROLES[role]])
    @pytest.mark.parametrize("page", ["", "csv/"])
    def test_is_refused_to_those_without_a_dashboard(self, families, post, charnwood, signed_in, role, page):
        reader = post(role, None if role in COUNTY else charnwood)
        with acting_as(None):
            answer = signed_in_recently(signed_in(reader), reader).get(f"/performance/dashboard/open/{page}")
        assert answer.status_code == 403


class TestEveryLineOfEveryFigure:
    """A line leads only where its reader may go."""

    @pytest.fixture
    def county(self, families, post, charnwood):
        """Make something for every figure to count."""
        family, referrer, senior = families[0], post(Role.REFERRER), post(Role.SENIOR, charnwood)
        sent_referral(referrer, on=date(2014, 9, 1))
        send_own(on=today())
        accepted = sent_referral(referrer)
        with in_the_name_of(senior):
            accept_referral(accepted, by=senior, on=today())
            accept_referral(sent_referral(referrer), by=senior, on=today(), outcome=State.ESF)
            signpost_referral(sent_referral(referrer), by=senior, on=today(), service=a_service())
        ask(sent_referral(referrer), senior, on=today())
        refused = sent_referral(referrer, agreement="refused")
        with in_the_name_of(senior):
            Referral.objects.filter(uid=refused.uid).update(first_missing=["needs"])
        agreed(family, on=today())
        VisitFactory(family=family, happened_on=today())
        Case.objects.create(family=FamilyFactory(), opened_on=date(2014, 5, 1), opened_by=senior)
        over = {"opened_on": date(2014, 5, 1), "closed_on": date(2014, 9, 1)}
        Case.objects.create(family=FamilyFactory(), **over, opened_by=senior)
        ReadingFactory(family=family)
        ReadingFactory(family=family, later=True)
        give(family, senior)
        Allocation.objects.filter(family=family).update(highly_complex=True)

    @pytest.mark.parametrize("role", [Role.SENIOR, Role.MANAGER, Role.HEAD])
    def test_opens_to_its_reader(self, county, post, charnwood, signed_in, role):
        client = signed_in(post(role, None if role in COUNTY else charnwood))
        with acting_as(None):
            lines = {code: client.get(f"/performance/dashboard/{code}/").context["lines"] for code in FIGURES}
            answers = {
                each.href: client.get(each.href).status_code for found in lines.values() for each in found if each.href
            }
        assert [code for code, found in lines.items() if not found] == []
        assert {href: status for href, status in answers.items() if status != 200} == {}

    def test_of_a_referral_is_where_it_is_decided(self, county, post, charnwood, signed_in):
        with acting_as(None):
            answer = signed_in(post(Role.MANAGER, charnwood)).get("/performance/dashboard/waiting/")
        assert [resolve(each.href).view_name for each in answer.context["lines"]] == ["referrals:triage"] * 3

    def test_of_a_referral_nobody_decided_is_no_link_for_the_head(self, county, post, signed_in):
        with acting_as(None):
            answer = signed_in(post(Role.HEAD)).get("/performance/dashboard/waiting/")
        assert [each.href for each in answer.context["lines"]] == ["", "", ""]


class TestAListing:
    def test_names_the_columns_of_every_figure(self):
        assert LISTINGS.keys() == FIGURES.keys()

    def test_says_of_a_child_not_seen_when_it_was_and_whose_it_is(self, families, post, charnwood, signed_in):
        worker = post(Role.FSW, charnwood)
        give(families[0], worker)
        with acting_as(None):
            answer = signed_in(post(Role.MANAGER, charnwood)).get("/performance/dashboard/unseen/")
        line = answer.context["lines"][0]
        assert dict(line.said) | {"Born": ""} == {
            "Family": families[0].name, "Born": "", "Last seen": "Never", "Worker": str(worker),
        }  # fmt: skip

    @pytest.mark.parametrize("code", ["open", "quiet", "unseen"])
    def test_asks_as_little_for_many_rows_as_for_few(self, code, everything, charnwood, post):
        asked = Asked(post(Role.MANAGER, charnwood), charnwood, today())

        def queries() -> int:
            with acting_as(asked.user), CaptureQueriesContext(connection) as found:
                assert lines(list(loaded(FIGURES[code].rows(asked), code)), code, asked=asked)
            return len(found)

        def one_more():
            family = FamilyFactory(household=True)
            Case.objects.create(family=family, opened_on=date(2014, 5, 1), opened_by=everything)

        one_more()
        few = queries()
        for _ in range(5):
            one_more()
        assert queries() == few


class TestACaseJustOpened:
    def test_is_late_with_nothing(self, everything, charnwood):
        family = FamilyFactory(household=True)
        Case.objects.create(family=family, opened_on=today() - timedelta(days=3), opened_by=everything)
        asked = Asked(everything, charnwood, today())
        assert not FIGURES["quiet"].rows(asked).exists()
        assert not FIGURES["unseen"].rows(asked).exists()
