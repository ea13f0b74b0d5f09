"""Writing an assessment, finishing it, signing it off, and reviewing it."""

import pytest

from casework.assessments.models import Assessment, AssessmentAnswer
from casework.assessments.page import standing_of
from casework.assessments.page import whole as with_before
from casework.assessments.rules import Answer, State
from casework.assessments.services import (
    WrongAnswers,
    finish_assessment,
    members_of,
    pages_of,
    send_back,
    sign_off,
    throw_away_assessment,
)
from casework.closing.services import close_case
from casework.visits.rules import Grade
from families.needs.models import Need, Statement
from slf.access.rules import Role
from slf.web.errors import Conflict, Incomplete, NotAllowed, NotForYou
from tests.casework.assessments.factories import (
    EARLIER,
    GOOD,
    SINCE,
    TODAY,
    complete,
    finished,
    said,
    signed,
    started,
    weeks,
    whole,
)
from tests.casework.closing.factories import told
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
DATES = {"on": TODAY}


def values(assessment):
    rows = AssessmentAnswer.objects.filter(assessment=assessment).exclude(value="")
    return {row.question.code: row.value for row in rows.select_related("question")}


class TestStarting:
    def test_twice_is_one(self, family, worker):
        assert started(family, worker) == started(family, worker)

    def test_asks_of_each_member(self, family, worker):
        found = whole(started(family, worker))
        with in_the_name_of(worker):
            pages = pages_of(found, members_of(found, by=worker, on=TODAY))
        assert [page.section.code for page in pages].count("member") == 5

    def test_is_refused_once_the_case_is_closed(self, family, worker, senior):
        with in_the_name_of(senior):
            close_case(family, told(), by=senior, on=TODAY)
        with pytest.raises(NotAllowed, match="case of this family is closed"):
            started(family, worker)

    def test_a_review_begins_as_what_was_signed_off(self, family, worker, senior, mum, dad):
        first = started(family, worker, on=EARLIER)
        said(
            first,
            "together",
            worker,
            together=Answer("We shout.", Grade.REPORTED, str(mum.uid), "", frozenset({str(dad.uid)})),
        )
        old = signed(family, worker, senior, on=EARLIER)
        new = whole(started(family, worker))
        assert (new.reviews, new.number, new.kind_name) == (old, 2, "Review")
        assert new.said() == whole(old).said()


class TestWriting:
    def test_keeps_what_is_said_and_whose_it_is(self, family, worker, mum, dad):
        it = started(family, worker)
        answer = Answer("It is damp.", Grade.FACT, str(mum.uid), "", frozenset({str(dad.uid)}))
        said(it, "home", worker, settled="no", home_wrong=answer)
        assert whole(it).said()[""]["home_wrong"] == answer

    def test_refuses_what_is_not_on_the_list_and_who_is_not_of_the_family(self, family, worker):
        it = started(family, worker)
        with pytest.raises(WrongAnswers, match="Choose from the list"):
            said(it, "home", worker, settled="perhaps")
        with pytest.raises(WrongAnswers, match="not asked here"):
            said(it, "home", worker, proud="Of us")
        stranger = "00000000-0000-4000-8000-000000000000"
        with pytest.raises(NotAllowed, match="of the family"):
            said(it, "home", worker, home_wrong=Answer("Damp", told_by=stranger))

    def test_of_what_somebody_else_wrote_meanwhile_nothing_is_overwritten(self, family, worker, everything):
        it = started(family, worker)
        before = whole(it).revision
        said(it, "strengths", everything, good="They sing.")
        lost = said(it, "strengths", worker, revision=before, good="They cook.", proud="The garden.")
        assert lost.differing == ("good",)
        assert values(it) == {"good": "They sing."}

    def test_what_only_one_of_two_changed_is_kept_of_both(self, family, worker, everything):
        it = started(family, worker)
        before = whole(it).revision
        said(it, "strengths", everything, good="They sing.")
        saved = said(it, "strengths", worker, revision=before, touched={"proud"}, good="", proud="The garden.")
        assert saved.differing == ()
        assert values(it) == {"good": "They sing.", "proud": "The garden."}

    def test_what_somebody_took_away_meanwhile_is_asked_about_too(self, family, worker, everything):
        it = started(family, worker)
        said(it, "strengths", worker, good="They sing.")
        before = whole(it).revision
        said(it, "strengths", everything, good="")
        assert said(it, "strengths", worker, revision=before, good="They sing well.").differing == ("good",)


