"""The view log: sealed day by day into a chain of digests, and read family by family."""

from slf.access.rules import Can
from slf.access.sql.grants import definer, roles_that

# Each column by name and times in UTC: a column added later, or the time zone of whoever asks, changes no digest.
# Form 1, the row as PostgreSQL writes it, is what days sealed before have.
SEALS = """
create or replace function slf.digest_of_views(sealed_day date, previous text, form integer default 2) returns text
language sql stable security definer set search_path = public, pg_temp set timezone = 'UTC' as $$
    select encode(sha256(convert_to(previous || coalesce(string_agg(
        case form when 1 then v::text else jsonb_build_array(
            v.id, to_char(v.at, 'YYYY-MM-DD HH24:MI:SS.US'), v.user_id, v.family_id, v.family_ids, v.what, v.door,
            host(v.address), v."right", v.why)::text end,
        E'\\n' order by v.id), ''), 'UTF8')), 'hex')
    from slf_view v where (v.at at time zone 'Europe/London')::date = sealed_day
$$;
create or replace function slf.seal_views() returns table (day date, digest text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    last text;
    unsealed date;
begin
    if slf.acting_user() is not null then
        raise exception 'the clock seals the view log, nobody else' using errcode = 'insufficient_privilege';
    end if;
    lock table slf_viewseal in share row exclusive mode;
    for unsealed in
        select passed::date
        from generate_series(
            (select (min(v.at) at time zone 'Europe/London')::date from slf_view v)::timestamp,
            (slf.today() - 1)::timestamp, interval '1 day') passed
        where not exists (select from slf_viewseal s where s.day = passed::date)
        order by 1
    loop
        last := coalesce((select s.digest from slf_viewseal s order by s.id desc limit 1), '');
        return query insert into slf_viewseal as s (day, views, previous, digest, sealed_at, form)
            select unsealed, count(*), last, slf.digest_of_views(unsealed, last, 2), clock_timestamp(), 2
            from slf_view v where (v.at at time zone 'Europe/London')::date = unsealed
            returning s.day, s.digest::text;
    end loop;
end
$$;
create or replace function slf.broken_seals() returns setof date
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return query select s.day from slf_viewseal s
        where s.digest <> slf.digest_of_views(s.day, s.previous, s.form)
           or s.previous <> coalesce(
               (select p.digest from slf_viewseal p where p.id < s.id order by p.id desc limit 1), '')
        order by 1;
end
$$;
revoke insert, update, delete on slf_viewseal from slf_app;
""" + "".join(
    definer(f) for f in ("slf.digest_of_views(date, text, integer)", "slf.seal_views()", "slf.broken_seals()")
)

# Array operators are not leakproof: under row security their index is not used. Here it is, for one family.
# Whom identification lists is nobody else's to know: a look at its lists is shown with no family.
LOOKS = (
    f"""
create or replace function slf.looks_at(family bigint) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select v.id from slf_view v
    where (v.family_ids @> array[family] or v.family_id = family)
        and position('/identification/' in v.door) = 0 and exists (
        select from slf.reaches(slf.acting_user()) r
        where r.scope_id = slf.family_scope(family) and r.role in ({roles_that(Can.REVIEW_ACCESS)}))
$$;
create or replace function slf.lists_mine(families bigint[]) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from families_family f
                   where f.id = any (families) and f.scope_id = any (slf.scopes('read_card')))
$$;
"""
    + definer("slf.looks_at(bigint)")
    + definer("slf.lists_mine(bigint[])")
)
