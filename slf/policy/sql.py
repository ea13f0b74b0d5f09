"""A value that was written down says the same for ever: the application only confirms it or takes it back."""

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
