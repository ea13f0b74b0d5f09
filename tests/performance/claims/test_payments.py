"""What becomes of a run that was submitted: remittances by two people, a ledger per line, people claimed for again."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from performance.claims.models import Claim, ClaimedPerson, ClaimRun
from performance.claims.payments import services
from performance.claims.payments.forms import RemittanceForm
from performance.claims.payments.models import ClaimEntry, Remittance
from performance.claims.payments.rules import (
    MOST_ROWS,
    Kind,
    Matched,
    Money,
    Outcome,
    Owed,
    as_pounds,
    match,
    outcome_of,
)
from performance.claims.rules import State
from slf.access.acting import acting_as
from slf.access.rights import forget_rights
from slf.access.rules import Role
from slf.access.services import restrict_family
from slf.web.errors import Conflict, DomainError, NotAllowed, NotForYou
from tests.at_once import at_once
from tests.database import owner
from tests.performance.claims.factories import CLAIM_ON, already, family_with_a_result
from tests.performance.reports.factories import made
from tests.slf.accounts.recently import signed_in_recently

pytestmark = pytest.mark.django_db(transaction=True)
ON = {"on_day": "15", "on_month": "10", "on_year": "2014"}
CAE = "crime_asb_education"
OWED = Owed(7, "SLF-000007", CAE, "Crime, antisocial behaviour and education", Money(Decimal(1400)))
PENCE = st.integers(0, 140_000).map(lambda pence: Decimal(pence) / 100)


class TestARemittanceIsMatched:
    @pytest.mark.parametrize("row", [("slf-000007", CAE, "£1,400.00"), (" SLF-000007 ", OWED.called, "1400")])
    def test_with_the_line_it_names_in_code_or_in_words(self, row):
        assert match([row], [OWED]).lines == {7: Decimal(1400)}

    @pytest.mark.parametrize(
        ("rows", "why"),
        [
            ([("SLF-000008", CAE, "1400")], "This run has no such line"),
            ([("SLF-000007", CAE, "much")], "This is no amount of money"),
            ([("SLF-000007", CAE, "0.005")], "This is no amount of money"),
            ([("SLF-000007", CAE, "1400.01")], "More than the £1,400.00 that is outstanding"),
            ([("SLF-000007", CAE, "1"), ("SLF-000007", CAE, "2")], "This line is in the remittance twice"),
        ],
    )
    def test_and_says_why_of_each_row_that_is_none(self, rows, why):
        assert [said for *_, said in match(rows, [OWED]).unmatched] == [why]

    @given(PENCE, PENCE)
    def test_and_what_became_of_a_line_follows_from_its_sums(self, paid, released):
        money = Money(Decimal(1400), paid, min(released, 1400 - paid))
        outcome = outcome_of(money, withdrawn=False)
        assert (outcome is Outcome.PAID) == (paid == 1400)
        assert (outcome is Outcome.REJECTED) == (not paid and not money.outstanding)

    def test_and_a_row_of_nothing_is_left_out(self):
        assert match([("SLF-000007", CAE, "0.00")], [OWED]) == Matched({}, [])

    @pytest.mark.parametrize("said", ["", "-1", "NaN", "1e30", "Infinity"])
    def test_of_no_amount_is_none(self, said):
        assert as_pounds(said) is None


@pytest.fixture
def run(prepare, everything):
    """A run of two lines that was submitted."""
    for _ in range(2):
        family_with_a_result(by=everything)
    run = prepare()
    already(run, State.SUBMITTED)
    with transaction.atomic():
        run.refresh_from_db()
    return run


@pytest.fixture
def lines(run):
    with transaction.atomic():
        return list(Claim.objects.filter(run=run).select_related("judged", "run").order_by("pk"))


def entered(run, by, lines, *, reference="DCLG 77", amounts=(1400, 1400), amount=None) -> Remittance:
    rows = [(line.reference, CAE, str(each)) for line, each in zip(lines, amounts, strict=False)]
    total = Decimal(amount if amount is not None else sum(amounts[: len(lines)]))
    with acting_as(by), transaction.atomic():
        return services.enter_remittance(run, reference=reference, on=CLAIM_ON, amount=total, rows=rows, by=by)


def confirmed(remittance, by) -> Remittance:
    with acting_as(by), transaction.atomic():
        return services.confirm_remittance(remittance, by=by)


def let_go(line, by, kind=Kind.REJECTED) -> None:
    with acting_as(by), transaction.atomic():
        services.let_go_of_line(line, kind=kind, reason="No register was shown", by=by)


def undo(entry, by) -> None:
    with acting_as(by), transaction.atomic():
        services.reverse_entry(entry, reason="Sent twice", by=by)


def money(run) -> Money:
    with transaction.atomic():
        return services.money_of(services.lines_of_run(run))


def state_of(run) -> str:
    with transaction.atomic():
        return ClaimRun.objects.get(pk=run.pk).state


def live(line) -> set[bool]:
    with transaction.atomic():
        return set(ClaimedPerson.objects.filter(claim=line).values_list("live", flat=True))


class TestARemittance:
    def test_pays_its_lines_once_a_second_person_confirms_it(self, run, lines, office):
        made = entered(run, office.data, lines)
        assert money(run).paid == 0
        confirmed(made, office.head)
        assert (money(run), state_of(run)) == (Money(Decimal(2800), Decimal(2800), Decimal(0)), State.PAID)

    def test_of_some_lines_pays_the_run_in_part(self, run, lines, office):
        confirmed(entered(run, office.data, lines[:1], amounts=(1000,)), office.head)
        assert (money(run).outstanding, state_of(run)) == (1800, State.PART_PAID)

    def test_is_not_confirmed_by_whoever_entered_it(self, run, lines, office):
        made = entered(run, office.data, lines)
        with pytest.raises(NotForYou):
            confirmed(made, office.data)
        with pytest.raises(ProgrammingError, match="second person"):
            sql(office.data, "select slf.confirm_remittance(%s)", made.pk)

    def test_that_is_not_the_sum_of_its_lines_is_not_confirmed(self, run, lines, office):
        made = entered(run, office.data, lines, amount=2700)
        with acting_as(office.head), transaction.atomic():
            assert services.differences(made, services.lines_of_remittance(made)) == [
                "It is of £2,700 and its lines are £2,800 together."
            ]
        with pytest.raises(NotAllowed):
            confirmed(made, office.head)
        with pytest.raises(IntegrityError, match="not what it says"):
            sql(office.head, "select slf.confirm_remittance(%s)", made.pk)

    def test_confirmed_by_two_at_once_pays_once(self, run, lines, office, post):
        made, other = entered(run, office.data, lines), post(Role.DATA)
        given = at_once(lambda: confirmed(made, office.head), lambda: confirmed(made, other))
        assert sorted(type(each).__name__ for each in given) == ["Conflict", "Remittance"]
        assert money(run).paid == 2800

    def test_and_another_one_confirmed_at_once_never_pay_more_than_was_claimed(self, run, lines, office):
        first, second = (entered(run, office.data, lines[:1], reference=each) for each in ("One", "Two"))
        given = at_once(lambda: confirmed(first, office.head), lambda: confirmed(second, office.head))
        assert sorted(type(each).__name__ for each in given) == ["NotAllowed", "Remittance"]
        assert money(run).paid == 1400

    def test_entered_twice_is_refused_the_second_time(self, run, lines, office):
        entered(run, office.data, lines)
        with pytest.raises(NotAllowed, match="with this reference"):
            entered(run, office.data, lines)

    def test_entered_by_two_at_once_under_one_reference_is_entered_once(self, run, lines, office, post):
        other = post(Role.DATA)
        given = at_once(lambda: entered(run, office.data, lines), lambda: entered(run, other, lines))
        assert sorted(type(each).__name__ for each in given) == ["NotAllowed", "Remittance"]

    def test_of_more_rows_than_any_run_has_is_refused(self, run, lines, office):
        with pytest.raises(NotAllowed, match="20,000 rows at most"):
            entered(run, office.data, [lines[0]] * (MOST_ROWS + 1), amounts=[1] * (MOST_ROWS + 1))

    def test_paid_since_by_another_one_is_not_confirmed(self, run, lines, office):
        first, second = (entered(run, office.data, lines, reference=each) for each in ("One", "Two"))
        confirmed(first, office.head)
        with pytest.raises(NotAllowed, match="since it was entered"):
            confirmed(second, office.head)
        assert money(run).paid == 2800

    def test_taken_back_is_confirmed_by_nobody(self, run, lines, office):
        made = entered(run, office.data, lines)
        with acting_as(office.data), transaction.atomic():
            services.take_back_remittance(made, by=office.data)
        with pytest.raises(Conflict):
            confirmed(made, office.head)

    def test_of_a_run_that_was_not_submitted_is_refused(self, run, lines, office):
        already(run, State.CERTIFIED)
        with pytest.raises(NotAllowed, match="not submitted"):
            entered(run, office.data, lines)


class TestALine:
    def test_rejected_lets_its_people_be_claimed_for_again(self, run, lines, office, prepare, claims):
        let_go(lines[0], office.data)
        assert (live(lines[0]), live(lines[1])) == ({False}, {True})
        again = claims(prepare(CLAIM_ON.replace(day=14)))
        assert [claim.family_id for claim in again] == [lines[0].family_id]

    def test_paid_in_part_and_rejected_for_the_rest_keeps_its_people(self, run, lines, office):
        confirmed(entered(run, office.data, lines[:1], amounts=(1000,)), office.head)
        let_go(lines[0], office.data)
        assert live(lines[0]) == {True}
        with pytest.raises(NotAllowed, match="Nothing is outstanding"):
            let_go(lines[0], office.data)

    def test_taken_back_after_it_was_paid_is_reversed_to_the_penny(self, run, lines, office):
        confirmed(entered(run, office.data, lines), office.head)
        let_go(lines[0], office.data, Kind.WITHDRAWN)
        assert (money(run), live(lines[0])) == (Money(Decimal(2800), Decimal(1400), Decimal(1400)), {False})
        with acting_as(office.data), transaction.atomic():
            kinds = [entry.kind for entry in services.entries_of(lines[0], by=office.data)]
            assert [line.outcome for line in services.lines_of_run(run)] == [Outcome.WITHDRAWN, Outcome.PAID]
        assert kinds == ["paid", "reversal", "withdrawn"]
        assert state_of(run) == State.SETTLED

    def test_whose_rejection_is_reversed_after_its_people_were_claimed_for_again_stays_rejected(
        self, run, lines, office, prepare
    ):
        let_go(lines[0], office.data)
        prepare(CLAIM_ON.replace(day=14))
        with acting_as(office.data), transaction.atomic():
            (entry,) = services.entries_of(lines[0], by=office.data)
        with acting_as(office.data), pytest.raises(NotAllowed):
            services.reverse_entry(entry, reason="They changed their mind", by=office.data)
        assert live(lines[0]) == {False}

    def test_reversed_by_two_at_once_is_reversed_once(self, run, lines, office):
        confirmed(entered(run, office.data, lines), office.head)
        with acting_as(office.data), transaction.atomic():
            (entry,) = services.entries_of(lines[0], by=office.data)
        given = at_once(*[lambda: undo(entry, office.data)] * 2)
        assert sum(isinstance(each, DomainError) for each in given) == 1
        assert (money(run).paid, state_of(run)) == (1400, State.PART_PAID)

    def test_rejected_by_two_at_once_is_let_go_of_once(self, run, lines, office, post):
        other = post(Role.DATA)
        given = at_once(lambda: let_go(lines[0], office.data), lambda: let_go(lines[0], other))
        assert sum(isinstance(each, DomainError) for each in given) == 1
        assert money(run).released == 1400


class TestAReportOfMoney:
    def test_tells_what_the_ledger_says_by_its_day(self, run, lines, office):
        confirmed(entered(run, office.data, lines[:1], amounts=(1000,)), office.head)
        let_go(lines[1], office.data)
        ((claims, *sums, on),) = [row[3:] for row in made(office.data, "money", until=CLAIM_ON).inside["rows"]]
        assert (claims, sums) == (2, ["0.00", "2800.00", "1000.00", "1400.00", "400.00"])
        assert on == CLAIM_ON.isoformat()


def sql(by, statement, *values):
    with acting_as(by), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


class TestTheLedger:
    @pytest.mark.parametrize("table", ["claimentry", "remittance", "remittanceline"])
    @pytest.mark.parametrize("verb", ["update performance_{} set uid = uid", "delete from performance_{}",
                                      "insert into performance_{} (uid) values (gen_random_uuid())"])  # fmt: skip
    def test_is_written_by_its_functions_alone(self, run, office, table, verb):
        with pytest.raises(ProgrammingError, match="permission denied"):
            sql(office.data, verb.format(table))

    @pytest.mark.parametrize("who", ["head", "auditor", "sro", "manager"])
    def test_takes_entries_of_nobody_else(self, run, lines, office, who):
        with pytest.raises(ProgrammingError, match="no such run"):
            sql(getattr(office, who), "select slf.let_go_of_line(%s, 'rejected', 'No', %s)", lines[0].uid, CLAIM_ON)

    @pytest.mark.parametrize(("paid", "released"), [(1401, 0), (-1, 0), (1, 1400), (0, -1)])
    def test_is_never_below_nothing_or_above_its_line_for_the_owner_either(self, run, lines, office, paid, released):
        made = entered(run, office.data, lines)
        kind, of = ("paid", made.pk) if paid else ("rejected", None)
        statement = (
            "insert into performance_claimentry (uid, family_id, claim_id, kind, paid, released, remittance_id, "
            "reason, counts_on, entered_by_id, entered_at) "
            "values (gen_random_uuid(), %s, %s, %s, %s, %s, %s, 'x', current_date, %s, now())"
        )
        values = [lines[0].family_id, lines[0].pk, kind, paid, released, of, office.data.pk]
        refused = pytest.raises(Exception, match=r"claimentry|above its amount")
        with owner(connection.settings_dict["NAME"]) as cursor, refused:
            cursor.execute(statement, values)


class TestOnThePages:
    @pytest.fixture
    def door(self, signed_in):
        return lambda user: signed_in_recently(signed_in(user), user)

    def ask(self, client, name, row, body=None):
        address = reverse(f"performance:{name}", args=[row.uid])
        with acting_as(None):
            return client.post(address, body) if body is not None else client.get(address)

    def test_a_file_is_matched_and_its_differences_are_shown_line_by_line(self, run, lines, office, door):
        content = f"Family,Result,Amount\n{lines[0].reference},{CAE},1400\nSLF-999999,{CAE},5\n"
        file = SimpleUploadedFile("advice.csv", content.encode(), content_type="text/csv")
        body = ON | {"reference": "DCLG 78", "amount": "1405", "file": file}
        answer = self.ask(door(office.data), "enter_remittance", run, body)
        page = door(office.head).get(answer["Location"])
        assert len(page.context["differences"]) == 2
        assert "SLF-999999" in page.content.decode()
        assert page.context["may_confirm"]
        with transaction.atomic():
            confirm = reverse("performance:confirm_remittance", args=[Remittance.objects.get().uid])
        assert confirm not in page.content.decode()

    @pytest.mark.parametrize(
        ("content", "rows"),
        [
            ("Family,Result,Amount\n{0},{1},1\n", 1), ("{0},{1},much\n", 1), ("{0},{1},1\n", 1), ("a,b\0,1\n", None),
        ],
    )  # fmt: skip
    def test_a_file_is_read_row_by_row_but_its_headings(self, run, lines, office, content, rows):
        file = SimpleUploadedFile("advice.csv", content.format(lines[0].reference, CAE).encode())
        with acting_as(office.data), transaction.atomic():
            owed = services.lines_of_run(run)
        form = RemittanceForm(ON | {"reference": "DCLG 78", "amount": "1"}, {"file": file}, owed=owed)
        assert form.is_valid() is (rows is not None)
        assert rows is None or len(form.cleaned_data["rows"]) == rows

    def test_who_certifies_reads_no_line(self, run, lines, office, door):
        with transaction.atomic():
            claims = reverse("performance:claims", args=[run.uid])
        page = self.ask(door(office.sro), "claim_run", run).content.decode()
        assert reverse("performance:payment_file", args=[run.uid]) not in page
        with acting_as(None):
            listed = door(office.sro).get(claims).content.decode()
        assert reverse("performance:claim_line", args=[lines[0].uid]) not in listed

    def test_ticked_lines_are_paid_and_told_of(self, run, lines, office, door):
        body = ON | {"reference": "DCLG 77", "amount": "1400", "lines": [str(lines[0].uid)]}
        self.ask(door(office.data), "enter_remittance", run, body)
        with transaction.atomic():
            made = Remittance.objects.get()
        with acting_as(None):
            home = door(office.head).get("/").content.decode()
        assert str(run) in home
        assert services.TO_CONFIRM in home
        self.ask(door(office.head), "confirm_remittance", made, {})
        shown = self.ask(door(office.data), "claim_run", run).context
        assert (shown["money"]["paid"], shown["money"]["outstanding"]) == ("£1,400", "£1,400")
        listed = self.ask(door(office.data), "claims", run).context["lines"]
        assert [outcome for *_, (outcome, _) in listed] == ["Paid", "Submitted"]
        self.ask(door(office.data), "claim_line", lines[1], {"kind": "rejected", "reason": "No register"})
        assert state_of(run) == State.SETTLED
        assert "was rejected or taken back" in self.ask(door(office.data), "claim_run", run).content.decode()
        file = self.ask(door(office.data), "payment_file", run).content.decode("utf-8-sig").splitlines()
        assert [row.split(",")[-5:] for row in file[1:]] == [
            ["0.00", "1400.00", "1400.00", "0.00", "Paid"], ["0.00", "1400.00", "0.00", "1400.00", "Rejected"],
        ]  # fmt: skip

    def test_a_program_does_the_same(self, run, lines, office, api, signed_in):
        data, head = (signed_in_recently(api(each), each) for each in (office.data, office.head))
        rows = [{"family": line.reference, "result": CAE, "amount": "1400.00"} for line in lines]
        body = {"reference": "DCLG 77", "on": "2014-10-15", "amount": "2800.00", "lines": rows}
        with acting_as(None):
            for none in ("0", "-5"):
                nothing = body | {"amount": none}
                refused = data.post(f"/api/v1/claim-runs/{run.uid}/remittances/", nothing, format="json")
                assert refused.status_code == 400
            made = data.post(f"/api/v1/claim-runs/{run.uid}/remittances/", body, format="json").json()
            assert (made["differences"], len(made["lines"])) == ([], 2)
            assert data.post(f"/api/v1/remittances/{made['uid']}/confirm/").status_code == 403
            assert head.post(f"/api/v1/remittances/{made['uid']}/confirm/").json()["confirmed_by"] == str(office.head)
            (told,) = data.get(f"/api/v1/claim-runs/{run.uid}/remittances/").json()["results"]
            assert (told["uid"], "lines" in told) == (made["uid"], False)
            listed = data.get(f"/api/v1/claim-runs/{run.uid}/claims/").json()["results"]
            assert [(each["paid"], each["outstanding"], each["outcome"]) for each in listed] == [
                ("1400.00", "0.00", "paid")
            ] * 2
            taken, entries = (
                {"kind": "withdrawn", "reason": "Sent twice"},
                f"/api/v1/claim-lines/{lines[0].uid}/entries/",
            )
            assert api(office.data).post(entries, taken, format="json").status_code == 403  # proved nothing lately
            asked = signed_in(office.data).post(reverse("performance:claim_line", args=[lines[0].uid]), taken)
            assert asked["Location"].startswith("/accounts/confirm/")
            (entry,) = data.get(entries).json()
            address = f"/api/v1/claim-entries/{entry['uid']}/reverse/"
            undone = data.post(address, {"reason": "Sent twice"}, format="json")
        assert [each["kind"] for each in undone.json()] == ["paid", "reversal"]
        with transaction.atomic():
            assert ClaimEntry.objects.count() == 3


class TestALineOfAFamilyClosedToNamedPeople:
    @pytest.fixture
    def closed(self, run, lines, office):
        """Return the first line, its family closed to its manager alone since the run was submitted."""
        with acting_as(office.manager), transaction.atomic():
            restrict_family(lines[0].family, to=[(office.manager, Role.MANAGER)], by=office.manager)
        forget_rights(office.data)
        return lines[0]

    def test_is_settled_by_the_data_office_from_the_run(self, run, lines, closed, office, signed_in):
        confirmed(entered(run, office.data, lines[1:]), office.head)
        client = signed_in_recently(signed_in(office.data), office.data)
        listed = reverse("performance:lines_behind", args=[run.uid])
        address = reverse("performance:line_behind", args=[run.uid, closed.uid])
        with acting_as(None):
            assert client.get(reverse("performance:claim_line", args=[closed.uid])).status_code == 404
            assert listed in client.get(run.get_absolute_url()).content.decode()
            page = client.get(listed).content.decode()
            assert (address in page, lines[1].reference in page) == (True, False)
            assert client.post(address, {"what": "rejected", "reason": "No register"}).status_code == 302
            shown = client.get(address).content.decode()
        assert "No register" not in shown
        assert state_of(run) == State.SETTLED

    def test_has_its_entry_reversed_by_a_program(self, run, lines, closed, office, api):
        let_go(lines[1], office.data)
        client = signed_in_recently(api(office.data), office.data)
        address = f"/api/v1/claim-runs/{run.uid}/lines-behind/"
        with acting_as(None):
            (told,) = client.get(address).json()["results"]
            assert (told["uid"], told["outcome"]) == (str(closed.uid), "submitted")
            (entry,) = client.post(f"{address}{closed.uid}/", {"what": "rejected", "reason": "No"}).json()
            undone = client.post(f"{address}{closed.uid}/", {"what": entry["uid"], "reason": "Not so"}).json()
            with acting_as(office.data), transaction.atomic():
                (other,) = services.entries_of(lines[1], by=office.data)
            foreign = client.post(f"{address}{closed.uid}/", {"what": str(other.uid), "reason": "Not so"})
            in_sight = client.get(f"{address}{lines[1].uid}/")
        assert [each["kind"] for each in undone] == ["rejected", "reversal"]
        assert (foreign.status_code, in_sight.status_code) == (404, 404)
        assert state_of(run) == State.SUBMITTED

    def test_is_no_dead_link_of_its_remittance(self, run, lines, closed, office, signed_in):
        made = entered(run, office.data, lines)
        data, head = (signed_in_recently(signed_in(each), each) for each in (office.data, office.head))
        with acting_as(None):
            pages = [each.get(made.get_absolute_url()).content.decode() for each in (data, head)]
        dead, mended = (
            reverse("performance:claim_line", args=[closed.uid]),
            reverse("performance:line_behind", args=[run.uid, closed.uid]),
        )
        assert [(dead in page, mended in page) for page in pages] == [(False, True), (False, False)]
        assert all(closed.reference in page for page in pages)
