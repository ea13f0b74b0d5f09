"""What the database holds of conflicts of interest: who says so and ends it, and that nothing is opened meanwhile."""

from slf.access.policies import ProtectRecord
from slf.access.rules import SHORTEST_REASON, Can
from slf.access.sql import definer, roles_that


class ProtectInterest(ProtectRecord):
    """Read by those who supervise, and by the one it is about. Functions write it."""

    def readable(self) -> str:
        return f"{super().readable()} or user_id = (select slf.acting_user())"

    def insertable(self) -> str:
        return "false"

    def statements(self, table: str) -> list[str]:
        return [*super().statements(table), f"revoke insert on {table} from slf_app"]

    def undo(self, table: str) -> list[str]:
        return [*super().undo(table), f"grant insert on {table} to slf_app"]


# The first is for other functions alone: whoever could ask it would learn of anybody whom they know.
KNOWS = """
create or replace function slf.knows(who bigint, family bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from families_interest i
                   where i.user_id = who and i.family_id = any (slf.one_with(family)) and i.ended_on is null)
$$;
alter function slf.knows(bigint, bigint) owner to slf_definer;
revoke all on function slf.knows(bigint, bigint) from public, slf_app;
create or replace function slf.declared(who bigint, family bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select slf.knows(who, family) and (
        who = slf.acting_user() or slf.family_scope(family) = any (slf.scopes('read_supervision')))
$$;
""" + definer("slf.declared(bigint, bigint)")

# Whoever is given something and whoever says that they know the family take turns by the person's row, as everywhere.
REFUSE = """
create or replace function slf.refuse_who_knows() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare who bigint := (to_jsonb(new) ->> tg_argv[0])::bigint;
begin
    perform from slf_user where id = who for no key update;
    if slf.knows(who, new.family_id) then
        raise exception 'somebody who knows the family is given nothing of it'
            using errcode = 'check_violation', constraint = tg_table_name || '_not_who_knows_them';
    end if;
    return new;
end
$$;
alter function slf.refuse_who_knows() owner to slf_definer;
"""


def refuses_who_knows(table: str, person: str, *, over: str) -> str:
    """Return the triggers that let a table give nothing of a family to who knows it; what is ``over`` is history."""
    return f"""
create trigger not_who_knows_them before insert on {table} for each row
    when (upper_inf(new.period) or upper(new.period) > {over})
    execute function slf.refuse_who_knows('{person}');
create trigger not_longer_who_knows_them before update of period, {person} on {table} for each row
    when (new.{person} <> old.{person} or (upper_inf(new.period) and not upper_inf(old.period))
          or upper(new.period) > upper(old.period))
    execute function slf.refuse_who_knows('{person}');
"""


def accepts_who_knows(table: str) -> str:
    return (
        f"drop trigger if exists not_who_knows_them on {table};"
        f"drop trigger if exists not_longer_who_knows_them on {table};"
    )


# What they hold of it to look at ends at once. Work with it goes on until somebody else has it: no family is dropped.
DECLARE = f"""
create or replace function slf.declare_interest(family bigint, who bigint, what text, said text, on_day date)
returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    me bigint := slf.acting_user();
    audience bigint;
    made bigint;
    moment timestamptz;
begin
    perform from slf_user where id = who for no key update;
    select scope_id into audience from families_family where id = family for no key update;
    if me is null or audience is null or not audience = any (slf.scopes('read_card')) or not (who = me or exists (
        select from slf.reaches(me) r where r.scope_id = audience and r.role in ({roles_that(Can.REVIEW_FAMILY)})))
    then
        raise exception 'no such family' using errcode = 'insufficient_privilege';
    end if;
    select i.id into made from families_interest i
        where i.family_id = any (slf.one_with(family)) and i.user_id = who and i.ended_on is null;
    if made is not null then
        return made;
    end if;
    moment := clock_timestamp();
    insert into families_interest (uid, family_id, user_id, kind, words, declared_by_id, began_on, at, ended_because)
        values (gen_random_uuid(), family, who, what, trim(said), me, on_day, moment, '') returning id into made;
    update slf_share set period = tstzrange(lower(period), greatest(moment, lower(period))), ended_by_id = me
        where user_id = who and family_id = any (slf.one_with(family)) and kind in ('opened', 'cover', 'emergency')
          and (upper_inf(period) or upper(period) > moment);
    update slf_scopemember set until = moment
        where scope_id = audience and user_id = who and role = 'emergency' and until > moment;
    perform slf.derive_shares(who);
    return made;
end
$$;
""" + definer("slf.declare_interest(bigint, bigint, text, text, date)")

# By somebody who reviews the work with the family: not the one it is about, not the one who said so. False when over.
END = f"""
create or replace function slf.end_interest(interest bigint, why text, on_day date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    me bigint := slf.acting_user();
    held families_interest%rowtype;
begin
    select * into held from families_interest where id = interest for no key update;
    if held.id is null or me in (held.user_id, held.declared_by_id) or length(trim(why)) < {SHORTEST_REASON}
        or not exists (select from slf.reaches(me) r
                       where r.scope_id = held.scope_id and r.role in ({roles_that(Can.REVIEW_FAMILY)}))
    then
        raise exception 'no such conflict of interest' using errcode = 'insufficient_privilege';
    end if;
    if held.ended_on is not null then
        return false;
    end if;
    update families_interest
        set ended_on = greatest(on_day, began_on), ended_by_id = me, ended_because = trim(why) where id = interest;
    return true;
end
$$;
""" + definer("slf.end_interest(bigint, text, date)")

# Nobody who knows a family is newly named for it when it is closed. Of who was named before those who decide are told.
NAMED = """
create or replace function slf.name_nobody_who_knows() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (
        select from unnest(new.named) n
        where slf.knows(split_part(n, ':', 1)::bigint, new.family_id)
          and not n = any (coalesce((select r.named from families_restrictionstep r
                                     where r.family_id = new.family_id order by r.number desc limit 1), '{}')))
    then
        raise exception 'somebody who is named knows the family'
            using errcode = 'check_violation', constraint = 'families_restrictionstep_not_who_knows_them';
    end if;
    return new;
end
$$;
alter function slf.name_nobody_who_knows() owner to slf_definer;
create trigger not_who_knows_them before insert on families_restrictionstep
    for each row execute function slf.name_nobody_who_knows();
"""

FORWARD = [KNOWS, REFUSE, refuses_who_knows("slf_share", "user_id", over="now()"), DECLARE, END, NAMED]
REVERSE = f"""
drop trigger if exists not_who_knows_them on families_restrictionstep;
{accepts_who_knows("slf_share")}
drop function if exists slf.name_nobody_who_knows(), slf.end_interest(bigint, text, date),
    slf.declare_interest(bigint, bigint, text, text, date), slf.refuse_who_knows(),
    slf.declared(bigint, bigint), slf.knows(bigint, bigint);
"""
