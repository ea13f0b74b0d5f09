"""Checks of the result: windows, figures, evidence, and what was paid for."""

from performance.claims.checks.provider import counted_elsewhere
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
    warns,
)
from performance.pbr.rules.calendar import spoken

SCHOOL = ("exclusions_below", "absence_below", "attendance_above")
FALLS = ("asb_reduction", "offending_reduction")
STILL_TO_PASS = ("sustained", "continuous_employment")


def window_over(line: Line) -> Answer:
    """6: the whole window is over, counted to the day the evidence is for."""
    early = line.steps("window_elapsed") if line.component != "continuous_employment" else []
    early += [
        step for step in line.steps(*STILL_TO_PASS)
        if step["answer"] == "not_met" and step["window"] and is_short(step, line)
    ]  # fmt: skip
    if not line.met and early:
        return blocks(" ".join(dict.fromkeys(sentences(early))))
    ended = f"The window was over on {spoken(day(line.result_on))}." if line.window else "This result has no window."
    return if_met(line, ended)


def is_short(step: Part, line: Line) -> bool:
    """Tell whether a step found too short a time: work says so by its window, progress by one that is not over."""
    work = line.kind(step["rule"]) == "continuous_employment"
    return line.of_result(step) if work else step["window"]["to"] >= line.on


def schooling_known(line: Line) -> Answer:
    """7: complete attendance of every child of school age for every term."""
    gaps = [step for step in line.steps(*SCHOOL) if step["answer"] == "not_known"]
    reasons = sentences(gaps)
    return blocks_or(reasons, if_met(line, "No child of school age lacks figures for a term of the window."))


def nobody_else(line: Line) -> Answer:
    """8: no other child and no new problem over the threshold inside the window."""
    starting = unmet(line.steps("nobody_starting")) if line.component == "crime_asb_education" else []
    back = [step for step in unmet(line.steps("sustained")) if showed_again(step, line)]
    again = back if line.component == "sustained_progress" else []
    return blocks_or(sentences([*starting, *again]), if_met(line, "No other child and no new problem was recorded."))


def showed_again(step: Part, line: Line) -> bool:
    """Tell whether a step of lasting progress rests on something else than progress: the problem came back."""
    about = {"progress_reached", "equivalent_progress", "case_closed", "records_checked"}
    return any(fact["kind"] not in about for fact in line.facts if fact["id"] in step["facts"])


def neutral(line: Line) -> Answer:
    """9: education that is neutral is shown as neutral, and is no result alone."""
    alone = line.warnings("neutral_alone")
    if alone:
        return warns(" ".join(alone))
    left = [step for step in line.steps("neutral_when_left") if step["answer"] == "neutral"]
    return passed(" ".join(dict.fromkeys(sentences(left))) or "Education is not neutral here.")


def from_something(line: Line) -> Answer:
    """10: from none there is no reduction."""
    days = {fact["id"]: fact["day"] for fact in line.of("asb_intervention", "offence_proven")}
    falls = [step for step in line.steps(*FALLS) if step["answer"] == "met"]
    empty = [step for step in falls if not any(days.get(fact, line.on) < line.attached_on for fact in step["facts"])]
    if empty:
        return blocks(f"From none before the service began there is nothing to reduce. {' '.join(sentences(empty))}")
    neutral_ones = [step for step in line.steps(*FALLS) if step["answer"] == "neutral"]
    said = " ".join(sentences(falls or neutral_ones)) or "No reduction is claimed."
    return if_met(line, said)


def after_attachment(line: Line) -> Answer:
    """14: no evidence of the outcome from before the service began."""
    before = unmet(line.steps("after_attachment"))
    if before:
        return blocks(" ".join(sentences(before)))
    began = spoken(day(line.attached_on))
    if line.window and line.window["to"] < line.attached_on:
        return blocks(f"The result is of {spoken(day(line.result_on))}, before the service began on {began}.")
    return if_met(line, f"The result is of {spoken(day(line.result_on))}; the service began on {began}.")