class TestFinishing:
    def test_says_what_is_missing(self, family, worker):
        it = started(family, worker)
        with in_the_name_of(worker), pytest.raises(Incomplete) as told:
            finish_assessment(it, by=worker, **DATES)
        assert "What goes well: What goes well in your family?" in [what for what, _ in told.value.missing]
        assert len(told.value.missing) == 7

    def test_makes_it_wait_and_nobody_writes_on(self, family, worker):
        it = finished(family, worker)
        assert it.state == State.FINISHED
        with pytest.raises(NotAllowed, match="waits to be signed off"):
            said(it, "home", worker, settled="no")

    def test_twice_is_once(self, family, worker):
        it = finished(family, worker)
        with in_the_name_of(worker):
            assert finish_assessment(it, by=worker, **DATES) == it


class TestSigningOff:
    def test_finds_the_needs_it_names_and_confirms_those_that_are_known(self, family, worker, senior, child):
        known = Need.objects.create(family=family, kind="housing", started_on=SINCE, source="Referral")
        it = started(family, worker)
        said(it, "issues", worker, needs="housing poverty", needs_words="The flat is too small.")
        said(it, "member", worker, person=child, own_needs="education")
        signed(family, worker, senior)
        found = Need.objects.exclude(pk=known.pk).order_by("kind")
        assert [(need.kind, need.person, need.source) for need in found] == [
            ("education", child, "Assessment 1, 15 October 2014"),
            ("poverty", None, "Assessment 1, 15 October 2014"),
        ]
        assert Statement.objects.get(need=known).words == "The flat is too small."

    def test_is_for_somebody_else_than_who_finished_it(self, family, senior):
        it = finished(family, senior)
        with in_the_name_of(senior), pytest.raises(NotForYou, match="finished this yourself"):
            sign_off(it, by=senior, **DATES)

    def test_is_not_for_a_worker(self, family, worker):
        it = finished(family, worker)
        with in_the_name_of(worker), pytest.raises(NotForYou, match="seniors and managers"):
            sign_off(it, by=worker, **DATES)

    def test_twice_is_once_and_after_another_is_told(self, family, worker, senior, post, charnwood):
        it = signed(family, worker, senior)
        with in_the_name_of(senior):
            assert sign_off(it, by=senior, **DATES).state == State.SIGNED
        manager = post(Role.MANAGER, charnwood)
        with in_the_name_of(manager), pytest.raises(Conflict, match="signed off and does not change"):
            send_back(it, because="Ask again.", by=manager, **DATES)

    def test_or_sent_back_it_is_written_on_and_finished_again(self, family, worker, senior):
        it = finished(family, worker)
        with in_the_name_of(senior):
            send_back(it, because="Talk with the children alone.", by=senior, **DATES)
            send_back(it, because="Talk with the children alone.", by=senior, **DATES)
        said(it, "view", worker, alone="yes")
        with in_the_name_of(worker):
            finish_assessment(whole(it), by=worker, **DATES)
        with in_the_name_of(senior):
            assert sign_off(whole(it), by=senior, **DATES).state == State.SIGNED


class TestThrowingAway:
    def test_leaves_it_to_be_read_and_room_for_another(self, family, worker):
        it = complete(started(family, worker), worker)
        with in_the_name_of(worker):
            throw_away_assessment(it, by=worker, **DATES)
        assert whole(it).said()[""]["good"].value == GOOD
        assert started(family, worker).number == 2


class TestWhenTheNextIsDue:
    def test_counts_from_the_case_and_then_from_the_last(self, family, worker, senior):
        assert standing_of(family, by=worker, on=TODAY).due_on == SINCE + weeks(6)
        assert standing_of(family, by=worker, on=TODAY).is_late
        signed(family, worker, senior)
        assert standing_of(family, by=worker, on=TODAY).due_on == TODAY + weeks(12)

    def test_reads_the_one_before_beside_it(self, family, worker, senior):
        old = signed(family, worker, senior, on=EARLIER)
        new = whole(started(family, worker))
        with in_the_name_of(worker):
            assert with_before(new, by=worker, on=TODAY)[1] == old
        assert Assessment.objects.count() == 2
