"""The verb of triage that crosses the wall to another team."""

from slf.access.sql import definer

# Likeness is asked about before the audience changes, while whoever passes it on may still triage it: families of
# the team that had it are elsewhere now.
HAND_OVER = """
create or replace function slf.pass_referral(referral bigint, place bigint, passed date, why text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    held referrals_referral%rowtype;
    audience bigint;
begin
    select * into held from referrals_referral where id = referral for no key update;
    if held.id is null or held.state <> 'received' or not slf.may_triage(held.scope_id) then
        return false;
    end if;
    select id into audience from slf_scope where audience_key = 'locality:' || place || ':';
    if audience is null or place = held.locality_id or trim(why) = '' then
        return false;
    end if;
    update referrals_referral
        set locality_id = place, passed_from_id = held.locality_id, passed_on = passed, passed_why = why,
            revision = revision + 1
        where id = referral;
    perform slf.ask_elsewhere(referral);
    update referrals_referral set scope_id = audience where id = referral;
    update referrals_receipt set team = (select name from slf_locality where id = place) where referral_id = referral;
    return true;
end
$$;
"""

FORWARD = [HAND_OVER, definer("slf.pass_referral(bigint, bigint, date, text)")]
REVERSE = "drop function if exists slf.pass_referral(bigint, bigint, date, text)"
