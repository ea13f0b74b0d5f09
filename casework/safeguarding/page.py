"""What pages and programs show of a concern, and how a look at one is kept."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from casework.provenance.models import marks_in
from casework.safeguarding import rules
from casework.safeguarding.clocks import Clock
from casework.safeguarding.models import Concern, ConcernEntry
from casework.safeguarding.rules import MASKED, STEPS, TAKEN, Step
from families.people.models import Family
from referrals.intake.rules.settings import DUTY_NUMBER, EMERGENCY_NUMBER
from slf.access.doors import log_view
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass
from slf.accounts.models import User
from slf.clock import now
from slf.policy.models import setting_on


@dataclass(frozen=True)
class NumberToRing:
    whom: str
    number: str
    mark: str

    @property
    def href(self) -> str:
        return f"tel:{self.number.replace(' ', '')}"


def numbers() -> list[NumberToRing]:
    """Return whom to ring when somebody is in danger, the police first."""
    found = (
        ("Police, ambulance, fire", EMERGENCY_NUMBER),
        ("Children's social care", DUTY_NUMBER),
        ("Adult social care", rules.ADULT_NUMBER),
        ("Designated officer, about somebody who works with children", rules.OFFICER_NUMBER),
    )
    return [NumberToRing(whom, now_.value, now_.mark) for whom, now_ in ((w, setting_on(s)) for w, s in found)]


def about_family(pk: int | None, user: User) -> Family | None:
    """Return the family a note is about, while its writer sees it; else it is about somebody described in words."""
    found = Family.objects.visible_to(user).filter(pk=pk).first() if pk else None
    return found and Family.objects.visible_to(user).filter(pk=found.shown.pk).first()


def log_concern(request: HttpRequest, concern: Concern, what: str) -> None:
    """Keep that somebody looked. A look at what is said about staff is in no family's list and says nothing of it."""
    if concern.is_of_staff or concern.family is None:
        log_view(request, "A safeguarding concern of no family")
    else:
        log_view(request, what, family=concern.family)


def in_full(concern: Concern, user: User) -> dict[str, Any]:
    """Return a concern with its clocks, and what this person may do about it."""
    moment, said, over = now(), concern.said_mistaken, concern.is_mistaken
    reviews = not over and may_review(concern, user)
    adds = not over and Concern.objects.visible_to(user).added_to_by(user).filter(pk=concern.pk).exists()
    return {
        "concern": concern,
        "family": concern.family and concern.family.shown,
        "opens": concern.family and opens_family(concern.family, user),
        "clocks": [(clock, clock.words(moment), clock.tone(moment)) for clock in concern.clocks(moment)],
        "entries": [(entry, told(entry)) for entry in reversed(concern.all_entries)],
        "steps": [(step, STEPS[step].verb) for step in next_steps(concern.waits(moment))] if adds else [],
        "may_review": reviews and (concern.is_of_staff or user.pk not in {concern.written_by_id, concern.first_by_id}),
        "said": said,
        "may_decide": reviews and said is not None and said.by_id != user.pk,
        "masked": MASKED if over else "",
        "text_is_kept_from": over and concern.first is None,
        "provenances": marks_in(concern.family.shown, user=user) if concern.family else {},
        "may_mark": not over and concern.family is not None and may_mark(concern, user),
        "moved_to": Concern.objects.visible_to(user).filter(moved_from=concern).first() if over else None,
    }


def may_review(concern: Concern, user: User) -> bool:
    return Concern.objects.visible_to(user, can=Can.REVIEW_CONCERN).filter(pk=concern.pk).exists()


def may_mark(concern: Concern, user: User) -> bool:
    """Tell whether this person says whose information an entry is: who works with the family, not only its author."""
    return Concern.objects.visible_to(user, can=Can.WORK_FAMILY).filter(pk=concern.pk).exists()


def opens_family(family: Family, user: User) -> bool:
    rights = rights_of(user)
    return rights.opens(RecordClass.CARD, scope_id=family.scope_id, family_id=family.pk)


def next_steps(waits: list[Clock]) -> list[Step]:
    """Return what can be said, what is waited for first."""
    first = [clock.step for clock in sorted(waits, key=lambda clock: clock.due) if clock.step in TAKEN]
    return list(dict.fromkeys([*first, *TAKEN]))


def told(entry: ConcernEntry) -> list[tuple[str, str]]:
    """Return the answers of an entry, each with what was asked."""
    asks = STEPS[Step(entry.step)]
    if entry.step == Step.RAISED:
        said = [
            ("Who it is about", entry.who), ("What the concern is", entry.words),
            ("What was done already", entry.done), ("Do they know?", entry.result_in_words),
        ]  # fmt: skip
    else:
        named = "By whom" if entry.step in {Step.ACKNOWLEDGED, Step.OUTCOME} else "To whom"
        said = [(named, entry.who), (asks.verb and "Which", entry.result_in_words), ("In words", entry.words)]
    return [(label, value) for label, value in said if value]
