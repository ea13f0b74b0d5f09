import psycopg2
import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction

from performance.pbr.rules.shapes import as_plain
from performance.pbr.schemes import load, versions
from performance.rulebook import reference, services
from performance.rulebook.models import RuleProposal, SchemeVersion
from performance.rulebook.reading import scheme_in_use, version_in_use
from performance.rulebook.rules import WrongRule
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.clock import today
from slf.web.errors import Conflict, NotAllowed, NotForYou
from slf.work import services as work
from slf.work.models import Job
from tests.database import owner

pytestmark = pytest.mark.django_db
DOCUMENT = "Financial framework, March 2012"
CONFIRMS = [{"rule": "P1-ID-3b"}]
CHANGES = [{"rule": "P1-R-ASB-b", "value": {"months": 12}}]


@pytest.fixture
def data(post):
    return post(Role.DATA)


@pytest.fixture
def head(post):
    return post(Role.HEAD)


@pytest.fixture
def propose(data):
    def make(changes=CONFIRMS, by=data, **more) -> RuleProposal:
        with acting_as(by), transaction.atomic():
            return services.propose("P1", changes, by=by, **{"document": DOCUMENT, **more})

    return make


@pytest.fixture
def confirm(head):
    def make(proposal: RuleProposal, by=head) -> SchemeVersion:
        with acting_as(by), transaction.atomic():
            return services.confirm(proposal, by=by)

    return make


def refused(sql: str, *values) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError:
        return True
    return False


class TestTheRulesThatShip:
    @pytest.mark.parametrize("code", versions())
    def test_are_rows_that_read_as_they_were_written(self, code):
        scheme = scheme_in_use(code)
        assert (scheme.digest, scheme.number) == (load(code).digest, 1)
        assert [list(row.value) for row in scheme.rows.values()] == [
            list(row.value) for row in load(code).rows.values()
        ]

    def test_that_are_not_there_are_an_error(self):
        with pytest.raises(LookupError, match="There is no scheme P9"):
            scheme_in_use("P9")


class TestConfirming:
    def test_changes_nothing_until_a_second_person_says_so(self, propose, confirm):
        proposal = propose()
        assert not scheme_in_use("P1").rows["P1-ID-3b"].settled
        version = confirm(proposal)
        assert (version.number, version.made_by, version.live_from) == (2, proposal, today())
        row = scheme_in_use("P1").rows["P1-ID-3b"]
        assert (row.settled, row.confirmed, row.grade) == (True, DOCUMENT, "U")

    def test_leaves_every_other_rule_as_it_was(self, propose, confirm):
        before = load("P1").confirming({"P1-ID-3b": DOCUMENT})
        confirm(propose())
        found = scheme_in_use("P1")
        assert [as_plain(row) for row in found.rows.values()] == [as_plain(row) for row in before.rows.values()]
        assert found.digest == before.digest

    def test_takes_two_people(self, propose, confirm, data):
        with pytest.raises(NotForYou):
            confirm(propose(), by=data)

    def test_twice_makes_one_version(self, propose, confirm):
        proposal = propose()
        assert confirm(proposal) == confirm(proposal)
        assert SchemeVersion.objects.filter(scheme="P1").count() == 2

    def test_several_rules_by_one_document_makes_one_version(self, propose, confirm):
        every = [{"rule": row.id} for row in load("P1").rows.values() if not row.settled]
        confirm(propose(every))
        assert all(row.settled for row in scheme_in_use("P1").rows.values())
        assert scheme_in_use("P1").number == 2

    def test_tells_the_auditors(self, propose, confirm, post, head):
        auditor = post(Role.AUDITOR)
        auditor.email = "auditor@county.example"
        auditor.save(update_fields=["email"])
        confirm(propose(CHANGES))
        with acting_as(head):
            with transaction.atomic():
                job = Job.objects.get(kind="rulebook.tell_auditors")
            work.run(job.uid)
        (letter,) = [each for each in mail.outbox if each.to == [auditor.email]]
        assert "P1-R-ASB-b: Months: 12 months" in letter.body
        assert DOCUMENT in letter.body


