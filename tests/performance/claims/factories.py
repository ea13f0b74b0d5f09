"""A family whose evidence earns a result under P1, in rows."""

from datetime import date, timedelta

from django.db import connection, transaction

from casework.cases.models import Case
from families.facts.models import Fact
from families.facts.rules import KINDS
from families.hub.models import FeedFile, FeedRow
from families.hub.rules import State as RowState
from families.hub.services import data_office
from families.people.models import Membership
from performance.rulebook import services as rules
from performance.rulebook.reading import scheme_in_use
from performance.warnings.models import LineWarning, RunWarning
from performance.warnings.services import sign_off
from slf.access.acting import acting_as
from tests.casework.visits.factories import VisitFactory
from tests.database import owner
from tests.factories import FamilyFactory, MembershipFactory

CLAIM_ON = date(2014, 10, 15)
ATTACHED_ON = date(2013, 7, 15)
TERMS = ("2012-13 autumn", "2012-13 spring", "2012-13 summer", "2013-14 autumn", "2013-14 spring", "2013-14 summer")
TERM_DAYS = {
    "2012-13 autumn": (date(2012, 8, 28), date(2012, 12, 21)), "2012-13 spring": (date(2013, 1, 7), date(2013, 3, 28)),
    "2012-13 summer": (date(2013, 4, 15), date(2013, 7, 12)), "2013-14 autumn": (date(2013, 8, 27), date(2013, 12, 20)),
    "2013-14 spring": (date(2014, 1, 6), date(2014, 4, 11)), "2013-14 summer": (date(2014, 4, 28), date(2014, 7, 11)),
}  # fmt: skip
DAY = timedelta(days=1)


def already(run, state: str) -> None:
    """Put a run into a state past all who take its steps, as only the owner of the tables can."""
    with owner(connection.settings_dict["NAME"]) as cursor:
        cursor.execute("update performance_claimrun set state = %s where id = %s", [state, run.pk])


def sign_off_warnings(run, *, by) -> None:
    """Sign off every warning of a run."""
    with acting_as(by), transaction.atomic():
        warned = [row.uid for model in (LineWarning, RunWarning) for row in model.objects.filter(run=run)]
        sign_off(run, warned, reason="Looked at for the tests", by=by)


def confirm_everything(*, by, second, scheme: str = "P1", but: tuple[str, ...] = ()) -> None:
    """Confirm every rule of the scheme that has no source, as a document and two people would."""
    with acting_as(by), transaction.atomic():
        rows = scheme_in_use(scheme).rows.values()
        left = [{"rule": row.id} for row in rows if not row.settled and row.id not in but]
        proposal = rules.propose(scheme, left, by=by, document="Made for the tests")
    with acting_as(second), transaction.atomic():
        rules.confirm(proposal, by=second)


def fact(family, person, kind, starts, ends, *, by, recorded_on=None, **value) -> Fact:
    """Record one fact; ``ends`` is its last day, or None while it goes on."""
    key = f"test:{family.pk}:{person.pk if person else ''}:{kind}:{starts}"
    with transaction.atomic():
        return Fact.objects.create(
            family=family, person=person, kind=kind, period=(starts, ends and ends + DAY), value=value,
            source="feed", agency=whose(kind), source_name=f"A file about {kind}", about_key=key, source_key=key,
            recorded_on=recorded_on or (ends or starts) + DAY, recorded_by=by,
        )  # fmt: skip


def whose(kind: str) -> str:
    """Return an agency that shares facts of this kind, as the register has it."""
    shared = {"education": "schools", "asb": "csp", "offending": "police", "social_care": "social_care"}
    return shared.get(KINDS[kind].category, "dwp")


@transaction.atomic
def family_with_a_result(*, by, locality=None, attached_on=ATTACHED_ON, improved=True, works_from=None):
    """Make a family that met all three national criteria when attached and whose child is back in school since.

    ``works_from`` is the day from which the parent is in work and off benefits.
    """
    family = FamilyFactory(**({"locality": locality} if locality else {}))
    born = {"person__family_name": family.name}
    parent = MembershipFactory(
        family=family, person__born_on=date(1980, 5, 4), **born, period=(date(2012, 1, 1), None)
    ).person
    child = MembershipFactory(family=family, person__born_on=date(2001, 10, 9), part=Membership.Part.CHILD, **born,
                              period=(date(2012, 1, 1), None)).person  # fmt: skip
    Case.objects.create(family=family, opened_on=attached_on, attached_on=attached_on, opened_by=by)
    for n, term in enumerate(TERMS):
        unauthorised = 30 if n < 3 or not improved else 3
        starts, ends = TERM_DAYS[term]
        fact(family, child, "attendance_term", starts, ends, by=by, term=term, possible=124, attended=90,
             unauthorised=unauthorised, fixed_exclusions=0)  # fmt: skip
    for month in (1, 2, 3, 4, 5):
        fact(family, parent, "asb_intervention", date(2013, month, 9), date(2013, month, 9), by=by, instrument="ABC")
    ends = works_from and works_from - DAY
    fact(family, parent, "benefit_spell", date(2012, 6, 1), ends, by=by, recorded_on=date(2013, 7, 15), benefit="JSA")
    if works_from:
        fact(family, parent, "employment_spell", works_from, None, by=by, recorded_on=CLAIM_ON)
    return family


@transaction.atomic
def seen(family, *, by) -> None:
    """Record one visit between attachment and result, so that nothing warns of a result found in data alone."""
    VisitFactory(family=family, happened_on=date(2014, 1, 14), recorded_by=by)


@transaction.atomic
def files_that_cover_everything(*, by) -> None:
    """Load one file of each feed whose agency looked at all days: what is not recorded did not happen."""
    files = FeedFile.objects.bulk_create(
        FeedFile(scope=data_office(), feed=feed, name=f"{feed}.csv", content=f"{feed}.csv", sha256=feed,
                 rows_expected=1, uploaded_by=by, received_on=date(2014, 10, 14), covers=(date(2012, 1, 1), CLAIM_ON),
                 whole_county=True)
        for feed in ("asb", "offences", "benefits")
    )  # fmt: skip
    FeedRow.objects.bulk_create(
        FeedRow(scope=file.scope, file=file, number=2, line=2, raw={}, state=RowState.KNOWN) for file in files
    )
