"""The warning while a referral is written: staff are told of families they may see, partners of nobody."""

import pytest

from slf.access.models import View
from slf.access.rights import forget_rights
from slf.access.rules import Role
from slf.access.services import restrict_family
from tests.factories import FamilyFactory, MembershipFactory
from tests.referrals.intake.factories import MARSH, empty_draft, full_draft, in_the_name_of

pytestmark = pytest.mark.django_db
DAWN = {
    "adults-TOTAL_FORMS": 1, "adults-INITIAL_FORMS": 0, "children-TOTAL_FORMS": 0, "children-INITIAL_FORMS": 0,
    "adults-0-given_names": "Dawn", "adults-0-family_name": "Marsh", "adults-0-born_on_day": "4",
    "adults-0-born_on_month": "5", "adults-0-born_on_year": "1980",
}  # fmt: skip


@pytest.fixture
def fsw(post, charnwood):
    return post(Role.FSW, charnwood, "fsw.charnwood")


def known_marsh(**more):
    family = FamilyFactory(name="Marsh", **more)
    MembershipFactory(
        family=family, part="parent", person__given_names="Dawn", person__family_name="Marsh",
        person__born_on=MARSH[0].born_on,
    )  # fmt: skip
    return family


def while_typing(client, draft):
    return client.post(f"/referrals/triage/known/{draft.uid}/", DAWN).content.decode()


class TestStaffWhoWriteAReferral:
    def test_are_warned_while_they_type(self, fsw, signed_in):
        family = known_marsh()
        page = while_typing(signed_in(fsw), empty_draft(fsw))
        assert family.reference in page
        assert "1 person is alike" in page

    def test_are_warned_where_they_check_without_javascript(self, fsw, signed_in):
        family, draft = known_marsh(), full_draft(fsw)
        for page in ("people", "check"):
            assert family.reference in signed_in(fsw).get(f"/referrals/{draft.uid}/{page}/").content.decode()

    def test_save_nothing_by_typing(self, fsw, signed_in):
        draft = empty_draft(fsw)
        while_typing(signed_in(fsw), draft)
        with in_the_name_of(fsw):
            assert not draft.people.exists()

    def test_leave_a_line_in_the_view_log_when_a_family_is_shown(self, fsw, signed_in):
        family = known_marsh()
        while_typing(signed_in(fsw), empty_draft(fsw))
        with in_the_name_of(fsw):
            assert View.objects.get(what="Families like a draft").family_ids == [family.pk]

    def test_are_told_nothing_of_another_locality(self, fsw, signed_in, melton):
        known_marsh(locality=melton)
        assert "known already" not in while_typing(signed_in(fsw), empty_draft(fsw))

    def test_are_told_nothing_of_a_restricted_family(self, fsw, signed_in, everything):
        family = known_marsh()
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        forget_rights(fsw)
        assert "known already" not in while_typing(signed_in(fsw), empty_draft(fsw))


class TestAPartnerWhoWritesAReferral:
    def test_gets_the_same_bytes_and_the_same_queries_whoever_is_known(
        self, school, signed_in, django_assert_num_queries
    ):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        draft, client = empty_draft(school), signed_in(school)
        while_typing(client, draft)
        with CaptureQueriesContext(connection) as before:
            unknown = while_typing(client, draft)
        known_marsh()
        with django_assert_num_queries(len(before)):
            assert while_typing(client, draft) == unknown
        assert unknown.strip() == ""
