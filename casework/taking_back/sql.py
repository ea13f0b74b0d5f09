"""Taking back what a list made: kept with its history, in an audience that nobody is in, and counted nowhere.

Whatever stands in the record of a family and was not written by the work that brings lists over was added: then the
family stays.
"""

from slf.access.rules import Can
from slf.access.sql import definer, roles_that
from slf.access.sql.own_name import any_names, own_names

DOOR = "'job importing.%'"
"""What the history of a row calls the work that brings lists over (``slf.work.services``)."""


def inner(signature: str) -> str:
    """Return the SQL that keeps a function for those of the definer's role."""
    return f"alter function {signature} owner to slf_definer; revoke all on function {signature} from public, slf_app;"


MAY = f"""
create or replace function slf.looks_into_list(of_file bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from casework_importfile f join slf_scope s on s.kind = 'locality' and s.locality_id = f.locality_id
        join slf.reaches(slf.acting_user()) r on r.scope_id = s.id
        where f.id = of_file and r.role in ({roles_that(Can.LOAD_FEED)}, {roles_that(Can.RESTRICT_FAMILY)}))
$$;
""" + inner("slf.looks_into_list(bigint)")

FAMILIES_OF_LIST = """
create or replace function slf.families_of_list(of_file bigint) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select distinct r.family_id from casework_importrow r
    where r.file_id = of_file and r.sheet = 'people' and r.state = 'made'
      and (select slf.looks_into_list(of_file))
$$;
""" + definer("slf.families_of_list(bigint)")

# Every table that names its family is asked, whichever room it is of. One with a history is asked who wrote there; of
# one that is only added to, how many rows did not come with the list. A person is asked about where the list made them.
# Triggers keep the words for the search, and which locality the family belongs to: that changes with its audience.
ADDED_SINCE = f"""
create or replace function slf.added_since(families bigint[])
returns table (family_id bigint, what text, people bigint[])
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    one record;
begin
    for one in
        select c.relname::text as name, to_regclass('public.' || c.relname || 'event') as history
        from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
          and c.relname not like 'slf\\_%'
          and c.relname <> all (array['families_searchkey', 'families_belonging', 'casework_importrow'])
          and exists (select from pg_attribute a
                      where a.attrelid = c.oid and a.attname = 'family_id' and not a.attisdropped)
          and exists (select from pg_constraint k
                      where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = 'families_family'::regclass)
    loop
        if one.history is not null then
            return query execute format($q$
                select e.family_id, %1$L::text, array_agg(distinct (e.pgh_context ->> 'user')::bigint)
                from %2$s e where e.family_id = any ($1)
                  and coalesce(e.pgh_context ->> 'door', '') not like {DOOR.replace("%", "%%")}
                group by 1 $q$, one.name, one.history) using families;
        else
            return query execute format($q$
                select t.family_id, %1$L::text, '{{}}'::bigint[] from %1$I t where t.family_id = any ($1)
                group by 1 having count(*) > coalesce((
                    select sum((b.came_with ->> %1$L)::integer) from casework_broughtover b
                    where b.family_id = t.family_id), 0) $q$, one.name) using families;
        end if;
    end loop;
    return query
        select e.pgh_obj_id, 'families_family'::text, array_agg(distinct (e.pgh_context ->> 'user')::bigint)
        from families_familyevent e
        where e.pgh_obj_id = any (families) and coalesce(e.pgh_context ->> 'door', '') not like {DOOR}
        group by 1;
    return query
        select m.family_id, 'families_person'::text, array_agg(distinct (e.pgh_context ->> 'user')::bigint)
        from families_membership m join families_personevent e on e.pgh_obj_id = m.person_id
        where m.family_id = any (families) and coalesce(e.pgh_context ->> 'door', '') not like {DOOR}
          and exists (select from families_personevent first where first.pgh_obj_id = m.person_id
                      and first.pgh_label = 'insert' and first.pgh_context ->> 'door' like {DOOR})
        group by 1;
    return query
        select d.family_id, 'slf_draft'::text, array_agg(distinct d.owner_id) from slf_draft d
        where d.family_id = any (families) and d.sent_at is null and d.thrown_away_at is null
          and d.content <> '{{}}'::jsonb
        group by 1;
end
$$;
""" + inner("slf.added_since(bigint[])")

# Of a family that is not in the audience of its locality any more nothing is told but that.
STAYS = """
create or replace function slf.stays_of_list(of_file bigint)
returns table (family_id bigint, what text, people bigint[])
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    families bigint[] := array(select slf.families_of_list(of_file));
    f casework_importfile%rowtype;
    home bigint;
    here bigint[];
begin
    select * into f from casework_importfile where id = of_file;
    select id into home from slf_scope where kind = 'locality' and locality_id = f.locality_id;
    here := array(select x.id from families_family x where x.id = any (families) and x.scope_id = home);
    return query
        select x.id, 'audience'::text, '{}'::bigint[] from families_family x
        where x.id = any (families) and x.scope_id <> home;
    return query
        select x.id, 'merged'::text, '{}'::bigint[] from families_family x
        where x.id = any (here) and (x.merged_into_id is not null
                                     or exists (select from families_family y where y.merged_into_id = x.id));
    return query
        select distinct r.family_id, 'another_list'::text, '{}'::bigint[] from casework_importrow r
        where r.family_id = any (here) and r.state = 'made'
          and (r.scope_id, r.source) is distinct from (f.scope_id, f.source);
    return query select a.family_id, a.what, a.people from slf.added_since(here) a;
end
$$;
""" + definer("slf.stays_of_list(bigint)")

