import pytest
from django.db import connection

from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.rules import Role

pytestmark = pytest.mark.django_db


class TestAListOfFamilies:
    @pytest.mark.parametrize("role", [Role.SENIOR, Role.HEAD])
    def test_is_read_in_its_order_and_not_sorted(self, post, charnwood, role):
        reader = post(role, None if role is Role.HEAD else charnwood)
        with acting_as(reader), connection.cursor() as cursor:
            cursor.execute("set local enable_sort = off; set local enable_seqscan = off")
            plan = Family.objects.visible_to(reader)[:25].explain()
        assert "families_family_in_" in plan
        assert "Sort" not in plan
