"""What PostgreSQL holds of meetings that business support plans and types: a record class of its own, and no more.

What minutes keep from somebody is read by whoever reads the record; by who types it, until the minutes are finished.
"""

from slf.access.policies import mine, reclassed
from slf.access.rules import Can
from slf.access.sql.grants import definer
from slf.access.sql.own_name import any_names, own_names

OF_MEETINGS = ("casework_meeting", "casework_invitee", "casework_meetingpoint", "casework_meetingaction")
POLICIES = [
    *(sql for table in OF_MEETINGS for sql in reclassed(table, "meeting", write="meeting")),
    *reclassed("casework_meetingcopy", "meeting", write="meeting", append_only=True),
    *reclassed("casework_teammember", "meeting", write="record"),
]
POLICIES_BEFORE = ";\n".join(
    [
        *(sql for table in (*OF_MEETINGS, "casework_teammember") for sql in reclassed(table, "record", write="record")),
        *reclassed("casework_meetingcopy", "record", write="record", append_only=True),
    ]
)

TYPES_IT = (
    """
create or replace function slf.types_minutes(of_meeting bigint, writer bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select writer = slf.acting_user() and exists (
        select from casework_meeting m where m.id = of_meeting and m.state = 'planned')
$$;
"""  # noqa: S608  (from constants alone)
    + definer("slf.types_minutes(bigint, bigint)")
)


def kept_back(table: str, writer: str) -> str:
    return f"""
create policy kept_back on {table} as restrictive for select using (
    cardinality(kept_from) = 0 or scope_id = any ({mine("read", "record")})
    or slf.types_minutes(meeting_id, {writer}));
"""


KEPT_BACK = [kept_back("casework_meetingpoint", "written_by_id"), kept_back("casework_meetingaction", "set_by_id")]

# Whether something of the minutes is out of sight of who asks, and nothing of what it is: no copy is made without it.
KEEPS_BACK = (
    """
create or replace function slf.keeps_back(of_meeting bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from (
            select p.scope_id, p.written_by_id as writer from casework_meetingpoint p
            where p.meeting_id = of_meeting and cardinality(p.kept_from) > 0 and p.words <> ''
            union all
            select a.scope_id, a.set_by_id from casework_meetingaction a
            where a.meeting_id = of_meeting and cardinality(a.kept_from) > 0) k
        where k.scope_id <> all (slf.scopes('read_record')) and not slf.types_minutes(of_meeting, k.writer))
$$;
"""  # noqa: S608  (from constants alone)
    + definer("slf.keeps_back(bigint)")
)

# Taking turns over the meetings of a family, also by who may not change the family itself.
HOLD_FAMILY = """
create or replace function slf.hold_for_meetings(of_family bigint) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform from families_family f where f.id = any (slf.one_with(of_family)) order by f.id for no key update;
    return exists (
        select from families_family f where f.id = of_family and f.scope_id = any (slf.scopes('write_meeting')));
end
$$;
""" + definer("slf.hold_for_meetings(bigint)")

# When a letter is safe, for who invites to a meeting and does not read the rest of what is said of safe contact.
LETTERS = (
    """
create or replace function slf.letters_to(of_family bigint, on_day date)
returns table (person_id bigint, never boolean, days smallint[], after time, before time)
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(p.merged_into_id, p.id), r.never, r.days::smallint[], r.after, r.before
    from families_contactrule r
    join families_membership m on m.id = r.membership_id
    join families_person p on p.id = m.person_id
    join families_family f on f.id = r.family_id
    where r.family_id = any (slf.one_with(of_family)) and r.channel = 'letter' and r.began_on <= on_day
      and (r.ended_on is null or r.ended_on > on_day) and f.scope_id = any (slf.scopes('write_meeting'))
$$;
"""  # noqa: S608  (from constants alone)
    + definer("slf.letters_to(bigint, date)")
)

# What was typed and saved stands in the minutes. With them finished, the draft it was typed in is empty for whoever
# does not read the record.
EMPTY_DRAFTS = """
create or replace function slf.empty_typed_minutes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update slf_draft d set content = '{}'
    where d.kind = 'minutes' and d.about = new.uid::text and d.sent_at is not null and not exists (
        select from slf.reaches(d.owner_id) r
        join slf_opening o on o.role = r.role and o.mode = 'read' and o.record_class = 'record'
        where r.scope_id = new.scope_id);
    return null;
end
$$;
alter function slf.empty_typed_minutes() owner to slf_definer;
create trigger empty_typed_minutes after update of state on casework_meeting
    for each row when (new.state = 'finished' and old.state <> 'finished') execute function slf.empty_typed_minutes();
"""

