"""What PostgreSQL holds of supervision: who leads it, who reads whose part, and that nothing changes once both signed.

Each of the two signs in their own name. Whatever is changed before both have signed takes the signature away that was
given: nobody has signed what they have not read.
"""

from collections.abc import Mapping

from casework.supervision.rules import ABOVE, LINE_ABOVE
from slf.access.policies import mine
from slf.access.rules import PARTNERS, Can, Role
from slf.access.sql import definer
from slf.access.sql.own_name import any_names, own_names


def pairs(table: Mapping[Role, tuple[Role, ...]]) -> str:
    """Return ``(who stands above, whom)`` as rows in SQL: the same table that Python asks."""
    return ", ".join(f"('{above}', '{role}')" for role, roles in table.items() for above in roles)


# Who led a meeting and has left the locality since takes nothing along; a worker always reads what is theirs.
KNOWN = f"""
create or replace function slf.supervisions_known() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
    with mine as materialized (select r.role, r.scope_id from slf.reaches(slf.acting_user()) r)
    select coalesce(array_agg(s.id), '{{}}') from casework_supervision s
    where exists (select from casework_supervisionpart p where p.supervision_id = s.id
                  and p.worker_id = slf.acting_user())
       or exists (select from mine join (values {pairs(ABOVE)}) a (above, role) on a.above = mine.role
                  where mine.scope_id = s.scope_id and a.role = s.role)
$$;
""" + definer("slf.supervisions_known()")

OWN = f"""
create or replace function slf.own_parts_open() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
    with mine as materialized (select r.role, r.scope_id from slf.reaches(slf.acting_user()) r)
    select coalesce(array_agg(p.id), '{{}}')
    from casework_supervisionpart p join casework_supervision s on s.id = p.supervision_id
    where p.worker_id = slf.acting_user()
       or (s.supervisor_id = slf.acting_user()
           and exists (select from mine join (values {pairs(ABOVE)}) a (above, role) on a.above = mine.role
                       where mine.scope_id = s.scope_id and a.role = s.role))
       or exists (select from mine join (values {pairs(LINE_ABOVE)}) a (above, role) on a.above = mine.role
                  where mine.scope_id = s.scope_id and a.role = s.role)
$$;
""" + definer("slf.own_parts_open()")

# Asked by the triggers of whatever is changed: takes away a signature that was given, and refuses once there are two.
UNSIGN = """
create or replace function slf.unsign(part bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    held casework_supervisionpart%rowtype;
    meeting casework_supervision%rowtype;
begin
    select * into held from casework_supervisionpart where id = part for no key update;
    select * into meeting from casework_supervision where id = held.supervision_id for share;
    if held.id is null or slf.acting_user() is distinct from meeting.supervisor_id
        and slf.acting_user() is distinct from held.worker_id
    then
        raise exception 'not your supervision' using errcode = 'insufficient_privilege';
    end if;
    if meeting.called_off_on is not null then
        raise exception 'the supervision was called off' using errcode = 'check_violation';
    end if;
    if held.supervisor_signed_on is not null and held.worker_signed_on is not null then
        raise exception 'both have signed this supervision' using errcode = 'check_violation';
    end if;
    update casework_supervisionpart set supervisor_signed_on = null, worker_signed_on = null
        where id = part and (supervisor_signed_on is not null or worker_signed_on is not null);
end
$$;
""" + definer("slf.unsign(bigint)")

BY_THE_DATABASE = """
    if pg_has_role(current_user, 'slf_owner', 'usage') or pg_has_role(current_user, 'slf_definer', 'usage') then
        return coalesce(new, old);
    end if;
"""


def trigger(name: str, table: str, when: str, body: str, declare: str = "") -> str:
    return f"""
create or replace function slf.{name}() returns trigger
language plpgsql set search_path = public, pg_temp as $$
{declare}
begin
{BY_THE_DATABASE}
{body}
    return coalesce(new, old);
end
$$;
grant execute on function slf.{name}() to slf_app, slf_definer, slf_maintenance;
create trigger {name} before {when} on {table} for each row execute function slf.{name}();
"""


