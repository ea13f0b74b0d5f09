"""`manage.py judge FILE.json`: one family's facts judged, with reasons, as JSON (`docs/judge-format.md`)."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from performance.pbr import schemes
from performance.pbr.case_file import BadCase, CaseFile, read_case
from performance.pbr.case_schema import problems_with
from performance.pbr.rules import Judgement, Scheme, judge
from performance.pbr.rules.figures import wrong
from slf import clock

BAD_INPUT = 2
FIRST, LAST = 1800, 2199
"""Between which years a day of a case lies: a birthday or a term further away cannot be counted from."""


def day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
        if not FIRST <= found.year <= LAST:
            raise ValueError
        return found
    except ValueError as error:
        raise ArgumentTypeError(f'has to be a date like 2014-10-15, not "{text}"') from error


class Command(BaseCommand):
    help = "Judge one family's facts under a payment-by-results scheme, with the reasons, as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.json", help="the family's case; '-' reads it from the input")
        parser.add_argument("--scheme", help="the scheme to judge by, such as P1; else the file's, else P1")
        parser.add_argument("--on", type=day, metavar="DATE", help="the day of judgement; else the file's, else today")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            judgement = judged(options["file"], options["scheme"], options["on"])
        except BadCase as bad:
            for problem in bad.problems:
                self.stderr.write(problem)
            sys.exit(BAD_INPUT)
        self.stdout.write(json.dumps(judgement.as_dict(), ensure_ascii=False, indent=2))


def judged(file: str, version: str | None, on: date | None) -> Judgement:
    text = text_of(file)
    case = read_case(text)
    if problems := list(problems_with(json.loads(text))):
        raise BadCase(problems)
    scheme = scheme_of(version or case.scheme or "P1", case)
    return judge(scheme, case.household, case.facts, on or case.on or clock.today(), case.terms)


def text_of(file: str) -> str:
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise BadCase([f"{file} cannot be read: {error.strerror}."]) from error
    except UnicodeDecodeError as error:
        raise BadCase([f"{file} is not UTF-8 text: byte {error.start + 1} cannot be read."]) from error


def scheme_of(version: str, case: CaseFile) -> Scheme:
    try:
        scheme = schemes.load(version)
        if problems := [f"changed_rows: {row}: {each}" for row, value in case.changed_rows.items()
                        for each in wrong(scheme.rows[row].value, value)]:  # fmt: skip
            raise BadCase(problems)
        return scheme.setting(case.changed_rows).confirming(case.confirmed_rows)
    except LookupError as error:
        raise BadCase([_said(error)]) from error


def _said(error: LookupError) -> str:
    name = str(error.args[0])
    return f'confirmed_rows or changed_rows: the scheme has no row "{name}".' if isinstance(error, KeyError) else name
