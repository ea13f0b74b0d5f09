"""A family worked with from agreement to claim by the verbs people use, on a clock that moves."""

from datetime import date, timedelta

from django.db import transaction

from casework.cases.services import allocate_family
from casework.closing.rules import Told
from casework.closing.services import close_case, record_check
from casework.equivalents.services import decide_equivalent, propose_equivalent
from casework.plan_reviews.services import Said as Went
from casework.plan_reviews.services import record_review
from casework.plans.models import Plan
from casework.plans.rules import How, Said
from casework.plans.services import add_action, add_goal, record_answer, start_plan
from casework.visits.services import record_visit
from families.needs.models import Need
from families.people.models import Membership
from families.sharing.models import Agreement
from families.sharing.services import record_agreement
from tests.casework.assessments.factories import signed
from tests.casework.closing.factories import all_met
from tests.factories import FamilyFactory, MembershipFactory
from tests.referrals.intake.factories import in_the_name_of

DAY = timedelta(days=1)


class Work:
    """One family: a parent and a child too young for school; each verb is done on its day."""

    def __init__(self, settings, worker, senior, began: date) -> None:
        self.settings, self.worker, self.senior, self.began = settings, worker, senior, began

    def on(self, day: date) -> date:
        self.settings.SERVICE_DATE = day.isoformat()
        return day

    @transaction.atomic
    def begin(self, *needs: str):
        """The family agrees, somebody is allocated, and the needs of the referral stand on the record."""
        day = self.on(self.began)
        self.family = FamilyFactory()
        told = {"person__family_name": self.family.name}
        self.parent = MembershipFactory(family=self.family, person__born_on=date(1990, 5, 4), **told).person
        born = {"person__born_on": date(day.year - 2, 10, 9), "part": Membership.Part.CHILD}
        MembershipFactory(family=self.family, **born, **told)
        with in_the_name_of(self.senior):
            in_person = Agreement.How.IN_PERSON
            record_agreement(self.family, state=Agreement.State.GIVEN, said_on=day, how=in_person, by=self.senior)
            allocate_family(self.family, worker=self.worker, by=self.senior, on=day)
        self.needs = [self.find(kind, day - 20 * DAY) for kind in needs]
        return self.family

    def find(self, kind: str, day: date, **more) -> Need:
        with in_the_name_of(self.worker):
            return Need.objects.create(family=self.family, kind=kind, started_on=day, source="Referral", **more)

    @transaction.atomic
    def assess(self, day: date):
        return signed(self.family, self.worker, self.senior, on=self.on(day))

    @transaction.atomic
    def plan(self, day: date, needs=None) -> Plan:
        self.on(day)
        with in_the_name_of(self.worker):
            made = start_plan(self.family, by=self.worker, on=day)
            goal = add_goal(made, words="We want to be well", needs=needs or self.needs, by=self.worker)
            due = day + 30 * DAY
            add_action(goal, what="See the doctor", owner=self.parent, due_on=due, by=self.worker)
            made.refresh_from_db()
            record_answer(
                made, person=self.parent, said=Said.AGREED, how=How.PAPER, said_on=day, revision=made.revision,
                by=self.worker,
            )  # fmt: skip
            made.refresh_from_db()
        self.agreed = made
        return made

    @transaction.atomic
    def visit(self, day: date):
        self.on(day)
        with in_the_name_of(self.worker):
            return record_visit(
                self.family, by=self.worker, kind="home", happened_on=day, note="We talked.", sightings=[]
            )  # fmt: skip

    @transaction.atomic
    def review(self, day: date, went: str = "reached"):
        self.on(day)
        with in_the_name_of(self.worker):
            goals = {goal.pk: Went(went, "They say so.") for goal in self.agreed.goals.all()}
            return record_review(
                self.agreed, held_on=day, family_says="Better.", next_on=day + 80 * DAY, goals=goals,
                by=self.worker, on=day,
            )  # fmt: skip

    @transaction.atomic
    def close(self, day: date):
        self.on(day)
        said = {"closes_on": day, "reason": "reached", "asked_by": "family", "stays": "", "family_says": "We manage.",
                "reached": "They are well."}  # fmt: skip
        with in_the_name_of(self.senior):
            outcomes = all_met(self.family, on=day)
            self.closing = close_case(self.family, Told(**said), by=self.senior, on=day, outcomes=outcomes)
        return self.closing

    @transaction.atomic
    def ask_after(self, day: date, stands: str = "holds"):
        self.on(day)
        with in_the_name_of(self.senior):
            check = self.closing.checks.filter(due_on__lte=day).last()
            return record_check(
                check, stands=stands, consent="agreed", asked="The mother", words="They manage.", checked_on=day,
                by=self.senior, on=day,
            )  # fmt: skip

    @transaction.atomic
    def is_worth_the_goal(self, need: Need, day: date):
        self.on(day)
        with in_the_name_of(self.worker):
            said = {"because": "illness", "words": "They walk to school again."}
            made = propose_equivalent(self.family, need=need, by=self.worker, on=day, **said)
        with in_the_name_of(self.senior):
            return decide_equivalent(made, approve="yes", by=self.senior, on=day)
