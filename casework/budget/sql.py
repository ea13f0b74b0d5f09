"""What PostgreSQL holds of a family's budget: who asks and approves up to how much, and that no pound is spent twice.

The state of a request is moved by who may; triggers write what that does into the ledger. Whoever adds an entry holds
the row of the account, so the second of two waits and is then measured against what the first left.
"""

from casework.budget.rules import ALLOWANCE, MANAGER_UP_TO, SENIOR_UP_TO
from slf.access.rules import Can
from slf.access.sql import definer, roles_that
from slf.access.sql.own_name import any_names, own_names

# A number that practice goes by on a day, as the page of settings has it.
NUMBER_SET = """
create or replace function slf.number_set(setting text, day date, otherwise numeric) returns numeric
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce((select (v.value #>> '{}')::numeric from slf_settingvalue v
                     where v.key = setting and v.confirmed_at is not null and v.starts_on <= day
                     order by v.starts_on desc, v.confirmed_at desc limit 1), otherwise)
$$;
""" + definer("slf.number_set(text, date, numeric)")

MAY = f"""
create or replace function slf.handles_money(scope bigint, roles text[]) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from slf.reaches(slf.acting_user()) r where r.scope_id = scope and r.role = any (roles))
$$;
create or replace function slf.approves_up_to(scope bigint, day date) returns numeric
language sql stable security definer set search_path = public, pg_temp as $$
    select max(case r.role
        when 'senior' then slf.number_set('{SENIOR_UP_TO.key}', day, {SENIOR_UP_TO.default})
        when 'manager' then slf.number_set('{MANAGER_UP_TO.key}', day, {MANAGER_UP_TO.default})
        when 'head' then 'infinity'::numeric end)
    from slf.reaches(slf.acting_user()) r where r.scope_id = scope and r.role in ({roles_that(Can.APPROVE_SPENDING)})
$$;
alter function slf.handles_money(bigint, text[]) owner to slf_definer;
alter function slf.approves_up_to(bigint, date) owner to slf_definer;
revoke all on function slf.handles_money(bigint, text[]), slf.approves_up_to(bigint, date) from public, slf_app;
"""

# What is held and that all is paid follow from requests and payments; nobody writes either by hand.
BY_THE_LEDGER = """
create or replace function slf.only_by_the_ledger() returns trigger
language plpgsql as $$
begin
    if pg_has_role(current_user, 'slf_owner', 'usage') or pg_has_role(current_user, 'slf_definer', 'usage') then
        return new;
    end if;
    raise exception 'the ledger writes this itself' using errcode = 'insufficient_privilege';
end
$$;
grant execute on function slf.only_by_the_ledger() to slf_app, slf_definer, slf_maintenance;
create trigger by_the_ledger before insert on casework_budgetentry
    for each row when (new.kind in ('hold', 'release')) execute function slf.only_by_the_ledger();
create trigger by_the_ledger before update on casework_spending
    for each row when (old.state is distinct from new.state and (old.state = 'paid' or new.state = 'paid'))
    execute function slf.only_by_the_ledger();
"""

HOLD_SPENDING = f"""
create or replace function slf.hold_spending() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    me bigint := slf.acting_user();
    decides constant text[] := array['scope_id', 'state', 'decided_by_id', 'decided_on', 'answer'];
    ends constant text[] := array['scope_id', 'state', 'ended_by_id', 'ended_on', 'because'];
    before text := case when tg_op = 'UPDATE' then old.state else '' end;
    approves boolean := slf.handles_money(new.scope_id, array[{roles_that(Can.APPROVE_SPENDING)}]);
begin
    if tg_op = 'UPDATE' and to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
        return new;
    end if;
    if not (case before || '>' || new.state
        when '>asked' then new.decided_by_id is null and new.ended_by_id is null
        when 'asked>approved' then to_jsonb(new) - decides = to_jsonb(old) - decides
        when 'asked>declined' then to_jsonb(new) - decides = to_jsonb(old) - decides
        when 'asked>cancelled' then to_jsonb(new) - ends = to_jsonb(old) - ends
        when 'approved>cancelled' then to_jsonb(new) - ends = to_jsonb(old) - ends
        when 'approved>paid' then to_jsonb(new) - 'state' = to_jsonb(old) - 'state'
        when 'paid>approved' then to_jsonb(new) - 'state' = to_jsonb(old) - 'state'
        else false end)
    then
        raise exception 'a request is asked, decided once, paid or cancelled; its words never change'
            using errcode = 'check_violation';
    end if;
    if before = '' then
        if new.asked_by_id is distinct from me
            or not slf.handles_money(new.scope_id, array[{roles_that(Can.ASK_SPENDING)}]) then
            raise exception 'not yours to ask' using errcode = 'insufficient_privilege';
        elsif slf.case_is_over(new.family_id) then
            raise exception 'the case of the family is closed' using errcode = 'check_violation';
        elsif not exists (select from casework_budgetaccount a
                          where a.id = new.account_id and a.family_id = new.family_id)
            or (new.goal_id is not null and not exists (
                select from casework_goal g join casework_plan p on p.id = g.plan_id
                where g.id = new.goal_id and p.state <> 'draft' and g.family_id = any (slf.one_with(new.family_id))))
            or (new.action_id is not null and not exists (
                select from casework_action t where t.id = new.action_id and t.goal_id = new.goal_id)) then
            raise exception 'money is asked for of the family''s own budget and plan' using errcode = 'check_violation';
        end if;
    elsif new.state in ('approved', 'declined') and before = 'asked' then
        if new.decided_by_id is distinct from me or me = new.asked_by_id or not approves then
            raise exception 'not yours to decide' using errcode = 'insufficient_privilege';
        elsif new.state = 'approved'
            and new.amount > coalesce(slf.approves_up_to(new.scope_id, new.decided_on), 0) then
            raise exception 'above what you approve' using errcode = 'insufficient_privilege';
        end if;
    elsif new.state = 'cancelled' and (new.ended_by_id is distinct from me or not (me = new.asked_by_id or approves))
    then
        raise exception 'not yours to cancel' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
alter function slf.hold_spending() owner to slf_definer;
create trigger hold_spending before insert or update on casework_spending
    for each row execute function slf.hold_spending();
revoke delete, truncate on casework_spending from slf_app;
"""

