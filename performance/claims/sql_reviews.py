"""A run's review by localities: what each is asked about, and how a manager gives the word for theirs."""

from slf.access.policies import ProtectScoped
from slf.access.rules import Can
from slf.access.sql import definer, roles_that

OFFICE = ", ".join(
    dict.fromkeys(
        role.strip()
        for can in (Can.PREPARE_CLAIM, Can.AUDIT_CLAIM, Can.SIGN_CLAIM, Can.CERTIFY_CLAIM)
        for role in roles_that(can).split(",")
    )
)
"""The roles whose claims are those of the county. A manager's are those of a locality."""


class ProtectReview(ProtectScoped):
    """Read by the office, and by managers of the locality: its words may name families. A function writes it."""

    def readable(self) -> str:
        return f"{super().readable()} and ((select slf.in_claims_office()) or slf.manages(locality_id))"

    def insertable(self) -> str:
        return "false"

    def statements(self, table: str) -> list[str]:
        return [*super().statements(table), f"revoke insert on {table} from slf_app"]

    def undo(self, table: str) -> list[str]:
        return [*super().undo(table), f"grant insert on {table} to slf_app"]


WHO = (
    f"""
create or replace function slf.in_claims_office() returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from slf.reaches(slf.acting_user()) r where r.role in ({OFFICE}))
$$;
create or replace function slf.manages(locality bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from slf.reaches(slf.acting_user()) r join slf_scope s on s.id = r.scope_id
        where s.kind = 'locality' and s.locality_id = locality and r.role in ({roles_that(Can.REVIEW_CLAIM)}))
$$;
"""
    + definer("slf.in_claims_office()")
    + definer("slf.manages(bigint)")
)

# A line is of the locality that its family is of now. One of a family closed to named people since is of none.
LINES = """
create or replace function slf.localities_of_run(run bigint)
returns table (locality_id bigint, lines bigint, amount numeric)
language sql stable security definer set search_path = public, pg_temp as $$
    select s.locality_id, count(*), sum(c.amount)
    from performance_claim c join slf_scope s on s.id = c.scope_id join performance_claimrun r on r.id = c.run_id
    where c.run_id = run and r.scope_id = any (slf.scopes('read_claim')) and s.locality_id is not null
      and ((select slf.in_claims_office()) or slf.manages(s.locality_id))
    group by s.locality_id
$$;
create or replace function slf.claims_nothing(run bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select not exists (select from performance_claim c where c.run_id = run)
$$;
create or replace function slf.run_is_reviewed(run bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select not exists (
        select from performance_claim c join slf_scope s on s.id = c.scope_id
        where c.run_id = run and s.locality_id is not null and (
            select v.agreed from performance_localityreview v
            where v.run_id = run and v.locality_id = s.locality_id order by v.id desc limit 1) is not true)
$$;
""" + "".join(map(definer, (
    "slf.localities_of_run(bigint)", "slf.claims_nothing(bigint)", "slf.run_is_reviewed(bigint)",
)))  # fmt: skip

# Managers of two localities speak at the same time: the row of the run is held, and the last one moves it on.
REVIEW = """
create or replace function slf.review_claims(run bigint, locality bigint, agrees boolean, said text) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me bigint := slf.acting_user();
    held performance_claimrun%rowtype;
begin
    select * into held from performance_claimrun r where r.id = run for no key update;
    if held.id is null or me is null or held.prepared_by_id = me
        or not slf.manages(locality) or slf.knows_of_run(run, me)
        or not exists (select from performance_claim c join slf_scope s on s.id = c.scope_id
                       where c.run_id = run and s.locality_id = locality)
    then
        raise exception 'not yours to review' using errcode = 'insufficient_privilege';
    end if;
    if held.state <> 'prepared' then
        return false;
    end if;
    insert into performance_localityreview
        (uid, scope_id, run_id, locality_id, agreed, word, reviewed_by_id, reviewed_at)
        values (gen_random_uuid(), held.scope_id, run, locality, agrees, trim(said), me, now());
    if slf.run_is_reviewed(run) then
        update performance_claimrun r set state = 'reviewed', reviewed_at = now() where r.id = run;
    end if;
    return true;
end
$$;
""" + definer("slf.review_claims(bigint, bigint, boolean, text)")

# How a sample was drawn, and the trail of a run, tell of every line of the county: no manager's to read.
READS = "scope_id = any ((select slf.scopes('read_claim'))::bigint[])"
OF_THE_COUNTY = (
    "performance_sampledraw", "performance_trailentry", "performance_trailanchor", "performance_trailcheck",
    "performance_chunk",
)  # fmt: skip


def for_office(table: str) -> str:
    """Return SQL that keeps the rows of a table of the whole county from managers."""
    return f"alter policy may_read on {table} using ({READS} and (select slf.in_claims_office()))"


FRAME_OF_OFFICE = [for_office(table) for table in OF_THE_COUNTY]
RUN_AS_A_WHOLE = [for_office(table) for table in ("performance_runwarning", "performance_runsignoff")]
FRAME_OF_ALL = "; ".join(f"alter policy may_read on {table} using ({READS})" for table in OF_THE_COUNTY)

FORWARD = [WHO, LINES]
AFTER_TABLES = [REVIEW]
REVERSE = """
drop function if exists slf.review_claims(bigint, bigint, boolean, text), slf.run_is_reviewed(bigint),
    slf.claims_nothing(bigint), slf.localities_of_run(bigint), slf.manages(bigint), slf.in_claims_office();
"""
