"""Make everything that the service needs before it starts. Safe to run again: it changes only what differs."""

import hashlib
import time

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Migrate as the owner, load reference data, make the demo county (in demo mode), collect static files."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--without-static", action="store_true", help="an image has its static files already")

    def handle(self, *args, without_static, **options):
        self.step("tables", "migrate", database="owner", verbosity=0)
        self.step("reference data", "load_reference")
        self.step("tables and settings checked", "check", databases=["default"], tags=["database"])
        if settings.DEMO:
            self.step("the demonstration county", "demo_county")
        if not without_static:
            self.collect()

    def collect(self) -> None:
        """Collect and compress static files, unless they are those of the last time: compressing takes a while."""
        kept, wanted = settings.STATIC_ROOT / ".made-from", fingerprint()
        if kept.exists() and kept.read_text() == wanted:
            return
        self.step("styles and scripts", "collectstatic", interactive=False, clear=True, verbosity=0)
        kept.write_text(wanted)

    def step(self, what: str, command: str, **options) -> None:
        """Run one command and say how long it took."""
        started = time.monotonic()
        call_command(command, **options)
        self.stdout.write(f"{what}: {time.monotonic() - started:.1f} s")


def fingerprint() -> str:
    """Return what tells one set of static files from another: names, sizes and times."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    return digest.hexdigest()
