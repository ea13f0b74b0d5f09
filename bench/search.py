"""The search against an exact look-up with an index, among names as different as a county's."""

from collections.abc import Iterator
from types import SimpleNamespace

from django.db import transaction

from bench.county import filling, place
from bench.figures import Line, in_turns, percentile
from bench.lists import opened, sign_in
from families.people.models import Family, Person
from families.search.services import search, shown
from families.search.sql import OF_FAMILIES, OF_PEOPLE
from slf.access.acting import acting_as
from slf.clock import today

FIRST = 9_000_000
PEOPLE = 20_000
GIVEN = [
    "Donna", "Wayne", "Chloe", "Jayden", "Amina", "Tyler", "Priya", "Oliver", "Kelly", "Darren", "Ruby", "Mohammed",
    "Tracey", "Callum", "Elizabeth", "Stephen",
]  # fmt: skip
MADE = (
    """
    insert into families_family (id, uid, reference, name, known_since, sealed, scope_id)
    select %(first)s + n, gen_random_uuid(), 'SLF-' || (%(first)s + n), 'Household ' || n, '2013-06-03', false,
           %(scope)s
    from generate_series(1, %(people)s) n
    """,
    """
    insert into families_person (id, uid, scopes, given_names, family_name, known_as, born_on, born_estimated, gender)
    select %(first)s + n, gen_random_uuid(), array[%(scope)s::bigint], (%(given)s)[1 + n %% 16],
           initcap((array['ba','de','fi','go','hu','la','me','ni','po','ru'])[1 + n / 7 %% 10]
                || (array['rr','ll','nd','st','mp','ck','tt','ss','ng','rk'])[1 + n / 70 %% 10]
                || (array['er','all','on','ick','ing','ow','ard','ley','ett','am'])[1 + n / 700 %% 10]), '',
           date '1960-05-04' + n, false, 'not_known'
    from generate_series(1, %(people)s) n
    """,
    """
    insert into families_membership
        (uid, family_id, scope_id, person_id, part, period, responsible, school, safe_contact, called)
    select gen_random_uuid(), %(first)s + n, %(scope)s, %(first)s + n, 'parent', daterange('2012-01-01', null), '', '',
           '', ''
    from generate_series(1, %(people)s) n
    """,
    """
    insert into families_home (uid, family_id, scope_id, membership_id, period, protected, in_error, use, address,
                               postcode)
    select gen_random_uuid(), family_id, scope_id, id, period, false, false, 'main', '', 'LE11 1AA'
    from families_membership where family_id > %(first)s
    """,
)
ASKED = {
    "as it is written": "Elizabeth {name}",
    "another form, beginning": "Liz {beginning}",
    "one letter away": "Elizabeth {wrong}",
    "day and month exchanged": "{name} {exchanged}",
}


def measure(county: SimpleNamespace, *, times: int) -> Iterator[Line]:
    make(county)
    reader = county.seniors[county.large.slug]
    with acting_as(reader), transaction.atomic():
        known = Person.objects.visible_to(reader).filter(pk__gt=FIRST, given_names="Elizabeth", born_on__day=5)
        born = known.exclude(born_on__month=5).first()
    name = born.family_name
    said = {
        "name": name,
        "beginning": name[:4],
        "wrong": f"{name[:2]}z{name[3:]}",
        "exchanged": f"{born.born_on:%m/%d/%Y}",
    }
    for what, asked in ASKED.items():
        yield ratio(what, asked.format(**said), reader, name, times=times)
    nobody = f"Elizabeth {name} Mohammed"
    yield ratio("nobody has all the names", nobody, reader, name, times=times, watched=True)
    client = sign_in(reader)
    (seconds,) = in_turns([opened(client, f"/families/?q=Elizabeth+{name}")], times=times)
    yield Line("Search page: p95", percentile(seconds, 0.95) * 1000, "ms", 300, watched=True, note=f"{times} requests")


def make(county: SimpleNamespace) -> None:
    """Add people of many names to the large locality, and the words of everybody's."""
    _, scope = place(county.large.slug)
    values = {"first": FIRST, "people": PEOPLE, "scope": scope, "given": GIVEN}
    with filling() as cursor:
        for statement in MADE:
            cursor.execute(statement, values)
        cursor.execute("delete from families_searchkey")
        for statement in (OF_FAMILIES, OF_PEOPLE):
            cursor.execute(statement)


def ratio(what: str, asked: str, reader, name: str, *, times: int, watched: bool = False) -> Line:
    acts = [look_up(reader, name), find(reader, asked)]
    exact, found = (percentile(seconds, 0.5) * 1000 for seconds in in_turns(acts, times=times))
    note = f"{PEOPLE:,} people, medians {found:.1f} / {exact:.1f} ms"
    return Line(f"Search, {what} / exact look-up", found / exact, "x", 3, watched=watched, note=note)


def look_up(reader, name: str):
    """Find families by whose name is written exactly so, through the rights of the reader."""

    def act() -> None:
        with acting_as(reader), transaction.atomic():
            people = Person.objects.visible_to(reader).filter(family_name=name, given_names="Elizabeth")
            ids = people.values_list("memberships__family", flat=True)
            list(Family.objects.visible_to(reader).filter(pk__in=list(ids)).select_related("scope__locality")[:25])

    return act


def find(reader, asked: str):
    def act() -> None:
        with acting_as(reader), transaction.atomic():
            shown(search(asked, on=today())[:25], by=reader)

    return act
