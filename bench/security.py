"""Row security on the caseload list against the same rule in WHERE, and a permission row per family and user."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

from django.db import connections, transaction
from django.db.models import Manager, QuerySet
from guardian.shortcuts import get_objects_for_user

from bench.county import FIRST
from bench.figures import Line, in_turns, percentile
from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.rights import rights_of
from slf.access.rules import RecordClass
from slf.accounts.models import User

CASELOAD = """
    select f.id, f.uid, f.reference, f.name, c.opened_on, w.first_name, w.last_name
    from families_family f
    join casework_case c on c.family_id = f.id
    join referrals_allocation a on a.family_id = f.id
    join slf_user w on w.id = a.worker_id
    where c.closed_on is null and a.began_on <= date '2014-10-15'
        and (a.ended_on is null or a.ended_on > date '2014-10-15') {rule}
    order by f.name, f.reference limit 25
"""
COUNT = """
    select count(*) from families_family f join casework_case c on c.family_id = f.id
    join referrals_allocation a on a.family_id = f.id
    where c.closed_on is null and a.began_on <= date '2014-10-15'
        and (a.ended_on is null or a.ended_on > date '2014-10-15') {rule}
"""
RULE = "and f.scope_id = any (%(scopes)s) and c.scope_id = any (%(scopes)s) and a.scope_id = any (%(scopes)s)"
PERMISSIONS = """
    insert into slf_familyuserobjectpermission (user_id, permission_id, content_object_id)
    select u.id, p.id, f.id
    from families_family f
    join slf_post o on o.locality_id = (select locality_id from slf_scope where id = f.scope_id)
    join slf_user u on u.id = o.user_id
    cross join auth_permission p
    where p.codename = 'view_family' and (u.id = %(reader)s or u.id %% %(every)s = 0)
"""
EVERY, FASTEST, TURNS = 2, 0, 250
"""A busy machine adds as much to a short answer as to a long one: the fastest of many turns is the SQL alone."""
QUESTIONS: dict[str, Callable[[Manager | QuerySet], object]] = {
    "list": lambda families: list(families.order_by("name", "reference")[:25]),
    "one family": lambda families: families.get(pk=FIRST + 100),
    "count": lambda families: families.count(),
}


def measure(county: SimpleNamespace, *, times: int) -> Iterator[Line]:
    reader = county.seniors[county.large.slug]
    with acting_as(reader), transaction.atomic():
        scopes = sorted(rights_of(reader).open_scopes(RecordClass.CARD))
    with acting_as(reader), transaction.atomic(), transaction.atomic(using="owner"):
        for name, sql in (("list", CASELOAD), ("count", COUNT)):
            policy, where = asked("default", sql.format(rule="")), asked("owner", sql.format(rule=RULE), scopes=scopes)
            if policy() != where():
                message = "The policy and the rule in WHERE do not give the same rows."
                raise RuntimeError(message)
            yield compared(
                f"Row security, caseload {name}: policy / WHERE", in_turns([policy, where], times=times), bound=1.5
            )
    yield from against_guardian(reader, times=max(TURNS, times))


def asked(database: str, sql: str, **values) -> Callable[[], list[tuple]]:
    cursor = connections[database].cursor()

    def ask() -> list[tuple]:
        cursor.execute(sql, values or None)
        return cursor.fetchall()

    return ask


def compared(
    name: str,
    seconds: list[list[float]],
    *,
    bound: float,
    at_least: bool = False,
    share: float = 0.5,
    note: str = "",
) -> Line:
    first, second = (percentile(column, share) * 1000 for column in seconds)
    times = f"{'fastest' if share == FASTEST else 'medians'} {first:.2f} / {second:.2f} ms"
    return Line(name, first / second, "x", bound, at_least=at_least, note=f"{times}{note}")


def against_guardian(reader: User, *, times: int) -> Iterator[Line]:
    """Give a row per family and user to every other colleague, and ask for the families as guardian does."""
    rows = give_rows(reader)
    with acting_as(reader), transaction.atomic(), transaction.atomic(using="owner"):
        enter = asked("default", "select slf.enter(%(who)s)", who=reader.pk)
        for name, question in QUESTIONS.items():
            by_rows, by_policy = sent("owner", question, of_guardian(reader)), sent("default", question, Family.objects)
            if ids(by_rows()) != ids(by_policy()):
                message = f"Guardian and the policy do not give the same rows: {name}."
                raise RuntimeError(message)
            *pair, entering = in_turns([by_rows, by_policy, enter], times=times)
            entered = f"; entering, once a transaction, {percentile(entering, FASTEST) * 1000:.2f} ms"
            line, note = f"Guardian rows per family / policy: {name}", f"; {rows:,} permission rows{entered}"
            yield compared(line, pair, bound=20, at_least=True, share=FASTEST, note=note)


def give_rows(reader: User) -> int:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(PERMISSIONS, {"reader": reader.pk, "every": EVERY})
        rows = cursor.rowcount
    with connections["owner"].cursor() as cursor:
        cursor.execute("vacuum analyze slf_familyuserobjectpermission")
    return rows


def of_guardian(reader: User) -> QuerySet[Family]:
    return get_objects_for_user(
        reader, "families.view_family", Family.objects.using("owner"), accept_global_perms=False
    )


def sent(database: str, question: Callable[[Manager | QuerySet], object], families) -> Callable[[], list[tuple]]:
    """Return how to ask again what Django sends for a question: the SQL alone, without the work of Python on it."""
    kept = []

    def keep(execute, sql, params, many, context):
        kept.append((sql, params))
        return execute(sql, params, many, context)

    with connections[database].execute_wrapper(keep):
        question(families)
    ((sql, params),) = kept
    cursor = connections[database].cursor()

    def ask() -> list[tuple]:
        cursor.execute(sql, params)
        return cursor.fetchall()

    return ask


def ids(rows: list[tuple]) -> list:
    """Return the first column: guardian adds one of its own at the end."""
    return [row[0] for row in rows]
