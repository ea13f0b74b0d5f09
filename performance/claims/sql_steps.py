"""Whose step of a run it is: own name, own role, right state, no other part in it, and no conflict of interest.

A name is written by who acts; so is the step that it stands for. No run goes on without one, or in the name of
somebody who took the step before.
"""

from performance.claims.rules import AFTER_SUBMISSION, TRANSITIONS, Action, State
from slf.access.rules import Can, Role
from slf.access.sql import definer, roles_that
from slf.access.sql.own_name import any_names, own_names

# Known of a family that is claimed for: a conflict of interest in force, with any entry of the family. For others'
# functions alone: whoever could ask it of anybody would learn whom they know.
KNOWS = """
create or replace function slf.knows_of_run(run bigint, who bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from families_interest i join performance_claim c on c.family_id = any (slf.one_with(i.family_id))
        where i.user_id = who and i.ended_on is null and c.run_id = run)
$$;
alter function slf.knows_of_run(bigint, bigint) owner to slf_definer;
revoke all on function slf.knows_of_run(bigint, bigint) from public, slf_app;
create or replace function slf.i_know_of_run(run bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select slf.knows_of_run(run, slf.acting_user()) and exists (
        select from performance_claimrun r where r.id = run and r.scope_id = any (slf.scopes('read_claim')))
$$;
""" + definer("slf.i_know_of_run(bigint)")

HAS_REVIEWED = """
create or replace function slf.has_reviewed(run bigint, who bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from performance_localityreview v where v.run_id = run and v.reviewed_by_id = who)
$$;
""" + definer("slf.has_reviewed(bigint, bigint)")

# Somebody else who holds the post, has no other part in the run and knows none of its families.
ANOTHER_MAY = """
create or replace function slf.another_may(run bigint, roles text[]) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from slf_user u join slf_post p on p.user_id = u.id join performance_claimrun r on r.id = run
        where u.is_active and not u.is_service and u.id <> slf.acting_user()
          and p.role = any (roles) and p.period @> slf.today()
          and u.id <> all (array_remove(array[r.prepared_by_id, r.audited_by_id, r.signed_by_id, r.certified_by_id],
                                        null))
          and not slf.has_reviewed(run, u.id) and not slf.knows_of_run(run, u.id))
$$;
""" + definer("slf.another_may(bigint, text[])")

# Who reviews and audits knows no family of the run. Who signs and certifies neither, unless nobody else could: then it
# is written down that they knew.
FREE = (
    """
create or replace function slf.step_is_free(run bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select not slf.has_reviewed(run, slf.acting_user()) and not slf.knows_of_run(run, slf.acting_user())
$$;
create or replace function slf.may_put_name(run bigint, knowing boolean, roles text[]) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select not slf.has_reviewed(run, slf.acting_user())
       and knowing = slf.knows_of_run(run, slf.acting_user()) and not (knowing and slf.another_may(run, roles))
$$;
"""
    + definer("slf.step_is_free(bigint)")
    + definer("slf.may_put_name(bigint, boolean, text[])")
)

BY_PREPARERS = f"""exists (
            select from slf_post p where p.user_id = me and p.role in ({roles_that(Can.PREPARE_CLAIM)})
              and p.period @> slf.today())"""
