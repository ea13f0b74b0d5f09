"""A scheme as it was frozen with a run, and a family judged again from what the run kept."""

import json
from datetime import date
from typing import Any

from performance.claims.models import ClaimRun, Judged
from performance.pbr.case_file import read_case
from performance.pbr.rules import Judgement, Row, Scheme, judge
from performance.pbr.rules.shapes import PARTS, as_plain

DATES = ("starts_on", "ends_on")


def freeze_scheme(scheme: Scheme) -> str:
    """Return every row of the scheme as JSON text: order is part of what a reader sees, and jsonb loses it."""
    head = {"version": scheme.version, "name": scheme.name}
    ends = {name: getattr(scheme, name).isoformat() for name in DATES}
    parts = {part: [as_plain(row) for row in getattr(scheme, part)] for part in PARTS}
    return json.dumps(head | ends | parts, ensure_ascii=False)


def thaw_scheme(frozen: str) -> Scheme:
    """Return the scheme exactly as it was frozen: its digest is the same."""
    rules = json.loads(frozen)
    parts = {part: tuple(Row(**thaw_dates(row)) for row in rules[part]) for part in PARTS}
    return Scheme(rules["version"], rules["name"], **{n: date.fromisoformat(rules[n]) for n in DATES}, **parts)


def thaw_dates(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: date.fromisoformat(row[name]) for name in DATES if row.get(name)}


def judge_again(judged: Judged, run: ClaimRun) -> Judgement:
    """Judge a family again from the facts and rules its run froze."""
    case = read_case(json.dumps(judged.case))
    return judge(thaw_scheme(run.rules), case.household, case.facts, run.claim_on, case.terms)
