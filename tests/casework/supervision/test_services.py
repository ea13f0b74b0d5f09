"""What people do in supervision: begin, decide on families, write their own part, sign, finish what was agreed."""

from datetime import timedelta

import pytest

from casework.chronology.sources import chronology
from casework.supervision.agenda import agenda
from casework.supervision.line import lines, mine
from casework.supervision.models import AgreedAction, Decision, OwnPart, Supervision
from casework.supervision.rules import OwnWords, WrongSupervision
from casework.supervision.services import (
    begin_supervision,
    call_off,
    mark_done,
    sign_part,
    state_of,
    take_out_action,
    write_own_part,
)
from slf.access.rules import Role
from slf.web.errors import Conflict, NotAllowed, NotForYou
from tests.casework.supervision.factories import TODAY, agreed, decided, held, signed, worked
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
WORDS = OwnWords("Tired, and safe.", "Two families more than is good.", "Wants to watch a star review.")


def begin(by, *workers, kind="line", held_on=TODAY):
    with in_the_name_of(by):
        return begin_supervision(list(workers), kind=kind, held_on=held_on, by=by, on=TODAY)


def write(part, by, words=WORDS, revision=0):
    with in_the_name_of(by):
        return write_own_part(part, words, revision=revision, by=by)


class TestBeginning:
    def test_twice_on_one_day_is_one(self, worker, senior):
        assert begin(senior, worker) == begin(senior, worker)

    @pytest.mark.parametrize(
        ("who", "whom"), [("senior", "worker"), ("manager", "senior"), ("manager", "worker"), ("head", "manager")]
    )
    def test_goes_down_the_line(self, request, who, whom):
        below, above = request.getfixturevalue(whom), request.getfixturevalue(who)
        assert begin(above, below).parts.get().worker == below

    @pytest.mark.parametrize(("who", "whom"), [("senior", "manager"), ("worker", "other"), ("senior", "senior")])
    def test_goes_no_other_way(self, request, who, whom):
        below, above = request.getfixturevalue(whom), request.getfixturevalue(who)
        with pytest.raises(WrongSupervision, match="You supervise nobody of that name"):
            begin(above, below)

    def test_stays_in_the_locality(self, senior, post, melton):
        with pytest.raises(WrongSupervision, match="You supervise nobody of that name"):
            begin(senior, post(Role.FSW, melton))

    def test_of_a_group_is_one_meeting_with_a_part_for_each(self, worker, other, senior):
        assert begin(senior, worker, other, kind="group").parts.count() == 2
        with pytest.raises(WrongSupervision, match="Only a group"):
            begin(senior, worker, other)

    def test_is_not_for_a_day_to_come(self, worker, senior):
        with pytest.raises(WrongSupervision, match="today or an earlier day"):
            begin(senior, worker, held_on=TODAY + timedelta(days=1))

    def test_is_called_off_while_nothing_is_decided(self, part, family, senior):
        with in_the_name_of(senior):
            assert call_off(part.supervision, by=senior, on=TODAY).called_off_on == TODAY
            assert not Supervision.objects.held().exists()
        with pytest.raises(NotAllowed, match="called off"):
            decided(part, family, senior)

    def test_is_not_called_off_once_something_is_decided(self, part, family, senior):
        decided(part, family, senior)
        with in_the_name_of(senior), pytest.raises(NotAllowed, match="not called off"):
            call_off(part.supervision, by=senior, on=TODAY)


class TestDecidingOnAFamily:
    def test_stands_on_its_record_by_itself(self, part, family, senior, worker):
        decided(part, family, senior, decision="step_down", note="School took over.", action=agreed())
        with in_the_name_of(worker):
            entry = next(one for one in chronology(family, user=worker) if "supervision" in one.title)
        assert (entry.title, entry.text, entry.on) == (
            "Decided in supervision: Step down: less help",
            "School took over.",
            TODAY,
        )
        assert entry.detail == (f"Ring the school nurse: {worker}, by 22 October 2014",)

    def test_twice_is_once(self, part, family, senior):
        first = decided(part, family, senior, action=agreed())
        assert decided(part, family, senior, action=agreed()) == first
        assert AgreedAction.objects.count() == 1

    def test_of_what_changed_meanwhile_is_told(self, part, family, senior):
        decided(part, family, senior)
        with pytest.raises(Conflict, match="Somebody changed this"):
            decided(part, family, senior, decision="step_up")
        assert decided(part, family, senior, decision="step_up", revision=1).revision == 2

    def test_takes_a_family_of_that_worker(self, part, other, senior):
        with pytest.raises(NotAllowed, match="not with"):
            decided(part, worked(other), senior)

    def test_is_for_who_leads_it(self, part, family, worker, manager):
        for somebody in (worker, manager):
            with pytest.raises(NotForYou):
                decided(part, family, somebody)

    def test_knows_the_decisions_of_the_list(self, part, family, senior):
        with pytest.raises(WrongSupervision, match="from the list"):
            decided(part, family, senior, decision="wait")

    def test_takes_an_action_out_again(self, part, family, senior):
        action = decided(part, family, senior, action=agreed()).actions.get()
        with in_the_name_of(senior):
            take_out_action(action, by=senior)
            take_out_action(action, by=senior)
        assert not AgreedAction.objects.exists()


