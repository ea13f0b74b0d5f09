"""The pages of supervision, and where what is decided and agreed shows by itself."""

from uuid import uuid4

import pytest
from django.urls import reverse

from casework.supervision.models import AgreedAction, Decision, OwnPart
from casework.supervision.services import state_of
from slf.access.acting import acting_as
from slf.access.models import View
from tests.casework.supervision.factories import agreed, decided, held, signed, worked
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(signed_in):
    """Return ``at(user)``: their pages, asked as they themselves."""

    class At:
        def __init__(self, user):
            self.client = signed_in(user)

        def get(self, address, **more):
            with acting_as(None):
                return self.client.get(address, **more)

        def post(self, address, data=None, **more):
            with acting_as(None):
                return self.client.post(address, data or {}, **more)

        def text(self, address):
            return self.get(address).content.decode()

    return At


def address(part, family):
    return reverse("casework:decide", args=[part.uid, family.uid])


def answers(family, **more):
    said = {"decision": "step_down", "note": "School took over.", "revision": "0"} | more
    return {f"{family.uid.hex}-{name}": value for name, value in said.items()}


ACTION = {"what": "Ring the school nurse", "due_on_day": "22", "due_on_month": "10", "due_on_year": "2014"}


class TestThePageOfASupervision:
    def test_has_each_family_with_why(self, at, part, family, senior):
        text = at(senior).text(part.supervision.get_absolute_url())
        assert "The Jacksons" in text
        assert "never seen" in text
        assert "0 of 1 looked at" in text
        assert View.objects.filter(user=senior, what="Supervision", family_ids=[family.pk]).exists()

    def test_is_read_by_the_worker_without_a_form(self, at, part, worker):
        text = at(worker).text(part.supervision.get_absolute_url())
        assert "The Jacksons" in text
        assert "What is decided?" not in text

    def test_of_a_group_has_a_part_for_each(self, at, family, worker, other, senior):
        from casework.supervision.services import begin_supervision
        from tests.casework.supervision.factories import TODAY

        worked(other, name="The Marshes")
        with in_the_name_of(senior):
            row = begin_supervision([worker, other], kind="group", held_on=TODAY, by=senior, on=TODAY)
        theirs = at(other).text(row.get_absolute_url())
        assert "The Marshes" in theirs
        assert "The Jacksons" not in theirs

    def test_is_begun_from_a_form(self, at, family, worker, senior):
        begin = reverse("casework:begin_supervision")
        day = {"held_on_day": "15", "held_on_month": "10", "held_on_year": "2014"}
        wrong = at(senior).post(begin, {"workers": [str(worker.uid)], "kind": "line", **day, "held_on_year": "2020"})
        assert wrong.status_code == 400
        done = at(senior).post(begin, {"workers": [str(worker.uid)], "kind": "line", **day})
        assert done.status_code == 302
        assert "The Jacksons" in at(senior).text(done.url)


class TestDecidingOnAFamily:
    def test_without_javascript_leads_back_to_it(self, at, part, family, senior):
        done = at(senior).post(address(part, family), answers(family, **ACTION))
        assert (done.status_code, done.url.rpartition("#")[2]) == (302, f"family-{family.uid}")
        assert Decision.objects.get().actions.get().what == "Ring the school nurse"

    def test_within_the_page_gives_the_family_and_the_count(self, at, part, family, senior):
        done = at(senior).post(address(part, family), answers(family), headers={"HX-Request": "true"})
        text = done.content.decode()
        assert done.status_code == 200
        assert "Step down: less help" in text
        assert "1 of 1 looked at" in text

    @pytest.mark.parametrize(("htmx", "status"), [({}, 400), ({"HX-Request": "true"}, 422)])
    def test_keeps_what_was_typed_when_it_is_refused(self, at, part, family, senior, htmx, status):
        done = at(senior).post(address(part, family), answers(family, what="Ring", decision=""), headers=htmx)
        text = done.content.decode()
        assert done.status_code == status
        assert "School took over." in text
        assert 'value="Ring"' in text

    def test_tells_the_second_of_two_and_shows_what_stands_there(self, at, part, family, senior):
        decided(part, family, senior, note="Said before.")
        done = at(senior).post(address(part, family), answers(family))
        text = done.content.decode()
        assert "Somebody changed this" in text
        assert "School took over." in text
        assert at(senior).post(address(part, family), answers(family, revision="1")).status_code == 302

    def test_shows_on_the_record_and_on_my_day_until_it_is_done(self, at, part, family, senior, worker):
        decided(part, family, senior, decision="step_down", note="School took over.", action=agreed())
        overview = at(worker).text(family.get_absolute_url())
        assert "Decided in supervision: Step down: less help" in overview
        assert "School took over." in at(worker).text(reverse("casework:family_supervision", args=[family.uid]))
        assert "Ring the school nurse" in at(worker).text("/")
        action = AgreedAction.objects.get()
        at(worker).post(reverse("casework:agreed_action", args=[action.uid]), {"came_of_it": "She rings on Monday."})
        assert "Ring the school nurse" not in at(worker).text("/")
        assert "She rings on Monday." in at(worker).text(reverse("casework:chronology", args=[family.uid]))


