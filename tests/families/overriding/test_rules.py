from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from families.overriding.rules import GDPR, OCCASIONS, SHORTEST, Occasion, ends_at, law_on
from slf.clock import LONDON

moments = st.builds(
    lambda day, hour: datetime.combine(day, hour, tzinfo=LONDON),
    st.dates(date(2012, 1, 1), date(2030, 1, 1)),
    st.times(),
)


class TestAnOverride:
    @given(moments)
    def test_ends_with_its_day_or_after_two_hours_and_never_later(self, begins):
        ends = ends_at(begins)
        assert begins + SHORTEST <= ends
        assert ends <= max(begins + SHORTEST, begins + timedelta(days=1))
        assert ends.date() <= begins.date() + timedelta(days=1)

    def test_given_in_the_morning_ends_at_midnight(self):
        assert ends_at(datetime(2014, 10, 15, 9, tzinfo=LONDON)) == datetime(2014, 10, 16, tzinfo=LONDON)


class TestItsLaw:
    @given(st.sampled_from(Occasion), st.dates(date(2012, 1, 1), date(2030, 1, 1)))
    def test_is_that_of_the_day(self, occasion, day):
        row = OCCASIONS[occasion]
        assert law_on(day, occasion) == (row.act_1998 if day < GDPR else row.gdpr)
        assert 0 < len(law_on(day, occasion)) <= 200
