"""Verbs that cross the wall between two localities: tell the other side, accept, send back, withdraw.

Each locks the hand-over before it looks at its state: of two who decide at once the second finds it decided.
"""

from slf.access.rules import Can
from slf.access.sql import changed, definer, roles_that
from slf.access.sql.own_name import own_names

HANDS_OVER = roles_that(Can.REFER)
"""Of those who reach the family's audience: the doors ask for the same act."""

# The other side's row is written here and nowhere else.
ANNOUNCE = f"""
create or replace function slf.announce_transfer(proposed bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    t casework_transfer%rowtype;
    audience bigint;
begin
    select * into t from casework_transfer where id = proposed for no key update;
    select id into audience from slf_scope where audience_key = 'locality:' || t.to_locality_id || ':';
    if t.id is null or t.state <> 'proposed' or audience is null
        or t.proposed_by_id is distinct from slf.acting_user() or not t.scope_id = any (slf.scopes('write_record'))
        or not exists (select from slf.reaches(slf.acting_user()) r
                       where r.scope_id = t.scope_id and r.role in ({HANDS_OVER}))
        or (select s.locality_id from slf_scope s where s.id = t.scope_id) is distinct from t.from_locality_id
    then
        raise exception 'no such hand-over' using errcode = 'insufficient_privilege';
    end if;
    insert into casework_arrival (uid, scope_id, transfer_id, reference, people, from_locality_id, proposed_by_id,
                                  proposed_on, moves_on, keep_days, state)
        select gen_random_uuid(), audience, t.id, f.reference,
               (select count(*) from families_membership m where m.family_id = f.id and m.period @> t.proposed_on),
               t.from_locality_id, t.proposed_by_id, t.proposed_on, t.moves_on, t.keep_days, 'proposed'
        from families_family f where f.id = t.family_id;
end
$$;
""" + definer("slf.announce_transfer(bigint)")

# Who decides in the receiving locality. Returns the hand-over, locked, when it still waits; else nothing of it.
ARRIVED = f"""
create or replace function slf.arrived(arrival bigint) returns casework_transfer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    a casework_arrival%rowtype;
    t casework_transfer%rowtype;
begin
    select * into a from casework_arrival where id = arrival;
    if a.id is null or not a.scope_id = any (slf.scopes('write_referral')) or not exists (
        select from slf.reaches(slf.acting_user()) r
        where r.scope_id = a.scope_id and r.role in ({roles_that(Can.ALLOCATE)}))
    then
        raise exception 'no such hand-over' using errcode = 'insufficient_privilege';
    end if;
    select * into t from casework_transfer where id = a.transfer_id for no key update;
    if t.state <> 'proposed' then
        return null;
    end if;
    return t;
end
$$;
alter function slf.arrived(bigint) owner to slf_definer;
revoke all on function slf.arrived(bigint) from public, slf_app;
"""

# The audience of a family that the worker until now keeps for some days: it is the locality's, and theirs until then.
KEPT_AUDIENCE = """
create or replace function slf.kept_audience(t casework_transfer, worker bigint, ends timestamptz) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    home slf_scope%rowtype;
    made bigint;
begin
    select * into home from slf_scope where audience_key = 'locality:' || t.to_locality_id || ':';
    insert into slf_scope (kind, name, locality_id, audience_key)
        select 'shared', left(home.name || ', and ' || coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''),
                              u.username) || ' for a time', 200), home.locality_id, 'kept:' || t.id
        from slf_user u where u.id = worker
        returning id into made;
    insert into slf_scopemember (scope_id, locality_id, user_id, role, until, given_by_id)
        select made, m.locality_id, m.user_id, m.role, m.until, m.given_by_id from slf_scopemember m
        where m.scope_id = home.id
        union all select made, null, worker, 'fsw', ends, slf.acting_user();
    insert into slf_share (user_id, family_id, kind, period, reason, given_by_id)
        values (worker, t.family_id, 'named', tstzrange(clock_timestamp(), ends), 'Handed over to another locality',
                slf.acting_user());
    return made;
end
$$;
alter function slf.kept_audience(casework_transfer, bigint, timestamptz) owner to slf_definer;
revoke all on function slf.kept_audience(casework_transfer, bigint, timestamptz) from public, slf_app;
"""

