"""What PostgreSQL holds of progress to work: its order, its corrections, and the facts that it becomes."""

from casework.provider.progress import EVIDENCE_NAMES, PROVES_WORK, STILL, STILL_AFTER
from slf.access.rules import Can
from slf.access.sql import definer
from slf.access.sql.own_name import any_names, own_names

WEEKS = " ".join(f"when '{step}' then {STILL_AFTER[step]}" for step in sorted(STILL))
LABELS = " ".join(
    f"when '{code}' then '{words.replace(chr(39), chr(39) * 2)}'" for code, words in EVIDENCE_NAMES.items()
)
WORK = ", ".join(f"'{code}'" for code in sorted(PROVES_WORK))

STANDS = """
create or replace function slf.progress_stands(asked bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from casework_workprogress w where w.id = asked and not w.is_withdrawn
                   and not exists (select from casework_workprogress later where later.supersedes_id = w.id))
$$;
""" + definer("slf.progress_stands(bigint)")

HOLD_PROGRESS = f"""
create or replace function slf.hold_work_progress() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    of casework_provision%rowtype;
    before casework_workprogress%rowtype;
    weeks integer := case new.step {WEEKS} end;
begin
    select * into of from casework_provision p where p.id = new.provision_id and p.family_id = new.family_id;
    if of.id is null or of.answered_on is null or of.state = 'not_taken_on' or new.happened_on < of.sent_on
        or (new.step = 'esf_attached' and of.begun_on is null)
    then
        raise exception 'progress is of somebody who was taken on' using errcode = 'check_violation';
    end if;
    if new.supersedes_id is not null then
        select * into before from casework_workprogress w where w.id = new.supersedes_id;
        if before.provision_id <> new.provision_id or before.step <> new.step then
            raise exception 'a correction is of the same step of the same person' using errcode = 'check_violation';
        elsif before.step = 'work' and (new.is_withdrawn or new.happened_on <> before.happened_on) and exists (
            select from casework_workprogress w where w.provision_id = new.provision_id
              and w.began_on = before.happened_on and slf.progress_stands(w.id))
        then
            raise exception 'what rests on it is corrected first' using errcode = 'check_violation';
        end if;
    end if;
    if weeks is not null and not new.is_withdrawn and (
        new.happened_on < new.began_on + 7 * weeks or not exists (
            select from casework_workprogress w where w.provision_id = new.provision_id and w.step = 'work'
              and w.happened_on = new.began_on and slf.progress_stands(w.id)))
    then
        raise exception 'still in work is of work that began so long ago' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_work_progress() owner to slf_definer;
create trigger hold_work_progress before insert on casework_workprogress
    for each row execute function slf.hold_work_progress();
"""

# A row that shows something is a fact of the provider's; what corrects it supersedes that fact, and what takes it back,
# or shows nothing any more, is a fact that only says so. Nothing is deleted.
STATE_PROGRESS = f"""
create or replace function slf.state_progress() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    who bigint := (select p.person_id from casework_provision p where p.id = new.provision_id);
    says text := case new.step when 'work_programme' then 'work_programme' when 'esf_attached' then 'esf_attached'
        when 'training' then null else 'employment_spell' end;
    seen text := case new.evidence {LABELS} end;
    shows boolean := not new.is_withdrawn and case when new.step in ('work_programme', 'esf_attached')
        then new.evidence <> 'said' else new.evidence in ({WORK}) end;
    chain uuid[];
    earlier families_fact%rowtype;
begin
    if says is null then
        return null;
    end if;
    with recursive up as (
        select w.id, w.uid, w.supersedes_id from casework_workprogress w where w.id = new.id
        union all
        select w.id, w.uid, w.supersedes_id from casework_workprogress w join up on w.id = up.supersedes_id)
    select array_agg(up.uid order by up.id) into chain from up;
    select f.* into earlier from families_fact f
        where f.source_key = any (select 'provider:' || one from unnest(chain) one) order by f.id desc limit 1;
    if not shows and (earlier.id is null or earlier.takes_back) then
        return null;
    end if;
    insert into families_fact (uid, family_id, scope_id, person_id, kind, period, value, source, agency, source_name,
            source_key, about_key, recorded_on, recorded_at, recorded_by_id, supersedes_id, takes_back)
        values (gen_random_uuid(), new.family_id, 0, who, says,
            case when not shows then earlier.period
                else daterange(coalesce(new.began_on, new.happened_on), new.happened_on, '[]') end,
            case when not shows then earlier.value when says = 'work_programme' then '{{"volunteered": true}}'::jsonb
                when says = 'employment_spell' then jsonb_build_object('evidence', new.evidence)
                else '{{}}'::jsonb end,
            'casework', 'esf',
            left(format('ESF provider: %s, seen by %s on %s', seen, new.seen_by,
                to_char(new.seen_on, 'FMDD FMMonth YYYY')), 200),
            'provider:' || new.uid, 'provider:' || chain[1], new.recorded_on, now(), new.recorded_by_id, earlier.id,
            not shows);
    return null;
end
$$;
alter function slf.state_progress() owner to slf_definer;
create trigger state_progress after insert on casework_workprogress
    for each row execute function slf.state_progress();
"""

FORWARD = [
    STANDS,
    HOLD_PROGRESS,
    STATE_PROGRESS,
    own_names("casework_workprogress", {"recorded_by_id": Can.PROVIDE}),
]
REVERSE = (
    any_names("casework_workprogress")
    + """
drop trigger if exists state_progress on casework_workprogress;
drop trigger if exists hold_work_progress on casework_workprogress;
drop function if exists slf.state_progress(), slf.hold_work_progress(), slf.progress_stands(bigint);
"""
)
