"""A county of any size, made by set-based SQL as the owner: families, people, cases, visits, referrals and workers.

Triggers of our own are off while it is filled (scopes are given directly, no history is written); foreign keys are on.
Ids are counted from ``FIRST`` so that parts find each other: family ``FIRST + n``, its people ``(FIRST + n) * 10 + k``.
"""

from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace

from django.db import connections, transaction
from psycopg2 import sql

from slf.access.acting import acting_as
from slf.access.models import Locality, Scope
from slf.access.rules import Role
from slf.access.services import give_post
from slf.accounts.models import User

FIRST = 1_000_000
CASELOAD = 15
BEGAN = date(2012, 4, 1)
FILLED = (
    "families_family", "families_person", "families_membership", "families_home", "families_need", "families_fact",
    "casework_case", "casework_visit", "casework_sighting", "referrals_allocation", "referrals_referral",
    "referrals_referralperson",
)  # fmt: skip
NAMES = [
    "Abbott", "Barnes", "Carter", "Dixon", "Ellis", "Foster", "Gibson", "Harvey", "Ingram", "Jarvis", "Keane", "Lawson",
    "Mercer", "Norton", "Osborne", "Palmer", "Quinn", "Reeves", "Shaw", "Turner", "Upton", "Vaughan", "Walton", "Yates",
]  # fmt: skip

FAMILIES = """
    insert into families_family (id, uid, reference, name, known_since, sealed, scope_id)
    select %(base)s + n, gen_random_uuid(), 'SLF-' || (%(base)s + n), (%(names)s)[1 + n %% 24] || ' ' || n,
           '2013-06-03', false, %(scope)s
    from generate_series(%(first)s, %(last)s) n
"""
PEOPLE = """
    insert into families_person (id, uid, scopes, given_names, family_name, known_as, born_on, born_estimated, gender)
    select (%(base)s + n) * 10 + k, gen_random_uuid(), array[%(scope)s::bigint],
           (array['Alex','Sam','Jo','Kim','Lee'])[k + 1], (%(names)s)[1 + n %% 24], '',
           case when k < 2 then date '1980-05-04' + n %% 3000 else date '2000-10-09' + 500 * k + n %% 300 end,
           false, 'not_known'
    from generate_series(%(first)s, %(last)s) n cross join generate_series(0, 4) k
"""
MEMBERSHIPS = """
    insert into families_membership
        (uid, family_id, scope_id, person_id, part, period, responsible, school, safe_contact, called)
    select gen_random_uuid(), %(base)s + n, %(scope)s, (%(base)s + n) * 10 + k,
           case when k < 2 then 'parent' else 'child' end, daterange('2012-01-01', null), '', '', '', ''
    from generate_series(%(first)s, %(last)s) n cross join generate_series(0, 4) k
"""
HOMES = """
    insert into families_home (uid, family_id, scope_id, membership_id, period, protected, in_error, use, address,
                               postcode)
    select gen_random_uuid(), family_id, scope_id, id, period, false, false, 'main', '1 Made-up Street', 'LE11 1AA'
    from families_membership where family_id between %(base)s + %(first)s and %(base)s + %(last)s
"""
CASES = """
    insert into casework_case (uid, family_id, scope_id, opened_on, attached_on, opened_by_id)
    select gen_random_uuid(), %(base)s + n, %(scope)s, '2013-07-15', %(attached_on)s, %(by)s
    from generate_series(%(first)s, %(last)s) n
"""
ALLOCATIONS = """
    insert into referrals_allocation (uid, family_id, scope_id, worker_id, highly_complex, period, over_reason,
                                      allocated_by_id)
    select gen_random_uuid(), %(base)s + n, %(scope)s,
           coalesce((%(workers)s::bigint[])[1 + (n - %(first)s) / %(caseload)s], %(by)s), n %% 4 = 0,
           daterange('2013-07-15', null), '', %(by)s
    from generate_series(%(first)s, %(last)s) n
"""
SHARES = """
    insert into slf_share (user_id, family_id, kind, period, reason, given_by_id)
    select worker_id, family_id, 'worker', tstzrange(now() - interval '1 year', null), '', %(by)s
    from referrals_allocation a where a.scope_id = %(scope)s and a.worker_id <> %(by)s
"""
VISITS = """
    insert into casework_visit (uid, family_id, scope_id, kind, happened_on, note, grade, next_visit_on, recorded_at,
                                recorded_by_id)
    select gen_random_uuid(), %(base)s + n, %(scope)s, 'home', date '2014-10-10' - 14 * k - n %% 10,
           'Seen at home.', '', case when k = 0 then date '2014-10-11' + n %% 20 end, now(), %(by)s
    from generate_series(%(first)s, %(last)s) n cross join generate_series(0, 2) k
"""
SIGHTINGS = """
    insert into casework_sighting (uid, family_id, scope_id, visit_id, person_id, how, why)
    select gen_random_uuid(), v.family_id, v.scope_id, v.id, v.family_id * 10 + k, 'seen', ''
    from casework_visit v cross join generate_series(2, 4) k
    where v.scope_id = %(scope)s and v.next_visit_on is not null
"""
REFERRALS = """
    insert into referrals_referral (id, uid, scope_id, referred_by_id, agency, state, revision, started_at, changed_at,
        address, postcode, phone, safe_contact, locality_id, agreement, spoke_to, sent_at, sent_on, due_on, reason,
        message, to_do)
    select %(base)s + n, gen_random_uuid(), %(scope)s, %(by)s, 'A school', 'received', 1, now(), now(),
           '1 Made-up Street', 'LE11 1AA', '', '', %(locality)s, '', '', now(),
           date '2014-10-01' + n %% 10, date '2014-10-08' + n %% 10, '', '', ''
    from generate_series(%(first)s, %(last)s) n
"""
REFERRED = """
    insert into referrals_referralperson (uid, scope_id, referral_id, position, part, given_names, family_name, born_on,
                                          born_estimated, school, upn, ni_number)
    select gen_random_uuid(), %(scope)s, %(base)s + n, k, case when k = 0 then 'parent' else 'child' end, 'Alex',
           (%(names)s)[1 + n %% 24], null, false, '', '', ''
    from generate_series(%(first)s, %(last)s) n cross join generate_series(0, 2) k
"""


