"""What somebody who is invited is given: the invitation, their copy of the minutes; and whether they may be."""

from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from casework.meetings import rules
from casework.meetings.holding import lock, reads_record
from casework.meetings.models import Invitee, Meeting, MeetingAction, MeetingCopy, MeetingPoint
from casework.meetings.rules import Paper, is_for
from families.contact.rules import Channel, Rule, may_contact
from families.contact.services import rules_of
from families.people.models import Family
from families.sharing.services import agreement_in_force
from slf.accounts.models import User
from slf.web.errors import NotAllowed


@transaction.atomic
def give_copy(meeting: Meeting, invitee: Invitee, *, what: str, by: User, on: date) -> MeetingCopy:
    """Make a paper for one invited person, and write down that they are given it. The same again is the same."""
    held = lock(meeting, by=by)
    if what not in set(Paper) or invitee.meeting_id != held.pk or invitee.is_withdrawn:
        raise rules.WrongMeeting("Choose a paper and somebody who is invited.", field="")
    if what == Paper.MINUTES and not held.is_finished:
        raise NotAllowed(rules.NOT_FINISHED)
    if what == Paper.INVITATION:
        rules.check_planned(held.state)
    else:
        check_reads_all(held)
    check_may_get(held, invitee, what=what, by=by, on=on)
    out = left_out(held, invitee) if what == Paper.MINUTES else 0
    made, _ = MeetingCopy.objects.visible_to(by).get_or_create(
        invitee=invitee, what=what, given_on=on,
        defaults={"family_id": held.family_id, "meeting": held, "given_by": by, "left_out": out},
    )  # fmt: skip
    copy: MeetingCopy = made
    return copy


def check_may_get(meeting: Meeting, invitee: Invitee, *, what: str, by: User, on: date) -> None:
    """Refuse what the family's agreement does not allow, and a letter that would put somebody in danger."""
    family = meeting.family.shown
    if invitee.is_outside and agreement_in_force(family, on=on) is None:
        raise NotAllowed(rules.NO_AGREEMENT)
    if invitee.person is not None and what == Paper.INVITATION:
        reads = reads_record(family, by)
        known = rules_of(family, by=by, on=on) if reads else letters_to(family, on=on)
        answer = may_contact(known.get(invitee.person.pk, []), Channel.LETTER, timezone.localtime())
        if not answer.may:
            said = rules.NOT_SAFE.format(name=invitee, why=answer.why)
            raise NotAllowed(said if reads else rules.ASK_FIRST.format(name=invitee))


def letters_to(family: Family, *, on: date) -> dict[int, list[Rule]]:
    """Return when letters are safe, by person, for who invites and does not read what is said of safe contact."""
    found: dict[int, list[Rule]] = {}
    with connection.cursor() as cursor:
        cursor.execute("select * from slf.letters_to(%s, %s)", [family.pk, on])
        for person, never, days, after, before in cursor.fetchall():
            found.setdefault(person, []).append(Rule(Channel.LETTER, never, tuple(days), after, before))
    return found


def check_reads_all(meeting: Meeting) -> None:
    """Refuse a copy of minutes of which something is kept from whoever makes it: it would be left out unseen."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.keeps_back(%s)", [meeting.pk])
        if cursor.fetchone()[0]:
            raise NotAllowed(rules.KEPT_BACK)


def left_out(meeting: Meeting, invitee: Invitee) -> int:
    rows: list[MeetingPoint | MeetingAction] = [*meeting.points.all(), *meeting.actions.all()]
    return sum(1 for row in rows if not is_for(row.kept_from, invitee.pk))
