"""The verb of triage that crosses the wall to another team."""

from slf.access.rules import Can
from slf.access.sql import changed, definer
from slf.access.sql.own_name import own_names

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

# Whoever referred is a partner where they hold such a post; colleagues refer too. Of what was asked and answered this
# tells that it was, never the words; a look is known by its address in the log.
SHOWN = """
create or replace function slf.shown_to_referrers(family bigint)
returns table (shown_on date, what text, detail text, to_id bigint, agency text, by_id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    with ours as (
        select r.id, r.uid, r.state, r.decided_on, r.decided_by_id, r.referred_by_id, c.agency
        from referrals_referral r join referrals_receipt c on c.referral_id = r.id
        where r.family_id = family and slf.family_scope(family) = any (slf.scopes('read_evidence'))),
    of_partners as (
        select o.* from ours o where exists (
            select from slf_post p where p.user_id = o.referred_by_id and p.role = 'referrer'))
    select e.asked_on, 'question', e.about::text, o.referred_by_id, o.agency::text, e.asked_by_id
        from of_partners o join referrals_enquiry e on e.referral_id = o.id
    union all
    select o.decided_on, 'status', o.state::text, o.referred_by_id, o.agency::text, o.decided_by_id
        from of_partners o where o.decided_on is not null
    union all
    select o.decided_on, 'esf', '', null, '', o.decided_by_id from ours o
        where o.state = 'esf' and o.decided_on is not null
    union all
    select (v.at at time zone 'Europe/London')::date, 'status', count(*)::text, o.referred_by_id, o.agency::text, null
        from of_partners o join slf_view v on v.user_id = o.referred_by_id and v.door like '%/' || o.uid || '/%'
        where v.what = 'Receipt of a referral'
        group by 1, o.id, o.referred_by_id, o.agency
$$;
"""

SHOWN_OF_BOTH = changed(
    SHOWN, ("r.family_id = family", "r.family_id = any ((select slf.entries_of(array[family]))::bigint[])")
)
"""The same where a family is known twice: it was referred twice."""

FORWARD = [
    HAND_OVER,
    definer("slf.pass_referral(bigint, bigint, date, text)"),
    SHOWN,
    definer("slf.shown_to_referrers(bigint)"),
]
REVERSE = "drop function if exists slf.pass_referral(bigint, bigint, date, text), slf.shown_to_referrers(bigint)"

# Who decides on a referral here; what crosses to another team is written by the functions.
OWN_NAMES = own_names("referrals_referral", {"decided_by_id": Can.TRIAGE})
