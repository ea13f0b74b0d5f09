"""What PostgreSQL holds of an opinion: who gives it, on what findings, and that nobody signs against it."""

from performance.audit.sql import FRAME, HOLD_DRAW, MAY_AUDIT
from slf.access.rules import Can
from slf.access.sql import changed, definer, without_trigger
from slf.access.sql.own_name import any_names, own_names

# An extension takes more of the lines than the drawing before it, by share or by number, and changes nothing else.
MAY_EXTEND = changed(
    without_trigger(HOLD_DRAW),
    ("d.least <> new.least or d.share >= new.share", "d.share > new.share or d.least >= new.least"),
)

# A line with a warning is always tested: somebody has signed the warning off by the time the run is signed.
NO_FRAME = "drop function slf.run_frame(bigint);"
WITH_WARNED = [
    NO_FRAME,
    changed(
        FRAME[0],
        ("self_certified boolean)", "self_certified boolean, warned boolean)"),
        (
            "f.kind = 'employment_spell'))\n",
            "f.kind = 'employment_spell')),\n            exists (select from performance_linewarning w\n"
            "                    where w.judged_id = c.judged_id and w.component = c.component)\n",
        ),
    ),
    definer("slf.run_frame(bigint)"),
]

# Over the wall: a line of a family closed to named people since stops a signature like any other.
STOPS = [
    """
create or replace function slf.audit_of_run(run bigint, out opinion text, out sampled integer, out tested integer,
    out failed integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from performance_claimrun r
                   where r.id = run and r.scope_id = any (slf.scopes('read_claim'))) then
        raise exception 'no such run' using errcode = 'insufficient_privilege';
    end if;
    opinion := coalesce((select o.level from performance_auditopinion o where o.run_id = run), '');
    select count(*), count(*) filter (where t.result <> ''), count(*) filter (where t.result = 'failed')
        into sampled, tested, failed from performance_audittest t where t.run_id = run;
end
$$;
""",
    definer("slf.audit_of_run(bigint)"),
]
HOLD_OPINION = f"""
create or replace function slf.hold_opinion() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    failed integer := (select count(*) from performance_audittest t
                       where t.run_id = new.run_id and t.result = 'failed');
begin
    if not exists (select from performance_claimrun r where r.id = new.run_id and r.state = 'sampled'
                   and r.audited_by_id = slf.acting_user()) or not {MAY_AUDIT} then
        raise exception 'the auditor who drew the sample gives the opinion' using errcode = 'insufficient_privilege';
    elsif exists (select from performance_audittest t where t.run_id = new.run_id and t.result = '')
        or new.failed <> failed or (failed > 0 and new.level not in ('limited', 'none')) then
        raise exception 'an opinion follows from what was found in the whole sample' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
{definer("slf.hold_opinion()")}
create trigger hold_opinion before insert on performance_auditopinion
    for each row execute function slf.hold_opinion();
create or replace function slf.signed_as_audited() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    said text := (select o.level from performance_auditopinion o where o.run_id = new.id);
begin
    if pg_has_role(session_user, 'slf_owner', 'usage') then
        return new;
    elsif new.state = 'audited' and said is null then
        raise exception 'a run is audited with an opinion' using errcode = 'check_violation';
    elsif old.state = 'audited' and new.state not in ('audited', 'withdrawn') and (said = 'none' or exists (
        select from performance_audittest t where t.run_id = new.id and t.result = 'failed')) then
        raise exception 'internal audit stops this run' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
{definer("slf.signed_as_audited()")}
create trigger signed_as_audited before update of state on performance_claimrun
    for each row when (old.state is distinct from new.state) execute function slf.signed_as_audited();
"""
FORWARD = [
    *WITH_WARNED, MAY_EXTEND, *STOPS, HOLD_OPINION,
    own_names("performance_auditopinion", {"given_by_id": Can.AUDIT_CLAIM}),
]  # fmt: skip
REVERSE = (
    any_names("performance_auditopinion")
    + without_trigger(HOLD_DRAW)
    + NO_FRAME
    + "".join(FRAME)
    + """
drop trigger if exists signed_as_audited on performance_claimrun;
drop trigger if exists hold_opinion on performance_auditopinion;
drop function if exists slf.signed_as_audited(), slf.hold_opinion(), slf.audit_of_run(bigint);
"""
)
