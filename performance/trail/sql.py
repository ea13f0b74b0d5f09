"""The chain itself: triggers that write it and the functions that keep and dispose of it.

What the owner of the database writes past the service is not chained, so it shows when the trail is verified.
"""

from performance.trail.rules import DISPOSED, TABLES, Chained

SETTINGS = "security definer set search_path = public, pg_temp set timezone = 'UTC'"


def closed(signature: str) -> str:
    """Return the SQL that keeps a function to other functions of the definer, and to who keeps the database."""
    return f"""
alter function {signature} owner to slf_definer;
revoke all on function {signature} from public, slf_app;
grant execute on function {signature} to slf_owner, slf_maintenance;
"""


def literal(names) -> str:
    return "array[" + ", ".join(f"'{name}'" for name in names) + "]::text[]"


def row_of(place: int, each: Chained) -> str:
    told = ", ".join(f"$${text}$$" for text in (each.table, each.key, each.run, each.says))
    return f"({place}, {told}, {literal(each.heavy)}, {literal(each.left_out)}, {str(each.steps).lower()})"


LIST = f"""
create or replace function slf.trail_tables() returns table (
    place integer, name text, key text, run text, says text, heavy text[], left_out text[], steps boolean)
language sql immutable set search_path = public, pg_temp as $list$
    values {", ".join(row_of(place, each) for place, each in enumerate(TABLES, start=1))}
$list$;
{closed("slf.trail_tables()")}
"""

# Columns are read from the catalogue: one that is added to a table is part of what is chained from then on.
READING = f"""
create or replace function slf.trail_select(tab text, only_keys boolean) returns text
language sql stable {SETTINGS} as $$
    select format(
        'select (%s)::bigint as run_id, t.%I::bigint as key, max((%s)::text) as says, '
        'jsonb_agg((select to_jsonb(x) from (select %s) x) order by t.id) as content from %I t %s group by 1, 2',
        r.run, r.key, r.says, (
            select string_agg(case when a.attname = any (r.heavy)
                then format('encode(sha256(convert_to(t.%1$I, ''UTF8'')), ''hex'') as %1$I', a.attname)
                else format('t.%I', a.attname) end, ', ' order by a.attnum)
            from pg_attribute a where a.attrelid = format('public.%I', tab)::regclass
              and a.attnum > 0 and not a.attisdropped and a.attname <> all (r.left_out)
        ), tab, case when only_keys then format('where t.%I = any ($1)', r.key) else '' end)
    from slf.trail_tables() r where r.name = tab
$$;
{closed("slf.trail_select(text, boolean)")}
create or replace function slf.trail_words(
    number integer, at timestamptz, by bigint, what text, says text, name text, key bigint, digest text
) returns text language sql immutable set timezone = 'UTC' as $$
    select jsonb_build_array(number, to_char(at, 'YYYY-MM-DD HH24:MI:SS.US'), by, what, says, name, key, digest)::text
$$;
create or replace function slf.anchor_words(
    number integer, at timestamptz, run_id bigint, entries integer, run_head text
) returns text language sql immutable set timezone = 'UTC' as $$
    select jsonb_build_array(number, to_char(at, 'YYYY-MM-DD HH24:MI:SS.US'), run_id, entries, run_head)::text
$$;
create or replace function slf.trail_link(before text, words text, first text) returns text
language sql immutable as $$
    select encode(sha256(convert_to(coalesce(before, first) || words, 'UTF8')), 'hex')
$$;
create or replace aggregate slf.trail_chain(text, text) (sfunc = slf.trail_link, stype = text);
alter aggregate slf.trail_chain(text, text) owner to slf_definer;
""" + "".join(
    closed(signature)
    for signature in (
        "slf.trail_words(integer, timestamptz, bigint, text, text, text, bigint, text)",
        "slf.anchor_words(integer, timestamptz, bigint, integer, text)",
        "slf.trail_link(text, text, text)",
    )
)

