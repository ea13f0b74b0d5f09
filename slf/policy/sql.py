"""A value that was written down says the same for ever: the application only confirms it or takes it back."""

from slf.access.rules import Can
from slf.access.sql import roles_that

MAY_BE_SAID_LATER = "starts_on, confirmed_by_id, confirmed_at, taken_back_by_id, taken_back_at"

FORWARD = f"""
revoke update, delete, truncate on slf_settingvalue from slf_app;
grant update ({MAY_BE_SAID_LATER}) on slf_settingvalue to slf_app;
create or replace function slf.hold_setting() returns trigger
language plpgsql as $$
begin
    if old.confirmed_by_id is not null or old.taken_back_by_id is not null then
        raise exception 'a settled value of a setting does not change' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
grant execute on function slf.hold_setting() to slf_app, slf_definer, slf_maintenance;
create trigger hold_setting before update on slf_settingvalue for each row execute function slf.hold_setting();
"""

REVERSE = """
drop trigger if exists hold_setting on slf_settingvalue;
drop function if exists slf.hold_setting();
grant update, delete on slf_settingvalue to slf_app;
"""

# Each says it in their own name, and holds a post that keeps settings: two people, not one who writes two names.
BY_WHO_MAY = f"""
create or replace function slf.only_who_keeps_settings() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    who bigint := slf.acting_user();
begin
    if not exists (
        select from slf_post p join slf_user u on u.id = p.user_id and u.is_active
        where u.id = who and p.role in ({roles_that(Can.KEEP_SETTINGS)}) and p.period @> slf.today())
        or (tg_op = 'INSERT' and (new.proposed_by_id <> who
                                  or num_nonnulls(new.confirmed_by_id, new.taken_back_by_id) > 0))
        or (tg_op = 'UPDATE' and (coalesce(new.confirmed_by_id, new.taken_back_by_id, who) <> who
                                  or new.starts_on < old.starts_on))
    then
        raise exception 'not yours to keep' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
alter function slf.only_who_keeps_settings() owner to slf_definer;
create trigger only_who_may before insert or update on slf_settingvalue
    for each row execute function slf.only_who_keeps_settings();
"""
BY_ANYBODY = """
drop trigger if exists only_who_may on slf_settingvalue;
drop function if exists slf.only_who_keeps_settings();
"""