HOLD_MEETING = trigger(
    "hold_meeting", "casework_supervision", "insert or update", f"""
    if tg_op = 'INSERT' and (new.called_off_on is not null or not exists (
        select from slf.reaches(slf.acting_user()) r join (values {pairs(ABOVE)}) a (above, role) on a.above = r.role
        where r.scope_id = new.scope_id and a.role = new.role))
    then
        raise exception 'you supervise nobody there' using errcode = 'insufficient_privilege';
    elsif tg_op = 'UPDATE' and (old.supervisor_id is distinct from slf.acting_user()
        or old.called_off_on is not null
        or to_jsonb(new) - 'called_off_on' is distinct from to_jsonb(old) - 'called_off_on'
        or exists (select from casework_supervisionpart p where p.supervision_id = old.id
                   and (p.supervisor_signed_on is not null or p.worker_signed_on is not null
                        or slf.is_decided(p.id))))
    then
        raise exception 'a supervision is called off while nothing is decided, and never changed'
            using errcode = 'check_violation';
    end if;
""")  # fmt: skip

# Whether anything was decided is asked past the families: one of them may be nobody's here by now.
IS_DECIDED = """
create or replace function slf.is_decided(part bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from casework_decision d where d.part_id = part)
$$;
""" + definer("slf.is_decided(bigint)")

# What a part says, in a few figures: each of the two signs what they have read, families they do not see included.
STATE = """
create or replace function slf.state_of_part(part bigint) returns text
language sql stable security definer set search_path = public, pg_temp as $$
    select md5(concat_ws('|',
        (select o.revision from casework_ownpart o where o.part_id = part),
        (select string_agg(d.id || ':' || d.revision, ',' order by d.id)
         from casework_decision d where d.part_id = part),
        (select string_agg(a.id || ':' || a.what || a.due_on, ',' order by a.id)
         from casework_agreedaction a join casework_decision d on d.id = a.decision_id where d.part_id = part)))
$$;
""" + definer("slf.state_of_part(bigint)")

HOLD_PART = trigger(
    "hold_supervision_part", "casework_supervisionpart", "insert or update", """
    select * into meeting from casework_supervision where id = new.supervision_id;
    if tg_op = 'INSERT' then
        if meeting.supervisor_id is distinct from me or new.worker_id = me or new.scope_id <> meeting.scope_id
            or meeting.called_off_on is not null
            or new.supervisor_signed_on is not null or new.worker_signed_on is not null
            or not exists (select from slf_post p join slf_scope s on s.id = meeting.scope_id
                           where p.user_id = new.worker_id and p.role = meeting.role and p.period @> slf.today()
                             and (p.locality_id is null or p.locality_id = s.locality_id))
        then
            raise exception 'not a worker of this supervision' using errcode = 'insufficient_privilege';
        end if;
        return new;
    end if;
    if to_jsonb(new) - signs is distinct from to_jsonb(old) - signs or meeting.called_off_on is not null
        or (old.supervisor_signed_on is not null and new.supervisor_signed_on is distinct from old.supervisor_signed_on)
        or (old.worker_signed_on is not null and new.worker_signed_on is distinct from old.worker_signed_on)
    then
        raise exception 'a part of a supervision is signed, and not changed' using errcode = 'check_violation';
    end if;
    if (new.supervisor_signed_on is distinct from old.supervisor_signed_on
            and meeting.supervisor_id is distinct from me)
        or (new.worker_signed_on is distinct from old.worker_signed_on and new.worker_id is distinct from me)
    then
        raise exception 'everybody signs for themselves' using errcode = 'insufficient_privilege';
    end if;
""", """declare
    me bigint := slf.acting_user();
    meeting casework_supervision%rowtype;
    signs constant text[] := array['supervisor_signed_on', 'worker_signed_on'];
""") + """
create or replace function slf.settle_decisions() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update casework_decision set signed_on = greatest(new.supervisor_signed_on, new.worker_signed_on)
        where part_id = new.id;
    return null;
end
$$;
alter function slf.settle_decisions() owner to slf_definer;
create trigger settle_decisions after update on casework_supervisionpart for each row
    when (new.supervisor_signed_on is not null and new.worker_signed_on is not null)
    execute function slf.settle_decisions();
"""  # fmt: skip

HOLD_OWN = trigger(
    "hold_own_part", "casework_ownpart", "insert or update", """
    if tg_op = 'UPDATE' and new.part_id <> old.part_id then
        raise exception 'a part stays whose it is' using errcode = 'check_violation';
    end if;
    perform slf.unsign(new.part_id);
""")  # fmt: skip