# A run has its chain, so that two runs wait for each other only while a step of theirs is anchored.
WRITING = f"""
create or replace function slf.append_to_trail(
    of_run bigint, tab text, act text, keys bigint[], contents jsonb[], saying text[]
) returns void language plpgsql volatile {SETTINGS} as $$
declare
    moment timestamptz := clock_timestamp();
    last record;
begin
    perform pg_advisory_xact_lock(hashtext('slf.trail'), hashint8(of_run));
    select coalesce(max(e.number), 0) as number, coalesce((array_agg(e.head order by e.number desc))[1], '') as head
        into last from (select f.number, f.head from performance_trailentry f where f.run_id = of_run
                        order by f.number desc limit 1) e;
    with given as materialized (
        select g.*, last.number + g.n::integer as number, gen_random_uuid()::text as salt
        from unnest(keys, contents, saying) with ordinality g(key, content, says, n)
    ), told as (
        select g.*, encode(sha256(convert_to(g.salt || g.content::text, 'UTF8')), 'hex') as digest from given g
    ), linked as (
        select t.*, slf.trail_chain(slf.trail_words(
            t.number, moment, slf.acting_user(), act, t.says, tab, t.key, t.digest), last.head
        ) over (order by t.n) as head
        from told t
    ), made as (
        insert into performance_trailentry (
            scope_id, at, run_id, number, by_id, what, says, name, key, digest, previous, head)
        select r.scope_id, moment, of_run, l.number, slf.acting_user(), act, l.says, tab, l.key, l.digest,
            coalesce(lag(l.head) over (order by l.n), last.head), l.head
        from linked l cross join performance_claimrun r where r.id = of_run
        returning id, performance_trailentry.number as number
    )
    insert into performance_trailpayload (entry_id, salt, content)
        select m.id, g.salt, g.content from made m join given g on g.number = m.number;
end
$$;
{closed("slf.append_to_trail(bigint, text, text, bigint[], jsonb[], text[])")}
create or replace function slf.anchor_trail(of_run bigint) returns void
language plpgsql volatile {SETTINGS} as $$
declare
    moment timestamptz;
    last record;
    entry record;
begin
    perform pg_advisory_xact_lock(hashtext('slf.trail of the county'), 0);
    moment := clock_timestamp();
    select a.number, a.head into last from performance_trailanchor a order by a.number desc limit 1;
    select e.number, e.head, e.scope_id into strict entry from performance_trailentry e
        where e.run_id = of_run order by e.number desc limit 1;
    insert into performance_trailanchor (scope_id, at, number, run_id, entries, run_head, previous, head)
    select entry.scope_id, moment, n.number, of_run, entry.number, entry.head, coalesce(last.head, ''),
        slf.trail_link(coalesce(last.head, ''), slf.anchor_words(
            n.number, moment, of_run, entry.number, entry.head), '')
    from (select coalesce(last.number, 0) + 1 as number) n;
end
$$;
{closed("slf.anchor_trail(bigint)")}
create or replace function slf.chain_rows(tab text, keys bigint[], act text) returns void
language plpgsql volatile {SETTINGS} as $$
declare
    part record;
begin
    for part in execute format(
        'select f.run_id, array_agg(f.key order by f.key) as keys, array_agg(f.content order by f.key) as contents,
            array_agg(coalesce(f.says, '''') order by f.key) as saying
        from (%s) f where $2 = ''added'' or f.content is distinct from (
            select p.content from performance_trailentry e left join performance_trailpayload p on p.entry_id = e.id
            where e.name = %L and e.key = f.key order by e.number desc limit 1)
        group by f.run_id order by f.run_id', slf.trail_select(tab, keys is not null), tab) using keys, act
    loop
        perform slf.append_to_trail(part.run_id, tab, act, part.keys, part.contents, part.saying);
        if (select r.steps from slf.trail_tables() r where r.name = tab) or act = 'joined' then
            perform slf.anchor_trail(part.run_id);
        end if;
    end loop;
end
$$;
{closed("slf.chain_rows(text, bigint[], text)")}
create or replace function slf.chain() returns trigger language plpgsql volatile {SETTINGS} as $$
declare
    keys bigint[];
begin
    if pg_has_role(session_user, 'slf_owner', 'usage') or exists (
        select from pg_roles r where r.rolname = session_user and (r.rolsuper or r.rolbypassrls)) then
        return null;
    end if;
    execute format('select array_agg(distinct t.%I) from touched t', tg_argv[0]) into keys;
    if keys is not null then
        perform slf.chain_rows(tg_table_name, keys, case tg_op when 'INSERT' then 'added' else 'changed' end);
    end if;
    return null;
end
$$;
{closed("slf.chain()")}
"""

