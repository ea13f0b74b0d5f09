"""A number that somebody out of sight has: asked about over the wall, counted, and answered with what to do."""

from families.numbers.rules import HITS_A_DAY, SOURCE
from slf.access.rules import Can
from slf.access.sql import definer, roles_that

# One try of a person after the other, so that what is counted stays true. Whether it is one too many is decided before
# anybody is looked for: then nothing that comes back, of any number, depends on who has it.
ASK = f"""
create or replace function slf.ask_of_number(person bigint, family bigint, what text, code text) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    me bigint := slf.acting_user();
    moment timestamptz;
    audience slf_scope%rowtype;
    typed families_person%rowtype;
begin
    perform from slf_user where id = me for no key update;
    moment := clock_timestamp();
    select s.* into audience from slf_scope s join families_family f on f.scope_id = s.id where f.id = family;
    select p.* into typed from families_person p
        where p.id = person and exists (select from families_membership m
                                        where m.person_id = p.id and m.family_id = any (slf.one_with(family)));
    if me is null or typed.id is null or audience.id is null or not audience.id = any (slf.scopes('write_record')) then
        raise exception 'no such person' using errcode = 'insufficient_privilege';
    end if;
    if (select count(*) >= {HITS_A_DAY} from families_numbertry t
        where t.user_id = me and t.outcome = 'asked' and t.at > moment - interval '24 hours')
    then
        insert into families_numbertry (user_id, at, family_id, kind, outcome)
            values (me, moment, family, what, 'held_back');
        return 'held_back';
    end if;
    if not exists (select from families_person p where p.id <> person and code in (p.upn, p.nhs_number, p.ni_number))
    then
        return 'free';
    end if;
    insert into families_numbertry (user_id, at, family_id, kind, outcome) values (me, moment, family, what, 'asked');
    insert into families_numberquestion
        (uid, family_id, kind, number, recorded, told, told_born, locality_id, of_person, of_family, asked_by_id,
         asked_at, answer, note)
        select gen_random_uuid(), f.id, what, code, min(p.given_names || ' ' || p.family_name),
            case when audience.locality_id is null then '' else typed.given_names || ' ' || typed.family_name end,
            case when audience.locality_id is not null then typed.born_on end, audience.locality_id,
            typed.id, family, me, moment, '', ''
        from families_person p
        join families_membership m on m.person_id = p.id
        join families_family f on f.id = m.family_id
        where p.id <> person and code in (p.upn, p.nhs_number, p.ni_number) and f.merged_into_id is null
          and not f.scope_id = any (slf.scopes('read_card'))
        group by f.id
        on conflict do nothing;
    return 'asked';
end
$$;
""" + definer("slf.ask_of_number(bigint, bigint, text, text)")

# The numbers of a list are asked about in their order, as if somebody typed one after the other; after one too many the
# rest of them is not looked up, and no try is noted for each.
ASK_OF_EACH = """
create or replace function slf.ask_of_numbers(people bigint[], families bigint[], kinds text[], codes text[])
returns text[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    outcome text := '';
    outcomes text[] := '{}';
begin
    for n in 1 .. cardinality(codes) loop
        if outcome <> 'held_back' then
            outcome := slf.ask_of_number(people[n], families[n], kinds[n], codes[n]);
        end if;
        outcomes := outcomes || outcome;
    end loop;
    return outcomes;
end
$$;
""" + definer("slf.ask_of_numbers(bigint[], bigint[], text[], text[])")

# What to do stands with the person whose number was typed, as something said of them. Null when it is answered already,
# else who typed it.
ANSWER = f"""
create or replace function slf.answer_number(question bigint, said text, why text, told text, answered date)
returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare asked families_numberquestion%rowtype;
begin
    select * into asked from families_numberquestion where id = question for no key update;
    if asked.id is null or not exists (
        select from slf.reaches(slf.acting_user()) r
        where r.scope_id = asked.scope_id and r.role in ({roles_that(Can.RESTRICT_FAMILY)}))
    then
        raise exception 'no such question' using errcode = 'insufficient_privilege';
    end if;
    if asked.answer <> '' then
        return null;
    end if;
    update families_numberquestion
        set answer = said, note = why, answered_by_id = slf.acting_user(), answered_on = answered where id = question;
    insert into families_statement
        (uid, family_id, person_id, words, source, said_on, recorded_by_id, recorded_at)
        values (gen_random_uuid(), asked.of_family, asked.of_person, answer_number.told, '{SOURCE}', answered,
                asked.asked_by_id, clock_timestamp());
    return asked.asked_by_id;
end
$$;
""" + definer("slf.answer_number(bigint, text, text, text, date)")

CLOSED = "revoke insert on families_numberquestion from slf_app;"
FORWARD = [ASK, ANSWER, CLOSED]
REVERSE = """
grant insert on families_numberquestion to slf_app;
drop function if exists slf.answer_number(bigint, text, text, text, date),
    slf.ask_of_number(bigint, bigint, text, text);
"""
ALL_OF_A_LIST = [ASK_OF_EACH]
NONE_OF_A_LIST = "drop function if exists slf.ask_of_numbers(bigint[], bigint[], text[], text[])"