HOLD_WANTED = """
create or replace function slf.hold_wanted_meeting() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    moves constant text[] := array['scope_id', 'state', 'meeting_id', 'settled_by_id', 'settled_on'];
begin
    if tg_op = 'UPDATE' then
        if to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
            return new;
        elsif old.state <> 'wanted' or to_jsonb(new) - moves <> to_jsonb(old) - moves
        then
            raise exception 'what was wanted is settled once' using errcode = 'check_violation';
        elsif new.meeting_id is not null and not exists (
            select from casework_meeting m
            where m.id = new.meeting_id and m.family_id = any (slf.one_with(new.family_id)))
        then
            raise exception 'the meeting is one of the family' using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if new.state <> 'wanted' then
        raise exception 'a meeting is wanted first' using errcode = 'check_violation';
    elsif slf.case_is_over(new.family_id) then
        raise exception 'the case of the family is closed' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_wanted_meeting() owner to slf_definer;
create trigger hold_wanted_meeting before insert or update on casework_wantedmeeting
    for each row execute function slf.hold_wanted_meeting();
revoke delete, truncate on casework_wantedmeeting from slf_app;
"""

# Finished minutes are added to, and actions set at them, by who reads the record.
ADDED_BY = f"scope_id = any ({mine('write', 'record')})"
STILL_PLANNED = "(select m.state from casework_meeting m where m.id = meeting_id) = 'planned'"
ADDITIONS = [
    f"create policy adds_to_finished on casework_meetingpoint as restrictive for insert with check ("
    f"kind <> 'addition' or {ADDED_BY})",
    f"create policy adds_to_finished on casework_meetingaction as restrictive for insert with check ("
    f"{ADDED_BY} or {STILL_PLANNED})",
]
ANY_ADDITIONS = """
drop policy if exists adds_to_finished on casework_meetingpoint;
drop policy if exists adds_to_finished on casework_meetingaction;
"""

WORKS, KEEPS = Can.WORK_FAMILY, Can.KEEP_MEETINGS
NAMES_BEFORE = {
    "casework_meeting": {"called_by_id": WORKS, "finished_by_id": WORKS, "cancelled_by_id": WORKS},
    "casework_meetingpoint": {"written_by_id": WORKS},
    "casework_meetingaction": {"set_by_id": WORKS, "done_by_id": WORKS},
    "casework_meetingcopy": {"given_by_id": WORKS},
}
NAMES = {
    "casework_meeting": {
        "called_by_id": KEEPS, "typed_by_id": KEEPS, "finished_by_id": WORKS, "cancelled_by_id": KEEPS
    },
    "casework_meetingpoint": {"written_by_id": KEEPS},
    "casework_meetingaction": {"set_by_id": KEEPS, "done_by_id": WORKS},
    "casework_meetingcopy": {"given_by_id": KEEPS},
}  # fmt: skip
OF_WANTED = own_names("casework_wantedmeeting", {"asked_by_id": WORKS, "settled_by_id": KEEPS})
FORWARD = [
    *POLICIES, TYPES_IT, *KEPT_BACK, KEEPS_BACK, HOLD_FAMILY, LETTERS, EMPTY_DRAFTS, HOLD_WANTED, OF_WANTED,
    *(any_names(table) + own_names(table, names) for table, names in NAMES.items()),
]  # fmt: skip
REVERSE = (
    "".join(any_names(table) + own_names(table, names) for table, names in NAMES_BEFORE.items())
    + any_names("casework_wantedmeeting")
    + """
drop trigger if exists hold_wanted_meeting on casework_wantedmeeting;
drop trigger if exists empty_typed_minutes on casework_meeting;
drop policy if exists kept_back on casework_meetingpoint;
drop policy if exists kept_back on casework_meetingaction;
drop function if exists slf.hold_wanted_meeting(), slf.empty_typed_minutes(), slf.letters_to(bigint, date),
    slf.hold_for_meetings(bigint), slf.keeps_back(bigint), slf.types_minutes(bigint, bigint);
"""
    + POLICIES_BEFORE
)
