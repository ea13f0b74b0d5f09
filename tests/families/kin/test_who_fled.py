"""An abuser, a victim who fled, and their child: nothing of where she is now, or with whom, reaches his record."""

from datetime import date

import pytest
from django.db import connection

from families.addresses.services import Place
from families.contesting.items import items_of
from families.contesting.services import take_down
from families.households.services import expect_baby, join_family, split_family
from families.people.models import Family, Membership
from families.people.services import NewPerson
from families.shown.services import write_down_showing
from slf.access.acting import acting_as
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import hold_family, restrict_family
from tests.factories import FamilyFactory
from tests.families.households.factories import JUNE, MAY, TODAY, member
from tests.families.kin.factories import responsible, tie

pytestmark = pytest.mark.django_db
REFUGE = Place(address="1 Larkspur Row", postcode="LE13 1ZZ", phone="07700 900123", protected=True)
SECRETS = ("Larkspur", "LE13 1ZZ", "07700", "Maxwell", "Petal", "Thistle", "Fernhill", "Advocate")
"""Her address, telephone, new partner, the baby they expect, the second family's name, the child's school there,
whom of a partner her worker told of her."""


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def homes(everything):
    """His family and hers. The child spends time in both; hers is closed to named people."""
    his = FamilyFactory(name="Ray family")
    people = {
        "Ray": member(his, "Ray", "parent", born_on=date(1979, 1, 1), gender="male"),
        "Nell": member(his, "Nell", "parent", born_on=date(1984, 1, 1), gender="female"),
        "Kit": member(his, "Kit", "child", born_on=date(2008, 1, 1)),
    }
    ray, nell, kit = (row.person for row in people.values())
    for parent in (ray, nell):
        tie(his, "birth", parent, kit)
    tie(his, "married", ray, nell, date(2007, 1, 1))
    hers = split_family(
        his, going=[people["Nell"], people["Kit"]], name="Thistle family", place=REFUGE, on=MAY, by=everything
    )
    Family.objects.filter(pk=hers.pk).update(reference="SLF-777007")  # none that a page gives as an example
    hers.refresh_from_db()
    Membership.objects.filter(family=hers, person=kit).update(school="Fernhill School")
    join_family(his, who=kit, part="child", by=everything, on=JUNE)  # weekends with his father
    new = join_family(
        hers, who=NewPerson("Maxwell", "Dunne", "parent", date(1983, 3, 3)), part="parent", by=everything, on=JUNE
    )
    tie(hers, "cohabiting", nell, new.person, JUNE)
    join_family(hers, who=ray, part="away", by=everything, on=JUNE)  # her record names the child's father
    responsible(hers, kit, ray, standing="not_held", ground="not_known")
    expect_baby(hers, expected_on=date(2015, 1, 9), family_name="Dunne", given_names="Petal", by=everything, on=JUNE)
    told = {"agency": "police", "to": "Advocate Moss", "what": "told", "category": "social_care", "words": "Both"}
    write_down_showing(hers, **told, shown_on=JUNE, by=everything, on=TODAY)
    said = {"says": "The Advocate was never there", "received_on": JUNE, "by": everything, "on": TODAY}
    key = f"born:{nell.uid}"
    take_down(hers, kind="correction", raised_by=nell, item=items_of(hers, user=everything)[key], **said)
    restrict_family(hers, to=[(everything, Role.MANAGER)], by=everything)
    return his, hers


@pytest.fixture(params=[Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD])
def reader(request, post, charnwood, homes, everything):
    """Everybody who may read his record."""
    user = post(request.param, None if request.param is Role.HEAD else charnwood)
    if request.param is Role.FSW:
        hold_family(homes[0], user=user, kind=Share.Kind.WORKER, by=everything)
    return user


class TestHisRecord:
    PAGES = (
        "/families/{}/", "/families/{}/household/", "/families/{}/household/?on=2014-06-12", "/families/{}/genogram/",
        "/families/{}/genogram/?on=2014-06-12", "/casework/families/{}/chronology/", "/families/?q=Nell",
        "/families/?q=Kit", "/api/v1/families/{}/", "/api/v1/families/{}/household/",
        "/api/v1/families/{}/household/?on=2014-05-04", "/api/v1/families/{}/relationships/",
        "/api/v1/families/{}/responsibility/", "/api/v1/families/{}/genogram/",
        "/api/v1/families/{}/genogram/?on=2014-06-12", "/api/v1/families/{}/chronology/", "/api/v1/search/?q=Kit",
        "/families/{}/sharing/", "/families/{}/sharing/shown/", "/families/{}/sharing/shown.csv",
        "/api/v1/families/{}/shown/", "/families/{}/contested/", "/api/v1/families/{}/contests/",
        "/families/{}/evidence/", "/api/v1/families/{}/overrides/", "/families/{}/people/{nell}/",
    )  # fmt: skip

    @pytest.mark.parametrize("address", PAGES)
    def test_shows_nothing_of_hers(self, reader, homes, signed_in, address):
        his, hers = homes
        nell = Membership.objects.filter(family=his, person__given_names="Nell").first().person.uid
        with acting_as(None):
            answer = signed_in(reader).get(address.format(his.uid, nell=nell))
        shown = answer.content.decode()
        assert answer.status_code == 200
        assert [secret for secret in (*SECRETS, hers.reference, str(hers.uid)) if secret in shown] == []
        assert "Contested</strong>" not in shown

    def test_says_that_she_left_and_not_where_to(self, reader, homes, signed_in):
        with acting_as(None):
            page = signed_in(reader).get(f"/families/{homes[0].uid}/household/").content.decode()
        assert "Nell Marsh: left for a household of their own" in page
        assert "One of two since a household parted" not in page

    def test_is_joined_by_nobody_of_hers(self, reader, homes, signed_in):
        his, hers = homes
        with acting_as(None):
            asked = signed_in(reader).get(f"/families/{his.uid}/household/known/", {"from": hers.reference})
        assert [secret for secret in SECRETS if secret in asked.content.decode()] == []

    @pytest.mark.parametrize(
        "table",
        [
            "families_membership", "families_membershipevent", "families_relationship", "families_relationshipevent",
            "families_responsibility", "families_responsibilityevent", "families_householdchange", "families_showing",
            "families_contest", "families_contestevent", "families_override", "families_overrideevent",
        ],
    )  # fmt: skip
    def test_in_the_database_has_no_row_of_hers_for_who_reads_his(self, reader, homes, table):
        _his, hers = homes
        with acting_as(reader), connection.cursor() as cursor:
            cursor.execute(f"select count(*) filter (where family_id = %s), count(*) from {table}", [hers.pk])
            of_hers, there = cursor.fetchone()
        assert of_hers == 0
        assert there > 0 or any(name in table for name in ("responsib", "showing", "contest", "override"))
