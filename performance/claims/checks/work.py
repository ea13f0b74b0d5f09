"""Checks of the work with the family: assessment, plan, lead worker, contacts, and what came after."""

from performance.claims.checks.shapes import Answer, Line, blocks_or, day, if_met, not_known, passed, warns
from performance.pbr.rules.calendar import spoken
from performance.pbr.rules.wording import listed

STEPPED_UP = ("child_protection_plan", "child_in_need")


def worked_with(line: Line) -> Answer:
    """11: lead worker, assessment of the whole family and plan, before the result or the closing."""
    reasons = line.blocks("whole_family_approach")
    return blocks_or(reasons, if_met(line, "Assessment, plan, lead practitioner and support came before the result."))


def nobody_left_out(line: Line) -> Answer:
    """12: the assessment is of the whole family, and the plan acts on every problem found."""
    plans, assessments = line.of("plan"), line.of("assessment")
    if not plans or not assessments:
        return not_known("This run knows of no assessment that was signed off, or of no plan the family agreed to.")
    if not any(fact.get("value", {}).get("whole_family") for fact in assessments):
        return warns("No assessment says that it is of the whole family.")
    acts_on = {str(code).casefold() for fact in plans for code in fact.get("value", {}).get("problems", ())}
    found = {fact["value"]["problem"] for fact in line.of("problem_identified")}
    if missing := sorted(code for code in found if code.casefold() not in acts_on):
        return warns(f"No plan acts on {listed([called(code, line) for code in missing])}, which somebody found.")
    return passed("The assessment is of the whole family and the plan acts on every problem found.")


def called(code: str, line: Line) -> str:
    """Return what a problem is called in the rules of the run."""
    rows = (row.in_use for row in line.scheme.criteria if row.kind == "found")
    return next((str(value["called"]) for value in rows if value["problem"].casefold() == code.casefold()), code)


def contact_between(line: Line) -> Answer:
    """13: the family was supported, not only found in data."""
    first, last = line.attached_on, line.result_on
    between = [fact["day"] for fact in line.of("contact") if first <= fact["day"] <= last]
    span = f"between {spoken(day(first))} and {spoken(day(last))}"
    if between:
        return passed(f"{len(between)} contact{'s' if len(between) > 1 else ''} {span}.")
    if line.is_searched("contact", first, last):
        return warns(f"No contact {span}: the result was found in data only.")
    return not_known(f"This run knows of no contact {span}, and not of every day whether there was one.")


def stayed_closed(line: Line) -> Answer:
    """19: neither opened again nor stepped up while the result had to last."""
    if not line.window:
        return if_met(line, "This result has no window in which something could change.")
    first, last = line.window["from"], line.window["to"]
    up = [fact for fact in line.of(*STEPPED_UP) if first <= fact["from"] <= last]
    opened = [fact for fact in line.of("case_closed") if first <= (fact.get("to") or "") <= last]
    if up or opened:
        when = spoken(day(min(fact["from"] if fact in up else fact["to"] for fact in [*up, *opened])))
        return warns(f"Work was opened again or stepped up on {when}, while the result had to last.")
    if all(line.is_searched(kind, first, last) for kind in STEPPED_UP):
        return passed("Nobody stepped the family up while the result had to last.")
    return not_known("Nobody searched social care's records for all of the time that the result had to last.")
