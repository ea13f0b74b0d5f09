"""Raising a concern, what is done about it, who reads it, and what becomes of a mistake."""

from datetime import date

import pytest
from django.core import mail

from casework.chronology.sources import chronology
from casework.safeguarding.models import Concern, ConcernEntry
from casework.safeguarding.rules import Step
from casework.safeguarding.services import who_is_told
from slf.access.rules import Can, Role
from slf.access.services import restrict_family
from slf.web.errors import Conflict, NotForYou
from tests.casework.safeguarding.factories import (
    LATER,
    NIGHT,
    WORDS,
    acting,
    masked,
    raised,
    reviewed,
    said_mistaken,
    somebody,
    step,
)
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db


def reads(user, concern, *, can=Can.READ):
    with acting(user):
        return Concern.objects.visible_to(user, can=can).filter(pk=concern.pk).exists()


def seen(user, concern):
    """What PostgreSQL lets somebody see, whatever the code asks for."""
    with acting(user):
        return Concern.objects.filter(pk=concern.pk).exists()


def entries(user, concern):
    with acting(user):
        return [entry.step for entry in ConcernEntry.objects.filter(concern=concern).order_by("pk")]


def as_seen_by(user, concern):
    with acting(user):
        return Concern.objects.visible_to(user).for_list().get(pk=concern.pk)


def stories(user, family):
    with acting(user):
        return [entry.title for entry in chronology(family, user=user)]


class TestAConcernAboutAFamily:
    def test_is_read_by_its_worker_the_seniors_the_manager_and_the_head(self, family, worker, senior, manager, head):
        concern = raised(worker, family)
        assert [reads(user, concern) for user in (worker, senior, manager, head)] == [True] * 4

    def test_is_read_by_nobody_else_and_postgresql_says_so_too(self, family, worker, charnwood, melton, everything):
        concern = raised(everything, family)
        others = [
            somebody(Role.FSW, charnwood), somebody(Role.FSW, melton), somebody(Role.SENIOR, melton),
            somebody(Role.ESF, charnwood), somebody(Role.BUSINESS, charnwood), somebody(Role.DATA, None),
            somebody(Role.AUDITOR, None), somebody(Role.BOARD, None), somebody(Role.ADMIN, None),
        ]  # fmt: skip
        assert not any(reads(user, concern) or seen(user, concern) or entries(user, concern) for user in others)

    def test_stays_its_authors_to_read_whoever_they_are(self, family, charnwood):
        colleague = somebody(Role.FSW, charnwood)
        concern = raised(colleague, family)
        assert reads(colleague, concern)
        assert seen(colleague, concern)
        assert not reads(colleague, concern, can=Can.REVIEW_CONCERN)

    def test_is_told_to_those_who_review_it_without_a_name(self, family, worker, senior, manager):
        for user in (senior, manager):
            user.email = f"{user.username}@example.org"
            user.save(update_fields=["email"])
        concern = raised(worker, family)
        with acting(worker):
            assert who_is_told(concern) == [senior, manager]
        assert mail.outbox == []

    def test_begins_with_a_call_when_its_author_has_made_it(self, family, worker):
        concern = raised(worker, family, refers="told", told_who="Mrs Ali, 22:10")
        assert entries(worker, concern) == ["raised", "told"]

    def test_one_note_makes_one_concern(self, family, worker):
        with acting(worker):
            from uuid import uuid4

            from casework.safeguarding.services import raise_concern
            from tests.casework.safeguarding.factories import told

            note = uuid4()
            made = {raise_concern(told(), family=family, by=worker, at=NIGHT, draft_uid=note).pk for _ in range(2)}
        assert len(made) == 1

    def test_stands_in_the_chronology_of_those_who_read_it(self, family, worker, senior, charnwood, everything):
        concern = raised(worker, family)
        reviewed(concern, senior, at=NIGHT + LATER)
        assert stories(senior, family)[:2] == ["A child: reviewed", "A child: concern written down"]
        assert [line for line in stories(somebody(Role.ESF, charnwood), family) if "child" in line] == []

    def test_goes_with_the_family_to_whom_it_is_restricted(self, family, worker, senior, everything):
        concern = raised(everything, family)
        restrict_family(family, to=[(senior, Role.SENIOR)], by=everything)
        assert reads(senior, concern)
        assert not reads(worker, concern)
        assert not seen(worker, concern)


class TestAConcernAboutSomebodyUnknown:
    def test_is_read_by_the_seniors_of_the_locality_and_not_by_other_workers(self, senior, worker, charnwood, melton):
        author = somebody(Role.ESF, charnwood)
        concern = raised(author)
        assert [reads(user, concern) for user in (author, senior)] == [True, True]
        others = (worker, somebody(Role.SENIOR, melton))
        assert not any(reads(user, concern) or seen(user, concern) for user in others)


