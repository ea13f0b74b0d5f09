import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from families.people.models import Family
from referrals.intake.services import say_danger, send_referral
from referrals.triage.models import MatchQuestion
from referrals.triage.rules import ELSEWHERE
from slf.access.models import View
from slf.access.rules import Role
from slf.access.services import restrict_family
from tests.factories import FamilyFactory, MembershipFactory
from tests.referrals.intake.factories import MARSH, SENT_ON, UPN, full_draft, in_the_name_of, sent_referral, undone

pytestmark = pytest.mark.django_db
MOST_QUERIES = 16
"""Those of the session, the rights and the savepoints included."""


@pytest.fixture
def browser(senior, signed_in):
    return signed_in(senior)


@pytest.fixture
def referral(school):
    return sent_referral(school)


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


ONE_OF_EACH = (
    rb"[0-9a-f]{8}-[0-9a-f-]{27}", rb"SLF-\d{6}", rb"R-[0-9A-F]{4}-[0-9A-F]{4}", rb"csrfmiddlewaretoken[^>]*>",
    rb"data-left=\S+", rb"nonce[^>]*>", rb"task-[0-9a-f]{8}",
)  # fmt: skip
CHANGING = b"|".join(ONE_OF_EACH)


def alike(response):
    """Return an answer without what is another one each time."""
    location = response.get("Location", "").encode()
    return re.sub(CHANGING, b"", b"%d %s %s" % (response.status_code, location, response.content))


def like_family(**where):
    family = FamilyFactory(name="Marsh", **where)
    MembershipFactory(
        family=family, postcode="LE11 2AB", person__given_names="Dawn", person__family_name="Marsh",
        person__born_on=MARSH[0].born_on,
    )  # fmt: skip
    return family


class TestTheQueue:
    def test_shows_the_clock_the_needs_and_the_agreement(self, browser, referral):
        page = text(browser.get("/referrals/triage/"))
        assert re.search(r"Marsh family</a>.*0 working days.*Due in 5 working days.*4, at risk.*Agreed", page)

    def test_says_so_when_nothing_waits(self, browser):
        assert "Nothing waits for a decision" in text(browser.get("/referrals/triage/"))

    def test_is_empty_for_another_locality(self, signed_in, melton_senior, referral):
        page = text(signed_in(melton_senior).get("/referrals/triage/"))
        assert "Nothing waits for a decision" in page
        assert "Marsh" not in page

    def test_is_not_a_workers_page(self, signed_in, post, charnwood):
        assert signed_in(post(Role.FSW, charnwood)).get("/referrals/triage/").status_code == 403

    def test_takes_the_same_queries_for_many_as_for_one(self, browser, school):
        sent_referral(school)
        browser.get("/referrals/triage/")
        with CaptureQueriesContext(connection) as for_one:
            browser.get("/referrals/triage/")
        for _ in range(4):
            sent_referral(school)
        with CaptureQueriesContext(connection) as for_many:
            browser.get("/referrals/triage/")
        assert len(for_many) == len(for_one)
        assert len(for_many) <= MOST_QUERIES


class TestOneReferral:
    def test_shows_everything_that_was_said(self, browser, referral):
        page = text(browser.get(f"/referrals/triage/{referral.uid}/"))
        for words in (
            "Five people in two rooms.",
            "4 Mill Lane, Loughborough",
            "Kelly Marsh",
            "Yes: Dawn Marsh agreed on",
        ):
            assert words in page

    def test_warns_of_a_like_family_in_sight(self, browser, referral):
        family = like_family()
        page = text(browser.get(f"/referrals/triage/{referral.uid}/"))
        assert f'href="{family.get_absolute_url()}"' in page
        assert "Same postcode and family name" in page

    def test_is_the_same_bytes_whether_or_not_a_family_elsewhere_is_like_it(self, browser, school, melton, senior):
        def pages(referral):
            yield browser.get(f"/referrals/triage/{referral.uid}/")
            yield browser.get(f"/referrals/triage/{referral.uid}/accept/")
            yield browser.post(f"/referrals/triage/{referral.uid}/accept/")
            yield browser.get(f"/referrals/triage/{referral.uid}/")
            yield browser.get("/referrals/triage/")

        def seen(*, known):
            with undone():
                there = FamilyFactory(name="Hidden", locality=melton)
                MembershipFactory(family=there, person__upn=UPN if known else None)
                answers = [alike(page) for page in pages(sent_referral(school))]
                assert MatchQuestion.objects.exists() == known
            return answers

        matched = seen(known=True)
        assert matched == seen(known=False)
        assert ELSEWHERE.encode() in matched[0]

    def test_tells_of_a_danger_that_was_reported_and_taken_back(self, browser, school):
        draft = full_draft(school, in_danger=True)
        with in_the_name_of(school):
            say_danger(draft, by=school, in_danger=False)
            send_referral(draft, by=school, on=SENT_ON)
        page = text(browser.get(f"/referrals/triage/{draft.uid}/"))
        assert re.search(r"first answered that somebody is in danger, and was told to ring on \d+ \w+ \d{4}", page)
        assert "Told by telephone: Ann at the duty line." in page
        assert re.search(r"Anyone in danger now.*No.*Answered first.*Yes; told to ring on", page)
        assert "Danger reported, then taken back" in text(browser.get("/referrals/triage/"))

    def test_asks_nobody_anything_by_being_looked_at(self, browser, referral, melton):
        MembershipFactory(family=FamilyFactory(locality=melton), person__upn=UPN)
        browser.get(f"/referrals/triage/{referral.uid}/")
        assert not MatchQuestion.objects.exists()

    def test_is_written_in_the_view_log(self, browser, referral, senior):
        browser.get(f"/referrals/triage/{referral.uid}/")
        with in_the_name_of(senior):
            assert View.objects.filter(user=senior, what="Referral", door=f"/referrals/triage/{referral.uid}/").exists()

    def test_of_another_locality_looks_like_one_that_never_was(self, signed_in, melton_senior, referral):
        client = signed_in(melton_senior)
        never = client.get("/referrals/triage/0b4a2d1e-0000-4000-8000-000000000001/")
        answer = client.get(f"/referrals/triage/{referral.uid}/")
        assert (answer.status_code, answer.content) == (404, never.content)


