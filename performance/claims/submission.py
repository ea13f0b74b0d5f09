"""The file that is submitted: one row a claim, no names."""

from collections.abc import Iterator

from performance.claims.models import Claim, ClaimRun
from performance.claims.rules import State
from slf.web.errors import NotAllowed

COLUMNS = (
    "Scheme",
    "Claim day",
    "Family reference",
    "Result",
    "Amount (pounds)",
    "Price rule",
    "Attached on",
    "Judgement digest",
)
SUBMITTABLE = {State.SIGNED, State.PAID}


def submission_rows(run: ClaimRun, *, by) -> Iterator[tuple]:
    """Yield the rows of a signed run; raise ``NotAllowed`` for one that is not signed."""
    if run.state not in SUBMITTABLE:
        message = "Only a signed run has a file to submit."
        raise NotAllowed(message)
    claims = Claim.objects.visible_to(by).filter(run=run).select_related("judged").order_by("pk")
    for claim in claims:
        household = claim.judged.case["household"]
        yield (run.scheme, run.claim_on, household["id"], claim.component_name, claim.amount, claim.price_rule,
               household["attached_on"], claim.judged.digest)  # fmt: skip
