"""Asking for somebody's own page, releasing it, handing it over, ending it; noting that what was said was read."""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from casework.own_page import rules
from casework.own_page.models import OwnPage, OwnPageWord
from casework.own_page.rules import Act, Because, Device, Screen, State, WrongAsking
from casework.plans.models import Action, Goal, Plan
from families.contact.rules import may_contact
from families.contact.services import rules_of
from families.people.models import Family, Membership, Person
from families.people.rules import LIVES_THERE
from slf.access.rules import Can
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.errors import Conflict, NotAllowed, NotForYou

NOT_YOURS = "Only the seniors and managers of the family's locality release a page."
NOT_YOURS_TO_ASK = "Only who works with the family asks for a page."
NOW_IN_WORDS = {State.OPEN: "released", State.SENT_BACK: "sent back", State.ENDED: "ended", State.WAITING: "waiting"}


# Asking ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def ask_for_page(
    family: Family,
    person: Person,
    screen: Screen,
    *,
    goals_out: Collection[int] = (),
    actions_out: Collection[int] = (),
    by: User,
    on: date,
) -> OwnPage:
    """Ask for a page for one person; a senior releases it. Where the screen says it is not safe, only that is kept.

    The same asking again is the same.
    """
    held = Family.objects.visible_to(by, can=Can.WORK_FAMILY).filter(pk=family.pk).first()
    if held is None:
        raise NotForYou(NOT_YOURS_TO_ASK)
    family = held
    _insist_on_the_person(family, person, screen, on=on)
    in_force = Plan.objects.in_force().filter(family=family)
    plan = in_force.select_for_update(of=("self",), no_key=True).first()  # who asks next, or replaces it, waits
    if plan is None:
        raise NotAllowed(rules.NO_PLAN)
    _check_left_out(plan, goals_out, actions_out)
    screen = replace(screen, safe_times=screen.safe_times or safe_times_of(family, by=by, on=on).get(person.pk, ""))
    told = {**asdict(screen), "goals_out": sorted(goals_out), "actions_out": sorted(actions_out)}
    unsafe = bool(screen.stops(who=str(person)))
    if not unsafe and (there := _living(family, person)) is not None:
        if there.asked_by_id == by.pk and all(getattr(there, name) == said for name, said in told.items()):
            return there
        raise Conflict(rules.ONE_THERE.format(who=person))
    state = State.UNSAFE if unsafe else State.WAITING
    made: OwnPage = OwnPage.objects.create(
        family=family, person=person, plan=plan, state=state, asked_by=by, asked_on=on, **told
    )
    return made


def members_for_a_page(family: Family, *, on: date) -> list[Membership]:
    """Return who of a household may have a page, in its order."""
    youngest = value_of(rules.YOUNGEST, on=on)
    rows = Membership.objects.filter(family=family).on(on).select_related("person__merged_into").in_order()
    return [row for row in rows if not _may_not(row, youngest=youngest, on=on)]


def safe_times_of(family: Family, *, by: User, on: date) -> dict[int, str]:
    """Return ``{person id: their rules of safe contact in words}``: when it is safe, and never a safe word."""
    said = {who: "; ".join(rule.in_short for rule in known) for who, known in rules_of(family, by=by, on=on).items()}
    return {who: words if len(words) <= rules.LONGEST_TIMES else rules.AS_THE_RULES for who, words in said.items()}


def _may_not(row: Membership, *, youngest: int, on: date) -> str:
    return rules.may_have(row.part, row.person.born_on, youngest=youngest, on=on, lives_there=LIVES_THERE)


def _insist_on_the_person(family: Family, person: Person, screen: Screen, *, on: date) -> None:
    rows = Membership.objects.filter(family=family, person__in=person.rows()).on(on)
    member = rows.select_related("person__merged_into").first()
    if member is None:
        raise WrongAsking(rules.NOT_THERE, field="person")
    if why := _may_not(member, youngest=value_of(rules.YOUNGEST, on=on), on=on):
        raise WrongAsking(why, field="person")
    if rules.is_child(member.part, member.person.born_on, on=on) and screen.understands is None:
        raise WrongAsking(rules.SAY_UNDERSTANDS, field="understands")


