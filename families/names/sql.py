"""What a household alone calls somebody stands in the membership as well, so that no list has to look for it."""

CALLED = """
create or replace function slf.called_here(of_family bigint, of_person bigint) returns text
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce((select btrim(n.given_names || ' ' || n.family_name) from families_personname n
                     where n.family_id = of_family and n.person_id = of_person and n.called_here), '')
$$;
create or replace function slf.fill_called() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    new.called := slf.called_here(new.family_id, new.person_id);
    return new;
end
$$;
create or replace function slf.keep_called() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    of_family bigint := coalesce(new.family_id, old.family_id);
    of_person bigint := coalesce(new.person_id, old.person_id);
begin
    update families_membership m set called = slf.called_here(of_family, of_person)
        where m.family_id = of_family and m.person_id = of_person
          and m.called is distinct from slf.called_here(of_family, of_person);
    return null;
end
$$;
alter function slf.called_here(bigint, bigint) owner to slf_definer;
alter function slf.fill_called() owner to slf_definer;
alter function slf.keep_called() owner to slf_definer;
revoke all on function slf.called_here(bigint, bigint) from public, slf_app, slf_owner, slf_maintenance;
create trigger fill_called before insert on families_membership
    for each row execute function slf.fill_called();
create trigger keep_called after insert or delete or update of called_here, given_names, family_name
    on families_personname for each row execute function slf.keep_called();
"""
WITHOUT_CALLED = """
drop trigger if exists keep_called on families_personname;
drop trigger if exists fill_called on families_membership;
drop function if exists slf.keep_called();
drop function if exists slf.fill_called();
drop function if exists slf.called_here(bigint, bigint);
"""
