from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from families.facts.rules import AGENCIES, CATEGORIES
from families.register.rules import Purpose
from families.shown.rules import DCLG, PARTNERS, SERVICE, Shown, What, Withdrawal, by_partner, to_tell

ON = date(2014, 10, 1)
days = st.dates(ON - timedelta(days=20), ON + timedelta(days=20))
showings = st.builds(
    Shown,
    on=days,
    code=st.sampled_from(sorted(PARTNERS)),
    what=st.sampled_from(What),
    detail=st.sampled_from(["a", "b"]),
    category=st.sampled_from(["", *CATEGORIES]),
    purpose=st.sampled_from(Purpose),
)
withdrawals = st.builds(
    Withdrawal,
    on=days,
    words=st.just("Taken back"),
    agency=st.sampled_from(sorted(AGENCIES)),
    category=st.sampled_from(["", *CATEGORIES]),
    purpose=st.sampled_from(Purpose),
)


def names(partners):
    return [each.partner for each in partners]


class TestWhoIsToBeTold:
    @given(withdrawals, st.lists(showings, max_size=8))
    def test_was_shown_something_under_it_before_it_was_taken_back(self, taken, rows):
        told = to_tell(taken, rows, gave=(), told={})
        assert set(names(told)) == {row.partner for row in rows if taken.concerns(row)}
        assert len(names(told)) == len(set(names(told)))
        assert all(row.on <= taken.on for row in rows if taken.concerns(row))

    @given(withdrawals, st.lists(showings, max_size=8))
    def test_is_never_the_service_itself(self, taken, rows):
        assert PARTNERS[SERVICE] not in names(to_tell(taken, rows, gave=(), told={}))

    def test_is_the_agency_that_shares_it_though_it_was_shown_nothing(self):
        taken = Withdrawal(ON, "Taken back", "schools", "education")
        (one,) = to_tell(taken, [], gave={"schools"}, told={})
        assert (one.partner, one.is_told) == (AGENCIES["schools"], False)

    def test_is_not_who_was_shown_another_kind_of_information(self):
        taken = Withdrawal(ON, "Taken back", "schools", "education")
        police = Shown(ON, "police", What.FACTS, "Offences", category="offending")
        assert to_tell(taken, [police], gave=(), told={}) == []

    def test_of_an_agreement_is_not_the_department_whose_claim_rests_on_law(self):
        claim = Shown(ON, DCLG, What.CLAIM, "File", purpose=Purpose.CLAIM)
        assert to_tell(Withdrawal(ON, "Agreement taken back"), [claim], gave=(), told={}) == []

    def test_counts_as_told_once_somebody_wrote_it_down(self):
        taken, esf = Withdrawal(ON, "Agreement taken back"), Shown(ON, "esf", What.RECORD, "Visits")
        (one,) = to_tell(taken, [esf], gave=(), told={"ESF provider": ["on the telephone"]})
        assert one.is_told


class TestTheReport:
    @given(st.lists(showings, max_size=12))
    def test_loses_nothing_and_puts_the_newest_first(self, rows):
        found = by_partner(rows)
        assert sum(map(len, found.values())) == len(rows)
        assert list(found) == sorted(found)
        for shown in found.values():
            assert [row.on for row in shown] == sorted((row.on for row in shown), reverse=True)
