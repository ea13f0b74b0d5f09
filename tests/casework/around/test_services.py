"""The team around a family: who joins, leads and leaves."""

from datetime import timedelta

import pytest
from django.db import Error, connection, transaction

from casework.around import services
from casework.around.models import TeamMember
from casework.around.rules import WrongMember
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Conflict, NotAllowed, NotForYou
from tests.casework.around.factories import SINCE, TODAY, joined
from tests.casework.closing.factories import closed
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db


def left(member, by, because="She moved to another school.", to_on=TODAY):
    with in_the_name_of(by):
        return services.leave_team(member, to_on=to_on, because=because, by=by, on=TODAY)


class TestSomebody:
    def test_of_another_agency_joins_once(self, family, worker):
        made = joined(family, worker)
        assert joined(family, worker) == made
        assert (str(made), made.of) == ("Ann Hall", "Rawlins Academy, Schools and academies")
        with pytest.raises(Conflict, match="in the team already"):
            joined(family, worker, part="Head teacher")

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"name": " "}, "name"), ({"agency": ""}, "agency"), ({"from_on": TODAY + timedelta(days=1)}, "from_on"),
            ({"agency": "other", "organisation": ""}, "organisation"), ({"kind": "service"}, "service"),
            ({"kind": "colleague"}, "colleague"),
        ],
    )  # fmt: skip
    def test_is_said_who_they_are(self, family, worker, wrong, field):
        with pytest.raises(WrongMember) as refused:
            joined(family, worker, **wrong)
        assert refused.value.field == field

    def test_leads_alone_and_no_more_once_they_left(self, family, worker):
        first, second = joined(family, worker), joined(family, worker, kind="colleague", colleague=worker)
        with in_the_name_of(worker):
            services.name_lead(first, by=worker)
            services.name_lead(second, by=worker)
        assert [member.is_lead for member in TeamMember.objects.order_by("pk")] == [False, True]
        left(second, worker)
        assert not TeamMember.objects.filter(is_lead=True).exists()
        with pytest.raises(Conflict, match="left the team"):
            left(second, worker, "Something else.")

    def test_is_no_colleague_of_another_locality_nor_in_a_closed_case(self, family, worker, post, melton, senior):
        other = post(Role.FSW, melton, "fsw.melton")
        with pytest.raises(WrongMember, match="may know of this family"):
            joined(family, worker, kind="colleague", colleague=other)
        closed(family, senior)
        with pytest.raises((NotAllowed, NotForYou)):
            joined(family, senior)

    @pytest.mark.parametrize(
        "sql",
        [
            "delete from casework_teammember", "update casework_teammember set name = 'Mine'",
            "update casework_teammember set from_on = from_on - 1", "update casework_teammember set to_on = null",
        ],
    )  # fmt: skip
    def test_stays_on_the_record(self, family, worker, sql):
        left(joined(family, worker, from_on=SINCE), worker)
        with pytest.raises(Error), acting_as(worker), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
