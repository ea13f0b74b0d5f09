from datetime import date

from families.sharing.models import Agreement
from families.sharing.services import record_agreement
from tests.factories import FamilyFactory

AGREED_ON = date(2014, 10, 1)


def agreed_family(by, **kwargs):
    """A family that has agreed to the service."""
    family = FamilyFactory(**kwargs)
    record_agreement(family, state=Agreement.State.GIVEN, said_on=AGREED_ON, how=Agreement.How.IN_PERSON, by=by)
    return family