HOLD_DECISION = trigger(
    "hold_decision", "casework_decision", "insert or update", """
    if tg_op = 'UPDATE' and to_jsonb(new) - said is distinct from to_jsonb(old) - said or new.signed_on is not null then
        raise exception 'a decision stays of its family and meeting' using errcode = 'check_violation';
    end if;
    select * into part from casework_supervisionpart where id = new.part_id;
    select * into meeting from casework_supervision where id = part.supervision_id;
    if meeting.supervisor_id is distinct from slf.acting_user() or new.decided_by_id <> meeting.supervisor_id
        or new.worker_id <> part.worker_id or new.decided_on <> meeting.held_on
    then
        raise exception 'not your supervision' using errcode = 'insufficient_privilege';
    end if;
    perform slf.unsign(new.part_id);
""", """declare
    part casework_supervisionpart%rowtype;
    meeting casework_supervision%rowtype;
    said constant text[] := array['decision', 'note', 'revision'];
""")  # fmt: skip

# That an action is done is said by whoever does it, once, whenever that is. The rest is of the meeting.
HOLD_ACTION = trigger(
    "hold_agreed_action", "casework_agreedaction", "insert or update or delete", """
    if tg_op = 'UPDATE' and to_jsonb(new) - done = to_jsonb(old) - done then
        if old.done_on is not null then
            raise exception 'it is done already' using errcode = 'check_violation';
        end if;
        return new;
    end if;
    select * into decision from casework_decision where id = coalesce(new.decision_id, old.decision_id);
    if decision.decided_by_id is distinct from slf.acting_user()
        or (tg_op <> 'DELETE' and (new.family_id <> decision.family_id or new.done_on is not null))
        or (tg_op = 'UPDATE' and new.decision_id <> old.decision_id)
        or (tg_op <> 'INSERT' and old.done_on is not null)
    then
        raise exception 'not your supervision' using errcode = 'insufficient_privilege';
    end if;
    perform slf.unsign(decision.part_id);
""", """declare
    decision casework_decision%rowtype;
    done constant text[] := array['done_on', 'done_by_id', 'came_of_it'];
""")  # fmt: skip

NAMES: Mapping[str, Mapping[str, Can | None]] = {
    "casework_supervision": {"supervisor_id": Can.REVIEW_FAMILY},
    "casework_ownpart": {"written_by_id": None},
    "casework_decision": {"decided_by_id": Can.REVIEW_FAMILY},
    "casework_agreedaction": {"done_by_id": None},
}
OWN_NAMES = "".join(own_names(table, names) for table, names in NAMES.items())
KEPT = """
revoke delete, truncate on casework_supervision, casework_supervisionpart, casework_ownpart, casework_decision
    from slf_app;
"""

# What is decided in supervision stands in a family's record, and is not shared with it.
AS_STAFF = f"""
create or replace function slf.scopes_as_staff() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
    select array(select distinct r.scope_id from slf.reaches(slf.acting_user()) r
                 where r.role not in ({", ".join(f"'{role}'" for role in sorted(PARTNERS))}))
$$;
{definer("slf.scopes_as_staff()")}
"""
SHARED = {
    f"casework_{name}{kept}": f"{'slf.family_scope(family_id)' if kept else 'scope_id'} = any"
    for name in ("decision", "agreedaction")
    for kept in ("", "event")
}
OPEN = mine("read", "record")
KEPT_FROM_PARTNERS = [AS_STAFF] + [
    f"alter policy may_read on {table} using ({its} ({OPEN}) and {its} ((select slf.scopes_as_staff())::bigint[]))"
    for table, its in SHARED.items()
]
SHARED_WITH_PARTNERS = "".join(
    f"alter policy may_read on {table} using ({its} ({OPEN}));" for table, its in SHARED.items()
)
SHARED_WITH_PARTNERS += "drop function if exists slf.scopes_as_staff();"
FUNCTIONS = [KNOWN, OWN]
FORWARD = [
    UNSIGN, IS_DECIDED, STATE, HOLD_MEETING, HOLD_PART, HOLD_OWN, HOLD_DECISION, HOLD_ACTION, OWN_NAMES, KEPT,
]  # fmt: skip
HELD = {
    "hold_agreed_action": "casework_agreedaction", "hold_decision": "casework_decision",
    "hold_own_part": "casework_ownpart", "settle_decisions": "casework_supervisionpart",
    "hold_supervision_part": "casework_supervisionpart", "hold_meeting": "casework_supervision",
}  # fmt: skip
REVERSE = "".join(
    f"drop trigger if exists {name} on {table}; drop function if exists slf.{name}();" for name, table in HELD.items()
)
REVERSE += "".join(any_names(table) for table in NAMES)
REVERSE += "drop function if exists slf.is_decided(bigint), slf.unsign(bigint), slf.state_of_part(bigint);"
FUNCTIONS_GONE = "drop function if exists slf.own_parts_open(), slf.supervisions_known();"
