"""Files as nobody should send them: each is refused in one sentence, or each of its rows is listed with its reason."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from families.hub.files import LONGEST_FIELD, check_file, rows_of
from families.hub.models import FeedFile, FeedRow
from families.hub.rules import FEEDS, LONGEST_REASON, BadFile
from families.hub.settling import read_line
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.work.rules import State
from tests.factories import MembershipFactory
from tests.families.hub.factories import ATTENDANCE, load

FEED = FEEDS["attendance"]
HEADER, LINE = ",".join(FEED.columns), ",".join(ATTENDANCE.values())
REFUSED = {
    "nothing": (b"", "Missing: UPN, Surname"),
    "only a byte order mark": (b"\xef\xbb\xbf", "Missing: UPN"),
    "only empty lines": (b"\n\r\n\n", "Missing: UPN"),
    "only a header": (f"{HEADER}\n".encode(), "The file has its column names, but no rows."),
    "other columns": (b"UPN,Surname\n1,2\n", "Missing: Forename"),
    "one column too many": (f"{HEADER},Shoe size\n".encode(), "Not known: Shoe size."),
    "a column without a name": (f"{HEADER},\n{LINE},x\n".encode(), "Not known: (no name)."),
    "a column twice": (f"{HEADER},UPN\n".encode(), "Twice: UPN."),
    "a column twice, once with a space": (f"{HEADER}, UPN\n".encode(), "Twice: UPN."),
    "hundreds of columns": (",".join(f"c{n}" for n in range(500)).encode(), "c11 and 488 more."),
    "a column name that runs": (f"{HEADER},=cmd|' /C calc'!A0\n".encode(), "Not known: =cmd|' /C calc'!A0."),
    "another encoding": (f"{HEADER}\n{LINE}\nÉ".encode("latin-1"), "Line 3 has a character that is not UTF-8."),
    "half a letter": (f"{HEADER}\n{LINE}é".encode()[:-1], "Line 2 has a character that is not UTF-8."),
    "half of a pair of surrogates": (f"{HEADER}\n".encode() + b"\xed\xa0\x80", "Line 2 has a character"),
    "UTF-16": (f"{HEADER}\n{LINE}\n".encode("utf-16"), "The file is in UTF-16"),
    "UTF-16, the other way round": (b"\xfe\xff" + HEADER.encode("utf-16-be"), "The file is in UTF-16"),
    "UTF-16 without its mark": (f"{HEADER}\n".encode("utf-16-le"), "This is no text file"),
    "a spreadsheet": (
        b"PK\x03\x04\x14\x00\x06\x00",
        "This is an Excel file. Send the table itself, saved as “CSV UTF-8”.",
    ),
    "a letter": (b"%PDF-1.7\n%\xe2\xe3", "This is a PDF. Send the table itself, saved as “CSV UTF-8”."),
    "a photograph": (b"\xff\xd8\xff\xe0", "This is a picture."),
    "NUL bytes": (f"{HEADER}\n{LINE}\0\n".encode(), "This is no text file"),
    "a row too wide": (f"{HEADER}\n{LINE},more\n".encode(), "Line 2 has more cells than there are columns."),
    "a quote never closed": (f'{HEADER}\n{LINE}\n"open\n'.encode(), "Line 3 is not a line of a CSV file: a quotation"),
    "a quote in the header": (f'"{HEADER}\n{LINE}\n'.encode(), "Line 1 is not a line of a CSV file: a quotation"),
    "a quote inside a cell": (
        f'{HEADER}\n"a"b\n'.encode(),
        "Line 2 is not a line of a CSV file: a quotation mark stands",
    ),
    "a cell without end": (f"{HEADER}\n{'x' * (LONGEST_FIELD + 1)}\n".encode(), "a cell is longer than 100,000"),
    "a million rows": (f"{HEADER}\n".encode() + b"a\n" * 1_000_000, "The file has more than 200,000 rows."),
    "too much": (b"a" * (50 * 1024 * 1024 + 1), "The file is larger than 50 MB."),
    "semicolons": (
        HEADER.replace(",", ";").encode(),
        "This file uses semicolons between its cells. Save it with commas",
    ),
    "tabs": (HEADER.replace(",", "\t").encode(), "This file uses tabs"),
}
READ = {
    "a byte order mark": f"{HEADER}\n{LINE}\n".encode("utf-8-sig"),
    "line ends of Windows": f"{HEADER}\r\n{LINE}\r\n".encode(),
    "line ends of old": f"{HEADER}\r{LINE}\r".encode(),
    "no line end at the end": f"{HEADER}\n{LINE}".encode(),
    "empty lines between": f"{HEADER}\n\n{LINE}\n\n".encode(),
    "fewer cells than columns": f"{HEADER}\n{ATTENDANCE['UPN']}\n".encode(),
    "a formula in a cell": f"{HEADER}\n=1+1{LINE}\n".encode(),
    "a line break in a cell": f'{HEADER}\n"A1\nB2",{LINE}\n'.replace(",2013-14 autumn", "").encode(),
}


class TestAFileNobodyShouldSend:
    @pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED)
    def test_is_refused_whole_in_one_sentence(self, content, sentence):
        with pytest.raises(BadFile) as refused:
            check_file(io.BytesIO(content), FEED)
        assert sentence in refused.value.message

    @pytest.mark.parametrize("content", READ.values(), ids=READ)
    def test_is_read_when_only_its_shape_is_odd(self, content):
        assert check_file(io.BytesIO(content), FEED)[1] == 1


@pytest.fixture
def data(post):
    return post(Role.DATA)


def cells() -> st.SearchStrategy[str]:
    """What a cell may hold: anything, or what looks like an answer and is none."""
    odd = ["31/12/9999", "1/1/0001", "0000-00-00", "9999-12-31", "29/02/2013", "-1", "²", "1e9", "9" * 5000,
           "\N{ARABIC-INDIC DIGIT THREE}/10/2013", "=1+1", "+44", "@x", "\t=1", "\ud800",
           "\ufeff", "\u202e", "\U000e0001" * 300,
           "x" * 70_000, '"', "a\nb",
           ATTENDANCE["UPN"], "2013-14 autumn", "2013-14 autumn\n", "140", "03/10/2013", "02/09/2013"]  # fmt: skip
    return st.sampled_from(odd) | st.sampled_from(list(ATTENDANCE.values())) | st.text(max_size=50)


def rows(columns) -> st.SearchStrategy[list[str]]:
    """Rows of a feed in which some cells are odd; sometimes one is missing or one too many."""
    good = st.fixed_dictionaries({column: st.just(ATTENDANCE.get(column, "")) for column in columns})
    odd = st.dictionaries(st.sampled_from(columns), cells(), max_size=3)
    row = st.builds(lambda sound, wrong: list((sound | wrong).values()), good, odd)
    return row | st.lists(cells(), max_size=len(columns) + 1)


def as_file(columns, lines) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([columns, *lines])
    return text.getvalue().encode("utf-8", "surrogatepass")


@st.composite
def hostile(draw, feed=None):
    """A file of one feed: its rows, or just bytes, sometimes with its columns in another order or cut short."""
    feed = feed or draw(st.sampled_from(list(FEEDS.values())))
    lines = draw(st.lists(rows(feed.columns), max_size=4))
    content = as_file(draw(st.permutations(feed.columns) | st.just(feed.columns)), lines)
    cut = content[: draw(st.integers(0, len(content)))]
    return feed, draw(st.just(content) | st.just(cut) | st.binary(max_size=80))


def is_one_sentence(message):
    assert 0 < len(message) < 1500


class TestWhateverIsSent:
    @settings(max_examples=300, deadline=None)
    @given(hostile())
    def test_is_refused_in_a_sentence_or_each_row_can_be_kept(self, sent):
        feed, content = sent
        try:
            _, count = check_file(io.BytesIO(content), feed)
        except BadFile as refused:
            is_one_sentence(refused.message)
            return
        lines = [read_line(*row, feed) for row in rows_of(io.BytesIO(content), feed)]
        assert len(lines) == count
        for line in lines:
            assert bool(line.reading) != bool(line.reason)
            assert len(line.reason) <= LONGEST_REASON
            json.dumps([line.raw, line.reading and dict(line.reading.value)], ensure_ascii=False).encode()


@pytest.mark.django_db(transaction=True)
class TestTheJob:
    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(sent=hostile(FEED))
    def test_never_dies_of_a_file_that_was_taken(self, data, sent):
        feed, content = sent
        with acting_as(data):
            try:
                file = load(SimpleUploadedFile("hostile.csv", content), by=data, feed=feed.code)
            except BadFile:
                return
            self.is_loaded(file)

    def test_keeps_each_odd_row_with_its_reason(self, data, charnwood):
        MembershipFactory(part="child", person__upn=ATTENDANCE["UPN"])
        odd = [{"Term ends": "31/12/9999"}, {"Term starts": "1/1/0001"}, {"Possible sessions": "9" * 50},
               {"School": "x" * 70_000}, {"UPN": "\N{PILE OF POO}" * 100}, {"UPN": ""}]  # fmt: skip
        content = as_file(FEED.columns, [(ATTENDANCE | wrong).values() for wrong in odd])
        with acting_as(data):
            self.is_loaded(load(SimpleUploadedFile("odd.csv", content), by=data))
            with transaction.atomic():
                reasons = [row.reason.split(": ")[-1] for row in FeedRow.objects.order_by("number")]
        assert reasons == [
            "the year must be from 1900 to 2100.", "the year must be from 1900 to 2100.",
            "a number has at most 6 figures.", "“School” is longer than 200 characters.",
            "a unique pupil number must be a letter and 12 numbers (the last may be a letter).",
            "fill in “UPN”.",
        ]  # fmt: skip

    @pytest.mark.parametrize("name", ["x" * 500, "x." + "y" * 300, "\ud800.csv", "a\0b.csv", "../../etc/passwd", ""])
    def test_does_not_mind_what_the_file_is_called(self, data, charnwood, name):
        MembershipFactory(part="child", person__upn=ATTENDANCE["UPN"])
        upload = SimpleUploadedFile("a.csv", f"{HEADER}\n{LINE}\n".encode())
        upload._name = name
        with acting_as(data):
            self.is_loaded(load(upload, by=data))

    def test_says_what_is_wrong_when_a_file_is_no_longer_one_of_its_feed(self, data, monkeypatch):
        upload = SimpleUploadedFile("a.csv", f"{HEADER}\n{LINE}\n".encode())
        with acting_as(data):
            monkeypatch.setattr("families.hub.services.rows_of", self.refuses)
            file = load(upload, by=data)
            with transaction.atomic():
                file.job.refresh_from_db()
        assert (file.job.state, file.job.error) == (State.FAILED, "Line 2 has more cells than there are columns.")

    def refuses(self, *anything):
        raise BadFile("Line 2 has more cells than there are columns.")

    def is_loaded(self, file: FeedFile):
        with transaction.atomic():
            file.job.refresh_from_db()
            assert (file.job.state, file.job.error) == (State.DONE, "")
            assert FeedRow.objects.filter(file=file).count() == file.rows_expected
