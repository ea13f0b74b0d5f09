import re
from uuid import uuid4

import pytest
from django.urls import reverse

from casework.visits.models import Visit
from slf.access.acting import acting_as
from slf.access.models import Share, View
from slf.access.rules import Role
from slf.access.services import release_family, restrict_family
from slf.drafts.models import Draft
from slf.drafts.rules import Written, cleaned
from slf.drafts.services import save_draft, start_draft
from tests.casework.visits.factories import VisitFactory, answers, give
from tests.factories import FamilyFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    return FamilyFactory(household=True, name="The Jacksons")


@pytest.fixture
def worker(post, charnwood, family):
    worker = post(Role.FSW, charnwood)
    give(family, worker)
    return worker


@pytest.fixture
def client(worker, signed_in):
    return signed_in(worker)


@pytest.fixture
def draft(worker, family):
    with acting_as(worker):
        return start_draft("visit", by=worker, family=family)


def typed(draft, **answers):
    """Type into a draft as its owner does."""
    with acting_as(draft.owner):
        save_draft(draft.uid, by=draft.owner, written=Written(0, uuid4(), 1, cleaned(answers)))


def page_of(draft):
    return reverse("casework:visit_draft", args=[draft.uid])


class TestStartingAVisit:
    def test_makes_a_draft_by_post_and_opens_it(self, client, family, worker):
        answer = client.post(reverse("casework:record_visit", args=[family.uid]))
        with acting_as(worker):
            assert answer["Location"] == page_of(Draft.objects.get())

    def test_a_second_time_opens_the_same_draft(self, client, family):
        places = {client.post(reverse("casework:record_visit", args=[family.uid]))["Location"] for _ in range(2)}
        assert len(places) == 1

    def test_by_a_link_writes_nothing(self, client, family, worker):
        assert client.get(reverse("casework:record_visit", args=[family.uid])).status_code == 200
        with acting_as(worker):
            assert not Draft.objects.exists()


class TestTheForm:
    def test_has_the_date_filled_in_and_nobody_ticked(self, client, draft):
        page = client.get(page_of(draft)).content.decode()
        assert 'value="2014-10-15"' in page
        assert "checked" not in page

    def test_asks_about_somebody_whose_birth_date_is_not_known(self, client, draft, family):
        person = MembershipFactory(family=family, part="child", person__born_on=None).person
        page = client.get(page_of(draft)).content.decode()
        assert f'<legend class="slf-who__name">{person}</legend>' in page

    def test_shows_what_was_typed_elsewhere(self, client, draft, family):
        typed(draft, **answers(family, note="Typed on the laptop"))
        page = client.get(page_of(draft)).content.decode()
        assert "Typed on the laptop" in page
        assert page.count(" checked") == 2  # the kind and the child

    def test_asks_five_things_and_no_more(self, client, draft):
        answer = client.post(page_of(draft), {})
        assert answer.status_code == 400
        assert set(answer.context["form"].errors) == {"kind", "happened_on", "note", "nobody"}

    def test_is_logged_as_a_look(self, client, draft, family):
        client.get(page_of(draft))
        assert View.objects.filter(family_id=family.pk, what="Record a visit").exists()


