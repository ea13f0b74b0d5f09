"""Questions whether a referral made elsewhere is about a family that is known here, and their answers."""

from datetime import date

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from referrals.intake.models import Referral
from referrals.triage import rules
from referrals.triage.models import MatchQuestion
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.errors import Conflict

DECIDES = Can.RESTRICT_FAMILY
"""Whoever may close a family to others also says whether a referral is about it."""

OPEN_FIRST = ("-is_open", "-asked_at", "-pk")
ANSWERED = "This question has been answered already."


def ask_elsewhere(referral: Referral) -> None:
    """Ask whoever may see a like family elsewhere. Nothing comes back, and nothing here depends on it."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.ask_elsewhere(%s)", [referral.pk])


def questions_for(user: User) -> QuerySet[MatchQuestion]:
    """Return the questions about families this person decides on, the open ones first."""
    rows = MatchQuestion.objects.visible_to(user, can=DECIDES).select_related("family", "locality", "answered_by")
    return rows.annotate(is_open=Q(answer="")).order_by(*OPEN_FIRST)


def open_questions(user: User) -> QuerySet[MatchQuestion]:
    return questions_for(user).filter(answer="")


def unheard() -> str:
    """Tell who heads the service how many questions reach nobody, and nothing more; to others it is empty."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.unheard_questions()")
        return rules.unheard_in_words(int(cursor.fetchone()[0]))


@transaction.atomic
def answer_question(
    question: MatchQuestion, *, by: User, on: date, answer: MatchQuestion.Answer, note: str = ""
) -> None:
    """Keep the answer, once, and tell the team that has the referral what to do where there is something to do."""
    told = rules.to_do(answer, by=str(by))
    with connection.cursor() as cursor:
        cursor.execute("select slf.answer_question(%s, %s, %s, %s, %s)", [question.pk, answer, note, told, on])
        (answered,) = cursor.fetchone()
    if not answered:
        raise Conflict(ANSWERED)
    question.refresh_from_db()
