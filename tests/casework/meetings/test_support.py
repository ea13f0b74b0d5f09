"""Business support plans meetings and types minutes, and reads nothing else of a record."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import Error, connection, transaction
from django.urls import reverse

from casework.meetings import papers, services
from casework.meetings.minutes import write_minutes
from casework.meetings.models import Meeting, MeetingAction, MeetingPoint
from casework.meetings.rules import Said
from casework.meetings.wanted import WantedMeeting
from casework.meetings.wanting import ask_for_meeting, drop_wanted, plan_wanted
from casework.tasks.services import finish_task
from casework.visits.models import Visit
from families.contact.services import set_rule
from families.people.models import Membership
from slf.access.models import FamilyRecord
from slf.access.rights import rights_of
from slf.access.rules import RecordClass, Role
from slf.drafts.models import Draft
from slf.web.errors import Conflict, NotAllowed, NotForYou
from tests.casework.around.factories import AT, HELD, TODAY, acted, again, invitee, minuted, people, planned
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
KEPT = "Dad does not know of the new school."


@pytest.fixture
def support(post, charnwood):
    return post(Role.BUSINESS, charnwood, "support.charnwood")


def kept_by(meeting, by, words=KEPT, whom="Ann Hall"):
    return minuted(
        meeting, by, Said("paragraph", words, frozenset({invitee(meeting, whom).pk})), Said("decision", "A lift.")
    )


def asked_for(family, worker, **other):
    said = {"purpose": "How school goes.", "by_day": TODAY + timedelta(7)} | other
    with in_the_name_of(worker):
        return ask_for_meeting(family, by=worker, on=TODAY, **said)


def words_read(meeting, by):
    with in_the_name_of(by):
        return {point.words for point in MeetingPoint.objects.filter(meeting=meeting)}


class TestWhatItsPostOpens:
    def test_is_the_card_and_the_meetings_and_no_other_class(self, support, family):
        rights, of = rights_of(support), {"scope_id": family.scope_id, "family_id": family.pk}
        opened = {record_class for record_class in RecordClass if rights.opens(record_class, **of)}
        assert opened == {RecordClass.CARD, RecordClass.MEETING}

    def test_is_no_row_of_another_class_in_postgresql(self, support, worker, family):
        kept_by(planned(family, worker), worker)
        with in_the_name_of(support):
            for model in apps.get_models():
                if issubclass(model, FamilyRecord) and model.record_class not in (
                    RecordClass.CARD,
                    RecordClass.MEETING,
                ):
                    assert not model.objects.exists(), model

    def test_is_no_history_of_minutes(self, support, worker, family):
        kept_by(planned(family, worker), worker)
        event = apps.get_model("casework", "MeetingPointEvent")
        with in_the_name_of(worker):
            assert event.objects.exists()
        with in_the_name_of(support):
            assert not event.objects.exists()

    def test_writes_no_visit_and_nobody_into_the_team(self, support, worker, family):
        member = planned(family, worker).invited.exclude(member=None).get().member
        statements = (
            ("update casework_teammember set part = 'Friend' where id = %s", [member.pk]),
            ("insert into casework_visit (family_id) values (%s)", [family.pk]),
        )
        with in_the_name_of(support), connection.cursor() as cursor:
            cursor.execute(*statements[0])
            assert cursor.rowcount == 0
            assert not Visit.objects.exists()
            with pytest.raises(Error), transaction.atomic():
                cursor.execute(*statements[1])


class TestAMeetingThatIsWanted:
    def test_is_planned_once_by_business_support(self, support, worker, family):
        wanted = asked_for(family, worker)
        assert asked_for(family, worker).pk == wanted.pk
        with in_the_name_of(support):
            could = services.could_be_invited(family, by=support, on=TODAY)
            said = {"day": TODAY, "starts_at": AT, "place": "School", "purpose": "How school goes.", "invited": could}
            made = plan_wanted(wanted, by=support, on=TODAY, **said)
            assert plan_wanted(wanted, by=support, on=TODAY, **said).pk == made.pk
            assert made.called_by == support
            with pytest.raises(Conflict):
                drop_wanted(wanted, by=support, on=TODAY)

    def test_is_no_meeting_that_was_planned_for_something_else(self, support, worker, family):
        first, second = asked_for(family, worker), asked_for(family, worker, purpose="Where they live.")
        with in_the_name_of(support):
            could = services.could_be_invited(family, by=support, on=TODAY)
            said = {"day": TODAY, "starts_at": AT, "place": "School", "purpose": "Both.", "invited": could}
            plan_wanted(first, by=support, on=TODAY, **said)
            with pytest.raises(Conflict):
                plan_wanted(second, by=support, on=TODAY, **said)

    def test_is_asked_for_by_who_works_with_the_family(self, support, family):
        with pytest.raises(NotForYou):
            asked_for(family, support)
        with in_the_name_of(support), pytest.raises(Error), transaction.atomic():
            WantedMeeting.objects.create(family=family, purpose="X", by_day=TODAY, asked_by=support, asked_on=TODAY,
                                         state="wanted")  # fmt: skip

    def test_waits_on_my_day_with_minutes_to_type_and_then_to_finish(self, signed_in, support, worker, family):
        asked_for(family, worker)
        meeting = planned(family, worker)
        mine = signed_in(support)
        page = mine.get("/").content.decode()
        assert "Meetings to plan" in page
        assert "Minutes to type" in page
        assert reverse("casework:write_minutes", args=[meeting.uid]) in page
        minuted(meeting, support)
        mine.post(reverse("casework:minutes_typed", args=[meeting.uid]))
        assert reverse("casework:write_minutes", args=[meeting.uid]) not in mine.get("/").content.decode()
        assert "Minutes to finish" in signed_in(worker).get("/").content.decode()


class TestMinutesThatKeepSomething:
    def test_are_read_by_who_types_it_until_they_are_finished(self, support, post, charnwood, worker, family):
        meeting = kept_by(planned(family, worker), support)
        other = post(Role.BUSINESS, charnwood)
        assert KEPT in words_read(meeting, support)
        assert words_read(meeting, other) == {"A lift."}
        with in_the_name_of(worker):
            services.finish_minutes(meeting, by=worker, on=TODAY)
        assert words_read(meeting, support) == {"A lift."}
        assert KEPT in words_read(meeting, worker)

    def test_are_typed_on_without_what_a_worker_keeps(self, support, worker, family):
        meeting = kept_by(planned(family, worker), worker)
        with in_the_name_of(support):
            held = Meeting.objects.in_full(support).get(pk=meeting.pk)
            write_minutes(
                held, answers={}, more=[Said("paragraph", "More.")], revision=held.revision, by=support, on=TODAY
            )
        assert words_read(meeting, worker) == {KEPT, "A lift.", "More."}

    def test_are_copied_by_who_reads_them_all(self, support, worker, family, api):
        meeting = kept_by(planned(family, worker), worker)
        with in_the_name_of(worker):
            services.finish_minutes(meeting, by=worker, on=TODAY)
            given = papers.give_copy(
                again(meeting), invitee(meeting, str(people(family)[0])), what="minutes", by=worker, on=TODAY
            )
        with in_the_name_of(support):
            held = Meeting.objects.in_full(support).get(pk=meeting.pk)
        with in_the_name_of(support), pytest.raises(NotAllowed, match="makes the copies"):
            papers.give_copy(held, held.those_invited[0], what="minutes", by=support, on=TODAY)
        for name, of in (("print_minutes", meeting), ("meeting_copy", given)):
            assert api(support).get(reverse(f"casework:{name}", args=[of.uid])).status_code == 409

    def test_leave_nothing_in_the_draft_of_who_typed_them(self, support, worker, family, api):
        meeting, mine = planned(family, worker), api(support)
        address = mine.post(reverse("casework:write_minutes", args=[meeting.uid])).headers["Location"]
        whom = invitee(meeting, "Ann Hall")
        came = {f"came-{one.uid}": "came" for one in again(meeting).those_invited}
        said = {"new-1": KEPT, "kind-new-1": "paragraph", "kept-new-1": [str(whom.uid)], "revision": 0, "draft-base": 0}
        assert mine.post(address, came | said).status_code == 302
        with in_the_name_of(support):
            assert KEPT in str(Draft.objects.get().content)
        with in_the_name_of(worker):
            services.finish_minutes(meeting, by=worker, on=TODAY)
        with in_the_name_of(support):
            assert Draft.objects.get().content == {}


class TestWhoFinishes:
    def test_is_never_business_support(self, support, worker, family):
        meeting = minuted(planned(family, worker), support)
        with in_the_name_of(support):
            with pytest.raises(NotForYou):
                services.finish_minutes(meeting, by=support, on=TODAY)
            with pytest.raises(Error), transaction.atomic():
                Meeting.objects.filter(pk=meeting.pk).update(state="finished", finished_by=support, finished_on=TODAY)

    def test_is_who_adds_to_them_and_sets_actions_then(self, support, worker, family):
        meeting = minuted(planned(family, worker), support)
        with in_the_name_of(worker):
            services.finish_minutes(meeting, by=worker, on=TODAY)
        of = {"family": family, "meeting": meeting}
        with in_the_name_of(support):
            with pytest.raises(Error), transaction.atomic():
                MeetingPoint.objects.create(kind="addition", words="More.", place=9, written_by=support,
                                            written_on=TODAY, **of)  # fmt: skip
            with pytest.raises(Error), transaction.atomic():
                MeetingAction.objects.create(what="Ring.", owner=again(meeting).those_invited[0], due_on=TODAY,
                                             set_by=support, set_on=TODAY, state="to_do", **of)  # fmt: skip

    def test_makes_what_colleagues_took_on_their_tasks(self, support, worker, family):
        meeting = minuted(planned(family, worker), support)
        action = acted(meeting, support, owner=str(worker))
        assert action.task is None
        with in_the_name_of(worker):
            services.finish_minutes(meeting, by=worker, on=TODAY)
            assert MeetingAction.objects.get(pk=action.pk).task.owner == worker

    def test_is_said_on_the_page_with_who_called_and_typed(self, signed_in, support, worker, family):
        meeting = minuted(planned(family, worker), support)
        with in_the_name_of(support):
            services.say_typed(meeting, by=support, on=TODAY)
        page = signed_in(support).get(meeting.get_absolute_url()).content.decode()
        assert "Called by" in page
        assert "Minutes typed" in page
        assert "Finish the minutes" not in page
        assert "Finish the minutes" in signed_in(worker).get(meeting.get_absolute_url()).content.decode()


def test_what_came_of_an_action_is_of_the_record(signed_in, support, worker, family, api):
    meeting = minuted(planned(family, worker), worker)
    action = acted(meeting, worker, owner=str(worker))
    with in_the_name_of(worker):
        finish_task(action.task, words="She told me that she is afraid.", by=worker, on=TODAY)
    page, address = meeting.get_absolute_url(), f"/api/v1/meetings/{meeting.uid}/"
    for who, reads in ((worker, True), (support, False)):
        assert ("she is afraid" in signed_in(who).get(page).content.decode()) is reads
        assert ("she is afraid" in api(who).get(address).content.decode()) is reads


class TestAnInvitation:
    def test_is_no_letter_where_letters_are_not_safe_and_says_not_why(self, support, worker, family):
        meeting, mother = planned(family, worker, day=HELD + timedelta(9)), people(family)[0]
        membership = Membership.objects.get(family=family, person=mother)
        with in_the_name_of(worker):
            set_rule(membership, channel="letter", never=True, source="Herself", by=worker, on=TODAY)
        with in_the_name_of(support), pytest.raises(NotAllowed) as refused:
            papers.give_copy(meeting, invitee(meeting, str(mother)), what="invitation", by=support, on=TODAY)
        assert "Ask who works with the family" in str(refused.value.message)
        assert "never" not in refused.value.message
