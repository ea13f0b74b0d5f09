"""`manage.py apportion`: counts of families to shares, posts and seniors per locality. See `docs/apportion.md`."""

import csv
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from performance.resources.counts_file import BadCounts, read_counts
from performance.resources.rules import Allocation, Families, allocate

BAD_INPUT = 2
MOST_POSTS = 100_000
COLUMNS = ("locality", "complex", "at_risk", "all", "share", "fsw", "seniors")


def posts_number(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= len(str(MOST_POSTS)) and 1 <= int(text) <= MOST_POSTS:
        return int(text)
    raise ArgumentTypeError(f'has to be a whole number from 1 to {MOST_POSTS}, not "{text}"')


def seniors_number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal(-1)
    if number.is_finite() and 0 <= number <= MOST_POSTS and number == round(number, 1):
        return number
    raise ArgumentTypeError(f'has to be a number from 0 with at most one decimal, like 4 or 4.5, not "{text}"')


class Command(BaseCommand):
    help = "Share out support workers and seniors to localities by the families identified in each."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--counts", required=True, metavar="FILE.csv", help="columns locality, complex, at_risk")
        parser.add_argument(
            "--posts", required=True, type=posts_number, metavar="N", help="family support workers to share out"
        )
        parser.add_argument("--seniors", required=True, type=seniors_number, metavar="M", help="seniors to share out")

    def handle(self, *args: Any, **options: Any) -> None:
        posts, seniors = options["posts"], options["seniors"]
        try:
            lines = allocate(counts_in(options["counts"]), posts, seniors)
        except BadCounts as bad:
            for problem in bad.problems:
                self.stderr.write(problem)
            sys.exit(BAD_INPUT)
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(as_cells(line) for line in lines)
        writer.writerow(total_cells(lines, posts, seniors))
        self._note_rounding(lines, seniors)

    def _note_rounding(self, lines: Sequence[Allocation], seniors: Decimal) -> None:
        """The published totals are not the sums of their rounded columns; neither are these."""
        added = sum((line.seniors for line in lines), Decimal(0))
        if added != seniors:
            self.stderr.write(
                f"The seniors column adds up to {added:f}, because each figure is rounded; "
                f"the total is printed as given: {seniors:f}."
            )


def counts_in(file: str) -> list[Families]:
    try:
        return read_counts(Path(file).read_bytes())
    except OSError as error:
        raise BadCounts([f"{file} cannot be read: {error.strerror}."]) from error


def as_cells(line: Allocation) -> tuple[object, ...]:
    families = line.families
    return families.locality, families.complex, families.at_risk, families.all, line.share, line.fsw, line.seniors


def total_cells(lines: Sequence[Allocation], posts: int, seniors: Decimal) -> tuple[object, ...]:
    complex_, at_risk = (sum(getattr(line.families, name) for line in lines) for name in ("complex", "at_risk"))
    return "all", complex_, at_risk, complex_ + at_risk, sum(line.share for line in lines), posts, f"{seniors:f}"
