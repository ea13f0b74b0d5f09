"""Who is told a protected address, as PostgreSQL decides it, for rows and for what was kept of them."""

from slf.access.policies import ProtectHistory, ProtectRecord
from slf.access.rules import Can
from slf.access.sql import definer, roles_that

TABLES = ("families_home", "families_phone")

# In confidence: the families a person works with (not those they only opened), and the audiences in which they decide
# who works with a family.
CONFIDENCE = (
    f"""
create or replace function slf.families_in_confidence() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
    select array(select slf.families_worked(slf.acting_user()))
$$;
create or replace function slf.scopes_in_confidence() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
    select array(select distinct r.scope_id from slf.reaches(slf.acting_user()) r
                 where r.role in ({roles_that(Can.ALLOCATE)}))
$$;
"""
    + definer("slf.families_in_confidence()")
    + definer("slf.scopes_in_confidence()")
)

# An old version of a row is as protected as the row is now: to protect an address protects what was written before.
VERSIONS = "".join(
    f"""
create or replace function slf.{table}_in_the_open(kept bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from {table} where id = kept and not protected)
$$;
"""
    + definer(f"slf.{table}_in_the_open(bigint)")
    for table in TABLES
)

# Of whom something is kept back from whoever acts and may read the record. It says of whom, and nothing else.
KEPT_BACK = """
create or replace function slf.kept_back(of_family bigint, on_day date) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select m.id from families_membership m join families_family f on f.id = m.family_id
    where m.family_id = of_family and m.period @> on_day and f.scope_id = any (slf.scopes('read_record'))
      and f.id <> all (slf.families_in_confidence()) and f.scope_id <> all (slf.scopes_in_confidence())
      and (exists (select from families_home h
                   where h.membership_id = m.id and h.protected and not h.in_error and h.period @> on_day)
           or exists (select from families_phone p
                      where p.membership_id = m.id and p.protected and not p.in_error and p.period @> on_day))
$$;
""" + definer("slf.kept_back(bigint, date)")

# A home stands in the record of its membership's family. What was written down by mistake is marked, never deleted.
TIES = [
    *(
        f"alter table {table} add constraint {table}_membership_family foreign key (membership_id, family_id) "
        "references families_membership (id, family_id)"
        for table in TABLES
    ),
    *(f"revoke delete on {table} from slf_app" for table in TABLES),
]
UNTIED = ";".join(
    f"alter table {table} drop constraint {table}_membership_family; grant delete on {table} to slf_app"
    for table in TABLES
)


def in_confidence(scope: str) -> str:
    return (
        "(family_id = any ((select slf.families_in_confidence())::bigint[]) "
        f"or {scope} = any ((select slf.scopes_in_confidence())::bigint[]))"
    )


class ProtectWhereabouts(ProtectRecord):
    """A row of a record that is told in confidence alone while it is marked as protected."""

    def readable(self) -> str:
        return f"{super().readable()} and (not protected or {in_confidence('scope_id')})"

    def statements(self, table: str) -> list[str]:
        # Where a statement reads nothing of a row, PostgreSQL asks the policy of changing it and not that of reading
        # it: without this, whoever writes in the audience could take the protection off every row of it, unseen.
        return [
            *super().statements(table),
            f"create policy in_confidence on {table} as restrictive for update "
            f"using (not protected or {in_confidence('scope_id')}) with check (true)",
        ]

    def undo(self, table: str) -> list[str]:
        return [f"drop policy if exists in_confidence on {table}", *super().undo(table)]


class ProtectWhereaboutsHistory(ProtectHistory):
    """Versions of such a row: as protected as the row is now."""

    def statements(self, table: str) -> list[str]:
        in_the_open = f"slf.{table.removesuffix('event')}_in_the_open(pgh_obj_id)"
        return [
            *super().statements(table),
            f"drop policy may_read on {table}",
            f"create policy may_read on {table} for select using "
            f"({self.readable()} and ({in_the_open} or {in_confidence(self.through)}))",
        ]


FORWARD = [CONFIDENCE, VERSIONS, KEPT_BACK]
REVERSE = (
    "drop function if exists slf.kept_back(bigint, date), slf.families_in_confidence(), slf.scopes_in_confidence()"
    + ("".join(f", slf.{table}_in_the_open(bigint)" for table in TABLES))
)
