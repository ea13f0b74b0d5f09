"""Claims of a run, and reports asked for and made as a worker would."""

from datetime import date

from django.db import transaction

from performance.claims.models import Claim, Judged
from performance.claims.rules import State
from performance.reports import services
from performance.reports.kinds import KINDS
from performance.reports.models import KeptReport
from slf.access.acting import acting_as
from slf.work.services import run
from tests.factories import FamilyFactory
from tests.performance.claims.access_rows import CASE, a_run

JUDGEMENT = """{"eligibility": {"criteria": {"crime": "met", "education": "met", "work": "not_met"}},
"results": {"crime_asb_education": {"answer": "met"}, "continuous_employment": {"answer": "not_met"}}, "trace": []}"""
SINCE, UNTIL = date(2014, 4, 1), date(2016, 3, 31)


def asked(by, kind="claims", *, locality=None, since=SINCE, until=UNTIL, **more):
    with acting_as(by), transaction.atomic():
        return services.ask_for(KINDS[kind], locality=locality, since=since, until=until, by=by, **more)


def made(by, kind="claims", **said) -> KeptReport:
    """Ask for a report and make it."""
    job = asked(by, kind, **said)
    with acting_as(by):
        done = run(job.uid)
        with transaction.atomic():
            done.refresh_from_db()
            assert done.state == "done", done.error
            return KeptReport.objects.get(job=job)


@transaction.atomic
def claimed(*places, state=State.CERTIFIED, amount=700):
    """Return a run in this state that claims one result for a family of each of these localities."""
    run = a_run(state)
    for place in places:
        family = FamilyFactory(locality=place)
        row = Judged.objects.create(
            run=run, family=family, reference=family.reference, attached_on=date(2014, 1, 1), case=CASE,
            judgement=JUDGEMENT, digest="d", answer="met", reason="x",
        )  # fmt: skip
        Claim.objects.create(
            run=run, judged=row, family=family, component="crime_asb_education", component_name="Crime", amount=amount,
            price_rule="P1-M-2012-CAE",
        )  # fmt: skip
    return run
