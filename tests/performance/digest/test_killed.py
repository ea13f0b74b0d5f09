"""Workers switched off while they send the mail of the day: the next sends it where it was not out, and else not."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.db import connections, transaction
from django.utils import timezone

from performance.digest import services
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.clock import LONDON
from slf.work.models import Job
from slf.work.services import run
from tests.casework.closing.factories import worked
from tests.casework.tasks.factories import TODAY, task

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def promised(post, charnwood, everything):
    """The mail of the day of a worker who has one task due."""
    with transaction.atomic():
        worker = post(Role.FSW, charnwood)
        worker.email = "fsw.charnwood@example.org"
        worker.save()
        task(worked(worker), by=worker, due_on=TODAY)
    day = timezone.localtime(timezone=LONDON).date()
    assert services.promise_to(worker, day)
    with acting_as(worker), transaction.atomic():
        return Job.objects.select_related("asked_by").get(kind=services.SEND)


def switched_off(job, dies, letters):
    """Have another process do the job, and end in the middle as ``killed`` says."""
    where = {
        "SLF_TEST_DATABASE": connections["default"].settings_dict["NAME"], "SLF_TEST_DAY": TODAY.isoformat(),
        "SLF_TEST_DIES": dies, "SLF_TEST_LETTERS": str(letters),
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.performance.digest.killed", str(job.uid)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | where, capture_output=True, text=True, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr
    with acting_as(job.asked_by), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(hours=1))


def test_a_worker_that_dies_before_it_goes_leaves_it_to_the_next(promised, tmp_path):
    switched_off(promised, "BeforeItGoes", tmp_path / "letters")
    run(promised.uid)
    assert [letter.to for letter in mail.outbox] == [["fsw.charnwood@example.org"]]


def test_a_worker_that_dies_once_it_is_out_has_sent_it_for_good(promised, tmp_path):
    letters = tmp_path / "letters"
    switched_off(promised, "OnceItIsOut", letters)
    assert run(promised.uid).result == {"sent": 0}
    assert mail.outbox == []
    (number,) = letters.read_text().split()
    assert number.startswith(f"<{promised.uid}@")
