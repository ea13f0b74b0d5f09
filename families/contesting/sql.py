"""What a claim's reader is told of contested facts: the day alone, where the claim is theirs to read."""

from slf.access.rules import Can
from slf.access.sql import changed, definer, roles_that, without_trigger
from slf.access.sql.own_name import own_names

CONTESTED_FACTS = """
create or replace function slf.contested_facts(family bigint) returns table (fact uuid, since date)
language sql stable security definer set search_path = public, pg_temp as $$
    select c.target, min(c.received_on) from families_contest c
    where c.family_id = family and c.about = 'fact' and c.decision in ('', 'noted')
      and (c.scope_id = any (slf.scopes('read_claim')) or c.scope_id = any (slf.scopes('read_evidence')))
    group by 1
$$;
"""

OF_BOTH = changed(
    CONTESTED_FACTS,
    ("c.family_id = family and", "c.family_id = any ((select slf.one_with(family))::bigint[]) and"),
)
"""The same where a family is known twice: what was contested of either."""

# Only who decides what may be shown writes the decision; whoever takes one down leaves that open.
DECIDES = f"""
create or replace function slf.only_who_may_decide() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if new.decision <> '' and (tg_op = 'INSERT' or old.decision is distinct from new.decision) and (
        new.decided_by_id is distinct from slf.acting_user() or tg_op = 'INSERT' or old.decision <> ''
        or not exists (select from slf.reaches(slf.acting_user()) r
                       where r.scope_id = new.scope_id and r.role in ({roles_that(Can.DECIDE_SHARING)})))
    then
        raise exception 'not yours to decide' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
alter function slf.only_who_may_decide() owner to slf_definer;
create trigger only_who_may before insert or update on families_contest
    for each row execute function slf.only_who_may_decide();
revoke delete on families_contest from slf_app;
"""

# What was decided is never said otherwise afterwards, nor taken back.
DECIDED_ONCE = f"""
create or replace function slf.only_who_may_decide() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        if new.decision <> '' then
            raise exception 'not yours to decide' using errcode = 'insufficient_privilege';
        end if;
        return new;
    end if;
    if (new.decision, new.reason, new.decided_by_id, new.decided_on)
        is distinct from (old.decision, old.reason, old.decided_by_id, old.decided_on) and (
        old.decision <> '' or new.decided_by_id is distinct from slf.acting_user()
        or not exists (select from slf.reaches(slf.acting_user()) r
                       where r.scope_id = new.scope_id and r.role in ({roles_that(Can.DECIDE_SHARING)})))
    then
        raise exception 'not yours to decide' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
alter function slf.only_who_may_decide() owner to slf_definer;
"""
BY_WHO_MAY = without_trigger(DECIDES)

# What somebody contested stays as it was taken down, and that they were told is said by who told them.
STAYS_AS_SAID = changed(
    DECIDED_ONCE,
    (
        "    return new;\nend\n",
        """    if to_jsonb(new) - later <> to_jsonb(old) - later or (
        (new.told_on, new.told_how) is distinct from (old.told_on, old.told_how)
        and new.told_by_id is distinct from slf.acting_user())
    then
        raise exception 'what is contested stays as it was said' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
""",
    ),
    (
        "as $$\nbegin\n",
        """as $$
declare
    later constant text[] := array['scope_id', 'decision', 'reason', 'decided_by_id', 'decided_on', 'told_by_id',
                                   'told_on', 'told_how'];
begin
""",
    ),
)

FORWARD = [CONTESTED_FACTS, definer("slf.contested_facts(bigint)"), DECIDES]
REVERSE = """
grant delete on families_contest to slf_app;
drop trigger if exists only_who_may on families_contest;
drop function if exists slf.only_who_may_decide(), slf.contested_facts(bigint);
"""

# Who took it down and who told them; who decides is asked above.
OWN_NAMES = own_names("families_contest", {"taken_by_id": None, "told_by_id": None})
