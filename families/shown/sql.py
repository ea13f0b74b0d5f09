"""What the view log says of partners, for who may read the family's evidence; and one withdrawal of the same family."""

from slf.access.sql import changed, definer

# A day, a person and a door are one row however often they looked. The log holds every look since the service began.
SHOWN_IN_LOG = """
create or replace function slf.shown_in_log(family bigint, doors text[])
returns table (shown_on date, who bigint, door text, what text[], times bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    with looks as (
        select (v.at at time zone 'Europe/London')::date as day, v.user_id, v.what,
               (select d from unnest(doors) d where v.door like d limit 1) as by_door
        from slf_view v
        where (v.family_ids @> array[family] or v.family_id = family)
          and slf.family_scope(family) = any (slf.scopes('read_evidence')))
    select day, user_id, by_door, array_agg(distinct l.what order by l.what), count(*)
    from looks l
    where by_door is not null or exists (
        select from slf_post p where p.user_id = l.user_id and p.role = 'esf' and p.period @> l.day)
    group by 1, 2, 3
$$;
create or replace function slf.looks_since() returns date
language sql stable security definer set search_path = public, pg_temp as $$
    select (v.at at time zone 'Europe/London')::date from slf_view v order by v.id limit 1
$$;
"""

OF_BOTH = changed(
    SHOWN_IN_LOG,
    (
        "(v.family_ids @> array[family] or v.family_id = family)",
        "(v.family_ids && (select slf.entries_of(array[family])) "
        "or v.family_id = any ((select slf.entries_of(array[family]))::bigint[]))",
    ),
)
"""The same where a family is known twice: what was shown of either."""

# Of many families at once. Who is of the provider, and what was sent out, is found first: a family that many lists name
# has thousands of looks by colleagues, of which none is a partner's.
SHOWN_OF_MANY = """
create or replace function slf.shown_in_log(asked bigint[], doors text[])
returns table (family bigint, shown_on date, who bigint, door text, what text[], times bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    with entries as (
        select f.stands, e.entry from unnest(asked) f(stands), unnest(slf.entries_of(array[f.stands])) e(entry)
        where slf.family_scope(f.stands) = any (slf.scopes('read_evidence'))),
    of_asked as (select array_agg(entry) as ids from entries),
    found as (
        select v.id from slf_view v, of_asked o
        where v.user_id in (select p.user_id from slf_post p where p.role = 'esf')
          and (v.family_ids && o.ids or v.family_id = any (o.ids))
        union
        select v.id from slf_view v, of_asked o
        where cardinality(doors) > 0 and v.door like any (doors)
          and (v.family_ids && o.ids or v.family_id = any (o.ids))),
    named as (  -- once, where a list names a family under both its entries
        select distinct e.stands, v.id from found join slf_view v using (id)
        cross join unnest(v.family_ids || v.family_id) f(entry) join entries e using (entry)),
    looks as (
        select n.stands, (v.at at time zone 'Europe/London')::date as day, v.user_id, v.what,
               (select d from unnest(doors) d where v.door like d limit 1) as by_door
        from named n join slf_view v using (id))
    select stands, day, user_id, by_door, array_agg(distinct l.what order by l.what), count(*)
    from looks l
    where by_door is not null or exists (
        select from slf_post p where p.user_id = l.user_id and p.role = 'esf' and p.period @> l.day)
    group by 1, 2, 3, 4
$$;
drop function if exists slf.shown_in_log(bigint, text[]);
""" + definer("slf.shown_in_log(bigint[], text[])")
OF_ONE_AT_A_TIME = f"""
{OF_BOTH}
{definer("slf.shown_in_log(bigint, text[])")}
drop function slf.shown_in_log(bigint[], text[]);
"""

SAME_FAMILY = """
create unique index families_agreement_of_family on families_agreement (id, family_id);
create unique index families_consent_of_family on families_consent (id, family_id);
alter table families_partnertold add constraint families_partnertold_agreement_family
    foreign key (agreement_id, family_id) references families_agreement (id, family_id);
alter table families_partnertold add constraint families_partnertold_consent_family
    foreign key (consent_id, family_id) references families_consent (id, family_id);
"""

FORWARD = [
    SHOWN_IN_LOG,
    definer("slf.shown_in_log(bigint, text[])"),
    definer("slf.looks_since()"),
    SAME_FAMILY,
]
REVERSE = """
alter table families_partnertold drop constraint if exists families_partnertold_agreement_family,
    drop constraint if exists families_partnertold_consent_family;
drop index if exists families_agreement_of_family, families_consent_of_family;
drop function if exists slf.shown_in_log(bigint, text[]), slf.looks_since();
"""
