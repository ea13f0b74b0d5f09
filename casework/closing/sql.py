"""What PostgreSQL holds of a closing: who decides, that it closes the case, and that nothing goes on in a closed one.

Whoever closes a case ends its allocation and its plan first; the trigger insists on that and then closes the case.
Taken back, the case is open again before the two go on. A contact is never refused: one that happened after the
closing stands in the record without the case.
"""

from slf.access.rules import Can
from slf.access.sql import definer, roles_that
from slf.access.sql.own_name import any_names, own_names

# Asked by triggers and verbs of whatever may not be begun once a family's case is closed.
IS_OVER = """
create or replace function slf.case_is_over(family bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(bool_and(c.closed_on is not null), false) from casework_case c
    where c.family_id = any (slf.one_with(family))
$$;
""" + definer("slf.case_is_over(bigint)")

MAY = f"""
create or replace function slf.closes_cases(scope bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from slf.reaches(slf.acting_user()) r
                   where r.scope_id = scope and r.role in ({roles_that(Can.CLOSE_CASE)}))
$$;
create or replace function slf.proposes_closings(scope bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from slf.reaches(slf.acting_user()) r
                   where r.scope_id = scope and r.role in ({roles_that(Can.PROPOSE_CLOSING)}))
$$;
alter function slf.closes_cases(bigint) owner to slf_definer;
alter function slf.proposes_closings(bigint) owner to slf_definer;
revoke all on function slf.closes_cases(bigint), slf.proposes_closings(bigint) from public, slf_app;
"""

# What goes on beyond the day of the closing. A day's allocation that began on that day ends a day later, as everywhere.
GOES_ON = """
create or replace function slf.goes_on_after(held casework_case, day date) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from referrals_allocation a where a.family_id = any (slf.one_with(held.family_id))
                   and (upper(a.period) is null or upper(a.period) > day))
        or exists (select from casework_plan p where p.family_id = any (slf.one_with(held.family_id))
                   and p.state in ('draft', 'agreed'))
        or exists (select from casework_visit v where v.case_id = held.id and v.happened_on > day)
        or exists (select from casework_transfer t where t.family_id = any (slf.one_with(held.family_id))
                   and t.state = 'proposed')
$$;
alter function slf.goes_on_after(casework_case, date) owner to slf_definer;
revoke all on function slf.goes_on_after(casework_case, date) from public, slf_app;
"""

HOLD_CLOSING = """
create or replace function slf.hold_closing() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    me bigint := slf.acting_user();
    moves constant text[] := array['scope_id', 'state', 'closes_on', 'decided_by_id', 'decided_on', 'answer',
                                   'allocation_id', 'plans'];
    taken constant text[] := array['scope_id', 'state', 'taken_back_by_id', 'taken_back_on', 'taken_back_because'];
    before text := case when tg_op = 'UPDATE' then old.state else '' end;
    held casework_case%rowtype;
begin
    if tg_op = 'UPDATE' and to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
        return new;
    end if;
    if not (case
        when new.state = 'proposed' then new.proposed_by_id = me and slf.proposes_closings(new.scope_id)
        when new.state = 'withdrawn' then new.proposed_by_id = me and new.decided_by_id = me
        when new.state = 'taken_back' then new.taken_back_by_id = me and slf.closes_cases(new.scope_id)
        else new.decided_by_id = me and slf.closes_cases(new.scope_id) end)
    then
        raise exception 'not yours to close' using errcode = 'insufficient_privilege';
    end if;
    if not (case before || '>' || new.state
        when '>proposed' then true
        when '>closed' then new.proposed_by_id is null
        when 'proposed>closed' then to_jsonb(new) - moves = to_jsonb(old) - moves
        when 'proposed>sent_back' then to_jsonb(new) - moves = to_jsonb(old) - moves
        when 'proposed>withdrawn' then to_jsonb(new) - moves = to_jsonb(old) - moves
        when 'closed>taken_back' then to_jsonb(new) - taken = to_jsonb(old) - taken
        else false end)
    then
        raise exception 'a closing is proposed, decided once and taken back once; its words never change'
            using errcode = 'check_violation';
    end if;
    if new.state in ('sent_back', 'withdrawn') then
        return new;  -- the case is not touched, and so not waited for: who closes it holds it before the proposal
    end if;
    select * into held from casework_case where id = new.case_id for no key update;
    if held.family_id is distinct from new.family_id then
        raise exception 'a closing is of a case of its own family' using errcode = 'check_violation';
    end if;
    if new.state = 'proposed' and held.closed_on is not null then
        raise exception 'the case is closed' using errcode = 'check_violation';
    elsif new.state = 'closed' then
        if held.closed_on is not null or slf.goes_on_after(held, new.closes_on) then
            raise exception 'what goes on ends before its case' using errcode = 'check_violation';
        end if;
        update casework_case set closed_on = new.closes_on where id = held.id;
    elsif new.state = 'taken_back' then
        if held.closed_on is distinct from old.closes_on
            or exists (select from families_family f where f.id = held.family_id and f.merged_into_id is not null)
            or exists (select from casework_case c where c.family_id = any (slf.one_with(held.family_id))
                       and c.id <> held.id and (c.closed_on is null or c.opened_on >= held.closed_on))
        then
            raise exception 'another case was opened since' using errcode = 'check_violation';
        end if;
        update casework_case set closed_on = null where id = held.id;
    end if;
    return new;
end
$$;
alter function slf.hold_closing() owner to slf_definer;
create trigger hold_closing before insert or update on casework_closing
    for each row execute function slf.hold_closing();
revoke delete, truncate on casework_closing from slf_app;
"""

