"""`manage.py apportion`: the published table from a file, or a sentence for each problem."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

COUNTS = Path(__file__).parents[3] / "docs" / "examples" / "counts-march-2012.csv"
YEAR_1 = """\
locality,complex,at_risk,all,share,fsw,seniors
North West Leicestershire,235,354,589,18,5,0.7
Charnwood,431,635,1066,32,10,1.3
Melton,127,161,288,9,3,0.4
Oadby and Wigston,68,156,224,7,2,0.3
Harborough,66,150,216,6,2,0.3
Blaby,80,172,252,8,2,0.3
Hinckley and Bosworth,277,390,667,20,6,0.8
all,1284,2018,3302,100,30,4
"""
YEARS_2_TO_4 = """\
locality,complex,at_risk,all,share,fsw,seniors
North West Leicestershire,235,354,589,18,9,1.1
Charnwood,431,635,1066,32,15,1.9
Melton,127,161,288,9,4,0.5
Oadby and Wigston,68,156,224,7,3,0.4
Harborough,66,150,216,6,3,0.4
Blaby,80,172,252,8,4,0.5
Hinckley and Bosworth,277,390,667,20,10,1.3
all,1284,2018,3302,100,48,6
"""
HEADER = "locality,complex,at_risk\n"


def run(counts: Path, posts: object = 30, seniors: object = 4) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(
            "apportion", f"--counts={counts}", f"--posts={posts}", f"--seniors={seniors}", stdout=out, stderr=err
        )
    except SystemExit as stopped:
        return int(stopped.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def written(tmp_path):
    def write(content: str | bytes) -> Path:
        file = tmp_path / "counts.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return write


class TestThePublishedTable:
    @pytest.mark.parametrize(
        ("posts", "seniors", "table", "added"), [(30, 4, YEAR_1, "4.1"), (48, 6, YEARS_2_TO_4, "6.1")]
    )
    def test_to_the_digit_with_a_note_on_the_rounding(self, posts, seniors, table, added):
        assert run(COUNTS, posts, seniors) == (
            0,
            table,
            f"The seniors column adds up to {added}, because each figure is rounded; "
            f"the total is printed as given: {seniors}.\n",
        )


class TestFromNothing:
    def test_needs_no_settings_and_no_database(self):
        command = [sys.executable, "manage.py", "apportion", f"--counts={COUNTS}", "--posts=30", "--seniors=4"]
        done = subprocess.run(command, cwd=COUNTS.parents[2], env={}, capture_output=True, text=True, check=True)
        assert done.stdout == YEAR_1


class TestOtherCounts:
    def test_any_order_of_columns_other_columns_and_empty_lines(self, written):
        file = written("at_risk,note,complex,locality\n\n20,x,10,Here\n10,,20,There\n\n")
        assert run(file, 3, 1)[1].splitlines()[1:] == [
            "Here,10,20,30,50,2,0.7",
            "There,20,10,30,50,1,0.3",
            "all,30,30,60,100,3,1",
        ]

    def test_a_byte_order_mark_and_windows_lines(self, written):
        assert run(written(b"\xef\xbb\xbflocality,complex,at_risk\r\nHere,1,2\r\n"), 3, "1.5")[1].splitlines()[1:] == [
            "Here,1,2,3,100,3,1.5",
            "all,1,2,3,100,3,1.5",
        ]

    def test_a_locality_without_families_gets_nothing(self, written):
        assert "Nowhere,0,0,0,0,0,0.0" in run(written(HEADER + "Here,1,2\nNowhere,0,0\n"))[1]

    def test_no_note_when_the_column_adds_up(self, written):
        assert run(written(HEADER + "Here,1,2\n"), 10, 1)[2] == ""


class TestBadCounts:
    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            ("", "The file is empty."),
            (
                "locality,complex\n",
                "The first line has to name the columns locality, complex and at_risk; at_risk is missing.",
            ),
            (
                "a;complex\n",
                "The first line has to name the columns locality, complex and at_risk; "
                "locality, complex, at_risk are missing.",
            ),
            ("locality,complex,at_risk,complex\n", "The first line names a column twice."),
            (HEADER, "The file counts no families, so there is nothing to share out by."),
            (HEADER + "Here,0,0\n", "The file counts no families, so there is nothing to share out by."),
            (HEADER + "Here,1\n", "Line 2 has 2 cells; the header has 3."),
            (HEADER + "Here,-1,2\n", 'Line 2: complex has to be a whole number from 0, like 1066, not "-1".'),
            (HEADER + 'Here,"1,066",2\n', 'Line 2: complex has to be a whole number from 0, like 1066, not "1,066".'),
            (HEADER + "Here,1.5,2\n", 'Line 2: complex has to be a whole number from 0, like 1066, not "1.5".'),
            (HEADER + "Here,٣,2\n", 'Line 2: complex has to be a whole number from 0, like 1066, not "٣".'),
            (
                HEADER + "Here,1,99999999999\n",
                'Line 2: at_risk has to be a whole number from 0, like 1066, not "99999999999".',
            ),
            (HEADER + ",1,2\n", "Line 2 has no locality."),
            (
                HEADER + "=cmd(),1,2\n",
                'Line 2: "=cmd()" begins like a spreadsheet formula; write the locality\'s name.',
            ),
            (HEADER + "Here,1,2\nAll,1,2\n", 'Line 3: "All" is a total; leave it out, the totals are worked out.'),
            (HEADER + "Here,1,2\nhere,1,2\n", '"here" is there twice.'),
            ("locality,complex,at_risk,all\nHere,1,2,4\n", "Line 2: all is 4, but complex and at_risk add up to 3."),
            (HEADER + 'Here,"1,2\n', "Line 2 cannot be read as CSV: unexpected end of data."),
            (b"locality,complex,at_risk\nHere\xff,1,2\n", "Line 2 is not UTF-8 text. Save the file as CSV UTF-8."),
            (b"locality,complex,at_risk\nHere\x00,1,2\n", "Line 2 holds a NUL character: this is not a CSV file."),
            (HEADER + "".join(f"L{n},1,2\n" for n in range(1001)), "The file has more than 1,000 localities."),
        ],
    )
    def test_is_a_sentence_and_status_2(self, written, content, sentence):
        assert run(written(content)) == (2, "", f"{sentence}\n")

    def test_every_problem_is_said_at_once(self, written):
        assert run(written(HEADER + "Here,x,y\n,1,2\n"))[2].count("\n") == 3

    def test_a_file_that_is_not_there(self):
        assert run(Path("nowhere.csv")) == (2, "", "nowhere.csv cannot be read: No such file or directory.\n")

    @pytest.mark.parametrize(
        ("posts", "seniors", "said"),
        [
            (0, 4, "whole number from 1"),
            ("3.5", 4, "whole number from 1"),
            ("-3", 4, "whole number from 1"),
            (30, -1, "number from 0"),
            (30, "4.25", "at most one decimal"),
            (30, "NaN", "number from 0"),
            (30, "many", "number from 0"),
        ],
    )
    def test_posts_and_seniors_that_cannot_be(self, posts, seniors, said):
        with pytest.raises(CommandError, match=said):
            run(COUNTS, posts, seniors)
