"""Who may show what was left out, who ends it and who reviews it: PostgreSQL asks the same table as the doors."""

from slf.access.rules import SHORTEST_REASON, Can
from slf.access.sql import definer, roles_that


def reaches(scope: str, can: Can) -> str:
    return f"""exists (select from slf.reaches(slf.acting_user()) r
        where r.scope_id = {scope} and r.role in ({roles_that(can)}))"""


# After fill_scope, by its name. Whoever is allowed gives it in their own name, for no longer than a day from now.
ONLY_WHO_MAY = f"""
create or replace function slf.only_who_may_override() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if new.given_by_id is distinct from slf.acting_user() or new.reviewed_at is not null or new.ended_by_id is not null
        or length(trim(new.reason)) < {SHORTEST_REASON} or upper(new.period) > clock_timestamp() + interval '25 hours'
        or not {reaches("new.scope_id", Can.DECIDE_SHARING)}
    then
        raise exception 'not yours to show' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
alter function slf.only_who_may_override() owner to slf_definer;
create trigger only_who_may before insert on families_override
    for each row execute function slf.only_who_may_override();
"""

END = f"""
create or replace function slf.end_override(wanted bigint) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update families_override o
        set period = tstzrange(lower(o.period), greatest(lower(o.period), clock_timestamp())),
            ended_by_id = slf.acting_user()
        where o.id = wanted and upper(o.period) > clock_timestamp() and {reaches("o.scope_id", Can.DECIDE_SHARING)};
    return found;
end
$$;
"""

REVIEW = f"""
create or replace function slf.review_override(wanted bigint) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update families_override o set reviewed_by_id = slf.acting_user(), reviewed_at = clock_timestamp()
        where o.id = wanted and o.reviewed_at is null
          and slf.acting_user() not in (o.given_by_id, o.shown_to_id) and {reaches("o.scope_id", Can.REVIEW_ACCESS)};
    return found;
end
$$;
"""

FORWARD = [
    ONLY_WHO_MAY,
    END,
    definer("slf.end_override(bigint)"),
    REVIEW,
    definer("slf.review_override(bigint)"),
]
REVERSE = """
drop trigger if exists only_who_may on families_override;
drop function if exists slf.only_who_may_override(), slf.end_override(bigint), slf.review_override(bigint);
"""
