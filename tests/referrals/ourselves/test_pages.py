import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from referrals.intake.models import Referral
from referrals.ourselves import sitting
from referrals.ourselves.models import OwnReferral
from referrals.ourselves.rules import Step
from slf.access.rules import Role
from tests.referrals.ourselves.factories import PAGES, own_referral

pytestmark = pytest.mark.django_db
CHECK = "/help/check/"


@pytest.fixture
def phone():
    """A browser in which nobody is signed in."""
    cache.clear()
    return Client()


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def fill_in(phone, **other) -> None:
    for page, said in (PAGES | other).items():
        response = phone.post(f"/help/{page}/", said)
        assert response.status_code == 302, text_of(response)


class TestEveryPage:
    @pytest.mark.parametrize("page", ["", *(f"{step}/" for step in Step), "ring/", "check/", "sent/", "leave/"])
    def test_is_for_everybody_and_kept_by_no_cache(self, phone, page):
        phone.post("/help/danger/", PAGES["danger"])
        response = phone.get(f"/help/{page}")
        assert response.status_code in {200, 302}
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"

    @pytest.mark.parametrize("page", ["", *(f"{step}/" for step in Step), "ring/"])
    def test_can_be_left_quickly(self, phone, page):
        phone.post("/help/danger/", PAGES["danger"])
        assert text_of(phone.get(f"/help/{page}")).count("Leave this page quickly") >= 2

    def test_keeps_nothing_on_the_device_but_for_this_sitting(self, phone):
        fill_in(phone)
        assert all(not cookie["max-age"] and not cookie["expires"] for cookie in phone.cookies.values())


class TestSending:
    def test_says_a_reference_once_and_nothing_of_what_was_said(self, phone):
        fill_in(phone)
        assert "The rent eats everything." in text_of(phone.get(CHECK))
        sent = text_of(phone.post(CHECK, follow=True))
        assert Referral.objects.get(own__isnull=False).reference in sent
        assert ["Tansley" in sent, "eats everything" in sent, "LE11" in sent] == [False] * 3
        assert "Sent" not in text_of(phone.get("/help/sent/", follow=True))

    def test_leaves_nothing_to_be_read_back(self, phone):
        fill_in(phone)
        phone.post(CHECK, follow=True)
        for page in Step:
            assert "Tansley" not in text_of(phone.get(f"/help/{page}/", follow=True))
        assert sitting.SESSION not in phone.session

    def test_with_the_button_pressed_twice_is_one(self, phone):
        fill_in(phone)
        first = phone.post(CHECK)
        again = phone.post(CHECK)
        assert first.url == again.url == "/help/sent/"
        assert OwnReferral.objects.count() == 1

    def test_is_refused_where_a_page_is_open_and_leads_there(self, phone):
        phone.post("/help/danger/", PAGES["danger"])
        assert phone.post(CHECK).url == "/help/you/"
        assert not OwnReferral.objects.exists()

    def test_by_a_program_that_fills_in_every_box_is_refused_in_a_sentence(self, phone):
        fill_in(phone)
        response = phone.post(CHECK, {"website": "https://spam.example"})
        assert (response.status_code, "Leave the last box empty" in text_of(response)) == (422, True)
        assert not OwnReferral.objects.exists()

    def test_too_often_from_one_address_is_put_off_and_loses_nothing(self, phone, settings):
        settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"refer_ourselves": "1/h/ip"}
        fill_in(phone)
        phone.post(CHECK)
        fill_in(phone, **{"help-with": {"words": "Something else."}})
        response = phone.post(CHECK)
        assert (response.status_code, "Wait an hour, or ring us" in text_of(response)) == (429, True)
        assert "Something else." in text_of(phone.get(CHECK))
        assert OwnReferral.objects.count() == 1

    def test_says_the_same_to_who_is_known_and_who_is_not(self, phone):
        fill_in(phone)
        before = phone.post(CHECK, follow=True)
        fill_in(phone)
        after = phone.post(CHECK, follow=True)
        assert len(before.content) == len(after.content)


class TestDanger:
    def test_stops_and_gives_the_numbers_to_ring(self, phone):
        text = text_of(phone.post("/help/danger/", {"in_danger": "yes"}, follow=True))
        assert ['href="tel:999"' in text, 'href="tel:0116 496 0123"' in text] == [True, True]
        assert phone.get("/help/you/").url == "/help/danger/"
        assert phone.get(CHECK).url == "/help/danger/"

    def test_taken_back_goes_on_and_the_team_is_told(self, phone):
        phone.post("/help/danger/", {"in_danger": "yes"})
        fill_in(phone)
        phone.post(CHECK)
        referral = Referral.objects.get(own__isnull=False)
        assert (referral.in_danger, referral.told_to_ring_at is not None) == (False, True)