def in_work(line: Line) -> Answer:
    """15: evidence of work, not only of a benefit that ended; and of work that nobody else is paid for."""
    lacking = unmet(line.steps("evidence_of_work"))
    if lacking:
        return blocks(" ".join(sentences(lacking)))
    jobs = [fact for fact in line.used if fact["kind"] == "employment_spell"]
    if line.met and not jobs:
        return blocks("Nothing used shows work: that somebody left a benefit is not evidence of work.")
    if elsewhere := counted_elsewhere(line, jobs):
        return blocks(elsewhere)
    return passed(f"Work is shown by {jobs[0]['source']}.") if jobs else if_met(line, "")


def fresh(line: Line) -> Answer:
    """17: evidence that was refreshed lately."""
    row = next((r for r in line.scheme.results if r.group == line.component and "called" in r.in_use), None)
    called = f" for {row.in_use['called']} " if row else ""
    stale = [said for said in line.warnings("fresh") if called in said]
    months = line.scheme.by_kind.get("fresh")
    if months is None:
        return not_known("The rules of this run do not say how old evidence may be.")
    fresh_enough = f"The newest evidence was recorded within {months.in_use['months']} months of the day of the claim."
    return warns(" ".join(stale)) if stale else if_met(line, fresh_enough)


def no_regression(line: Line) -> Answer:
    """18: nothing lost again between the result and the claim."""
    if line.component == "continuous_employment":
        ids = {fact for step in line.steps("continuous_employment") for fact in step["facts"]}
        jobs = [fact for fact in line.of("employment_spell") if fact["id"] in ids]
        ended = max((fact.get("to") or "9999" for fact in jobs), default="9999")
        if ended < line.on:
            lost = f"The work ended on {spoken(day(ended))}, before the claim."
            return warns(lost) if line.met else blocks(lost)
    elif not line.met and line.component == "sustained_progress":
        back = [step for step in unmet(line.steps("sustained")) if showed_again(step, line)]
        if back:
            return blocks(" ".join(sentences(back)))
    return if_met(line, "Nothing recorded up to the day of the claim undoes the result.")


def within_the_price(line: Line) -> Answer:
    """21: attachment and results together within the most for one family, at a price with dates."""
    reasons = line.blocks("price_dated", "most_per_family")
    price = line.result.get("price")
    row = line.scheme.rows.get(price) if price else None
    if line.met and not reasons and (row is None or not line.result.get("amount")):
        return blocks("The result has no price in the rules of this run.")
    most = line.scheme.by_kind.get("most_per_family")
    if most is None:
        return blocks_or(reasons, not_known("The rules of this run name no most for one family."))
    within = f"Priced by {price}; with the attachment fee it is within £{most.in_use['pounds']} for one family."
    return blocks_or(reasons, if_met(line, within))


def decided_by_somebody(line: Line) -> Answer:
    """25: a decision that counts as progress has who approved it, its grade and a reason."""
    ids = {fact for step in line.steps("equivalent") for fact in step["facts"]}
    decisions = [fact["value"] for fact in line.of("equivalent_progress") if fact["id"] in ids]
    if not decisions:
        return passed("No decision stands in for progress here.")
    if not all(str(each.get("approver", "")).strip() and str(each.get("reason", "")).strip() for each in decisions):
        return blocks("A decision that counts as progress does not say who approved it and why.")
    who = ", ".join(sorted({each["approver"] for each in decisions}))
    if all(str(each.get("grade", "")).strip() for each in decisions):
        graded = ", ".join(sorted({f"{each['approver']}, {each['grade']}" for each in decisions}))
        return passed(f"Approved by {graded}, with a reason.")
    return not_known(f"{who} approved it with a reason, but the grade of whoever approved is not known.")


def still_frozen(line: Line) -> Answer:
    """26: what was judged is what was frozen."""
    if not line.digest:
        return not_known("The line is not frozen yet.")
    if not line.is_whole:
        return blocks("The judgement is not the one whose fingerprint was frozen. Tell internal audit.")
    return passed("The judgement has the fingerprint it was frozen with; what feeds say later makes no change to it.")
