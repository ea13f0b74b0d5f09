"""That progress is worth a goal: proposed by one, decided by another in their own name and post, once."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from casework.equivalents.models import EquivalentProgress
from casework.equivalents.rules import WrongEquivalent
from casework.equivalents.services import decide_equivalent, propose_equivalent, withdraw_equivalent
from families.needs.models import Need
from slf.web.errors import Conflict, NotForYou
from tests.casework.closing.factories import TODAY, worked
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
SAID = {"because": "illness", "words": "She walks to school with them again."}


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def family(worker):
    return worked(worker)


@pytest.fixture
def need(family):
    return Need.objects.create(family=family, kind="health", started_on=family.known_since, source="Referral")


@pytest.fixture
def proposed(family, need, worker):
    with in_the_name_of(worker):
        return propose_equivalent(family, need=need, by=worker, on=TODAY, **SAID)


def decided(found, by, **more):
    with in_the_name_of(by):
        return decide_equivalent(found, by=by, on=TODAY, **{"approve": "yes"} | more)


class TestADecision:
    def test_keeps_who_made_it_and_their_post(self, proposed, manager):
        made = decided(proposed, manager)
        assert (made.state, made.decided_by, made.grade) == ("approved", manager, "Locality manager")
        assert decided(proposed, manager).pk == made.pk

    def test_is_not_made_by_who_proposed_it_nor_by_who_does_not_sign_assessments(self, family, need, senior, worker):
        with in_the_name_of(senior):
            own = propose_equivalent(family, need=need, by=senior, on=TODAY, **SAID)
        for who in (senior, worker):
            with pytest.raises(NotForYou):
                decided(own, who)

    def test_that_refuses_says_why_and_stands(self, proposed, manager, senior):
        with pytest.raises(WrongEquivalent, match="why you refuse"):
            decided(proposed, manager, approve="no")
        assert decided(proposed, manager, approve="no", answer="She can reach it.").state == "refused"
        with pytest.raises(Conflict, match="has decided on this already: refused"):
            decided(proposed, senior)


class TestAProposal:
    def test_is_the_same_said_again_and_one_for_each_need(self, proposed, family, need, worker, senior):
        with in_the_name_of(worker):
            assert propose_equivalent(family, need=need, by=worker, on=TODAY, **SAID).pk == proposed.pk
        with in_the_name_of(senior), pytest.raises(Conflict, match="has proposed this for the same need"):
            propose_equivalent(family, need=need, by=senior, on=TODAY, **SAID)

    def test_is_withdrawn_by_whose_it_is(self, proposed, worker, senior):
        with in_the_name_of(senior), pytest.raises(NotForYou):
            withdraw_equivalent(proposed, by=senior, on=TODAY)
        with in_the_name_of(worker):
            assert withdraw_equivalent(proposed, by=worker, on=TODAY).state == "withdrawn"


class TestTheDatabase:
    @pytest.mark.parametrize("change", ["words = 'Other'", "state = 'approved', decided_by_id = {me}"])
    def test_refuses_other_words_and_a_decision_of_who_does_not_sign(self, proposed, worker, change):
        sets = change.format(me=worker.pk)
        refused = pytest.raises((IntegrityError, ProgrammingError))
        with in_the_name_of(worker), refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"update casework_equivalentprogress set {sets}, decided_on = '2014-10-15', grade = 'x'")

    def test_refuses_one_that_begins_approved(self, family, need, manager, worker):
        told = {"proposed_by": worker, "proposed_on": TODAY, "state": "approved", "decided_by": manager}
        with in_the_name_of(worker), pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            EquivalentProgress.objects.create(
                family=family, need=need, **SAID, **told, decided_on=TODAY, grade="Locality manager"
            )


class TestPages:
    def test_propose_and_decide(self, family, need, worker, manager, signed_in):
        mine = signed_in(worker)
        address = reverse("casework:propose_equivalent", args=[family.uid])
        refused = mine.post(address, {"need": str(need.uid), "because": "illness", "words": " "})
        assert refused.status_code == 400
        mine.post(address, {"need": str(need.uid), **SAID})
        row = EquivalentProgress.objects.get(need=need)
        theirs = signed_in(manager)
        theirs.post(reverse("casework:decide_equivalent", args=[row.uid]), {"approve": "yes"})
        page = theirs.get(reverse("casework:equivalents", args=[family.uid])).content.decode()
        assert "Approved by" in page
        assert "Locality manager" in page
        story = theirs.get(reverse("casework:chronology", args=[family.uid])).content.decode()
        assert "Equivalent progress: Health" in story