def _check_left_out(plan: Plan, goals_out: Collection[int], actions_out: Collection[int]) -> None:
    goals = set(Goal.objects.filter(plan=plan).values_list("pk", flat=True))
    actions = set(Action.objects.filter(goal__plan=plan).values_list("pk", flat=True))
    if not (set(goals_out) <= goals and set(actions_out) <= actions):
        raise WrongAsking(rules.NOT_OF_PLAN)
    if goals <= set(goals_out):
        raise WrongAsking(rules.NOTHING_LEFT, field="goals_out")


def _living(family: Family, person: Person) -> OwnPage | None:
    rows = OwnPage.objects.filter(family=family, person__in=person.rows(), state__in=rules.LIVING)
    found: OwnPage | None = rows.first()
    return found


# Deciding ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def release_page(
    page: OwnPage, *, goals_out: Collection[int] = (), actions_out: Collection[int] = (), by: User, on: date
) -> OwnPage:
    """Release a page as it was asked for, or with more left out. Safe twice."""
    page = _lock_to_decide(page, by=by)
    if page.state == State.OPEN and page.decided_by_id == by.pk:
        return page
    state = _next(page, Act.RELEASE)
    if page.asked_by_id == by.pk:
        raise NotForYou(rules.OWN_ASKING)
    page.goals_out = sorted({*page.goals_out, *goals_out})
    page.actions_out = sorted({*page.actions_out, *actions_out})
    _check_left_out(page.plan, page.goals_out, page.actions_out)
    page.state, page.decided_by, page.decided_on = state, by, on
    page.save(update_fields=["state", "decided_by", "decided_on", "goals_out", "actions_out"])
    return page


@transaction.atomic
def send_back_page(page: OwnPage, *, answer: str, by: User, on: date) -> OwnPage:
    """Send an asking back with the reason. Safe twice."""
    answer = rules.check_answer(answer)
    page = _lock_to_decide(page, by=by)
    if page.state == State.SENT_BACK and (page.decided_by_id, page.answer) == (by.pk, answer):
        return page
    state = _next(page, Act.SEND_BACK)
    if page.asked_by_id == by.pk:
        raise NotForYou(rules.OWN_ASKING)
    page.state, page.decided_by, page.decided_on, page.answer = state, by, on, answer
    page.save(update_fields=["state", "decided_by", "decided_on", "answer"])
    return page


@transaction.atomic
def end_page(page: OwnPage, *, words: str = "", by: User) -> OwnPage:
    """Take a page away, at once: whoever has it open sees nothing more. Safe twice."""
    page = _lock(page)
    if page.state == State.ENDED:
        return page
    page.state = _next(page, Act.END)
    page.ended_by, page.ended_at, page.ended_because = by, timezone.now(), Because.REVOKED
    page.ended_words = words.strip()
    page.save(update_fields=["state", "ended_by", "ended_at", "ended_because", "ended_words"])
    return page


def _lock_to_decide(page: OwnPage, *, by: User) -> OwnPage:
    if not OwnPage.objects.visible_to(by, can=Can.DECIDE_SHARING).filter(pk=page.pk).exists():
        raise NotForYou(NOT_YOURS)
    return _lock(page)


def _lock(page: OwnPage) -> OwnPage:
    held: OwnPage = OwnPage.objects.for_page().select_for_update(of=("self",), no_key=True).get(pk=page.pk)
    return held


def _next(page: OwnPage, act: Act) -> State:
    """Return the state after an act, or say who was first."""
    state = rules.next_state(page.state, act)
    if state is None:
        who = page.ended_by or page.decided_by or "Somebody"
        raise Conflict(rules.TOO_LATE.format(who=who, state=NOW_IN_WORDS.get(State(page.state), "decided")))
    return state


# Handing over ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Handed:
    """What is shown once, to whoever hands it over, and kept nowhere."""

    page: OwnPage
    token: str
    pin: str


