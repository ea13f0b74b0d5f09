from datetime import UTC, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casework.lone_working.rules import LONGEST_OUT, digest_of, is_among, next_moment, words_of

SALT = b"0123456789abcdef"


class TestTheTimeToBeBack:
    @given(st.times(), st.datetimes(timezones=st.just(UTC)))
    def test_is_the_next_time_the_clock_shows_it(self, asked, now):
        found = next_moment(now, asked.hour, asked.minute)
        assert (found.hour, found.minute) == (asked.hour, asked.minute)
        assert now < found <= now + timedelta(days=1)

    def test_is_never_out_for_days(self):
        assert timedelta(days=1) > LONGEST_OUT


class TestTheWordForDuress:
    def test_is_found_anywhere_in_a_message_however_it_is_written(self):
        digest = digest_of("kettle", SALT)
        for message in ("kettle", "Put the Kettle on!", "home soon,kettle."):
            assert is_among(message, salt=SALT, digest=digest)
        for message in ("", "kettles", "ket tle"):
            assert not is_among(message, salt=SALT, digest=digest)

    def test_is_compared_as_many_times_whether_it_is_there_or_not(self):
        assert len(words_of(" ".join(["word"] * 50))) == len(words_of(" ".join(["other"] * 50)))
