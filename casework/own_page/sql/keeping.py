"""What PostgreSQL holds of own pages: who releases, hands over and ends them, and what ends them by itself, at once."""

from families.merging.sql import PERSON, keeps_its_own
from slf.access.rules import Can
from slf.access.sql import definer, roles_that
from slf.access.sql.own_name import own_names

MAY = f"""
create or replace function slf.releases_own_pages(scope bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from slf.reaches(slf.acting_user()) r
                   where r.scope_id = scope and r.role in ({roles_that(Can.DECIDE_SHARING)}))
$$;
create or replace function slf.hands_own_pages_over(scope bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from slf.reaches(slf.acting_user()) r
                   where r.scope_id = scope and r.role in ({roles_that(Can.WORK_FAMILY)}))
$$;
{definer("slf.releases_own_pages(bigint)")}
{definer("slf.hands_own_pages_over(bigint)")}
"""

HOLD = """
create or replace function slf.hold_own_page() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
    before text := case when tg_op = 'UPDATE' then old.state else '' end;
    moves text[] := array['scope_id', 'state'];
begin
    if pg_has_role(current_user, 'slf_owner', 'usage') or pg_has_role(current_user, 'slf_definer', 'usage')
        or (tg_op = 'UPDATE' and to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id') then
        return new;
    end if;
    moves := moves || case before || '>' || new.state
        when 'waiting>open' then array['decided_by_id', 'decided_on', 'goals_out', 'actions_out']
        when 'waiting>sent_back' then array['decided_by_id', 'decided_on', 'answer']
        when 'waiting>ended' then array['ended_by_id', 'ended_at', 'ended_because', 'ended_words']
        when 'open>ended' then array['ended_by_id', 'ended_at', 'ended_because', 'ended_words'] end;
    if tg_op = 'INSERT' and new.state in ('unsafe', 'waiting') and new.decided_by_id is null
        and new.handed_by_id is null and new.opened_at is null and new.locked_at is null
        and exists (select from casework_plan p where p.id = new.plan_id and p.state = 'agreed'
                    and p.family_id = any ((select slf.one_with(new.family_id))::bigint[])) then
        return new;
    elsif tg_op = 'INSERT' or moves is null or to_jsonb(new) - moves <> to_jsonb(old) - moves
        or not (new.goals_out @> old.goals_out and new.actions_out @> old.actions_out)
        or (new.state = 'ended' and new.ended_by_id is null) then
        raise exception 'an own page is asked for, released by somebody else, and ended; its screen never changes'
            using errcode = 'check_violation';
    elsif new.state in ('open', 'sent_back') and not slf.releases_own_pages(new.scope_id) then
        raise exception 'not yours to release' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
grant execute on function slf.hold_own_page() to slf_app, slf_definer, slf_maintenance;
create trigger hold_own_page before insert or update on casework_ownpage
    for each row execute function slf.hold_own_page();
create or replace function slf.forget_own_page_key() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from casework_ownpagekey where page_id = new.id;
    return null;
end
$$;
alter function slf.forget_own_page_key() owner to slf_definer;
create trigger forget_own_page_key after update of state on casework_ownpage
    for each row when (new.state = 'ended') execute function slf.forget_own_page_key();
revoke delete, truncate on casework_ownpage from slf_app;
revoke insert, update, delete, truncate on casework_ownpageword from slf_app;
grant insert on casework_ownpageword to slf_definer;
grant update (read_by_id, read_on) on casework_ownpageword to slf_app;
"""

# What was said is never changed; that it was read is noted once, by who read it.
WORDS = """
create or replace function slf.hold_own_word() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if to_jsonb(new) - 'scope_id' <> to_jsonb(old) - 'scope_id'
        and (old.read_by_id is not null or new.read_by_id is distinct from slf.acting_user()) then
        raise exception 'that it was read is noted once, by who read it' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
grant execute on function slf.hold_own_word() to slf_app, slf_definer, slf_maintenance;
create trigger hold_own_word before update on casework_ownpageword
    for each row execute function slf.hold_own_word();
"""

