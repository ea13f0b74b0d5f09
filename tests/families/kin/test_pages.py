import re
from datetime import date

import pytest

from families.households.services import is_born, join_family
from families.kin.models import Relationship, Responsibility
from families.needs.services import state_responsible
from families.people.services import NewPerson
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import hold_family
from tests.families.households.factories import JUNE, MAY, TODAY
from tests.families.kin.factories import responsible, three_generations, tie

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def home(everything):
    return three_generations()


@pytest.fixture
def family(home):
    return home[0]


@pytest.fixture
def browser(post, charnwood, family, signed_in, everything):
    worker = post(Role.FSW, charnwood)
    hold_family(family, user=worker, kind=Share.Kind.WORKER, by=everything)
    return signed_in(worker)


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def page(browser, family, **asked):
    return text(browser.get(f"/families/{family.uid}/genogram/", asked))


class TestTheGenogram:
    @pytest.mark.parametrize(
        "sentence",
        [
            "Dawn Marsh: woman, aged 32, lives in the household.",
            "Joan Marsh: woman, aged 59, relative living elsewhere.",
            "Baby Marsh: expected 3 December 2014.",
            "Dawn Marsh and Carl Marsh were married from 14 June 2003 until 3 May 2014.",
            "Dawn Marsh and Carl Marsh are separated since 3 May 2014.",
            "Leah Marsh: birth parents Dawn Marsh and Carl Marsh.",
            "Ben Marsh: foster parent Dawn Marsh since 3 May 2014.",
            "Leah Marsh and Josh Marsh share both parents.",
            "Joan Marsh cares for Josh Marsh since 3 May 2014.",
        ],
    )
    def test_says_in_words_what_it_shows(self, browser, family, sentence):
        assert sentence in page(browser, family)

    def test_is_drawn_in_the_standard_symbols_without_style_or_script(self, browser, family):
        drawn = browser.get(f"/families/{family.uid}/genogram/").content.decode()
        svg = drawn[drawn.index('<svg xmlns="http://www.w3.org/2000/svg" class="slf-genogram') :]
        svg = svg[: svg.index("</svg>")]
        assert "Genogram of Marsh family, 15 October 2014" in svg
        assert not re.search(r"style=|<script|<style|href=", svg)
        assert svg.count('stroke-dasharray="10 6"') >= 1

    def test_of_a_day_before_is_as_it_was(self, browser, family):
        then = page(browser, family, on="2014-05-02")
        assert "Dawn Marsh and Carl Marsh are married since 14 June 2003." in then
        assert "separated since" not in then.split("Relationships")[0]
        assert "Baby Marsh" not in then.split("Relationships")[0]

    def test_of_a_day_before_somebody_came_does_not_have_them(self, browser, family, home, everything):
        who = NewPerson("Lee", "Orton", "parent", date(1985, 1, 1))
        lee = join_family(family, who=who, part="parent", by=everything, on=JUNE).person
        tie(family, "cohabiting", home[1]["Dawn"].person, lee, JUNE)
        assert "Lee Orton: " in page(browser, family, on="2014-06-10").split("Relationships")[0]
        assert "Lee Orton: " not in page(browser, family, on="2014-06-09").split("Relationships")[0]

    def test_of_a_day_before_a_birth_has_the_baby_as_it_was_expected(self, browser, family, home, everything):
        said = {"given_names": "Ella", "family_name": "Marsh", "gender": "female", "by": everything}
        is_born(home[1]["Baby"], born_on=date(2014, 10, 10), **said)
        assert "Ella Marsh: girl, aged 0, lives in the household." in page(browser, family)
        assert "Ella Marsh: expected." in page(browser, family, on="2014-10-05")

    def test_says_who_has_parental_responsibility(self, browser, family, home):
        who = {name: row.person for name, row in home[1].items()}
        responsible(family, who["Leah"], who["Carl"], standing="not_known", ground="not_known")
        assert "Carl Marsh Not known Not known" in page(browser, family)


