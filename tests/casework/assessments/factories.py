"""Assessments made the short way, through the services that make them in life."""

from datetime import date, timedelta

from casework.assessments.models import Assessment
from casework.assessments.rules import Answer
from casework.assessments.services import (
    Page,
    finish_assessment,
    members_of,
    missing_from,
    pages_of,
    save_page,
    sign_off,
    start_assessment,
)
from casework.cases.models import Case
from casework.visits.rules import Grade
from slf.accounts.models import User
from tests.conftest import Everything
from tests.referrals.intake.factories import in_the_name_of

SINCE, EARLIER, TODAY = date(2014, 9, 1), date(2014, 9, 10), date(2014, 10, 15)
GOOD = "We laugh a lot."


def with_a_case(family):
    Case.objects.get_or_create(family=family, defaults={"opened_on": SINCE, "opened_by": Everything.make()})
    return family


def started(family, by: User, *, on: date = TODAY) -> Assessment:
    with in_the_name_of(by):
        return start_assessment(with_a_case(family), by=by, on=on)


def whole(assessment: Assessment) -> Assessment:
    return Assessment.objects.in_full().get(pk=assessment.pk)


def page(assessment: Assessment, code: str, *, person=None, by: User | None = None) -> Page:
    found = whole(assessment)
    pages = pages_of(found, members_of(found, by=by or Everything.make(), on=TODAY))
    return next(p for p in pages if p.section.code == code and (person is None or p.person == person))


def said(assessment, code: str, by: User, *, person=None, revision=None, touched=None, **values):
    """Write answers on one page: ``said(it, "home", by, settled="no")``; an ``Answer`` brings its marks."""
    with in_the_name_of(by):
        now = whole(assessment)
        answers = {name: value if isinstance(value, Answer) else Answer(value) for name, value in values.items()}
        return save_page(
            now, page(now, code, person=person, by=by), answers=answers, by=by, touched=touched,
            revision=now.revision if revision is None else revision,
        )  # fmt: skip


def complete(assessment: Assessment, by: User) -> Assessment:
    """Answer what has to be answered."""
    with in_the_name_of(by):
        now = whole(assessment)
        missing = [(p.section.code, p.person, q.code) for p, q in missing_from(now, members_of(now, by=by, on=TODAY))]
    for section, person, code in missing:
        said(assessment, section, by, person=person, **{code: Answer(GOOD, Grade.REPORTED)})
    return whole(assessment)


def finished(family, by: User, *, on: date = TODAY) -> Assessment:
    made = complete(started(family, by, on=on), by)
    with in_the_name_of(by):
        return finish_assessment(made, by=by, on=on)


def signed(family, by: User, senior: User, *, on: date = TODAY) -> Assessment:
    made = finished(family, by, on=on)
    with in_the_name_of(senior):
        sign_off(made, by=senior, on=on)
    return whole(made)


def weeks(number: int) -> timedelta:
    return timedelta(weeks=number)
