"""Going out, staying longer, coming back, calling for help; answering an alarm; looking who is late; the roster."""

import logging
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet
from django.utils import timezone

from casework.lone_working import rules
from casework.lone_working.models import Outing, SafeWord, Turn, Watch
from casework.lone_working.rules import Going
from slf.access.models import Locality, Post
from slf.access.rights import rights_of
from slf.access.rules import Can, Role
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.errors import Conflict, NotAllowed, NotForYou

log = logging.getLogger(__name__)
LOOK = "casework.lone_working.look"
SUBJECT = f"{settings.SERVICE_NAME}: an alarm waits for you"
CALLED = "Somebody who is out alone needs an answer. Sign in at once: “My day” shows who it is and what to do."
STOPPED_SUBJECT = f"{settings.SERVICE_NAME}: the clock has stopped"
STOPPED = (
    "The clock that looks whether somebody who is out alone is late has stopped. Workers or pages look in its place as "
    "long as they run. Start the process “beat” again."
)
OUT_ALREADY = "You are out already. Say that you are back first, or give yourself more time."
NOT_OUT = "This alarm is not armed any more."
RAISED = "The alarm was raised already. Say that you are back, or ring those who answer."
NOBODYS = "This alarm is answered and closed, or it is not yours to answer."
TAKEN = "{who} answers this alarm since {at:%H:%M}."


# Whoever is out -----------------------------------------------------------------------------------------------------


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


# Whoever answers ----------------------------------------------------------------------------------------------------


def late_for(user: User) -> QuerySet[Outing]:
    """Return who is late, or called for help, and is this person's to answer: computed now, whatever the clock did."""
    now = timezone.now()
    rows = Outing.objects.exclude(user=user).filter(closed_at=None)
    rows = rows.filter(raised_at__isnull=False) | rows.filter(ended_at=None, due_at__lte=now)
    return rows.select_related("user", "locality", "answered_by")


def late_or_own(user: User) -> QuerySet[Outing]:
    """Return whoever is late and theirs to answer, and where this person is out now, in one query."""
    rows = late_for(user) | Outing.objects.filter(user=user, ended_at=None)
    return rows.select_related("user", "locality", "answered_by")


@transaction.atomic
def answer_alarm(outing: Outing, *, by: User) -> Outing:
    """Take an alarm on: nobody else is called any more. Safe twice."""
    taken = call("answer_alarm", outing.uid)
    held = late_for(by).filter(pk=outing.pk).first()
    if held is None:
        raise NotAllowed(NOBODYS)
    if not taken and held.answered_by_id != by.pk:
        if held.answered_by is None:
            raise NotAllowed("The alarm is not raised yet. Ring them; it is raised when they do not come back in time.")
        raise Conflict(TAKEN.format(who=held.answered_by, at=timezone.localtime(held.answered_at)))
    return held


@transaction.atomic
def close_alarm(outing: Outing, *, outcome: str, by: User) -> None:
    """Say how it ended: whoever is out counts as back, and the alarm is nobody's any more."""
    if not outcome.strip():
        raise NotAllowed("Say how it ended.")
    if not call("close_alarm", outing.uid, outcome.strip()):
        raise NotAllowed(NOBODYS)


def who_answers(locality: Locality, *, besides: User) -> list[User]:
    """Return who would be called first now."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.answerers(%s, 'first', %s)", [locality.pk, besides.pk])
        ids = [pk for (pk,) in cursor.fetchall()]
    return list(User.objects.filter(pk__in=ids).order_by("last_name", "first_name", "username"))


def is_on_roster(locality: Locality) -> bool:
    """Tell whether somebody is on the roster now, so that not the posts stand in."""
    now = Turn.objects.filter(rank=rules.Rank.FIRST, period__contains=timezone.now())
    return (now.filter(locality=locality) | now.filter(locality=None)).exists()


# The roster ---------------------------------------------------------------------------------------------------------


def localities_of(user: User, *, can: Can) -> QuerySet[Locality]:
    """Return the localities in which somebody's posts allow an act; all of them where one is county-wide."""
    scopes = [scope for role, scope in rights_of(user).reaches if rights_of(user).may(can, scope)]
    return Locality.objects.filter(scopes__in=scopes, scopes__kind="locality").distinct()


@transaction.atomic
def give_turn(user: User, *, locality: Locality | None, rank: str, starts: datetime, ends: datetime, by: User) -> Turn:
    """Put somebody on the roster. The same again is the same."""
    check_keeps(locality, by=by)
    rules.check_turn(starts, ends, now=timezone.now())
    check_works_there(user, locality)
    known = {"user": user, "locality": locality, "rank": rank, "period": DateTimeTZRange(starts, ends)}
    there: Turn | None = Turn.objects.filter(**known).first()
    if there is not None:
        return there
    try:
        with transaction.atomic():
            made: Turn = Turn.objects.create(**known, given_by=by)
    except IntegrityError as overlap:
        raise Conflict(f"{user} is on the roster then already.") from overlap
    return made


