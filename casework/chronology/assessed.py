"""The family's assessments in its chronology: started, finished, signed off."""

from collections.abc import Iterable, Iterator

from casework.assessments.models import Assessment
from casework.assessments.rules import State
from casework.chronology.rules import Entry, Kind, Step
from families.people.models import Family
from slf.accounts.models import User


def rows_of(family: Family, user: User) -> list[Assessment]:
    """Return a family's assessments: few, so that who shows how they stand and what happened asks once for both."""
    rows = Assessment.objects.visible_to(user).filter(family=family).select_related("family")
    return list(rows.select_related("started_by", "finished_by", "signed_by").order_by("-pk"))


def assessments(rows: Iterable[Assessment]) -> Iterator[Entry]:
    for row in rows:
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
