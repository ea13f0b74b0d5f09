from datetime import date

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from referrals.enquiries import rules
from referrals.enquiries.models import Enquiry
from referrals.intake.models import Referral
from referrals.intake.rules import State, WrongAnswer
from referrals.triage import services
from slf.access.rules import Can, Role
from slf.access.services import end_post
from slf.clock import today
from slf.web.errors import Conflict, NotAllowed
from slf.work.models import Job
from slf.work.services import run
from tests.referrals.enquiries.factories import ASKED_ON, QUESTIONS, ask, receipt_of, replies_to, reply
from tests.referrals.intake.factories import again_as, in_the_name_of, sent_referral

pytestmark = pytest.mark.django_db
A_WEEK_LATER = date(2014, 10, 23)


@pytest.fixture
def referral(school):
    return sent_referral(school)


def look(referral, by):
    with in_the_name_of(by):
        return again_as(by, referral.uid)


def decline(referral, by, **how):
    with in_the_name_of(by):
        return services.decline_referral(referral, by=by, on=ASKED_ON, reason="one_need", message="Ask X.", **how)


class TestAskingForMore:
    def test_lets_the_referral_wait_out_of_the_queue(self, referral, senior):
        ask(referral, senior)
        with in_the_name_of(senior):
            rows = Referral.objects.visible_to(senior, can=Can.TRIAGE)
            assert not rows.waiting().exists()
            (held,) = rows.asked()
        assert (held.asked_on, held.reply_by) == (ASKED_ON, A_WEEK_LATER)

    def test_shows_the_referrer_the_questions_and_no_more(self, referral, senior, school):
        ask(referral, senior)
        receipt = receipt_of(referral, school)
        assert receipt.state == State.ASKED
        assert [one["question"] for one in receipt.open_enquiries] == list(QUESTIONS.values())
        assert set(receipt.open_enquiries[0]) == {
            "uid", "about", "question", "asked_on", "reply_by", "reply", "replied_on",
        }  # fmt: skip

    def test_sends_the_referrer_word_without_a_name(self, referral, senior, school):
        school.email = "school@example.org"
        school.save()
        ask(referral, senior)
        with in_the_name_of(senior):
            job = Job.objects.get(kind="referrals.tell_referrer")
        run(job.uid)
        (letter,) = mail.outbox
        assert letter.to == ["school@example.org"]
        assert "reply by 23 October 2014" in letter.body
        assert referral.reference in letter.body
        assert "Marsh" not in letter.subject + letter.body

    def test_sends_word_though_whoever_asked_has_left_before_the_mail_goes(self, referral, senior, school, everything):
        school.email = "school@example.org"
        school.save()
        ask(referral, senior)
        with in_the_name_of(senior):
            job = Job.objects.get(kind="referrals.tell_referrer")
        end_post(senior.posts.get(), by=everything, on=today())
        run(job.uid)
        (letter,) = mail.outbox
        assert "The Charnwood team asks you something" in letter.body

    def test_twice_with_the_same_questions_asks_once(self, referral, senior):
        ask(referral, senior)
        ask(referral, senior)
        assert Enquiry.objects.count() == len(QUESTIONS)

    def test_while_somebody_elses_questions_wait_is_refused(self, referral, senior, other_senior):
        ask(referral, senior)
        with pytest.raises(NotAllowed, match="more is asked"):
            ask(referral, other_senior, questions={"people": "Who is Lee?"})

    @pytest.mark.parametrize("questions", [{}, {"home": "  "}, {"home": "x" * 501}])
    def test_asks_something_that_can_be_read(self, referral, senior, questions):
        with pytest.raises(WrongAnswer):
            ask(referral, senior, questions=questions)

    def test_is_not_a_workers_job(self, referral, post, charnwood):
        worker = post(Role.FSW, charnwood)
        with pytest.raises((Conflict, Referral.DoesNotExist)):
            ask(referral, worker)

    def test_keeps_who_asked_and_every_version(self, referral, senior):
        ask(referral, senior)
        reply(referral, referral.referred_by)
        events = Enquiry.pgh_event_model.objects.filter(about="home").order_by("pgh_id")
        assert [(e.pgh_label, e.reply, e.asked_by_id) for e in events] == [
            ("insert", "", senior.pk), ("update", "Flat 2.", senior.pk),
        ]  # fmt: skip


