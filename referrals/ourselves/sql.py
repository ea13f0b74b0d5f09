"""How nobody writes a referral: one function, for whoever sends the public page. No row comes back, only its uid."""

from referrals.intake import sql as intake
from referrals.ourselves.rules import ACCOUNT, AGENCY
from slf.access.sql import definer

TABLE = "referrals_ownreferral"
LONGEST = 60_000

# Everything in one transaction, in the name of an account that holds no post: what it made it cannot read. The same
# words on the same day are the referral they made first; two at once wait for each other.
REFER_OURSELVES = (
    """
create or replace function slf.refer_ourselves(told jsonb, sent date, due date) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    account bigint;
    place bigint;
    audience bigint;
    made bigint;
    kept uuid;
    acted text := coalesce(current_setting('slf.user', true), '');
begin
    if octet_length(told::text) > the_longest then
        raise exception 'too much was sent' using errcode = 'program_limit_exceeded';
    end if;
    select id into strict account from slf_user where username = the_account and is_service;
    perform pg_advisory_xact_lock(hashtextextended('refer_ourselves:' || (told->>'digest'), 0));
    select r.uid into kept from referrals_ownreferral o join referrals_referral r on r.id = o.referral_id
        where o.digest = told->>'digest' and o.sent_on = sent;
    if kept is not null then
        return kept;
    end if;
    select f.locality into place from slf.place_of_postcode(told->>'postcode') f;
    place := coalesce(place, (select id from slf_locality where slug = told->>'district'));
    select id into audience from slf_scope where audience_key = 'locality:' || place || ':';
    if audience is null then
        return null;
    end if;
    insert into referrals_referral
        (uid, scope_id, locality_id, referred_by_id, agency, state, revision, started_at, changed_at, address, postcode,
         phone, safe_contact, family_knows, agreement, agreed_on, in_danger, told_to_ring_at, spoke_to, sent_at,
         sent_on, due_on, first_tried_on, reason, message, to_do)
    values (gen_random_uuid(), audience, place, account, the_agency, 'received', 1, now(), now(), told->>'address',
        told->>'postcode', told->>'phone', told->>'other_way', true, told->>'agreement',
        case when told->>'agreement' = 'given' then sent end, false, (told->>'told_to_ring_at')::timestamptz, '', now(),
        sent, due, sent, '', '', '')
    returning id, uid into made, kept;
    insert into referrals_referralperson
        (uid, referral_id, position, part, given_names, family_name, born_on, born_estimated, school, upn, ni_number)
    select gen_random_uuid(), made, p.position - 1, p.said->>'part', p.said->>'given_names', p.said->>'family_name',
        (p.said->>'born_on')::date, (p.said->>'born_estimated')::boolean, '', '', ''
    from jsonb_array_elements(told->'people') with ordinality p (said, position);
    insert into referrals_referralneed (uid, referral_id, kind, evidence)
        select gen_random_uuid(), made, n.key, n.value from jsonb_each_text(told->'needs') n;
    insert into referrals_ownreferral
        (uid, referral_id, sender_id, may_ring, may_text, may_leave_message, days, after, before, other_way, words,
         sent_on, digest)
    select gen_random_uuid(), made, p.id, (told->>'may_ring')::boolean, (told->>'may_text')::boolean,
        (told->>'may_leave_message')::boolean,
        array(select d::smallint from jsonb_array_elements_text(told->'days') d), (told->>'after')::time,
        (told->>'before')::time, told->>'other_way', told->>'words', sent, told->>'digest'
    from referrals_referralperson p where p.referral_id = made and p.position = 0;
    if told->>'agreement' = 'given' then
        update referrals_referral set agreed_by_id = (
            select sender_id from referrals_ownreferral where referral_id = made) where id = made;
    end if;
    perform set_config('slf.user', account::text, true);
    perform slf.ask_elsewhere(made);
    perform set_config('slf.user', acted, true);
    return kept;
end
$$;
""".replace("the_account", f"'{ACCOUNT}'")
    .replace("the_agency", f"'{AGENCY}'")
    .replace("the_longest", str(LONGEST))
)

FORWARD = [
    intake.follow(TABLE),
    REFER_OURSELVES, definer("slf.refer_ourselves(jsonb, date, date)"),
]  # fmt: skip

REVERSE = "drop function if exists slf.refer_ourselves(jsonb, date, date);" + intake.unfollow(TABLE)
