"""Whose information an entry is and who must not learn of it, kept beside the entry and honoured on paper."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.chronology.paper import bundle
from casework.chronology.rules import printed_for
from casework.chronology.sources import chronology
from casework.provenance.models import Provenance, ProvenanceKeptFrom, marks_in, withheld
from casework.provenance.rules import About, Marks, WrongMarks
from casework.stars.services import correct_reading
from casework.visits.models import Visit
from families.households.services import leave_family
from slf.access.rules import Role
from slf.access.services import move_family, shared_scope
from tests.casework.closing.factories import TODAY, worked
from tests.casework.provenance.factories import WORDS, marked
from tests.casework.safeguarding.factories import WORDS as CONCERN
from tests.casework.safeguarding.factories import acting, raised
from tests.conftest import Everything

pytestmark = pytest.mark.django_db
REFUSED = (IntegrityError, ProgrammingError)


def paper(family, person, by) -> str:
    """Everything that a print made for somebody would say."""
    with acting(by):
        shown = printed_for(chronology(family, user=by), withheld=withheld(family, person, user=by))
        return str(bundle(family, shown, words="", left_out=0, by=by, reader=person))


class TestAPrintMadeForSomebody:
    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_has_nothing_that_is_kept_from_them_and_all_else(self, family, worker, people, entries, data):
        kept = {}
        for about, entry in entries.items():
            kept[about] = data.draw(st.sets(st.integers(0, len(people) - 1)), label=about)
            marked(about, entry, worker, kept_from=frozenset(people[place].pk for place in kept[about]))
        for place, person in enumerate(people):
            said = paper(family, person, worker)
            assert {about for about in entries if WORDS[about] in said} == {
                about for about in entries if place not in kept[about]
            }

    def test_never_has_a_concern(self, family, worker, people, entries):
        raised(worker, family)
        assert CONCERN not in paper(family, people[0], worker)

    def test_says_the_same_of_itself_whether_anything_is_left_out_or_not(self, family, worker, people, entries):
        before = paper(family, people[1], worker)
        marked("visit", entries["visit"], worker, kept_from=frozenset({people[0].pk}))
        assert paper(family, people[1], worker) == before


class TestMarking:
    def test_keeps_what_was_said_before(self, family, worker, people, entries):
        first = marked("visit", entries["visit"], worker, grade="reported", told_by=people[0].pk)
        again = marked("visit", entries["visit"], worker, grade="fact")
        assert (again.supersedes, Provenance.objects.count()) == (first, 2)
        with acting(worker):
            row = marks_in(family, user=worker)[f"visit:{entries['visit'].uid}"]
        assert row.lines == ["Fact: I saw or heard it myself"]

    def test_the_same_again_is_one_and_nothing_said_is_no_row(self, worker, entries):
        assert marked("visit", entries["visit"], worker) is None
        assert marked("visit", entries["visit"], worker, grade="fact") == marked(
            "visit", entries["visit"], worker, grade="fact"
        )

    def test_a_reading_put_right_is_kept_from_the_same_people(self, family, worker, people, entries):
        wrong = entries["reading"]
        marked("reading", wrong, worker, kept_from=frozenset({people[1].pk}), kept_from_agencies=frozenset({"esf"}))
        with acting(worker):
            right = correct_reading(
                wrong, marks=wrong.marks, completed="together", taken_on=wrong.taken_on, by=worker, why="Wrong",
                note=WORDS["reading"],
            )  # fmt: skip
            row = marks_in(family, user=worker)[f"reading:{right.uid}"]
        assert (row.as_rules().kept_from, row.as_rules().kept_from_agencies) == ({people[1].pk}, {"esf"})
        assert WORDS["reading"] not in paper(family, people[1], worker)
        assert WORDS["reading"] in paper(family, people[0], worker)

    def test_of_people_of_another_family_is_refused(self, worker, entries):
        other = worked(worker).memberships.first().person
        with pytest.raises(WrongMarks):
            marked("visit", entries["visit"], worker, kept_from=frozenset({other.pk}))

    @pytest.mark.parametrize(
        ("about", "marks"),
        [
            (About.VISIT, Marks(told_by=1, told_by_other="The school")),
            (About.CONCERN, Marks(kept_from_agencies=frozenset({"esf"}))),
            (About.DOCUMENT, Marks(kept_from_agencies=frozenset({"esf"}))),
        ],
    )
    def test_that_cannot_be_is_refused(self, about, marks):
        with pytest.raises(WrongMarks):
            marks.check(about, people={1})


class TestTheProvider:
    def test_does_not_see_what_is_kept_from_it(self, family, worker, post, charnwood, everything, entries):
        provider = post(Role.ESF, charnwood)
        move_family(family, to=shared_scope(charnwood, role=Role.ESF), by=everything)
        with acting(provider):
            assert Visit.objects.visible_to(provider).filter(family=family).exists()
        marked("visit", entries["visit"], worker, kept_from_agencies=frozenset({"esf"}))
        with acting(provider):
            assert not Visit.objects.visible_to(provider).filter(family=family).exists()
            assert WORDS["visit"] not in str(chronology(family, user=provider))
        with acting(worker):
            assert Visit.objects.visible_to(worker).filter(family=family).exists()


class TestPostgreSQL:
    def test_only_adds(self, worker, people, entries):
        marked("visit", entries["visit"], worker, kept_from=frozenset({people[0].pk}))
        for table in ("provenance", "provenancekeptfrom"):
            with pytest.raises(ProgrammingError, match="permission denied"), acting(worker), transaction.atomic():
                connection.cursor().execute(f"delete from casework_{table}")

    def test_takes_only_entries_and_people_of_the_family(self, family, worker, people, entries):
        other = worked(worker)
        with acting(worker), pytest.raises(REFUSED, match="their own family"), transaction.atomic():
            Provenance.objects.create(
                family=other, about="visit", entry=entries["visit"].uid, marked_by=worker, marked_on=TODAY
            )
        made = marked("visit", entries["visit"], worker, grade="fact")
        with acting(worker), pytest.raises(REFUSED, match="must not learn"), transaction.atomic():
            ProvenanceKeptFrom.objects.create(family=family, provenance=made, person=other.memberships.first().person)

    def test_takes_ones_own_name_and_one_beginning(self, family, worker, senior, entries):
        said = {"family": family, "about": "visit", "entry": entries["visit"].uid, "marked_on": TODAY}
        with acting(worker), pytest.raises(ProgrammingError, match="their own name"), transaction.atomic():
            Provenance.objects.create(marked_by=senior, **said)
        marked("visit", entries["visit"], worker, grade="fact")
        with acting(worker), pytest.raises(IntegrityError, match="begins_once"), transaction.atomic():
            Provenance.objects.create(marked_by=worker, **said)


class TestThePages:
    def test_mark_a_visit_and_make_a_copy_for_somebody(self, family, worker, people, entries, signed_in):
        client, visit = signed_in(worker), entries["visit"]
        there = f"/casework/marks/visit/{visit.uid}/"
        assert "checked" not in client.get(there).content.decode()
        answer = client.post(there, {"grade": "reported", "told_by": people[0].uid, "kept_from": [people[1].uid]})
        assert answer.status_code == 302
        shown = client.get(f"/casework/families/{family.uid}/visits/").content.decode()
        assert f"Information of {people[0]}. Not for {people[1]}." in shown
        story = f"/casework/families/{family.uid}/chronology/"
        assert WORDS["visit"] not in client.get(story, {"reader": people[1].uid}).content.decode()
        assert WORDS["visit"] in client.get(story, {"reader": people[0].uid}).content.decode()
        assert WORDS["visit"] not in client.get(story, {"reader": "nobody"}).content.decode()

    def test_take_nothing_away_that_somebody_marked_meanwhile(self, worker, senior, people, entries, signed_in):
        client, there = signed_in(worker), f"/casework/marks/visit/{entries['visit'].uid}/"
        opened = client.get(there).context["form"]["seen"].value()
        marked("visit", entries["visit"], senior, kept_from=frozenset({people[1].pk}))
        answer = client.post(there, {"grade": "fact", "seen": opened})
        assert answer.status_code == 400
        assert "Somebody else marked this entry" in answer.content.decode()
        again = client.get(there).context["form"]["seen"].value()
        said = {"grade": "fact", "seen": again, "kept_from": [people[1].uid]}
        assert client.post(there, said).status_code == 302

    def test_of_no_such_kind_are_not_there(self, worker, entries, signed_in):
        assert signed_in(worker).get(f"/casework/marks/nothing/{entries['visit'].uid}/").status_code == 404

    def test_of_programs_do_the_same(self, worker, people, entries, api):
        there = f"/api/v1/marks/visit/{entries['visit'].uid}/"
        body = {"grade": "opinion", "kept_from": [str(people[1].uid)], "kept_from_agencies": ["esf"]}
        assert api(worker).post(there, body, format="json").json() == api(worker).get(there).json() == {
            "grade": "opinion", "told_by": None, "told_by_other": "", "kept_from": [str(people[1].uid)],
            "kept_from_agencies": ["esf"],
        }  # fmt: skip
        stranger = {"kept_from": ["00000000-0000-4000-8000-000000000000"]}
        assert api(worker).post(there, stranger, format="json").status_code == 400

    def test_of_programs_are_taken_from_what_was_read_alone(self, worker, senior, people, entries, api):
        there, kept = f"/api/v1/marks/visit/{entries['visit'].uid}/", [str(people[1].uid)]
        read = api(worker).get(there)["ETag"]
        first = api(senior).post(there, {"kept_from": kept}, format="json", headers={"If-Match": read})
        said = {"grade": "fact"}
        assert api(worker).post(there, said, format="json", headers={"If-Match": read}).status_code == 412
        assert api(worker).post(there, said, format="json").status_code == 428
        assert api(worker).get(there).json()["kept_from"] == kept
        again = api(worker).post(there, said, format="json", headers={"If-Match": first["ETag"]})
        assert (again.status_code, again.json()["grade"]) == (200, "fact")

    def test_of_programs_go_on_for_whoever_left(self, worker, people, entries, api, family):
        there, kept = f"/api/v1/marks/visit/{entries['visit'].uid}/", [str(people[1].uid)]
        api(worker).post(there, {"kept_from": kept}, format="json")
        gone = family.memberships.get(person=people[1])
        leave_family(gone, on=TODAY, why="separated", where_to="near", by=Everything.make())
        read = api(worker).get(there)
        said = read.json() | {"grade": "fact"}
        answer = api(worker).post(there, said, format="json", headers={"If-Match": read["ETag"]})
        assert (answer.status_code, answer.json()["kept_from"]) == (200, kept)

    @pytest.mark.parametrize(("about", "page"), [("need", "needs"), ("reading", "star")])
    def test_are_reached_from_where_the_entry_is_read(self, family, worker, people, entries, signed_in, about, page):
        client, entry = signed_in(worker), entries[about]
        there, mark = f"/casework/families/{family.uid}/{page}/", f"/casework/marks/{about}/{entry.uid}/"
        shown = client.get(there).content.decode()
        assert f'href="{mark}"' in shown
        assert "Not for" not in shown
        answer = client.post(mark, {"kept_from": [people[1].uid]})
        assert answer["Location"].startswith(there)
        assert f"Not for {people[1]}." in client.get(there).content.decode()

    def test_stand_in_the_chronology_of_those_whose_work_needs_it_alone(
        self, family, worker, people, entries, signed_in, api
    ):
        marked("need", entries["need"], worker, kept_from=frozenset({people[1].pk}))
        client, story, said = signed_in(worker), f"/casework/families/{family.uid}/chronology/", f"Not for {people[1]}"
        assert said in client.get(story).content.decode()
        assert said not in client.get(story, {"reader": people[0].uid}).content.decode()
        told = api(worker).get(f"/api/v1/families/{family.uid}/chronology/").json()
        assert [one["kind"] for one in told if said in one["detail"]] == ["need"]

    def test_of_needs_for_programs(self, family, worker, people, entries, api):
        marked("need", entries["need"], worker, kept_from=frozenset({people[1].pk}))
        (need,) = api(worker).get(f"/api/v1/families/{family.uid}/needs/").json()
        assert (need["evidence"], need["marked"]) == (WORDS["need"], [f"Not for {people[1]}"])
