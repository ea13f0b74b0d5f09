"""Asking about a number before it is kept, and answering the question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from families.identifiers.rules import KINDS, identifier_in_words
from families.needs.services import state_person
from families.numbers import rules
from families.numbers.models import NumberQuestion, NumberTry
from families.people.models import Family, Person
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.errors import Conflict
from slf.work.services import promise

DECIDES = Can.RESTRICT_FAMILY
"""Whoever may close a family to others also says whose a number is."""
ANSWERED = "This question has been answered already."


@dataclass(frozen=True)
class Told:
    """A number that somebody of a family was told to have; both by their keys."""

    kind: str
    number: str
    person: int
    family: int


def is_free(number: str, *, of: Person, kind: str, family: Family, by: User) -> bool:
    """Tell whether a number may be kept. One that somebody out of sight has is asked about there.

    After too many of those in a day no number is free, whoever has it or not, and the heads of service are told.
    """
    return outcomes([Told(kind, number, of.pk, family.pk)], by=by) == [rules.FREE]


def outcomes(told: Sequence[Told], *, by: User) -> list[str]:
    """Ask of several numbers, one after the other; return of each whether it is free, asked about, or one too many."""
    with connection.cursor() as cursor:
        columns = [[getattr(one, name) for one in told] for name in ("person", "family", "kind", "number")]
        cursor.execute("select slf.ask_of_numbers(%s::bigint[], %s::bigint[], %s::text[], %s::text[])", columns)
        (found,) = cursor.fetchone()
    if NumberTry.Outcome.HELD_BACK in found:
        promise("numbers.tell_heads", by=by, once=f"{by.pk}:{timezone.localdate()}")
    return list(found)


@transaction.atomic
def keep_numbers(
    person: Person, numbers: Mapping[str, str], *, family: Family, source: str, by: User, said_on: date
) -> list[str]:
    """Write down what numbers somebody was told to have; return those that have to be checked first, in words.

    One of those is not kept, and what was told stays on the record; whose it is, nobody is told.
    """
    to_check = [
        _words(field, value)
        for field, value in numbers.items()
        if not _keep(person, field, value, family=family, by=by)
    ]
    state_person(person, family=family, words=rules.to_check(to_check), source=source, by=by, said_on=said_on)
    return to_check


def _keep(person: Person, field: str, value: str, *, family: Family, by: User) -> bool:
    if value == (getattr(person, field) or ""):
        return True
    if value and not is_free(value, of=person, kind=field, family=family, by=by):
        return False
    if _write(person, field, value):
        return True
    is_free(value, of=person, kind=field, family=family, by=by)
    return False


def _write(person: Person, field: str, value: str) -> bool:
    """Write a number down; tell whether it is kept: somebody else may be given it in this moment."""
    setattr(person, field, value or None)
    try:
        with transaction.atomic():
            person.save(update_fields=[field])
    except IntegrityError:
        person.refresh_from_db(fields=[field])
        return False
    return True


def _words(field: str, value: str) -> str:
    return identifier_in_words(value) if value else KINDS[field].short


def questions_for(user: User) -> QuerySet[NumberQuestion]:
    """Return the questions about families this person decides on, the open ones first."""
    rows = NumberQuestion.objects.visible_to(user, can=DECIDES).select_related("family", "locality", "answered_by")
    ordered: QuerySet[NumberQuestion] = rows.annotate(is_open=Q(answer="")).order_by("-is_open", "-asked_at", "-pk")
    return ordered


def open_questions(user: User) -> QuerySet[NumberQuestion]:
    return questions_for(user).filter(answer="")


@transaction.atomic
def answer_question(question: NumberQuestion, *, by: User, on: date, answer: str, note: str = "") -> None:
    """Keep the answer, once; what to do stands with the person whose number was typed, and whoever typed it is told."""
    told = rules.told(answer, number=identifier_in_words(question.number), by=str(by))
    with connection.cursor() as cursor:
        cursor.execute("select slf.answer_number(%s, %s, %s, %s, %s)", [question.pk, answer, note, told, on])
        (asker,) = cursor.fetchone()
    if asker is None:
        raise Conflict(ANSWERED)
    promise("numbers.tell_asker", by=by, asker=asker, once=str(question.uid))
    question.refresh_from_db()
