"""The app's table of contents."""

from referrals.allocation.models import Allocation
from referrals.attachments.models import Attachment
from referrals.directory.models import Service
from referrals.enquiries.models import Enquiry
from referrals.intake.models import Receipt, Referral, ReferralNeed, ReferralPerson
from referrals.ourselves.models import OwnReferral
from referrals.triage.models import MatchQuestion
from referrals.workers.models import Leave, WorkPattern

__all__ = [
    "Allocation",
    "Attachment",
    "Enquiry",
    "Leave",
    "MatchQuestion",
    "OwnReferral",
    "Receipt",
    "Referral",
    "ReferralNeed",
    "ReferralPerson",
    "Service",
    "WorkPattern",
]
