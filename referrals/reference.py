"""The account in whose name a family's own referral is written."""

from django.contrib.auth.hashers import make_password

from referrals.ourselves.rules import ACCOUNT, AGENCY
from slf.accounts.models import User


def load(*, using: str) -> None:
    """Make it once. It has no password and no post: nobody signs in with it, and it reads nothing."""
    User.objects.using(using).get_or_create(
        username=ACCOUNT, defaults={"is_service": True, "last_name": AGENCY, "password": make_password(None)}
    )