class TestAnAgreedAction:
    def test_is_done_once_by_who_it_is_agreed_with(self, part, family, senior, worker):
        action = decided(part, family, senior, action=agreed()).actions.get()
        signed(part, senior, worker)
        with in_the_name_of(worker):
            assert mark_done(action, by=worker, on=TODAY, came_of_it="She rings on Monday.").done_by == worker
        with in_the_name_of(senior):
            assert mark_done(action, by=senior, on=TODAY).came_of_it == "She rings on Monday."

    def test_is_not_for_somebody_else_to_do(self, part, family, senior, other):
        action = decided(part, family, senior, action=agreed()).actions.get()
        with in_the_name_of(other), pytest.raises(NotForYou):
            mark_done(action, by=other, on=TODAY)


class TestTheWorkersOwnPart:
    def test_is_read_by_the_two_and_the_line_above(self, part, senior, worker, other, manager, head, post, charnwood):
        write(part, worker)
        reads = {
            senior: True,
            worker: True,
            manager: True,
            head: False,
            other: False,
            post(Role.SENIOR, charnwood): False,
        }
        for somebody, may in reads.items():
            with in_the_name_of(somebody):
                assert OwnPart.objects.visible_to(somebody).exists() is may, somebody
                assert OwnPart.objects.exists() is may, somebody

    def test_of_a_senior_is_not_for_other_managers_line(self, senior, manager, head, worker, post, charnwood):
        part = held(senior, manager)
        write(part, senior)
        for somebody, may in {head: True, worker: False, post(Role.MANAGER, charnwood): False}.items():
            with in_the_name_of(somebody):
                assert OwnPart.objects.exists() is may, somebody

    def test_is_written_by_the_two(self, part, manager):
        with pytest.raises(NotForYou):
            write(part, manager)

    def test_of_two_who_write_at_a_time_the_second_is_told(self, part, senior, worker):
        write(part, worker)
        with pytest.raises(Conflict):
            write(part, senior, OwnWords("Other words."))
        assert write(part, senior, OwnWords("Other words."), revision=1).written_by == senior


class TestSigning:
    def test_by_both_settles_it(self, part, family, senior, worker):
        decided(part, family, senior)
        assert not signed(part, senior).is_settled
        assert signed(part, worker).is_settled
        assert Decision.objects.get().signed_on == TODAY
        with pytest.raises(NotAllowed, match="Both have signed"):
            decided(part, family, senior, decision="step_up", revision=1)
        with pytest.raises(NotAllowed, match="Both have signed"):
            write(part, worker)

    def test_is_done_again_when_something_changes_in_between(self, part, family, senior, worker):
        signed(part, worker)
        decided(part, family, senior)
        part.refresh_from_db()
        assert part.worker_signed_on is None
        signed(part, senior)
        write(part, worker)
        part.refresh_from_db()
        assert part.supervisor_signed_on is None

    def test_is_of_what_was_read(self, part, family, senior, worker):
        with in_the_name_of(worker):
            read = state_of(part)
        decided(part, family, senior)
        with in_the_name_of(worker), pytest.raises(Conflict):
            sign_part(part, by=worker, on=TODAY, signs=read)

    def test_is_for_the_two(self, part, manager):
        with pytest.raises(NotForYou):
            signed(part, manager)


class TestTheAgenda:
    def test_has_the_workers_families_the_most_pressing_first(self, part, family, worker, senior):
        calm = worked(worker, since=TODAY - timedelta(days=2), name="The Quiets")
        with in_the_name_of(senior):
            topics = agenda(part, user=senior, on=TODAY)
        assert [one.family for one in topics] == [family, calm]
        assert any("never seen" in sign.words for sign in topics[0].signs)
        assert topics[1].signs == []

    def test_says_what_was_decided_and_left_the_last_time(self, part, family, senior, worker):
        decided(part, family, senior, action=agreed())
        signed(part, senior, worker)
        again = held(worker, senior, kind="ad_hoc")
        with in_the_name_of(worker):
            topic = agenda(again, user=worker, on=TODAY)[0]
        assert topic.before.decision == "continue"
        assert [one.what for one in topic.actions] == ["Ring the school nurse"]


class TestWhoIsDue:
    def test_is_told_to_who_supervises_them(self, worker, senior, manager, head):
        with in_the_name_of(senior):
            assert [line.worker for line in mine(lines(senior, on=TODAY), senior)] == [worker]
        with in_the_name_of(manager):
            assert [line.worker for line in mine(lines(manager, on=TODAY), manager)] == [senior]
        with in_the_name_of(head):
            assert [line.worker for line in mine(lines(head, on=TODAY), head)] == [manager]

    def test_is_over_once_it_was_held(self, part, worker, senior):
        with in_the_name_of(senior):
            (line,) = lines(senior, on=TODAY + timedelta(days=28))
            assert (line.due.is_overdue, line.by) == (False, senior.pk)
            (late,) = lines(senior, on=TODAY + timedelta(days=29))
            assert late.due.days_late == 1
