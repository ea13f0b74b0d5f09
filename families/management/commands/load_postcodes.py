"""`manage.py load_postcodes FILE.csv`: the ONS postcode directory, or an extract of it. See `docs/operating.md`."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from families.localities.directory import BadDirectory
from families.localities.services import load_directory

BAD_INPUT = 2


class Command(BaseCommand):
    help = "Load the ONS postcode directory in place of what was loaded before. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv", help="columns pcds, oslaua, dointr, doterm")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            loaded = load_directory(file)
        except BadDirectory as bad:
            for problem in bad.problems:
                self.stderr.write(problem)
            sys.exit(BAD_INPUT)
        self.stdout.write(f"{loaded.postcodes:,} postcodes, {loaded.in_county:,} of them in the county")
