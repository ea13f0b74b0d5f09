import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image

from referrals.attachments import rules
from referrals.attachments.models import Attachment
from referrals.attachments.services import take_off
from referrals.intake.models import Receipt
from referrals.intake.services import send_referral
from slf.access.models import View
from slf.access.rights import forget_rights
from slf.access.rules import Can, Role
from slf.access.services import restrict_family
from slf.files.rules import WrongFile
from slf.web.errors import Conflict
from tests.referrals.attachments.factories import PDF, PNG, PROGRAM, attach, taken_at_the_refuge
from tests.referrals.intake.factories import SENT_ON, full_draft, in_the_name_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft(school):
    return full_draft(school)


def send(draft, school):
    with in_the_name_of(school):
        return send_referral(draft, by=school, on=SENT_ON)


class TestAttachingAFile:
    def test_stores_it_under_a_name_that_says_nothing(self, draft, school):
        file = attach(draft, school, name="Marsh family.pdf")
        assert file.content.name == f"referrals/{file.uid}"
        with default_storage.open(file.content.name) as stored:
            assert stored.read() == PDF
        assert (file.name, file.size) == ("Marsh family.pdf", len(PDF))

    def test_keeps_of_a_picture_the_picture_only(self, draft, school):
        file = attach(draft, school, name="Front door.jpg", content=taken_at_the_refuge())
        with file.content.open() as stored, Image.open(stored) as kept:
            assert (dict(kept.getexif()), kept.size) == ({}, (4, 6))
        assert file.size == file.content.size

    def test_twice_is_one(self, draft, school):
        assert attach(draft, school) == attach(draft, school)

    def test_that_is_not_allowed_leaves_nothing(self, draft, school):
        with pytest.raises(WrongFile):
            attach(draft, school, content=PROGRAM)
        assert not default_storage.exists("referrals")

    def test_stops_at_as_many_as_a_referral_carries(self, draft, school):
        for n in range(rules.MOST):
            attach(draft, school, content=PDF + str(n).encode())
        with pytest.raises(WrongFile, match="at most 10 files"):
            attach(draft, school, content=PNG)

    def test_to_somebody_elses_draft_is_refused(self, draft, post, charnwood):
        with pytest.raises(Conflict):
            attach(draft, post(Role.REFERRER, charnwood, "other.school"))

    def test_of_a_referral_that_was_sent_is_refused(self, draft, school):
        send(draft, school)
        with pytest.raises(Conflict):
            attach(draft, school)


class TestTakingAFileOff:
    def test_takes_its_content_away_once_that_is_certain(self, draft, school, django_capture_on_commit_callbacks):
        file = attach(draft, school)
        stored = file.content.name
        with django_capture_on_commit_callbacks(execute=True), in_the_name_of(school):
            take_off(file, by=school)
            assert default_storage.exists(stored)
        assert not default_storage.exists(stored)

    def test_that_is_undone_keeps_the_content(self, draft, school):
        file = attach(draft, school)
        stored = file.content.name
        with in_the_name_of(school), transaction.atomic():
            take_off(file, by=school)
            transaction.set_rollback(True)
        assert default_storage.exists(stored)


class TestSendingAReferralWithFiles:
    def test_takes_them_to_the_team_and_leaves_their_names_on_the_receipt(self, draft, school, senior):
        attach(draft, school)
        send(draft, school)
        with in_the_name_of(school):
            assert not Attachment.objects.exists()
            receipt = Receipt.objects.get(uid=draft.uid)
        assert receipt.content[-1] == {"section": "files", "title": "Files", "rows": [["report.pdf", "PDF, 1 KB"]]}
        with in_the_name_of(senior):
            assert Attachment.objects.visible_to(senior, can=Can.TRIAGE).get().name == "report.pdf"


class TestOpeningAFile:
    @pytest.fixture
    def file(self, draft, school):
        file = attach(draft, school, name="Marsh.pdf")
        send(draft, school)
        return file

    def test_saves_it_and_shows_nothing_in_our_name(self, draft, file, senior, signed_in):
        answer = signed_in(senior).get(f"/referrals/triage/{draft.uid}/files/{file.uid}/")
        assert answer.content == PDF
        assert answer["Content-Disposition"] == 'attachment; filename="Marsh.pdf"'
        assert answer["Content-Type"] == "application/pdf"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Cache-Control"] == "private, no-store"

    def test_is_written_in_the_view_log(self, draft, file, senior, signed_in):
        signed_in(senior).get(f"/referrals/triage/{draft.uid}/files/{file.uid}/")
        with in_the_name_of(senior):
            assert View.objects.filter(user=senior, what="Attachment Marsh.pdf").count() == 1

    def test_of_another_referral_is_not_there(self, file, school, senior, signed_in):
        other = full_draft(school)
        send(other, school)
        assert signed_in(senior).get(f"/referrals/triage/{other.uid}/files/{file.uid}/").status_code == 404

    def test_of_a_restricted_family_is_not_there(self, draft, file, senior, other_senior, everything, signed_in):
        from referrals.triage.services import accept_referral
        from tests.referrals.intake.factories import again_as

        with in_the_name_of(senior):
            family = accept_referral(again_as(senior, draft.uid), by=senior, on=SENT_ON)
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        forget_rights(other_senior)
        address = f"/referrals/triage/{draft.uid}/files/{file.uid}/"
        assert signed_in(other_senior).get(address).status_code == 404


class TestThePages:
    def test_attach_show_and_take_off(self, draft, school, signed_in):
        from django.core.files.uploadedfile import SimpleUploadedFile

        browser, address = signed_in(school), f"/referrals/{draft.uid}/files/"
        page = browser.post(address, {"file": SimpleUploadedFile("Report.pdf", PDF)}, follow=True).content.decode()
        assert "Report.pdf is attached" in page
        page = browser.post(address, {"file": SimpleUploadedFile("x.pdf", PROGRAM)}).content.decode()
        assert "This file is none of them" in page
        with in_the_name_of(school):
            file = Attachment.objects.get()
        page = browser.post(f"{address}{file.uid}/take-off/", follow=True).content.decode()
        assert "Report.pdf is taken off" in page

    def test_of_programs_do_the_same(self, draft, school, api):
        from django.core.files.uploadedfile import SimpleUploadedFile

        program, address = api(school), f"/api/v1/referrals/{draft.uid}/files/"
        made = program.post(address, {"file": SimpleUploadedFile("Report.pdf", PDF)}, format="multipart")
        assert (made.status_code, made.json()["content_type"]) == (201, "application/pdf")
        refused = program.post(address, {"file": SimpleUploadedFile("x.pdf", PROGRAM)}, format="multipart")
        assert refused.status_code == 422
        one = f"{address}{made.json()['uid']}/"
        assert program.get(one).content == PDF
        assert program.delete(one).status_code == 204
        assert program.get(address).json() == []