class TestAccepting:
    def test_makes_the_family_and_goes_on_to_allocate_it(self, browser, referral):
        page = text(browser.get(f"/referrals/triage/{referral.uid}/accept/"))
        assert "opens a record for 5 people and 4 needs" in page
        answer = browser.post(f"/referrals/triage/{referral.uid}/accept/", {"once": ""})
        assert answer["Location"] == f"/casework/allocate/{Family.objects.get().uid}/"

    def test_goes_on_to_who_is_who_in_the_family_that_was_chosen(self, browser, referral):
        family = like_family()
        answer = browser.post(f"/referrals/triage/{referral.uid}/accept/", {"which": str(family.uid)})
        assert answer["Location"] == f"/referrals/triage/{referral.uid}/accept/{family.uid}/"

    def test_makes_a_new_family_when_none_of_them_is_it(self, browser, referral):
        like_family()
        answer = browser.post(f"/referrals/triage/{referral.uid}/accept/", {"which": "new"})
        browser.post(answer["Location"], {"once": ""})
        assert Family.objects.count() == 2

    def test_asks_which_family_it_is_when_one_is_like_it(self, browser, referral):
        like_family()
        page = text(browser.post(f"/referrals/triage/{referral.uid}/accept/"))
        assert "Answer “Which family is this?”" in page
        assert Family.objects.count() == 1

    def test_says_the_same_of_a_foreign_family_and_of_none(self, browser, referral, melton):
        like_family()
        foreign = FamilyFactory(locality=melton)
        missing = "00000000-0000-4000-8000-000000000000"
        pages = [
            text(browser.post(f"/referrals/triage/{referral.uid}/accept/", {"which": str(uid)}))
            for uid in (foreign.uid, missing)
        ]
        plain = [re.sub(r"[0-9a-f-]{36}|csrfmiddlewaretoken[^>]*>|data-left=\S+", "", page) for page in pages]
        assert plain[0] == plain[1]

    def test_without_agreement_asks_for_it(self, browser, school):
        referral = sent_referral(school, agreement="not_asked")
        address = f"/referrals/triage/{referral.uid}/accept/"
        assert "Enter the day the family agreed" in text(browser.post(address))
        day = {"agreed_on_day": "14", "agreed_on_month": "10", "agreed_on_year": "2014", "how": "phone"}
        assert browser.post(address, day).status_code == 302

    def test_after_somebody_else_says_who_was_first(self, browser, referral, other_senior, signed_in):
        signed_in(other_senior).post(f"/referrals/triage/{referral.uid}/accept/")
        answer = browser.post(f"/referrals/triage/{referral.uid}/accept/")
        assert answer.status_code == 409
        assert f"Already accepted by {other_senior} on 15 October 2014." in text(answer)
        assert Family.objects.count() == 1


