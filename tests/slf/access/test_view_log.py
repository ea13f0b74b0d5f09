"""The view log: written once, read by few, sealed day by day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from slf.access.acting import acting_as
from slf.access.models import View, ViewSeal
from slf.access.rules import Role
from slf.access.sealing import broken_seals, seal_past_days
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db


class TestTheViewLog:
    @pytest.fixture
    def look(self, post, charnwood):
        user, family = post(Role.SENIOR, charnwood), FamilyFactory()
        with acting_as(user):
            return View.objects.create(user=user, family_id=family.pk, what="Test", door="/")

    @pytest.mark.parametrize("change", ["update slf_view set what = ''", "delete from slf_view", "truncate slf_view"])
    def test_can_only_be_added_to(self, look, change):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)

    def test_cannot_be_written_in_somebody_elses_name(self, post, charnwood, look):
        refused = pytest.raises(ProgrammingError, match="row-level security")
        with acting_as(post(Role.SENIOR, charnwood)), refused, transaction.atomic():
            View.objects.create(user=look.user, what="Test", door="/")

    def test_of_a_family_is_not_read_in_another_locality(self, post, melton, look):
        with acting_as(post(Role.MANAGER, melton)):
            assert not View.objects.filter(family_id=look.family_id).exists()


class TestTheViewLogSealed:
    """Day by day into a chain: each seal covers its day and the seal before."""

    @pytest.fixture
    def days(self, post, charnwood):
        """Return the four days before today; somebody looked on the first and the third, and today."""
        user, today = post(Role.SENIOR, charnwood), timezone.localdate()
        days = [today - timedelta(days=n) for n in (4, 3, 2, 1)]
        for day in (days[0], days[2], today):
            self.look(user, day)
        return days

    def look(self, user, day):
        noon = datetime.combine(day, time(12), tzinfo=UTC)
        with acting_as(user), connection.cursor() as cursor:
            cursor.execute("select slf.looked_then(%s, %s)", [user.pk, noon])

    def seal(self) -> dict[date, str]:
        with acting_as(None):
            return seal_past_days()

    def test_covers_every_day_that_is_over_in_order(self, days):
        assert list(self.seal()) == days
        assert list(ViewSeal.objects.order_by("pk").values_list("day", "views")) == [
            (days[0], 1),
            (days[1], 0),
            (days[2], 1),
            (days[3], 0),
        ]

    def test_is_sealed_once(self, days):
        assert self.seal()
        assert self.seal() == {}

    def test_names_the_seal_before(self, days):
        digests = list(self.seal().values())
        assert list(ViewSeal.objects.order_by("pk").values_list("previous", flat=True)) == ["", *digests[:-1]]

    def test_takes_in_a_day_that_was_missed_after_later_ones_were_sealed(self, days, everything):
        self.seal()
        missed = days[0] - timedelta(days=1)
        self.look(everything, missed)
        assert list(self.seal()) == [missed]
        assert broken_seals() == []

    def test_that_was_altered_shows(self, days, everything):
        self.seal()
        assert broken_seals() == []
        self.look(everything, days[2])
        assert broken_seals() == [days[2]]

    @pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati"])
    def test_is_whole_in_any_time_zone_of_whoever_asks(self, days, zone):
        self.seal()
        with connection.cursor() as cursor:
            cursor.execute("select set_config('TimeZone', %s, true)", [zone])
        assert broken_seals() == []

    def test_names_every_column_of_a_look(self):
        """A column that is added to the log is to be added to its seals, in a new form."""
        assert {field.column for field in View._meta.concrete_fields} == {
            "id", "at", "user_id", "family_id", "family_ids", "what", "door", "address", "right", "why",
        }  # fmt: skip

    def test_is_not_for_people_to_seal(self, days, everything):
        with pytest.raises(ProgrammingError, match="the clock seals"), transaction.atomic(), acting_as(everything):
            seal_past_days()

    def test_cannot_be_sealed_by_hand(self, days):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            ViewSeal.objects.create(day=days[0], views=0, digest="x")
