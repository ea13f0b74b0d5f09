"""Part of check 15: work that the ESF provider counts is not claimed here too."""

from casework.provider.counted import By, Outcome, counted_by
from performance.claims.checks.shapes import Line, Part, day
from performance.pbr.rules.calendar import spoken


def counted_elsewhere(line: Line, jobs: list[Part]) -> str:
    """Return why the work a line rests on is the provider's to count; nothing where it is not."""
    for job in jobs:
        starts = [day(fact["from"]) for fact in line.of("esf_attached") if fact.get("person") == job.get("person")]
        began = min(day(fact["from"]) for fact in jobs if fact.get("person") == job.get("person"))
        attached = min(starts, default=None)
        by, row = counted_by(Outcome.EMPLOYMENT, on=began, attached_on=attached)
        if by is By.PROVIDER and attached:
            doubt = "" if row.is_confirmed else " This is to be confirmed; until then it is not claimed here."
            said = f"They were with the ESF provider from {spoken(attached)}, before the work began: {row.id}."
            return f"This outcome is counted by the ESF provider. {said}{doubt}"
    return ""
