"""A judgement as a page shows it: answers in words, and each step with the evidence it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from performance.claims.rules import CALLED, State, pounds
from performance.pbr.rules import Judgement
from slf.web.words import day_in_words

SAID = {"met": "Yes", "not_met": "No", "not_known": "Not known", "neutral": "Neutral"}
TONES = {"met": "good", "not_met": "neutral", "not_known": "attention", "neutral": "neutral"}
KNEW = "Has declared that they know a family of it; nobody else could"
SETTLED = {State.PART_PAID: "In part so far", State.SETTLED: "What is not paid was rejected or taken back"}
GRADES = {"P": "primary source", "S": "secondary source", "D": "derived from the sources", "U": "no source"}


def shown(found: Judgement, case: Mapping[str, Any], *, contested: Mapping[str, date] | None = None) -> dict[str, Any]:
    """Return the judgement's content with words for answers and the facts behind each step.

    ``contested`` are the days on which somebody contested facts of the family, by their ids.
    """
    content, since = found.as_dict(), contested or {}
    facts = {fact["id"]: fact for fact in case["facts"]}
    names = {member["id"]: member.get("name") or "" for member in case["household"]["members"]}
    results = [result | said(result) | priced(name, result) for name, result in content["results"].items()]
    trace = [
        step | said(step) | sourced(step) | resting(step, facts, since) | {"who": names.get(step["about"], "")}
        for step in content["trace"]
    ]
    return content | {"results": results, "trace": trace}


def said(part: Mapping[str, Any]) -> dict[str, str]:
    return {"said": SAID[part["answer"]], "tone": TONES[part["answer"]]}


def priced(name: str, result: Mapping[str, Any]) -> dict[str, str]:
    amount = None if result.get("blocked_by") else result.get("amount")
    return {"called": CALLED.get(name, "Attachment"), "pounds": pounds(Decimal(amount)) if amount else ""}


def sourced(step: Mapping[str, Any]) -> dict[str, Any]:
    """Return how well the rule of a step is sourced, and whether something is still to be confirmed."""
    return {"graded": GRADES[step["grade"]], "unconfirmed": bool(step["to_be_confirmed"])}


def resting(step: Mapping[str, Any], facts: Mapping[str, Mapping], contested: Mapping[str, date]) -> dict[str, Any]:
    """Return the evidence of a step, one sentence for each file and day it was recorded on, and was contested on."""
    lines: dict[tuple[str, str, date | None], list[str]] = {}
    for fact in (facts[fact] for fact in step["facts"] if fact in facts):
        file, _, line = fact["source"].partition(", line ")
        since = contested.get(fact["id"])
        lines.setdefault((file, fact["recorded_on"], since), []).extend([line] if line else [])
    told = [as_sentence(file, on, found) + as_contested(since) for (file, on, since), found in lines.items()]
    return {"evidence": told}


def as_contested(since: date | None) -> str:
    return f"; contested on {day_in_words(since)}" if since else ""


def as_sentence(file: str, recorded_on: str, lines: list[str]) -> str:
    listed = ", ".join(sorted(set(lines), key=lambda line: line.zfill(9)))
    where = f", line{'s' if len(set(lines)) > 1 else ''} {listed}" if lines else ""
    return f"{file}{where}; recorded on {day_in_words(date.fromisoformat(recorded_on))}"


def steps_of(run, tests: Iterable, localities: Sequence, settled_on: date | None = None) -> list[dict[str, Any]]:
    """Return the way of a run from prepared to paid: each step, who took it and when, and whose the next one is.

    ``settled_on``: the day of the last entry, of a run that nothing is outstanding of.
    """
    tests = list(tests)
    tested = sum(1 for test in tests if test.result)
    told = f"{tested} of {len(tests)} tested" if tests and not run.audited_at else ""
    agreed = sum(1 for each in localities if each.agreed)
    heard = f"{agreed} of {len(localities)} localities" if localities else ""
    steps = [
        step("Prepared", run.prepared_by, run.prepared_at, "Data officer"),
        step("Reviewed", heard, run.reviewed_at, "Locality managers"),
        step("Audited", run.audited_by, run.audited_at, "Internal auditor", told),
        step("Signed", run.signed_by, run.signed_at, "Head of service", KNEW if run.signed_knowing else ""),
        step("Certified", run.certified_by, run.certified_at, "Senior responsible officer",
             KNEW if run.certified_knowing else ""),
        step("Submitted", run.submitted_by, run.submitted_on, "Data officer"),
        step("Paid", "", settled_on, "Department", SETTLED.get(run.state, "")),
    ]  # fmt: skip
    left = [each for each in steps if not each["at"]]
    if left and run.state != State.WITHDRAWN:
        left[0]["is_next"] = True
    return steps


def step(called: str, by: Any, at: Any, whose: str, note: str = "") -> dict[str, Any]:
    return {"called": called, "by": by or "", "at": at, "whose": whose, "note": note, "is_next": False}
