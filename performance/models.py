"""The app's table of contents."""

from performance.claims.models import (
    AuditTest,
    Chunk,
    Claim,
    ClaimedPerson,
    ClaimRun,
    Confirmation,
    Judged,
    SchoolTerm,
)
from performance.digest.models import DigestChoice

__all__ = [
    "AuditTest",
    "Chunk",
    "Claim",
    "ClaimRun",
    "ClaimedPerson",
    "Confirmation",
    "DigestChoice",
    "Judged",
    "SchoolTerm",
]