DISPOSING = f"""
create or replace function slf.dispose_of_trail(of_run bigint, why text) returns integer
language plpgsql volatile {SETTINGS} as $$
declare
    upto integer;
    gone integer;
begin
    perform pg_advisory_xact_lock(hashtext('slf.trail'), hashint8(of_run));
    select max(e.number) into strict upto from performance_trailentry e where e.run_id = of_run;
    delete from performance_trailpayload p using performance_trailentry e
        where e.id = p.entry_id and e.run_id = of_run and e.number <= upto;
    get diagnostics gone = row_count;
    perform slf.append_to_trail(of_run, '{DISPOSED}', 'disposed', array[upto::bigint],
        array[jsonb_build_array(jsonb_build_object('upto', upto, 'why', why))], array['disposed']);
    perform slf.anchor_trail(of_run);
    return gone;
end
$$;
{closed("slf.dispose_of_trail(bigint, text)")}
grant delete on performance_trailpayload to slf_definer;
"""

TRAILS = ("performance_trailentry", "performance_trailanchor", "performance_trailcheck")
NOBODYS = "".join(f"revoke insert, update, delete, truncate on {table} from slf_app;\n" for table in TRAILS)
EVERYBODYS = "".join(f"grant insert on {table} to slf_app;\n" for table in TRAILS)


def triggers(each: Chained) -> str:
    made = "\n".join(
        f"create trigger chain_{act} after {act} on {each.table} referencing new table as touched "
        f"for each statement execute function slf.chain('{each.key}');"
        for act in ("insert", "update")
    )
    return f"{made}\nselect slf.chain_rows('{each.table}', null, 'joined');\n"


def joining(*tables: str) -> list[str]:
    """Return what the migration of new tables runs: the list anew, their triggers, and what they hold already."""
    return [LIST, *(triggers(each) for each in TABLES if each.table in tables)]


def leaving(*tables: str) -> str:
    acts = [(table, act) for table in tables for act in ("insert", "update")]
    return "".join(f"drop trigger if exists chain_{act} on {table};\n" for table, act in acts)


def again(table: str) -> str:
    """Return what a migration runs that changed rows or columns of a chained table."""
    return f"select slf.chain_rows('{table}', null, 'joined');\n"


FIRST = ("performance_claimrun", "performance_judged", "performance_claim", "performance_claimedperson",
         "performance_sampledraw", "performance_audittest", "performance_audittestevent")  # fmt: skip
FORWARD = [NOBODYS, LIST, READING, WRITING, DISPOSING]
REVERSE = (
    """
drop function if exists slf.dispose_of_trail(bigint, text), slf.chain(), slf.chain_rows(text, bigint[], text),
    slf.anchor_trail(bigint), slf.append_to_trail(bigint, text, text, bigint[], jsonb[], text[]);
drop aggregate if exists slf.trail_chain(text, text);
drop function if exists slf.trail_link(text, text, text),
    slf.anchor_words(integer, timestamptz, bigint, integer, text),
    slf.trail_words(integer, timestamptz, bigint, text, text, text, bigint, text),
    slf.trail_select(text, boolean), slf.trail_tables();
"""
    + EVERYBODYS
)
