"""A run is not signed while a warning is left; what the checks answered is frozen with it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from performance.claims.checking import Places, checks_of
from performance.claims.checks import State as Answer
from performance.claims.models import Judged
from performance.claims.putting_names import sign_run
from performance.claims.settings import PLEDGED
from performance.claims.whole_run import warnings_left
from performance.trail.services import verify
from performance.warnings.models import LineSignOff, LineWarning, RunWarning
from performance.warnings.services import sign_off, take_back
from slf.access.acting import acting_as
from slf.web.errors import Incomplete, NotAllowed, NotForYou
from tests.database import owner
from tests.families.interests.factories import knows
from tests.performance.claims.conftest import office, prepare, unconfirmed  # noqa: F401  (fixtures)
from tests.performance.claims.factories import family_with_a_result
from tests.performance.trail.altering import LEFT_OUT, unseen
from tests.performance.trail.conftest import tried  # noqa: F401  (a fixture)
from tests.slf.policy.factories import confirmed

OF_WARNINGS = {f"performance_{name}" for name in ("linewarning", "runwarning", "linesignoff", "runsignoff")}
pytestmark = pytest.mark.django_db(transaction=True)
WHY = "Looked at by hand: the school wrote today"


@pytest.fixture
def run(prepare, everything, charnwood, monkeypatch):  # noqa: F811
    """Return a run of two lines that warn, and warns as a whole: a check of each is as if it did.

    Of each line the check of contacts warns too: the families were seen by nobody.
    """
    from performance.claims import checks
    from performance.claims.checks.shapes import warns

    def warning(check):
        return type(check)(**{**vars(check), "rule": lambda of: warns("Somebody has to look at this.")})

    for name in ("CHECKS", "OF_A_LINE", "FROZEN", "OF_A_RUN"):
        some = getattr(checks, name)
        monkeypatch.setattr(checks, name, tuple(warning(c) if c.number in {17, 23} else c for c in some))
    for _ in range(2):
        family_with_a_result(by=everything, locality=charnwood)
    made = prepare()
    monkeypatch.undo()
    return made


def passed_by(auditor, run) -> None:
    """Have a run passed by internal audit, as only the owner of the tables can without a sample."""
    with owner(connection.settings_dict["NAME"]) as cursor:
        cursor.execute(
            "update performance_claimrun set state = 'audited', audited_by_id = %s, audited_at = now() where id = %s",
            [auditor.pk, run.pk],
        )


def uids(run) -> list:
    with transaction.atomic():
        return [row.uid for model in (LineWarning, RunWarning) for row in model.objects.filter(run=run)]


def left(run) -> int:
    with transaction.atomic():
        return warnings_left(run)


def test_what_warned_is_frozen_with_the_line_and_asked_no_more(run, everything):
    with transaction.atomic():
        row = Judged.objects.select_related("run").prefetch_related("claims").first()
        (line,) = (each for each in checks_of(row, row.run, Places(everything, [])).values() if each.met)
    (check,) = (each for each in line.told if each.number == 17)
    assert (check.state, check.sentence) == (Answer.WARNS, "Somebody has to look at this.")
    assert left(run) == 5


def test_a_run_is_signed_only_when_every_warning_is_signed_off(run, office):  # noqa: F811
    passed_by(office.auditor, run)
    with acting_as(office.head):
        with pytest.raises(NotAllowed, match="5 warnings are not signed off"):
            sign_run(run, by=office.head)
        refused = pytest.raises(ProgrammingError, match="not signed off")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("update performance_claimrun set state = 'signed', signed_by_id = %s", [office.head.pk])
        assert sign_off(run, uids(run), reason=WHY, by=office.head) == 5
    assert left(run) == 0


def test_signing_off_again_changes_nothing_and_taking_back_is_another_row(run, office, tried):  # noqa: F811
    with acting_as(office.head):
        some = uids(run)
        assert [sign_off(run, some, reason=WHY, by=office.head) for _ in range(2)] == [5, 0]
        assert take_back(run, some[:1], reason="The letter was of another child", by=office.head) == 1
    assert left(run) == 1
    assert unseen(tried, {name: left_out for name, left_out in LEFT_OUT.items() if name in OF_WARNINGS}) == []
    with transaction.atomic():
        assert list(LineSignOff.objects.order_by("turn").values_list("turn", "signed").distinct()) == [
            (1, True), (2, False),
        ]  # fmt: skip
    with acting_as(None):
        assert verify().sentences == []


def test_a_preparer_an_auditor_and_a_short_reason_sign_off_nothing(run, office):  # noqa: F811
    some = uids(run)
    for who in (office.data, office.auditor):
        with acting_as(who), pytest.raises(NotForYou):
            sign_off(run, some, reason=WHY, by=who)
    with acting_as(office.head), pytest.raises(Incomplete):
        sign_off(run, some, reason="Fine", by=office.head)


def test_who_knows_a_family_signs_off_nothing_of_it(run, office):  # noqa: F811
    with transaction.atomic():
        family = LineWarning.objects.filter(run=run).first().family
        of_it = list(LineWarning.objects.filter(run=run, family=family).values_list("pk", "uid"))
    knows(family, office.head)
    with acting_as(office.head):
        with pytest.raises(NotForYou):
            sign_off(run, [uid for _, uid in of_it], reason=WHY, by=office.head)
        refused = pytest.raises(IntegrityError, match="who knows the family")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select slf.sign_off_warnings(%s, '{}', true, %s)", [[pk for pk, _ in of_it], WHY])


@pytest.mark.parametrize("who", ["data", "auditor"])
def test_postgresql_lets_nobody_else_sign_off(run, office, who):  # noqa: F811
    with transaction.atomic():
        pks = list(LineWarning.objects.filter(run=run).values_list("pk", flat=True))
    refused = pytest.raises(ProgrammingError, match="not yours")
    with acting_as(getattr(office, who)), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select slf.sign_off_warnings(%s, '{}', true, %s)", [pks, WHY])


def test_the_application_writes_no_warning_and_no_sign_off_itself(run):
    for table in ("linewarning", "runwarning", "linesignoff", "runsignoff"):
        for verb in ("insert", "update", "delete"):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("select has_table_privilege('slf_app', %s, %s)", [f"performance_{table}", verb])
                assert cursor.fetchone() == (False,)


def test_several_are_signed_off_on_the_page_with_one_reason(run, office, signed_in, api):  # noqa: F811
    client, address = signed_in(office.head), f"/performance/claims/{run.uid}/warnings/"
    with acting_as(None):
        page = client.get(address).content.decode()
        assert "Check 17." in page
        sent = {"reason": WHY}
        for field in client.get(address).context["form"]:
            if field.name.startswith("check_"):
                sent[field.name] = [value for value, _ in field.field.choices]
        assert client.post(address, sent | {"reason": "No"}).status_code == 200
        assert client.post(address, sent).status_code == 302
        told = api(office.auditor).get(f"/api/v1/claim-runs/{run.uid}/warnings/").json()["results"]
    assert [(each["signed_off"], each["reason"]) for each in told] == [(True, WHY)] * 5


def test_the_pledge_of_the_year_makes_the_cohort_known(prepare, everything):  # noqa: F811
    family_with_a_result(by=everything)
    confirmed(PLEDGED, 100)
    run = prepare()
    with transaction.atomic():
        (told,) = RunWarning.objects.filter(run=run)
    assert told.check_number == 23
    assert "0 of 100 pledged families are worked with" in told.sentence
