from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from families.register.models import Gateway
from slf.access.rules import Role
from slf.clock import today
from tests.families.register.factories import SOURCED, confirm, end, propose

pytestmark = pytest.mark.django_db
WORDS = {"agency": "housing", "purpose": "support", "category": "housing", "law": "Housing Act 1996 section 213"}
SENT = WORDS | {
    "source": "The Act", "grade": "P", "starts_day": "1", "starts_month": "10", "starts_year": "2014",
    "document": "Signed",
}  # fmt: skip


@pytest.fixture
def head(post):
    return post(Role.HEAD)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


class TestTheRegister:
    def test_shows_what_counts_today_and_says_what_is_only_an_example(self, signed_in, post, charnwood):
        text = text_of(signed_in(post(Role.FSW, charnwood)).get(reverse("families:register")))
        assert "Welfare Reform Act 2012 section 131" in text
        assert "Example" in text
        assert "UK GDPR" not in text
        assert "Propose" not in text

    def test_shows_what_is_over_when_asked(self, signed_in, head):
        text = text_of(signed_in(head).get(reverse("families:register"), {"all": "1"}))
        assert "UK GDPR" in text


class TestAProposal:
    def test_made_on_the_page_waits_for_a_second_person(self, signed_in, head):
        client = signed_in(head)
        response = client.post(reverse("families:new_gateway"), SENT, follow=True)
        assert "second person" in text_of(response)
        assert Gateway.objects.get(law=WORDS["law"]).is_waiting

    def test_with_no_law_is_asked_for_it_and_keeps_the_rest(self, signed_in, head):
        text = text_of(signed_in(head).post(reverse("families:new_gateway"), SENT | {"law": ""}))
        assert "govuk-error-summary" in text
        assert 'value="The Act"' in text

    def test_begins_with_what_the_row_it_replaces_says(self, signed_in, head):
        earlier = Gateway.objects.filter(agency="dwp").first()
        text = text_of(signed_in(head).get(reverse("families:new_gateway"), {"instead": earlier.uid}))
        assert "SI 2012/1483 regulation 5(1)(d)" in text
        assert "Example, not Leicestershire policy" not in text

    def test_in_the_place_of_one_that_another_waits_to_replace_keeps_what_was_typed(self, signed_in, post, head):
        earlier = Gateway.objects.filter(agency="dwp").first()
        address = f"{reverse('families:new_gateway')}?instead={earlier.uid}"
        client = signed_in(head)
        assert client.post(address, SENT).status_code == 302
        text = text_of(client.post(address, SENT))
        assert "Another row was proposed in the place of this one" in text
        assert 'value="The Act"' in text
        assert Gateway.objects.filter(law=WORDS["law"]).count() == 1

    def test_is_confirmed_by_somebody_else(self, signed_in, post, head):
        row = propose(Gateway, by=head, starts=today(), **(WORDS | SOURCED))
        address = reverse("families:register_confirm", args=["gateways", row.uid])
        assert signed_in(head).post(address).status_code == 403
        assert signed_in(post(Role.DATA)).post(address).status_code == 302
        row.refresh_from_db()
        assert row.confirmed_by

    def test_taken_back_on_the_day_it_was_made_is_over(self, signed_in, head):
        row = propose(Gateway, by=head, starts=today(), **(WORDS | SOURCED))
        client, address = signed_in(head), reverse("families:register_end", args=["gateways", row.uid])
        page = text_of(client.get(row.get_absolute_url()))
        assert "Take this back" in page
        assert "First day it counts no more" not in page.split("Take this back")[1]
        assert "govuk-error-summary" in text_of(client.post(address, {}))
        text = text_of(client.post(address, {"because": "The wrong section of the Act"}, follow=True))
        assert "Taken back. It never counted." in text
        assert "Over" in text
        assert "No end yet" not in text
        assert client.get(reverse("families:register"), {"all": "1"}).status_code == 200

    def test_offers_its_own_proposer_no_button(self, signed_in, head):
        row = propose(Gateway, by=head, starts=today(), **(WORDS | SOURCED))
        assert "Confirm this" not in text_of(signed_in(head).get(row.get_absolute_url()))


class TestARow:
    def test_ends_with_a_reason_and_a_day_that_is_not_past(self, signed_in, head):
        row = Gateway.objects.filter(agency="dwp", purpose="claim").get()
        address = reverse("families:register_end", args=["gateways", row.uid])
        day = {"on_day": "1", "on_month": "4", "on_year": "2012", "because": "The regulations were revoked"}
        client = signed_in(head)
        assert "cannot end in the past" in text_of(client.post(address, day))
        assert client.post(address, day | {"on_year": "2036"}, follow=True).status_code == 200
        row.refresh_from_db()
        assert (row.ended_by, row.period.upper.year) == (head, 2036)

    def test_costs_the_same_with_many_versions(self, signed_in, post, head, django_assert_num_queries):
        row = confirm(propose(Gateway, by=head, starts=today(), **(WORDS | SOURCED)), by=post(Role.DATA))
        client, address = signed_in(post(Role.AUDITOR)), row.get_absolute_url()
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        for days in (3, 2, 1):
            end(row, by=head, because="It was not renewed", on=today() + timedelta(days=days))
        with django_assert_num_queries(len(few)):
            client.get(address)

    def test_of_an_unknown_kind_is_missing(self, signed_in, head):
        row = Gateway.objects.first()
        assert signed_in(head).get(reverse("families:register_row", args=["others", row.uid])).status_code == 404

    def test_is_proposed_confirmed_and_ended_by_programs_too(self, api, post, head):
        body = WORDS | {"source": "The Act", "grade": "P", "starts": "2014-10-01"}
        made = api(head).post(reverse("api-gateways"), body, format="json")
        assert (made.status_code, made.data["starts"], made.data["ends_before"]) == (201, "2014-10-01", None)
        address = reverse("api-confirm-gateway", args=[made.data["uid"]])
        assert api(head).post(address).status_code == 403
        assert api(post(Role.DATA)).post(address).data["counts_today"] is True
        past = {"on": "2012-04-01", "because": "It was never signed"}
        assert api(head).post(reverse("api-end-gateway", args=[made.data["uid"]]), past).status_code == 409

    def test_with_an_end_before_its_start_is_refused_beside_the_field(self, api, head):
        body = WORDS | {"source": "x", "grade": "P", "starts": "2014-10-01", "ends_before": "2014-09-01"}
        answer = api(head).post(reverse("api-gateways"), body, format="json")
        assert answer.status_code == 400
        assert "ends_before" in str(answer.data)
