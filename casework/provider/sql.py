"""What PostgreSQL holds of the provider's work: who is sent, who does which step, and that nothing said changes."""

from families.merging.sql import PERSON, keeps_its_own
from slf.access.rules import Can, Role
from slf.access.sql import definer, roles_that
from slf.access.sql.own_name import any_names, own_names

IS_SHARED = f"""
create or replace function slf.is_with_provider(scope bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from slf_scopemember m where m.scope_id = scope and m.role = '{Role.ESF}'
                   and (m.until is null or m.until > now()))
$$;
""" + definer("slf.is_with_provider(bigint)")

HOLD_PROVISION = f"""
create or replace function slf.hold_provision() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    moves text[] := array['scope_id', 'state'];
    ends constant text[] := array['ended_on', 'ended_by_id', 'ending', 'ended_words'];
begin
    if tg_op = 'INSERT' then
        if new.state <> 'sent' or not slf.is_with_provider(slf.family_scope(new.family_id)) or not exists (
            select from families_membership m
            where m.person_id = new.person_id and m.family_id = any (slf.one_with(new.family_id)))
        then
            raise exception 'somebody of a family that is shared is sent' using errcode = 'check_violation';
        end if;
        return new;
    elsif to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
        return new;
    end if;
    moves := moves || case old.state || '>' || new.state
        when 'sent>taken_on' then array['answered_on', 'answered_by_id']
        when 'sent>not_taken_on' then array['answered_on', 'answered_by_id', 'refusal', 'answer']
        when 'taken_on>begun' then array['begun_on', 'begun_by_id']
        when 'sent>ended' then ends
        when 'taken_on>ended' then ends
        when 'begun>ended' then ends end;
    if moves is null or to_jsonb(new) - moves <> to_jsonb(old) - moves
        or (old.state = 'sent' and new.state = 'ended' and new.ending <> 'unshared')
    then
        raise exception 'a provision goes on step by step; its words never change' using errcode = 'check_violation';
    elsif new.state = 'ended' and not exists (
        select from slf.reaches(slf.acting_user()) r where r.scope_id = new.scope_id and (
            (new.ending = 'unshared' and r.role in ({roles_that(Can.SHARE_FAMILY)}))
            or (new.ending <> 'unshared' and r.role in ({roles_that(Can.PROVIDE)}))))
    then
        raise exception 'not yours to end' using errcode = 'insufficient_privilege';
    elsif exists (select from casework_providercontact c where c.provision_id = new.id and new.ended_on is not null
                  and new.ending <> 'unshared' and c.happened_on > new.ended_on) then
        raise exception 'a contact was later' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_provision() owner to slf_definer;
create trigger hold_provision before insert or update on casework_provision
    for each row execute function slf.hold_provision();
revoke delete, truncate on casework_provision from slf_app;
"""

HOLD_CONTACT = """
create or replace function slf.hold_provider_contact() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from casework_provision p where p.id = new.provision_id and p.family_id = new.family_id
                   and p.state in ('taken_on', 'begun') and p.answered_on <= new.happened_on)
    then
        raise exception 'a contact is with somebody who was taken on' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_provider_contact() owner to slf_definer;
create trigger hold_provider_contact before insert on casework_providercontact
    for each row execute function slf.hold_provider_contact();
"""

NAMES: dict[str, dict[str, Can | None]] = {
    "casework_provision": {
        "sent_by_id": Can.SEND_TO_PROVIDER, "answered_by_id": Can.PROVIDE, "begun_by_id": Can.PROVIDE,
        "ended_by_id": None,
    },
    "casework_providercontact": {"recorded_by_id": Can.PROVIDE},
}  # fmt: skip
FORWARD = [
    IS_SHARED,
    HOLD_PROVISION,
    HOLD_CONTACT,
    *(own_names(table, names) for table, names in NAMES.items()),
    keeps_its_own("casework_provision", *PERSON),
]
REVERSE = (
    "drop trigger if exists as_own_person on casework_provision;"
    + "".join(any_names(table) for table in NAMES)
    + """
drop trigger if exists hold_provider_contact on casework_providercontact;
drop trigger if exists hold_provision on casework_provision;
drop function if exists slf.hold_provider_contact(), slf.hold_provision(), slf.is_with_provider(bigint);
"""
)