WHO = {
    Action.FREEZE: "new.prepared_by_id = me",
    Action.REVIEW: f"slf.run_is_reviewed(new.id) and (pg_has_role(current_user, 'slf_definer', 'usage') "
                   f"or slf.claims_nothing(new.id) and {BY_PREPARERS})",
    Action.DRAW_SAMPLE: "new.audited_by_id = me and slf.step_is_free(new.id)",
    Action.PASS: "new.audited_by_id = me and slf.step_is_free(new.id)",
    Action.SIGN: "new.signed_by_id = me and slf.may_put_name(new.id, new.signed_knowing, "
                 f"array[{roles_that(Can.SIGN_CLAIM)}])",
    Action.CERTIFY: "new.certified_by_id = me and slf.may_put_name(new.id, new.certified_knowing, "
                    f"array[{roles_that(Can.CERTIFY_CLAIM)}])",
    Action.SUBMIT: "new.submitted_by_id = me",
    Action.WITHDRAW: "new.withdrawn_by_id = me",
}  # fmt: skip
STEPS = "\n".join(
    f"        when old.state = '{before}' and new.state = '{after}' then {WHO[action]}"
    for action, (states, after) in TRANSITIONS.items()
    for before in sorted(states)
)
SETTLING = ", ".join(f"'{state}'" for state in sorted(AFTER_SUBMISSION))
SAID_WITH = {
    State.PREPARED: ("digest", "prepared_at"),
    State.REVIEWED: ("reviewed_at",),
    State.SAMPLED: ("seed", "audited_by_id"),
    State.AUDITED: ("audited_at",),
    State.SIGNED: ("signed_by_id", "signed_at", "signed_knowing"),
    State.CERTIFIED: ("certified_by_id", "certified_at", "certified_knowing"),
    State.SUBMITTED: ("submitted_by_id", "submitted_on"),
    State.WITHDRAWN: ("withdrawn_by_id", "withdrawn_at", "withdrawn_because"),
}
"""What is said of a run only with the step that it belongs to."""
OTHERWISE = "\n".join(
    f"        or new.state <> '{state}' and ({', '.join(f'new.{c}' for c in columns)}) "
    f"is distinct from ({', '.join(f'old.{c}' for c in columns)})"
    for state, columns in SAID_WITH.items()
)
HOLD_RUN = f"""
create or replace function slf.hold_run() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
    me bigint := slf.acting_user();
begin
    if pg_has_role(current_user, 'slf_owner', 'usage') then
        return new;
    elsif tg_op = 'INSERT' then
        if new.state <> 'preparing' or num_nonnulls(new.reviewed_at, new.audited_by_id, new.signed_by_id,
            new.certified_by_id, new.submitted_by_id, new.withdrawn_by_id) > 0
        then
            raise exception 'a run begins with nothing said of it' using errcode = 'insufficient_privilege';
        end if;
    elsif old.state = new.state then
        if to_jsonb(new) - 'job_id' <> to_jsonb(old) - 'job_id' then
            raise exception 'what is said of a run is said with its step' using errcode = 'insufficient_privilege';
        end if;
    elsif (case
{STEPS}
        when old.state in ({SETTLING}) and new.state in ({SETTLING})
            then pg_has_role(current_user, 'slf_definer', 'usage')
        else false end) is not true
{OTHERWISE}
    then
        raise exception 'not yours to take this step of a run' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
grant execute on function slf.hold_run() to slf_app, slf_definer, slf_maintenance;
create trigger hold_run before insert or update on performance_claimrun
    for each row execute function slf.hold_run();
"""

NAMES = {
    "prepared_by_id": Can.PREPARE_CLAIM, "audited_by_id": Can.AUDIT_CLAIM, "signed_by_id": Can.SIGN_CLAIM,
    "certified_by_id": Can.CERTIFY_CLAIM, "submitted_by_id": Can.PREPARE_CLAIM, "withdrawn_by_id": Can.PREPARE_CLAIM,
}  # fmt: skip
IN_OWN_NAME = any_names("performance_claimrun") + own_names("performance_claimrun", NAMES)
COLUMNS = "reviewed_at, signed_knowing, certified_by_id, certified_at, certified_knowing, submitted_by_id, submitted_on"
GRANT = f"grant update ({COLUMNS}) on performance_claimrun to slf_app"

# The office of claims gains two kinds of members. Its audience stays the one that is found by its key.
OFFICE = f"""
insert into slf_scopemember (scope_id, locality_id, role)
    select s.id, l.id, added.role from slf_scope s cross join slf_locality l
    cross join (values ('{Role.MANAGER}'), ('{Role.SRO}')) added (role)
    where s.kind = 'shared' and s.name = 'Claims office';
update slf_scope s set audience_key = 'shared=' || (
    select string_agg('locality:' || m.locality_id || ':' || m.role, '|' order by m.locality_id, m.role)
    from slf_scopemember m where m.scope_id = s.id)
    where s.kind = 'shared' and s.name = 'Claims office';
"""
SMALLER_OFFICE = f"""
delete from slf_scopemember m using slf_scope s
    where m.scope_id = s.id and s.kind = 'shared' and s.name = 'Claims office'
      and m.role in ('{Role.MANAGER}', '{Role.SRO}');
update slf_scope s set audience_key = 'shared=' || (
    select string_agg('locality:' || m.locality_id || ':' || m.role, '|' order by m.locality_id, m.role)
    from slf_scopemember m where m.scope_id = s.id)
    where s.kind = 'shared' and s.name = 'Claims office';
"""
FORWARD = [HAS_REVIEWED, KNOWS, ANOTHER_MAY, FREE]
REVERSE = """
drop function if exists slf.may_put_name(bigint, boolean, text[]), slf.step_is_free(bigint),
    slf.another_may(bigint, text[]), slf.has_reviewed(bigint, bigint), slf.i_know_of_run(bigint),
    slf.knows_of_run(bigint, bigint);
"""
