"""A document about a meeting, a star reading, a supervision: it is read as that record is."""

import pytest
from django.db import Error, transaction
from django.urls import reverse

from casework.documents.choosing import things_of
from casework.documents.models import Document, DocumentVersion
from casework.documents.rules import About, WrongDocument
from casework.stars.models import StarTool
from casework.stars.services import take_reading
from slf.access.rules import Role
from tests.casework.around.factories import planned
from tests.casework.closing.factories import TODAY, worked
from tests.casework.documents.factories import kept, mistaken
from tests.casework.safeguarding.factories import acting
from tests.casework.stars.factories import LOW
from tests.casework.supervision.factories import decided, held

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(post, charnwood, everything):
    """Another senior of the locality, who reads its records and leads none of this worker's supervision."""
    return post(Role.SENIOR, charnwood)


@pytest.fixture
def part(family, worker, senior):
    made = held(worker, senior)
    decided(made, family, senior)
    return made


def seen_by(user, family) -> set[str]:
    with acting(user):
        return {row.title for row in Document.objects.visible_to(user).filter(family=family)}


def in_postgresql(user) -> int:
    with acting(user):
        return Document.objects.count() + DocumentVersion.objects.count()


@pytest.fixture
def reading(family, worker):
    with acting(worker):
        tool = StarTool.objects.in_use(on=TODAY)
        return take_reading(family, tool=tool, marks=LOW, completed="family", taken_on=TODAY, by=worker)


class TestADocumentAboutAMeetingOrAReading:
    def test_is_read_with_the_record(self, family, worker, senior):
        kept(family, worker, meeting=planned(family, worker))
        assert seen_by(senior, family)
        with acting(worker):
            assert {thing.about for thing in things_of(family, by=worker)} >= {About.MEETING}

    def test_is_of_the_same_family(self, family, worker):
        elsewhere = planned(worked(worker, name="The Others"), worker)
        with pytest.raises(WrongDocument, match="of this family"):
            kept(family, worker, meeting=elsewhere)
        with acting(worker), pytest.raises(Error, match="its own family"), transaction.atomic():
            Document.objects.create(
                family=family, kind="letter", title="X", dated_on="2014-10-01", meeting=elsewhere, kept_by=worker,
                kept_on="2014-10-15",
            )  # fmt: skip

    def test_says_on_its_page_what_it_is_about(self, family, worker, signed_in):
        made = kept(family, worker, meeting=planned(family, worker))
        assert made.about.get_absolute_url() in signed_in(worker).get(made.get_absolute_url()).content.decode()

    def test_of_a_reading_leads_to_the_star(self, family, worker, signed_in, reading):
        made = kept(family, worker, reading=reading)
        assert signed_in(worker).get(made.get_absolute_url()).status_code == 200


class TestADocumentAboutASupervision:
    def test_is_read_by_those_who_read_it(self, family, worker, senior, manager, post, charnwood, part):
        made = kept(family, senior, supervision=part.supervision)
        mate = post(Role.FSW, charnwood)
        assert seen_by(worker, family) == seen_by(senior, family) == seen_by(manager, family) == {made.title}
        assert not seen_by(mate, family)
        assert in_postgresql(mate) == 0

    def test_about_its_private_part_never_shows_to_others(self, family, worker, senior, other, api, signed_in, part):
        made = kept(family, worker, own_part=part)
        assert seen_by(worker, family) == seen_by(senior, family) == {made.title}
        assert seen_by(other, family) == set()
        assert in_postgresql(other) == 0
        client, file = signed_in(other), made.versions.model
        assert client.get(made.get_absolute_url()).status_code == 404
        with acting(worker):
            version = file.objects.get()
        assert client.get(reverse("casework:document_file", args=[version.uid])).status_code == 404
        assert made.title not in client.get(reverse("casework:documents", args=[family.uid])).content.decode()
        assert made.title not in client.get(reverse("casework:chronology", args=[family.uid])).content.decode()
        listed = api(other).get(reverse("api-documents", args=[family.uid]))
        assert listed.status_code == 200
        assert made.title not in str(listed.data)

    def test_is_not_named_where_it_is_told_who_has_looked(self, family, worker, senior, other, signed_in, part):
        made = kept(family, worker, own_part=part)
        with acting(worker):
            version = made.versions.get()
        signed_in(worker).get(made.get_absolute_url())
        signed_in(worker).get(reverse("casework:document_file", args=[version.uid]))
        shown = signed_in(other).get(reverse("access:looked", args=[family.uid])).content.decode()
        assert str(made.uid) in shown
        assert made.title not in shown

    def test_is_masked_for_the_same_readers(self, family, worker, senior, other, part):
        made = kept(family, worker, own_part=part)
        mistaken(made, worker)
        assert seen_by(other, family) == set()

    def test_cannot_be_kept_by_who_does_not_read_it(self, family, worker, other, part):
        with pytest.raises(WrongDocument, match="of this family"):
            kept(family, other, own_part=part)
        with acting(other), pytest.raises(Error), transaction.atomic():
            Document.objects.create(
                family=family, kind="letter", title="X", dated_on="2014-10-01", own_part=part, kept_by=other,
                kept_on="2014-10-15",
            )  # fmt: skip

    def test_is_of_a_family_that_was_talked_over(self, worker, senior, part):
        with pytest.raises(WrongDocument, match="of this family"):
            kept(worked(worker, name="The Others"), senior, supervision=part.supervision)


def test_has_a_column_for_each_thing():
    assert {about.value for about in About} <= {field.name for field in Document._meta.fields}
