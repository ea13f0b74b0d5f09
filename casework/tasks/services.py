"""Setting a task, settling it, handing it on and putting it off; who it can be for."""

from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction

from casework.tasks import rules
from casework.tasks.about import About
from casework.tasks.models import Task, TaskStep
from casework.tasks.rules import State, Step, WrongTask
from families.people.models import Family
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass
from slf.accounts.models import User
from slf.web.errors import NotForYou

NOBODY = About("")


@transaction.atomic
def set_task(
    family: Family, *, what: str, due_on: date, owner: User, by: User, on: date, about: About | None = None
) -> Task:
    """Set a task for oneself or a colleague who sees the family. What is to be done already just so is there once.

    ``about``: the page or record it is about (``casework.tasks.about.PAGES``); a link leads back to it.
    """
    rules.check_set(what, due_on, on=on)
    family = family.shown
    if not may_set(family, by):
        raise NotForYou(rules.NOT_YOURS)
    if owner.pk not in colleague_ids(family):
        raise WrongTask(rules.OUT_OF_SIGHT, field="owner")
    page = about or NOBODY
    known = {"family": family, "what": what.strip(), "due_on": due_on, "owner": owner}
    made: Task = Task.objects.filter(state=State.OPEN).get_or_create(
        **known, about_kind=page.kind, about_uid=page.uid, defaults={"set_by": by, "set_on": on}
    )[0]
    return made


def finish_task(task: Task, *, words: str, by: User, on: date) -> Task:
    """Say that it is done, and how it went. Safe twice."""
    return _take(task, Step.DONE, words=words, by=by, on=on)


def drop_task(task: Task, *, words: str, by: User, on: date) -> Task:
    """Say that it is not to be done any more, and why. Safe twice."""
    return _take(task, Step.DROPPED, words=words, by=by, on=on)


@transaction.atomic
def hand_on_task(task: Task, *, owner: User, words: str, by: User, on: date) -> Task:
    """Give it to a colleague who sees the family. Safe twice."""
    task = _lock(task, by=by)
    if task.owner_id == owner.pk:
        if _took_last(task, Step.HANDED_ON, words, by=by):
            return task
        raise WrongTask(rules.HAS_IT.format(who=owner), field="owner")
    if owner.pk not in colleague_ids(task.family.shown):
        raise WrongTask(rules.OUT_OF_SIGHT, field="owner")
    return _take(task, Step.HANDED_ON, words=words, by=by, on=on, owner=owner)


@transaction.atomic
def put_off_task(task: Task, *, due_on: date, words: str, by: User, on: date) -> Task:
    """Give it a later day, and say why. Safe twice."""
    task = _lock(task, by=by)
    if task.due_on == due_on and _took_last(task, Step.PUT_OFF, words, by=by):
        return task
    rules.check_later(due_on, before=task.due_on, on=on)
    return _take(task, Step.PUT_OFF, words=words, by=by, on=on, due_on=due_on)


# What the verbs need -----------------------------------------------------------------------------------------------


@transaction.atomic
def _take(
    task: Task, step: Step, *, words: str, by: User, on: date, owner: User | None = None, due_on: date | None = None
) -> Task:
    rules.check_words(step, words)
    task = _lock(task, by=by)
    if not task.is_open and task.state == rules.TRANSITIONS[step] and _took_last(task, step, words, by=by):
        return task
    who, day = _settled(task)
    rules.next_state(task.state, step, who=who, day=day)
    TaskStep.objects.create(
        family_id=task.family_id, task=task, step=step, words=words.strip(), by=by, on=on,
        owner=owner, owner_before=task.owner if owner else None,
        due_on=due_on, due_before=task.due_on if due_on else None,
    )  # fmt: skip
    return Task.objects.for_list().get(pk=task.pk)  # type: ignore[no-any-return]


def _lock(task: Task, *, by: User) -> Task:
    """Hold the task, for whoever may say what becomes of it. Read after it is held: whose it is may have changed."""
    rows = Task.objects.visible_to(by).filter(pk=task.pk)
    if rows.select_for_update(of=("self",), no_key=True).first() is None:
        raise NotForYou(rules.NOT_YOURS_TO_CHANGE)
    held: Task = Task.objects.for_list().get(pk=task.pk)
    if not may_change(held, by):
        raise NotForYou(rules.NOT_YOURS_TO_CHANGE)
    return held


def _settled(task: Task) -> tuple[str, date | None]:
    last = None if task.is_open else TaskStep.objects.for_page().filter(task=task).last()
    return (str(last.by), last.on) if last else ("", None)


def _took_last(task: Task, step: Step, words: str, *, by: User) -> bool:
    last: TaskStep | None = TaskStep.objects.filter(task=task).last()
    return last is not None and (last.step, last.by_id, last.words) == (step, by.pk, words.strip())


def may_set(family: Family, user: User) -> bool:
    """Tell whether somebody works with the family, or stands above that work."""
    return any(_opens(family, user, can) for can in (Can.WORK_FAMILY, Can.REVIEW_FAMILY))


def may_change(task: Task, user: User) -> bool:
    """Tell whether somebody says what becomes of a task."""
    family = task.family.shown
    if user.pk in {task.owner_id, task.set_by_id}:
        return may_set(family, user)
    return _opens(family, user, Can.REVIEW_FAMILY)


def _opens(family: Family, user: User, can: Can) -> bool:
    return rights_of(user).opens(RecordClass.RECORD, scope_id=family.scope_id, family_id=family.pk, can=can)


def colleague_ids(family: Family) -> list[int]:
    """Return whom a task of this family can be for: whoever works with it or stands above that work."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.colleagues_of_family(%s)", [family.pk])
        return [pk for (pk,) in cursor.fetchall()]


def colleagues(family: Family) -> Iterable[User]:
    people: Iterable[User] = User.objects.filter(pk__in=colleague_ids(family)).order_by(
        "first_name", "last_name", "username"
    )
    return people