class TestAskingHowTwoAreRelated:
    def body(self, home, one, other, **more):
        uid = {name: str(row.person.uid) for name, row in home[1].items()}
        return {"person": uid[one], "other": uid[other], "source": "Mum", **more}

    def test_writes_it_down(self, browser, family, home):
        said = self.body(home, "Carl", "Ben", kind="step")
        answer = browser.post(f"/families/{family.uid}/relationships/", said, follow=True)
        assert "Written down. Carl Marsh: step-parent of Ben Marsh." in text(answer)

    def test_keeps_what_was_typed_when_it_cannot_be(self, browser, family, home):
        said = self.body(home, "Leah", "Dawn", kind="birth", words="Said by Nan")
        answer = browser.post(f"/families/{family.uid}/relationships/", said)
        assert answer.status_code == 400
        assert "A parent must be older than the child" in text(answer)
        assert "Said by Nan" in answer.content.decode()

    def test_offers_nobody_of_another_family(self, browser, family, everything):
        _, others = three_generations()
        form = browser.get(f"/families/{family.uid}/relationships/").content.decode()
        assert str(others["Dawn"].person.uid) not in form


class TestPuttingItRight:
    def test_starts_from_what_is_written_down(self, browser, family):
        row = Relationship.objects.get(kind="separated")
        form = text(browser.get(f"/families/relationships/{row.uid}/correct/"))
        assert "Correct: Dawn Marsh: separated from Carl Marsh" in form

    def test_takes_away_what_never_was(self, browser, family):
        row = Relationship.objects.get(kind="carer")
        answer = browser.post(f"/families/relationships/{row.uid}/take-back/", follow=True)
        assert "Taken away, because it never was." in text(answer)
        assert not Relationship.objects.filter(pk=row.pk).exists()


class TestParentalResponsibility:
    def test_by_a_care_order_is_an_authoritys(self, browser, family, home):
        child = str(home[1]["Ben"].person.uid)
        said = {
            "child": child, "holder": "authority", "standing": "held", "ground": "care_order", "source": "Order",
            "authority": "Leicestershire County Council",
        }  # fmt: skip
        address = f"/families/{family.uid}/responsibility/"
        assert "Name the court&#x27;s order" in browser.post(address, said).content.decode()
        assert browser.post(address, said | {"court_order": "LE14C00388"}).status_code == 302
        assert Responsibility.objects.get().who == "Leicestershire County Council"

    def test_ends_with_a_day(self, browser, family, home):
        row = responsible(family, home[1]["Leah"].person, home[1]["Dawn"].person, starts_on=date(2004, 2, 29))
        said = {"on_day": MAY.day, "on_month": MAY.month, "on_year": MAY.year}
        assert browser.post(f"/families/responsibility/{row.uid}/end/", said).status_code == 302
        row.refresh_from_db()
        assert row.period.upper == MAY


class TestWhatWasToldOfResponsibility:
    @pytest.fixture(autouse=True)
    def _told(self, family, home, everything):
        state_responsible(
            home[1]["Dawn"].person, family=family, responsible=True, by=everything, said_on=MAY,
            source="Referral from Holly Hayes School, 3 May 2014",
        )  # fmt: skip

    def test_is_shown_as_not_verified_and_begins_the_form_for_each_child(self, browser, family, home):
        shown = browser.get(f"/families/{family.uid}/genogram/")
        assert "School, 3 May 2014, said of Dawn Marsh: yes. Not verified" in text(shown)
        leah = home[1]["Leah"].person.uid
        way = re.search(rf'href="([^"]*told=[^"]*child={leah})"', shown.content.decode()).group(1).replace("&amp;", "&")
        form = browser.get(way).context["form"]
        begun = [form[name].value() for name in ("child", "holder", "standing", "ground", "source")]
        assert begun == [str(leah), str(home[1]["Dawn"].person.uid), "held", None, shown.context["told"][0].source]

    def test_is_asked_no_more_once_it_is_written_down_what_it_rests_on(self, browser, family, home):
        for name in ("Leah", "Josh", "Ben"):
            assert "Not verified" in page(browser, family)
            responsible(family, home[1][name].person, home[1]["Dawn"].person, source="Birth certificate")
        assert "Not verified" not in page(browser, family)

    def test_of_another_family_begins_nothing(self, browser, family, everything, melton):
        other, people = three_generations(locality=melton)
        state_responsible(
            people["Dawn"].person, family=other, responsible=True, source="A school", by=everything, said_on=MAY
        )
        uid = people["Dawn"].person.statements.get().uid
        answer = browser.get(f"/families/{family.uid}/responsibility/", {"told": str(uid)})
        assert answer.context["told"] is None
        assert "A school" not in text(answer)
