"""What follows a referral's audience, and the verbs that cross the wall: send, attach, tell the referrer, ask.

Each function checks the right of whoever acts, does one thing, and returns as little as it can.
"""

from slf.access.rules import Can
from slf.access.sql import changed, definer, roles_that

PARTS = ("referrals_referralperson", "referrals_referralneed")

FILL_FROM_REFERRAL = """
create or replace function slf.fill_scope_from_referral() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    new.scope_id := (select scope_id from referrals_referral where id = new.referral_id);
    return new;
end
$$;
alter function slf.fill_scope_from_referral() owner to slf_definer;
"""


def follow(part: str) -> str:
    """Return SQL by which the rows of a part stand where their referral stands."""
    return f"""
    create trigger fill_scope before insert on {part} for each row execute function slf.fill_scope_from_referral();
    alter table {part} add constraint {part}_scope_follows foreign key (referral_id, scope_id)
        references referrals_referral (id, scope_id) on update cascade;
    create index {part}_scope_referral on {part} (scope_id, referral_id);
    """


def unfollow(part: str) -> str:
    return f"""
    drop index if exists {part}_scope_referral;
    alter table {part} drop constraint if exists {part}_scope_follows;
    drop trigger if exists fill_scope on {part};
    """


FOLLOW = "\n".join(map(follow, PARTS))

# Once accepted, a referral is as closed as its family: restrict the family, and what was said about it follows.
FOLLOW_FAMILY = """
alter table referrals_referral add constraint referrals_referral_family_scope foreign key (family_id, scope_id)
    references families_family (id, scope_id) on update cascade;
"""

SEND = """
create or replace function slf.send_referral(referral bigint, sent date, due date) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    held referrals_referral%rowtype;
    place bigint;
    audience bigint;
begin
    select * into held from referrals_referral where id = referral for no key update;
    if held.id is null or held.state <> 'draft' or held.referred_by_id is distinct from slf.acting_user()
        or not held.scope_id = any (slf.scopes('write_referral'))
    then
        raise exception 'no such draft' using errcode = 'insufficient_privilege';
    end if;
    select f.locality into place from slf.place_of_postcode(held.postcode) f;
    place := coalesce(place, held.locality_id);
    select id into audience from slf_scope where audience_key = 'locality:' || place || ':';
    if audience is null then
        return null;
    end if;
    update referrals_referral
        set scope_id = audience, locality_id = place, state = 'received',
            sent_on = sent, due_on = due, sent_at = now()
        where id = referral;
    perform slf.ask_elsewhere(referral);
    return place;
end
$$;
"""

MAY_TRIAGE = """
create or replace function slf.may_triage(held_scope bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(held_scope = any (slf.scopes('write_referral')), false) and exists (
        select from slf.reaches(slf.acting_user()) r where r.scope_id = held_scope and r.role in ('senior', 'manager'))
$$;
"""

ATTACH = """
create or replace function slf.attach_referral(referral bigint, to_family bigint, decided date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    held referrals_referral%rowtype;
    audience bigint;
begin
    select * into held from referrals_referral where id = referral for no key update;
    select scope_id into audience from families_family where id = to_family;
    if held.id is null or held.state not in ('received', 'asked') or not slf.may_triage(held.scope_id)
        or audience is null or not audience = any (slf.scopes('write_card'))
    then
        raise exception 'no such referral' using errcode = 'insufficient_privilege';
    end if;
    update referrals_referral
        set family_id = to_family, scope_id = audience, state = 'accepted', asked_on = null, reply_by = null,
            decided_by_id = slf.acting_user(), decided_on = decided
        where id = referral;
end
$$;
"""

TELL = """
create or replace function slf.tell_referrer(referral bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare held referrals_referral%rowtype;
begin
    select * into held from referrals_referral where id = referral;
    if held.id is null or held.state = 'draft'
        or not (held.decided_by_id = slf.acting_user() or slf.may_triage(held.scope_id))
    then
        raise exception 'no such referral' using errcode = 'insufficient_privilege';
    end if;
    update referrals_receipt
        set state = held.state, message = held.message, decided_on = held.decided_on, due_on = held.due_on,
            enquiries = slf.enquiries_of(referral)
        where referral_id = referral;
end
$$;
"""

