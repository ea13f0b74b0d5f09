"""Nobody alters what a claim run holds, or the trail itself, unseen: not even who keeps the database."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from performance.claims import services
from performance.claims.models import Claim
from performance.trail.jobs import verify_by_night
from performance.trail.models import TrailAnchor, TrailEntry
from performance.trail.rules import KEPT
from performance.trail.services import alarm
from slf.access.acting import acting_as
from tests.performance.trail.altering import LEFT_OUT, unseen

pytestmark = pytest.mark.django_db(transaction=True)


def asked(statement: str, *values) -> list:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


class TestWhatHappensToARun:
    def test_is_chained_step_by_step_with_who_took_it(self, signed, office, found):
        with transaction.atomic():
            steps = [(e.says or e.what, e.by) for e in TrailEntry.objects.filter(run=signed).of_steps()]
        data, auditor, head = office.data, office.auditor, office.head
        assert steps == [
            ("preparing", data), ("prepared", data), ("agreed", office.manager), ("reviewed", office.manager),
            ("signed off", head), ("signed off", head), ("sampled", auditor), ("added", auditor), ("added", auditor),
            ("added", auditor), ("passed", auditor), ("passed", auditor), ("full", auditor), ("audited", auditor),
            ("signed", head),
        ]  # fmt: skip
        assert found() == []

    def test_of_two_runs_is_chained_apart_and_anchored_in_one_chain(self, run, prepare, office, found):
        with acting_as(office.data):
            services.withdraw_run(run, reason="Made by mistake", by=office.data)
        again = prepare()
        with transaction.atomic():
            anchored = list(TrailAnchor.objects.order_by("number").values_list("number", "run"))
        assert [number for number, _ in anchored] == list(range(1, len(anchored) + 1))
        assert {each for _, each in anchored} == {run.pk, again.pk}
        assert found() == []


ALTERED = [
    ("judged", "update performance_judged set answer = 'not_met' where id = {judged}",
     "the judgement of {line} {kept} Different: answer."),
    ("case", "update performance_judged set \"case\" = replace(\"case\", 'attended', 'x') where id = {judged}",
     "the judgement of {line} {kept} Different: case."),
    ("claim", "update performance_claim set amount = 9000 where judged_id = {judged}",
     "the claim of {line} {kept} Different: amount."),
    ("people", "delete from performance_claimedperson p using performance_claim c "
     "where c.id = p.claim_id and c.judged_id = {judged}",
     "the list of people in the claim of {line} is gone: the trail still has what was written."),
    ("put in", "insert into performance_claim (uid, run_id, judged_id, family_id, scope_id, component, amount, "
     "component_name, price_rule) select gen_random_uuid(), run_id, judged_id, family_id, scope_id, 'x', "
     "5, 'x', 'x' from performance_claim where judged_id = {judged}",
     "the claim of {line} was added past the service: the trail knows nothing of it."),
    ("fingerprint", "update performance_claimrun set digest = repeat('0', 64)",
     "its fingerprint is not of what the run holds."),
    ("test", "update performance_audittest set note = 'Nobody looked' where claim_id = "
     "(select id from performance_claim where judged_id = {judged})",
     "the audit test of {line} {kept} Different: note."),
    ("step", "update performance_claimrun set signed_by_id = prepared_by_id + 1000000",
     "the run {kept} Different: signed by."),
    ("entry", "update performance_trailentry set by_id = null where number = 3",
     "entry 3 of its trail was altered, or one before it is missing."),
    ("payload", "update performance_trailpayload set content = '[]' where entry_id = "
     "(select id from performance_trailentry where number = 4)",
     "entry 4 of its trail no longer has what its digest was taken of."),
    ("payload gone", "delete from performance_trailpayload where entry_id = "
     "(select id from performance_trailentry where number = 4)",
     "entry 4 of its trail lost what its digest was taken of, and nobody disposed of it."),
    ("anchor", "update performance_trailanchor set entries = entries + 1 where number = 2",
     "Trail of the county: step 2 of the county's chain was altered, or one before it is missing."),
]  # fmt: skip


class TestAnAlteredRow:
    def test_is_named_with_its_table_its_line_and_what_differs(self, signed, tried):
        with transaction.atomic():
            claim = Claim.objects.select_related("judged").order_by("-pk").first()
        words = {"line": claim.judged.reference, "kept": f"{KEPT}."}
        told = {name: tried(change.format(judged=claim.judged_id)) for name, change, _ in ALTERED}
        missing = {
            name: told[name]
            for name, _, said in ALTERED
            if not any(each.endswith(said.format(**words)) for each in told[name])
        }
        assert missing == {}

    def test_is_found_whichever_column_it_is(self, signed, tried):
        assert unseen(tried, LEFT_OUT) == []

    def test_is_seen_though_its_triggers_were_left_on(self, run, past_the_service, found):
        past_the_service("update performance_claim set amount = 1", triggers=True)
        assert "the claim of" in found()[0]

    def test_makes_the_command_exit_with_one_and_name_it(self, run, past_the_service):
        told = StringIO()
        with acting_as(None):
            call_command("verify_claims", stdout=told)
        assert "as they were chained" in told.getvalue()
        past_the_service("update performance_claim set amount = 1")
        with acting_as(None), pytest.raises(CommandError, match="Different: amount") as stopped:
            call_command("verify_claims")
        assert stopped.value.returncode == 1

    def test_raises_the_alarm_by_night(self, run, past_the_service, caplog):
        with acting_as(None):
            verify_by_night()
            assert alarm() is None
        past_the_service("update performance_claim set amount = 1")
        with acting_as(None):
            verify_by_night()
            assert alarm()[1] is True
        assert "Trail of claims: Claim of 15 October 2014" in caplog.text

    def test_at_the_end_that_was_cut_off_is_seen_by_the_head_of_the_last_verification(
        self, signed, past_the_service, found
    ):
        assert found() == []
        past_the_service("""
            update performance_claimrun set state = 'audited', signed_by_id = null, signed_at = null;
            delete from performance_trailpayload where entry_id = (select max(id) from performance_trailentry);
            delete from performance_trailentry where id = (select max(id) from performance_trailentry);
            delete from performance_trailanchor where number = (select max(number) from performance_trailanchor)""")
        assert "is not the one that was there when it was last verified" in found()[0]


class TestWhatIsDisposedOf:
    def test_leaves_the_chain_as_it_was_and_says_so(self, signed, past_the_service, found, office, signed_in):
        past_the_service(f"select slf.dispose_of_trail({signed.pk}, 'Kept for its time')", triggers=True)
        assert asked("select count(*) from performance_trailentry") == [28]
        past_the_service("""update performance_judged set "case" = '', judgement = ''""")
        assert found() == []
        with acting_as(None):
            page = signed_in(office.auditor).get(f"/performance/trail/{signed.uid}/").content.decode()
        assert "was disposed of" in page

    def test_does_not_hide_an_altered_entry(self, signed, past_the_service, found):
        past_the_service(f"select slf.dispose_of_trail({signed.pk}, 'Over')", triggers=True)
        past_the_service("update performance_trailentry set digest = repeat('a', 64) where number = 4")
        assert "entry 4 of its trail was altered" in found()[0]
