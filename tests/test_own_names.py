"""Every column that says who did something, and how PostgreSQL keeps others' names out of it; or that it does not."""

from datetime import date

import pytest
from django.apps import apps
from django.db import Error, connection, transaction

from slf.access.acting import acting_as
from slf.access.models import Post
from slf.access.rules import Role
from slf.accounts.models import User

pytestmark = pytest.mark.django_db
FLOORS = {"slf", "families", "referrals", "casework", "performance"}
OF_SOMEBODY = {
    "casework_action.worker_id", "casework_alarmcall.user_id", "casework_turn.user_id",
    "casework_agreedaction.owner_id", "casework_decision.worker_id",
    "casework_supervisionpart.worker_id", "casework_handover.former_id", "casework_handover.next_id",
    "casework_importrow.worker_id", "casework_plannedvisit.worker_id", "casework_takingback.confirmed_by_id",
    "casework_task.owner_id", "casework_taskstep.owner_before_id", "casework_taskstep.owner_id",
    "casework_concern.accused_id", "casework_concern.first_by_id", "casework_invitee.user_id",
    "casework_teammember.user_id", "families_interest.user_id",
    "families_numbertry.user_id",
    "performance_keptreport.reader_id", "performance_reportschedule.reader_id",
    "families_override.shown_to_id", "families_restrictionstep.worker_id", "referrals_allocation.worker_id",
    "referrals_leave.worker_id", "referrals_referral.reviewer_id", "referrals_workpattern.worker_id",
    "slf_accountchange.user_id", "slf_emergencytry.user_id", "slf_familyuserobjectpermission.user_id",
    "slf_foundfile.sender_id", "slf_heldfile.waiter_id",
    "slf_localityuserobjectpermission.user_id", "slf_post.user_id", "slf_scopemember.user_id", "slf_share.user_id",
    "slf_signinreset.user_id",
}  # fmt: skip
"""Whom a row is about, not who did it."""

BY_THEIR_OWN_TRIGGER = {
    "casework_closing.proposed_by_id", "casework_closing.decided_by_id", "casework_closing.taken_back_by_id",
    "casework_ownpage.handed_by_id", "casework_ownpageword.read_by_id",
    "families_contest.decided_by_id", "families_override.given_by_id", "families_restrictionstep.by_id",
    "slf_settingvalue.proposed_by_id", "slf_settingvalue.confirmed_by_id", "slf_settingvalue.taken_back_by_id",
}  # fmt: skip
"""Asked together with other things of the row; tested with its area."""

BY_ROW_SECURITY = {
    "casework_calendarfeed.user_id",
    "performance_digestchoice.user_id",
    "performance_reportreading.read_by_id",
    "casework_safeword.user_id",
    "slf_draft.owner_id",
    "slf_job.asked_by_id",
    "slf_oncekey.user_id",
    "slf_view.user_id",
}

BY_FUNCTIONS_ALONE = {
    "casework_outing.user_id", "casework_outing.answered_by_id", "casework_outing.closed_by_id",
    "casework_arrival.proposed_by_id", "families_interest.declared_by_id", "families_interest.ended_by_id",
    "families_numberquestion.asked_by_id", "families_numberquestion.answered_by_id", "slf_scopemember.given_by_id",
    "performance_trailcheck.by_id", "performance_trailentry.by_id", "performance_localityreview.reviewed_by_id",
    "performance_disposal.proposed_by_id", "performance_disposal.decided_by_id",
    "performance_linesignoff.by_id", "performance_runsignoff.by_id",
    "performance_claimentry.entered_by_id", "performance_remittance.entered_by_id",
    "performance_remittance.confirmed_by_id", "performance_remittance.taken_back_by_id",
}  # fmt: skip
"""The application may not write them; what may asks who acts."""

NOT_AT_THEIR_FIRST = {
    "families_override.ended_by_id",
    "families_override.reviewed_by_id",
    "performance_ruleproposal.confirmed_by_id",
}
"""A row begins without them, by its trigger; later only functions write them."""

