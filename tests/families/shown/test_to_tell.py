"""Partners nobody has told yet of what a family took back: one list for whoever has to tell them, with its clock."""

from datetime import date

import pytest
from django.urls import reverse

from families.register.rules import Ground, Purpose
from families.sharing.services import record_agreement, record_consent
from families.shown.rules import TELL_WITHIN
from families.shown.services import report_on, tell_partner, write_down_showing
from families.shown.withdrawals import partners_to_tell
from slf.access.acting import acting_as
from slf.access.models import Share, View
from slf.access.rights import forget_rights
from slf.access.rules import Role
from slf.access.services import hold_family, restrict_family
from slf.clock import today
from tests.casework.merging.factories import made_one
from tests.factories import FamilyFactory
from tests.slf.policy.factories import confirmed

pytestmark = pytest.mark.django_db
TAKEN_BACK, SHOWN = date(2014, 10, 10), date(2014, 9, 1)
TELL_BY = date(2014, 10, 17)
SCHOOLS, HEALTH = "Schools and academies", "Health services"
ADDRESS = "/families/partners-to-tell/"


def show(family, by, *agencies):
    for agency in agencies:
        said = {"agency": agency, "to": "Ms Rudge", "what": "told", "category": "education", "words": "That we visit"}
        write_down_showing(family, **said, shown_on=SHOWN, by=by, on=today())


def take_back(family, by, on=TAKEN_BACK):
    return record_agreement(family, state="withdrawn", said_on=on, how="phone", by=by)


@pytest.fixture
def family(everything):
    family = FamilyFactory(household=True, name="The Jacksons")
    show(family, everything, "schools", "health")
    take_back(family, everything)
    return family


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood)


def waiting(user):
    with acting_as(user):
        return [(each.family.name, each.partner.partner) for each in partners_to_tell(user, on=today())]


def tell(family, partner, by):
    (taken,) = report_on(family, user=by, on=today()).taken_back
    tell_partner(taken, partner=partner, whom="Ms Rudge", told_on=TAKEN_BACK, how="phone", by=by, on=today())


class TestTheList:
    def test_is_of_whom_a_withdrawal_concerns_until_they_were_told(self, family, senior, everything):
        assert waiting(senior) == [("The Jacksons", HEALTH), ("The Jacksons", SCHOOLS)]
        tell(family, SCHOOLS, everything)
        assert waiting(senior) == [("The Jacksons", HEALTH)]

    def test_is_empty_once_the_family_agrees_again(self, family, senior, everything):
        record_agreement(family, state="given", said_on=today(), how="phone", by=everything)
        assert waiting(senior) == []

    def test_names_each_withdrawal_and_puts_the_next_due_first(self, family, senior, everything):
        other = FamilyFactory(household=True, name="The Abbotts")
        show(other, everything, "police")
        parent = other.memberships.order_by("pk").first().person
        said = {"purpose": Purpose.SUPPORT, "person": None, "said_by": parent, "how": "phone", "by": everything}
        for state, day in (("given", 2), ("withdrawn", 20)):
            ground = Ground("education", "schools", by_consent=True)
            record_consent(other, ground, state=state, said_on=date(2014, 9, day), **said)
        assert waiting(senior)[0] == ("The Abbotts", "Police and youth offending service")
        assert len(waiting(senior)) == 3

    def test_is_a_workers_own_families_alone(self, family, post, charnwood, everything):
        worker, colleague = post(Role.FSW, charnwood), post(Role.FSW, charnwood)
        hold_family(family, user=worker, kind=Share.Kind.WORKER, by=everything)
        forget_rights(worker)
        assert len(waiting(worker)) == 2
        assert waiting(colleague) == []

    def test_is_not_of_a_family_a_worker_only_looks_into(self, family, post, charnwood, everything):
        worker = post(Role.FSW, charnwood)
        hold_family(family, user=worker, kind=Share.Kind.OPENED, by=everything, reason="Asked by the school")
        forget_rights(worker)
        assert waiting(worker) == []

    def test_names_no_family_of_another_locality_and_none_that_was_closed_to_whoever_asks(
        self, family, senior, post, melton, everything
    ):
        assert waiting(post(Role.SENIOR, melton)) == []
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        forget_rights(senior)
        assert waiting(senior) == []

    def test_is_the_same_for_a_family_known_twice_whichever_record_it_was_written_in(self, family, senior, everything):
        again = FamilyFactory(household=True, name="Jackson")
        made_one(family, into=again, by=everything)
        assert waiting(senior) == [("Jackson", HEALTH), ("Jackson", SCHOOLS)]


