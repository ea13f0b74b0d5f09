"""What becomes of a referral besides accept and decline: the ESF provider, a service, another team."""

import re
from datetime import date

import pytest
from django.core import mail

from families.people.models import Family
from referrals.intake.models import Receipt, Referral
from referrals.intake.rules import State, WrongAnswer
from referrals.triage import elsewhere, services
from referrals.triage.models import MatchQuestion
from slf.access.rules import Can, Role
from slf.web.errors import Conflict, NotAllowed
from slf.work.models import Job
from slf.work.services import run
from tests.factories import FamilyFactory, MembershipFactory
from tests.referrals.directory.factories import a_service
from tests.referrals.enquiries.factories import ask
from tests.referrals.intake.factories import MARSH, again_as, in_the_name_of, joining, sent_referral

pytestmark = pytest.mark.django_db
ON = date(2014, 10, 16)


@pytest.fixture
def referral(school):
    return sent_referral(school)


@pytest.fixture
def esf(post, charnwood):
    return post(Role.ESF, charnwood, "esf")


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def send_to_esf(referral, by, **how):
    with in_the_name_of(by):
        return services.accept_referral(referral, by=by, on=ON, outcome=State.ESF, **how)


def signpost(referral, by, service, **how):
    with in_the_name_of(by):
        return elsewhere.signpost_referral(referral, by=by, on=ON, service=service, **how)


def pass_on(referral, by, to, **how):
    with in_the_name_of(by):
        return elsewhere.pass_on_referral(referral, by=by, on=ON, to=to, why="They moved to Melton.", **how)


def receipt_of(referral, school):
    with in_the_name_of(school):
        return Receipt.objects.visible_to(school).get(uid=referral.uid)


class TestSendingAFamilyToTheEsfProvider:
    def test_opens_its_record_to_the_provider(self, referral, senior, esf):
        family = send_to_esf(referral, senior)
        with in_the_name_of(esf):
            assert list(Family.objects.visible_to(esf)) == [family]
            assert not Referral.objects.visible_to(esf).exists()

    def test_leaves_it_open_to_the_team(self, referral, senior):
        family = send_to_esf(referral, senior)
        with in_the_name_of(senior):
            assert Family.objects.visible_to(senior, can=Can.ALLOCATE).get() == family
            assert again_as(senior, referral.uid).state == State.ESF

    def test_tells_the_referrer(self, referral, senior, school):
        send_to_esf(referral, senior)
        receipt = receipt_of(referral, school)
        assert (receipt.state, receipt.decided_on) == (State.ESF, ON)
        assert receipt.message.startswith("The Charnwood team sent the family to the ESF provider on 16 October 2014")

    def test_sends_the_provider_word_without_a_name(self, referral, senior, esf):
        esf.email = "esf@example.org"
        esf.save()
        family = send_to_esf(referral, senior)
        with in_the_name_of(senior):
            job = Job.objects.get(kind="referrals.tell_provider")
        run(job.uid)
        (letter,) = mail.outbox
        assert family.reference in letter.body
        assert "Marsh" not in letter.subject + letter.body

    def test_takes_the_familys_agreement(self, school, senior):
        referral = sent_referral(school, agreement="not_asked")
        with pytest.raises(NotAllowed, match="has not agreed"):
            send_to_esf(referral, senior)

    def test_twice_is_one_family(self, referral, senior):
        assert send_to_esf(referral, senior) == send_to_esf(referral, senior)

    def test_shares_a_known_family_too(self, referral, senior, esf):
        family = FamilyFactory(name="Marsh")
        MembershipFactory(
            family=family, part="parent", person__given_names="Dawn", person__family_name="Marsh",
            person__born_on=MARSH[0].born_on,
        )  # fmt: skip
        send_to_esf(referral, senior, join=joining(referral, family, senior))
        with in_the_name_of(esf):
            assert list(Family.objects.visible_to(esf)) == [family]

    def test_by_the_page_asks_for_the_agreement_to_be_shared(self, referral, senior, signed_in):
        desk = signed_in(senior)
        page = text(desk.post(f"/referrals/triage/{referral.uid}/esf/", {}))
        assert "without its agreement the provider is told nothing" in page
        answer = desk.post(f"/referrals/triage/{referral.uid}/esf/", {"told": "on"}, follow=True)
        assert "Sent to the ESF provider. The record is SLF-" in text(answer)

    def test_by_the_api_asks_for_it_too(self, referral, senior, api):
        address = f"/api/v1/triage/{referral.uid}/esf/"
        assert api(senior).post(address, {}, format="json").status_code == 400
        body = {"family_agrees_to_be_shared": False}
        assert api(senior).post(address, body, format="json").status_code == 400
        assert api(senior).post(address, {"family_agrees_to_be_shared": True}, format="json").status_code == 200


