"""A copy of the chronology for one person: asked for, read with what is left out, released by somebody else, given."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from casework.chronology.sources import chronology
from casework.copies.models import ChronologyCopy
from casework.copies.rules import CHANGED, State, WrongCopy
from casework.copies.services import release_copy, send_copy_back
from families.shown.gathering import shown_of
from performance.home import own_pages
from slf.access.rules import Role
from slf.access.services import move_family, shared_scope
from slf.web.errors import Conflict, NotAllowed, NotForYou
from tests.casework.closing.factories import TODAY
from tests.casework.copies.factories import WHY, answers, asked, given, read, released
from tests.casework.provenance.factories import WORDS, marked
from tests.casework.safeguarding.factories import acting
from tests.slf.paper.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def copy(family, worker, people, entries):
    """A copy for the father, who must not learn of a visit."""
    marked("visit", entries["visit"], worker, kept_from=frozenset({people[1].pk}))
    return asked(family, people[1], worker)


class TestReadingIt:
    def test_shows_what_would_be_in_it_and_what_is_left_out(self, copy, senior):
        reading = read(copy, senior)
        told = str(reading.content)
        assert WORDS["visit"] not in told
        assert WORDS["need"] in told
        assert [entry.text for entry in reading.left_out] == [WORDS["visit"]]

    def test_is_done_by_somebody_else_than_asked(self, family, senior, people, entries):
        own = asked(family, people[0], senior)
        with pytest.raises(NotForYou):
            released(own, senior)

    def test_releases_what_was_read_and_nothing_that_came_since(self, copy, senior, worker, people, entries):
        seen = read(copy, senior).tag
        marked("need", entries["need"], worker, kept_from=frozenset({people[1].pk}))
        with acting(senior), pytest.raises(Conflict, match=CHANGED):
            release_copy(copy, seen=seen, by=senior, on=TODAY)
        assert WORDS["need"] not in str(released(copy, senior).content)

    def test_keeps_its_words_as_they_were_read(self, copy, senior, worker, family):
        done = given(released(copy, senior), worker)
        assert (done.state, done.left_out, done.decided_by, done.given_by) == (State.GIVEN, 1, senior, worker)
        with acting(senior), pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            ChronologyCopy.objects.filter(pk=copy.pk).update(content={"days": []})

    def test_is_given_by_one_person(self, copy, senior, worker):
        done = given(released(copy, senior), worker)
        assert given(done, worker).given_by == worker
        with pytest.raises(Conflict, match=f"{worker} was first"):
            given(done, senior)

    def test_may_send_it_back_with_the_reason(self, copy, senior, worker, people, family):
        with acting(senior):
            with pytest.raises(WrongCopy):
                send_copy_back(copy, answer=" ", by=senior, on=TODAY)
            send_copy_back(copy, answer="Ask her first.", by=senior, on=TODAY)
        assert asked(family, people[1], worker) != copy


class TestGivingIt:
    def test_waits_where_something_in_it_was_marked_since(self, copy, senior, worker, people, entries, signed_in):
        ready = released(copy, senior)
        marked("need", entries["need"], worker, kept_from=frozenset({people[1].pk}))
        with pytest.raises(NotAllowed, match="marked since"):
            given(ready, worker)
        answer = signed_in(worker).get(f"{ready.get_absolute_url()}document/")
        assert answer["Content-Type"] != "application/pdf"
        with acting(senior):
            assert send_copy_back(ready, answer="It says too much now.", by=senior, on=TODAY).state == "sent_back"

    def test_stands_in_the_chronology_and_in_the_report_of_what_was_shown(self, copy, senior, worker, family, people):
        given(released(copy, senior), worker)
        with acting(worker):
            told = [entry for entry in chronology(family, user=worker) if "Copy of the chronology" in entry.title]
            (shown,) = [
                one for one in shown_of([family.pk], user=worker)[family.pk] if "Copy of the chronology" in one.detail
            ]
        assert [entry.title for entry in told] == [f"Copy of the chronology for {people[1]}: given"]
        assert (shown.to, shown.on) == (str(people[1]), TODAY)


class TestAsking:
    @pytest.mark.parametrize("unsafe", [{"asked_alone": False}, {"could_be_harmed": True}, {"why": " "}])
    def test_stops_where_it_is_not_safe_or_nobody_knows_what_for(self, family, worker, people, unsafe):
        with pytest.raises(WrongCopy):
            asked(family, people[0], worker, **unsafe)

    def test_twice_is_once(self, family, worker, senior, people, copy):
        assert asked(family, people[1], worker) == copy
        with pytest.raises(Conflict):
            asked(family, people[1], senior)


class TestMyDay:
    def test_tells_who_reads_it_then_who_gives_it(self, copy, senior, worker):
        def titles(user):
            with acting(user):
                return [panel.title for panel in own_pages.part(user, TODAY).panels if panel.items]

        assert (titles(senior), titles(worker)) == (["Copies of the chronology to release"], [])
        released(copy, senior)
        assert (titles(senior), titles(worker)) == ([], ["Copies of the chronology"])

    def test_asks_no_more_where_nothing_waits(self, family, worker, django_assert_num_queries):
        with acting(worker):
            own_pages.part(worker, TODAY)
            with django_assert_num_queries(1):
                own_pages.part(worker, TODAY)


class TestThePages:
    def test_from_the_chronology_to_the_paper(self, family, worker, senior, people, entries, signed_in):
        client, story, father = signed_in(worker), f"/casework/families/{family.uid}/chronology/", people[1]
        marked("visit", entries["visit"], worker, kept_from=frozenset({father.pk}))
        shown = client.get(story, {"reader": father.uid}).content.decode()
        assert f"copies/ask/?reader={father.uid}" in shown
        assert client.get(f"{story}document/", {"reader": father.uid}).status_code == 302
        assert client.post(f"{story}copies/ask/", answers(father)).status_code == 302
        made = ChronologyCopy.objects.get()
        there, reads = made.get_absolute_url(), signed_in(senior)
        assert "release it" not in client.get(there).content.decode()
        page = reads.get(there)
        (out,) = page.context["reading"].left_out
        assert out.title in page.content.decode().split("What would be in it")[0]
        assert WORDS["visit"] not in page.content.decode()
        seen = page.context["form"]["seen"].value()
        assert reads.post(f"{there}release/", {"seen": seen}).status_code == 302
        paper = client.get(f"{there}document/")
        assert WORDS["visit"] not in words(paper.content)
        assert f"Made for {father}" in words(paper.content)
        client.post(f"{there}give/")
        assert "Given by" in client.get(f"{story}copies/").content.decode()

    def test_keep_what_was_typed_when_refused(self, family, worker, people, signed_in):
        there = f"/casework/families/{family.uid}/chronology/copies/ask/"
        answer = signed_in(worker).post(there, answers(people[0], could_be_harmed="yes"))
        assert answer.status_code == 400
        assert WHY in answer.content.decode()
        assert "speak with your senior" in answer.content.decode()

    def test_of_programs_do_the_same(self, family, worker, senior, people, entries, api):
        there = f"/api/v1/families/{family.uid}/chronology-copies/"
        body = answers(people[0], asked_alone=True, could_be_harmed=False)
        made = api(worker).post(there, body, format="json").json()
        one = f"/api/v1/chronology-copies/{made['uid']}/"
        seen = api(senior).get(one)["ETag"]
        assert api(worker).post(f"{one}release/", headers={"If-Match": seen}).status_code == 403
        assert api(senior).post(f"{one}release/", headers={"If-Match": "other"}).status_code == 412
        assert api(senior).post(f"{one}release/", headers={"If-Match": seen}).json()["state"] == "released"
        assert api(worker).post(f"{one}give/").json()["state"] == "given"
        assert api(worker).get(there).json()[0]["given_on"] == TODAY.isoformat()


class TestPostgreSQL:
    def test_keeps_them_from_a_partner(self, copy, family, post, charnwood, everything):
        move_family(family, to=shared_scope(charnwood, role=Role.ESF), by=everything)
        with acting(post(Role.ESF, charnwood)):
            assert not ChronologyCopy.objects.exists()

    def test_lets_nobody_release_their_own_or_one_that_is_not_theirs(self, copy, worker):
        release = {"state": "released", "decided_by": worker, "decided_on": TODAY, "content": {}}
        with acting(worker), pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            ChronologyCopy.objects.filter(pk=copy.pk).update(**release)
        with acting(worker), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute("delete from casework_chronologycopy")
