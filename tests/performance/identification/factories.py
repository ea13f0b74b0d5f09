"""Families and files to find: worked with and not, and people in files nobody knows."""

from datetime import date

from django.db import transaction

from casework.cases.models import Case
from families.hub.matching import NOBODY
from families.hub.models import FeedFile, FeedRow
from families.hub.rules import State as RowState
from families.hub.services import data_office
from performance.identification import services
from performance.identification.models import IdentificationRun
from slf.access.acting import acting_as
from slf.work import services as work
from tests.factories import FamilyFactory, MembershipFactory
from tests.performance.claims.factories import CLAIM_ON, fact

FIRST = date(2012, 1, 1)


@transaction.atomic
def family_with(*kinds: str, by, attached_on: date | None = None, locality=None):
    """Make a family with evidence of these kinds, attached or not."""
    family = FamilyFactory(**({"locality": locality} if locality else {}))
    parent = MembershipFactory(family=family, person__born_on=date(1980, 5, 4), period=(FIRST, None)).person
    MembershipFactory(family=family, person__born_on=date(2001, 10, 9), part="child", period=(FIRST, None))
    if attached_on:
        Case.objects.create(family=family, opened_on=attached_on, attached_on=attached_on, opened_by=by)
    seen = attached_on or CLAIM_ON
    day = date(seen.year - 1, 12, 9)
    if "asb" in kinds:
        fact(family, parent, "asb_intervention", day, day, by=by, instrument="ABC")
    if "work" in kinds:
        fact(family, parent, "benefit_spell", FIRST, None, by=by, recorded_on=seen, benefit="JSA")
    if "concern" in kinds:
        fact(family, parent, "child_in_need", FIRST, None, by=by, recorded_on=seen)
    return family


@transaction.atomic
def rows_of_a_stranger(number: str = "AB123456C", *, by) -> None:
    """Put rows about somebody nobody knows into the files of two agencies."""
    who = {"NI number": number, "UPN": "", "Surname": "Nobody", "Forename": "Known", "Date of birth": "04/05/1980"}
    asb = who | {"Intervention date": "09/06/2014", "Instrument": "ABC", "Case reference": ""}
    benefit = {k: v for k, v in who.items() if k != "UPN"} | {
        "Benefit": "JSA",
        "Start date": "01/06/2012",
        "End date": "",
    }
    for feed, raw in (("asb", asb), ("benefits", benefit)):
        file = FeedFile.objects.get(feed=feed)
        FeedRow.objects.create(
            scope=data_office(), file=file, number=50, line=50, raw=raw, state=RowState.UNMATCHED, reason=NOBODY
        )


def look(by) -> IdentificationRun:
    """Begin a run and do its work, as a worker would."""
    with acting_as(by):
        run = services.look_now(by=by, on=CLAIM_ON)
        job = work.run(run.job.uid)
        with transaction.atomic():
            job.refresh_from_db()
            assert job.state == "done", job.error
            run.refresh_from_db()
    return run
