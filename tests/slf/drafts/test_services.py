from uuid import uuid4

import pytest

from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.drafts.models import Draft
from slf.drafts.rules import LONGEST, Verdict, Written, cleaned
from slf.drafts.services import TooLong, choose_family, save_draft, send_draft, start_draft, throw_away
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db
PHONE, LAPTOP = uuid4(), uuid4()


def state(note, *, base=0, writer=PHONE, seq=1):
    return Written(base, writer, seq, cleaned({"note": note}))


@pytest.fixture
def worker(post, charnwood):
    return post(Role.FSW, charnwood)


@pytest.fixture
def draft(worker):
    with acting_as(worker):
        yield start_draft("visit", by=worker, family=FamilyFactory())


class TestStartingANote:
    def test_opens_the_one_already_begun_about_this_family(self, worker):
        family = FamilyFactory()
        with acting_as(worker):
            first = start_draft("visit", by=worker, family=family)
            assert start_draft("visit", by=worker, family=family) == first

    def test_begins_a_new_one_when_the_last_was_sent(self, worker):
        family = FamilyFactory()
        with acting_as(worker):
            first = start_draft("visit", by=worker, family=family)
            send_draft(first.uid, by=worker, written=state("done"))
            assert start_draft("visit", by=worker, family=family) != first


class TestSavingANote:
    def test_counts_the_revision_on_the_server(self, worker, draft):
        one = save_draft(draft.uid, by=worker, written=state("a")).draft
        two = save_draft(draft.uid, by=worker, written=state("ab", base=1, seq=2)).draft
        assert (one.revision, two.revision, two.content) == (1, 2, {"note": ["ab"]})

    def test_keeps_a_contradicting_state_beside_it(self, worker, draft):
        save_draft(draft.uid, by=worker, written=state("on the phone"))
        saved = save_draft(draft.uid, by=worker, written=state("on the laptop", writer=LAPTOP))
        assert saved.verdict is Verdict.CONFLICT
        assert {d.content["note"][0] for d in Draft.objects.unsent()} == {"on the phone", "on the laptop"}
        assert saved.draft.conflict_of == draft

    def test_keeps_one_copy_for_a_page_that_goes_on_writing(self, worker, draft):
        save_draft(draft.uid, by=worker, written=state("on the phone"))
        for seq, note in enumerate(["l", "la", "lap"], start=1):
            save_draft(draft.uid, by=worker, written=state(note, writer=LAPTOP, seq=seq))
        assert sorted(d.content["note"][0] for d in Draft.objects.unsent()) == ["lap", "on the phone"]

    def test_takes_the_identifier_a_device_made(self, worker):
        uid = uuid4()
        with acting_as(worker):
            assert save_draft(uid, by=worker, written=state("begun on the train")).draft.uid == uid

    def test_refuses_more_than_fits_with_a_sentence(self, worker, draft):
        with pytest.raises(TooLong, match="500,000 characters"):
            save_draft(draft.uid, by=worker, written=state("x" * (LONGEST + 1)))

    @pytest.mark.parametrize("order", ["phone first", "laptop first"])
    def test_never_drops_what_either_page_wrote_last(self, worker, draft, order):
        states = [state("phone", seq=3), state("laptop", writer=LAPTOP, seq=9)]
        for one in states if order == "phone first" else reversed(states):
            save_draft(draft.uid, by=worker, written=one)
        assert {d.content["note"][0] for d in Draft.objects.unsent()} == {"phone", "laptop"}


class TestANoteThatWasSent:
    def test_is_closed_with_the_words_it_was_sent_in(self, worker, draft):
        send_draft(draft.uid, by=worker, written=state("final", seq=5))
        draft.refresh_from_db()
        assert draft.sent_at
        assert draft.content == {"note": ["final"]}

    def test_takes_a_late_copy_of_the_same_words_without_a_trace(self, worker, draft):
        send_draft(draft.uid, by=worker, written=state("final", seq=5))
        assert save_draft(draft.uid, by=worker, written=state("final", seq=4)).verdict is Verdict.SAME
        assert not Draft.objects.unsent().exists()

    def test_keeps_other_words_as_a_new_note(self, worker, draft):
        send_draft(draft.uid, by=worker, written=state("final", seq=5))
        save_draft(draft.uid, by=worker, written=state("final and more", seq=6))
        assert Draft.objects.unsent().get().content == {"note": ["final and more"]}


class TestANoteSentFromAPageThatIsBehind:
    @pytest.fixture
    def behind(self, worker, draft):
        save_draft(draft.uid, by=worker, written=state("newer, on the phone"))
        return send_draft(draft.uid, by=worker, written=state("older, on the laptop", writer=LAPTOP))

    def test_is_not_sent(self, draft, behind):
        draft.refresh_from_db()
        assert (behind.verdict, draft.sent_at) == (Verdict.CONFLICT, None)

    def test_is_kept_beside_the_newer_one(self, draft, behind):
        assert behind.draft.conflict_of == draft
        kept = {d.content["note"][0] for d in Draft.objects.unsent()}
        assert kept == {"newer, on the phone", "older, on the laptop"}

    def test_is_kept_once_however_often_the_button_is_pressed(self, worker, draft, behind):
        again = send_draft(draft.uid, by=worker, written=state("older, on the laptop", writer=LAPTOP))
        assert again.draft == behind.draft

    def test_in_the_same_words_is_no_contradiction(self, worker, draft):
        save_draft(draft.uid, by=worker, written=state("the same"))
        assert send_draft(draft.uid, by=worker, written=state("the same", writer=LAPTOP)).draft.sent_at

    def test_by_both_devices_is_one_note_sent_and_one_kept(self, worker, draft):
        send_draft(draft.uid, by=worker, written=state("phone"))
        send_draft(draft.uid, by=worker, written=state("laptop", base=1, writer=LAPTOP))
        assert Draft.objects.exclude(sent_at=None).get().content == {"note": ["phone"]}
        assert Draft.objects.unsent().get().content == {"note": ["laptop"]}


class TestANoteBegunWithoutAConnection:
    def test_is_tied_to_a_family_afterwards(self, worker):
        with acting_as(worker):
            note = save_draft(uuid4(), by=worker, written=state("which family?")).draft
            family = FamilyFactory()
            assert choose_family(note, family=family, by=worker).family == family

    def test_stands_beside_one_already_begun_about_that_family(self, worker, draft):
        note = save_draft(uuid4(), by=worker, written=state("on the train")).draft
        assert choose_family(note, family=draft.family, by=worker).conflict_of == draft


class TestSomebodyElse:
    def test_does_not_see_the_note_in_the_database_either(self, worker, draft, post, charnwood):
        save_draft(draft.uid, by=worker, written=state("mine alone"))
        colleague = post(Role.SENIOR, charnwood)
        with acting_as(colleague):
            assert not Draft.objects.exists()

    def test_may_hold_a_note_with_the_same_identifier(self, worker, draft, post, charnwood):
        colleague = post(Role.SENIOR, charnwood)
        save_draft(draft.uid, by=worker, written=state("mine"))
        with acting_as(colleague):
            theirs = save_draft(draft.uid, by=colleague, written=state("theirs")).draft
        assert theirs.pk != draft.pk

    def test_cannot_throw_it_away(self, draft, post, charnwood):
        colleague = post(Role.SENIOR, charnwood)
        with acting_as(colleague):
            throw_away(draft, by=colleague)
        with acting_as(draft.owner):
            assert Draft.objects.unsent().filter(pk=draft.pk).exists()
