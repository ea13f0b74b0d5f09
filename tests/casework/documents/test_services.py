"""Keeping documents of a family, with versions that never overwrite, and mistakes that are masked and never gone."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from PIL import Image

from casework.documents.models import Document, DocumentMistake, DocumentVersion
from casework.documents.rules import WrongDocument
from slf.access.rules import Role
from slf.access.services import restrict_family
from slf.files.models import HeldFile
from slf.web.errors import Conflict, NotAllowed, NotForYou
from tests.casework.closing.factories import TODAY, worked
from tests.casework.documents.factories import kept, mistaken, newer
from tests.casework.safeguarding.factories import acting, masked, raised, said_mistaken
from tests.referrals.attachments.factories import JPEG, PDF, PROGRAM, WITH_MACROS, taken_at_the_refuge

pytestmark = pytest.mark.django_db
REFUSED = (IntegrityError, ProgrammingError)


def seen(by) -> list[str]:
    with acting(by):
        return [str(row) for row in Document.objects.visible_to(by).for_page()]


def opened(by) -> int:
    """How many versions PostgreSQL itself shows somebody."""
    with acting(by):
        return DocumentVersion.objects.count()


class TestKeepingADocument:
    def test_keeps_what_it_is_and_its_file(self, family, worker):
        made = kept(family, worker)
        assert (made.kind_name, made.newest.name, made.newest.number) == ("Letter", "letter.pdf", 1)
        with made.newest.content.open("rb") as content:
            assert content.read() == PDF

    def test_twice_is_one(self, family, worker):
        assert kept(family, worker) == kept(family, worker)

    def test_with_a_file_that_is_there_under_another_title_says_so(self, family, worker):
        kept(family, worker)
        with pytest.raises(WrongDocument, match="as “Letter about attendance”"):
            kept(family, worker, title="Something else")

    def test_keeps_of_a_picture_the_picture_only(self, family, worker):
        made = kept(family, worker, content=taken_at_the_refuge(), name="house.jpg")
        with made.newest.content.open("rb") as content, Image.open(content) as picture:
            assert not picture.getexif()

    @pytest.mark.parametrize(
        ("other", "field"),
        [
            ({"content": PROGRAM}, "file"),
            ({"content": WITH_MACROS, "name": "a.docx"}, "file"),
            ({"content": JPEG, "name": "letter.pdf"}, "file"),
            ({"kind": "nothing"}, "kind"),
            ({"title": " "}, "title"),
            ({"dated_on": TODAY + timedelta(days=1)}, "dated_on"),
        ],
    )
    def test_that_cannot_be_leaves_nothing_and_says_where(self, family, worker, other, field):
        with pytest.raises(WrongDocument) as refused:
            kept(family, worker, **other)
        assert refused.value.field == field
        assert not Document.objects.exists()

    def test_by_somebody_who_does_not_work_with_the_family_is_refused(self, family, post, charnwood):
        with pytest.raises(NotForYou):
            kept(family, post(Role.FSW, charnwood))

    def test_about_another_familys_concern_is_refused(self, family, worker):
        other = raised(worker, worked(worker))
        with pytest.raises(WrongDocument, match="of this family"):
            kept(family, worker, concern=other)

    def test_waits_for_the_scanner(self, family, worker, settings):
        settings.CLAMD = "/nowhere/clamd"
        made = kept(family, worker)
        assert HeldFile.objects.get().stored == made.newest.content.name


class TestANewVersion:
    def test_stands_beside_the_one_before(self, family, worker):
        made = kept(family, worker)
        assert newer(made, worker) == newer(made, worker)
        with acting(worker):
            rows = DocumentVersion.objects.filter(document=made)
            assert [(row.number, row.why) for row in rows] == [(2, "Signed now."), (1, "")]

    def test_says_why(self, family, worker):
        with pytest.raises(WrongDocument, match="Say why"):
            newer(kept(family, worker), worker, why=" ")

    def test_that_was_there_before_is_refused(self, family, worker):
        made = kept(family, worker)
        newer(made, worker)
        with pytest.raises(WrongDocument, match="a version of this document already"):
            newer(made, worker, content=PDF)


class TestAMistake:
    def test_masks_the_document_and_keeps_it(self, family, worker, manager):
        made = kept(family, worker)
        mistaken(made, worker)
        assert seen(worker) == ["Entered in error"]
        assert (opened(worker), opened(manager)) == (0, 1)
        assert made.newest.content.storage.exists(made.newest.content.name)

    def test_is_said_once(self, family, worker, senior):
        made = kept(family, worker)
        assert mistaken(made, worker) == mistaken(made, worker)
        with pytest.raises(Conflict):
            mistaken(made, senior)

    def test_ends_its_versions(self, family, worker):
        made = kept(family, worker)
        mistaken(made, worker)
        with pytest.raises(NotAllowed):
            newer(made, worker)


class TestADocumentAboutAConcern:
    def test_is_seen_by_those_who_see_the_concern(self, family, worker, senior):
        kept(family, worker, concern=raised(worker, family))
        assert seen(worker) == seen(senior) == ["Letter about attendance"]

    def test_is_hidden_with_the_concern_that_was_a_mistake(self, family, worker, senior, manager):
        concern = raised(worker, family)
        kept(family, worker, concern=concern)
        said_mistaken(concern, senior)
        masked(concern, manager)
        assert (opened(worker), opened(manager)) == (0, 1)

    def test_moves_with_its_family(self, family, worker, senior, everything):
        kept(family, worker, concern=raised(worker, family))
        restrict_family(family, to=[(worker, Role.FSW)], by=everything)
        assert (opened(worker), opened(senior)) == (1, 0)


class TestPostgreSQL:
    def test_only_adds(self, family, worker):
        mistaken(kept(family, worker), worker)
        for table in ("document", "documentversion", "documentmistake"):
            for sql in (f"delete from casework_{table}", f"update casework_{table} set uid = gen_random_uuid()"):
                with pytest.raises(ProgrammingError, match="permission denied"), acting(worker), transaction.atomic():
                    connection.cursor().execute(sql)

    def test_refuses_a_document_about_another_familys_concern(self, family, worker):
        made, other = kept(family, worker), raised(worker, worked(worker))
        with acting(worker), pytest.raises(REFUSED, match="about its own family"), transaction.atomic():
            Document.objects.create(
                family=family, kind="letter", title="x", dated_on=TODAY, kept_on=TODAY, kept_by=worker, concern=other
            )
        assert made.pk

    def test_counts_versions_on_and_takes_none_after_a_mistake(self, family, worker):
        made = kept(family, worker)

        def add(number):
            with acting(worker), transaction.atomic():
                DocumentVersion.objects.create(
                    family=family, document=made, number=number, why="x", name="x", content=f"documents/{number}",
                    content_type="application/pdf", size=1, digest=str(number), added_by=worker, added_on=TODAY,
                )  # fmt: skip

        with pytest.raises(DatabaseError, match="counted on"):
            add(3)
        add(2)
        mistaken(made, worker)
        with pytest.raises(DatabaseError, match="stays as it is"):
            add(3)

    def test_takes_ones_own_name(self, family, worker, senior):
        made = kept(family, worker)
        with acting(worker), pytest.raises(ProgrammingError, match="their own name"), transaction.atomic():
            DocumentMistake.objects.create(family=family, document=made, because="x", said_by=senior, said_on=TODAY)
