"""Finishing an assessment, signing it off or sending it back, and giving one up."""

from datetime import date

from django.db import transaction

from casework.assessments import rules
from casework.assessments.models import Assessment
from casework.assessments.rules import Act, State
from casework.assessments.services.pages import Page, lock_assessment, members_of, missing_from
from casework.transitions.rules import TRANSITIONS, Move, can_of
from families.needs.services import find_need
from slf.accounts.models import User
from slf.web.errors import Conflict, Incomplete, NotAllowed, NotForYou
from slf.web.words import day_in_words
from slf.work.services import promise


@transaction.atomic
def finish_assessment(assessment: Assessment, *, by: User, on: date) -> Assessment:
    """Say that it is complete: a senior signs it off or sends it back. Safe twice."""
    assessment = lock_assessment(assessment)
    if assessment.state == State.FINISHED and assessment.finished_by_id == by.pk:
        return assessment
    state = rules.next_state(assessment.state, Act.FINISH)
    whole = Assessment.objects.in_full().get(pk=assessment.pk)
    if missing := list(missing_from(whole, members_of(whole, by=by, on=on))):
        raise Incomplete(
            [place_of(whole, *one) for one in missing], "Some answers are missing before this can be finished."
        )
    assessment.state, assessment.finished_by, assessment.finished_on = state, by, on
    assessment.save(update_fields=["state", "finished_by", "finished_on"])
    promise("assessment.tell_seniors", by=by, assessment=assessment.pk)
    return assessment


def place_of(assessment: Assessment, page: Page, question: rules.Question) -> tuple[str, str]:
    """Return what is missing, and where it is given."""
    return f"{page.title}: {question.words}", f"{assessment.get_absolute_url()}#{page.anchor}"


@transaction.atomic
def sign_off(assessment: Assessment, *, by: User, on: date) -> Assessment:
    """Sign a finished assessment off. The needs it names are found, or confirmed where they are known. Safe twice."""
    assessment = _to_decide(assessment, by=by)
    if assessment.state == State.SIGNED and assessment.signed_by_id == by.pk:
        return assessment
    state = _decided(assessment, Act.SIGN, by=by)
    assessment.state, assessment.signed_by, assessment.signed_on = state, by, on
    assessment.save(update_fields=["state", "signed_by", "signed_on"])
    _find_needs(assessment, by=by, on=on)
    promise("assessment.tell", by=by, assessment=assessment.pk, what="signed")
    return assessment


@transaction.atomic
def send_back(assessment: Assessment, *, because: str, by: User, on: date) -> Assessment:
    """Send a finished assessment back to be written on, with a reason. Safe twice."""
    if not because.strip():
        raise NotAllowed(rules.SAY_WHY)
    assessment = _to_decide(assessment, by=by)
    same = (assessment.sent_back_by_id, assessment.sent_back_because) == (by.pk, because.strip())
    if assessment.state == State.RETURNED and same:
        return assessment
    assessment.state = _decided(assessment, Act.SEND_BACK, by=by)
    assessment.sent_back_by, assessment.sent_back_on, assessment.sent_back_because = by, on, because.strip()
    assessment.save(update_fields=["state", "sent_back_by", "sent_back_on", "sent_back_because"])
    promise("assessment.tell", by=by, assessment=assessment.pk, what="returned")
    return assessment


@transaction.atomic
def throw_away_assessment(assessment: Assessment, *, by: User, on: date) -> Assessment:
    """Give up one that is not finished. What was written stays in its history. Safe twice."""
    assessment = lock_assessment(assessment)
    if assessment.state != State.DROPPED:
        assessment.state = rules.next_state(assessment.state, Act.THROW_AWAY)
        assessment.save(update_fields=["state"])
    return assessment


def _find_needs(assessment: Assessment, *, by: User, on: date) -> None:
    """Find what was ticked, each with the words that were asked for because of it."""
    rows = list(assessment.answers.exclude(value="").select_related("question", "person__merged_into"))
    words = {(row.question.when_question, row.subject): row.value for row in rows if row.question.when_question}
    kind_name, day = assessment.kind_name, assessment.finished_on or on
    for row in rows:
        if row.question.form == rules.Form.NEEDS:
            evidence = words.get((row.question.code, row.subject), f"Named in the {kind_name.lower()}.")
            for kind in row.value.split():
                find_need(
                    assessment.family, kind=kind, person=row.person, evidence=evidence, by=by, on=on, seen_on=day,
                    source=f"{kind_name} {assessment.number}, {day_in_words(day)}",
                )  # fmt: skip


def _to_decide(assessment: Assessment, *, by: User) -> Assessment:
    if not Assessment.objects.visible_to(by, can=can_of(Move.ASSESS)).filter(pk=assessment.pk).exists():
        raise NotForYou(TRANSITIONS[Move.ASSESS].not_yours)
    return lock_assessment(assessment)


def _decided(assessment: Assessment, act: Act, *, by: User) -> State:
    if assessment.finished_by_id == by.pk and rules.may(assessment.state, act):
        raise NotForYou(TRANSITIONS[Move.ASSESS].second)
    try:
        return rules.next_state(assessment.state, act)
    except NotAllowed as late:
        raise Conflict(late.message) from late
