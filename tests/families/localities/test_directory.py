"""Where a postcode is, and the loading of the directory that says so."""

import pytest
from django.core.management import call_command
from django.db import transaction

from families import reference
from families.localities.directory import BadDirectory
from families.localities.models import Postcode, PostcodeDirectory, PostcodeDistrict
from families.localities.rules import How
from families.localities.services import find_place, load_directory, source_in_words

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
HEAD = "pcd,pcds,dointr,doterm,oscty,oslaua,osward\n"
ROWS = (
    "LE112AA,LE11 2AA,198001,,E10000018,E07000130,E05005435\n"
    "LE112AB,LE11 2AB,198001,201406,E10000018,E07000130,E05005435\n"
    "LE113AA,LE11 3AA,201305,,E10000018,E07000133,E05005435\n"
    "LE1 1AA,LE1 1AA,198001,,E99999999,E06000016,E05010460\n"
    "LE131AA,LE13 1AA,198001,,E10000018,E07000133,E05005435\n"
    "IM1 1AA,IM1 1AA,198001,,M99999999,,M99999999\n"
)


@pytest.fixture
def file(tmp_path):
    """Return ``file(text)``: a file with that text."""

    def make(text=HEAD + ROWS, name="ONSPD_AUG_2014.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_text(text, encoding=encoding)
        return path

    return make


@pytest.fixture
def district(charnwood):
    with transaction.atomic():
        reference.load(using="default")


class TestWithoutTheDirectory:
    @pytest.mark.parametrize(
        ("code", "slug", "how"),
        [
            pytest.param("LE11 2AB", "charnwood", How.DISTRICT, id="its district"),
            pytest.param("LE1 2AB", None, How.UNKNOWN, id="LE1 is no part of LE11"),
            pytest.param("LE15 6AA", None, How.UNKNOWN, id="may be ours, and is not known"),
        ],
    )
    def test_a_postcode_goes_by_its_district(self, district, code, slug, how):
        found = find_place(code)
        assert (found.locality and found.locality.slug, found.outside, found.how) == (slug, False, how)

    def test_the_longer_prefix_counts(self, district, melton):
        PostcodeDistrict.objects.create(prefix="LE11 5", locality=melton, source="A test")
        assert find_place("LE11 5XY").locality == melton

    def test_a_postcode_far_away_is_outside(self, district):
        assert find_place("SW1A 1AA").outside

    def test_the_page_says_that_it_is_a_demonstration(self, district):
        assert "made for the demonstration, not the ONS directory" in source_in_words()


class TestTheDirectory:
    @pytest.fixture(autouse=True)
    def loaded(self, district, file):
        return load_directory(file())

    @pytest.mark.parametrize(
        ("code", "slug", "outside", "how"),
        [
            pytest.param("LE11 2AA", "charnwood", False, How.POSTCODE, id="a postcode of its own"),
            pytest.param("LE11 2AB", "charnwood", False, How.POSTCODE, id="one that is no longer used"),
            pytest.param("LE11 3AA", "melton", False, How.POSTCODE, id="the postcode and not its outward code"),
            pytest.param("LE11 2ZZ", "charnwood", False, How.DISTRICT, id="a new one of a sector in one locality"),
            pytest.param("LE11 9AA", None, False, How.UNKNOWN, id="a new one of an outward code in two"),
            pytest.param("LE1 1AA", None, True, How.POSTCODE, id="a postcode outside the county"),
            pytest.param("LE1 9ZZ", None, True, How.DISTRICT, id="a new one of an outward code outside"),
        ],
    )
    def test_says_where_a_postcode_is(self, code, slug, outside, how):
        found = find_place(code)
        assert (found.locality and found.locality.slug, found.outside, found.how) == (slug, outside, how)

    def test_is_what_the_page_names(self):
        assert source_in_words().startswith("ONS postcode directory, ONSPD_AUG_2014.csv, loaded on ")

    def test_leaves_out_what_is_in_no_district(self, loaded):
        assert (loaded.postcodes, loaded.in_county) == (5, 4)
        assert not Postcode.objects.filter(code="IM1 1AA").exists()

    def test_loaded_again_changes_nothing(self, file):
        before = list(Postcode.objects.order_by("code").values())
        load_directory(file())
        assert list(Postcode.objects.order_by("code").values()) == before

    def test_loaded_anew_is_what_the_new_file_says(self, file, charnwood):
        load_directory(file(HEAD + "x,LE11 3AA,201305,,x,E07000130,x\n", name="ONSPD_NOV_2014.csv"))
        assert [(p.code, p.locality) for p in Postcode.objects.all()] == [("LE11 3AA", charnwood)]
        assert {d.source for d in PostcodeDistrict.objects.all()} == {"ONS postcode directory, ONSPD_NOV_2014.csv"}

    def test_is_not_mixed_with_the_demonstration_by_the_next_migration(self, file):
        before = set(PostcodeDistrict.objects.values_list("prefix", flat=True))
        reference.load(using="default")
        assert set(PostcodeDistrict.objects.values_list("prefix", flat=True)) == before


class TestABadFile:
    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            pytest.param("a,b\n1,2\n", "no column pcds, oslaua, dointr, doterm", id="other columns"),
            pytest.param("", "no column", id="nothing"),
            pytest.param(HEAD + "x,LE112AA,198001,,x,E07000130,x\n", "Line 2: “LE112AA” is no postcode", id="no space"),
            pytest.param(HEAD + "x,LE11 2AA,198001,,x,Charnwood,x\n", "no ONS code", id="a name for a code"),
            pytest.param(HEAD + "x,LE11 2AA,198013,,x,E07000130,x\n", "must be months", id="no month"),
            pytest.param(HEAD + "x,LE11 2AA,201401,201301,x,E07000130,x\n", "before it came", id="ended before"),
            pytest.param(HEAD + "x,LE11 2AA\n", "too few cells", id="cut off"),
            pytest.param(HEAD + 'x,"LE11 2AA\n', "no CSV file", id="a quotation mark that is never closed"),
            pytest.param(HEAD + 2 * "x,LE11 2AA,198001,,x,E07000130,x\n", "more than once", id="one postcode twice"),
            pytest.param(HEAD + "x,LE1 1AA,198001,,x,E06000016,x\n", "in Leicestershire", id="of another county"),
        ],
    )
    def test_is_refused_whole_with_the_reason(self, file, text, reason):
        with pytest.raises(BadDirectory, match=reason):
            load_directory(file(text))
        assert (Postcode.objects.count(), PostcodeDirectory.objects.count()) == (0, 0)

    def test_in_another_encoding_is_refused(self, file):
        with pytest.raises(BadDirectory, match="UTF-8"):
            load_directory(file(HEAD + ROWS, encoding="utf-16"))

    def test_names_the_first_mistakes_and_no_more(self, file):
        bad = "".join(f"x,no{n},198001,,x,E07000130,x\n" for n in range(30))
        with pytest.raises(BadDirectory) as refused:
            load_directory(file(HEAD + bad))
        assert len(refused.value.problems) == 11

    def test_of_the_command_is_said_and_ends_it(self, file, capsys):
        with pytest.raises(SystemExit) as ended:
            call_command("load_postcodes", str(file("a,b\n")))
        assert ended.value.code == 2
        assert "no column" in capsys.readouterr().err


class TestASuccessorsColumns:
    def test_are_taken_too(self, file):
        load_directory(file("\ufeffPCDS,DOINTR,DOTERM,lad25cd\nLE11 2AA,198001,,E07000130\n"))
        assert find_place("LE11 2AA").locality.slug == "charnwood"