class TestTheSmallPages:
    @pytest.mark.parametrize(
        ("page", "change", "sentence"),
        [
            ("you", {"given_names": ""}, "first name"),
            ("you", {"age": "3"}, "age"),
            ("reach", {"phone": ""}, "Give the number that we may ring or text"),
            ("reach", {"may_ring": "no"}, "Say how we can reach you, if we must not ring or text"),
            ("reach", {"before": "8:00"}, "The end must be after the beginning"),
            ("household", {"form-0-age": ""}, "about how old they are"),
            ("household", {"form-0-part": ""}, "Say who they are"),
            ("home", {"postcode": "nowhere"}, "Enter a full postcode"),
            ("home", {"postcode": "SW1A 1AA"}, "is not in Leicestershire"),
            ("help-with", {"needs": [], "words": ""}, "or say it in your own words"),
            ("help-with", {"words": "x" * 1001}, "1000 characters"),
            ("agree", {"agrees": ""}, "We can only get in touch if you say yes"),
        ],
    )
    def test_say_beside_the_box_what_is_wrong_and_keep_the_rest(self, phone, page, change, sentence):
        phone.post("/help/danger/", PAGES["danger"])
        response = phone.post(f"/help/{page}/", PAGES[page] | change)
        text = text_of(response)
        assert response.status_code == 200
        assert "govuk-error-summary" in text
        assert sentence in text

    def test_show_again_what_was_typed(self, phone):
        fill_in(phone)
        assert 'value="Tansley"' in text_of(phone.get("/help/you/"))
        assert 'value="Kyle"' in text_of(phone.get("/help/household/"))

    def test_have_room_for_one_more(self, phone):
        phone.post("/help/danger/", PAGES["danger"])
        text = text_of(phone.post("/help/household/", PAGES["household"] | {"add": "1"}))
        assert ["Person 2" in text, 'value="Kyle"' in text, "Person 3" in text] == [True, True, False]

    def test_ask_for_the_district_of_a_postcode_nobody_knows(self, phone):
        phone.post("/help/danger/", PAGES["danger"])
        assert "Which district do you live in?" in text_of(phone.post("/help/home/", {"postcode": "LE99 9ZZ"}))
        assert phone.post("/help/home/", {"postcode": "LE99 9ZZ", "district": "melton"}).status_code == 302

    def test_take_no_more_than_a_person_types(self, phone):
        phone.post("/help/danger/", PAGES["danger"])
        junk = {f"form-{n}-given_names": "x" * 100 for n in range(1000)}
        assert phone.post("/help/household/", PAGES["household"] | junk).status_code in {400, 413}

    def test_cannot_be_read_in_the_session(self, phone):
        fill_in(phone)
        assert "Tansley" not in str(dict(phone.session))


class TestLeaving:
    def test_lets_go_of_what_was_typed(self, phone):
        fill_in(phone)
        assert phone.get("/help/leave/").url.startswith("https://www.bbc.co.uk/")
        assert sitting.SESSION not in phone.session

    def test_alone_for_half_an_hour_is_leaving(self, phone, monkeypatch):
        fill_in(phone)
        later = time.time() + 31 * 60
        monkeypatch.setattr(sitting.time, "time", lambda: later)
        assert phone.get(CHECK).url == "/help/danger/"


class TestTriage:
    def test_shows_first_how_the_family_is_reached_safely(self, signed_in, senior):
        referral = own_referral()
        text = text_of(signed_in(senior).get(reverse("referrals:triage", args=[referral.uid])))
        assert text.index("The family refers itself") < text.index("Ringing") < text.index("Reference")
        assert ["Must not be left" in text, "The rent eats everything." in text] == [True, True]

    def test_asks_nobody_who_cannot_reply(self, signed_in, senior):
        referral = own_referral()
        client = signed_in(senior)
        assert "Ask for more" not in text_of(client.get(reverse("referrals:triage", args=[referral.uid])))
        sent = {"about": ["needs"], "question_needs": "Since when?", "seen": referral.revision}
        assert client.post(reverse("referrals:ask", args=[referral.uid]), sent).status_code == 409

    def test_says_who_has_to_tell_the_family(self, signed_in, senior):
        referral = own_referral()
        client = signed_in(senior)
        address = reverse("referrals:decline", args=[referral.uid])
        assert "Nobody tells the family by itself" in text_of(client.get(address))
        sent = {"reason": "one_need", "message": "The toy library helps.", "seen": referral.revision}
        assert "Tell the family" in text_of(client.post(address, sent, follow=True))

    def test_lists_it_with_the_others(self, signed_in, senior):
        own_referral()
        assert "The family itself" in text_of(signed_in(senior).get(reverse("referrals:queue")))

    def test_in_the_api_says_how_it_is_reached(self, api, senior):
        referral = own_referral()
        told = api(senior).get(f"/api/v1/triage/{referral.uid}/").json()
        assert told["own"]["safe_contact"][0]["way"] == "Ringing"


class TestTheDashboard:
    def test_counts_families_that_came_themselves(self, signed_in, post, charnwood):
        own_referral()
        figures = signed_in(post(Role.MANAGER, charnwood)).get("/performance/dashboard/")
        assert "From families themselves" in text_of(figures)
