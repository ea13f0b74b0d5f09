"""Evidence from before a family was referred: it is what a claim compares with, so it has to reach the claim."""

from dataclasses import replace
from datetime import date

import pytest

from casework.cases.services import allocate_family
from families.facts.models import Fact
from families.people.models import Membership
from performance.claims import services as claims
from performance.claims.frozen import judge_again, judgement_in_words
from performance.claims.models import Judged
from performance.demo.referrals import NEEDS, people
from referrals.intake import services as intake
from referrals.triage.services import accept_referral
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import partner_scope
from slf.work import services as work
from tests.families.hub.factories import ATTENDANCE, as_csv, load
from tests.performance.claims.factories import CLAIM_ON, TERM_DAYS, TERMS, confirm_everything

pytestmark = pytest.mark.django_db
ACCEPTED_ON, ATTACHED_ON = date(2013, 7, 13), date(2013, 7, 15)
UPN = ATTENDANCE["UPN"]


@pytest.fixture
def county(post, charnwood):
    class County:
        school, senior, worker = post(Role.REFERRER), post(Role.SENIOR, charnwood), post(Role.FSW, charnwood)
        data, head = post(Role.DATA), post(Role.HEAD)

    partner_scope(County.school, agency="Fairholme College")
    return County


@pytest.fixture
def family(county):
    """A family referred, accepted and attached in July 2013; its oldest child has a unique pupil number."""
    with acting_as(county.school):
        draft = intake.start_referral(by=county.school)
        rows = people("Sibson")
        rows[2] = replace(rows[2], answer=replace(rows[2].answer, upn=UPN))
        intake.say_danger(draft, by=county.school, in_danger=False)
        intake.list_people(draft, by=county.school, people=rows)
        intake.say_home(draft, by=county.school, address="14 Mill Lane", postcode="LE11 3AB")
        intake.say_needs(draft, by=county.school, needs=NEEDS, whole_family=False)
        who = draft.people.get(position=0).uid
        draft = intake.say_agreement(draft, by=county.school, family_knows=True, agreement="given",
                                     agreed_on=ACCEPTED_ON, agreed_by=who)  # fmt: skip
        receipt = intake.send_referral(draft, by=county.school, on=ACCEPTED_ON)
    with acting_as(county.senior):
        referral = draft.__class__.objects.visible_to(county.senior).get(uid=receipt.uid)
        family = accept_referral(referral, by=county.senior, on=ACCEPTED_ON)
        allocate_family(family, worker=county.worker, by=county.senior, on=ATTACHED_ON)
    return family


def terms_of_a_child() -> list[dict[str, str]]:
    """Three terms before the referral with a quarter missed without leave, three after it with hardly any."""
    return [
        ATTENDANCE | {
            "UPN": UPN, "Date of birth": "17/05/2002", "Term": term, "Possible sessions": "124",
            "Term starts": f"{TERM_DAYS[term][0]:%d/%m/%Y}", "Term ends": f"{TERM_DAYS[term][1]:%d/%m/%Y}",
            "Attended sessions": "90", "Unauthorised absences": "30" if n < 3 else "3",
        }
        for n, term in enumerate(TERMS)
    ]  # fmt: skip


class TestTheTermsBeforeAReferral:
    def test_reach_the_judgement_that_a_claim_stands_on(self, county, family):
        confirm_everything(by=county.data, second=county.head)
        with acting_as(county.data):
            load(as_csv(terms_of_a_child()), by=county.data)
            run = claims.prepare_run("P1", by=county.data, claim_on=CLAIM_ON)
            work.run(run.job.uid)
            run.refresh_from_db()
            judged = Judged.objects.visible_to(county.data).get(run=run)
            before = set(
                Fact.objects.filter(family=family, period__endswith__lte=ACCEPTED_ON).values_list("uid", flat=True)
            )
            steps = judgement_in_words(judged, run)["trace"]
            assert judge_again(judged, run).digest == judged.digest
        (absence,) = [s for s in steps if s["rule"] == "P1-ID-2b" and s["answer"] == "met"]
        assert len(before) == 3
        assert {str(uid) for uid in before} <= set(absence["facts"])
        assert "24.2% (90 of 372 sessions) over 3 terms" in absence["reason"]

    def test_leave_unsaid_who_was_in_the_family_before_it_was_known(self, county, family):
        with acting_as(county.senior):
            members = Membership.objects.visible_to(county.senior).filter(family=family)
            assert members.on(ACCEPTED_ON).count() == 5
            assert not members.on(date(2013, 7, 12)).exists()
