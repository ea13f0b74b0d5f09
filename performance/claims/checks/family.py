"""Checks of the family: who it is, whether the scheme is for it, and what its judgement rests on."""

from collections.abc import Iterable

from performance.claims.checks.shapes import (
    Answer,
    Line,
    Part,
    blocks,
    blocks_or,
    day,
    if_met,
    not_known,
    passed,
    sentences,
    unmet,
)
from performance.claims.record.facts import KINDS, OWN_FINDINGS
from performance.pbr.rules.calendar import spoken


def eligible(line: Line) -> Answer:
    """1: eligible when attached under this scheme, by evidence with a date."""
    entry = line.judgement["eligibility"]
    reasons = line.blocks("eligible_at_attachment", "scheme_date")
    if entry["answer"] != "met":
        return blocks(entry["reason"])
    dated = {fact["id"] for fact in line.facts if fact.get("recorded_on")}
    if not entry["facts"] or not dated.issuperset(entry["facts"]):
        return blocks("The family counts as eligible, but not each criterion has evidence with a date.")
    return blocks_or(reasons, passed(entry["reason"]))


def dependent_child(line: Line) -> Answer:
    """2: a dependent child, or one expected, on that day."""
    steps = line.steps("dependent_child")
    found = " ".join(sentences(steps))
    if not steps:
        return not_known("The judgement says nothing of a dependent child.")
    return blocks(found) if unmet(steps) else passed(found)


def elsewhere(line: Line) -> Answer:
    """3: a parent who lives elsewhere accounts for one problem at most."""
    steps = line.steps("elsewhere_once")
    several = [step for step in steps if len(step["facts"]) > 1]
    if line.judgement["eligibility"]["answer"] != "met" and several:
        return blocks(" ".join(sentences(several)))
    said = " ".join(sentences(steps)) or "Nobody who lives elsewhere accounts for a problem."
    return passed(said)


def claimed_once(line: Line) -> Answer:
    """4: nobody of the family is in another claim of the scheme."""
    if line.claimed:
        return passed("Nobody of the family was in another claim of this scheme when the run was frozen.")
    if line.claimed is None:
        return not_known("Who is claimed for already is asked when the run is frozen.")
    if not line.result["claimable"]:
        why = " ".join(block["reason"] for block in line.result["blocked_by"]) or line.reason
        return not_known(f"Nothing may be claimed here, so nobody asked who is claimed for already. {why}")
    if line.is_stopped:
        return not_known("Another check keeps it out, so nobody asked who is claimed for already.")
    return blocks("Somebody of the family is in another claim of this scheme: nobody is claimed for twice.")


def one_route(line: Line) -> Answer:
    """5: one route for one family."""
    return blocks_or(line.blocks("routes"), if_met(line, "The family is claimed by one route only."))


def sure_matches(line: Line) -> Answer:
    """16: no evidence rests on a match that is in doubt."""
    doubtful = [fact for fact in line.used if fact.get("confirmed") is False]
    if doubtful:
        return blocks(f"Not confirmed whose it is: {told(doubtful)}.")
    return passed(
        "Every fact used was matched by a number, confirmed by a person before it became evidence, or is of the record."
    )


def gateways(line: Line) -> Answer:
    """27: a lawful basis or gateway for all that was used, and consent for health."""
    use = line.shared.get("use")
    if not use:
        return not_known("This run kept nothing of what it was allowed to use.")
    allowed = {kind for name in ("free", "by_consent") for kinds in use[name].values() for kind in kinds}
    allowed |= KINDS if OWN_FINDINGS in use["free"].get("", ()) else set()
    outside = [fact for fact in line.used if kind_used(fact) not in allowed]
    if outside:
        return blocks(f"Nothing in the register lets a claim use {told(outside)}.")
    on = spoken(day(use["on"]))
    return passed(f"The register let a claim use each fact on {on}, by consent where that is the basis.")


def kind_used(fact: Part) -> str:
    """Return what kind of fact this is evidence of: of a search, what was searched for."""
    return str(fact["value"]["for"] if fact["kind"] == "records_checked" else fact["kind"])


def told(facts: Iterable[Part]) -> str:
    return "; ".join(sorted({f"{fact['source']}, recorded on {spoken(day(fact['recorded_on']))}" for fact in facts}))