# Asked of every referral when it is sent and when it is accepted, and answered to nobody here: a question stands in the
# record of the family that may be meant. By identifier, or by family name and date of birth; not by address: a
# protected one would show through. A sealed family is never asked about. Each way is its own query, so that each uses
# its own index.
ASK_ELSEWHERE = """
create or replace function slf.ask_elsewhere(asked_referral bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare held referrals_referral%rowtype;
begin
    select * into held from referrals_referral where id = asked_referral and sent_on is not null;
    if held.id is null or not (
        held.referred_by_id is not distinct from slf.acting_user()
        or held.decided_by_id is not distinct from slf.acting_user()
        or slf.may_triage(held.scope_id))
    then
        raise exception 'no such referral' using errcode = 'insufficient_privilege';
    end if;
    insert into referrals_matchquestion
        (uid, family_id, scope_id, referral_id, locality_id, agency, people, asked_at, answer, note)
    select gen_random_uuid(), f.id, f.scope_id, held.id, held.locality_id, held.agency,
        jsonb_agg(distinct jsonb_build_object(
            'told', trim(r.given_names || ' ' || r.family_name), 'told_born', r.born_on,
            'recorded', trim(p.given_names || ' ' || p.family_name), 'recorded_born', p.born_on, 'why', likely.why)),
        now(), '', ''
    from (
        select distinct on (pair.told, pair.known) pair.told, pair.known, pair.why from (
            select r.id as told, p.id as known, 1 as rank, 'same identifier' as why
                from referrals_referralperson r join families_person p on p.upn = r.upn
                where r.referral_id = asked_referral
            union all
            select r.id, p.id, 1, 'same identifier'
                from referrals_referralperson r join families_person p on p.ni_number = r.ni_number
                where r.referral_id = asked_referral
            union all
            select r.id, p.id, 2, 'same date of birth and family name'
                from referrals_referralperson r join families_person p on p.born_on = r.born_on
                where r.referral_id = asked_referral and not r.born_estimated and not p.born_estimated
                  and lower(trim(p.family_name)) = lower(trim(r.family_name)) and trim(r.family_name) <> ''
        ) pair order by pair.told, pair.known, pair.rank
    ) likely
    join referrals_referralperson r on r.id = likely.told
    join families_person p on p.id = likely.known
    join families_membership m on m.person_id = p.id
    join families_family f on f.id = m.family_id
    join slf_scope s on s.id = f.scope_id
    where not f.sealed and f.id is distinct from held.family_id and s.locality_id is distinct from held.locality_id
    group by f.id, f.scope_id
    on conflict do nothing;
end
$$;
"""

# The team that has the referral is told what to do, in the words it is given, and nothing else.
ANSWER_QUESTION = """
create or replace function slf.answer_question(question bigint, said text, why text, told text, answered date)
returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare asked referrals_matchquestion%rowtype;
begin
    select * into asked from referrals_matchquestion where id = question for no key update;
    if asked.id is null or not exists (
        select from slf.reaches(slf.acting_user()) r
        where r.scope_id = asked.scope_id and r.role in (those_who_decide))
    then
        raise exception 'no such question' using errcode = 'insufficient_privilege';
    end if;
    if asked.answer <> '' then
        return false;
    end if;
    update referrals_matchquestion
        set answer = said, note = why, answered_by_id = slf.acting_user(), answered_on = answered where id = question;
    if told <> '' then
        update referrals_referral set to_do = told, to_do_on = answered where id = asked.referral_id;
    end if;
    return true;
end
$$;
""".replace("those_who_decide", roles_that(Can.RESTRICT_FAMILY))

# How many open questions stand in the record of a family that is closed to everybody who may decide: nobody named does,
# or no longer. Told as a number, and only to who heads the service.
UNHEARD = (
    """
create or replace function slf.unheard_questions() returns bigint
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if not slf.heads_service() then
        return 0;
    end if;
    return (
        with asked as materialized (
            select scope_id, count(*) as questions from referrals_matchquestion where answer = '' group by scope_id
        ), heard as materialized (
            select distinct r.scope_id
            from (select distinct user_id from slf_post where role in (those_who_decide) and period @> slf.today()) p
            cross join lateral slf.reaches(p.user_id) r
            where r.role in (those_who_decide) and exists (select from asked)
        )
        select coalesce(sum(questions), 0) from asked where scope_id not in (select scope_id from heard));
end
$$;
""".replace("those_who_decide", roles_that(Can.RESTRICT_FAMILY))
    + definer("slf.unheard_questions()")
)

# What a family's chronology says of its referral, to those who may open referrals there or work with the family.
ORIGINS = """
create or replace function slf.origins_of(family bigint)
returns table (uid uuid, agency text, sent_on date, decided_on date, decided_by_id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select r.uid, r.agency::text, r.sent_on, r.decided_on, r.decided_by_id
    from referrals_referral r
    where r.family_id = family and r.sent_on is not null and (
        r.scope_id = any (slf.scopes('read_referral'))
        or (family in (select slf.families_held(slf.acting_user())) and exists (
            select from slf.reaches(slf.acting_user()) x where x.scope_id = r.scope_id and x.role = 'fsw')))
    order by r.sent_on, r.id
$$;
"""

ORIGINS_OF_BOTH = changed(
    ORIGINS, ("r.family_id = family", "r.family_id = any ((select slf.entries_of(array[family]))::bigint[])")
)
"""The same where a family is known twice: it was referred twice."""


FORWARD = [
    FILL_FROM_REFERRAL, FOLLOW, FOLLOW_FAMILY,
    SEND, definer("slf.send_referral(bigint, date, date)"),
    MAY_TRIAGE, definer("slf.may_triage(bigint)"),
    ATTACH, definer("slf.attach_referral(bigint, bigint, date)"),
    TELL, definer("slf.tell_referrer(bigint)"),
    ASK_ELSEWHERE, definer("slf.ask_elsewhere(bigint)"),
    ANSWER_QUESTION, definer("slf.answer_question(bigint, text, text, text, date)"),
    UNHEARD,
    ORIGINS, definer("slf.origins_of(bigint)"),
]  # fmt: skip

REVERSE = (
    """
drop function if exists slf.origins_of(bigint), slf.unheard_questions(), slf.ask_elsewhere(bigint),
    slf.tell_referrer(bigint), slf.answer_question(bigint, text, text, text, date),
    slf.attach_referral(bigint, bigint, date), slf.may_triage(bigint), slf.send_referral(bigint, date, date);
alter table referrals_referral drop constraint if exists referrals_referral_family_scope;
"""
    + "\n".join(map(unfollow, PARTS))
    + "drop function if exists slf.fill_scope_from_referral();"
)
