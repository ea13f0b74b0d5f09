"""Help for a family: begun, delivered session by session, ended with a result; a session struck out."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max

from casework.diary.services import case_is_over
from casework.interventions import rules
from casework.interventions.models import Help, HelpPerson, HelpSession, HelpSessionPerson, Method
from casework.interventions.rules import Part, State, WrongHelp
from casework.plans.models import Goal
from casework.visits.models import Visit
from families.people.models import Family, Person
from families.people.services import lock_family
from slf.access.rules import Can
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.errors import Conflict, NotAllowed, NotForYou
from slf.web.words import day_in_words

NOT_YOURS = "Only who works with the family writes down what help it is given."


@transaction.atomic
def begin_help(
    family: Family, method: Method, *, people: Iterable[Person], words: str, begun_on: date, by: User, on: date,
    goal: Goal | None = None, sessions: int | None = None, weeks: int | None = None,
    agreed_by: Iterable[Person] = (), agreed_on: date | None = None,
) -> Help:  # fmt: skip
    """Begin a method of the catalogue with a family. Where no number is said, that of the catalogue is meant."""
    rules.check_words(words=words)
    whose, agreed = {one.pk for one in people}, {one.pk for one in agreed_by}
    rules.check_beginning(
        method.kind, people=whose, has_goal=goal is not None, agreed_by=agreed, agreed_on=agreed_on,
        begun_on=begun_on, on=on,
    )  # fmt: skip
    if not Method.objects.offered_on(begun_on).filter(pk=method.pk).exists():
        raise WrongHelp(rules.NOT_OFFERED, field="method")
    family = _hold(family, by=by)
    if (same := _the_same(family, method, whose, goal)) is not None:
        return _again(same, words, begun_on, by=by)
    if case_is_over(family):
        raise NotAllowed(rules.OVER)
    made: Help = Help.objects.create(
        family=family, method=method, kind=method.kind, words=words.strip(), goal=goal, begun_on=begun_on, begun_by=by,
        sessions=sessions or method.sessions, weeks=weeks or method.weeks, state=State.GOING,
        agreed_on=agreed_on if method.kind in rules.AGREED_IN_PLAN else None,
    )  # fmt: skip
    parts = [(person, Part.FOR) for person in sorted(whose)]
    parts += [(person, Part.AGREED) for person in sorted(agreed) if method.kind in rules.AGREED_IN_PLAN]
    for person, part in parts:
        HelpPerson.objects.create(family=family, help=made, person_id=person, part=part)
    return made


def _the_same(family: Family, method: Method, whose: set[int], goal: Goal | None) -> Help | None:
    """Return what goes on already of this method, for the same people and goal."""
    rows = Help.objects.going_on().filter(family=family, method=method, goal=goal).prefetch_related("people")
    for row in rows:
        if {each.person_id for each in row.people.all() if each.part == Part.FOR} == whose:
            found: Help = row
            return found
    return None


def _again(same: Help, words: str, begun_on: date, *, by: User) -> Help:
    if (same.begun_by_id, same.words, same.begun_on) == (by.pk, words.strip(), begun_on):
        return same
    raise Conflict(rules.ALREADY.format(day=day_in_words(same.begun_on)))


@transaction.atomic
def deliver_session(
    help: Help, *, happened_on: date, people: Iterable[Person], by: User, on: date, words: str = "",
    visit: Visit | None = None,
) -> HelpSession:  # fmt: skip
    """Write down one session and who took part. Of one visit there is one session of each help: again is the same."""
    whose = {one.pk for one in people}
    help = _hold_help(help, by=by)
    ended_on = help.ended_on
    rules.check_session(happened_on, people=whose, begun_on=help.begun_on, ended_on=ended_on, on=on)
    if visit is not None and (there := help.sessions_held.counting().filter(visit=visit).first()) is not None:
        held: HelpSession = there
        return held
    made: HelpSession = HelpSession.objects.create(
        family=help.family, help=help, visit=visit, happened_on=happened_on, words=words.strip(), recorded_by=by
    )
    for person in sorted(whose):
        HelpSessionPerson.objects.create(family=help.family, session=made, person_id=person)
    return made


@transaction.atomic
def strike_session(session: HelpSession, *, because: str, by: User, on: date) -> HelpSession:
    """Strike out a session that was written down by mistake: it stays to be read and counts no more. Safe twice."""
    rules.check_words(because=because)
    _hold_help(session.help, by=by)
    held: HelpSession = HelpSession.objects.select_for_update(of=("self",), no_key=True).get(pk=session.pk)
    if held.struck_on is not None:
        if (held.struck_by_id, held.struck_because) == (by.pk, because.strip()):
            return held
        raise Conflict(rules.STRUCK)
    held.struck_on, held.struck_by, held.struck_because = on, by, because.strip()
    held.save(update_fields=["struck_on", "struck_by", "struck_because"])
    return held


@transaction.atomic
def end_help(help: Help, *, ended_on: date, result: str, result_words: str, by: User, on: date) -> Help:
    """Say how help to a family ended. Safe twice."""
    if result not in dict(value_of(rules.RESULTS, on=on).choices):
        raise WrongHelp("Choose how it ended from the list.", field="result")
    rules.check_words(result_words=result_words)
    help = _hold_help(help, by=by)
    if help.state == State.ENDED:
        if (help.ended_by_id, help.result, help.ended_on) == (by.pk, result, ended_on):
            return help
        raise Conflict(rules.IS_ENDED.format(day=day_in_words(help.ended_on) if help.ended_on else ""))
    last = help.sessions_held.counting().aggregate(day=Max("happened_on"))["day"]
    rules.check_end(ended_on, begun_on=help.begun_on, last_session=last, on=on)
    help.state, help.ended_on, help.ended_by = State.ENDED, ended_on, by
    help.result, help.result_words = result, result_words.strip()
    help.save(update_fields=["state", "ended_on", "ended_by", "result", "result_words"])
    return help


def going_on(family: Family, *, by: User) -> list[Help]:
    """Return what help a family is given now: what a session can be written down of."""
    return list(Help.objects.visible_to(by).going_on().filter(family=family).for_page())


def _hold(family: Family, *, by: User) -> Family:
    if not Family.objects.visible_to(by, can=Can.WORK_FAMILY).filter(pk=family.pk).exists():
        raise NotForYou(NOT_YOURS)
    return lock_family(family)


def _hold_help(help: Help, *, by: User) -> Help:
    _hold(help.family, by=by)
    rows = Help.objects.select_related("family", "method").select_for_update(of=("self",), no_key=True)
    held: Help = rows.get(pk=help.pk)
    return held
