"""Steps toward work: what shows them, the facts they become, and how they are corrected."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from casework.provider.counted import ROWS, By, Outcome, counted_by, sentence
from casework.provider.evidence import begin_and_attach, correct_progress, take_back_progress
from casework.provider.models import WorkProgress
from casework.provider.progress import next_check
from casework.provider.rules import WrongProvision
from casework.provider.services import send_to_provider
from casework.provider.sharing import stop_sharing
from casework.provider.shown import with_us
from families.facts.models import Fact
from families.people.models import Family
from slf.web.errors import Conflict, NotAllowed
from slf.web.settled import SETTLED
from tests.at_once import acting
from tests.casework.provider.factories import (
    AGREED,
    BEGAN,
    SENT,
    TODAY,
    WHY,
    adult,
    attached,
    contact,
    recorded,
    sent,
    share,
    shown,
    taken_on,
)

pytestmark = pytest.mark.django_db
WORK = date(2014, 4, 1)


def facts(by):
    with acting(by):
        return list(Fact.objects.visible_to(by).known_on(TODAY).order_by("pk"))


class TestAStepTowardWork:
    def test_is_a_fact_of_the_providers_from_the_day_the_provision_began(self, provision, worker, esf):
        attached(provision, esf)
        (fact,) = facts(worker)
        assert (fact.kind, fact.agency, fact.person_id) == ("esf_attached", "esf", provision.person_id)
        assert (fact.period.lower, fact.period.upper) == (BEGAN, BEGAN + timedelta(days=1))
        assert fact.source_name.startswith("ESF provider: The provider's own record, seen by")

    def test_of_work_is_a_fact_only_by_evidence_of_work(self, provision, worker, esf):
        held = taken_on(provision, esf)
        for evidence in ("benefit", "said"):
            recorded(held, esf, shown(evidence=evidence, day=date(2014, 10, 3)))
        assert facts(worker) == []
        recorded(held, esf, shown())
        assert [(fact.kind, fact.value) for fact in facts(worker)] == [("employment_spell", {"evidence": "payslip"})]

    def test_still_in_work_says_since_when_and_not_before_its_weeks_are_over(self, provision, worker, esf, settings):
        held, later = taken_on(provision, esf), date(2015, 4, 20)
        with pytest.raises(WrongProvision, match="when they began work"):
            recorded(held, esf, shown("work_13"))
        recorded(held, esf, shown())
        with pytest.raises(WrongProvision, match="31 December 2014"):
            recorded(held, esf, shown("work_13", date(2014, 12, 30)), on=later)
        recorded(held, esf, shown("work_13", date(2015, 1, 5)), on=later)
        with acting(worker):
            spell = Fact.objects.visible_to(worker).get(period__endswith=date(2015, 1, 6))
        assert spell.period.lower == date(2014, 10, 1)

    def test_is_due_to_be_looked_for_after_13_weeks(self, provision, esf):
        held = taken_on(provision, esf)
        recorded(held, esf, shown())
        with acting(esf):
            (row,) = with_us(esf, on=TODAY)
        assert [due.words for due in row.dues][-1] == "See whether they are still in work, after 13 weeks"

    def test_is_nothing_that_is_written_of_somebody_whose_share_ended_however_it_is_shared_again(
        self, provision, esf, manager
    ):
        other = sent(provision.family, manager, person=adult(provision.family, 1))
        recorded(taken_on(other, esf), esf, shown())
        with acting(manager):
            stop_sharing(provision.family, words="They took it back.", by=manager, on=TODAY)
            share(Family.objects.get(pk=provision.family_id), manager)
        for ended in (provision, other):
            with pytest.raises(Conflict, match="It ended on 15 October 2014"):
                recorded(ended, esf, shown("training", evidence="letter"))
        with acting(esf):
            assert with_us(esf, on=TODAY) == []


class TestACorrection:
    def test_is_a_later_row_and_its_fact_takes_the_place_of_the_first(self, provision, worker, esf):
        first = recorded(taken_on(provision, esf), esf, shown())
        with acting(esf):
            correct_progress(first, shown(day=date(2014, 10, 6)), by=esf, on=TODAY)
            with pytest.raises(Conflict, match="corrected already"):
                correct_progress(first, shown(day=date(2014, 10, 7)), by=esf, on=TODAY)
        assert [fact.period.lower for fact in facts(worker)] == [date(2014, 10, 6)]
        assert WorkProgress.objects.count() == 2

    def test_that_shows_no_work_any_more_and_one_taken_back_leave_no_fact(self, provision, worker, esf):
        held = taken_on(provision, esf)
        first, other = recorded(held, esf, shown()), recorded(held, esf, shown("work_programme", evidence="letter"))
        assert len(facts(worker)) == 2
        with acting(esf):
            doubted = correct_progress(first, shown(evidence="said"), by=esf, on=TODAY)
            take_back_progress(other, words="It was another family.", by=esf, on=TODAY)
        assert facts(worker) == []
        with acting(esf):
            correct_progress(doubted, shown(evidence="contract"), by=esf, on=TODAY)
        assert [fact.value for fact in facts(worker)] == [{"evidence": "contract"}]

    def test_of_being_attached_is_not_undone_when_the_beginning_is_sent_again(self, provision, worker, esf):
        held = attached(provision, esf)
        with acting(esf):
            correct_progress(held.progress.get(), shown("esf_attached", date(2014, 9, 16)), by=esf, on=TODAY)
            begin_and_attach(held, begun_on=BEGAN, by=esf, on=TODAY)
        assert [fact.period.lower for fact in facts(worker)] == [date(2014, 9, 16)]

    def test_is_asked_once_whoever_comes_back_is_shown_how_it_stands(self, provision, esf, signed_in):
        first = recorded(taken_on(provision, esf), esf, shown())
        with acting(esf):
            correct_progress(first, shown(day=date(2014, 10, 6)), by=esf, on=TODAY)
        for name in ("correct_progress", "take_back_progress"):
            answer = signed_in(esf).get(reverse(f"casework:{name}", args=[first.uid]), follow=True)
            assert SETTLED in answer.content.decode()

    def test_is_refused_of_what_something_rests_on(self, provision, esf):
        held, later = taken_on(provision, esf), date(2015, 4, 20)
        first = recorded(held, esf, shown())
        recorded(held, esf, shown("work_13", date(2015, 1, 5)), on=later)
        with pytest.raises(Conflict, match="rests on this"), acting(esf):
            take_back_progress(first, words="No.", by=esf, on=later)


def test_postgresql_keeps_a_step_as_it_was_written(provision, worker, esf):
    row = recorded(taken_on(provision, esf), esf, shown())
    said = {"family_id": row.family_id, "provision": row.provision, "step": "work", "evidence": "payslip"}
    said |= {"happened_on": TODAY, "seen_by": "Ann", "seen_on": TODAY, "recorded_on": TODAY}
    with pytest.raises(ProgrammingError, match="their own name"), acting(worker):
        WorkProgress.objects.create(**said, recorded_by=worker)
    still = said | {"step": "work_13", "began_on": date(2014, 10, 1)}
    with pytest.raises(IntegrityError, match="so long ago"), acting(esf):
        WorkProgress.objects.create(**still, recorded_by=esf)
    with pytest.raises(ProgrammingError, match="permission denied"), acting(esf), connection.cursor() as cursor:
        cursor.execute("update casework_workprogress set evidence = 'contract'")


class TestTheShare:
    def test_is_given_with_the_first_who_is_sent_by_who_may_share(self, family, worker, senior):
        said = {"why": WHY, "agreed_on": AGREED, "sent_on": SENT, "on": TODAY}
        with pytest.raises(NotAllowed), acting(worker):
            send_to_provider(family, adult(family), by=worker, **said)
        with acting(senior):
            assert send_to_provider(family, adult(family), by=senior, **said).state == "sent"

    def test_ends_and_with_it_what_the_provider_does_and_reads(self, provision, worker, manager, esf):
        contact(taken_on(provision, esf), esf)
        with acting(manager), transaction.atomic():
            for _ in range(2):
                stop_sharing(provision.family, words="They took it back.", by=manager, on=TODAY)
        with acting(esf):
            assert with_us(esf, on=TODAY) == []
        with acting(worker):
            assert provision.__class__.objects.get().ended_because.startswith("The family is not shared")


class TestWhoCountsAnOutcome:
    @pytest.mark.parametrize(
        ("outcome", "attached_on", "by"),
        [
            pytest.param(Outcome.PROGRESS, BEGAN, By.HERE, id="progress to work is claimed here"),
            pytest.param(Outcome.EMPLOYMENT, None, By.HERE, id="work of somebody who never was with the provider too"),
            pytest.param(Outcome.EMPLOYMENT, TODAY + timedelta(days=1), By.HERE, id="work from before the provider"),
            pytest.param(Outcome.EMPLOYMENT, BEGAN, By.PROVIDER, id="work found with the provider is the provider's"),
            pytest.param(Outcome.TRAINING, BEGAN, By.NOBODY, id="training is paid for by nobody"),
        ],
    )
    def test_is(self, outcome, attached_on, by):
        assert counted_by(outcome, on=TODAY, attached_on=attached_on)[0] is by

    def test_says_what_is_to_be_confirmed(self):
        said = sentence(Outcome.EMPLOYMENT, on=TODAY, attached_on=BEGAN)
        assert said == "This outcome is counted by the ESF provider (ESF-CE, to be confirmed)."

    def test_is_one_and_never_both(self):
        days = (None, BEGAN, TODAY, TODAY + timedelta(days=1))
        for outcome, attached_on in product(Outcome, days):
            by, row = counted_by(outcome, on=TODAY, attached_on=attached_on)
            assert by in By
            assert row in ROWS


def test_still_in_work_is_asked_twice_and_then_no_more():
    assert next_check(None, ()) is None
    assert next_check(WORK, ()).by == WORK + timedelta(weeks=13)
    assert next_check(WORK, {"work_13"}).by == WORK + timedelta(weeks=26)
    assert next_check(WORK, {"work_13", "work_26"}) is None