class TestTheReview:
    def test_is_by_somebody_else_than_the_author(self, family, senior, manager):
        concern = raised(senior, family)
        with pytest.raises(NotForYou):
            reviewed(concern, senior)
        reviewed(concern, manager)
        assert as_seen_by(senior, concern).state == ("Under way", "waiting")

    def test_is_not_for_a_worker(self, family, worker, senior):
        concern = raised(senior, family)
        with pytest.raises(NotForYou):
            reviewed(concern, worker)

    def test_that_refers_it_starts_the_clock_of_the_call(self, family, worker, senior):
        concern = raised(worker, family, refers="unsure")
        assert [clock.step for clock in as_seen_by(worker, concern).waits(NIGHT)] == [Step.REVIEWED]
        reviewed(concern, senior, at=NIGHT + LATER)
        waits = as_seen_by(worker, concern).waits(NIGHT + LATER)
        assert [(clock.step, clock.due) for clock in waits] == [(Step.TOLD, NIGHT + 5 * LATER)]

    def test_ends_it_when_nothing_is_referred(self, family, worker, senior):
        concern = raised(worker, family, refers="unsure")
        reviewed(concern, senior, "not_one")
        with acting(senior):
            assert list(Concern.objects.visible_to(senior).going_on()) == []

    def test_leaves_it_going_on_until_it_is_known_what_became_of_it(self, family, worker, senior):
        concern = raised(worker, family)
        reviewed(concern, senior)
        step(concern, worker)
        with acting(senior):
            assert list(Concern.objects.visible_to(senior).going_on()) == [concern]
        step(concern, worker, Step.OUTCOME, result="enquiry")
        with acting(senior):
            assert list(Concern.objects.visible_to(senior).going_on()) == []


class TestAMistake:
    def test_takes_two_people(self, family, worker, senior):
        concern = raised(worker, family)
        said_mistaken(concern, senior)
        with pytest.raises(NotForYou):
            masked(concern, senior)
        with pytest.raises(NotForYou):
            masked(concern, worker)

    def test_masks_what_was_written_but_for_the_manager_and_the_head(self, family, worker, senior, manager, head):
        concern = raised(worker, family)
        said_mistaken(concern, worker)
        masked(concern, senior)
        assert [entries(user, concern) for user in (worker, senior)] == [["mistake_made"]] * 2
        assert [entries(user, concern)[0] for user in (manager, head)] == ["raised"] * 2
        assert stories(senior, family)[0] == "A child: entered in error"

    def test_is_brought_where_it_belongs_and_refers_to_where_it_was(self, family, worker, senior, charnwood):
        right = FamilyFactory(household=True)
        concern = raised(worker, family)
        said_mistaken(concern, worker, belongs_to=right)
        there = masked(concern, senior)
        assert (there.family, there.moved_from, there.raised_by, there.at) == (right, concern, worker, NIGHT)
        assert as_seen_by(senior, there).first.words == WORDS
        assert reads(worker, concern)
        assert not reads(worker, there)
        assert not seen(worker, there)

    def test_can_be_left_and_said_again(self, family, worker, senior):
        from casework.safeguarding.services import leave_mistake

        concern = raised(worker, family)
        said_mistaken(concern, worker)
        with pytest.raises(Conflict):
            said_mistaken(concern, worker)
        with acting(senior):
            leave_mistake(concern, words="It is about this boy.", by=senior, at=NIGHT)
        said_mistaken(concern, worker)
        masked(concern, senior)
        with pytest.raises(Conflict):
            step(concern, worker)


class TestWhatIsSaidAboutStaff:
    @pytest.fixture
    def allegation(self, family, worker, senior):
        return raised(senior, family, route="staff", accused=worker.pk)

    def test_is_read_by_its_author_and_the_head_alone(self, allegation, worker, senior, manager, head, charnwood):
        assert [reads(user, allegation) for user in (senior, head)] == [True, True]
        others = (worker, manager, somebody(Role.SENIOR, charnwood))
        assert not any(reads(u, allegation) or seen(u, allegation) or entries(u, allegation) for u in others)

    def test_stands_in_no_familys_record(self, allegation, family, senior):
        assert (allegation.family_id, allegation.scope_id) == (None, None)
        assert [line for line in stories(senior, family) if "works with" in line] == []

    def test_about_a_head_is_kept_from_them(self, family, senior, head, everything):
        concern = raised(senior, family, route="staff", accused=head.pk)
        assert not reads(head, concern)
        assert not seen(head, concern)
        with acting(senior):
            assert head not in who_is_told(concern)

    def test_is_reviewed_by_the_head(self, allegation, senior, head):
        with pytest.raises(NotForYou):
            reviewed(allegation, senior)
        reviewed(allegation, head)
        assert as_seen_by(senior, allegation).state[0] == "Under way"


def test_a_concern_of_an_earlier_day_is_overdue(family, worker, settings):
    concern = raised(worker, family)
    settings.SERVICE_DATE = "2014-10-17"
    assert as_seen_by(worker, concern).state == ("Overdue", "late")
    assert concern.at.date() == date(2014, 10, 15)
