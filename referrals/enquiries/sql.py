"""What crosses the wall between a team and the referrer: the questions as a copy, the reply by a function."""

from referrals.intake import sql as intake
from slf.access.sql import definer

TABLE = "referrals_enquiry"

# What the referrer's receipt keeps. Only functions of the definer's ask it.
ENQUIRIES_OF = """
create or replace function slf.enquiries_of(referral bigint) returns jsonb
language sql stable set search_path = public, pg_temp as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'uid', e.uid, 'about', e.about, 'question', e.question, 'asked_on', e.asked_on, 'reply_by', e.reply_by,
        'reply', e.reply, 'replied_on', e.replied_on) order by e.round, e.id), '[]')
    from referrals_enquiry e where e.referral_id = referral
$$;
alter function slf.enquiries_of(bigint) owner to slf_definer;
revoke all on function slf.enquiries_of(bigint) from public;
"""

# In the name of whoever referred, who does not see the referral any more. All open questions at once, or none.
REPLY = """
create or replace function slf.reply_to_team(kept uuid, replies jsonb, replied date, due date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare held referrals_referral%rowtype;
begin
    select * into held from referrals_referral where uid = kept for no key update;
    if held.id is null or held.referred_by_id is distinct from slf.acting_user() or not exists (
        select from referrals_receipt c
        where c.referral_id = held.id and c.scope_id = any (slf.scopes('write_referral')))
    then
        raise exception 'no such referral' using errcode = 'insufficient_privilege';
    end if;
    if held.state <> 'asked' then
        return false;
    end if;
    update referrals_enquiry e set reply = given.value, replied_on = replied
        from jsonb_each_text(replies) given
        where e.referral_id = held.id and e.replied_on is null and e.uid::text = given.key;
    if exists (select from referrals_enquiry e where e.referral_id = held.id and e.replied_on is null) then
        raise exception 'a question is left open' using errcode = 'check_violation';
    end if;
    update referrals_referral
        set state = 'received', asked_on = null, reply_by = null, due_on = due, revision = revision + 1
        where id = held.id;
    update referrals_receipt set state = 'received', due_on = due, enquiries = slf.enquiries_of(held.id)
        where referral_id = held.id;
    return true;
end
$$;
"""

FORWARD = [
    intake.follow(TABLE),
    ENQUIRIES_OF,
    REPLY, definer("slf.reply_to_team(uuid, jsonb, date, date)"),
]  # fmt: skip

REVERSE = (
    "drop function if exists slf.reply_to_team(uuid, jsonb, date, date), slf.enquiries_of(bigint);"
    + intake.unfollow(TABLE)
)
