"""Every file that people send is looked at; what cannot be looked at waits, and nothing is lost."""

import io
import socket

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, ProgrammingError, connection, transaction

from slf.access.rules import Role
from slf.files import jobs, rules, scanner, services
from slf.files.models import FoundFile, HeldFile
from slf.files.rules import NotLookedAt, WrongFile
from slf.files.scanner import Verdict
from slf.files.tasks import note_found
from slf.work.models import Job
from tests.referrals.attachments.factories import PDF
from tests.referrals.intake.factories import in_the_name_of
from tests.slf.files.clamd import EICAR, FOUND, scanning

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def told(monkeypatch):
    """What a worker is asked to note, instead of asking one."""
    said = []
    monkeypatch.setattr(services.note_found, "delay", lambda **what: said.append(what))
    return said


def take(by, content=PDF):
    return services.take(io.BytesIO(content), name="a.pdf", what="Document of a family", by=by)


def ask(content=PDF):
    return scanner.ask(io.BytesIO(content)).verdict


def held(stored="documents/one", content=PDF):
    default_storage.save(stored, ContentFile(content))
    services.hold(stored, what="Document of a family")
    return HeldFile.objects.get(stored=stored)


class TestTheScanner:
    def test_finds_nothing_in_a_good_file(self, settings, tmp_path):
        with scanning(settings, tmp_path):
            assert ask(PDF * 100_000) is Verdict.CLEAN
            assert scanner.answers()

    def test_is_told_of_by_its_name(self, settings, tmp_path):
        with scanning(settings, tmp_path):
            assert scanner.ask(io.BytesIO(PDF + EICAR)) == (Verdict.FOUND, FOUND)

    @pytest.mark.parametrize("how", ["breaks off", "slow"])
    def test_that_does_not_come_to_an_end_has_not_looked(self, settings, tmp_path, how):
        with scanning(settings, tmp_path, how):
            assert ask(PDF * 500_000) is Verdict.UNSEEN

    @pytest.mark.parametrize("where", ["/nowhere/clamd", "127.0.0.1:1"])
    def test_that_is_not_there_has_not_looked(self, settings, where):
        settings.CLAMD = where
        assert ask() is Verdict.UNSEEN
        assert not scanner.answers()

    def test_over_the_network(self, settings):
        with socket.create_server(("127.0.0.1", 0)) as line:
            line.settimeout(5)
            settings.CLAMD, settings.CLAMD_SECONDS = f"127.0.0.1:{line.getsockname()[1]}", 0.2
            assert ask() is Verdict.UNSEEN
            line.accept()[0].close()

    def test_that_is_not_set_up_is_not_asked(self, settings):
        settings.CLAMD = ""
        assert ask() is Verdict.NOT_ASKED


class TestAFileThatIsSent:
    def test_with_something_harmful_is_refused_and_administrators_are_told(self, settings, tmp_path, post, told):
        worker, admin = post(Role.FSW), post(Role.ADMIN)
        admin.email = "admin@example.org"
        admin.save()
        with scanning(settings, tmp_path), pytest.raises(WrongFile, match="something harmful"):
            take(worker, PDF + EICAR)
        note_found(**told[0])
        assert str(FoundFile.objects.get()) == f"Document of a family: {FOUND}"
        assert mail.outbox[-1].to == ["admin@example.org"]
        assert worker.username in mail.outbox[-1].body

    def test_is_kept_and_waits_while_the_scanner_is_away(self, settings, post):
        settings.CLAMD = "/nowhere/clamd"
        assert take(post(Role.FSW)).is_unseen

    def test_is_not_larger_than_the_setting(self, post, monkeypatch):
        monkeypatch.setattr(services, "value_of", lambda setting: 1)
        with pytest.raises(WrongFile, match="1 MB or smaller"):
            take(post(Role.FSW), PDF + b"x" * rules.MB)


class TestAFileThatWaits:
    def test_cannot_be_opened_until_it_was_looked_at(self, settings, tmp_path):
        one = held()
        with pytest.raises(NotLookedAt, match="has not looked"):
            services.check_open(one.stored)
        assert services.held_among([one.stored, "documents/other"]) == {one.stored: "Not yet looked at"}
        with scanning(settings, tmp_path):
            assert services.look_again() == [one]
        services.check_open(one.stored)

    def test_waits_on_while_the_scanner_is_away(self, settings):
        one, settings.CLAMD = held(), "/nowhere/clamd"
        assert services.look_again() == []
        one.refresh_from_db()
        assert (one.state, one.tries) == ("waiting", 1)

    def test_is_not_barred_by_one_that_is_gone_or_that_the_scanner_cannot_do(self, settings, tmp_path, monkeypatch):
        monkeypatch.setattr(services, "AT_ONCE", 1)
        default_storage.delete(held("documents/gone").stored)
        one = held()
        with scanning(settings, tmp_path):
            assert services.look_again() == []
            assert services.look_again() == [one]

    def test_is_never_opened_where_something_is_found_later(self, settings, tmp_path):
        one = held(content=PDF + EICAR)
        with scanning(settings, tmp_path):
            assert services.look_again() == []
        with pytest.raises(NotLookedAt, match="Nobody can open it"):
            services.check_open(one.stored)
        assert FoundFile.objects.get().sender is None

    def test_starts_the_job_that_waited_for_it(self, settings, tmp_path, post):
        one, worker = held(), post(Role.DATA)
        with in_the_name_of(worker):
            job = Job.objects.create(kind="hub.load", asked_by=worker, arguments={}, queue="reports")
            with pytest.raises(NotLookedAt):
                services.check_open_for(job, one.stored)
            Job.objects.filter(pk=job.pk).update(state="failed", finished_at="2014-10-15T10:00Z", error="waits")
        with scanning(settings, tmp_path):
            assert jobs.look_again() == 1
        with in_the_name_of(worker):
            job.refresh_from_db()
        assert job.state == "waiting"

    def test_is_settled_once(self):
        one = held()
        with pytest.raises(IntegrityError, match="then what was found stands"), transaction.atomic():
            HeldFile.objects.create(stored="x", what="y", state="clean", looked_at="2014-10-15T10:00Z")
        HeldFile.objects.filter(pk=one.pk).update(state="clean", looked_at="2014-10-15T10:00Z")
        with pytest.raises(IntegrityError, match="then what was found stands"), transaction.atomic():
            HeldFile.objects.filter(pk=one.pk).update(state="waiting", looked_at=None)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute("delete from slf_heldfile")


class TestThePageOfFiles:
    @pytest.mark.parametrize(
        ("where", "sentence"), [("", "No virus scanner is set up"), ("/nowhere/clamd", "does not answer")]
    )
    def test_says_how_it_stands(self, settings, post, signed_in, where, sentence):
        settings.CLAMD = where
        held()
        shown = signed_in(post(Role.ADMIN)).get("/files/").content.decode()
        assert sentence in shown
        assert "1 file not yet looked at" in shown
