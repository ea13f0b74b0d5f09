"""What a family says, written down as it is said: its agreement, looked up for a day, and its consents."""

from datetime import date

from families.people.models import Family, Person
from families.people.rules import age_on
from families.register.rules import Ground, Purpose
from families.sharing.models import Agreement, Consent
from slf.accounts.models import User
from slf.web.errors import NotAllowed

DECIDES_AT = 16
"""From this age nobody asks why somebody may decide for themselves: example, not Leicestershire policy."""
NOT_THEIRS = "This is about another adult. Only they can say it."
SAY_WHY = "Say why this child understands what they decide."


def record_agreement(
    family: Family, *, state: Agreement.State, said_on: date, how: Agreement.How, by: User, person: Person | None = None
) -> Agreement:
    """Add one statement. A later one counts instead of it; none is ever changed."""
    return Agreement.objects.create(family=family, person=person, state=state, said_on=said_on, how=how, recorded_by=by)


def agreement_in_force(family: Family, *, on: date) -> Agreement | None:
    """Return what the family last said by the end of a day, if that was to agree."""
    last = family.agreements.filter(said_on__lte=on).order_by("-said_on", "-pk").first()
    return last if last and last.state == Agreement.State.GIVEN else None


def record_consent(
    family: Family,
    ground: Ground,
    *,
    purpose: Purpose,
    person: Person | None,
    said_by: Person,
    state: Consent.State,
    said_on: date,
    how: Agreement.How,
    by: User,
    competence: str = "",
    evidence: str = "",
) -> Consent:
    """Add one statement about one use of one kind of information. A later one counts instead; none is ever changed.

    Raises ``NotAllowed`` when one adult speaks for another, and when a child decides and nobody says why they may.
    """
    if problem := who_may_say(person, said_by=said_by, on=said_on, competence=competence):
        raise NotAllowed(problem)
    return Consent.objects.create(
        family=family, person=person, agency=ground.agency or "", category=ground.category, purpose=purpose,
        state=state, said_by=said_by, said_on=said_on, how=how, competence=competence, evidence=evidence,
        recorded_by=by,
    )  # fmt: skip


def who_may_say(person: Person | None, *, said_by: Person, on: date, competence: str) -> str:
    """Return a sentence when this person cannot say it; an unknown date of birth counts as a child's."""
    if person is not None and person != said_by and not is_child(person, on=on):
        return NOT_THEIRS
    return SAY_WHY if is_child(said_by, on=on) and not competence.strip() else ""


def is_child(person: Person, *, on: date) -> bool:
    return person.born_on is None or age_on(person.born_on, on) < DECIDES_AT
