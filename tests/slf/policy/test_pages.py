from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from referrals.intake.rules import DECIDE_WITHIN, DUTY_NUMBER, REFUSALS, SUFFICES
from slf.access.rules import Role
from slf.clock import today
from slf.policy.models import SettingValue, value_of
from tests.slf.policy.factories import confirmed, proposal

pytestmark = pytest.mark.django_db
SENT = {"starts_on_day": "20", "starts_on_month": "10", "starts_on_year": "2014", "document": "Guidance 2014"}


@pytest.fixture
def head(post):
    return post(Role.HEAD)


@pytest.fixture
def admin(post):
    return post(Role.ADMIN)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def page(name, setting, *more):
    return reverse(f"policy:{name}", args=[setting.key, *more])


class TestTheSettings:
    def test_are_listed_by_where_they_act_and_say_what_is_only_an_example(self, signed_in, post, charnwood):
        text = text_of(signed_in(post(Role.FSW, charnwood)).get(reverse("policy:settings")))
        assert [where in text for where in ("Front door", "Deciding on referrals", "Allocation", "Visits")] == [
            True
        ] * 4
        assert "5 working days" in text
        assert "Example" in text

    def test_cost_the_same_whatever_was_confirmed(self, signed_in, head):
        client = signed_in(head)
        confirmed(DECIDE_WITHIN, 7)
        few = queries(client)
        confirmed(SUFFICES, ["parent:yes"])
        for number in range(5):
            confirmed(DUTY_NUMBER, f"0116 496 012{number}")
        assert queries(client) == few


def queries(client) -> int:
    """Count the second time: the whole test is one transaction, in which the settings are read once."""
    client.get(reverse("policy:settings"))
    with CaptureQueriesContext(connection) as found:
        client.get(reverse("policy:settings"))
    return len(found)


class TestProposingAValue:
    def test_leaves_the_old_one_until_another_person_confirms(self, signed_in, head, admin):
        proposing = signed_in(admin)
        told = text_of(proposing.post(page("propose", DECIDE_WITHIN), SENT | {"value": "7"}, follow=True))
        assert "The value in force stays until a second person has confirmed this one" in told
        row = SettingValue.objects.get()
        assert proposing.post(page("confirm", DECIDE_WITHIN, row.uid)).status_code == 403
        told = text_of(signed_in(head).post(page("confirm", DECIDE_WITHIN, row.uid), follow=True))
        assert ["Confirmed: it counts from its first day." in told, "Not yet" in told] == [True, True]
        assert value_of(DECIDE_WITHIN, on=row.starts_on) == 7

    @pytest.mark.parametrize(
        ("setting", "said", "sentence"),
        [
            pytest.param(DECIDE_WITHIN, {"value": "0"}, "number", id="out of bounds"),
            pytest.param(DUTY_NUMBER, {"value": "ring us"}, "Give the telephone number in figures", id="no number"),
            pytest.param(DECIDE_WITHIN, {"value": "7", "document": ""}, "document", id="no document"),
            pytest.param(
                DECIDE_WITHIN, {"value": "7", "starts_on_day": "1"}, "today or later", id="a day that is over"
            ),
        ],
    )
    def test_that_cannot_be_says_why_and_keeps_what_was_typed(self, signed_in, head, setting, said, sentence):
        text = text_of(signed_in(head).post(page("propose", setting), SENT | said))
        assert "govuk-error-summary" in text
        assert sentence in text
        assert f'value="{said["value"]}"' in text
        assert not SettingValue.objects.exists()

    def test_of_a_list_rewords_retires_and_adds(self, signed_in, head):
        labels = {f"label_{one.code}": one.label for one in value_of(REFUSALS).all}
        more = {"label_not_now": "Not now", "retired_no_trust": "on", "new_1": "They are moving away"}
        signed_in(head).post(page("propose", REFUSALS), SENT | labels | more)
        value = {one["code"]: one for one in SettingValue.objects.get().value}
        assert value["not_now"]["label"] == "Not now"
        assert value["no_trust"]["retired"]
        assert value["they_are_mov"] == {"code": "they_are_mov", "label": "They are moving away", "retired": False}

    def test_of_a_table_ticks_its_boxes(self, signed_in, head):
        client = signed_in(head)
        assert text_of(client.get(page("propose", SUFFICES))).count("checked") == 3
        client.post(page("propose", SUFFICES), SENT | {"parent": ["yes"], "away": ["yes"]})
        assert SettingValue.objects.get().value == ["parent:yes", "away:yes"]

    def test_while_another_waits_is_refused_in_a_sentence(self, signed_in, head):
        proposal(DECIDE_WITHIN, 7)
        text = text_of(signed_in(head).post(page("propose", DECIDE_WITHIN), SENT | {"value": "9"}))
        assert "waits for a second person" in text

    def test_can_be_taken_back(self, signed_in, head):
        row = proposal(DECIDE_WITHIN, 7)
        assert "Taken back" in text_of(signed_in(head).post(page("take_back", DECIDE_WITHIN, row.uid), follow=True))

    def test_under_another_setting_is_not_found(self, signed_in, head):
        row = proposal(DECIDE_WITHIN, 7)
        assert signed_in(head).post(page("confirm", DUTY_NUMBER, row.uid)).status_code == 404


class TestOneSetting:
    def test_shows_every_value_it_had_and_who_confirmed_it(self, signed_in, head):
        confirmed(DECIDE_WITHIN, 7)
        confirmed(DECIDE_WITHIN, 8, starts_on=today() + timedelta(days=9))
        text = text_of(signed_in(head).get(page("setting", DECIDE_WITHIN)))
        assert ["7 working days" in text, "8 working days" in text, "Not yet" in text, "In force" in text] == [True] * 4
        assert "Example" not in text


@pytest.mark.parametrize("role", [Role.REFERRER, Role.ESF])
def test_partners_are_led_to_no_settings(role, post, charnwood, signed_in):
    client = signed_in(post(role, charnwood))
    assert client.get(reverse("policy:settings")).status_code == 403
    assert reverse("policy:settings") not in client.get("/").content.decode()
