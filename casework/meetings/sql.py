"""What PostgreSQL holds of meetings: whom it concerns, that finished minutes are added to and never changed."""

from casework.meetings.rules import LONGEST_WHAT
from families.merging.sql import PERSON, keeps_its_own
from slf.access.rules import Can
from slf.access.sql.own_name import any_names, own_names

HOLD_MEETING = """
create or replace function slf.hold_family_meeting() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    plans constant text[] := array['scope_id', 'day', 'starts_at', 'place', 'purpose', 'state', 'revision',
                                   'finished_by_id', 'finished_on', 'cancelled_by_id', 'cancelled_on',
                                   'cancelled_because', 'typed_by_id', 'typed_on'];
begin
    if tg_op = 'UPDATE' then
        if to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
            return new;
        elsif old.state <> 'planned' or to_jsonb(new) - plans <> to_jsonb(old) - plans then
            raise exception 'a meeting that was finished or cancelled does not change'
                using errcode = 'check_violation';
        end if;
        if new.state = 'finished' and (new.finished_on < new.day
            or not exists (select from casework_meetingpoint p where p.meeting_id = new.id and p.words <> '')
            or exists (select from casework_invitee i where i.meeting_id = new.id and i.came = ''
                       and not i.is_withdrawn))
        then
            raise exception 'finished minutes say something, and who came' using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if new.state <> 'planned' then
        raise exception 'a meeting is planned first' using errcode = 'check_violation';
    elsif slf.case_is_over(new.family_id) then
        raise exception 'the case of the family is closed' using errcode = 'check_violation';
    elsif new.follows_id is not null and not exists (
        select from casework_meeting m
        where m.id = new.follows_id and m.family_id = any (slf.one_with(new.family_id)))
    then
        raise exception 'a meeting follows one of its own family' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_family_meeting() owner to slf_definer;
create trigger hold_meeting before insert or update on casework_meeting
    for each row execute function slf.hold_family_meeting();
revoke delete, truncate on casework_meeting from slf_app;
"""

# Whoever writes takes the meeting first, so that nothing slips in behind the finishing of its minutes.
HOLD_INVITEE = """
create or replace function slf.hold_invitee() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    moves constant text[] := array['scope_id', 'came', 'is_withdrawn', 'revision'];
    its casework_meeting%rowtype;
begin
    if tg_op = 'UPDATE' then
        if to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
            return new;
        elsif to_jsonb(new) - moves <> to_jsonb(old) - moves then
            raise exception 'who was invited stays' using errcode = 'check_violation';
        end if;
    end if;
    select * into its from casework_meeting where id = new.meeting_id for no key update;
    if its.state <> 'planned' then
        raise exception 'the minutes are finished' using errcode = 'check_violation';
    elsif tg_op = 'INSERT' and (its.family_id is distinct from new.family_id
        or (new.person_id is not null and not exists (
            select from families_membership m
            where m.person_id = new.person_id and m.family_id = any (slf.one_with(new.family_id))))
        or (new.member_id is not null and not exists (
            select from casework_teammember t
            where t.id = new.member_id and t.family_id = any (slf.one_with(new.family_id)))))
    then
        raise exception 'invited are people of the family and of its team' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_invitee() owner to slf_definer;
create trigger hold_invitee before insert or update on casework_invitee
    for each row execute function slf.hold_invitee();
revoke delete, truncate on casework_invitee from slf_app;
"""

# Nothing is kept from colleagues: they read the record itself.
KEPT_FROM = """
create or replace function slf.may_be_kept_from(meeting bigint, whom bigint[]) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select not exists (
        select from unnest(whom) w(id) where not exists (
            select from casework_invitee i left join casework_teammember t on t.id = i.member_id
            where i.id = w.id and i.meeting_id = meeting and i.user_id is null and t.user_id is null))
$$;
alter function slf.may_be_kept_from(bigint, bigint[]) owner to slf_definer;
revoke all on function slf.may_be_kept_from(bigint, bigint[]) from public, slf_app;
"""

HOLD_POINT = """
create or replace function slf.hold_meeting_point() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    moves constant text[] := array['scope_id', 'kind', 'words', 'kept_from', 'revision', 'written_by_id', 'written_on'];
    its casework_meeting%rowtype;
begin
    if tg_op = 'UPDATE' then
        if to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
            return new;
        elsif to_jsonb(new) - moves <> to_jsonb(old) - moves or 'addition' in (old.kind, new.kind) then
            raise exception 'what was added stays as it was added' using errcode = 'check_violation';
        end if;
    end if;
    select * into its from casework_meeting where id = new.meeting_id for no key update;
    if its.family_id is distinct from new.family_id or not slf.may_be_kept_from(new.meeting_id, new.kept_from) then
        raise exception 'minutes are of a meeting of the family and name who was invited'
            using errcode = 'check_violation';
    elsif its.state <> (case new.kind when 'addition' then 'finished' else 'planned' end) then
        raise exception 'finished minutes are added to, never changed' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_meeting_point() owner to slf_definer;
create trigger hold_meeting_point before insert or update on casework_meetingpoint
    for each row execute function slf.hold_meeting_point();
revoke delete, truncate on casework_meetingpoint from slf_app;
"""

