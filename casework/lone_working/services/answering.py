"""Who is late and whose that is to answer; answering an alarm and closing it."""

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework.lone_working import rules
from casework.lone_working.models import Outing, Turn
from casework.lone_working.services.asking import call
from slf.access.models import Locality
from slf.accounts.models import User
from slf.web.errors import Conflict, NotAllowed

NOBODYS = "This alarm is answered and closed, or it is not yours to answer."
TAKEN = "{who} answers this alarm since {at:%H:%M}."


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