# What is approved is held from then on; what is cancelled is free again, but for what of it is paid.
FOLLOW_SPENDING = """
create or replace function slf.write_held(its casework_spending, what text, how_much numeric, day date, who bigint)
returns void language sql security definer set search_path = public, pg_temp as $$
    insert into casework_budgetentry (uid, family_id, scope_id, account_id, kind, counts_on, recorded_on, allowance,
        held, paid, spending_id, reason, method, reference, is_last, recorded_by_id, recorded_at)
    values (gen_random_uuid(), its.family_id, its.scope_id, its.account_id, what, day, day, 0, how_much, 0, its.id,
        '', '', '', false, who, statement_timestamp())
$$;
create or replace function slf.held_for(spending bigint) returns numeric
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(sum(held), 0) from casework_budgetentry where spending_id = spending
$$;
create or replace function slf.follow_spending() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    still numeric;
begin
    if new.state = 'approved' and old.state = 'asked' then
        perform slf.write_held(new, 'hold', new.amount, new.decided_on, new.decided_by_id);
    elsif new.state = 'cancelled' and old.state = 'approved' then
        perform from casework_budgetaccount where id = new.account_id for update;
        still := slf.held_for(new.id);
        if still > 0 then
            perform slf.write_held(new, 'release', -still, new.ended_on, new.ended_by_id);
        end if;
    end if;
    return null;
end
$$;
alter function slf.write_held(casework_spending, text, numeric, date, bigint) owner to slf_definer;
alter function slf.held_for(bigint) owner to slf_definer;
alter function slf.follow_spending() owner to slf_definer;
revoke all on function slf.write_held(casework_spending, text, numeric, date, bigint), slf.held_for(bigint)
    from public, slf_app;
create trigger follow_spending after update on casework_spending
    for each row when (old.state is distinct from new.state) execute function slf.follow_spending();
"""

