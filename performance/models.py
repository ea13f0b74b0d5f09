"""The app's table of contents."""

from performance.claims.models import (
    AuditTest,
    Chunk,
    Claim,
    ClaimedPerson,
    ClaimRun,
    Judged,
    SchoolTerm,
)
from performance.digest.models import DigestChoice
from performance.rulebook.models import RuleProposal, SchemeRow, SchemeVersion

__all__ = [
    "AuditTest",
    "Chunk",
    "Claim",
    "ClaimRun",
    "ClaimedPerson",
    "DigestChoice",
    "Judged",
    "RuleProposal",
    "SchemeRow",
    "SchemeVersion",
    "SchoolTerm",
]
