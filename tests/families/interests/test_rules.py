import pytest
from hypothesis import given
from hypothesis import strategies as st

from families.interests import rules


class TestHowSomebodyKnowsAFamily:
    @pytest.mark.parametrize("kind", list(rules.Kind))
    def test_is_on_the_list_with_words(self, kind):
        assert rules.KIND_NAMES[kind]

    @pytest.mark.parametrize(
        ("kind", "words", "wanted"),
        [("other", "", True), ("other", "  ", True), ("other", "Same choir", False), ("friend", "", False)],
    )
    def test_is_said_in_words_where_the_list_does_not_say_it(self, kind, words, wanted):
        assert rules.needs_words(kind, words) is wanted


class TestWhoEndsIt:
    @given(by=st.integers(1, 5), about=st.integers(1, 5), said=st.integers(1, 5))
    def test_is_neither_whom_it_is_about_nor_who_said_so(self, by, about, said):
        assert rules.may_end(by, about=about, declared_by=said) == (by not in (about, said))
