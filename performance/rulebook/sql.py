"""A version of a scheme is made by PostgreSQL from the one before, once two people have said so; it never changes."""

from slf.access.rules import Can
from slf.access.sql import definer, roles_that
from slf.access.sql.own_name import any_names, own_names

# Nobody rewrites a version, its owner included: what counts from a day is another one. Rows come with their version.
HOLD = """
revoke insert, update, delete, truncate on performance_schemeversion, performance_schemerow from slf_app;
revoke update, delete, truncate on performance_ruleproposal from slf_app;
grant update (taken_back_by_id, taken_back_at) on performance_ruleproposal to slf_app;
create or replace function slf.hold_scheme_version() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        new.made_at := now();
        return new;
    elsif tg_op = 'UPDATE' and old.live_until is null
        and to_jsonb(new) - 'live_until' = to_jsonb(old) - 'live_until'
    then
        return new;
    end if;
    raise exception 'a version of a scheme does not change' using errcode = 'insufficient_privilege';
end
$$;
create or replace function slf.hold_scheme_row() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if tg_op = 'INSERT' and exists (
        select from performance_schemeversion v where v.id = new.version_id and v.made_at = now())
    then
        return new;
    end if;
    raise exception 'a rule of a version does not change' using errcode = 'insufficient_privilege';
end
$$;
create or replace function slf.hold_rule_proposal() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if tg_op = 'UPDATE' and (old.confirmed_by_id is not null or old.taken_back_by_id is not null) then
        raise exception 'what is settled of a rule does not change' using errcode = 'insufficient_privilege';
    elsif tg_op = 'INSERT' and num_nonnulls(new.confirmed_by_id, new.taken_back_by_id) > 0
        and not pg_has_role(current_user, 'slf_owner', 'usage')
    then
        raise exception 'a proposal begins with nobody''s word but its own' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
grant execute on function slf.hold_scheme_version(), slf.hold_scheme_row(), slf.hold_rule_proposal()
    to slf_app, slf_definer, slf_maintenance;
create trigger hold_scheme_version before insert or update or delete on performance_schemeversion
    for each row execute function slf.hold_scheme_version();
create trigger hold_scheme_row before insert or update or delete on performance_schemerow
    for each row execute function slf.hold_scheme_row();
create trigger hold_rule_proposal before insert or update on performance_ruleproposal
    for each row execute function slf.hold_rule_proposal();
"""
LET_GO = """
drop trigger if exists hold_rule_proposal on performance_ruleproposal;
drop trigger if exists hold_scheme_row on performance_schemerow;
drop trigger if exists hold_scheme_version on performance_schemeversion;
drop function if exists slf.hold_rule_proposal(), slf.hold_scheme_row(), slf.hold_scheme_version();
grant insert, update, delete on performance_schemeversion, performance_schemerow, performance_ruleproposal to slf_app;
"""

COPY = """
    insert into performance_schemeversion
        (uid, scheme, number, name, starts_on, ends_on, shipped, live_from, live_until, made_at, made_by_id)
    values (gen_random_uuid(), old.scheme, old.number + 1, old.name, old.starts_on, old.ends_on, old.shipped,
            greatest(old.live_from, today), null, now(), said.id)
    returning id into made;
    insert into performance_schemerow
        (version_id, place, part, rule, "group", kind, sort, unit, question, value, strict, grade, source, starts_on,
         ends_on, confirmed)
    select made, r.place, r.part, r.rule, r."group", r.kind, r.sort, r.unit, r.question,
           case when c.change ->> 'value' is null then r.value else c.change ->> 'value' end,
           r.strict, r.grade, r.source, r.starts_on, r.ends_on,
           case when c.change is null then r.confirmed else said.document end
    from performance_schemerow r
    left join lateral (
        select change from jsonb_array_elements(said.changes) change where change ->> 'rule' = r.rule
    ) c on true
    where r.version_id = old.id;
"""
# The day is that of the service, which the demonstration has in the past; no version begins before the one it follows.
CONFIRM = [
    f"""
create or replace function slf.confirm_rules(proposal bigint, today date) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me bigint := slf.acting_user();
    said performance_ruleproposal;
    old performance_schemeversion;
    made bigint;
begin
    select * into said from performance_ruleproposal p where p.id = proposal for update;
    if said.id is null or said.taken_back_by_id is not null or said.proposed_by_id = me or not exists (
        select from slf_post p join slf_user u on u.id = p.user_id and u.is_active
        where u.id = me and p.role in ({roles_that(Can.SIGN_CLAIM)}) and p.period @> slf.today())
    then
        raise exception 'not yours to confirm' using errcode = 'insufficient_privilege';
    end if;
    if said.confirmed_by_id is not null then
        return (select v.id from performance_schemeversion v where v.made_by_id = said.id);
    end if;
    select * into strict old from performance_schemeversion v
        where v.scheme = said.scheme and v.live_until is null for update;
    if exists (select from jsonb_array_elements(said.changes) c where not exists (
        select from performance_schemerow r where r.version_id = old.id and r.rule = c ->> 'rule'))
    then
        raise exception 'no such rule' using errcode = 'check_violation';
    end if;
    update performance_schemeversion v set live_until = greatest(old.live_from, today) where v.id = old.id;
    {COPY}
    update performance_ruleproposal p set confirmed_by_id = me, confirmed_at = now() where p.id = said.id;
    return made;
end
$$;
""",
    definer("slf.confirm_rules(bigint, date)"),
]

NAMES = {"performance_ruleproposal": {"proposed_by_id": Can.PREPARE_CLAIM, "taken_back_by_id": None}}
OWN_NAMES = "".join(own_names(table, names) for table, names in NAMES.items())
ANY_NAMES = "".join(any_names(table) for table in NAMES)

# What was confirmed before there were versions: one proposal for each document and pair of people.
BRING_OVER = """
insert into performance_ruleproposal
    (uid, scheme, changes, document, reason, proposed_by_id, proposed_at, confirmed_by_id, confirmed_at)
select gen_random_uuid(), c.scheme, jsonb_agg(jsonb_build_object('rule', c.rule, 'value', null) order by c.rule),
       c.reference, '', c.proposed_by_id, c.confirmed_on, c.confirmed_by_id, c.confirmed_on
from performance_confirmation c
group by c.scheme, c.reference, c.proposed_by_id, c.confirmed_by_id, c.confirmed_on
order by c.confirmed_on;
"""

FORWARD = [HOLD, *CONFIRM, OWN_NAMES]
REVERSE = ANY_NAMES + "drop function if exists slf.confirm_rules(bigint, date);" + LET_GO
