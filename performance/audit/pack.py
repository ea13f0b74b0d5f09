"""The pack of one claim for a spot check: one page, the case, the judgement and their fingerprints.

Made from what the run froze, so that the same claim gives the same pack; what became of a consent since is said on it.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.http import HttpResponse

from performance.claims.checking import Checks, Places, checks_of
from performance.claims.checks import State
from performance.claims.frozen import judge_again, refuse_gone, whole_case
from performance.claims.models import Claim, ClaimRun, Judged
from performance.claims.shown import shown
from performance.claims.whole_run import ask
from slf.accounts.models import User
from slf.paper.pdf import render_pdf
from slf.web.errors import NotAllowed
from slf.web.words import day_in_words

TEMPLATE = "performance/audit/pack.typ"
SIZES = (9.0, 8.0, 7.0, 6.2)
"""Points of the letters: the largest at which a claim fits on its page."""
GATEWAYS, LONGEST, MOST_STEPS = 27, 400, 14
WHOLE_FAMILY: Mapping[str, str] = {
    "lead_practitioner": "Lead practitioner", "assessment": "Assessment", "plan": "Plan", "contact": "Contact",
}  # fmt: skip
EARLIEST = (1980, 1, 1, 0, 0, 0)
PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


@dataclass(frozen=True)
class Pack:
    """What is handed over of one claim."""

    claim: Claim
    row: Judged
    run: ClaimRun
    checks: Checks
    withdrawn_on: date | None

    @property
    def name(self) -> str:
        return f"{self.run.scheme}-{self.row.reference}-{self.claim.component}"

    @property
    def consent(self) -> str:
        if self.withdrawn_on is None:
            return ""
        return (
            f"Consent was taken back on {day_in_words(self.withdrawn_on)}, after this claim was frozen. What was "
            "lawfully used then stays open to the audit of this claim, and to nothing else."
        )


def pack_of(claim: Claim, *, by: User) -> Pack:
    """Return the pack of a claim; ``NotAllowed`` where what was used had no basis or gateway on the day of its use."""
    row, run = claim.judged, claim.run
    refuse_gone(row)
    checks = checks_of(row, run, Places(by, [])).get(claim.component)
    lawful = next((each for each in checks.told if each.number == GATEWAYS), None) if checks else None
    if checks is None or lawful is None or lawful.state != State.PASSED:
        why = lawful.sentence if lawful else "its run kept nothing of what it was allowed to use."
        message = f"This pack cannot be opened: {why}"
        raise NotAllowed(message)
    return Pack(claim, row, run, checks, ask("select slf.consent_withdrawn_since(%s)", claim.pk)[0][0])


def files_of(pack: Pack) -> dict[str, bytes]:
    """Return the files of the pack with the index of them and the list of their digests."""
    case = json.dumps(whole_case(pack.row, pack.run), ensure_ascii=False, indent=1)
    files = {"pack.pdf": pdf_of(pack), "case.json": case.encode(), "judgement.json": pack.row.judgement.encode()}
    listed = {name: sha256(content).hexdigest() for name, content in files.items()}
    index = csv_of(
        [("File", "What it is", "Bytes", "SHA-256")]
        + [(name, WHAT[name], len(content), listed[name]) for name, content in files.items()]
    )
    digests = "".join(f"{digest}  {name}\n" for name, digest in {**listed, "index.csv": digest_of(index)}.items())
    return {"index.csv": index, **files, "sha256.txt": digests.encode()}


WHAT: Mapping[str, str] = {
    "pack.pdf": "Eligibility, whole-family approach and evidence of the result on one page",
    "case.json": "The household and facts that were judged, in the format of docs/judge-format.md",
    "judgement.json": "The judgement as it was frozen; its SHA-256 is the fingerprint on the page",
}


def digest_of(content: bytes) -> str:
    return sha256(content).hexdigest()


def csv_of(rows: Iterable[Iterable[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def zip_of(pack: Pack) -> bytes:
    """Return the pack as one file: the same content gives the same bytes."""
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in files_of(pack).items():
            archive.writestr(ZipInfo(name, EARLIEST), content, ZIP_DEFLATED)
    return packed.getvalue()


def pdf_of(pack: Pack) -> bytes:
    """Return the page, in the largest letters at which it is one."""
    content = page_of(pack)
    for size in SIZES:
        made = render_pdf(TEMPLATE, content | {"size": size}, at=pack.run.prepared_at)
        if len(PAGE.findall(made)) == 1:
            break
    return made


def page_of(pack: Pack) -> dict[str, Any]:
    """Return what stands on the page."""
    case, again = whole_case(pack.row, pack.run), judge_again(pack.row, pack.run)
    found, result = shown(again, case), again.as_dict()["results"][pack.claim.component]
    asked, trace, scheme = pack.checks.asked, found["trace"], again.scheme
    criteria, counted = ({row.id for row in part} for part in (scheme.criteria, scheme.combinations))
    approach = {row.id for row in scheme.rows.values() if row.kind == "whole_family_approach"}
    elsewhere = criteria | counted | approach
    return {
        "title": f"Spot-check pack: {pack.row.reference}",
        "about": f"{pack.run.scheme_name}. {pack.claim.component_name}, {pack.claim.pounds}, claimed for "
        f"{day_in_words(pack.run.claim_on)} at the price {pack.claim.price_rule}.",
        "consent": pack.consent,
        "eligible": found["eligibility"]["reason"],
        "eligibility": steps(step for step in trace if step["rule"] in criteria and step["answer"] == "met"),
        "family": list(whole_family(case)),
        "approach": steps(step for step in trace if step["rule"] in approach),
        "result": result["reason"],
        "evidence": steps(step for step in trace if step["rule"] not in elsewhere and rests_on(step, result)),
        "checks": [f"{each.number}. {each.said}: {each.sentence}" for each in asked if each.state != State.PASSED],
        "passed": ", ".join(str(each.number) for each in asked if each.state == State.PASSED),
        "digests": [
            {"what": what, "digest": digest}
            for what, digest in (
                ("Judgement", pack.row.digest), ("Run", pack.run.digest), ("Rules", pack.run.rules_digest),
            )
        ],
    }  # fmt: skip


def rests_on(step: Mapping[str, Any], result: Mapping[str, Any]) -> bool:
    return bool(set(step["facts"]) & set(result["facts"]))


def steps(some: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return steps as rows of the page: as many as fit, each cut where it is long; the rest is in the judgement."""
    found = list(some)
    rows = [
        {"question": step["question"], "answer": step["said"], "reason": cut(step["reason"]),
         "evidence": cut("; ".join(step["evidence"]))}
        for step in found[:MOST_STEPS]
    ]  # fmt: skip
    more = len(found) - MOST_STEPS
    left = {"question": f"And {more} more in judgement.json", "answer": "", "reason": "", "evidence": ""}
    return [*rows, left] if more > 0 else rows


def cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"


def whole_family(case: Mapping[str, Any]) -> Iterator[str]:
    """Yield who was in the household, and what the case holds of one worker, one assessment and one plan."""
    members = case["household"]["members"]
    yield f"In the household: {len(members)}, {sum(1 for each in members if each['parenting'])} of them parenting."
    days = {called: days_of(case, kind) for kind, called in WHOLE_FAMILY.items()}
    for called, some in days.items():
        if some:
            first = day_in_words(date.fromisoformat(some[0]))
            yield f"{called}: {len(some)}, the first on {first}." if len(some) > 1 else f"{called}: on {first}."
    if none := [called.lower() for called, some in days.items() if not some]:
        yield f"Not part of this case: {', '.join(none)}."


def days_of(case: Mapping[str, Any], kind: str) -> list[str]:
    return sorted(fact.get("day") or fact.get("from") for fact in case["facts"] if fact["kind"] == kind)


def pdf_response(pack: Pack) -> HttpResponse:
    return answer(f"{pack.name}.pdf", pdf_of(pack), "application/pdf")


def zip_response(pack: Pack) -> HttpResponse:
    return answer(f"{pack.name}.zip", zip_of(pack), "application/zip")


def answer(name: str, content: bytes, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
