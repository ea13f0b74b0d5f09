"""One family's whole way, from a school's referral to a claim run that is submitted, by the verbs people use.

Each step acts as the person whose step it is; nothing is written in anybody else's name.
"""

from datetime import date

import pytest
from django.db import transaction

from casework.cases.services import allocate_family
from casework.plans.rules import How, Said
from casework.plans.services import add_action, add_goal, record_answer, start_plan
from casework.stars.models import StarTool
from casework.stars.services import take_reading
from casework.visits.models import Visit
from casework.visits.rules import Sighting
from casework.visits.services import record_visit
from families.facts.models import Fact
from families.needs.models import Need
from families.people.models import Family, Membership
from performance.audit import services as audit
from performance.claims import services as claims
from performance.claims.models import Judged
from performance.claims.putting_names import certify_run, sign_run, submit_run
from performance.demo.identifiers import made_up_upn
from performance.demo.referrals import whole
from performance.outcomes.figures import FIGURES, Asked
from referrals.intake.models import Receipt, Referral
from referrals.intake.services import send_referral
from referrals.triage.services import accept_referral
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import partner_scope
from slf.clock import today
from slf.web.errors import NotAllowed
from slf.work import services as work
from tests.families.hub.factories import ATTENDANCE, as_csv, load
from tests.performance.claims.factories import confirm_everything

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(post, charnwood, melton, everything):
    class People:
        school, senior = post(Role.REFERRER), post(Role.SENIOR, charnwood)
        worker, stranger = post(Role.FSW, charnwood), post(Role.FSW, melton)
        manager, data = post(Role.MANAGER, charnwood), post(Role.DATA)
        auditor, head, sro = post(Role.AUDITOR), post(Role.HEAD), post(Role.SRO)

    with transaction.atomic():
        partner_scope(People.school, agency="Fairholme College")
    return People


def as_(user):
    """Act as one person in one transaction."""

    class Acting:
        def __enter__(self):
            self.parts = [acting_as(user), transaction.atomic()]
            for part in self.parts:
                part.__enter__()

        def __exit__(self, *failure):
            for part in reversed(self.parts):
                part.__exit__(*failure)

    return Acting()


class TestAFamilysWholeWay:
    def test_from_a_schools_referral_to_a_certified_run(self, people, charnwood):
        family = self.refer_and_accept(people)
        self.work(people, family)
        self.evidence(people, family)
        self.figures(people, charnwood)
        self.claim(people, family)

    def refer_and_accept(self, people) -> Family:
        with as_(people.school):
            receipt = send_referral(whole(people.school, "Sibson", "LE11 3AB", today()), by=people.school, on=today())
        with as_(people.stranger):
            assert not Referral.objects.visible_to(people.stranger).exists()
        with as_(people.senior):
            referral = Referral.objects.visible_to(people.senior).get(uid=receipt.uid)
            family = accept_referral(referral, by=people.senior, on=today())
            assert Membership.objects.visible_to(people.senior).filter(family=family).count() == 5
            assert Need.objects.visible_to(people.senior).filter(family=family).count() == 4
        with as_(people.school):
            assert Receipt.objects.visible_to(people.school).get(uid=receipt.uid).state == "accepted"
        return family

    def work(self, people, family) -> None:
        with as_(people.senior):
            allocate_family(family, worker=people.worker, by=people.senior, on=today())
        with as_(people.worker):
            parents = Membership.objects.visible_to(people.worker).filter(family=family, part="parent")
            parent = parents.first().person
            record_visit(family, by=people.worker, kind="home", happened_on=today(), note="We met and agreed to go on.",
                         sightings=[Sighting(person=parent.pk, how="seen")])  # fmt: skip
            tool = StarTool.objects.in_use(on=today())
            marks = {area.code: 3 for area in tool.as_rules().areas}
            take_reading(family, tool=tool, marks=marks, completed="together", taken_on=today(), by=people.worker)
            plan = start_plan(family, by=people.worker, on=today())
            need = Need.objects.visible_to(people.worker).filter(family=family).first()
            for words in ("We want to be on time", "We want quieter evenings"):
                goal = add_goal(plan, words=words, needs=[need], by=people.worker)
                add_action(goal, what="Alarm at seven", owner=parent, due_on=date(2014, 11, 3), by=people.worker)
            plan.refresh_from_db()
            record_answer(plan, person=parent, said=Said.AGREED, how=How.PAPER, said_on=today(), revision=plan.revision,
                          by=people.worker)  # fmt: skip
            plan.refresh_from_db()
            assert plan.agreed_on == today()
        with as_(people.stranger):
            assert not Visit.objects.visible_to(people.stranger).exists()

    def evidence(self, people, family) -> None:
        with acting_as(people.data):
            file = load(as_csv([ATTENDANCE, ATTENDANCE | {"UPN": made_up_upn(99)}]), by=people.data)
            with transaction.atomic():
                assert file.rows.counts() == {"unmatched": 2}
                assert not Fact.objects.filter(family=family, source="feed").exists()

    def figures(self, people, charnwood) -> None:
        with as_(people.manager):
            numbers = {code: f.rows(Asked(people.manager, charnwood, today())).count() for code, f in FIGURES.items()}
        wanted = {"received": 1, "accepted": 1, "waiting": 0, "open": 1, "visits": 1, "plans": 1, "read": 1, "quiet": 0}
        assert {code: numbers[code] for code in wanted} == wanted

    def claim(self, people, family) -> None:
        confirm_everything(by=people.data, second=people.head)
        with acting_as(people.data):
            run = claims.prepare_run("P1", by=people.data, claim_on=today())
            work.run(run.job.uid)
            with transaction.atomic():
                assert Judged.objects.visible_to(people.data).get(run=run).family_id == family.pk
        with acting_as(people.auditor):
            audit.draw_sample(run, by=people.auditor)
            audit.pass_run(run, level="full", by=people.auditor)
        with acting_as(people.head):
            sign_run(run, by=people.head)
        with acting_as(people.sro):
            run = certify_run(run, by=people.sro)
        assert run.state == "certified"
        with acting_as(people.data), pytest.raises(NotAllowed, match="Nothing is claimed"):
            submit_run(run, by=people.data)