# All in one: the record changes its audience, what the old locality held of it ends, and its worker's time with it.
# The family is locked before its hand-over, as by whoever restricts it.
ACCEPT = (
    ANNOUNCE
    + ARRIVED
    + KEPT_AUDIENCE
    + """
create or replace function slf.accept_transfer(arrival bigint, decided date) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    t casework_transfer%rowtype;
    worker bigint;
    audience bigint;
begin
    perform from families_family where id = (
        select h.family_id from casework_arrival a join casework_transfer h on h.id = a.transfer_id
        where a.id = arrival) for no key update;
    t := slf.arrived(arrival);
    if t.id is null then
        return null;
    end if;
    if (select s.locality_id from families_family f join slf_scope s on s.id = f.scope_id where f.id = t.family_id)
        is distinct from t.from_locality_id
    then
        return null;
    end if;
    update slf_share set period = tstzrange(lower(period), greatest(clock_timestamp(), lower(period))),
                         ended_by_id = slf.acting_user()
        where family_id = t.family_id and (upper(period) is null or upper(period) > clock_timestamp());
    select a.worker_id into worker from referrals_allocation a where a.family_id = t.family_id and a.period @> decided;
    update referrals_allocation
        set period = daterange(lower(period), greatest(decided, lower(period) + 1))
        where family_id = t.family_id
          and (upper(period) is null or upper(period) > greatest(decided, lower(period) + 1));
    update casework_transfer set state = 'accepted', decided_by_id = slf.acting_user(), decided_on = decided
        where id = t.id;
    update casework_arrival set state = 'accepted', decided_on = decided where transfer_id = t.id;
    if t.keep_days > 0 and worker is not null then
        audience := slf.kept_audience(t, worker, clock_timestamp() + make_interval(days => t.keep_days));
    else
        select id into audience from slf_scope where audience_key = 'locality:' || t.to_locality_id || ':';
    end if;
    perform set_config('slf.moves_on', t.moves_on::text, true);
    update families_family set scope_id = audience where id = t.family_id;
    perform set_config('slf.moves_on', '', true);
    return t.family_id;
end
$$;
"""
    + definer("slf.accept_transfer(bigint, date)")
)

ACCEPT_ALONE = ACCEPT[ACCEPT.index("create or replace function slf.accept_transfer") :]
ENDS_FOR_BOTH = changed(
    ACCEPT_ALONE,
    (
        "where family_id = t.family_id and (upper(period) is null or upper(period) > clock_timestamp())",
        "where family_id = any (slf.entries_of(array[t.family_id]))\n"
        "          and (upper(period) is null or upper(period) > clock_timestamp())",
    ),
)
"""The same where a family is known twice: what was held of either ends."""

SEND_BACK = """
create or replace function slf.send_back_transfer(arrival bigint, why text, decided date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare t casework_transfer%rowtype := slf.arrived(arrival);
begin
    if t.id is null then
        return false;
    end if;
    update casework_transfer
        set state = 'sent_back', answer = why, decided_by_id = slf.acting_user(), decided_on = decided where id = t.id;
    update casework_arrival set state = 'sent_back', decided_on = decided where transfer_id = t.id;
    return true;
end
$$;
""" + definer("slf.send_back_transfer(bigint, text, date)")