# A case that was brought over closed begins so; a case is closed, and opened again, by its closing alone.
HOLD_CASE = """
create or replace function slf.hold_case() returns trigger
language plpgsql as $$
begin
    if pg_has_role(current_user, 'slf_owner', 'usage') or pg_has_role(current_user, 'slf_definer', 'usage') then
        return new;
    end if;
    raise exception 'a case is closed by its closing' using errcode = 'insufficient_privilege';
end
$$;
grant execute on function slf.hold_case() to slf_app, slf_definer, slf_maintenance;
create trigger hold_case before update of closed_on on casework_case for each row
    when (old.closed_on is distinct from new.closed_on) execute function slf.hold_case();
"""

# Nobody works with a family whose case is closed. What was over before is history and may be shortened.
HOLD_ALLOCATION = """
create or replace function slf.hold_allocation() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if slf.case_is_over(new.family_id) and (
        upper(new.period) is null
        or upper(new.period) > greatest(lower(new.period) + 1, (
            select max(c.closed_on) from casework_case c where c.family_id = any (slf.one_with(new.family_id)))))
    then
        raise exception 'the case of the family is closed' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_allocation() owner to slf_definer;
create trigger not_of_a_closed_case before insert or update of period, family_id on referrals_allocation
    for each row execute function slf.hold_allocation();
"""

# Whoever closes the case holds its row: a contact that is recorded meanwhile waits, and is then told apart by its day.
HOLD_VISIT = """
create or replace function slf.keep_within_case() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    over date;
begin
    select closed_on into over from casework_case where id = new.case_id for share;
    if over < new.happened_on then
        new.case_id := null;
    end if;
    return new;
end
$$;
alter function slf.keep_within_case() owner to slf_definer;
create trigger keep_within_case before insert or update of case_id, happened_on on casework_visit
    for each row when (new.case_id is not null) execute function slf.keep_within_case();
"""

# A draft is its author's alone. Whoever closes the case learns who is to be told, and nothing of what is in it.
AUTHORS = """
create or replace function slf.authors_of_notes(family bigint) returns table (author bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select distinct d.owner_id from slf_draft d
    where slf.closes_cases(slf.family_scope(family)) and d.family_id = any (slf.one_with(family))
      and d.sent_at is null and d.thrown_away_at is null and d.content <> '{}'
$$;
""" + definer("slf.authors_of_notes(bigint)")

FORWARD = [IS_OVER, MAY, GOES_ON, HOLD_CLOSING, HOLD_CASE, HOLD_ALLOCATION, HOLD_VISIT, AUTHORS]
REVERSE = """
drop function if exists slf.authors_of_notes(bigint);
drop trigger if exists keep_within_case on casework_visit;
drop trigger if exists not_of_a_closed_case on referrals_allocation;
drop trigger if exists hold_case on casework_case;
drop trigger if exists hold_closing on casework_closing;
drop function if exists slf.keep_within_case(), slf.hold_allocation(), slf.hold_case(), slf.hold_closing(),
    slf.goes_on_after(casework_case, date), slf.proposes_closings(bigint), slf.closes_cases(bigint),
    slf.case_is_over(bigint);
"""

