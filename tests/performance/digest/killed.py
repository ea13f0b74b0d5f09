"""A worker that is switched off while it sends: a process of its own, which ends itself. Started by ``test_killed``."""

import os
import signal
import sys
from pathlib import Path

from django.core.mail.backends.base import BaseEmailBackend


def off() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class BeforeItGoes(BaseEmailBackend):
    def open(self) -> None:
        off()


class OnceItIsOut(BaseEmailBackend):
    """The mail server has it; the worker never hears so."""

    def send_messages(self, letters) -> None:
        with Path(os.environ["SLF_TEST_LETTERS"]).open("a") as post:
            post.writelines(f"{letter.extra_headers['Message-ID']}\n" for letter in letters)
        off()


def begin(uid: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django
    from django.conf import settings

    for database in settings.DATABASES.values():
        database["NAME"] = os.environ["SLF_TEST_DATABASE"]
    settings.SERVICE_DATE = os.environ["SLF_TEST_DAY"]
    settings.EMAIL_BACKEND = f"tests.performance.digest.killed.{os.environ['SLF_TEST_DIES']}"
    django.setup()

    from slf.work.services import run

    run(uid)


if __name__ == "__main__":
    begin(sys.argv[1])