HOLD_ENTRY = f"""
create or replace function slf.hold_entry() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    account casework_budgetaccount%rowtype;
    its casework_spending%rowtype;
    earlier casework_budgetentry%rowtype;
    sums record;
    changes constant text[] := array[{roles_that(Can.CHANGE_ALLOWANCE)}];
    records constant text[] := array[{roles_that(Can.RECORD_SPENDING)}];
begin
    select * into account from casework_budgetaccount where id = new.account_id for update;
    if account.family_id is distinct from new.family_id then
        raise exception 'an entry is of the account of its own family' using errcode = 'check_violation';
    end if;
    select count(*) as number, max(recorded_on) as latest, coalesce(sum(allowance - held - paid), 0) as free
    into sums from casework_budgetentry where account_id = new.account_id;
    if new.recorded_on < sums.latest then
        raise exception 'a ledger goes on from its last day' using errcode = 'check_violation';
    end if;
    if (new.kind = 'opening') <> (sums.number = 0) then
        raise exception 'a ledger begins with its allowance' using errcode = 'check_violation';
    end if;
    if new.kind = 'opening'
        and new.allowance <> slf.number_set('{ALLOWANCE.key}', new.counts_on, {ALLOWANCE.default}) then
        raise exception 'a ledger begins with what is set' using errcode = 'check_violation';
    elsif new.kind = 'change' and not slf.handles_money(new.scope_id, changes) then
        raise exception 'not yours to change' using errcode = 'insufficient_privilege';
    elsif new.kind in ('hold', 'release', 'payment') then
        select * into its from casework_spending where id = new.spending_id for no key update;
        if its.account_id is distinct from new.account_id
            or (new.kind = 'payment' and its.state is distinct from 'approved') then
            raise exception 'what is paid was approved before' using errcode = 'check_violation';
        end if;
        if new.kind = 'payment' then
            if not slf.handles_money(new.scope_id, records) then
                raise exception 'not yours to record' using errcode = 'insufficient_privilege';
            end if;
            if new.counts_on < (select max(e.counts_on) from casework_budgetentry e
                                where e.spending_id = its.id and e.held > 0) then
                raise exception 'nothing is paid before it was held' using errcode = 'check_violation';
            end if;
        end if;
        if slf.held_for(its.id) + new.held < 0 then
            raise exception 'no more is paid than is held' using errcode = 'check_violation';
        end if;
    elsif new.kind = 'reversal' then
        select * into earlier from casework_budgetentry where id = new.reverses_id;
        if earlier.account_id is distinct from new.account_id or earlier.kind not in ('change', 'payment')
            or new.spending_id is distinct from earlier.spending_id
            or (new.allowance, new.held, new.paid)
                is distinct from (-earlier.allowance, -earlier.held, -earlier.paid) then
            raise exception 'a reversal undoes one entry to the penny' using errcode = 'check_violation';
        end if;
        if not slf.handles_money(new.scope_id, case earlier.kind when 'change' then changes else records end) then
            raise exception 'not yours to reverse' using errcode = 'insufficient_privilege';
        end if;
    end if;
    if sums.free + new.allowance - new.held - new.paid < 0 then
        raise exception 'the budget does not reach' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_entry() owner to slf_definer;
create trigger hold_entry before insert on casework_budgetentry for each row execute function slf.hold_entry();
"""

# A request is paid when nothing of it is held any more; money that came back is held for it again.
FOLLOW_ENTRY = """
create or replace function slf.follow_entry() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    its casework_spending%rowtype;
    still numeric;
begin
    select * into its from casework_spending where id = new.spending_id;
    still := slf.held_for(its.id);
    if still > 0 and (new.is_last or its.state = 'cancelled') then
        perform slf.write_held(its, 'release', -still, new.recorded_on, new.recorded_by_id);
        still := 0;
    end if;
    if new.kind = 'payment' and still = 0 then
        update casework_spending set state = 'paid' where id = its.id;
    elsif new.kind = 'reversal' and its.state = 'paid' then
        update casework_spending set state = 'approved' where id = its.id;
    end if;
    return null;
end
$$;
alter function slf.follow_entry() owner to slf_definer;
create trigger follow_entry after insert on casework_budgetentry
    for each row when (new.kind = 'payment' or (new.kind = 'reversal' and new.spending_id is not null))
    execute function slf.follow_entry();
"""

HOLD_RECEIPT = """
create or replace function slf.hold_receipt() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from casework_budgetentry e
                   where e.id = new.entry_id and e.kind = 'payment' and e.family_id = new.family_id) then
        raise exception 'a receipt is of a payment of its own family' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_receipt() owner to slf_definer;
create trigger hold_receipt before insert on casework_spendingreceipt
    for each row execute function slf.hold_receipt();
"""

NAMES = {
    "casework_budgetaccount": {"opened_by_id": None},
    "casework_spending": {
        "asked_by_id": Can.ASK_SPENDING, "decided_by_id": Can.APPROVE_SPENDING, "ended_by_id": None,
    },
    "casework_budgetentry": {"recorded_by_id": None},
    "casework_spendingreceipt": {"added_by_id": Can.RECORD_SPENDING},
}  # fmt: skip
OWN_NAMES = "".join(own_names(table, names) for table, names in NAMES.items())

FORWARD = [
    NUMBER_SET, MAY, BY_THE_LEDGER, HOLD_SPENDING, FOLLOW_SPENDING, HOLD_ENTRY, FOLLOW_ENTRY, HOLD_RECEIPT, OWN_NAMES,
]  # fmt: skip
REVERSE = (
    "".join(any_names(table) for table in NAMES)
    + """
drop trigger if exists hold_receipt on casework_spendingreceipt;
drop trigger if exists follow_entry on casework_budgetentry;
drop trigger if exists hold_entry on casework_budgetentry;
drop trigger if exists follow_spending on casework_spending;
drop trigger if exists hold_spending on casework_spending;
drop trigger if exists by_the_ledger on casework_spending;
drop trigger if exists by_the_ledger on casework_budgetentry;
drop function if exists slf.hold_receipt(), slf.follow_entry(), slf.hold_entry(), slf.follow_spending(),
    slf.held_for(bigint), slf.write_held(casework_spending, text, numeric, date, bigint), slf.hold_spending(),
    slf.only_by_the_ledger(), slf.approves_up_to(bigint, date), slf.handles_money(bigint, text[]),
    slf.number_set(text, date, numeric);
"""
)