class TestSignposting:
    def test_tells_the_referrer_where_and_opens_no_record(self, referral, senior, school):
        signpost(referral, senior, a_service(), message="Ask for Ann.")
        receipt = receipt_of(referral, school)
        assert receipt.state == State.SIGNPOSTED
        assert "Debt advice, 0116 496 0199" in receipt.message
        assert receipt.message.endswith("Ask for Ann.")
        assert not Family.objects.exists()

    def test_is_to_a_service_offered_there(self, referral, senior, melton):
        with pytest.raises(WrongAnswer, match="not offered"):
            signpost(referral, senior, a_service(locality=melton))

    def test_twice_is_one_and_a_second_senior_is_told_who_was_first(self, referral, senior, other_senior):
        service = a_service()
        signpost(referral, senior, service)
        signpost(referral, senior, service)
        with pytest.raises(Conflict, match=rf"Already signposted to a service by {senior}"):
            signpost(referral, other_senior, service)

    @pytest.mark.parametrize("second", ["another service", "other words"])
    def test_again_in_another_way_is_refused_and_the_first_stands(self, referral, senior, second):
        first, other = a_service("Debt advice"), a_service("Food bank")
        signpost(referral, senior, first, message="Ask for Ann.")
        how = {
            "another service": {"service": other, "message": "Ask for Ann."},
            "other words": {"service": first, "message": "Ask for Bob."},
        }[second]
        with pytest.raises(Conflict, match="Already signposted to a service"):
            signpost(referral, senior, **how)
        assert again_as(senior, referral.uid).signposted_to == first

    def test_ends_a_wait_for_a_reply(self, referral, senior, school):
        ask(referral, senior)
        signpost(referral, senior, a_service())
        assert receipt_of(referral, school).open_enquiries == []

    def test_offers_on_the_page_what_is_near(self, referral, senior, signed_in, charnwood, melton):
        near, far = a_service("Near", locality=charnwood), a_service("Far", locality=melton)
        desk = signed_in(senior)
        page = text(desk.get(f"/referrals/triage/{referral.uid}/signpost/"))
        assert "Near" in page
        assert "Far" not in page
        form = {"service": far.uid}
        assert "Choose an answer" in text(desk.post(f"/referrals/triage/{referral.uid}/signpost/", form))
        answer = desk.post(f"/referrals/triage/{referral.uid}/signpost/", {"service": near.uid}, follow=True)
        assert "Signposted. The referrer has been told." in text(answer)


class TestPassingAReferralOn:
    def test_brings_it_to_the_other_team_and_away_from_this_one(self, referral, senior, melton_senior, melton):
        pass_on(referral, senior, melton)
        with in_the_name_of(senior):
            assert not Referral.objects.visible_to(senior).exists()
        with in_the_name_of(melton_senior):
            held = Referral.objects.visible_to(melton_senior, can=Can.TRIAGE).waiting().for_page().get()
        assert (held.locality, held.passed_from.slug, held.passed_why) == (melton, "charnwood", "They moved to Melton.")
        assert len(held.people.all()) == len(MARSH)

    def test_lets_the_clock_go_on(self, referral, senior, melton_senior, melton):
        before = again_as(senior, referral.uid).due_on
        pass_on(referral, senior, melton)
        with in_the_name_of(melton_senior):
            assert again_as(melton_senior, referral.uid).due_on == before

    def test_tells_the_referrer_the_team_and_not_why(self, referral, senior, school, melton):
        school.email = "school@example.org"
        school.save()
        pass_on(referral, senior, melton)
        receipt = receipt_of(referral, school)
        assert (receipt.team, receipt.state, receipt.message) == ("Melton", State.RECEIVED, "")
        with in_the_name_of(senior):
            job = Job.objects.get(kind="referrals.tell_passed_on")
        run(job.uid)
        (letter,) = mail.outbox
        assert "is with the Melton team now" in letter.body
        assert "moved" not in letter.body

    def test_asks_about_families_of_the_team_it_left(self, referral, senior, melton, everything):
        family = FamilyFactory(name="Marsh")
        MembershipFactory(family=family, person__family_name="Marsh", person__born_on=MARSH[0].born_on)
        assert not MatchQuestion.objects.filter(family=family).exists()
        pass_on(referral, senior, melton)
        assert MatchQuestion.objects.filter(family=family).exists()

    def test_to_its_own_team_is_refused(self, referral, senior, charnwood):
        with pytest.raises(Conflict, match="with that team already"):
            pass_on(referral, senior, charnwood)

    def test_is_not_done_while_a_reply_is_waited_for(self, referral, senior, melton):
        ask(referral, senior)
        with pytest.raises(NotAllowed):
            pass_on(referral, senior, melton)

    def test_of_another_locality_is_impossible(self, referral, melton_senior, melton):
        with pytest.raises(Conflict):
            pass_on(referral, melton_senior, melton)

    def test_is_offered_by_postcode_on_the_page(self, school, senior, signed_in, charnwood):
        referral = sent_referral(school, postcode="LE99 1AB", district=charnwood)
        from families.localities.models import PostcodeDistrict
        from slf.access.models import Locality

        melton = Locality.objects.get(slug="melton")
        PostcodeDistrict.objects.create(prefix="LE99", locality=melton, source="Made up")
        desk = signed_in(senior)
        assert "By its postcode, LE99 1AB" in text(desk.get(f"/referrals/triage/{referral.uid}/pass-on/"))
        form = {"to": melton.pk, "why": "They live there."}
        answer = desk.post(f"/referrals/triage/{referral.uid}/pass-on/", form, follow=True)
        assert "The Melton team has the referral now" in text(answer)

    def test_by_the_api_answers_nothing(self, referral, senior, api):
        body = {"to": "melton", "why": "They live there."}
        address = f"/api/v1/triage/{referral.uid}/pass-on/"
        assert api(senior).post(address, body, format="json").status_code == 204
        assert api(senior).post(address, body, format="json").status_code == 404
