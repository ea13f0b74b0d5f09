"""Run the whole service on this machine until Ctrl-C."""

import os
import sys

from django.conf import settings
from django.core.management.base import BaseCommand

from slf.embedded.serve import Site, serve


class Command(BaseCommand):
    help = "Start servers, web, workers and clock together, watch them, and stop them together on Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 lets other machines in")
        parser.add_argument("--prepare", action="store_true", help="first migrate, make the demo data, collect files")

    def handle(self, *args, port, host, prepare, **options):
        site = Site(local_dir=settings.LOCAL_DIR.resolve(), port=port, host=host, demo=settings.DEMO)
        sys.exit(serve(site, prepare=prepare))
