"""Meetings: called, minuted by two, finished and frozen; actions; copies without what somebody must not learn."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import Error, IntegrityError, connection, transaction

from casework.meetings import copies, papers, services
from casework.meetings.minutes import POINT, key, write_minutes
from casework.meetings.models import Meeting, MeetingAction, MeetingPoint
from casework.meetings.rules import Said, WrongMeeting
from casework.meetings.services import Invited
from casework.tasks.models import Task
from casework.tasks.services import finish_task
from families.contact.services import set_rule
from families.people.models import Membership
from families.sharing.models import Agreement
from families.sharing.services import record_agreement
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import move_family, shared_scope
from slf.web.errors import Conflict, NotAllowed, NotForYou
from tests.casework.around.factories import HELD, TODAY, acted, again, finished, invitee, minuted, people, planned
from tests.factories import FamilyFactory
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
TEACHER = "Ann Hall"


def changed(meeting, by, point, words, revision):
    with in_the_name_of(by):
        said = {key(POINT, point): Said("paragraph", words)}
        return write_minutes(again(meeting), answers=said, more=[], revision=revision, by=by, on=TODAY)


def invited(meeting, by, those):
    with in_the_name_of(by):
        said = {"day": meeting.day, "starts_at": meeting.starts_at, "place": meeting.place, "purpose": meeting.purpose}
        return services.change_meeting(meeting, invited=those, by=by, **said)


def given(meeting, by, whom, what="minutes", on=TODAY):
    with in_the_name_of(by):
        return papers.give_copy(again(meeting), invitee(meeting, whom), what=what, by=by, on=on)


class TestCalling:
    def test_again_is_the_same_and_two_of_one_time_are_told(self, family, worker):
        made = planned(family, worker)
        assert planned(family, worker) == made
        with pytest.raises(Conflict):
            planned(family, worker, place="At home")

    def test_takes_people_of_the_family_alone(self, family, worker):
        made = planned(family, worker)
        other = people(FamilyFactory(household=True))[0]
        refused = pytest.raises(Error, match="people of the family")
        with refused, acting_as(worker), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "insert into casework_invitee (uid, family_id, meeting_id, person_id, came, is_withdrawn, revision)"
                " values (gen_random_uuid(), %s, %s, %s, '', false, 0)", [family.pk, made.pk, other.pk],
            )  # fmt: skip

    def test_is_for_who_works_with_the_family(self, family, worker, manager):
        with pytest.raises(NotForYou):
            planned(family, manager, members=[])

    def test_is_called_off_once_and_says_why(self, family, worker):
        made = planned(family, worker)
        with in_the_name_of(worker):
            services.cancel_meeting(made, because="Mum is ill.", by=worker, on=TODAY)
            with pytest.raises(Conflict, match="cancelled"):
                services.finish_minutes(made, by=worker, on=TODAY)


class TestMinutes:
    def test_what_one_changed_is_kept_and_what_both_changed_is_asked(self, family, worker):
        meeting = minuted(planned(family, worker), worker)
        first, second = meeting.written
        changed(meeting, worker, first, "School goes well.", meeting.revision)
        assert changed(meeting, worker, second, "A lift every day.", meeting.revision).differing == ()
        both = changed(meeting, worker, first, "School goes badly.", meeting.revision)
        assert both.differing == (key(POINT, first),)
        assert [point.words for point in again(meeting).written] == ["School goes well.", "A lift every day."]

    def test_are_finished_when_they_say_who_came_and_something(self, family, worker):
        meeting = planned(family, worker)
        with in_the_name_of(worker), pytest.raises(WrongMeeting, match="at least one"):
            services.finish_minutes(meeting, by=worker, on=TODAY)
        minuted(meeting, worker, came="")
        with in_the_name_of(worker), pytest.raises(WrongMeeting, match=TEACHER):
            services.finish_minutes(meeting, by=worker, on=TODAY)
        assert finished(meeting, worker).is_finished

    def test_of_a_meeting_to_come_are_not_finished(self, family, worker):
        with pytest.raises(WrongMeeting, match="on that day or later"):
            finished(planned(family, worker, day=TODAY + timedelta(days=1)), worker)

    @pytest.mark.parametrize(
        "sql",
        [
            "update casework_meetingpoint set words = 'No'", "update casework_meeting set place = 'Elsewhere'",
            "update casework_meeting set state = 'planned', finished_by_id = null, finished_on = null",
            "update casework_invitee set came = 'away'", "delete from casework_meetingpoint",
            "update casework_meetingpoint set kept_from = '{1}'", "delete from casework_meeting",
            "update casework_meetingaction set what = 'Nothing'", "delete from casework_meetingcopy",
            "insert into casework_meetingpoint (uid, family_id, meeting_id, kind, place, words, kept_from, revision,"
            " written_by_id, written_on) select gen_random_uuid(), family_id, meeting_id, 'decision', 9, 'Late', '{}',"
            " 0, written_by_id, written_on from casework_meetingpoint limit 1",
        ],
    )  # fmt: skip
    def test_once_finished_are_added_to_and_never_changed(self, family, worker, sql):
        meeting = finished(planned(family, worker), worker)
        acted(meeting, worker)
        given(meeting, worker, TEACHER)
        with in_the_name_of(worker):
            services.add_to_minutes(meeting, words="The bus is free.", by=worker, on=TODAY)
        with pytest.raises(Error), acting_as(worker), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    def test_another_locality_sees_nothing_of_them(self, family, worker, post, melton):
        acted(finished(planned(family, worker), worker), worker)
        with acting_as(post(Role.SENIOR, melton)):
            rows = [Meeting.objects.all(), MeetingPoint.objects.all(), MeetingAction.objects.all()]
            assert [list(each) for each in rows] == [[], [], []]


class TestACopy:
    def test_leaves_out_what_its_reader_must_not_learn(self, family, worker):
        meeting = planned(family, worker)
        mother = str(people(family)[0])
        theirs = frozenset({invitee(meeting, TEACHER).pk})
        minuted(meeting, worker, Said("paragraph", "For all."), Said("decision", "Not for school.", theirs))
        finished_now = finished_as_it_is(meeting, worker)
        acted(meeting, worker, what="Ask the refuge.", owner=mother, kept_from=sorted(theirs))
        for reader, secret in ((TEACHER, False), (mother, True), (None, True)):
            whom = invitee(finished_now, reader) if reader else None
            paper = str(copies.minutes(again(meeting), reader=whom))
            assert "For all." in paper
            assert ("Not for school." in paper, "Ask the refuge." in paper) == (secret, secret), reader
        assert "Not to be disclosed" not in str(copies.minutes(again(meeting), reader=invitee(meeting, mother)))
        assert given(meeting, worker, TEACHER).left_out == 2

    def test_leaves_out_for_a_partner_who_reads_the_record_what_is_kept_from_anybody(
        self, family, worker, post, charnwood, everything
    ):
        meeting = planned(family, worker)
        theirs = frozenset({invitee(meeting, TEACHER).pk})
        minuted(meeting, worker, Said("paragraph", "For all."), Said("decision", "Not for school.", theirs))
        acted(meeting, worker, what="Ask the refuge.", owner=str(people(family)[0]), kept_from=sorted(theirs))
        provider = post(Role.ESF, charnwood)
        move_family(family, to=shared_scope(charnwood, role=Role.ESF), by=everything)
        with acting_as(provider):
            read = Meeting.objects.visible_to(provider).in_full(provider).get(pk=meeting.pk)
            assert [str(row) for row in (*read.written, *read.actions.all())] == ["For all."]
            assert not MeetingAction.objects.visible_to(provider).exists()
        with acting_as(worker):
            assert len(again(meeting).written) == 2

    def test_stays_without_it_for_whoever_was_not_invited_for_a_while(self, family, worker):
        meeting = planned(family, worker)
        teacher, mother = invitee(meeting, TEACHER), people(family)[0]
        minuted(meeting, worker, Said("paragraph", "Not for school.", frozenset({teacher.pk})))
        invited(meeting, worker, Invited([mother]))
        changed(meeting, worker, again(meeting).written[0], "Not for the school.", again(meeting).revision)
        invited(meeting, worker, Invited([mother], [teacher.member]))
        (point,) = again(meeting).written
        assert (point.words, point.kept_from) == ("Not for the school.", [teacher.pk])

    def test_is_not_promised_of_words_that_are_there_for_everybody(self, family, worker):
        meeting = finished(planned(family, worker), worker)
        with in_the_name_of(worker):
            add = partial(services.add_to_minutes, meeting, words="He moved.", by=worker, on=TODAY)
            assert add() == add()
            with pytest.raises(Conflict, match="written already"):
                add(kept_from=[invitee(meeting, TEACHER).pk])

    def test_keeps_nothing_from_colleagues_who_read_the_record(self, family, worker):
        meeting = planned(family, worker)
        with pytest.raises(WrongMeeting, match="do not work here"):
            minuted(meeting, worker, Said("paragraph", "X", frozenset({invitee(meeting, str(worker)).pk})))

    def test_for_another_agency_takes_the_familys_agreement_and_is_in_the_report(self, family, worker, senior):
        meeting = finished(planned(family, worker), worker)
        given(meeting, worker, TEACHER)
        with acting_as(senior):
            (_, shown), = copies.shown_around([family.pk], user=senior)  # fmt: skip
            assert (shown.code, shown.to, shown.on) == ("schools", TEACHER, TODAY)
            assert "minutes" in shown.detail
        with in_the_name_of(worker):
            how = Agreement.How.PHONE
            record_agreement(family, state=Agreement.State.WITHDRAWN, said_on=TODAY, how=how, by=worker)
        with pytest.raises(NotAllowed, match="agreement"):
            given(meeting, worker, TEACHER, on=TODAY + timedelta(days=1))
        assert given(meeting, worker, str(people(family)[0]))

    def test_an_invitation_is_not_a_letter_where_letters_are_not_safe(self, family, worker):
        meeting, mother = planned(family, worker), people(family)[0]
        assert given(meeting, worker, str(mother), "invitation")
        with in_the_name_of(worker):
            member = Membership.objects.get(family=family, person=mother)
            set_rule(member, channel="letter", never=True, source="She said so.", by=worker, on=TODAY)
            with pytest.raises(NotAllowed, match="never"):
                papers.give_copy(again(meeting), invitee(meeting, str(mother)), what="invitation", by=worker, on=TODAY)


def finished_as_it_is(meeting, by):
    with in_the_name_of(by):
        services.finish_minutes(meeting, by=by, on=TODAY)
        return again(meeting)


class TestAnAction:
    def test_is_of_somebody_invited_and_settled_once(self, family, worker):
        meeting = planned(family, worker)
        with pytest.raises(WrongMeeting, match="or a later one"):
            acted(meeting, worker, due_on=HELD - timedelta(days=1))
        action = acted(meeting, worker)
        assert acted(meeting, worker) == action
        with in_the_name_of(worker):
            said = {"state": "done", "came_of_it": "It is free.", "by": worker, "on": TODAY}
            services.settle_action(action, **said)
            assert services.settle_action(action, **said).state == "done"
            with pytest.raises(Conflict):
                services.settle_action(action, **said | {"came_of_it": "It costs."})
        assert action.task is None

    def test_of_a_colleague_is_their_task_and_settled_with_it(self, family, worker):
        action = acted(planned(family, worker), worker, owner=str(worker))
        with in_the_name_of(worker):
            assert list(Task.objects.open().of(worker)) == [action.task]
            finish_task(action.task, words="It is free.", by=worker, on=TODAY)
            action.refresh_from_db()
        assert (action.state, action.came_of_it, action.done_by) == ("done", "It is free.", worker)

    @pytest.mark.parametrize("state", ["done", "dropped"])
    def test_of_a_colleague_settles_their_task(self, family, worker, state):
        action = acted(planned(family, worker), worker, owner=str(worker))
        with in_the_name_of(worker):
            said = {"state": state, "came_of_it": "It is free.", "by": worker, "on": TODAY}
            assert services.settle_action(action, **said).state == state
            assert services.settle_action(action, **said).task.state == state

    def test_that_is_a_task_is_settled_in_no_other_way(self, family, worker):
        action = acted(planned(family, worker), worker, owner=str(worker))
        said = "state = 'done', came_of_it = 'x', done_on = '2014-10-15', done_by_id = %s"
        refused = pytest.raises(IntegrityError, match="settled with it")
        with in_the_name_of(worker), refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"update casework_meetingaction set {said} where id = %s", [worker.pk, action.pk])

    def test_written_down_late_is_due_today(self, family, worker):
        action = acted(planned(family, worker), worker, owner=str(worker), due_on=HELD)
        assert (action.due_on, action.task.due_on) == (HELD, TODAY)
