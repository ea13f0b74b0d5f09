"""The app's table of contents."""

from referrals.allocation.models import Allocation

__all__ = ["Allocation"]
