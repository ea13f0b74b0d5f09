"""The extra result about work: an adult on the way to it."""

from performance.pbr.rules import calendar
from performance.pbr.rules.answers import NEUTRAL, Finding, Step, of_several
from performance.pbr.rules.events import of_events
from performance.pbr.rules.evidence import Case, Who
from performance.pbr.rules.shapes import Fact, Row, Span


def progress_to_work(row: Row, case: Case, steps: list[Step]) -> Finding:
    """Attached to ESF provision, or a Work Programme volunteer: since the service began, and lately."""
    lately = calendar.months_to(case.on, row.in_use["months"])
    span = Span(max(lately.first, case.judged_on), case.on)
    ages = {member.id: calendar.is_under(18, member, case.on) for member in case.since_attachment}
    adults: Who = {None: False, **{person: under is False for person, under in ages.items() if under is not True}}
    findings = [
        of_events(case, "esf_attached", adults, span, "start on ESF provision", "starts on ESF provision"),
        of_events(case, "work_programme", adults, span, "Work Programme volunteer", only=volunteered),
    ]
    found = of_several(findings, Finding(NEUTRAL))
    steps.append(Step(row, found))
    return found


def volunteered(fact: Fact) -> bool | None:
    return fact.value.get("volunteered")