WITHDRAW = f"""
create or replace function slf.withdraw_transfer(proposed bigint, decided date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare t casework_transfer%rowtype;
begin
    select * into t from casework_transfer where id = proposed for no key update;
    if t.id is null or t.state <> 'proposed' then
        return false;
    end if;
    if not t.scope_id = any (slf.scopes('write_record')) or not exists (
        select from slf.reaches(slf.acting_user()) r
        where r.scope_id = t.scope_id and r.role in ({HANDS_OVER}))
    then
        raise exception 'no such hand-over' using errcode = 'insufficient_privilege';
    end if;
    update casework_transfer set state = 'withdrawn', decided_by_id = slf.acting_user(), decided_on = decided
        where id = t.id;
    update casework_arrival set state = 'withdrawn', decided_on = decided where transfer_id = t.id;
    return true;
end
$$;
""" + definer("slf.withdraw_transfer(bigint, date)")

# When the time is over, the audience is the locality's own again. One that something still names is tried again later;
# so is the one to which a family that is closed to named people goes back, or it would go to the locality before.
CLOSE_KEPT = """
create or replace function slf.close_kept_transfers() returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    kept record;
    closed integer := 0;
begin
    set constraints all immediate;
    for kept in select s.id, h.id home from slf_scope s
                join slf_scope h on h.audience_key = 'locality:' || s.locality_id || ':'
                where s.audience_key like 'kept:%' order by s.id loop
        perform from families_family where scope_id = kept.id for no key update;
        continue when exists (select from slf_scopemember
                              where scope_id = kept.id and user_id is not null and until > clock_timestamp());
        continue when exists (select from families_family f join slf_scope s on s.id = f.scope_id
                              join families_familyevent e on e.pgh_obj_id = f.id and e.scope_id = kept.id
                              where s.locality_id is null);
        begin
            update families_family set scope_id = kept.home where scope_id = kept.id;
            delete from slf_scopemember where scope_id = kept.id;
            delete from slf_scope where id = kept.id;
            closed := closed + 1;
        exception when foreign_key_violation then
            raise warning 'audience % is named by a row that does not follow its family', kept.id;
        end;
    end loop;
    return closed;
end
$$;
""" + definer("slf.close_kept_transfers()")

# A family that is closed to named people is handed over no more: the other locality is not to go on counting it.
CLOSED = """
create or replace function slf.withdraw_what_waits() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    t casework_transfer%rowtype;
    done date;
begin
    select * into t from casework_transfer where family_id = new.id and state = 'proposed' for no key update;
    if t.id is not null and exists (select from slf_scope where id = new.scope_id and kind = 'restricted') then
        select max(r.done_on) into done from families_restrictionstep r where r.family_id = new.id;
        done := coalesce(done, slf.today());
        update casework_transfer set state = 'withdrawn', decided_by_id = slf.acting_user(), decided_on = done
            where id = t.id;
        update casework_arrival set state = 'withdrawn', decided_on = done where transfer_id = t.id;
    end if;
    return null;
end
$$;
alter function slf.withdraw_what_waits() owner to slf_definer;
create trigger withdraw_what_waits after update of scope_id on families_family for each row
    when (old.scope_id is distinct from new.scope_id) execute function slf.withdraw_what_waits();
"""

# The state of a hand-over changes by these functions alone.
NARROW = """
revoke update, delete on casework_transfer from slf_app;
revoke insert, update, delete on casework_arrival from slf_app;
"""
FORWARD = [ACCEPT, SEND_BACK, WITHDRAW, CLOSE_KEPT, CLOSED, NARROW]
REVERSE = """
drop trigger if exists withdraw_what_waits on families_family;
drop function if exists slf.withdraw_what_waits(), slf.close_kept_transfers(), slf.withdraw_transfer(bigint, date),
    slf.send_back_transfer(bigint, text, date), slf.accept_transfer(bigint, date),
    slf.kept_audience(casework_transfer, bigint, timestamptz), slf.arrived(bigint), slf.announce_transfer(bigint);
grant update, delete on casework_transfer to slf_app; grant insert, update, delete on casework_arrival to slf_app;
"""

# Who offers a family; who takes it or sends it back is written by the functions above.
OWN_NAMES = own_names("casework_transfer", {"proposed_by_id": None, "decided_by_id": None})
