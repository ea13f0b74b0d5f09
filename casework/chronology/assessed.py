"""The family's assessments in its chronology: started, finished, signed off."""

from collections.abc import Iterator

from casework.assessments.models import Assessment
from casework.assessments.rules import State
from casework.chronology.latest import newest
from casework.chronology.rules import Entry, Kind, Step
from families.people.models import Family
from slf.accounts.models import User


def assessments(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    rows = Assessment.objects.visible_to(user).filter(family=family)
    rows = rows.select_related("started_by", "finished_by", "signed_by")
    for row in newest(rows, most, "signed_on", "finished_on", "started_on"):
        title, href = f"{row.kind_name} {row.number}", row.get_absolute_url()
        given_up = ("Thrown away later",) if row.state == State.DROPPED else ()
        steps = (
            (row.started_on, Step.ASSESSMENT_STARTED, "started", row.started_by, given_up),
            (row.finished_on, Step.ASSESSMENT_FINISHED, "finished", row.finished_by, ()),
            (row.signed_on, Step.ASSESSMENT_SIGNED, "signed off", row.signed_by, ()),
        )
        for day, step, what, who, detail in steps:
            if day is not None:
                said = {"detail": detail, "by": str(who), "href": href}
                yield Entry(day, Kind.ASSESSMENT, step, f"{title}: {what}", **said)