class TestTheReply:
    def test_brings_the_referral_back_to_the_queue(self, referral, senior, school):
        ask(referral, senior)
        receipt = reply(referral, school)
        assert (receipt.state, receipt.open_enquiries) == (State.RECEIVED, [])
        held = look(referral, senior)
        assert (held.state, held.asked_on, held.reply_by) == (State.RECEIVED, None, None)
        assert {e.reply for e in held.enquiries.all()} == {"Flat 2."}

    def test_gives_the_team_back_the_days_it_took(self, referral, senior, school):
        before = look(referral, senior).due_on
        ask(referral, senior)
        receipt = reply(referral, school, on=date(2014, 10, 21))  # three working days later
        assert (before, receipt.due_on) == (date(2014, 10, 22), date(2014, 10, 27))
        assert look(referral, senior).due_on == receipt.due_on

    def test_gives_back_nothing_where_the_clock_goes_on(self, referral, senior, school, monkeypatch):
        monkeypatch.setattr(rules, "CLOCK_STOPS", False)
        ask(referral, senior)
        assert reply(referral, school, on=date(2014, 10, 21)).due_on == date(2014, 10, 22)

    def test_twice_is_one(self, referral, senior, school):
        ask(referral, senior)
        replies = replies_to(receipt_of(referral, school))
        assert reply(referral, school, replies=replies) == reply(referral, school, replies=replies)
        assert look(referral, senior).revision == referral.revision + 1

    def test_answers_every_question_or_none(self, referral, senior, school):
        ask(referral, senior)
        one = dict(list(replies_to(receipt_of(referral, school)).items())[:1])
        with pytest.raises(WrongAnswer, match="Reply to every question"):
            reply(referral, school, replies=one)
        assert look(referral, senior).state == State.ASKED

    def test_is_refused_when_it_was_decided_meanwhile(self, referral, senior, school):
        ask(referral, senior)
        replies = replies_to(receipt_of(referral, school))
        decline(referral, senior)
        with pytest.raises(Conflict, match="Nobody waits for a reply"):
            reply(referral, school, replies=replies)

    def test_may_be_followed_by_a_second_round(self, referral, senior, school):
        ask(referral, senior)
        reply(referral, school)
        ask(referral, senior, questions={"home": "And which door?"})
        assert [one["question"] for one in receipt_of(referral, school).open_enquiries] == ["And which door?"]

    def test_is_nobody_elses_to_give(self, referral, senior, school, post, charnwood):
        ask(referral, senior)
        other = post(Role.REFERRER, charnwood, "other.school")
        uid = next(iter(replies_to(receipt_of(referral, school))))
        forged = "select slf.reply_to_team(%s, jsonb_build_object(%s, 'x'), %s, %s)"
        refused = pytest.raises(ProgrammingError, match="no such referral")
        with in_the_name_of(other), connection.cursor() as cursor, refused, transaction.atomic():
            cursor.execute(forged, [referral.uid, str(uid), ASKED_ON, ASKED_ON])

    def test_cannot_be_written_by_the_team(self, referral, senior):
        ask(referral, senior)
        with pytest.raises(ProgrammingError, match="permission denied"), in_the_name_of(senior):
            Enquiry.objects.update(reply="They said yes.", replied_on=ASKED_ON)


class TestDecidingWhileAReplyIsWaitedFor:
    def test_is_possible_and_ends_the_waiting(self, referral, senior, school):
        ask(referral, senior)
        with in_the_name_of(senior):
            services.accept_referral(referral, by=senior, on=ASKED_ON)
        receipt = receipt_of(referral, school)
        assert (receipt.state, receipt.open_enquiries) == (State.ACCEPTED, [])
        held = look(referral, senior)
        assert (held.asked_on, held.reply_by) == (None, None)

    def test_over_a_reply_that_was_not_read_is_refused(self, referral, senior, school):
        ask(referral, senior)
        seen = look(referral, senior).revision
        reply(referral, school)
        with pytest.raises(Conflict, match="The referrer replied while you were deciding"):
            decline(referral, senior, seen=seen)
        assert look(referral, senior).state == State.RECEIVED

    def test_shows_the_clock_as_it_stood(self, referral, senior):
        ask(referral, senior)
        held = look(referral, senior)
        assert services.clock_of(held, on=date(2014, 11, 5)).words == "Clock stopped, 4 working days left"
        assert services.reply_clock_of(held, on=date(2014, 10, 24)).words == "Overdue by 1 working day"


class TestARestrictedFamilysEnquiries:
    def test_are_as_closed_as_the_family(self, referral, senior, other_senior, everything):
        from slf.access.rights import forget_rights
        from slf.access.services import restrict_family

        ask(referral, senior)
        with in_the_name_of(senior):
            family = services.accept_referral(referral, by=senior, on=ASKED_ON)
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        forget_rights(other_senior)
        with in_the_name_of(other_senior):
            assert not Enquiry.objects.exists()
            assert not Enquiry.pgh_event_model.objects.filter(scope_id=family.scope_id).exists()
