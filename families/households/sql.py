"""A child's identity before an adoption is closed: from that day on it joins no family again."""

FORWARD = """
create or replace function slf.no_way_back() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from families_person p
               where p.id = new.person_id and p.adopted_on <= lower(new.period)) then
        raise exception 'nothing links an adopted child to who they were'
            using errcode = 'check_violation', constraint = 'families_membership_no_way_back';
    end if;
    return new;
end
$$;
alter function slf.no_way_back() owner to slf_definer;
create trigger no_way_back before insert on families_membership
    for each row execute function slf.no_way_back();
"""
REVERSE = """
drop trigger if exists no_way_back on families_membership;
drop function if exists slf.no_way_back();
"""
