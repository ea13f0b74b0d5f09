"""For tests of acts that need the person themselves, now (``recent_sign_in_required``)."""

import time

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from slf.accounts.models import User

WHOSE = "account_authentication_methods_user"


def signed_in_recently(client: Client, user: User, *, seconds_ago: float = 0) -> Client:
    """Make the client's session one whose person proved who they are ``seconds_ago``; return the client."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time() - seconds_ago}]
    session[WHOSE] = str(user.pk)
    session.save()
    return client
