"""Writing down what somebody said of themselves."""

from datetime import date

from django.db import IntegrityError, transaction

from families.about import rules
from families.about.models import AboutAnswer
from families.people.models import Family, Membership, Person
from slf.accounts.models import User
from slf.web.errors import Conflict, DomainError

CHANGED = "Somebody else answered this while you had it open. Read what it says now before you go on."


class WrongAnswer(DomainError):
    """What was answered is none of the answers to this question."""

    status = 422
    title = "This is no answer to the question"


@transaction.atomic
def answer(
    member: Membership,
    kind: str,
    *,
    said: str,
    words: str = "",
    source: str,
    told_by: str,
    said_on: date,
    seen: str = "",
    by: User,
) -> AboutAnswer:
    """Keep an answer; the one before stays readable. ``seen`` is the one the writer read; empty: there was none."""
    if wrong := rules.problem(kind, said, words):
        raise WrongAnswer(f"{next(iter(wrong.values()))}.")
    last = in_force(member.family, member.person).get(kind)
    if (str(last.uid) if last else "") != seen:
        raise Conflict(CHANGED)
    try:
        with transaction.atomic():
            return AboutAnswer.objects.create(
                family=member.family, person=member.person, kind=kind, answer=said, words=words, source=source,
                told_by=told_by, said_on=said_on, supersedes=last, recorded_by=by,
            )  # fmt: skip
    except IntegrityError as raced:
        raise Conflict(CHANGED) from raced


def in_force(family: Family, person: Person) -> dict[str, AboutAnswer]:
    """Return the last answer to each question that was answered in this family."""
    rows = AboutAnswer.objects.in_force().filter(family=family, person__in=person.rows())
    rows = rows.select_related("recorded_by")
    return {row.kind: row for row in rows}