class TestWhoIsWho:
    @pytest.fixture
    def family(self, referral):
        return like_family()

    @pytest.fixture
    def address(self, referral, family):
        return f"/referrals/triage/{referral.uid}/accept/{family.uid}/"

    def answers(self, family, **more):
        household = " ".join(str(m.person.uid) for m in family.memberships.all())
        whole = {"who_0": "same"} | {f"who_{n}": "new" for n in range(1, 4)} | {"who_4": "leave"}
        return {"household": household, **whole, **more}

    def test_shows_each_person_beside_the_likeliest(self, browser, address):
        page = text(browser.get(address))
        assert re.search(r"Dawn Marsh</span>.*Born 4 May 1980.*In the record.*Same name and date of birth", page)
        assert page.count("Nobody like this") == 4

    def test_chooses_nothing_beforehand_and_asks_of_everybody(self, browser, address):
        page = text(browser.post(address, {}))
        assert " checked" not in page
        for name in ("Dawn", "Lee", "Kelly", "Jake", "Ruby"):
            assert f"Say who {name} Marsh is" in page

    def test_says_what_it_does_before_it_does_it(self, browser, address, family):
        page = text(browser.post(address, self.answers(family)))
        assert "This adds 3 people to the Marsh." in page
        assert re.search(r"Ruby Marsh.*Left out", page)
        assert f'href="{address}">Choose again' in page
        assert family.memberships.count() == 1

    def test_adds_those_who_were_chosen_and_nobody_else(self, browser, address, family):
        browser.post(address, self.answers(family, sure="1"))
        assert sorted(str(m.person) for m in family.memberships.all()) == [
            "Dawn Marsh", "Jake Marsh", "Kelly Marsh", "Lee Marsh",
        ]  # fmt: skip

    def test_can_be_somebody_else_of_the_family(self, browser, address, family):
        lee = MembershipFactory(family=family, person__given_names="Leroy", person__family_name="Marsh").person
        browser.post(address, self.answers(family, sure="1", who_1="other", whom_1=str(lee.uid)))
        assert family.memberships.count() == 4

    def test_must_say_who_of_the_family_and_never_calls_it_optional(self, browser, address, family):
        MembershipFactory(family=family, person__given_names="Leroy", person__family_name="Marsh")
        page = text(browser.post(address, self.answers(family, who_1="other")))
        assert "Which person of the family is Lee Marsh?" in page
        assert "Which person of the family is Lee Marsh? (optional)" not in page
        assert '<a href="#id_whom_1">Say which person of the family Lee Marsh is</a>' in page
        assert "#id_who_1" not in page

    def test_cannot_be_new_who_is_there_already(self, browser, address, family):
        page = text(browser.post(address, self.answers(family, who_0="new", sure="1")))
        assert "Dawn Marsh cannot be new: Dawn Marsh is in the family, same name and date of birth" in page
        assert family.memberships.count() == 1

    def test_of_a_family_that_is_not_like_it_is_no_page(self, browser, referral):
        other = FamilyFactory()
        assert browser.get(f"/referrals/triage/{referral.uid}/accept/{other.uid}/").status_code == 404


class TestDeclining:
    def test_tells_the_referrer_as_it_was_written(self, browser, referral, school, signed_in):
        body = {"reason": "one_need", "message": "Please ask the housing team."}
        assert browser.post(f"/referrals/triage/{referral.uid}/decline/", body)["Location"] == "/referrals/triage/"
        page = text(signed_in(school).get(f"/referrals/{referral.uid}/"))
        assert "Declined" in page
        assert "Please ask the housing team." in page

    def test_needs_a_reason_and_words(self, browser, referral):
        page = text(browser.post(f"/referrals/triage/{referral.uid}/decline/", {"message": "Typed already"}))
        assert "Answer “Why is it declined?”" in page
        assert "Typed already" in page


class TestFamiliesThatMayBeKnownTwice:
    @pytest.fixture
    def there(self, melton):
        there = FamilyFactory(name="Hidden family", locality=melton)
        MembershipFactory(family=there, person__upn=UPN, person__given_names="Kel", person__family_name="Hidden")
        return there

    @pytest.fixture
    def manager(self, there, referral, post, melton, signed_in):
        return signed_in(post(Role.MANAGER, melton))

    def test_reach_the_manager_of_the_known_family_with_both_sides(self, manager, there):
        page = text(manager.get("/referrals/triage/questions/"))
        assert re.search(r"Hidden family, SLF-.*Kelly Marsh, born.*Kel Hidden, born.*Same identifier", page)
        assert "May be known twice" in text(manager.get("/"))

    def test_reach_the_head_as_a_number_when_the_family_is_closed_to_who_decides(
        self, there, referral, post, signed_in, everything, melton
    ):
        restrict_family(there, to=[(post(Role.FSW, melton), Role.FSW)], by=everything)
        head = signed_in(post(Role.HEAD))
        for address in ("/", "/referrals/triage/questions/"):
            page = text(head.get(address))
            assert "1 question about a restricted family waits" in page
            assert "Hidden" not in page

    def test_are_answered_on_their_page(self, manager, referral, browser):
        question = MatchQuestion.objects.get()
        address = f"/referrals/triage/questions/{question.uid}/"
        assert "Is the referral about this family?" in text(manager.get(address))
        assert manager.post(address, {"answer": "linked"})["Location"] == "/referrals/triage/questions/"
        assert "Speak to" in text(browser.get(f"/referrals/triage/{referral.uid}/"))
        assert "From the duty manager" in text(browser.get("/"))

    def test_are_no_page_of_those_who_triage(self, browser, manager):
        question = MatchQuestion.objects.get()
        for address in ("/referrals/triage/questions/", f"/referrals/triage/questions/{question.uid}/"):
            assert browser.get(address).status_code == 403