class TestSavingAVisit:
    def test_records_it_and_says_so(self, client, draft, family):
        answer = client.post(page_of(draft), answers(family, next_visit_on="2014-10-22"), follow=True)
        visit = Visit.objects.get()
        assert (visit.family, visit.draft_uid, visit.sightings.count()) == (family, draft.uid, 1)
        assert "Home visit saved. Next visit: 22 October 2014." in answer.content.decode()

    def test_twice_by_an_impatient_thumb_is_one_visit(self, client, draft, family):
        for _ in range(2):
            assert client.post(page_of(draft), answers(family)).status_code == 302
        assert Visit.objects.count() == 1

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({"happened_on": "2014-10-16"}, "has happened"),
            ({"happened_on": "1999-01-01"}, "not yet known"),
            ({"happened_on": "soon"}, "date"),
            ({"next_visit_on": "2014-10-15"}, "later day"),
            ({"note": ""}, "Enter what happened"),
            ({"kind": "seance"}, "Choose an answer from the list"),
            ({"nobody": "on"}, "keep one of the two"),
            ({"began_at": "25:00"}, "must be a time"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, client, draft, family, more, says, worker):
        answer = client.post(page_of(draft), answers(family, **more))
        page = answer.content.decode()
        assert answer.status_code == 400
        assert says in page
        assert "Error: " in page
        with acting_as(worker):
            kept = Draft.objects.get().content
        assert kept["kind"] == [more.get("kind", "home")]

    def test_of_a_child_not_seen_needs_a_reason(self, client, draft, family):
        child = family.memberships.filter(part="child").last().person
        sent = answers(family, **{f"seen-{child.uid}": "not_seen"})
        assert f"Say why {child} was not seen" in client.post(page_of(draft), sent).content.decode()
        said = sent | {f"why-{child.uid}": "at_school", "draft-base": "1"}
        assert client.post(page_of(draft), said).status_code == 302

    def test_on_which_nobody_was_seen_says_so(self, client, draft, family):
        sent = {"kind": "phone", "happened_on": "2014-10-15", "note": "No answer.", "nobody": "on"}
        assert client.post(page_of(draft), sent).status_code == 302

    def test_by_telephone_asks_nothing_about_who_was_seen(self, client, draft, family):
        sent = {"kind": "phone", "happened_on": "2014-10-15", "note": "She rang."}
        answer = client.post(page_of(draft), sent, follow=True)
        assert "Telephone call saved." in answer.content.decode()
        page = client.get(reverse("casework:visits", args=[family.uid])).content.decode()
        assert "Nobody of the household" not in page

    def test_by_telephone_sees_nobody(self, client, draft, family):
        answer = client.post(page_of(draft), answers(family, kind="phone"))
        assert answer.status_code == 400
        assert "Nobody is seen on a telephone call" in answer.content.decode()

    def test_can_wait(self, client, draft, family, worker):
        answer = client.post(page_of(draft), {"note": "half a sent", "action": "later"}, follow=True)
        assert "half a sent" in answer.content.decode()
        assert not Visit.objects.exists()

    def test_of_a_colleagues_family_leads_back_to_its_card(self, post, charnwood, signed_in, family):
        colleague = post(Role.FSW, charnwood)
        client = signed_in(colleague)
        place = client.post(reverse("casework:record_visit", args=[family.uid]))["Location"]
        answer = client.post(place, answers(family), follow=True)
        assert "Home visit saved" in answer.content.decode()
        assert "looked at the letter" not in answer.content.decode()


class TestANoteOpenOnTwoDevices:
    """The laptop opens the note, the phone writes on, the laptop saves what it has."""

    def opened(self, client, draft):
        page = client.get(page_of(draft)).content.decode()
        return dict(re.findall(r'name="(draft-(?:base|writer))" value="([^"]+)"', page))

    @pytest.fixture
    def laptop(self, client, draft):
        return self.opened(client, draft)

    def test_is_not_saved_over_what_the_other_wrote(self, client, draft, family, laptop):
        typed(draft, note="Newer, from the phone")
        answer = client.post(page_of(draft), answers(family, note="Older, from the laptop") | laptop)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Newer, from the phone" in page
        assert "Older, from the laptop" in page
        assert not Visit.objects.exists()

    @pytest.mark.parametrize("button", ["save", "later", "wrong"])
    def test_loses_neither_text(self, client, draft, family, laptop, worker, button):
        typed(draft, note="Newer, from the phone")
        more = {"later": {"action": "later"}, "wrong": {"kind": ""}}.get(button, {})
        client.post(page_of(draft), answers(family, note="Older, from the laptop", **more) | laptop)
        with acting_as(worker):
            kept = {d.content["note"][0] for d in Draft.objects.unsent()}
        assert kept == {"Newer, from the phone", "Older, from the laptop"}

    def test_after_a_mistake_goes_on_in_its_copy(self, client, draft, family, laptop, worker):
        typed(draft, note="Newer, from the phone")
        wrong = client.post(page_of(draft), answers(family, note="Older, from the laptop", kind="") | laptop)
        place = re.search(r'<form method="post" action="([^"]+)" novalidate', wrong.content.decode())[1]
        assert place != page_of(draft)
        again = answers(family, note="Older, put right") | {"draft-base": "1"}
        assert client.post(place, again).status_code == 302
        with acting_as(worker):
            assert Draft.objects.unsent().get().content == {"note": ["Newer, from the phone"]}

    def test_and_saved_on_both_is_one_visit_and_one_note(self, client, draft, family, laptop, worker):
        phone = self.opened(client, draft)
        assert client.post(page_of(draft), answers(family, note="From the phone") | phone).status_code == 302
        second = client.post(page_of(draft), answers(family, note="From the laptop") | laptop)
        assert (second.status_code, "Already saved as a visit" in second.content.decode()) == (409, True)
        assert Visit.objects.get().note == "From the phone"
        with acting_as(worker):
            assert Draft.objects.unsent().get().content["note"] == ["From the laptop"]

    def test_in_the_same_words_is_simply_saved(self, client, draft, family, laptop):
        typed(draft, **answers(family))
        assert client.post(page_of(draft), answers(family) | laptop).status_code == 302


