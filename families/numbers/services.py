"""Asking about a number before it is kept, and answering the question."""

from datetime import date

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from families.identifiers.rules import identifier_in_words
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
FREE = "free"


def is_free(number: str, *, of: Person, kind: str, family: Family, by: User) -> bool:
    """Tell whether a number may be kept. One that somebody out of sight has is asked about there.

    After too many of those in a day no number is free, whoever has it or not, and the heads of service are told.
    """
    with connection.cursor() as cursor:
        cursor.execute("select slf.ask_of_number(%s, %s, %s, %s)", [of.pk, family.pk, kind, number])
        (outcome,) = cursor.fetchone()
    if outcome == NumberTry.Outcome.HELD_BACK:
        promise("numbers.tell_heads", by=by, once=f"{by.pk}:{timezone.localdate()}")
    return bool(outcome == FREE)


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
