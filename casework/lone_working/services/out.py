"""Going out, staying longer, coming back, calling for help, and the word for duress."""

import os
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from casework.lone_working import rules
from casework.lone_working.models import Outing, SafeWord
from casework.lone_working.rules import Going
from casework.lone_working.services.asking import call
from casework.lone_working.services.clock import look_at_once
from slf.access.models import Locality
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.errors import Conflict, NotAllowed

OUT_ALREADY = "You are out already. Say that you are back first, or give yourself more time."
NOT_OUT = "This alarm is not armed any more."
RAISED = "The alarm was raised already. Say that you are back, or ring those who answer."


@transaction.atomic
def go_out(going: Going, *, locality: Locality, by: User) -> Outing:
    """Arm the alarm. The same again while one is out is the same; anything else is refused."""
    rules.check_going(going, now=timezone.now())
    out = outing_of(by)
    if out is not None:
        if (out.place, out.due_at) == (going.place.strip(), going.due_at):
            return out
        raise Conflict(OUT_ALREADY)
    told = (locality.pk, going.reference, going.place.strip(), going.phone.strip(), going.due_at, value_of(rules.GRACE))
    try:
        with transaction.atomic():
            uid = call("go_out", *told)
    except IntegrityError as twice:
        raise Conflict(OUT_ALREADY) from twice
    made: Outing = Outing.objects.get(uid=uid)
    return made


@transaction.atomic
def stay_out(outing: Outing, *, due_at: datetime, by: User) -> Outing:
    """Give oneself more time, as long as nobody was called."""
    rules.check_back(due_at, now=timezone.now())
    if not call("stay_out", outing.uid, due_at):
        outing.refresh_from_db()
        raise NotAllowed(RAISED if outing.raised_at and outing.ended_at is None else NOT_OUT)
    outing.refresh_from_db()
    return outing


@transaction.atomic
def come_back(outing: Outing, *, message: str, by: User) -> None:
    """Say that one is back. A message with one's own word in it calls for help, and nothing that is said or shown
    to whoever sends it tells so. Safe twice."""
    if call("back_from_outing", outing.uid, means_duress(message, by)):
        look_at_once()


@transaction.atomic
def call_for_help(outing: Outing, *, by: User) -> None:
    """Call those who answer now. Safe twice."""
    if not call("call_for_help", outing.uid):
        raise NotAllowed(NOT_OUT)
    look_at_once()


def number_to_ring() -> str:
    return value_of(rules.RING)


def outing_of(user: User) -> Outing | None:
    """Return where somebody is now, as they armed it."""
    found: Outing | None = Outing.objects.filter(user=user, ended_at=None).select_related("locality").first()
    return found


def own_outing(user: User, uid: UUID) -> Outing | None:
    found: Outing | None = Outing.objects.filter(user=user, uid=uid).select_related("locality").first()
    return found


def word_of(user: User) -> SafeWord | None:
    found: SafeWord | None = SafeWord.objects.filter(user=user).first()
    return found


def last_phone(user: User) -> str:
    """Return the number somebody gave last, while it is kept."""
    found: Outing | None = Outing.objects.filter(user=user).order_by("-armed_at").first()
    return found.phone if found else ""


@transaction.atomic
def choose_word(word: str, *, by: User) -> SafeWord:
    """Keep the digest of the word that somebody chose, in the place of the one before."""
    chosen, salt = rules.check_word(word), os.urandom(16)
    kept = {"salt": salt, "digest": rules.digest_of(chosen, salt), "set_at": timezone.now()}
    made, _ = SafeWord.objects.update_or_create(user=by, defaults=kept)
    return made


def means_duress(message: str, user: User) -> bool:
    """Tell whether the word is in the message. Without a word it takes as long to say no."""
    kept = word_of(user)
    salt, digest = (bytes(kept.salt), bytes(kept.digest)) if kept else (os.urandom(16), b"")
    return rules.is_among(message, salt=salt, digest=digest)
