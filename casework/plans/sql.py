"""What PostgreSQL refuses about plans, whoever writes and however: a word changed after the family agreed to it.

A row is added to, changed in or taken from a version only while it is a draft. The version's row is read ``for
share``, so an agreement that is being recorded is waited for. Moving a family to another audience changes
``scope_id`` alone and is let through.
"""

from slf.access.rules import Can
from slf.access.sql import changed, definer
from slf.access.sql.own_name import any_names, own_names

INSIST_ON_DRAFT = """
create or replace function slf.insist_on_draft(asked_plan bigint, asked_family bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform from public.casework_plan
        where id = asked_plan and family_id = asked_family and state = 'draft' for share;
    if not found then
        raise exception 'what an agreed plan says does not change' using errcode = 'check_violation';
    end if;
end
$$;
""" + definer("slf.insist_on_draft(bigint, bigint)")

HOLD_GOAL = """
create or replace function slf.hold_goal() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'UPDATE' and to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
        return new;
    end if;
    if tg_op <> 'INSERT' then
        perform slf.insist_on_draft(old.plan_id, old.family_id);
    end if;
    if tg_op <> 'DELETE' then
        perform slf.insist_on_draft(new.plan_id, new.family_id);
    end if;
    return coalesce(new, old);
end
$$;
""" + definer("slf.hold_goal()")

# Of an action, how far it is may move while its version lives; of the tie between a goal and a need, nothing.
HOLD_PART = """
create or replace function slf.hold_part() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    progress constant text[] := array['scope_id', 'state', 'done_on', 'done_by_id'];
begin
    if tg_op = 'UPDATE' and to_jsonb(new) - progress = to_jsonb(old) - progress then
        if to_jsonb(new) - 'scope_id' <> to_jsonb(old) - 'scope_id' and not exists (
            select from public.casework_goal g join public.casework_plan p on p.id = g.plan_id
            where g.id = new.goal_id and p.state in ('draft', 'agreed'))
        then
            raise exception 'how far it is does not move in a version that is over' using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if tg_op <> 'INSERT' then
        perform slf.insist_on_draft(g.plan_id, old.family_id) from public.casework_goal g where g.id = old.goal_id;
    end if;
    if tg_op <> 'DELETE' then
        perform slf.insist_on_draft(g.plan_id, new.family_id) from public.casework_goal g where g.id = new.goal_id;
    end if;
    return coalesce(new, old);
end
$$;
""" + definer("slf.hold_part()")  # noqa: S608

HOLD_TIE = """
create or replace function slf.hold_tie() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (select from public.families_need n where n.id = new.need_id and n.family_id = new.family_id) then
        raise exception 'a goal answers needs of its own family' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
""" + definer("slf.hold_tie()")

OF_BOTH = changed(
    HOLD_TIE, ("n.family_id = new.family_id", "n.family_id = any ((select slf.one_with(new.family_id))::bigint[])")
)
"""The same where a family is known twice: a goal answers the needs of both."""

HOLD_PLAN = """
create or replace function slf.hold_plan() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    moving constant text[] := array['scope_id', 'state'];
    agreeing constant text[] := array['scope_id', 'state', 'revision', 'agreed_on', 'agreement_rule'];
begin
    if tg_op = 'INSERT' and new.state = 'draft' then
        return new;
    elsif tg_op = 'UPDATE' and to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
        return new;
    elsif tg_op = 'UPDATE' and old.state = 'agreed' and new.state = 'replaced'
        and to_jsonb(new) - moving = to_jsonb(old) - moving then
        return new;
    elsif tg_op = 'UPDATE' and old.state = 'draft' and new.state = 'dropped'
        and to_jsonb(new) - moving = to_jsonb(old) - moving then
        return new;
    elsif tg_op = 'UPDATE' and old.state = 'draft' and to_jsonb(new) - agreeing = to_jsonb(old) - agreeing
        and (new.state = 'draft' or (new.state = 'agreed' and exists (
            select from public.casework_plananswer a
            where a.plan_id = new.id and a.revision = new.revision and a.said = 'agreed'))) then
        return new;
    end if;
    raise exception 'a version of a plan is written, then thrown away, or agreed by somebody and then replaced'
        using errcode = 'check_violation';
end
$$;
""" + definer("slf.hold_plan()")

ENDS_WITH_THE_CASE = changed(
    HOLD_PLAN,
    (
        "    if tg_op = 'INSERT' and new.state = 'draft' then\n        return new;\n",
        """    if tg_op = 'INSERT' and slf.case_is_over(new.family_id) then
        raise exception 'the case of the family is closed' using errcode = 'check_violation';
    elsif tg_op = 'UPDATE' and (old.state in ('draft', 'agreed') and new.state = 'ended'
                             or old.state = 'ended' and not slf.case_is_over(new.family_id)
                                and new.state = case when old.agreed_on is null then 'draft' else 'agreed' end)
        and to_jsonb(new) - ending = to_jsonb(old) - ending then
        return new;
    elsif tg_op = 'INSERT' and new.state = 'draft' then
        return new;
""",
    ),
    ("declare\n", "declare\n    ending constant text[] := array['scope_id', 'state', 'ended_on'];\n"),
)
"""The same where a plan ends with the case, and goes on with it when the closing is taken back."""

HOLD_ANSWER = """
create or replace function slf.hold_answer() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (
        select from public.casework_plan p
        where p.id = new.plan_id and p.family_id = new.family_id and p.revision = new.revision
          and p.state in ('draft', 'agreed')
    ) then
        raise exception 'an answer is to a plan of the same family, as it reads now' using errcode = 'check_violation';
    end if;
    if not exists (select from public.families_membership m where m.family_id = any (slf.one_with(new.family_id))
                   and m.person_id = any (slf.entries_of_person(new.person_id))) then
        raise exception 'an answer is of somebody of the family' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
""" + definer("slf.hold_answer()")  # noqa: S608

SCANS = """
create or replace function slf.hold_scan() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from casework_plananswer a where a.id = new.answer_id and a.family_id = new.family_id
                   and a.how = 'paper') then
        raise exception 'a scan is of what somebody of the family signed on paper' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
create trigger hold_scan before insert on casework_answerscan for each row execute function slf.hold_scan();
"""
SCANNED = [
    SCANS + definer("slf.hold_scan()"), own_names("casework_answerscan", {"added_by_id": Can.WORK_FAMILY}),
]  # fmt: skip
NOT_SCANNED = "drop function if exists slf.hold_scan() cascade;" + any_names("casework_answerscan")

TRIGGERS = [
    ("casework_plan", "hold_plan", "insert or update or delete"),
    ("casework_goal", "hold_goal", "insert or update or delete"),
    ("casework_goalneed", "hold_part", "insert or update or delete"),
    ("casework_goalneed", "hold_tie", "insert or update of need_id, family_id"),
    ("casework_action", "hold_part", "insert or update or delete"),
    ("casework_plananswer", "hold_answer", "insert"),
]
CREATE_TRIGGERS = [
    f"create or replace trigger {does} before {when} on {table} for each row execute function slf.{does}()"
    for table, does, when in TRIGGERS
]

FORWARD = [INSIST_ON_DRAFT, HOLD_GOAL, HOLD_PART, HOLD_TIE, HOLD_PLAN, HOLD_ANSWER, *CREATE_TRIGGERS]
REVERSE = """
drop function if exists slf.hold_answer(), slf.hold_plan(), slf.hold_tie(), slf.hold_part(), slf.hold_goal(),
    slf.insist_on_draft(bigint, bigint) cascade;
"""
