"""Rules: read by everybody who works here and by no partner; proposed by data officers, confirmed by the head."""

from performance.rulebook.models import RuleProposal
from performance.rulebook.services import take_back
from slf.access.acting import acting_as
from slf.access.rules import PARTNERS, STAFF, Role
from tests.access_table import Row, all_of
from tests.performance.rulebook.factories import DOCUMENT, proposal

READERS = all_of(*STAFF)
PROPOSERS, CONFIRMERS = all_of(Role.DATA), all_of(Role.HEAD)
EITHER = all_of(Role.DATA, Role.HEAD)
BODY = {"changes": [{"rule": "P1-ID-3b"}], "document": DOCUMENT}


def nobody_but(roles) -> frozenset[Role]:
    return frozenset(Role) - roles.keys()


def free() -> None:
    """See that nothing waits, so that something may be proposed."""
    for row in RuleProposal.objects.waiting():
        with acting_as(row.proposed_by):
            take_back(row, by=row.proposed_by)


def scheme() -> dict:
    free()
    return {"key": "P1"}


def rule() -> dict:
    return scheme() | {"rule": "P1-R-ASB-b"}


def waiting() -> dict:
    return {"uid": (RuleProposal.objects.waiting().first() or proposal()).uid}


ROWS = [
    Row("performance:rules", get=READERS),
    Row("performance:rules_of", of_office=scheme, get=READERS, not_their_job=PARTNERS),
    Row("performance:rule", of_office=rule, get=READERS, not_their_job=PARTNERS),
    Row("performance:propose_rule", of_office=rule, get=PROPOSERS, post=PROPOSERS, not_their_job=nobody_but(PROPOSERS)),
    Row("performance:propose_several_rules", of_office=scheme, get=PROPOSERS, post=PROPOSERS,
        not_their_job=nobody_but(PROPOSERS)),
    Row("performance:confirm_rules", of_office=waiting, post=all_of(*CONFIRMERS, status=302),
        not_their_job=nobody_but(CONFIRMERS)),
    Row("performance:take_back_rules", of_office=waiting, post=all_of(*EITHER, status=302),
        not_their_job=nobody_but(EITHER)),
    Row("api-schemes", get=READERS),
    Row("api-scheme", of_office=scheme, get=READERS, not_their_job=PARTNERS),
    Row("api-rule-proposals", of_office=scheme, get=READERS, post=all_of(*PROPOSERS, status=201),
        not_their_job=nobody_but(PROPOSERS), post_body=lambda kwargs: BODY),
    Row("api-confirm-rules", of_office=waiting, post=CONFIRMERS, not_their_job=nobody_but(CONFIRMERS)),
    Row("api-take-back-rules", of_office=waiting, post=EITHER, not_their_job=nobody_but(EITHER)),
]  # fmt: skip