# Null when it is decided already, else what it becomes. A head of service writes no evidence, so nobody writes here.
DECIDE = f"""
create or replace function slf.decide_taking_back(request bigint, becomes text, why text, decided date, work bigint)
returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    me bigint := slf.acting_user();
    asked casework_takingback%rowtype;
begin
    select * into asked from casework_takingback where id = request for no key update;
    if asked.id is null or asked.asked_by_id = me or becomes not in ('agreed', 'refused') or not exists (
        select from slf.reaches(me) r
        where r.scope_id = asked.scope_id and r.role in ({roles_that(Can.RESTRICT_FAMILY)}))
    then
        raise exception 'no such list to decide on' using errcode = 'insufficient_privilege';
    end if;
    if asked.state <> 'asked' then
        return null;
    end if;
    update casework_takingback
        set state = becomes, note = why, decided_by_id = me, decided_on = decided, job_id = work where id = request;
    return becomes;
end
$$;
""" + definer("slf.decide_taking_back(bigint, text, text, date, bigint)")

# An audience without anybody in it. A sealed family is opened by no emergency, and no referral is asked about there.
TAKE_BACK = f"""
create or replace function slf.take_back_list(request bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    me bigint := slf.acting_user();
    asked casework_takingback%rowtype;
    f casework_importfile%rowtype;
    home bigint;
    nowhere bigint;
    families bigint[];
    gone bigint[];
    moment timestamptz := clock_timestamp();
begin
    select * into asked from casework_takingback where id = request for no key update;
    select * into f from casework_importfile where id = asked.file_id for no key update;
    select id into home from slf_scope where kind = 'locality' and locality_id = f.locality_id;
    if asked.id is null or asked.state <> 'agreed' or asked.decided_by_id is distinct from me
        or asked.asked_by_id = me or f.made_at is null or f.taken_back_at is not null or asked.scope_id <> home
        or not exists (select from slf.reaches(me) r
                       where r.scope_id = home and r.role in ({roles_that(Can.RESTRICT_FAMILY)}))
    then
        raise exception 'no such list to take back' using errcode = 'insufficient_privilege';
    end if;
    families := array(select slf.families_of_list(f.id));
    -- Whoever adds to one of them at this moment is waited for, and waits; a contact holds its case before its family.
    perform from casework_case c where c.family_id = any (families) order by c.id for no key update;
    perform from families_family x where x.id = any (families) order by x.id for update;
    gone := array(select x from unnest(families) x except select s.family_id from slf.stays_of_list(f.id) s);
    insert into slf_scope (kind, name, audience_key)
        select 'taken_back', 'Taken back, ' || l.name, 'taken_back=' || l.id from slf_locality l
        where l.id = f.locality_id on conflict (audience_key) do nothing;
    select s.id into nowhere from slf_scope s where s.audience_key = 'taken_back=' || f.locality_id;
    update referrals_allocation a
        set period = daterange(lower(a.period), greatest(asked.decided_on, lower(a.period) + 1))
        where a.family_id = any (gone) and (upper(a.period) is null or upper(a.period) > asked.decided_on);
    update slf_share s set period = tstzrange(lower(s.period), greatest(moment, lower(s.period))), ended_by_id = me
        where s.family_id = any (gone) and (upper(s.period) is null or upper(s.period) > moment);
    delete from slf_familyuserobjectpermission g where g.content_object_id = any (gone);
    update families_family x set scope_id = nowhere, sealed = true where x.id = any (gone);
    update families_person p set upn = null, nhs_number = null, ni_number = null
        where p.scopes <@ array[nowhere] and num_nonnulls(p.upn, p.nhs_number, p.ni_number) > 0
          and p.id in (select m.person_id from families_membership m where m.family_id = any (gone));
    update casework_importrow r
        set state = 'taken_back', numbers_wait = false, problems = r.problems || jsonb_build_array(jsonb_build_object(
            'column', '', 'level', 'warning', 'sentence', 'It was ' || x.reference || '.'))
        from families_family x
        where x.id = r.family_id and r.family_id = any (gone) and r.state = 'made';
    update casework_importfile set taken_back_at = moment where id = f.id;
    update casework_takingback
        set state = 'done', taken = cardinality(gone), stayed = cardinality(families) - cardinality(gone)
        where id = asked.id;
end
$$;
""" + definer("slf.take_back_list(bigint)")

NAMES = {"asked_by_id": Can.LOAD_FEED, "decided_by_id": Can.RESTRICT_FAMILY}
IN_OWN_NAME = own_names("casework_takingback", NAMES)
CLOSED = "revoke update, delete on casework_takingback from slf_app;"
FORWARD = [MAY, FAMILIES_OF_LIST, ADDED_SINCE, STAYS, DECIDE, TAKE_BACK, IN_OWN_NAME, CLOSED]
REVERSE = (
    any_names("casework_takingback")
    + """
drop function if exists slf.take_back_list(bigint), slf.decide_taking_back(bigint, text, text, date, bigint),
    slf.stays_of_list(bigint), slf.added_since(bigint[]), slf.families_of_list(bigint), slf.looks_into_list(bigint);
"""
)
