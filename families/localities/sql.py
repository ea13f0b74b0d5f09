"""Where a postcode is, in one place for Python and for the functions that send a referral over the wall."""

PLACE = """
create or replace function slf.place_of_postcode(asked text, out locality bigint, out outside boolean, out how text)
language plpgsql stable set search_path = public, pg_temp as $$
declare
    outward text := split_part(asked, ' ', 1);
begin
    select p.locality_id, p.locality_id is null, 'postcode' into locality, outside, how
        from families_postcode p where p.code = asked;
    if found then
        return;
    end if;
    select d.locality_id, false, 'district' into locality, outside, how
        from families_postcodedistrict d
        where split_part(d.prefix, ' ', 1) = outward and starts_with(asked, d.prefix)
        order by length(d.prefix) desc limit 1;
    if found then
        return;
    end if;
    -- A new postcode of an outward code of which no other one is in the county.
    select bool_and(p.locality_id is null), 'district' into outside, how
        from families_postcode p where p.code >= outward || ' ' and p.code < outward || '!';
    if outside is not true then
        outside := false;
        how := 'unknown';
    end if;
end
$$;
grant execute on function slf.place_of_postcode(text) to slf_app, slf_definer, slf_maintenance;
"""

# One value, for lists that compare it with a column.
LOCALITY_OF = """
create or replace function slf.locality_of_postcode(asked text) returns bigint
language sql stable set search_path = public, pg_temp as $$ select locality from slf.place_of_postcode(asked) $$;
grant execute on function slf.locality_of_postcode(text) to slf_app, slf_definer, slf_maintenance;
"""
FORWARD = [PLACE, LOCALITY_OF]
REVERSE = "drop function if exists slf.locality_of_postcode(text), slf.place_of_postcode(text)"

# What a loading does with the rows it was given, as sets.
STAGE = """
create temporary table postcodes_given (code text, ons_district text, introduced_on date, ended_on date) on commit drop
"""
COPY = "copy postcodes_given from stdin"
TWICE = "select code from postcodes_given group by code having count(*) > 1 order by code limit 10"
REPLACE = """
with placed as (
    select g.*, l.id locality_id from postcodes_given g
    left join unnest(%s::text[], %s::text[]) d (ons, slug) on d.ons = g.ons_district
    left join slf_locality l on l.slug = d.slug
)
insert into families_postcode as p (code, ons_district, locality_id, introduced_on, ended_on)
select code, ons_district, locality_id, introduced_on, ended_on from placed
on conflict (code) do update
    set ons_district = excluded.ons_district, locality_id = excluded.locality_id,
        introduced_on = excluded.introduced_on, ended_on = excluded.ended_on
    where (p.ons_district, p.locality_id, p.introduced_on, p.ended_on)
        is distinct from (excluded.ons_district, excluded.locality_id, excluded.introduced_on, excluded.ended_on)
"""
DROP_OTHERS = "delete from families_postcode p where not exists (select from postcodes_given g where g.code = p.code)"
COUNT = "select count(*), count(locality_id) from families_postcode"

# Outward codes and sectors that lie wholly in one locality stand for postcodes that are newer than the directory.
DISTRICTS = """
insert into families_postcodedistrict (prefix, locality_id, source)
select prefix, min(locality_id), %s
from families_postcode,
     lateral (values (split_part(code, ' ', 1)), (left(code, position(' ' in code) + 1))) v (prefix)
where ended_on is null
group by prefix
having count(distinct locality_id) = 1 and count(*) = count(locality_id)
"""


# A family is with a locality from the day it is known, and with another one from the day that its hand-over names
# (``slf.moves_on``, set by the function that accepts it). Closed to named people it stays where it was.
BELONGING = """
create or replace function slf.keep_belonging() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    place bigint := (select locality_id from slf_scope where id = new.scope_id);
    held families_belonging%rowtype;
    moved date := coalesce(nullif(current_setting('slf.moves_on', true), '')::date, slf.today());
begin
    if place is null then
        return null;
    end if;
    select * into held from families_belonging where family_id = new.id and upper(period) is null;
    if held.id is null then
        insert into families_belonging (uid, family_id, scope_id, locality_id, period, is_first)
            values (gen_random_uuid(), new.id, new.scope_id, place, daterange(new.known_since, null), true);
    elsif held.locality_id <> place and moved > lower(held.period) then
        update families_belonging set period = daterange(lower(period), moved) where id = held.id;
        insert into families_belonging (uid, family_id, scope_id, locality_id, period, is_first)
            values (gen_random_uuid(), new.id, new.scope_id, place, daterange(moved, null), false);
    elsif held.locality_id <> place then
        update families_belonging set locality_id = place where id = held.id;
    end if;
    return null;
end
$$;
alter function slf.keep_belonging() owner to slf_definer;
drop trigger if exists keep_belonging on families_family;
create trigger keep_belonging after insert or update of scope_id on families_family
    for each row execute function slf.keep_belonging();
revoke insert, update, delete on families_belonging from slf_app;
"""
WITHOUT_BELONGING = """
drop trigger if exists keep_belonging on families_family;
drop function if exists slf.keep_belonging();
"""