# What a page hung on is gone: it ends with it, whoever does that and whether or not they know of the page.
ENDS = """
create or replace function slf.end_own_pages_of(families bigint[], because text) returns void
language sql security definer set search_path = public, pg_temp as $$
    update casework_ownpage set state = 'ended', ended_at = clock_timestamp(), ended_because = because
    where family_id = any (families) and state in ('waiting', 'open')
$$;
alter function slf.end_own_pages_of(bigint[], text) owner to slf_definer;
revoke all on function slf.end_own_pages_of(bigint[], text) from public, slf_app;
create or replace function slf.end_own_pages() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    now_in slf_scope%rowtype;
    was_in bigint;
begin
    if tg_table_name = 'casework_case' then
        if slf.case_is_over(new.family_id) then
            perform slf.end_own_pages_of(slf.one_with(new.family_id), 'closed');
        end if;
    elsif tg_table_name = 'families_agreement' then
        perform slf.end_own_pages_of(slf.one_with(new.family_id), 'withdrew');
    elsif tg_table_name = 'casework_plan' then
        update casework_ownpage set state = 'ended', ended_at = clock_timestamp(),
            ended_because = case new.state when 'ended' then 'closed' else 'plan' end
        where plan_id = new.id and state in ('waiting', 'open');
    elsif tg_table_name = 'casework_plananswer' then
        update casework_ownpage o set state = 'ended', ended_at = clock_timestamp(), ended_because = 'withdrew'
        where o.plan_id = new.plan_id and o.state in ('waiting', 'open')
          and (o.person_id = any (slf.entries_of_person(new.person_id))
               or exists (select from casework_plananswer a where a.plan_id = new.plan_id and a.said = 'agreed'
                          and a.id < new.id and a.person_id = any (slf.entries_of_person(new.person_id))));
    elsif new.merged_into_id is distinct from old.merged_into_id then
        perform slf.end_own_pages_of(
            array_remove(array[new.id, new.merged_into_id, old.merged_into_id], null), 'merged');
    else
        select * into now_in from slf_scope where id = new.scope_id;
        select locality_id into was_in from slf_scope where id = old.scope_id;
        if now_in.kind = 'restricted' or (now_in.kind = 'emergency' and now_in.locality_id is null) then
            perform slf.end_own_pages_of(array[new.id], 'restricted');
        elsif now_in.locality_id is distinct from was_in then
            perform slf.end_own_pages_of(array[new.id], 'moved');
        end if;
    end if;
    return null;
end
$$;
alter function slf.end_own_pages() owner to slf_definer;
create trigger end_own_pages after update of closed_on on casework_case for each row
    when (old.closed_on is null and new.closed_on is not null) execute function slf.end_own_pages();
create trigger end_own_pages after insert on families_agreement for each row
    when (new.state = 'withdrawn') execute function slf.end_own_pages();
create trigger end_own_pages after update of state on casework_plan for each row
    when (old.state = 'agreed' and new.state <> 'agreed') execute function slf.end_own_pages();
create trigger end_own_pages after insert on casework_plananswer for each row
    when (new.said = 'refused') execute function slf.end_own_pages();
create trigger end_own_pages after update of scope_id, merged_into_id on families_family for each row
    when (old.scope_id is distinct from new.scope_id or old.merged_into_id is distinct from new.merged_into_id)
    execute function slf.end_own_pages();
"""

OWN_NAMES = own_names(
    "casework_ownpage", {"asked_by_id": Can.WORK_FAMILY, "decided_by_id": Can.DECIDE_SHARING, "ended_by_id": None}
)

NAMING_PEOPLE = ("casework_ownpage", "casework_ownpageword")
OWN_PEOPLE = [keeps_its_own(table, *PERSON) for table in NAMING_PEOPLE]
ANY_PEOPLE = "".join(f"drop trigger if exists as_own_person on {table};" for table in NAMING_PEOPLE)
