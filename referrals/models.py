"""The app's table of contents."""

from referrals.allocation.models import Allocation
from referrals.directory.models import Service
from referrals.enquiries.models import Enquiry
from referrals.intake.models import MatchQuestion, Receipt, Referral, ReferralNeed, ReferralPerson

__all__ = ["Allocation", "Enquiry", "MatchQuestion", "Receipt", "Referral", "ReferralNeed", "ReferralPerson", "Service"]
