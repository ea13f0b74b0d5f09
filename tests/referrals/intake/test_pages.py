import re

import pytest

from referrals.intake.models import Receipt, Referral
from slf.access.rules import Role
from tests.referrals.intake.factories import (
    MARSH,
    NEEDS,
    again,
    empty_draft,
    full_draft,
    in_the_name_of,
    sent_referral,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(school, signed_in):
    return signed_in(school)


@pytest.fixture
def draft(school):
    return empty_draft(school)


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def as_seen_by(user, draft):
    with in_the_name_of(user):
        return again(draft)


def lines(prefix, *people, initial=0, **extra):
    """Return the form of one list of people as the browser sends it."""
    form = {f"{prefix}-TOTAL_FORMS": len(people), f"{prefix}-INITIAL_FORMS": initial, **extra}
    for n, person in enumerate(people):
        form |= {f"{prefix}-{n}-{name}": value for name, value in person.items()}
    return form


DAWN = {
    "given_names": "Dawn", "family_name": "Marsh", "part": "parent",
    "born_on_day": "4", "born_on_month": "5", "born_on_year": "1980",
}  # fmt: skip
KELLY = {"given_names": "Kelly", "family_name": "Marsh", "age": "14", "school": "Limehurst Academy"}


class TestMyReferrals:
    def test_list_drafts_and_what_was_sent_with_its_state(self, browser, school, draft):
        sent_referral(school)
        page = text(browser.get("/referrals/"))
        assert "Family not named yet" in page
        assert re.search(r"Marsh family</a>.*15 October 2014.*Received.*expected by.*22 October 2014", page)

    def test_say_what_to_do_when_there_are_none(self, browser):
        assert "You have not sent a referral yet" in text(browser.get("/referrals/"))

    def test_hold_nobody_elses(self, browser, post, charnwood):
        sent_referral(post(Role.REFERRER, charnwood, "other.school"))
        assert "Marsh" not in text(browser.get("/referrals/"))

    def test_take_the_same_queries_for_many_as_for_one(self, browser, school, django_assert_max_num_queries):
        for _ in range(3):
            sent_referral(school)
            full_draft(school)
        browser.get("/referrals/")
        with django_assert_max_num_queries(16):
            browser.get("/referrals/")


class TestStarting:
    def test_writes_nothing_when_the_page_is_only_read(self, browser, school):
        assert browser.get("/referrals/start/").status_code == 200
        with in_the_name_of(school):
            assert not Referral.objects.exists()

    def test_makes_one_draft_however_often_it_is_pressed(self, browser, school):
        key = "9f0f4c3e-5a0e-4d3b-9a0e-0d8f6f1f2b11"
        answers = [browser.post("/referrals/start/", {"once": key}) for _ in range(2)]
        assert answers[0]["Location"] == answers[1]["Location"]
        with in_the_name_of(school):
            assert Referral.objects.count() == 1


class TestTheTaskList:
    def test_says_how_far_each_page_is(self, browser, draft):
        page = text(browser.get(draft.get_absolute_url()))
        assert page.count("Not started") == 5
        assert "<strong>0 of 5</strong> pages completed" in page

    def test_is_not_changed_by_reading_it(self, browser, draft, school):
        browser.get(draft.get_absolute_url())
        assert as_seen_by(school, draft).revision == 1


class TestDanger:
    def test_stops_with_the_number_to_ring_and_keeps_that_it_did(self, browser, draft, school):
        answer = browser.post(f"/referrals/{draft.uid}/danger/", {"in_danger": "yes"})
        assert answer["Location"] == f"/referrals/{draft.uid}/danger/ring/"
        page = text(browser.get(answer["Location"]))
        assert 'href="tel:999"' in page
        assert "example, not Leicestershire policy" in page
        assert as_seen_by(school, draft).told_to_ring_at is not None

    def test_goes_on_once_somebody_was_rung(self, browser, draft, school):
        browser.post(f"/referrals/{draft.uid}/danger/", {"in_danger": "yes"})
        answer = browser.post(f"/referrals/{draft.uid}/danger/ring/", {"spoke_to": "Ann, duty line"})
        assert answer["Location"] == f"/referrals/{draft.uid}/people/"
        assert as_seen_by(school, draft).spoke_to == "Ann, duty line"

    def test_does_not_go_on_until_it_says_who_was_told(self, browser, draft):
        address = f"/referrals/{draft.uid}/danger/ring/"
        browser.post(f"/referrals/{draft.uid}/danger/", {"in_danger": "yes"})
        assert "Enter who you spoke to" in text(browser.post(address, {"spoke_to": ""}))
        assert browser.post(address, {"spoke_to": "", "later": "1"})["Location"] == draft.get_absolute_url()

    def test_goes_on_when_there_is_none(self, browser, draft):
        answer = browser.post(f"/referrals/{draft.uid}/danger/", {"in_danger": "no"})
        assert answer["Location"] == f"/referrals/{draft.uid}/people/"


class TestThePageOfPeople:
    def address(self, draft):
        return f"/referrals/{draft.uid}/people/"

    def test_keeps_several_at_once(self, browser, draft, school):
        answer = browser.post(self.address(draft), lines("adults", DAWN) | lines("children", KELLY, {}))
        assert answer["Location"] == f"/referrals/{draft.uid}/home/"
        people = as_seen_by(school, draft).people.all()
        assert [(str(p), p.part, p.born_estimated) for p in people] == [
            ("Dawn Marsh", "parent", False), ("Kelly Marsh", "child", True),
        ]  # fmt: skip

    def test_comes_back_as_it_was_left(self, browser, draft):
        browser.post(self.address(draft), lines("adults", DAWN) | lines("children", KELLY) | {"later": "1"})
        page = text(browser.get(self.address(draft)))
        for typed in ('value="Dawn"', 'value="1980"', 'value="14"', 'value="Limehurst Academy"'):
            assert typed in page

    @pytest.mark.parametrize("count", ["²", "abc", "", "-1", "9" * 20, "9" * 5000])
    def test_does_not_mind_a_count_of_lines_that_is_none(self, browser, draft, count):
        sent = lines("adults", DAWN) | lines("children", {}) | {"add": "adults", "adults-TOTAL_FORMS": count}
        assert browser.post(self.address(draft), sent).status_code in {200, 302}

    def test_gives_room_for_another_and_keeps_what_was_typed(self, browser, draft, school):
        answer = browser.post(self.address(draft), lines("adults", DAWN) | lines("children", {}) | {"add": "adults"})
        assert answer["Location"].endswith("people/?adults=2&children=1#adults")
        page = text(browser.get(answer["Location"]))
        assert 'value="Dawn"' in page
        assert "Adult 2" in page
        assert [str(person) for person in as_seen_by(school, draft).people.all()] == ["Dawn Marsh"]

    def test_keeps_the_empty_lines_of_the_other_list(self, browser, draft):
        sent = lines("adults", DAWN) | lines("children", KELLY, {}) | {"add": "adults"}
        page = text(browser.get(browser.post(self.address(draft), sent)["Location"]))
        assert "Child 2" in page
        assert "Child 3" not in page

    def test_says_in_its_title_that_something_is_wrong(self, browser, draft):
        wrong = lines("adults", DAWN | {"ni_number": "nonsense"}) | lines("children", {})
        assert "<title>Error: " in text(browser.post(self.address(draft), wrong))

    def test_says_beside_the_box_what_is_wrong_and_keeps_what_was_typed(self, browser, draft, school):
        wrong = DAWN | {"born_on_month": "13", "ni_number": "nonsense"}
        response = browser.post(self.address(draft), lines("adults", wrong) | lines("children", KELLY))
        page = text(response)
        assert "There is a problem" in page
        assert "Date of birth of adult 1 must be a real date" in page
        assert 'value="nonsense"' in page
        assert 'value="Limehurst Academy"' in page
        with in_the_name_of(school):
            assert not again(draft).people.exists()

    @pytest.mark.parametrize(
        ("adult", "child", "sentence"),
        [
            ("BG123456A", "", "National Insurance number of adult 1 cannot begin with BG"),
            ("", "A801200001001", "Unique pupil number of child 1 has a first letter that does not fit its numbers"),
        ],
    )
    def test_says_of_a_number_that_cannot_be_one_why(self, browser, draft, adult, child, sentence):
        sent = lines("adults", DAWN | {"ni_number": adult}) | lines("children", KELLY | {"upn": child})
        page = text(browser.post(self.address(draft), sent))
        assert sentence in page
        assert f'value="{adult or child}"' in page

    def test_takes_somebody_off(self, browser, school):
        draft = full_draft(school)
        people = {str(p): p for p in as_seen_by(school, draft).people.all()}
        gone = {"uid": str(people["Lee Marsh"].uid), "given_names": "Lee", "family_name": "Marsh", "DELETE": "on"}
        stays = DAWN | {"uid": str(people["Dawn Marsh"].uid)}
        browser.post(self.address(draft), lines("adults", stays, gone, initial=2) | lines("children", KELLY))
        assert {str(p) for p in as_seen_by(school, draft).people.all()} == {"Dawn Marsh", "Kelly Marsh"}


class TestThePageOfTheHome:
    def test_asks_for_the_district_of_a_postcode_nobody_knows(self, browser, draft, school, melton):
        address = f"/referrals/{draft.uid}/home/"
        answer = browser.post(address, {"address": "1 High Street\nSomewhere", "postcode": "ng124ab"})
        assert answer["Location"] == address
        page = text(browser.get(address))
        assert "Which district is this postcode in?" in page
        browser.post(address, {"address": "1 High Street", "postcode": "NG12 4AB", "district": melton.pk})
        assert as_seen_by(school, draft).locality == melton

    def test_says_of_a_postcode_elsewhere_what_to_do(self, browser, draft):
        page = text(browser.post(f"/referrals/{draft.uid}/home/", {"postcode": "SW1A 1AA"}))
        assert 'href="#id_postcode">SW1A 1AA is not in Leicestershire. Check the postcode;' in page
        assert "Which district is this postcode in?" not in page

    def test_refuses_half_a_postcode_and_keeps_it(self, browser, draft):
        page = text(browser.post(f"/referrals/{draft.uid}/home/", {"postcode": "LE11"}))
        assert "Enter a full postcode, like LE11 2AB" in page
        assert 'value="LE11"' in page


class TestThePageOfNeeds:
    def test_keeps_each_need_with_what_was_seen(self, browser, draft, school):
        body = {"needs": list(NEEDS)} | {f"evidence_{kind}": words for kind, words in NEEDS.items()}
        browser.post(f"/referrals/{draft.uid}/needs/", body)
        assert as_seen_by(school, draft).answers().needs == {
            kind: NEEDS[kind] for kind in ("housing", "poverty", "education", "parenting")
        }

    def test_keeps_a_need_whose_words_are_still_to_come(self, browser, draft, school):
        browser.post(f"/referrals/{draft.uid}/needs/", {"needs": ["crime"], "later": "1"})
        assert as_seen_by(school, draft).answers().needs == {"crime": ""}

    def test_does_not_go_on_without_what_was_seen(self, browser, draft):
        response = browser.post(f"/referrals/{draft.uid}/needs/", {"needs": ["crime"]})
        page = text(response)
        assert 'href="#id_evidence_crime">Say what you have seen: Crime' in page
        assert "<title>Error: " in page

    def test_says_what_is_still_to_answer_when_one_lands_on_it(self, browser, draft):
        browser.post(f"/referrals/{draft.uid}/needs/", {"needs": ["crime"], "later": "1"})
        page = text(browser.get(f"/referrals/{draft.uid}/needs/"))
        assert re.search("Still to answer on this page:.*Say what you have seen: Crime", page)


class TestThePageOfAgreement:
    def test_names_the_adults_to_choose_from(self, browser, school):
        draft = full_draft(school)
        page = text(browser.get(f"/referrals/{draft.uid}/agreement/"))
        assert "Lee Marsh" in page
        assert "Ruby Marsh" not in page.split("Who agreed?")[1]

    def test_keeps_who_agreed(self, browser, school):
        draft = full_draft(school, agreement="not_asked")
        lee = as_seen_by(school, draft).people.all()[1]
        body = {"family_knows": "yes", "agreement": "given", "agreed_by": str(lee.uid)}
        day = {"agreed_on_day": "1", "agreed_on_month": "10", "agreed_on_year": "2014"}
        browser.post(f"/referrals/{draft.uid}/agreement/", body | day)
        assert as_seen_by(school, draft).agreed_by == lee

    def test_takes_somebody_of_another_draft_for_nobody(self, browser, school):
        draft, other = full_draft(school), full_draft(school)
        stranger = as_seen_by(school, other).people.all()[0]
        page = browser.post(
            f"/referrals/{draft.uid}/agreement/", {"agreement": "given", "agreed_by": str(stranger.uid)}
        )
        assert "Choose an answer from the list" in text(page)

    def test_refuses_agreement_of_a_family_that_does_not_know(self, browser, school):
        draft = full_draft(school)
        page = text(browser.post(f"/referrals/{draft.uid}/agreement/", {"family_knows": "no", "agreement": "given"}))
        assert "A family that does not know about the referral cannot have agreed to it." in page
        assert as_seen_by(school, draft).family_knows


class TestTwoTabsOnOneDraft:
    def seen_on(self, browser, address):
        return re.search(r'name="seen" value="(\w+)"', text(browser.get(address)))[1]

    def test_shows_both_texts_before_one_replaces_the_other(self, browser, school):
        draft = full_draft(school)
        address, body = f"/referrals/{draft.uid}/needs/", {"needs": ["crime"]}
        seen = self.seen_on(browser, address)
        browser.post(address, body | {"evidence_crime": "First tab.", "seen": seen})
        answer = browser.post(address, body | {"evidence_crime": "Second tab.", "seen": seen})
        page = text(answer)
        assert answer.status_code == 409
        assert re.search(r"saved somewhere else after you opened it.*First tab\..*Second tab\.", page)
        assert as_seen_by(school, draft).answers().needs == {"crime": "First tab."}
        now = re.search(r'name="seen" value="(\w+)"', page)[1]
        browser.post(address, body | {"evidence_crime": "Second tab.", "seen": now})
        assert as_seen_by(school, draft).answers().needs == {"crime": "Second tab."}

    def test_is_no_conflict_when_they_are_on_different_pages(self, browser, school):
        draft = full_draft(school)
        address = f"/referrals/{draft.uid}/needs/"
        seen = self.seen_on(browser, address)
        browser.post(f"/referrals/{draft.uid}/danger/", {"in_danger": "no"})
        body = {"needs": ["crime"], "evidence_crime": "Seen.", "seen": seen}
        assert browser.post(address, body).status_code == 302

    @pytest.mark.parametrize("page", ["needs/", "people/", "home/", "agreement/", "danger/", "delete/"])
    def test_after_sending_says_that_it_was_sent(self, browser, school, page):
        draft = sent_referral(school)
        answer = browser.post(f"/referrals/{draft.uid}/{page}", {"seen": "0"}, follow=True)
        assert answer.redirect_chain == [(draft.get_absolute_url(), 302)]
        assert "This referral was already sent on 15 October 2014. What you typed since" in text(answer)


class TestChecking:
    def test_shows_every_answer(self, browser, school):
        draft = full_draft(school)
        page = text(browser.get(f"/referrals/{draft.uid}/check/"))
        for words in ("4 Mill Lane, Loughborough", "LE11 2AB, Charnwood", *NEEDS.values(), "Yes: Dawn Marsh agreed on"):
            assert words in page
        assert all(person.name in page for person in MARSH)

    def test_says_beforehand_what_is_still_to_answer(self, browser, school, draft):
        page = text(browser.get(f"/referrals/{draft.uid}/check/"))
        assert page.count("Still to answer before it can be sent:") == 1
        assert f'href="/referrals/{draft.uid}/needs/">Choose at least one need</a>' in page
        assert "Still to answer" not in text(browser.get(f"/referrals/{full_draft(school).uid}/check/"))
        assert "Still to answer" not in text(browser.post(f"/referrals/{draft.uid}/check/"))

    def test_lists_what_is_missing_with_the_way_to_it(self, browser, draft):
        answer = browser.post(f"/referrals/{draft.uid}/check/")
        page = text(answer)
        assert answer.status_code == 422
        assert f'<a href="/referrals/{draft.uid}/needs/">Choose at least one need</a>' in page
        assert f'<a href="/referrals/{draft.uid}/danger/">Say whether anyone is in danger now</a>' in page

    def test_sends_and_tells_what_happens_next(self, browser, school):
        draft = full_draft(school)
        answer = browser.post(f"/referrals/{draft.uid}/check/", follow=True)
        page = text(answer)
        assert answer.redirect_chain == [(draft.get_absolute_url(), 302)]
        assert re.search(r"Sent.*Your reference to quote.*R-[0-9A-F]{4}-[0-9A-F]{4}", page)
        assert "The Charnwood team decides by" in page
        assert "22 October 2014" in page
        assert "example, not Leicestershire policy" in page

    def test_sent_again_goes_to_the_receipt(self, browser, school):
        draft = full_draft(school)
        addresses = [browser.post(f"/referrals/{draft.uid}/check/")["Location"] for _ in range(2)]
        assert addresses == [draft.get_absolute_url()] * 2
        with in_the_name_of(school):
            assert Receipt.objects.count() == 1


class TestDeletingADraft:
    def test_takes_it_off_the_list(self, browser, draft):
        assert "Delete this draft?" in text(browser.get(f"/referrals/{draft.uid}/delete/"))
        assert browser.post(f"/referrals/{draft.uid}/delete/")["Location"] == "/referrals/"
        assert browser.get(draft.get_absolute_url()).status_code == 404


class TestSomebodyElsesDraft:
    @pytest.mark.parametrize(
        "page", ["", "danger/", "danger/ring/", "people/", "home/", "needs/", "agreement/", "check/"]
    )
    def test_looks_like_one_that_never_was(self, signed_in, post, charnwood, draft, page):
        other = signed_in(post(Role.REFERRER, charnwood, "other.school"))
        never = other.get(f"/referrals/0b4a2d1e-0000-4000-8000-000000000001/{page}")
        answer = other.get(f"/referrals/{draft.uid}/{page}")
        assert (answer.status_code, answer.content) == (404, never.content)
