"""The app's table of contents."""

from performance.claims.models import AuditTest, Claim, ClaimedPerson, ClaimRun, Confirmation, Judged, SchoolTerm

__all__ = ["AuditTest", "Claim", "ClaimRun", "ClaimedPerson", "Confirmation", "Judged", "SchoolTerm"]
