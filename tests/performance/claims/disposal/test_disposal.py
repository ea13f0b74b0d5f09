"""Evidence goes on its day, by two people, for good; the chain, the figures and who did it stay."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from performance.audit.models import AuditTest
from performance.claims.disposal import rules, services
from performance.claims.disposal.models import Disposal
from performance.claims.models import Claim, Judged
from performance.claims.payments import services as payments
from performance.claims.payments.rules import Kind
from performance.claims.rules import State
from performance.since.models import LineSince
from performance.trail.models import TrailEntry
from performance.trail.rules import DISPOSED
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import give_post
from slf.web.errors import NotAllowed, NotForYou
from tests.at_once import at_once, in_the_name_of
from tests.database import superuser
from tests.performance.claims.disposal.conftest import WHY
from tests.performance.claims.factories import already
from tests.slf.accounts.recently import signed_in_recently

pytestmark = pytest.mark.django_db(transaction=True)
DAYS = """
    select d::date, n, slf.kept_until(d::date, n)
    from generate_series('2012-01-01'::date, '2020-12-31', '1 day') d cross join unnest(array[1, 4, 7, 50]) n"""
TEXTS = """
    select "case" || judgement || checks || reason from performance_judged where run_id = {run}
    union select sentence from performance_linewarning where run_id = {run}
    union select s.reason from performance_linesignoff s join performance_linewarning w on w.id = s.warning_id
        where w.run_id = {run}
    union select eligibility_note || approach_note || evidence_note || note
        from performance_audittest where run_id = {run}
    union select eligibility_note || approach_note || evidence_note || note from performance_audittestevent
        where run_id = {run}"""


def asked(statement: str, *values) -> list:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


def kept_of(run) -> set[str]:
    """Return every text of a run that could tell of a family, with what the trail keeps of them."""
    with superuser(connection.settings_dict["NAME"]) as cursor:
        cursor.execute(TEXTS.format(run=run.pk))
        return {text for (text,) in cursor.fetchall()}


def test_the_day_is_never_early():
    with superuser(connection.settings_dict["NAME"]) as cursor:
        cursor.execute(DAYS)
        found = cursor.fetchall()
    assert len(found) > 10_000
    for closed_on, years, due in found:
        same = closed_on.month, closed_on.day
        assert (due.year - closed_on.year, due.month, due.day) in {(years, *same), (years, 3, 1)}
        assert (due.month, due.day) == same or same == (2, 29)


def test_money_that_is_entered_late_keeps_its_evidence_from_the_day_it_is_entered(signed, office, settings):
    already(signed, State.SUBMITTED)
    with transaction.atomic():
        lines = list(Claim.objects.filter(run=signed))
    for line in lines:
        with acting_as(office.data), transaction.atomic():
            payments.let_go_of_line(line, kind=Kind.REJECTED, reason="No register was shown", by=office.data)
    with superuser(connection.settings_dict["NAME"]) as cursor:
        cursor.execute("alter table performance_claimentry disable trigger user")
        cursor.execute("update performance_claimentry set counts_on = '2014-10-20', entered_at = '2016-02-28 23:30-01'")
        cursor.execute("alter table performance_claimentry enable trigger user")
    with acting_as(office.data), transaction.atomic():
        days = services.days_of_runs()[signed.pk]
    assert (days.closed_on, days.due_on) == (date(2016, 2, 29), date(2023, 3, 1))


class TestBeforeItsDay:
    def test_nobody_proposes_it(self, closed, office, settings):
        settings.SERVICE_DATE = "2022-03-01"
        with acting_as(office.data), pytest.raises(NotAllowed, match="before its day: 2 March 2022"):
            services.propose(closed, reason=WHY, by=office.data)

    def test_postgresql_refuses_by_the_real_day(self, closed, office, past_the_service, settings):
        settings.SERVICE_DATE = "2099-01-01"
        past_the_service(f"update performance_claimrun set withdrawn_at = now() where id = {closed.pk}")
        with acting_as(office.data), pytest.raises(ProgrammingError, match="has not come"):
            asked("select slf.propose_disposal(%s, 'Nobody needs it')", closed.pk)

    def test_nor_of_a_run_whose_money_is_not_settled(self, signed, office, settings):
        settings.SERVICE_DATE = "2099-01-01"
        with acting_as(office.data):
            with pytest.raises(NotAllowed, match="not settled"):
                services.propose(signed, reason=WHY, by=office.data)
            with pytest.raises(ProgrammingError, match="has not come"):
                asked("select slf.propose_disposal(%s, 'Nobody needs it')", signed.pk)


class TestTwoPeople:
    def test_are_needed_whatever_posts_one_holds(self, proposed, office, everything):
        with acting_as(everything), transaction.atomic():
            give_post(office.data, role=Role.AUDITOR, locality=None, by=everything, starts_on=date(2012, 4, 1))
        with acting_as(office.data):
            with pytest.raises(NotForYou):
                services.dispose(proposed, by=office.data)
            with pytest.raises(ProgrammingError, match="two people"):
                asked("select slf.dispose(%s)", proposed.pk)
        assert any("Met: crime" in text for text in kept_of(proposed.run))

    def test_who_confirm_at_once_dispose_of_it_once(self, proposed, office):
        given = at_once(
            *(
                in_the_name_of(who)(lambda who=who: services.dispose(proposed, by=who))
                for who in (office.auditor, office.head)
            )
        )
        assert {type(one) for one in given} == {Disposal, NotAllowed}
        with acting_as(office.auditor), transaction.atomic():
            assert TrailEntry.objects.filter(name=DISPOSED).count() == 1

    def test_may_keep_it_for_now_and_propose_it_again(self, proposed, office):
        with acting_as(office.head):
            assert services.keep(proposed, reason="A complaint is open", by=office.head).state == "kept"
        with acting_as(office.auditor), pytest.raises(NotAllowed):
            services.dispose(proposed, by=office.auditor)
        with acting_as(office.data):
            assert services.propose(proposed.run, reason=WHY, by=office.data).pk != proposed.pk


class TestTheApplication:
    @pytest.mark.parametrize("verb", ["insert", "update", "delete", "truncate"])
    def test_writes_no_disposal(self, verb):
        assert asked("select has_table_privilege('slf_app', 'performance_disposal', %s)", verb) == [False]

    @pytest.mark.parametrize("call", ["slf.clear_run(1)", "slf.chain_run_again(1)", "slf.dispose_of_trail(1, 'x')"])
    def test_clears_nothing_itself(self, call):
        with pytest.raises(ProgrammingError, match="permission denied"):
            asked(f"select {call}")


class TestWhatIsDisposedOf:
    def test_is_gone_and_the_chain_says_by_whom(self, gone, office, found, past_the_service):
        assert kept_of(gone.run) <= {"", rules.GONE}
        with superuser(connection.settings_dict["NAME"]) as cursor:
            cursor.execute("select string_agg(content::text, '') from performance_trailpayload")
            assert "household" not in cursor.fetchone()[0]
        assert found() == []
        told = StringIO()
        with acting_as(None):
            call_command("verify_claims", stdout=told)
        assert f"by {office.data} and {office.auditor}." in told.getvalue()
        assert "as they were chained" in told.getvalue()
        past_the_service("update performance_claim set amount = 1")
        assert "Different: amount" in found()[0]

    def test_is_seen_altered_where_somebody_else_is_made_to_have_confirmed_it(
        self, gone, office, past_the_service, found
    ):
        past_the_service(f"update performance_disposal set decided_by_id = {office.head.pk}")
        assert "the disposal of its evidence" in found()[0]

    def test_takes_along_what_changed_since(self, proposed, office):
        with acting_as(office.data), transaction.atomic():
            row = Judged.objects.filter(run=proposed.run)[0]
            LineSince.objects.create(
                run=row.run, judged=row, family_id=row.family_id, looked_by=office.data, looked_at=timezone.now(),
                changed=[["new", "What somebody states"]],
            )  # fmt: skip
        with acting_as(office.auditor):
            services.dispose(proposed, by=office.auditor)
        with superuser(connection.settings_dict["NAME"]) as cursor:
            cursor.execute("select count(*) from performance_linesince")
            assert cursor.fetchone()[0] == 0

    def test_is_said_plainly_on_every_page_of_it(self, gone, office, signed_in, api):
        with acting_as(office.auditor), transaction.atomic():
            row, test = Judged.objects.filter(run=gone.run)[0], AuditTest.objects.filter(run=gone.run)[0]
        run, uid = f"/performance/claims/{gone.run.uid}", row.uid
        pages = {
            f"{run}/": 200, f"{run}/claims/": 200, f"{run}/sample/": 200, f"{run}/sample/draw/": 200,
            f"{run}/disposal/": 200, f"{run}/warnings/": 200, f"/performance/claims/judged/{uid}/": 200,
            f"/performance/claims/judged/{uid}/case.json": 410, f"/performance/claims/tests/{test.uid}/": 410,
            f"/performance/claims/tests/{test.uid}/pack.zip": 410, f"{run}/population/": 200,
            "/performance/claims/disposals/": 200, "/performance/trail/": 200,
            f"/performance/trail/{gone.run.uid}/": 200,
        }  # fmt: skip
        client = signed_in_recently(signed_in(office.auditor), office.auditor)
        with acting_as(None):
            answers = {page: client.get(page) for page in pages}
            told = (
                signed_in_recently(api(office.auditor), office.auditor)
                .get(f"/api/v1/claim-runs/{gone.run.uid}/judged/")
                .json()["results"]
            )
        assert {page: answer.status_code for page, answer in answers.items()} == pages
        silent = {"claims/", "sample/", "sample/draw/", "population/"}
        said = [page for page, answer in answers.items() if b"isposed of" not in answer.content]
        assert {page.split("/", 4)[-1] for page in said} <= silent
        assert [each["judgement"] for each in told] == [{}] * len(told)
        assert told


def test_a_person_proposes_and_another_confirms_on_the_page(closed, office, signed_in, settings):
    settings.SERVICE_DATE = "2022-03-02"
    data, auditor = signed_in(office.data), signed_in_recently(signed_in(office.auditor), office.auditor)
    address = f"/performance/claims/{closed.uid}/disposal/"
    with acting_as(None):
        listed = data.get("/performance/claims/disposals/").content.decode()
        assert address in listed
        assert "to be confirmed" in listed
        assert "characters" in data.post(f"{address}propose/", {"reason": "short"}).content.decode()
        assert data.post(f"{address}propose/", {"reason": WHY}).status_code == 302
        assert "Propose that it goes" not in data.get(address).content.decode()
        assert auditor.post(f"{address}confirm/", {}).status_code == 200
        assert auditor.post(f"{address}confirm/", {"declared": "on"}).status_code == 302
        assert f"by {office.data} and {office.auditor}." in auditor.get(address).content.decode()


def test_a_program_reads_the_days_and_two_people_do_it_by_program(closed, office, api, settings):
    settings.SERVICE_DATE = "2022-03-02"
    data, head = api(office.data), signed_in_recently(api(office.head), office.head)
    address = f"/api/v1/claim-runs/{closed.uid}/disposal/"
    with acting_as(None):
        (days,) = data.get("/api/v1/claim-disposals/days/").json()
        assert (days["run"], days["due_on"], days["is_due"]) == (str(closed.uid), "2022-03-02", True)
        assert data.post(address, {"reason": WHY}).status_code == 201
        assert data.post(f"{address}confirm/").status_code == 403
        assert head.post(f"{address}confirm/").json()["state"] == "disposed"
        assert data.get("/api/v1/claim-disposals/days/").json() == []
        (told,) = data.get("/api/v1/claim-disposals/").json()["results"]
    assert (told["proposed_by"], told["decided_by"]) == (str(office.data), str(office.head))