class TestTheClock:
    def test_runs_for_the_working_days_that_were_set_when_it_was_taken_back(self, family, senior):
        (one, _) = partners_to_tell(senior, on=today())
        assert (one.taken.tell_by, one.days_left, one.is_late) == (TELL_BY, 2, False)
        assert partners_to_tell(senior, on=date(2014, 10, 18))[0].is_late

    def test_is_not_changed_for_what_was_taken_back_before(self, family, senior, everything):
        confirmed(TELL_WITHIN, 1, starts_on=today())
        assert partners_to_tell(senior, on=today())[0].taken.tell_by == TELL_BY
        later = FamilyFactory(household=True)
        show(later, everything, "police")
        take_back(later, everything, on=today())
        assert {each.taken.tell_by for each in partners_to_tell(senior, on=today())} == {TELL_BY, date(2014, 10, 16)}


class TestThePage:
    def test_leads_a_senior_to_the_form_and_a_manager_to_the_family(self, family, senior, post, charnwood, signed_in):
        manager = post(Role.MANAGER, charnwood)
        with acting_as(None):
            page = signed_in(senior).get(ADDRESS).content.decode()
            for_manager = signed_in(manager).get(ADDRESS).content.decode()
        assert page.count("Say that they were told") == 2
        assert "17 October 2014" in page
        assert "an example, not Leicestershire policy" in page
        assert "Say that they were told" not in for_manager
        assert reverse("families:shown", args=[family.uid]) in for_manager

    def test_says_which_are_late(self, senior, everything, signed_in):
        old = FamilyFactory(household=True)
        show(old, everything, "schools")
        take_back(old, everything, on=date(2014, 9, 10))
        with acting_as(None):
            client = signed_in(senior)
            assert "Overdue" in client.get(ADDRESS).content.decode()
            assert "Overdue" in client.get(reverse("families:shown", args=[old.uid])).content.decode()

    def test_is_a_look_at_the_families_it_names(self, family, senior, signed_in):
        with acting_as(None):
            signed_in(senior).get(ADDRESS)
        assert View.objects.get(what="Partners to tell").family_ids == [family.pk]

    def test_says_so_when_nobody_is_to_be_told(self, senior, signed_in):
        with acting_as(None):
            assert "Nobody is to be told" in signed_in(senior).get(ADDRESS).content.decode()

    @pytest.mark.parametrize("address", [ADDRESS, "/api/v1/partners-to-tell/", "/"])
    def test_costs_the_same_for_many(self, family, senior, api, everything, django_assert_max_num_queries, address):
        with acting_as(None):
            client = api(senior)
            client.get(address)
            with django_assert_max_num_queries(45) as few:
                client.get(address)
        for _ in range(6):
            more = FamilyFactory(household=True)
            show(more, everything, "schools", "police")
            take_back(more, everything)
        with acting_as(None), django_assert_max_num_queries(len(few)):
            client.get(address)


class TestMyDay:
    @pytest.mark.parametrize("role", [Role.FSW, Role.SENIOR, Role.MANAGER])
    def test_says_how_many_and_opens_exactly_those(self, role, family, post, charnwood, everything, signed_in):
        user = post(role, charnwood)
        hold_family(family, user=user, kind=Share.Kind.WORKER, by=everything)
        with acting_as(None):
            client = signed_in(user)
            (tile,) = [tile for tile in client.get("/").context["tiles"] if tile.label == "Partners to tell"]
            rows = client.get(tile.href).context["rows"]
        assert tile.value == len(rows) == 2

    def test_says_nothing_when_nobody_is_to_be_told(self, senior, signed_in):
        with acting_as(None):
            labels = [tile.label for tile in signed_in(senior).get("/").context["tiles"]]
        assert "Partners to tell" not in labels


def test_a_program_reads_the_same_list(family, senior, api):
    taken = family.agreements.get(state="withdrawn")
    with acting_as(None):
        one, other = api(senior).get("/api/v1/partners-to-tell/").json()
    assert one == {
        "family": str(family.uid), "reference": family.reference, "withdrawal": str(taken.uid), "on": "2014-10-10",
        "words": "Agreement to the service taken back", "partner": HEALTH,
        "because": "Was shown: something they were told", "tell_by": "2014-10-17", "overdue": False,
    }  # fmt: skip
    assert other["partner"] == SCHOOLS