@contextmanager
def filling():
    """Yield a cursor of the owner with our own triggers off, in one transaction; statistics are new afterwards."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("set local idle_in_transaction_session_timeout = 0")
        switch(cursor, "disable")
        yield cursor
        cursor.execute("set constraints all immediate")
        switch(cursor, "enable")
    with connections["owner"].cursor() as cursor:
        cursor.execute("vacuum analyze")


def switch(cursor, how: str) -> None:
    for table in FILLED:
        cursor.execute(sql.SQL("alter table {} {} trigger user").format(sql.Identifier(table), sql.SQL(how)))


def place(slug: str) -> tuple[Locality, int]:
    locality = Locality.objects.get(slug=slug)
    return locality, Scope.objects.get(locality=locality, kind=Scope.Kind.LOCALITY).pk


def hire(username: str, role: Role, locality: Locality | None = None) -> User:
    user = User.objects.create_user(username, password=None, first_name=role.label, last_name=username)
    give_post(user, role=role, locality=locality, by=user, starts_on=BEGAN)
    return user


def numbered(first: int, count: int) -> dict:
    """Return what every statement asks for: which numbers, where ids begin, and what to choose from."""
    return {"first": first, "last": first + count - 1, "base": FIRST, "names": NAMES, "caseload": CASELOAD}


def put(cursor, statement: str, values: dict) -> None:
    """Insert rows and count them anew: else foreign keys to them are checked by a plan made for an empty table."""
    cursor.execute(statement, values)
    cursor.execute(sql.SQL("analyze {}").format(sql.Identifier(statement.split()[2])))


def fill(
    cursor, slug: str, *, first: int, families: int, by: User, workers: list[User], attached_on: date | None = None
) -> None:
    """Put families into a locality, with a case each; those not made for a claim run with visits and a worker too.

    Each worker has a caseload; who is left over is allocated to ``by``.
    """
    _, scope = place(slug)
    values = numbered(first, families) | {"scope": scope, "by": by.pk, "attached_on": attached_on}
    values["workers"] = [worker.pk for worker in workers]
    for statement in (FAMILIES, PEOPLE, MEMBERSHIPS, HOMES, CASES):
        put(cursor, statement, values)
    if attached_on is None:
        for statement in (ALLOCATIONS, SHARES, VISITS, SIGHTINGS):
            put(cursor, statement, values)


def refer(cursor, slug: str, *, first: int, referrals: int, by: User) -> None:
    """Put referrals that wait for a decision into a locality's queue."""
    locality, scope = place(slug)
    values = numbered(first, referrals) | {"scope": scope, "by": by.pk, "locality": locality.pk}
    for statement in (REFERRALS, REFERRED):
        put(cursor, statement, values)


def make_lists(*, few: int = 10, many: int = 10_000, total: int = 20_000) -> SimpleNamespace:
    """Make two localities to compare, one of ``few`` and one of ``many`` rows, and the rest of the county elsewhere."""
    small, large, rest = (place(slug)[0] for slug in ("melton", "charnwood", "blaby"))
    with acting_as(None), transaction.atomic():
        office = hire("office", Role.MANAGER)
        seniors = {each.slug: hire(f"senior.{each.slug}", Role.SENIOR, each) for each in (small, large)}
        workers = {each.slug: [hire(f"fsw.{each.slug}.{n}", Role.FSW, each) for n in range(size)]
                   for each, size in ((small, 1), (large, 40), (rest, 0))}  # fmt: skip
    with filling() as cursor:
        first = 1
        for each, families in ((small, few), (large, many), (rest, total - many - few)):
            fill(cursor, each.slug, first=first, families=families, by=office, workers=workers[each.slug])
            first += families
        refer(cursor, small.slug, first=1, referrals=few, by=office)
        refer(cursor, large.slug, first=1 + few, referrals=many, by=office)
    return SimpleNamespace(office=office, small=small, large=large, seniors=seniors, workers=workers, families=total)