class TestANoteOutOfReach:
    def test_is_shown_to_its_writer_without_the_family(self, client, draft, worker, family, everything):
        typed(draft, note="What I wrote")
        release_family(family, user=worker, kind=Share.Kind.WORKER, by=everything)
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        page = client.get(page_of(draft)).content.decode()
        assert "What I wrote" in page
        assert "The Jacksons" not in page

    def test_of_somebody_else_is_a_missing_one(self, draft, post, charnwood, signed_in):
        colleague = signed_in(post(Role.SENIOR, charnwood))
        theirs, missing = (colleague.get(reverse("casework:visit_draft", args=[u])) for u in (draft.uid, uuid4()))
        assert (theirs.status_code, theirs.content) == (404, missing.content)


class TestANoteWithoutAFamily:
    def test_asks_which_one_it_is_about(self, client, worker, family):
        with acting_as(worker):
            note = save_draft(uuid4(), by=worker, written=Written(0, uuid4(), 1, {"family_words": ["Jacksons"]})).draft
        assert "Jacksons" in client.get(page_of(note)).content.decode()
        assert client.post(page_of(note), {}).status_code == 400
        assert client.post(page_of(note), {"family": family.pk}, follow=True).context["family"] == family

    def test_refuses_a_family_elsewhere_like_a_missing_one(self, client, worker, melton):
        with acting_as(worker):
            note = save_draft(uuid4(), by=worker, written=Written(0, uuid4(), 1, {"note": ["x"]})).draft
        elsewhere = FamilyFactory(locality=melton)
        errors = [client.post(page_of(note), {"family": pk}).context["form"].errors for pk in (elsewhere.pk, 10**9)]
        assert errors[0] == errors[1]


class TestTheListOfVisits:
    def test_costs_the_same_however_many_there_are(self, client, family, django_assert_max_num_queries):
        VisitFactory.create_batch(40, family=family)
        with django_assert_max_num_queries(20):
            client.get(reverse("casework:visits", args=[family.uid]))

    def test_is_closed_to_a_colleague_who_sees_the_card(self, post, charnwood, signed_in, family):
        colleague = signed_in(post(Role.FSW, charnwood))
        assert colleague.get(reverse("casework:visits", args=[family.uid])).status_code == 404


class TestVisitsForPrograms:
    def sent(self, family, **more):
        child = family.memberships.filter(part="child").first().person
        said = [{"person": str(child.uid), "how": "seen"}]
        return {"kind": "home", "happened_on": "2014-10-15", "note": "By a program.", "sightings": said, **more}

    def test_are_recorded_by_the_same_rules(self, api, worker, family):
        address = reverse("api-visits", args=[family.uid])
        answer = api(worker).post(address, self.sent(family), format="json")
        assert (answer.status_code, answer.json()["sightings"][0]["how"]) == (201, "seen")
        assert api(worker).get(address).json()["count"] == 1

    def test_with_the_same_key_are_recorded_once(self, api, worker, family):
        address, key = reverse("api-visits", args=[family.uid]), {"Idempotency-Key": str(uuid4())}
        for _ in range(2):
            assert api(worker).post(address, self.sent(family), format="json", headers=key).status_code == 201
        assert Visit.objects.count() == 1

    @pytest.mark.parametrize(
        ("more", "status"),
        [
            ({"happened_on": "2020-01-01"}, 409),
            ({"kind": "seance"}, 400),
            ({"kind": "phone"}, 409),
            ({"note": ""}, 400),
            ({"sightings": [{"person": str(uuid4()), "how": "seen"}]}, 400),
            ({"sightings": [{"how": "seen"}]}, 400),
        ],
    )
    def test_are_refused_with_a_problem(self, api, worker, family, more, status):
        answer = api(worker).post(reverse("api-visits", args=[family.uid]), self.sent(family, **more), format="json")
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
        assert not Visit.objects.exists()

    def test_name_a_child_elsewhere_like_a_missing_one(self, api, worker, family, melton):
        child = FamilyFactory(household=True, locality=melton).memberships.filter(part="child").first().person
        answers_ = [
            api(worker).post(
                reverse("api-visits", args=[family.uid]),
                self.sent(family, sightings=[{"person": str(uid), "how": "seen"}]),
                format="json",
            )
            for uid in (child.uid, uuid4())
        ]
        assert answers_[0].content == answers_[1].content
