"""What internal audit says to whoever signs: asked by the step of signing, below which the audit stands."""

from performance.audit.frame import audit_of
from performance.audit.rules import opinion
from performance.claims.models import ClaimRun
from slf.web.errors import NotAllowed


def refuse_without_assurance(run: ClaimRun) -> None:
    """Raise ``NotAllowed`` where internal audit stops a run from being signed."""
    level, _, _, failed = audit_of(run)
    if stops := opinion.stops_signing(level, failed=failed):
        raise NotAllowed(stops)
