"""Marks of what stands in a concern and of what supervision decides: read with what they are of, only added to."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from casework.chronology.sources import chronology
from casework.provenance.models import Provenance, ProvenanceKeptFrom, marks_in
from casework.safeguarding.models import ConcernEntry
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import move_family, shared_scope
from slf.web.errors import NotAllowed
from tests.casework.closing.factories import TODAY
from tests.casework.provenance.factories import marked
from tests.casework.safeguarding.factories import acting, masked, raised, said_mistaken, step
from tests.casework.supervision.factories import decided, held

pytestmark = pytest.mark.django_db


@pytest.fixture
def concern(family, worker):
    made = raised(worker, family)
    step(made, worker)
    return made


@pytest.fixture
def first(concern, worker):
    with acting(worker):
        return concern.entries.select_related("concern__family").get(step="raised")


@pytest.fixture
def decision(family, worker, senior):
    return decided(held(worker, senior), family, senior, note="Speak with her alone.")


def page(client, address: str) -> str:
    return client.get(address).content.decode()


class TestAConcern:
    def test_each_entry_is_marked_from_its_page_and_says_so(self, family, worker, people, concern, first, signed_in):
        client, there = signed_in(worker), concern.get_absolute_url()
        shown = page(client, there)
        assert shown.count("/casework/marks/concern/") == 2
        answer = client.post(
            f"/casework/marks/concern/{first.uid}/", {"told_by": people[0].uid, "kept_from": [people[1].uid]}
        )
        assert answer["Location"] == f"{there}#entry-{first.uid}"
        said = f"Information of {people[0]}. Not for {people[1]}."
        assert said in page(client, there)
        assert f"Not for {people[1]}" in page(client, f"/casework/families/{family.uid}/chronology/?kind=concern")

    def test_a_mark_is_added_and_never_changed(self, worker, people, first):
        before = marked("concern", first, worker, grade="fact")
        after = marked("concern", first, worker, grade="reported")
        assert after.supersedes == before
        with acting(worker), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Provenance.objects.filter(pk=before.pk).update(grade="opinion")

    def test_one_entered_in_error_is_marked_no_more(self, worker, senior, post, charnwood, concern, first):
        said_mistaken(concern, worker)
        masked(concern, post(Role.MANAGER, charnwood, username="boss"))
        with acting(worker):
            entry = ConcernEntry.objects.get(concern=concern, step="mistake_made")
        with pytest.raises(NotAllowed):
            marked("concern", entry, worker, grade="fact")
        with acting_as(worker), pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            Provenance.objects.create(
                family=concern.family, about="concern", entry=first.uid, marked_by=worker, marked_on=TODAY
            )

    def test_its_marks_are_not_read_by_who_does_not_read_it(
        self, family, worker, people, first, post, charnwood, everything
    ):
        marked("concern", first, worker, kept_from=frozenset({people[1].pk}), grade="fact")
        move_family(family, to=shared_scope(charnwood, role=Role.ESF), by=everything)
        provider = post(Role.ESF, charnwood)
        with acting(provider):
            assert not Provenance.objects.exists()
            assert not ProvenanceKeptFrom.objects.exists()
        with acting(worker):
            assert marks_in(family, user=worker)

    def test_of_no_family_has_no_marks(self, worker, signed_in):
        made = raised(worker)
        with acting(worker):
            entry = made.entries.get()
        assert signed_in(worker).get(f"/casework/marks/concern/{entry.uid}/").status_code == 404
        assert "/casework/marks/" not in page(signed_in(worker), made.get_absolute_url())


class TestADecision:
    def test_is_marked_where_the_family_s_record_has_it(self, family, worker, people, decision, signed_in):
        client, there = signed_in(worker), f"/casework/families/{family.uid}/supervision/"
        mark = f"/casework/marks/decision/{decision.uid}/"
        assert mark in page(client, there)
        answer = client.post(mark, {"kept_from": [people[1].uid]})
        assert answer["Location"] == f"{there}#decision-{decision.uid}"
        assert f"Not for {people[1]}." in page(client, there)
        with acting(worker):
            told = [entry for entry in chronology(family, user=worker) if entry.mark == f"decision:{decision.uid}"]
        assert len(told) == 1

    def test_its_marks_are_for_no_partner(self, family, worker, decision, post, charnwood, everything):
        marked("decision", decision, worker, grade="opinion")
        move_family(family, to=shared_scope(charnwood, role=Role.ESF), by=everything)
        with acting(post(Role.ESF, charnwood)):
            assert not Provenance.objects.exists()
