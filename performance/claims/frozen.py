"""What a run froze, rules and shared evidence, and a family judged again from what the run kept."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any

from families.hub.models import FeedFile
from families.register.rules import Use
from families.sharing.use import LeftOut
from performance.claims.assembly import doubts, searched_facts, searched_near
from performance.claims.models import ClaimRun, Judged
from performance.claims.plain import fact_as_dict, stay_as_dict, term_as_dict
from performance.claims.using import may_be_used, unusable
from performance.pbr import schemes
from performance.pbr.case_file import read_case
from performance.pbr.rules import Judgement, Period, Row, Scheme, Term, in_words, judge
from performance.pbr.rules.shapes import PARTS, as_plain
from slf.web.errors import DomainError

DATES = ("starts_on", "ends_on")
SCHEMES_AT_ONCE = 8


def freeze_scheme(scheme: Scheme) -> str:
    """Return every row of the scheme as JSON text: order is part of what a reader sees, and jsonb loses it."""
    head = {"version": scheme.version, "name": scheme.name, "number": scheme.number}
    ends = {name: getattr(scheme, name).isoformat() for name in DATES}
    parts = {part: [as_plain(row) for row in getattr(scheme, part)] for part in PARTS}
    return json.dumps(head | ends | parts, ensure_ascii=False)


@lru_cache(SCHEMES_AT_ONCE)
def thaw_scheme(frozen: str) -> Scheme:
    """Return the scheme exactly as it was frozen: its digest is the same."""
    rules = json.loads(frozen)
    parts = {part: tuple(Row(**thaw_dates(row)) for row in rules[part]) for part in PARTS}
    days = {name: date.fromisoformat(rules[name]) for name in DATES}
    return Scheme(rules["version"], rules["name"], **days, **parts, number=rules.get("number", 0))


def thaw_dates(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: date.fromisoformat(row[name]) for name in DATES if row.get(name)}


def freeze_shared(
    terms: Iterable[Term], files: Sequence[FeedFile], use: Use, left_out: Iterable[LeftOut], attached: Period
) -> str:
    """Return as JSON what a run rests on beside each family's own.

    That is the calendar, the records searched, files in doubt, what could be used on the day, what was left out, and
    with whom the service has to have begun when.
    """
    usable = [file for file in files if may_be_used(file, use)]
    shared = {
        "terms": [term_as_dict(term) for term in terms],
        "facts": [fact_as_dict(fact) for fact in searched_facts(usable)],
        "near": [{"localities": list(n.localities), "fact": fact_as_dict(n.fact)} for n in searched_near(usable)],
        "files": doubts(files) + unusable(files, use),
        "use": use.as_dict(),
        "left_out": [asdict(each) for each in left_out],
        "attached": stay_as_dict(attached),
    }
    return json.dumps(shared, ensure_ascii=False)


def attached_within(run: ClaimRun) -> Period:
    """Return the days of attachment a run is for; of a run from before that was kept, all."""
    days = json.loads(run.shared).get("attached")
    if days is None:
        return Period(date.min)
    return Period(date.fromisoformat(days["from"]), date.fromisoformat(days["to"]) if "to" in days else None)


def doubts_about_files(run: ClaimRun) -> list[str]:
    """Return a sentence for each file that was not whole when the run was frozen."""
    sentences: list[str] = json.loads(run.shared)["files"]
    return sentences


def whole_case(judged: Judged, run: ClaimRun) -> dict[str, Any]:
    """Return the case as docs/judge-format.md has it, so that ``manage.py judge`` gives the same answer from it."""
    refuse_gone(judged)
    own, shared, scheme = json.loads(judged.case), json.loads(run.shared), thaw_scheme(run.rules)
    return {
        "scheme": run.scheme,
        "on": run.claim_on.isoformat(),
        "household": own["household"],
        "terms": shared["terms"],
        "facts": own["facts"] + shared["facts"],
        **rules_of_the_county(scheme),
    }


class Gone(DomainError):
    """What was asked for was disposed of when its time was over."""

    status = 410
    title = "The evidence was disposed of"


GONE = (
    "What this claim froze of families was disposed of when it need not be kept any longer. The page of the claim says "
    "when and by whom; its figures and fingerprints are still there."
)


def refuse_gone(judged: Judged) -> None:
    """Raise ``Gone`` where the evidence of a line was disposed of: nothing can be judged again, shown or handed out."""
    if judged.is_gone:
        raise Gone(GONE)


def rules_of_the_county(scheme: Scheme) -> dict[str, Any]:
    """Return what the county confirmed and what it set otherwise than the product comes with now, which may have
    another set of rows than when the run was frozen."""
    shipped = schemes.load(scheme.version).rows
    rows = [row for row in scheme.rows.values() if row.confirmed]
    changed = [row for row in rows if row.id not in shipped or dict(row.value) != dict(shipped[row.id].value)]
    return {
        "confirmed_rows": [{"row": row.id, "reference": row.confirmed} for row in rows if row not in changed],
        **({"changed_rows": [as_changed(row) for row in changed]} if changed else {}),
    }


def as_changed(row: Row) -> dict[str, Any]:
    return {"row": row.id, "value": dict(row.value), "reference": row.confirmed}


def judge_again(judged: Judged, run: ClaimRun) -> Judgement:
    """Judge a family again from the facts and rules its run froze."""
    case = read_case(json.dumps(whole_case(judged, run)))
    return judge(thaw_scheme(run.rules), case.household, case.facts, run.claim_on, case.terms)


def judgement_in_words(judged: Judged, run: ClaimRun) -> dict[str, Any]:
    """Return the kept judgement with the question and source of each step, as the frozen rules say them.

    Of one that was disposed of, nothing.
    """
    if judged.is_gone:
        return {}
    return in_words(json.loads(judged.judgement), thaw_scheme(run.rules))
