"""The verbs of payment: each asks who acts, holds the run, and writes what the application may not.

One person enters a remittance and another confirms it. What was entered of a line is only ever undone by an entry.
"""

from slf.access.rules import Can
from slf.access.sql import definer, roles_that

REMITTANCES = f"""
create or replace function slf.enter_remittance(
    run bigint, named text, day date, total numeric, pays jsonb, other jsonb)
returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    held performance_claimrun%rowtype := slf.hold_submitted(run, array[{roles_that(Can.PREPARE_CLAIM)}]);
    made bigint;
begin
    if exists (select from jsonb_each_text(pays) p
               where not exists (select from performance_claim c where c.id = p.key::bigint and c.run_id = run)) then
        raise exception 'no such line' using errcode = 'insufficient_privilege';
    elsif day > slf.today() or day < held.submitted_on then
        raise exception 'money arrives between the day of submission and today' using errcode = 'check_violation';
    end if;
    insert into performance_remittance (uid, scope_id, run_id, reference, received_on, amount, unmatched, entered_by_id,
                                        entered_at)
        values (gen_random_uuid(), held.scope_id, run, trim(named), day, total, other, slf.acting_user(), now())
        returning id into made;
    insert into performance_remittanceline (uid, family_id, remittance_id, claim_id, amount)
        select gen_random_uuid(), c.family_id, made, c.id, p.value::numeric
        from jsonb_each_text(pays) p join performance_claim c on c.id = p.key::bigint order by c.id;
    return made;
end
$$;
create or replace function slf.confirm_remittance(asked bigint) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me bigint := slf.acting_user();
    its performance_remittance%rowtype;
begin
    select * into its from performance_remittance r where r.id = asked;
    perform slf.hold_submitted(its.run_id, array[{roles_that(Can.CONFIRM_PAYMENT)}]);
    select * into its from performance_remittance r where r.id = asked for update;
    if its.confirmed_at is not null or its.taken_back_at is not null then
        return false;
    end if;
    if its.entered_by_id = me then
        raise exception 'a second person confirms' using errcode = 'insufficient_privilege';
    end if;
    if its.unmatched <> '[]'::jsonb or its.amount is distinct from (
        select sum(l.amount) from performance_remittanceline l where l.remittance_id = asked)
    then
        raise exception 'its lines are not what it says' using errcode = 'check_violation';
    end if;
    update performance_remittance r set confirmed_by_id = me, confirmed_at = now() where r.id = asked;
    insert into performance_claimentry (uid, family_id, claim_id, kind, paid, released, remittance_id, reason,
                                        counts_on, entered_by_id, entered_at)
        select gen_random_uuid(), l.family_id, l.claim_id, 'paid', l.amount, 0, asked, '', its.received_on, me, now()
        from performance_remittanceline l where l.remittance_id = asked order by l.id;
    return true;
end
$$;
create or replace function slf.take_back_remittance(asked bigint) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare its performance_remittance%rowtype;
begin
    select * into its from performance_remittance r where r.id = asked;
    perform slf.hold_submitted(its.run_id, array[{roles_that(Can.PREPARE_CLAIM)}]);
    update performance_remittance r set taken_back_by_id = slf.acting_user(), taken_back_at = now()
        where r.id = asked and r.confirmed_at is null and r.taken_back_at is null;
    return found;
end
$$;
"""

ENTRIES = f"""
create or replace function slf.let_go_of_line(line uuid, what text, why text, day date) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    its performance_claim%rowtype;
    left_over numeric;
begin
    select * into its from performance_claim c where c.uid = line;
    perform slf.hold_submitted(its.run_id, array[{roles_that(Can.PREPARE_CLAIM)}]);
    if what = 'withdrawn' then
        insert into performance_claimentry (uid, family_id, claim_id, kind, paid, released, reverses_id, reason,
                                            counts_on, entered_by_id, entered_at)
            select gen_random_uuid(), e.family_id, e.claim_id, 'reversal', -e.paid, 0, e.id, trim(why),
                   day, slf.acting_user(), now()
            from performance_claimentry e where e.claim_id = its.id and e.kind = 'paid'
              and not exists (select from performance_claimentry b where b.reverses_id = e.id);
    elsif what <> 'rejected' then
        raise exception 'a line is rejected or taken back' using errcode = 'check_violation';
    end if;
    select its.amount - coalesce(sum(e.paid + e.released), 0) into left_over
        from performance_claimentry e where e.claim_id = its.id;
    if left_over <= 0 then
        return false;
    end if;
    insert into performance_claimentry (uid, family_id, claim_id, kind, paid, released, reason, counts_on,
                                        entered_by_id, entered_at)
        values (gen_random_uuid(), its.family_id, its.id, what, 0, left_over, trim(why), day,
                slf.acting_user(), now());
    return true;
end
$$;
create or replace function slf.reverse_claim_entry(entry uuid, why text, day date) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    its performance_claimentry%rowtype;
    of_run bigint;
begin
    select * into its from performance_claimentry e where e.uid = entry;
    of_run := (select c.run_id from performance_claim c where c.id = its.claim_id);
    perform slf.hold_submitted(of_run, array[{roles_that(Can.PREPARE_CLAIM)}]);
    if its.kind = 'reversal' or exists (select from performance_claimentry b where b.reverses_id = its.id) then
        return false;
    end if;
    insert into performance_claimentry (uid, family_id, claim_id, kind, paid, released, reverses_id, reason,
                                        counts_on, entered_by_id, entered_at)
        values (gen_random_uuid(), its.family_id, its.claim_id, 'reversal', -its.paid, -its.released, its.id, trim(why),
                day, slf.acting_user(), now());
    return true;
end
$$;
"""

SIGNATURES = (
    "slf.enter_remittance(bigint, text, date, numeric, jsonb, jsonb)", "slf.confirm_remittance(bigint)",
    "slf.take_back_remittance(bigint)", "slf.let_go_of_line(uuid, text, text, date)",
    "slf.reverse_claim_entry(uuid, text, date)",
)  # fmt: skip
VERBS = [REMITTANCES, ENTRIES, *map(definer, SIGNATURES)]
NO_VERBS = f"drop function if exists {', '.join(SIGNATURES)};"
