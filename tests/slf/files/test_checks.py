"""What is said of the virus scanner before the service goes live."""

from slf.files.checks import a_scanner_looks
from tests.slf.files.clamd import scanning


class TestCheckingForProduction:
    def test_says_that_there_is_none(self, settings):
        settings.CLAMD = ""
        assert [said.id for said in a_scanner_looks()] == ["slf.I201"]

    def test_says_that_it_does_not_answer(self, settings):
        settings.CLAMD = "/nowhere/clamd"
        assert [said.id for said in a_scanner_looks()] == ["slf.W202"]

    def test_says_nothing_where_it_answers(self, settings, tmp_path):
        with scanning(settings, tmp_path):
            assert a_scanner_looks() == []
