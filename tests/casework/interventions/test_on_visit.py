import pytest

from casework.interventions.models import HelpSession, HelpSessionPerson
from casework.visits.models import Visit
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.drafts.services import start_draft
from tests.casework.interventions.factories import begun, ended, people
from tests.casework.visits.factories import answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(worker, family):
    with acting_as(worker):
        return start_draft("visit", by=worker, family=family).get_absolute_url()


def of(help, *who) -> dict:
    return {f"help-{help.uid}": [str(person.uid) for person in who]}


class TestHelpGivenOnAVisit:
    def test_is_asked_folded_away_and_only_where_help_goes_on(self, signed_in, worker, family, page):
        assert "Help given today" not in signed_in(worker).get(page).content.decode()
        help = begun(family, worker)
        shown = signed_in(worker).get(page).content.decode()
        assert "Help given today" in shown
        assert "<details open" not in shown
        ended(help, worker)
        assert "Help given today" not in signed_in(worker).get(page).content.decode()

    def test_is_a_session_with_who_took_part_once_however_often_it_is_sent(self, signed_in, worker, family, page):
        help, (mother, *_) = begun(family, worker), people(family)
        said = answers(family) | of(help, mother)
        for _ in range(2):
            signed_in(worker).post(page, said)
        with acting_as(worker):
            visit, session = Visit.objects.get(), HelpSession.objects.get()
            assert (session.visit, session.help, session.happened_on) == (visit, help, visit.happened_on)
            assert [row.person for row in HelpSessionPerson.objects.filter(session=session)] == [mother]

    def test_that_was_not_done_is_no_session(self, signed_in, worker, family, page):
        begun(family, worker)
        signed_in(worker).post(page, answers(family))
        with acting_as(worker):
            assert Visit.objects.count() == 1
            assert not HelpSession.objects.exists()

    def test_before_it_began_is_refused_beside_it_and_nothing_is_kept(self, signed_in, worker, family, page):
        help, (mother, *_) = begun(family, worker), people(family)
        said = answers(family, happened_on="2014-09-09") | of(help, mother)
        answer = signed_in(worker).post(page, said)
        shown = answer.content.decode()
        assert answer.status_code == 400
        assert shown.count("It began on 10 September 2014") == 2  # above and beside
        assert f'value="{mother.uid}" ' in shown
        with acting_as(worker):
            assert not Visit.objects.exists()
        again = signed_in(worker).get(page).content.decode()
        assert again.count(" checked") == shown.count(" checked")

    def test_is_not_asked_of_who_only_adds_a_contact(self, signed_in, post, worker, family, charnwood):
        begun(family, worker)
        colleague = post(Role.FSW, charnwood, username="ben")
        with acting_as(colleague):
            page = start_draft("visit", by=colleague, family=family).get_absolute_url()
        assert "Help given today" not in signed_in(colleague).get(page).content.decode()