@transaction.atomic
def hand_over_page(page: OwnPage, *, link_by: str, pin_by: str, by: User, on: date, at: datetime) -> Handed:
    """Make the link and the PIN. Made again, the ones before open nothing any more."""
    rules.check_ways(link_by, pin_by)
    page = _lock(page)
    _next(page, Act.HAND_OVER)
    if page.device == Device.NONE:
        raise NotAllowed(rules.ON_PAPER)
    _insist_on_safe_ways(page, (link_by, pin_by), by=by, on=on, at=at)
    token, salt = secrets.token_urlsafe(32), secrets.token_hex(16)
    pin = f"{secrets.randbelow(10**rules.PIN_FIGURES):0{rules.PIN_FIGURES}d}"
    last = rules.last_day(on, days=value_of(rules.DAYS, on=on))
    pinned = hashlib.sha256((salt + digest_of_pin(pin)).encode()).hexdigest()
    numbers = (value_of(rules.TRIES, on=on), value_of(rules.AWAKE, on=on))
    with connection.cursor() as cursor:
        cursor.execute(
            "select slf.hand_own_page_over(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [page.pk, digest(token), salt, pinned, *numbers, link_by, pin_by, on, last],
        )
        (stands,) = cursor.fetchone()
    if not stands:
        raise NotAllowed(why_it_ended(page, on=on))
    page.refresh_from_db()
    return Handed(page, token, pin)


def _insist_on_safe_ways(page: OwnPage, ways: Iterable[str], *, by: User, on: date, at: datetime) -> None:
    """Refuse a way that the rules of safe contact do not allow at this moment."""
    known = rules_of(page.family, by=by, on=on).get(page.person.pk, [])
    for way in ways:
        channel = rules.ASKS_CONTACT.get(rules.Way(way))
        answer = may_contact(known, channel, at) if channel else None
        if answer is not None and not answer.may:
            raise WrongAsking(
                rules.NOT_SAFE_NOW.format(why=answer.why), field="link_by" if way in rules.LINK_WAYS else "pin_by"
            )


def insist_on_the_page(page: OwnPage, *, on: date) -> None:
    """Refuse to give what was released to somebody who lives there no more, or when its days are over."""
    there = members_for_a_page(page.family.shown, on=on)
    if page.is_over(on) or page.person not in [member.person for member in there]:
        raise NotAllowed(why_it_ended(page, on=on))


def why_it_ended(page: OwnPage, *, on: date) -> str:
    """Say why a released page opens no more although nobody ended it."""
    because = Because.OVER if page.is_over(on) else Because.LEFT
    return f"This page opens no more. {rules.BECAUSE_NAMES[because]}. End it, and ask for another one if it is safe."


def digest(secret: str) -> str:
    """Return what is kept of a secret that nobody could guess."""
    return hashlib.sha256(secret.encode()).hexdigest()


def digest_of_pin(pin: str) -> str:
    """Return what is kept of a PIN, which somebody could guess: without the service's key it says nothing."""
    return hmac.new(settings.SECRET_KEY.encode(), b"own page pin:" + pin.encode(), hashlib.sha256).hexdigest()


# What was said -----------------------------------------------------------------------------------------------------


@transaction.atomic
def note_read(word: OwnPageWord, *, by: User, on: date) -> OwnPageWord:
    """Note that what somebody said was read. Safe twice; who was first stays."""
    held: OwnPageWord = OwnPageWord.objects.select_for_update(of=("self",), no_key=True).get(pk=word.pk)
    if held.read_on is None:
        held.read_by, held.read_on = by, on
        held.save(update_fields=["read_by", "read_on"])
    return held


def last_said(plan: Plan, *, by: User) -> dict[int, OwnPageWord]:
    """Return ``{action id: what its owner said last on their own page}`` of a plan."""
    rows = OwnPageWord.objects.visible_to(by).filter(action__goal__plan=plan)
    newest = rows.values("action", "person").annotate(last=Max("pk")).values("last")
    return {row.action_id: row for row in rows.filter(pk__in=newest).select_related("person__merged_into", "action")}
