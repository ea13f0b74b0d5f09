"""The family's agreement: written down as it is said, and looked up for a day."""

from datetime import date

from families.people.models import Family, Person
from families.sharing.models import Agreement
from slf.accounts.models import User


def record_agreement(
    family: Family, *, state: Agreement.State, said_on: date, how: Agreement.How, by: User, person: Person | None = None
) -> Agreement:
    """Add one statement. A later one counts instead of it; none is ever changed."""
    return Agreement.objects.create(family=family, person=person, state=state, said_on=said_on, how=how, recorded_by=by)


def agreement_in_force(family: Family, *, on: date) -> Agreement | None:
    """Return what the family last said by the end of a day, if that was to agree."""
    last = family.agreements.filter(said_on__lte=on).order_by("-said_on", "-pk").first()
    return last if last and last.state == Agreement.State.GIVEN else None
