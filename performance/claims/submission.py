"""The file that is submitted: one row a claim, no names."""

from collections.abc import Iterator

from performance.claims.models import ClaimRun
from performance.claims.rules import AFTER_SUBMISSION, State
from performance.claims.whole_run import lines_of
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
SUBMITTABLE = {State.CERTIFIED, *AFTER_SUBMISSION}


def submission_rows(run: ClaimRun) -> Iterator[tuple]:
    """Yield the rows of a certified run; raise ``NotAllowed`` for one that is not certified."""
    if run.state not in SUBMITTABLE:
        message = "Only a certified run has a file to submit."
        raise NotAllowed(message)
    return ((run.scheme, run.claim_on, *line) for line in lines_of(run))