HOLDS_ACTION = """
create or replace function slf.hold_meeting_action() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    moves constant text[] := array['scope_id', 'state', 'done_by_id', 'done_on', 'came_of_it'];
    its casework_meeting%rowtype;
begin
    if tg_op = 'UPDATE' then
        if to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
            return new;
        elsif old.task_id is not null and pg_trigger_depth() < 2 then
            raise exception 'an action that is a task is settled with it' using errcode = 'check_violation';
        elsif old.task_id is null and new.task_id is not null and old.state = 'to_do'
            and to_jsonb(new) - 'task_id' = to_jsonb(old) - 'task_id' and exists (
                select from casework_task t
                where t.id = new.task_id and t.family_id = any (slf.one_with(new.family_id)))
        then
            return new;
        elsif old.state <> 'to_do' or to_jsonb(new) - moves <> to_jsonb(old) - moves then
            raise exception 'an action is settled once; its words never change' using errcode = 'check_violation';
        end if;
        return new;
    end if;
    select * into its from casework_meeting where id = new.meeting_id for no key update;
    if its.family_id is distinct from new.family_id or new.state <> 'to_do' or its.state = 'cancelled'
        or not exists (select from casework_invitee i where i.id = new.owner_id and i.meeting_id = new.meeting_id)
        or not slf.may_be_kept_from(new.meeting_id, new.kept_from) or new.owner_id = any (new.kept_from)
        or (new.task_id is not null and not exists (
            select from casework_task t where t.id = new.task_id and t.family_id = any (slf.one_with(new.family_id))))
    then
        raise exception 'an action is of somebody who was invited' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_meeting_action() owner to slf_definer;
"""
HOLD_ACTION = f"""{HOLDS_ACTION}
create trigger hold_meeting_action before insert or update on casework_meetingaction
    for each row execute function slf.hold_meeting_action();
revoke delete, truncate on casework_meetingaction from slf_app;
"""

# What a colleague took on at a meeting is settled wherever its task is.
SETTLE_WITH_TASK = f"""
create or replace function slf.settle_meeting_action() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update casework_meetingaction
    set state = new.step, done_by_id = new.by_id, done_on = new."on", came_of_it = left(new.words, {LONGEST_WHAT})
    where task_id = new.task_id and state = 'to_do';
    return null;
end
$$;
alter function slf.settle_meeting_action() owner to slf_definer;
create trigger settle_meeting_action after insert on casework_taskstep
    for each row when (new.step in ('done', 'dropped')) execute function slf.settle_meeting_action();
"""
NOT_WITH_TASK = """
drop trigger if exists settle_meeting_action on casework_taskstep;
drop function if exists slf.settle_meeting_action();
"""

HOLD_COPY = """
create or replace function slf.hold_meeting_copy() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (
        select from casework_invitee i join casework_meeting m on m.id = i.meeting_id
        where i.id = new.invitee_id and m.id = new.meeting_id and m.family_id = new.family_id
          and (new.what = 'invitation' or m.state = 'finished'))
    then
        raise exception 'a copy is of a meeting for somebody who was invited' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_meeting_copy() owner to slf_definer;
create trigger hold_meeting_copy before insert on casework_meetingcopy
    for each row execute function slf.hold_meeting_copy();
"""
WORKS = Can.WORK_FAMILY
NAMES = {
    "casework_meeting": {"called_by_id": WORKS, "finished_by_id": WORKS, "cancelled_by_id": WORKS},
    "casework_meetingpoint": {"written_by_id": WORKS},
    "casework_meetingaction": {"set_by_id": WORKS, "done_by_id": WORKS},
    "casework_meetingcopy": {"given_by_id": WORKS},
}
FORWARD = [
    HOLD_MEETING, HOLD_INVITEE, KEPT_FROM, HOLD_POINT, HOLD_ACTION, HOLD_COPY,
    keeps_its_own("casework_invitee", *PERSON), *(own_names(table, names) for table, names in NAMES.items()),
]  # fmt: skip
REVERSE = (
    "".join(any_names(table) for table in NAMES)
    + """
drop trigger if exists as_own_person on casework_invitee;
drop trigger if exists hold_meeting_copy on casework_meetingcopy;
drop trigger if exists hold_meeting_action on casework_meetingaction;
drop trigger if exists hold_meeting_point on casework_meetingpoint;
drop trigger if exists hold_invitee on casework_invitee;
drop trigger if exists hold_meeting on casework_meeting;
drop function if exists slf.hold_meeting_copy(), slf.hold_meeting_action(), slf.hold_meeting_point(),
    slf.may_be_kept_from(bigint, bigint[]), slf.hold_invitee(), slf.hold_family_meeting();
"""
)