class TestOwnWords:
    def test_are_kept_from_everybody_else(self, at, part, family, senior, worker, manager, other, head):
        own = reverse("casework:own_part", args=[part.uid])
        assert at(worker).post(own, {"wellbeing": "Tired of it all.", "revision": "0"}).status_code == 302
        for somebody, status in {senior: 200, manager: 200, other: 404, head: 404}.items():
            answer = at(somebody).get(own)
            assert answer.status_code == status
            assert (b"Tired of it all." in answer.content) is (status == 200)
        assert "Tired of it all." not in at(worker).text(family.get_absolute_url())

    def test_of_two_who_write_at_a_time_lose_nothing(self, at, part, senior, worker):
        own = reverse("casework:own_part", args=[part.uid])
        at(worker).post(own, {"wellbeing": "Tired of it all.", "revision": "0"})
        second = at(senior).post(own, {"wellbeing": "Seems tired.", "revision": "0"})
        assert second.status_code == 409
        assert b"Tired of it all." in second.content
        assert b"Seems tired." in second.content
        assert OwnPart.objects.get().wellbeing == "Tired of it all."

    def test_that_were_not_sent_before_both_signed_are_there_to_be_copied(self, at, part, family, senior, worker):
        own = reverse("casework:own_part", args=[part.uid])
        began = {"of": {"kind": "own_part", "page": own}, "base": 0, "writer": str(uuid4()), "seq": 1}
        typed = began | {"content": {"wellbeing": ["Tired of it all."]}}
        theirs, note = at(worker), uuid4()
        with acting_as(None):
            kept = theirs.client.put(reverse("drafts:draft", args=[note]), typed, content_type="application/json")
        assert kept.status_code == 200
        decided(part, family, senior)
        signed(part, senior, worker)
        for answer in (theirs.get(own), theirs.post(own, {"wellbeing": "Tired of it all.", "revision": "0"})):
            text = answer.content.decode()
            assert "cannot be sent any more" in text
            assert "Tired of it all." in text
        assert "Tired of it all." not in at(senior).text(own)
        theirs.post(reverse("drafts:throw_away", args=[note]))
        assert "cannot be sent any more" not in theirs.text(own)


class TestSigning:
    def test_waits_on_my_day_and_settles_it(self, at, part, family, senior, worker):
        decided(part, family, senior)
        signed(part, senior)
        assert "Supervision to sign" in at(worker).text("/")
        sign, where = reverse("casework:sign_supervision", args=[part.uid]), part.supervision.get_absolute_url()
        theirs = at(worker)
        theirs.post(sign, {"state": "what was read before"})
        assert "Somebody changed this" in theirs.text(where)
        with in_the_name_of(worker):
            state = state_of(part)
        at(worker).post(sign, {"state": state})
        assert "Both have signed. It is not changed any more." in at(worker).text(where)
        assert "Supervision to sign" not in at(worker).text("/")

    def test_names_who_is_due_on_my_day(self, at, worker, senior, manager):
        held(senior, manager)
        text = at(senior).text("/")
        assert "Supervision due" in text
        assert f"worker={worker.uid}" in text
        assert "Somebody else supervises them" in at(manager).text("/")