def people_for(localities: Iterable[Locality]) -> QuerySet[User]:
    """Return who may be put on the roster of one of some localities."""
    posts = Post.objects.filter(period__contains=timezone.localdate(), role__in=ON_ROSTER)
    there = posts.filter(locality__in=list(localities)) | posts.filter(locality=None)
    people = User.objects.filter(pk__in=there.values("user"), is_active=True, is_service=False)
    return people.order_by("first_name", "last_name", "username")


@transaction.atomic
def end_turn(turn: Turn, *, by: User) -> Turn:
    """End a turn now, or take one away that has not begun. Safe twice."""
    check_keeps(turn.locality, by=by)
    held: Turn = Turn.objects.select_for_update(of=("self",), no_key=True).get(pk=turn.pk)
    now = timezone.now()
    if held.ended_by_id is None and held.period.upper > now:
        starts = min(held.period.lower, now)
        held.period, held.ended_by = DateTimeTZRange(starts, max(now, starts + timedelta(seconds=1))), by
        held.save(update_fields=["period", "ended_by"])
    return held


def check_keeps(locality: Locality | None, *, by: User) -> None:
    """The roster of a locality is kept by who supervises there; that of the county by a head of service."""
    keeps = rights_of(by)
    if locality is None:
        allowed = any(role is Role.HEAD for role, _ in keeps.reaches)
    else:
        allowed = localities_of(by, can=Can.REVIEW_FAMILY).filter(pk=locality.pk).exists()
    if not allowed:
        raise NotForYou("The roster of a locality is kept by its seniors and managers, that of the county by the head.")


def check_works_there(user: User, locality: Locality | None) -> None:
    posts = Post.objects.filter(user=user, period__contains=timezone.localdate(), role__in=ON_ROSTER)
    there = posts if locality is None else posts.filter(locality=locality) | posts.filter(locality=None)
    if not there.exists():
        raise rules.WrongOuting("Choose somebody who works there now.", field="user")


ON_ROSTER = [Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD, Role.BUSINESS]


# The clock ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Clock:
    """Whether somebody looks who is late: ``runs`` at all, and whether the clock itself does."""

    runs: bool
    is_itself: bool
    looked_at: datetime | None


def clock() -> Clock:
    looks: Mapping[str, datetime] = dict(Watch.objects.values_list("source", "looked_at"))
    now, last = timezone.now(), max(looks.values(), default=None)
    return Clock(not rules.has_stopped(last, now=now), not rules.has_stopped(looks.get("beat"), now=now), last)


def look(source: str) -> int:
    """Raise the alarm of whoever is late, call who answers, and say so when the clock itself has stopped."""
    with transaction.atomic():
        raised: int = call("look_who_is_late", source, timedelta(minutes=value_of(rules.ESCALATE)))
    send_calls()
    if source != "beat":
        tell_that_it_stopped()
    return raised


def send_calls() -> None:
    """Send what is to be sent; what fails is tried again. Each stays locked until then, so that nobody sends it too."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select call, address from slf.calls_to_mail()")
            found = cursor.fetchall()
        for number, address in found:
            try:
                send_mail(SUBJECT, CALLED, None, [address])
            except (SMTPException, OSError):
                log.exception("Call %s could not be mailed; it is tried again.", number)
            else:
                call("call_was_mailed", number)


def tell_that_it_stopped() -> None:
    silent: Any = rules.STOPPED_AFTER
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select address from slf.who_hears_that_the_clock_stopped(%s)", [silent])
        heard = [address for (address,) in cursor.fetchall()]
    for address in heard:
        send_mail(STOPPED_SUBJECT, STOPPED, None, [address])


def stand_in(source: str) -> bool:
    """Look in the clock's place if nobody has looked for too long; tell whether that was needed."""
    with transaction.atomic():
        needed = not clock().runs
    if needed:
        log.warning("Nobody looked who is late: %s does it in place of the clock.", source)
        look(source)
    return needed


def look_at_once() -> None:
    """Have a worker send what was raised just now. A broker that is away must not break the page."""
    transaction.on_commit(
        lambda: current_app.send_task(LOOK, args=["worker"], queue="default", retry=False), robust=True
    )


def forget_outings() -> int:
    """Delete the rows whose time is over."""
    with transaction.atomic():
        gone: int = call("forget_outings", timedelta(days=value_of(rules.KEPT)))
    return gone


def call(function: str, *asked: Any) -> Any:
    """Ask a function of PostgreSQL for its one answer."""
    marks = ", ".join(["%s"] * len(asked))
    with connection.cursor() as cursor:
        cursor.execute(f"select slf.{function}({marks})", [str(a) if isinstance(a, UUID) else a for a in asked])
        return cursor.fetchone()[0]
