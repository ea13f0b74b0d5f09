"""A relationship is between people of the family in whose record it stands; so is parental responsibility."""

FORWARD = """
create or replace function slf.kin_of_the_family() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    row jsonb := to_jsonb(new);
    named bigint[] := array_remove(array[(row ->> tg_argv[0])::bigint, (row ->> tg_argv[1])::bigint], null);
begin
    if exists (select from unnest(named) who where not exists (
        select from families_membership m where m.family_id = new.family_id and m.person_id = who))
    then
        raise exception 'a relationship is between people of one family'
            using errcode = 'check_violation', constraint = 'families_kin_of_the_family';
    end if;
    return new;
end
$$;
alter function slf.kin_of_the_family() owner to slf_definer;
create trigger kin_of_the_family before insert or update of family_id, person_id, other_id on families_relationship
    for each row execute function slf.kin_of_the_family('person_id', 'other_id');
create trigger kin_of_the_family before insert or update of family_id, child_id, holder_id on families_responsibility
    for each row execute function slf.kin_of_the_family('child_id', 'holder_id');
"""
REVERSE = """
drop trigger if exists kin_of_the_family on families_responsibility;
drop trigger if exists kin_of_the_family on families_relationship;
drop function if exists slf.kin_of_the_family();
"""
