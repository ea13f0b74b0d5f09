"""The pages of the team around a family: a meeting from its plan to its frozen minutes, and what is given of it."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from casework.meetings.models import Meeting, MeetingCopy
from casework.meetings.rules import Said
from casework.requests.models import ServiceRequest
from slf.access.rules import Role
from slf.drafts.models import Draft
from slf.drafts.rules import Written
from slf.drafts.services import save_draft
from tests.casework.around.access_rows import ASK, JOIN, day
from tests.casework.around.factories import acted, again, asked, finished, invitee, joined, minuted, people, planned
from tests.casework.closing.factories import closed, worked
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def at(name, *of):
    return reverse(f"casework:{name}", args=[getattr(one, "uid", one) for one in of])


def opened(client, meeting) -> str:
    """Open the minutes to write on; return the address of the draft."""
    return client.post(at("write_minutes", meeting)).headers["Location"]


def form_of(client, address) -> dict:
    page = client.get(address)
    form = page.context["form"]
    names = [name for name in form.fields if name not in form.hidden]
    said = {name: form[name].value() or "" for name in names if form[name].value()}
    return said | form.hidden | {"draft-base": page.context["draft"].revision}


def test_a_meeting_from_plan_to_minutes(signed_in, worker, family):
    mine, mother = signed_in(worker), people(family)[0]
    assert mine.post(at("join_team", family, "professional"), JOIN | day("from_on")).status_code == 302
    assert "Sue Orme" in text(mine.get(at("around", family)))
    plan = day("day") | {"starts_at": "10:00", "place": "School", "purpose": "How school goes."}
    assert "Tick who is invited" in text(mine.post(at("plan_meeting", family), plan))
    mine.post(at("plan_meeting", family), plan | {"people": [str(mother.uid)]})
    meeting = Meeting.objects.get()
    address = opened(mine, meeting)
    whom = invitee(meeting, str(mother))
    said = form_of(mine, address) | {f"came-{whom.uid}": "came", "new-1": "A lift.", "kind-new-1": "decision"}
    assert mine.post(address, said).status_code == 302
    assert "A lift." in text(mine.get(at("meeting", meeting)))
    mine.post(at("finish_minutes", meeting))
    assert "Add to the minutes" in text(mine.get(at("meeting", meeting)))
    mine.post(at("give_copy", meeting), {"invitee": str(whom.uid), "what": "minutes"})
    paper = mine.get(at("meeting_copy", MeetingCopy.objects.get()))
    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
    assert "Meeting of the team around the family" in text(mine.get(at("chronology", family)))


def test_what_two_people_changed_is_asked_answer_by_answer(signed_in, worker, senior, family):
    meeting = minuted(planned(family, worker), worker, Said("paragraph", "School goes better."))
    mine, theirs = signed_in(worker), signed_in(senior)
    field = f"point-{meeting.written[0].uid}"
    first, second = opened(mine, meeting), opened(theirs, meeting)
    one = form_of(mine, first) | {field: "School goes well."}
    two = form_of(theirs, second) | {field: "School goes badly.", "new-1": "The bus was late."}
    assert mine.post(first, one).status_code == 302
    asks = theirs.post(second, two)
    assert (asks.status_code, "School goes well." in text(asks)) == (409, True)
    chosen = two | {f"keep-{field}": "theirs", "revision": again(meeting).revision, "was": asks.context["was"]}
    assert theirs.post(second, chosen | {"draft-base": asks.context["draft"].revision}).status_code == 302
    assert [point.words for point in again(meeting).written] == ["School goes well.", "The bus was late."]


def test_a_draft_of_minutes_is_its_writers_own_and_kept_when_out_of_reach(signed_in, worker, senior, post, family):
    meeting, mine = planned(family, worker), signed_in(worker)
    address = opened(mine, meeting)
    assert signed_in(senior).get(address).status_code == 404
    with in_the_name_of(worker):
        uid = Draft.objects.of(worker).get().uid
        save_draft(uid, by=worker, written=Written(0, uuid4(), 1, {"new-1": ["Mum told us."]}))
    assert "Mum told us." in text(mine.get(address))
    closed(family, senior)
    page = text(mine.get(address))
    assert "cannot be saved any more" in page
    assert "Mum told us." in page


def test_an_action_is_set_and_settled_and_stands_on_my_day(signed_in, worker, family):
    meeting, mine = finished(planned(family, worker), worker), signed_in(worker)
    said = {"what": "Ring the school.", "owner": str(invitee(meeting, str(worker)).uid)} | day("due_on")
    assert mine.post(at("meeting_action", meeting), said).status_code == 302
    assert "Ring the school." in text(mine.get(reverse("home")))
    action = again(meeting).actions.first()
    mine.post(at("settle_meeting_action", action), {"state": "done", "came_of_it": "They ring back."})
    assert "Ring the school." not in text(mine.get(reverse("home")))


def test_what_is_not_to_be_had_is_counted_and_opens_its_list(signed_in, worker, senior, family):
    mine, theirs = signed_in(worker), signed_in(senior)
    assert mine.post(at("ask_service", family), ASK | day("asked_on")).status_code == 302
    made = ServiceRequest.objects.get()
    said = day("closed_on") | {"how": "unavailable", "reason": "none_here"}
    assert mine.post(at("request_not_met", made), said).status_code == 302
    assert "There is no such service here" in text(mine.get(at("requests", family)))
    assert "There is no such service here: 1" in text(theirs.get(reverse("casework:request_figures")))
    assert "1 request as at" in text(theirs.get(reverse("casework:request_list"), {"group": "unmet"}))
    assert "There is no such service here: 1" in theirs.get(reverse("casework:request_file")).content.decode()


def test_closing_a_case_names_what_of_the_team_is_open(signed_in, worker, senior, family):
    acted(planned(family, worker), worker)
    asked(family, worker)
    page = text(signed_in(senior).get(at("close_case", family)))
    for said in ("nobody has said what became of it", "has no finished minutes", "1 action of meetings is still to do"):
        assert said in page


class TestTheApi:
    def test_writes_minutes_together_and_says_who_was_first(self, api, worker, family):
        meeting, mine = minuted(planned(family, worker), worker), api(worker)
        read = mine.get(reverse("api-meeting", args=[meeting.uid])).data
        point = {"uid": read["points"][0]["uid"], "kind": "paragraph", "words": "School goes well."}
        address, body = reverse("api-write-minutes", args=[meeting.uid]), {"points": [point]}
        at_first = body | {"revision": read["revision"]}
        assert mine.post(address, at_first, format="json").data["points"][0]["words"] == "School goes well."
        again_at_first = at_first | {"points": [point | {"words": "Badly."}]}
        assert mine.post(address, again_at_first, format="json").status_code == 409

    def test_invites_nobody_of_another_family(self, api, worker, family):
        others = joined(worked(worker, name="The Others"), worker)
        said = {"day": "2014-10-20", "starts_at": "10:00", "place": "School", "purpose": "X"}
        address = reverse("api-meetings", args=[family.uid])
        answers = [
            api(worker).post(address, said | {"members": [uid]}, format="json")
            for uid in (str(others.uid), "00000000-0000-4000-8000-000000000000")
        ]
        assert [answer.status_code for answer in answers] == [400, 400]
        assert answers[0].data == answers[1].data

    def test_business_support_reads_the_minutes_of_its_own_locality_alone(
        self, api, post, charnwood, melton, worker, family
    ):
        address = reverse("api-meeting", args=[planned(family, worker).uid])
        answers = [api(post(Role.BUSINESS, place)).get(address).status_code for place in (charnwood, melton)]
        assert answers == [200, 404]