# A case is closed, never taken away: that would go round its closing.
NO_CASE_TAKEN_AWAY = "revoke delete, truncate on casework_case from slf_app;"
CASES_TAKEN_AWAY = "grant delete on casework_case to slf_app;"


# Said with the closing, or its proposal, of a need of the same family; never changed.
HOLD_OUTCOME = """
create or replace function slf.hold_need_outcome() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from casework_closing c join families_need n on n.id = new.need_id
                   where c.id = new.closing_id and c.family_id = new.family_id
                     and c.state in ('proposed', 'closed')
                     and n.family_id = any (slf.one_with(c.family_id))) then
        raise exception 'an outcome is of a need of the family whose case is closed' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_need_outcome() owner to slf_definer;
create trigger hold_need_outcome before insert on casework_needoutcome
    for each row execute function slf.hold_need_outcome();
"""

# Set by the closing; made once, by who closes cases; called off when the closing is taken back.
HOLD_CHECK = """
create or replace function slf.hold_sustainment_check() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    made constant text[] := array['scope_id', 'state', 'checked_on', 'checked_by_id', 'stands', 'consent', 'asked',
                                  'words'];
    closing casework_closing%rowtype;
begin
    select * into closing from casework_closing where id = new.closing_id;
    if tg_op = 'INSERT' then
        if new.state <> 'due' or closing.state <> 'closed' or closing.family_id <> new.family_id
            or not slf.closes_cases(new.scope_id) then
            raise exception 'checks are set when a case is closed' using errcode = 'check_violation';
        end if;
        return new;
    elsif to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
        return new;
    elsif old.state <> 'due' or to_jsonb(new) - made <> to_jsonb(old) - made
        or (new.state = 'called_off') <> (closing.state = 'taken_back')
        or not slf.closes_cases(new.scope_id)
    then
        raise exception 'a check is made once, or called off with its closing' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_sustainment_check() owner to slf_definer;
create trigger hold_sustainment_check before insert or update on casework_sustainmentcheck
    for each row execute function slf.hold_sustainment_check();
revoke delete, truncate on casework_sustainmentcheck from slf_app;
"""
AFTER = [
    HOLD_OUTCOME, HOLD_CHECK, own_names("casework_needoutcome", {"said_by_id": None}),
    own_names("casework_sustainmentcheck", {"checked_by_id": Can.CLOSE_CASE}),
]  # fmt: skip
BEFORE_AFTER = f"""
{any_names("casework_sustainmentcheck")}
{any_names("casework_needoutcome")}
drop trigger if exists hold_sustainment_check on casework_sustainmentcheck;
drop trigger if exists hold_need_outcome on casework_needoutcome;
drop function if exists slf.hold_sustainment_check(), slf.hold_need_outcome();
"""

# A case is closed together with what became of each need that is open that day. Said after the closing in the same
# transaction, so it is looked at when that ends. What was closed before this was asked stays as it is: only the moment
# of closing is looked at, not a row that is saved again.
CLOSES_WITH_OUTCOMES = """
create or replace function slf.closes_with_outcomes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if tg_op = 'UPDATE' and old.state = new.state then
        return null;
    end if;
    if new.state = 'closed'
        and exists (select from casework_closing c where c.id = new.id and c.state = 'closed')
        and exists (
            select from families_need n
            where n.family_id = any (slf.one_with(new.family_id)) and n.started_on <= new.decided_on
              and (n.ended_on is null or n.ended_on > new.decided_on)
              and not exists (select from casework_needoutcome o where o.closing_id = new.id and o.need_id = n.id))
    then
        raise exception 'it is said what became of each need before a case is closed' using errcode = 'check_violation';
    end if;
    return null;
end
$$;
alter function slf.closes_with_outcomes() owner to slf_definer;
create constraint trigger closes_with_outcomes after insert or update of state on casework_closing
    deferrable initially deferred for each row execute function slf.closes_with_outcomes();
"""
CLOSES_WITHOUT = """
drop trigger if exists closes_with_outcomes on casework_closing;
drop function if exists slf.closes_with_outcomes();
"""
