"""What PostgreSQL holds of an assessment: who signs it off, and that nothing in it changes once it is finished.

The assessment's row is read ``for share`` by whatever writes an answer, so a finishing that goes on is waited for.
Moving a family to another audience changes ``scope_id`` alone and is let through.
"""

from families.merging.sql import PERSON, keeps_its_own, own_people
from slf.access.rules import Can
from slf.access.sql import roles_that
from slf.access.sql.own_name import any_names, own_names

MAY_SIGN = f"""
create or replace function slf.signs_assessments(scope bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from slf.reaches(slf.acting_user()) r
                   where r.scope_id = scope and r.role in ({roles_that(Can.SIGN_ASSESSMENT)}))
$$;
alter function slf.signs_assessments(bigint) owner to slf_definer;
revoke all on function slf.signs_assessments(bigint) from public, slf_app;
"""  # noqa: S608

HOLD_ASSESSMENT = """
create or replace function slf.hold_assessment() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    to_write constant text[] := array['scope_id', 'revision'];
    to_finish constant text[] := array['scope_id', 'state', 'finished_on', 'finished_by_id'];
    to_return constant text[] := array['scope_id', 'state', 'sent_back_on', 'sent_back_by_id', 'sent_back_because'];
    to_sign constant text[] := array['scope_id', 'state', 'signed_on', 'signed_by_id'];
    to_drop constant text[] := array['scope_id', 'state'];
    step text;
begin
    if tg_op = 'INSERT' then
        if new.state <> 'writing' or slf.case_is_over(new.family_id) then
            raise exception 'an assessment begins by being written, with an open case'
                using errcode = 'check_violation';
        end if;
        if new.reviews_id is not null and not exists (
            select from casework_assessment a
            where a.id = new.reviews_id and a.family_id = any (slf.one_with(new.family_id)) and a.state = 'signed')
        then
            raise exception 'a review is of a signed assessment of the same family' using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
        return new;
    end if;
    step := case when old.state = new.state then old.state else old.state || '>' || new.state end;
    if step in ('finished>signed', 'finished>returned') and (
        not slf.signs_assessments(new.scope_id) or old.finished_by_id = slf.acting_user())
    then
        raise exception 'not yours to sign off' using errcode = 'insufficient_privilege';
    end if;
    if not (case step
        when 'writing' then to_jsonb(new) - to_write = to_jsonb(old) - to_write
        when 'returned' then to_jsonb(new) - to_write = to_jsonb(old) - to_write
        when 'writing>finished' then to_jsonb(new) - to_finish = to_jsonb(old) - to_finish
        when 'returned>finished' then to_jsonb(new) - to_finish = to_jsonb(old) - to_finish
        when 'finished>returned' then to_jsonb(new) - to_return = to_jsonb(old) - to_return
        when 'finished>signed' then to_jsonb(new) - to_sign = to_jsonb(old) - to_sign
        when 'writing>dropped' then to_jsonb(new) - to_drop = to_jsonb(old) - to_drop
        when 'returned>dropped' then to_jsonb(new) - to_drop = to_jsonb(old) - to_drop
        else false end)
    then
        raise exception 'an assessment is written, finished, and signed off or sent back; then it does not change'
            using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_assessment() owner to slf_definer;
create trigger hold_assessment before insert or update on casework_assessment
    for each row execute function slf.hold_assessment();
revoke delete, truncate on casework_assessment from slf_app;
"""

INSIST_ON_OPEN = """
create or replace function slf.insist_on_open_assessment(asked bigint, of_family bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform from casework_assessment
        where id = asked and family_id = of_family and state in ('writing', 'returned') for share;
    if not found then
        raise exception 'what a finished assessment says does not change' using errcode = 'check_violation';
    end if;
end
$$;
alter function slf.insist_on_open_assessment(bigint, bigint) owner to slf_definer;
revoke all on function slf.insist_on_open_assessment(bigint, bigint) from public, slf_app;
"""

HOLD_ANSWER = """
create or replace function slf.hold_assessment_answer() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if tg_op = 'UPDATE' and to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
        return new;
    end if;
    if tg_op = 'UPDATE' then
        perform slf.insist_on_open_assessment(old.assessment_id, old.family_id);
    end if;
    perform slf.insist_on_open_assessment(new.assessment_id, new.family_id);
    if not exists (
        select from casework_assessmentquestion q
        join casework_assessmentsection s on s.id = q.section_id
        join casework_assessment a on a.id = new.assessment_id and a.tool_id = q.tool_id
        where q.id = new.question_id and (s.whose = 'member') = (new.person_id is not null))
    then
        raise exception 'an answer is to a question of its own assessment, of whom it asks about'
            using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_assessment_answer() owner to slf_definer;
create trigger hold_assessment_answer before insert or update on casework_assessmentanswer
    for each row execute function slf.hold_assessment_answer();
revoke delete, truncate on casework_assessmentanswer from slf_app;
"""

HOLD_KEPT = """
create or replace function slf.hold_kept_from() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    held bigint := case tg_op when 'DELETE' then old.answer_id else new.answer_id end;
begin
    if tg_op = 'UPDATE' and to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
        return new;
    elsif tg_op = 'UPDATE' then
        raise exception 'who must not learn of an answer is written anew' using errcode = 'check_violation';
    end if;
    perform slf.insist_on_open_assessment(a.assessment_id, coalesce(new.family_id, old.family_id))
        from casework_assessmentanswer a where a.id = held;
    if tg_op = 'INSERT' and not found then
        raise exception 'somebody is kept from an answer of their own family' using errcode = 'check_violation';
    end if;
    return coalesce(new, old);
end
$$;
alter function slf.hold_kept_from() owner to slf_definer;
create trigger hold_kept_from before insert or update or delete on casework_keptfrom
    for each row execute function slf.hold_kept_from();
"""

TOLD = ("person_id", "told_by_id")
OWN_PEOPLE = [own_people(*TOLD), keeps_its_own("casework_assessmentanswer", *TOLD)]
OWN_PEOPLE += [keeps_its_own("casework_keptfrom", *PERSON)]
OWN_NAMES = [
    own_names(
        "casework_assessment",
        {
            "started_by_id": Can.WORK_FAMILY, "finished_by_id": Can.WORK_FAMILY,
            "signed_by_id": Can.SIGN_ASSESSMENT, "sent_back_by_id": Can.SIGN_ASSESSMENT,
        },
    ),
    own_names("casework_assessmentanswer", {"written_by_id": Can.WORK_FAMILY}),
]  # fmt: skip

FORWARD = [MAY_SIGN, HOLD_ASSESSMENT, INSIST_ON_OPEN, HOLD_ANSWER, HOLD_KEPT, *OWN_PEOPLE, *OWN_NAMES]
REVERSE = (
    any_names("casework_assessment")
    + any_names("casework_assessmentanswer")
    + """
drop trigger if exists as_own_person on casework_assessmentanswer;
drop trigger if exists as_own_person on casework_keptfrom;
drop trigger if exists hold_assessment on casework_assessment;
drop trigger if exists hold_assessment_answer on casework_assessmentanswer;
drop trigger if exists hold_kept_from on casework_keptfrom;
drop function if exists slf.own_person_id_and_told_by_id(), slf.hold_kept_from(), slf.hold_assessment_answer(),
    slf.insist_on_open_assessment(bigint, bigint), slf.hold_assessment(), slf.signs_assessments(bigint);
"""
)
