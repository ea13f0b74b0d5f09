"""The account that stands in the view log for whoever opened their own page."""

from django.contrib.auth.hashers import make_password

from casework.own_page.rules import ACCOUNT, ACCOUNT_NAME
from slf.accounts.models import User


def load(*, using: str) -> None:
    """Make it once. It has no password and no post: nobody signs in with it, and it reads nothing."""
    User.objects.using(using).get_or_create(
        username=ACCOUNT, defaults={"is_service": True, "last_name": ACCOUNT_NAME, "password": make_password(None)}
    )