class TestChanging:
    def test_a_value_makes_a_version_and_the_old_one_stays(self, propose, confirm):
        confirm(propose(CHANGES))
        old, new = SchemeVersion.objects.filter(scheme="P1").order_by("number")
        assert (old.live_until, new.live_from, new.live_until) == (today(), today(), None)
        assert new.as_scheme.rows["P1-R-ASB-b"].value == {"months": 12}
        assert old.as_scheme.digest == load("P1").digest

    def test_keeps_the_order_of_a_value(self, propose, confirm):
        new = {"percent": 50, **{k: v for k, v in load("P1").rows["P1-R-ASB"].value.items() if k != "percent"}}
        confirm(propose([{"rule": "P1-R-ASB", "value": dict(reversed(new.items()))}]))
        assert list(scheme_in_use("P1").rows["P1-R-ASB"].value) == list(load("P1").rows["P1-R-ASB"].value)

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ([], "Say which rule"),
            ([{"rule": "P1-X"}], "has no rule P1-X"),
            ([{"rule": "P1-ID-1a"}], "counts already"),
            ([{"rule": "P1-ID-1a", "value": {"under": 18, "months": 12}}], "has this value already"),
            ([{"rule": "P1-ID-1a", "value": {"under": 18, "months": 0}}], "whole number from 1 to 120"),
            ([{"rule": "P1-ID-1a", "value": {"months": 12}}], "Give these parts and no other: under, months"),
            ([{"rule": "P1-M-MAX", "value": {"pounds": 4000}}], "give pounds and pence"),
            ([{"rule": "P1-ID-3b"}, {"rule": "P1-ID-3b"}], "named twice"),
            ([{"rule": "P1-ID-2a-AP", "value": {**load("P1").rows["P1-ID-2a-AP"].value, "reason": "x"}}], "engine"),
        ],
        ids=lambda each: each if isinstance(each, str) else "",
    )
    def test_into_what_cannot_be_is_refused(self, propose, changes, sentence):
        with pytest.raises(WrongRule, match=sentence):
            propose(changes)

    def test_without_a_document_is_refused(self, propose):
        with pytest.raises(WrongRule, match="document"):
            propose(document=" ")

    def test_while_another_proposal_waits_is_refused(self, propose):
        propose()
        with pytest.raises(Conflict):
            propose(CHANGES)

    def test_that_was_taken_back_never_counts(self, propose, confirm, data):
        proposal = propose()
        with acting_as(data), transaction.atomic():
            services.take_back(proposal, by=data)
        with pytest.raises(NotAllowed, match="taken back"):
            confirm(proposal)


class TestPostgresByItself:
    def test_lets_nobody_of_the_application_write_a_version_or_a_row(self, head):
        version = version_in_use("P1")
        with acting_as(head):
            assert refused("update performance_schemerow set value = '{}' where version_id = %s", version.pk)
            assert refused("delete from performance_schemerow where version_id = %s", version.pk)
            assert refused("update performance_schemeversion set live_until = '2014-01-01' where id = %s", version.pk)
            assert refused("insert into performance_schemeversion (scheme) values ('P1')")

    def test_lets_their_owner_change_none_either(self):
        with owner(connection.settings_dict["NAME"]) as cursor, pytest.raises(psycopg2.Error, match="does not change"):
            cursor.execute("update performance_schemerow set value = '{}' where rule = 'P1-ID-1a'")

    def test_confirms_for_no_one_but_a_second_person_with_the_post(self, propose, data, post):
        proposal = propose()
        for who in (data, post(Role.AUDITOR)):
            with acting_as(who):
                assert refused("select slf.confirm_rules(%s, current_date)", proposal.pk)

    def test_lets_nobody_propose_in_another_name_or_settled(self, data, head):
        sql = """insert into performance_ruleproposal (uid, scheme, changes, document, reason, proposed_by_id,
                 proposed_at, confirmed_by_id, confirmed_at)
                 values (gen_random_uuid(), 'P1', '[]', 'x', '', %s, now(), %s, %s)"""
        with acting_as(data):
            assert refused(sql, head.pk, None, None)
            assert refused(sql, data.pk, head.pk, "2014-10-15")

    def test_has_one_version_of_a_scheme_a_day(self):
        with owner(connection.settings_dict["NAME"]) as cursor, pytest.raises(psycopg2.Error, match="one_a_day"):
            cursor.execute(
                """insert into performance_schemeversion
                   (uid, scheme, number, name, starts_on, ends_on, shipped, live_from)
                   values (gen_random_uuid(), 'P1', 9, 'x', '2012-04-01', '2015-05-31', '', '2014-01-01')"""
            )


class TestARelease:
    def test_that_changes_a_rule_makes_a_version_and_keeps_what_the_county_said(self, propose, confirm, monkeypatch):
        confirm(propose(CHANGES))
        newer = load("P1").setting({"P1-R-PTW": {**load("P1").rows["P1-R-PTW"].value, "months": 3}})
        county = scheme_in_use("P1")
        found = reference.carried(county, newer)
        assert found.rows["P1-R-PTW"].value["months"] == 3
        assert (found.rows["P1-R-ASB-b"].value, found.rows["P1-R-ASB-b"].confirmed) == ({"months": 12}, DOCUMENT)
