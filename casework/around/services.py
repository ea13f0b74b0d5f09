"""The team around a family: somebody joins, leaves, is reached otherwise, is named the lead worker."""

from datetime import date

from django.db import transaction

from casework.around import rules
from casework.around.models import TeamMember
from casework.around.rules import Kind
from casework.diary.services import case_is_over
from families.interests.services import colleagues
from families.people.models import Family
from families.people.services import lock_family
from referrals.directory.models import Service
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.errors import Conflict, NotAllowed, NotForYou
from slf.web.words import day_in_words

NOT_YOURS = "Only who works with the family says who is in the team around it."
NOT_HERE = "Choose a colleague who may know of this family."
NOT_OFFERED = "This service is not offered. Choose one that is."


@transaction.atomic
def join_team(
    family: Family, *, kind: str, part: str, from_on: date, by: User, on: date, colleague: User | None = None,
    service: Service | None = None, name: str = "", agency: str = "", organisation: str = "", phone: str = "",
    email: str = "",
) -> TeamMember:  # fmt: skip
    """Say that somebody, or a service, is in the team. The same again is the same."""
    user = colleague if kind == Kind.COLLEAGUE else None
    service = service if kind == Kind.SERVICE else None
    is_other = kind == Kind.PROFESSIONAL
    rules.check_joining(
        kind, has_user=user is not None, has_service=service is not None, name=name, agency=agency,
        organisation=organisation,
    )  # fmt: skip
    rules.check_day(from_on, on=on, field="from_on")
    if user is not None and user != by and not colleagues(family, besides=by).filter(pk=user.pk).exists():
        raise rules.WrongMember(NOT_HERE, field="colleague")
    if service is not None and not Service.objects.offered_on(on).filter(pk=service.pk).exists():
        raise rules.WrongMember(NOT_OFFERED, field="service")
    family = hold(family, by=by)
    who = {"user": user, "service": service, "name": name.strip() if is_other else ""}
    who |= {"agency": agency if is_other else "", "organisation": organisation.strip() if is_other else ""}
    there = TeamMember.objects.present().filter(family=family, kind=kind, **who).select_related("user").first()
    if there is not None:
        return _again(there, part=part, from_on=from_on, by=by)
    if case_is_over(family):
        raise NotAllowed(rules.OVER)
    made: TeamMember = TeamMember.objects.create(
        family=family, kind=kind, part=part.strip(), from_on=from_on, added_by=by, phone=phone.strip(),
        email=email.strip(), **who,
    )  # fmt: skip
    return made


def _again(there: TeamMember, *, part: str, from_on: date, by: User) -> TeamMember:
    if (there.added_by_id, there.part, there.from_on) == (by.pk, part.strip(), from_on):
        return there
    raise Conflict(rules.ALREADY.format(name=there, day=day_in_words(there.from_on)))


@transaction.atomic
def reach_otherwise(
    member: TeamMember, *, part: str, organisation: str, phone: str, email: str, by: User
) -> TeamMember:  # fmt: skip
    """Correct what somebody does, where they are and how they are reached."""
    member = _hold_member(member, by=by)
    member.part, member.phone, member.email = part.strip(), phone.strip(), email.strip()
    member.organisation = organisation.strip() if member.kind == Kind.PROFESSIONAL else ""
    member.save(update_fields=["part", "phone", "email", "organisation"])
    return member


@transaction.atomic
def name_lead(member: TeamMember, *, by: User) -> TeamMember:
    """Say who the lead worker is: one at a time. Safe twice."""
    member = _hold_member(member, by=by)
    TeamMember.objects.filter(family=member.family_id, is_lead=True).exclude(pk=member.pk).update(is_lead=False)
    if not member.is_lead:
        member.is_lead = True
        member.save(update_fields=["is_lead"])
    return member


@transaction.atomic
def leave_team(member: TeamMember, *, to_on: date, because: str, by: User, on: date) -> TeamMember:
    """Say that somebody is no longer in the team, and why. Safe twice."""
    if not because.strip():
        raise rules.WrongMember(rules.WHY, field="because")
    held = _hold_member(member, by=by, may_have_left=True)
    if held.to_on is not None:
        if (held.ended_by_id, held.to_on, held.left_because) == (by.pk, to_on, because.strip()):
            return held
        raise Conflict(rules.HAS_LEFT.format(name=held, day=day_in_words(held.to_on)))
    rules.check_day(to_on, on=on, field="to_on", since=held.from_on)
    held.to_on, held.left_because, held.ended_by, held.is_lead = to_on, because.strip(), by, False
    held.save(update_fields=["to_on", "left_because", "ended_by", "is_lead"])
    return held


def hold(family: Family, *, by: User) -> Family:
    """Take turns over one family's team; refuse whoever does not work with it."""
    if not Family.objects.visible_to(by, can=Can.WORK_FAMILY).filter(pk=family.pk).exists():
        raise NotForYou(NOT_YOURS)
    return lock_family(family)


def _hold_member(member: TeamMember, *, by: User, may_have_left: bool = False) -> TeamMember:
    hold(member.family, by=by)
    rows = TeamMember.objects.select_related("user", "service").select_for_update(of=("self",), no_key=True)
    held: TeamMember = rows.get(pk=member.pk)
    if held.to_on is not None and not may_have_left:
        raise Conflict(rules.HAS_LEFT.format(name=held, day=day_in_words(held.to_on)))
    return held
