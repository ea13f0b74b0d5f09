"""The ticket that says what a device took along, asking whether that still holds, and sending what was written there.

A ticket is signed and kept on the device alone. It names whose it is, which families, until when, and the password of
that moment by a digest: with a reset sign-in, a post that ended or a family that went, it holds no more.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.datastructures import MultiValueDict

from casework.at_hand import rules
from casework.visits.models import Visit
from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import LONDON

SALT = "casework.at_hand"
A_DAY = timedelta(days=1)


def ends_at() -> datetime:
    """Return the midnight at which what is taken along now is gone: of the day it is in England."""
    return rules.midnight_after(now())


def now() -> datetime:
    return timezone.localtime(timezone=LONDON)


def make_ticket(user: User, families: Iterable[Family]) -> str:
    said = {
        "user": user.pk,
        "families": sorted(family.pk for family in families),
        "until": ends_at().timestamp(),
        "sign_in": sign_in_of(user),
    }
    return signing.dumps(said, salt=SALT, compress=True)


def still_holds(ticket: str) -> bool:
    """Tell whether what a device took along may stay there. Nobody has to be signed in to ask."""
    try:
        said: dict[str, Any] = signing.loads(ticket, salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        return False
    user: User | None = User.objects.filter(pk=said["user"], is_active=True).first()
    if user is None or said["until"] <= timezone.now().timestamp():
        return False
    if not constant_time_compare(said["sign_in"], sign_in_of(user)):
        return False
    with acting_as(user):
        open_now = Family.objects.visible_to(user, can=Can.ADD_CONTACT).open_to(user)
        return open_now.filter(pk__in=said["families"]).count() == len(said["families"])


def sign_in_of(user: User) -> str:
    """Return a digest that another password makes another one, and that tells nothing of it."""
    return salted_hmac(SALT, user.get_session_auth_hash(), algorithm="sha256").hexdigest()[:24]


def as_sent(content: dict[str, list[str]]) -> MultiValueDict[str, str]:
    """Return what was written on a device as a form would send it."""
    return MultiValueDict(content)


@transaction.atomic
def visit_of(uid: UUID, *, by: User) -> Visit | None:
    """Return the visit that a note became."""
    rows = Visit.objects.visible_to(by).select_related("family")
    found: Visit | None = rows.filter(recorded_by=by, draft_uid=uid).first()
    return found
