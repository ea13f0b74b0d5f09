"""A star of the county's own: read from a sheet, seen, taken into use by who keeps lists, and never added to."""

from datetime import date

import pytest
from django.db import Error, connection, transaction
from django.urls import reverse

from casework.star_tools.definition import EXAMPLE, star_in
from casework.star_tools.services import take_into_use
from casework.stars.models import StarTool
from casework.stars.rules import each_in_use
from families.hub.rules import BadFile
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Conflict, DomainError
from tests.casework.star_tools.access_rows import form

pytestmark = pytest.mark.django_db
TODAY = date(2014, 10, 15)
SHIPPED = "where-we-are"


@pytest.fixture
def admin(post):
    user = post(Role.ADMIN)
    with acting_as(user):
        yield user


def kept(admin, sheet=EXAMPLE, **said):
    return take_into_use(star_in(sheet.encode()), by=admin, **{"starts_on": TODAY, "source": "Made up"} | said)


class TestASheet:
    def test_holds_a_star(self):
        tool = star_in(EXAMPLE.encode())
        assert (tool.code, tool.name, tool.lowest, tool.highest) == (
            "star-for-young-people",
            "Star for young people",
            1,
            10,
        )
        assert [area.code for area in tool.areas] == ["school", "friends", "home"]
        assert tool.stage_of(6).name == "Getting there"

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            pytest.param(
                ("what,name", "kind,name"), "The first line names the columns: what,name,from,to,words.", id="columns"
            ),
            pytest.param(("star,Star for young people,1,10,\n", ""), "The sheet needs one row “star”", id="no star"),
            pytest.param(("1,10,", "1,ten,"), "Line 2: “from” and “to” are whole numbers up to 100.", id="scale"),
            pytest.param(("area,Home,,,What is it like at home?\n", ""), "A star has 3 to 20 areas.", id="areas"),
            pytest.param(("6,10,It", "7,10,It"), "The stages must cover the scale", id="stages"),
            pytest.param(("area,Home", "place,Home"), "Line 5: the first cell says what the row is", id="kind"),
            pytest.param(("What is it like at home?", ""), "Line 5: the words have 1 to 200 characters.", id="words"),
            pytest.param(
                ("at school?", "at school, and after?"), "Line 3: there are more cells than columns.", id="comma"
            ),
        ],
    )
    def test_that_holds_none_says_why(self, change, sentence):
        with pytest.raises(BadFile, match=sentence.replace("?", r"\?")):
            star_in(EXAMPLE.replace(*change).encode())


class TestTakingAStarIntoUse:
    def test_beside_the_others_leaves_them_in_use(self, admin):
        tool = kept(admin)
        assert [each.code for each in StarTool.objects.each_in_use(on=TODAY)] == [SHIPPED, tool.code]
        assert StarTool.objects.in_use(on=TODAY).code == SHIPPED
        assert (tool.loaded_by, tool.version) == (admin, 1)

    def test_instead_of_another_takes_its_place(self, admin):
        tool = kept(admin, instead_of=SHIPPED)
        assert StarTool.objects.each_in_use(on=TODAY) == [tool]
        assert StarTool.objects.in_use(on=date(2014, 10, 14)).code == SHIPPED

    def test_with_new_words_is_its_next_version(self, admin):
        kept(admin)
        tool = kept(admin, EXAMPLE.replace("It mostly works.", "It works."))
        assert tool.version == 2
        assert [each.version for each in StarTool.objects.each_in_use(on=TODAY) if each.code == tool.code] == [2]

    def test_twice_changes_nothing(self, admin):
        kept(admin)
        with pytest.raises(Conflict, match="in these very words"):
            kept(admin)

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            pytest.param({"starts_on": date(2014, 10, 14)}, "today or later", id="in the past"),
            pytest.param({"instead_of": "nothing"}, "is not in use", id="instead of nothing"),
        ],
    )
    def test_is_refused(self, admin, said, sentence):
        with pytest.raises(DomainError, match=sentence):
            kept(admin, **said)

    def test_keeps_the_place_in_the_line_whichever_star_it_follows(self, admin):
        first, beside = kept(admin, instead_of=SHIPPED), kept(admin, EXAMPLE.replace("Star for young", "Star for old"))
        again = kept(admin, EXAMPLE.replace("mostly", "now"))
        assert each_in_use([first, beside, again], on=TODAY) == [again, beside]


class TestTheDatabase:
    ADDED = (
        "insert into casework_stararea (tool_id, position, code, name, asks) "
        "select id, 99, 'x', 'X', 'X?' from casework_startool where code = %s"
    )

    def test_adds_nothing_to_a_star_in_use(self, admin):
        with pytest.raises(Error, match="not added to"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(self.ADDED, [SHIPPED])

    @pytest.mark.parametrize("role", [Role.SENIOR, Role.HEAD])
    def test_lets_nobody_else_take_one_into_use(self, post, charnwood, role):
        user = post(role, None if role is Role.HEAD else charnwood)
        with acting_as(user), pytest.raises(Error, match="own name"), transaction.atomic():
            kept(user)

    def test_lets_nobody_leave_out_who_did(self, admin):
        with pytest.raises(Error, match="says so"), transaction.atomic():
            kept(admin).__class__.objects.create(
                code="x", name="X", lowest=1, highest=3, starts_on=TODAY, source="Made up"
            )


class TestThePage:
    def test_shows_the_star_before_anything_is_kept(self, signed_in, post):
        client = signed_in(post(Role.ADMIN))
        address = reverse("casework:load_star")
        answers = form({})
        del answers["take"]
        page = client.post(address, answers)
        assert "As families will see it" in page.content.decode()
        assert StarTool.objects.count() == 1

    def test_keeps_what_was_typed_and_says_what_is_wrong_with_it(self, signed_in, post):
        client = signed_in(post(Role.ADMIN))
        page = client.post(reverse("casework:load_star"), form({}) | {"sheet": "what,name\nstar,Mine"})
        assert page.status_code == 400
        assert "The first line names the columns" in page.content.decode()
        assert "star,Mine" in page.content.decode()
