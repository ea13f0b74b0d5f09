"""The app's table of contents."""

from performance.audit.models import AuditOpinion, AuditTest, SampleDraw
from performance.claims.disposal.models import Disposal
from performance.claims.models import (
    Chunk,
    Claim,
    ClaimedPerson,
    ClaimRun,
    Judged,
    SchoolTerm,
)
from performance.claims.payments.models import ClaimEntry, Remittance, RemittanceLine
from performance.claims.reviews import LocalityReview
from performance.digest.models import DigestChoice
from performance.identification.models import FoundPerson, IdentificationRun, Identified
from performance.monitoring.models import Expected, Monitored
from performance.reports.models import KeptReport, ReportReading, ReportSchedule, ReturnReference
from performance.rulebook.models import RuleProposal, SchemeRow, SchemeVersion
from performance.since.models import LineSince
from performance.trail.models import TrailAnchor, TrailCheck, TrailEntry, TrailPayload
from performance.warnings.models import LineSignOff, LineWarning, RunSignOff, RunWarning

__all__ = [
    "AuditOpinion",
    "AuditTest",
    "Chunk",
    "Claim",
    "ClaimEntry",
    "ClaimRun",
    "ClaimedPerson",
    "DigestChoice",
    "Disposal",
    "Expected",
    "FoundPerson",
    "IdentificationRun",
    "Identified",
    "Judged",
    "KeptReport",
    "LineSignOff",
    "LineSince",
    "LineWarning",
    "LocalityReview",
    "Monitored",
    "Remittance",
    "RemittanceLine",
    "ReportReading",
    "ReportSchedule",
    "ReturnReference",
    "RuleProposal",
    "RunSignOff",
    "RunWarning",
    "SampleDraw",
    "SchemeRow",
    "SchemeVersion",
    "SchoolTerm",
    "TrailAnchor",
    "TrailCheck",
    "TrailEntry",
    "TrailPayload",
]