BY_NOBODY = {
    # Accounts and posts: by administrators, by the council's directory and from the console, where nobody acts.
    "slf_accountchange.by_id", "slf_post.given_by_id", "slf_post.ended_by_id", "slf_share.ended_by_id",
    "slf_signinreset.by_id",
    # What one person wrote down in the course of the work. Its history says who acted.
    "casework_action.done_by_id", "casework_broughtover.brought_by_id", "casework_case.opened_by_id",
    "casework_handover.made_by_id", "casework_plan.started_by_id", "casework_plananswer.recorded_by_id",
    "casework_reading.recorded_by_id", "casework_visit.recorded_by_id", "families_aboutanswer.recorded_by_id",
    "families_agreement.recorded_by_id", "families_consent.recorded_by_id", "families_contactrule.set_by_id",
    "families_contactrule.ended_by_id", "families_fact.recorded_by_id", "families_feedfile.uploaded_by_id",
    "families_feedretry.asked_by_id", "families_flag.set_by_id", "families_flag.ended_by_id",
    "families_householdchange.recorded_by_id", "families_partnertold.by_id",
    "families_personname.recorded_by_id", "families_relationship.recorded_by_id",
    "families_responsibility.recorded_by_id", "families_showing.by_id", "families_statement.recorded_by_id",
    "referrals_allocation.allocated_by_id",
    "referrals_attachment.added_by_id", "referrals_enquiry.asked_by_id", "referrals_leave.recorded_by_id",
    "referrals_matchquestion.answered_by_id", "referrals_receipt.referred_by_id", "referrals_referral.referred_by_id",
}  # fmt: skip

BY_THE_ONE_TRIGGER = """
    select c.relname || '.' || split_part(a, ':', 1)
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
    cross join unnest(string_to_array(encode(t.tgargs, 'escape'), '\\000')) a
    where p.oid = 'slf.in_own_name'::regproc and a <> ''
"""
MAY_WRITE = "select has_column_privilege(%s, %s, 'insert') or has_column_privilege(%s, %s, 'update')"


def asked(statement: str, *values) -> list:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


def of_our_own() -> set[str]:
    """Return every column of ours that names somebody with an account, but for what history keeps of it."""
    models = [m for m in apps.get_models() if m._meta.app_label in FLOORS and not m.__name__.endswith("Event")]
    fields = [f for m in models for f in m._meta.concrete_fields if f.remote_field and f.related_model is User]
    return {f"{f.model._meta.db_table}.{f.column}" for f in fields}


def answer_to(column: str, *, named: User) -> str:
    """Return what PostgreSQL says to a row that has nothing in it but this name."""
    table, name = column.split(".")
    with pytest.raises(Error) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"insert into {table} ({name}) values (%s)", [named.pk])
    return str(refusal.value)


def test_each_is_held_somehow_or_known_not_to_be():
    held = set(asked(BY_THE_ONE_TRIGGER))
    others = [
        OF_SOMEBODY, BY_THEIR_OWN_TRIGGER, BY_ROW_SECURITY, BY_FUNCTIONS_ALONE, NOT_AT_THEIR_FIRST, BY_NOBODY
    ]  # fmt: skip
    told = [held, *others]
    assert sorted(of_our_own() - set().union(*told)) == []
    assert sorted(set().union(*others) - of_our_own()) == []
    assert sum(map(len, told)) == len(set().union(*told))


def test_those_of_the_one_trigger_take_ones_own_name_alone(everything):
    other = User.objects.create_user("somebody.else")
    for role in (Role.ADMIN, Role.ESF, Role.SRO):
        Post.objects.create(user=everything, role=role, period=(date(2012, 4, 1), None))
    with acting_as(everything):
        for column in asked(BY_THE_ONE_TRIGGER):
            assert "their own name" in answer_to(column, named=other), column
            assert "their own name" not in answer_to(column, named=everything), column


def test_those_of_row_security_take_ones_own_name_alone(everything):
    other = User.objects.create_user("somebody.else")
    with acting_as(everything):
        for column in BY_ROW_SECURITY:
            assert "row-level security" in answer_to(column, named=other), column
            assert "row-level security" not in answer_to(column, named=everything), column


@pytest.mark.parametrize("column", sorted(BY_FUNCTIONS_ALONE))
def test_those_of_functions_are_not_the_applications_to_write(column):
    table, name = column.split(".")
    assert asked(MAY_WRITE, table, name, table, name) == [False]


def test_who_may_is_asked_of_the_posts_that_are_there_and_not_of_a_table_of_ones_own(post, charnwood):
    worker = post(Role.FSW, charnwood)
    with acting_as(worker):
        with connection.cursor() as cursor:
            cursor.execute(
                "create temporary table slf_post on commit drop as "
                "select %s::bigint as user_id, 'head' as role, daterange('2010-01-01', null) as period",
                [worker.pk],
            )
        assert "their own name" in answer_to("performance_ruleproposal.proposed_by_id", named=worker)


def test_no_function_looks_for_tables_where_somebody_can_put_their_own():
    names = asked(r"""
        select p.oid::regprocedure::text from pg_proc p
        where p.pronamespace = 'slf'::regnamespace
          and p.prosrc ~* '(from|join|into|update)\s+(slf|families|casework|referrals|performance)_'
          and not coalesce('search_path=public, pg_temp' = any (p.proconfig), false)
    """)
    assert names == []
