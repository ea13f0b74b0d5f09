"""Assessments of a worker's families: one reviewed now, one signed off lately, one to sign off, one sent back."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction

from casework.assessments.models import Assessment
from casework.assessments.rules import Answer
from casework.assessments.services import (
    finish_assessment,
    members_of,
    missing_from,
    pages_of,
    save_page,
    send_back,
    sign_off,
    start_assessment,
)
from casework.cases.models import Case
from families.people.models import Family
from performance.demo.money import is_worked
from performance.demo.people import Made
from slf.access.acting import acting_as
from slf.accounts.models import User

WEEK = timedelta(weeks=1)
GOOD_AT = (
    "Cooking for many, and keeping calm when others shout.", "Fixing bicycles. Never forgets a birthday.",
    "Drawing, and being kind to the little ones.", "Football, and telling jokes.", "Singing. Sleeps through now.",
)  # fmt: skip
THEN: Mapping[str, Mapping[str, Answer]] = {
    "strengths": {
        "good": Answer("“We stick together. Nobody goes to bed hungry.”", "reported"),
        "proud": Answer("The garden, and that everybody is registered with a doctor.", "reported"),
        "helps": Answer("Nan on Tuesdays, and the neighbour with the van.", "fact"),
    },
    "home": {
        "settled": Answer("no", "fact"),
        "home_wrong": Answer("Mould in the children's room; the landlord does not ring back.", "fact"),
        "enough": Answer("sometimes", "reported"),
        "hardest": Answer("The meter. It runs out at the weekend.", "reported"),
        "debts": Answer("yes", "reported"),
    },
    "together": {
        "together": Answer("“Mornings are war. Evenings are all right.”", "reported"),
        "safe": Answer("yes", "reported"),
    },
    "issues": {
        "needs": Answer("housing poverty education"),
        "needs_words": Answer("“Sort the damp and the rest gets easier.”", "reported"),
        "first": Answer("“Getting out of the door on time without a row.”", "reported"),
    },
    "view": {
        "view": Answer("Warm with each other. The damp wears them out.", "opinion"),
        "alone": Answer("some", "fact"),
        "why_not_alone": Answer("The youngest would not leave the room.", "fact"),
    },
}
NOW: Mapping[str, Mapping[str, Answer]] = {
    "home": {
        "settled": Answer("partly", "fact"),
        "home_wrong": Answer("The mould is treated. One window is left.", "fact"),
    },
    "together": {"together": Answer("“Three mornings out of five are fine now.”", "reported"), "safe": Answer("yes")},
}
BACK = "Please talk with the two younger children alone, and say what they said in their own words."


def assess_some(charnwood: Sequence[Made], accounts: dict[str, User], *, today: date) -> None:
    """Let a worker assess four families, and the senior sign off or send back."""
    worker, senior = accounts["fsw.charnwood"], accounts["senior.charnwood"]
    with acting_as(senior), transaction.atomic():
        theirs = [each.row for each in reversed(charnwood) if is_worked(each.row, worker)]
    waiting, returned, reviewed, signed = (*theirs, None, None, None, None)[:4]
    if waiting:
        finish(waiting, by=worker, on=today - WEEK)
    if returned:
        it = finish(returned, by=worker, on=today - 2 * WEEK)
        with acting_as(senior), transaction.atomic():
            send_back(it, because=BACK, by=senior, on=today - WEEK)
    if reviewed:
        finish(reviewed, by=worker, on=today - 13 * WEEK, senior=senior)
        with acting_as(worker), transaction.atomic():
            write(start_assessment(reviewed, by=worker, on=today), NOW, by=worker, on=today)
    if signed:
        finish(signed, by=worker, on=today - 4 * WEEK, senior=senior)


def finish(family: Family, *, by: User, on: date, senior: User | None = None) -> Assessment:
    """Write all of an assessment and finish it, not before the case was opened; sign it off where there is a senior."""
    with acting_as(by), transaction.atomic():
        opened = Case.objects.visible_to(by).filter(family=family, closed_on=None).get().opened_on
        day = max(on, opened)
        it = start_assessment(family, by=by, on=day)
        write(it, THEN, by=by, on=day)
        complete(it, by=by, on=day)
        finish_assessment(it, by=by, on=day)
    if senior is not None:
        with acting_as(senior), transaction.atomic():
            sign_off(it, by=senior, on=day)
    return it


def write(it: Assessment, said: Mapping[str, Mapping[str, Answer]], *, by: User, on: date) -> None:
    whole = Assessment.objects.visible_to(by).in_full().get(pk=it.pk)
    for page in pages_of(whole, members_of(whole, by=by, on=on)):
        if answers := said.get(page.section.code):
            save_page(whole, page, answers=answers, revision=10_000, by=by)


def complete(it: Assessment, *, by: User, on: date) -> None:
    """Say of each member what they are good at."""
    whole = Assessment.objects.visible_to(by).in_full().get(pk=it.pk)
    for number, (page, question) in enumerate(missing_from(whole, members_of(whole, by=by, on=on))):
        answers = {question.code: Answer(GOOD_AT[number % len(GOOD_AT)], "reported")}
        save_page(whole, page, answers=answers, revision=10_000, by=by)
