import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from performance.rulebook.models import RuleProposal
from performance.rulebook.reading import scheme_in_use
from slf.access.rules import Role
from tests.performance.rulebook.factories import CHANGES, DOCUMENT, confirmed, proposal

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def page(name, *args):
    return reverse(f"performance:{name}", args=args)


@pytest.fixture
def data(post, signed_in):
    return signed_in(post(Role.DATA))


@pytest.fixture
def head(post, signed_in):
    return signed_in(post(Role.HEAD))


class TestReadingTheRules:
    def test_every_scheme_says_how_much_is_to_be_confirmed(self, signed_in, post, charnwood):
        text = text_of(signed_in(post(Role.FSW, charnwood)).get(page("rules")))
        assert [name in text for name in ("first programme", "expanded programme", "Supporting Families, 2022")] == [
            True
        ] * 3
        assert "From 1 April 2025 there is no scheme" in text

    def test_every_rule_has_its_value_grade_and_source(self, data):
        text = text_of(data.get(page("rules_of", "P1")))
        assert "60%" in text
        assert "Until confirmed: Whether it counts: no" in text
        assert text.count("To be confirmed") >= 15

    def test_those_to_be_confirmed_can_be_shown_alone(self, data):
        text = text_of(data.get(page("rules_of", "SF") + "?show=open"))
        assert "SF-11" in text
        assert "SF-2<" not in text

    def test_a_rule_shows_what_it_was(self, data):
        confirmed(CHANGES)
        text = text_of(data.get(page("rule", "P1", "P1-R-ASB-b")))
        assert text.index("Months: 12 months") < text.index("Months: 6 months")
        assert (DOCUMENT in text, "rules.head" in text) == (True, True)

    @pytest.mark.parametrize("address", [("rules_of", "P9"), ("rule", "P1", "P1-X")], ids=["scheme", "rule"])
    def test_what_is_not_there_is_a_404(self, data, address):
        assert data.get(page(*address)).status_code == 404

    def test_cost_the_same_whatever_was_changed(self, data):
        def queries() -> int:
            with CaptureQueriesContext(connection) as found:
                data.get(page("rules_of", "P1"))
                data.get(page("rule", "P1", "P1-R-ASB-b"))
            return len(found)

        queries()
        confirmed()
        few = queries()
        confirmed(CHANGES)
        assert queries() == few


class TestProposing:
    def test_a_value_waits_for_the_head_of_service(self, data, head):
        sent = {"figure_months": "12", "document": DOCUMENT}
        told = text_of(data.post(page("propose_rule", "P1", "P1-R-ASB-b"), sent, follow=True))
        assert "It counts once a second person has confirmed it" in told
        row = RuleProposal.objects.get()
        assert "Rules of claims to confirm" in text_of(head.get("/"))
        told = text_of(head.post(page("confirm_rules", row.uid), follow=True))
        assert "the auditors are told" in told
        assert scheme_in_use("P1").rows["P1-R-ASB-b"].value == {"months": 12}

    def test_the_figure_it_has_confirms_it(self, data):
        data.post(page("propose_rule", "P1", "P1-R-ASB-b"), {"figure_months": "6", "document": DOCUMENT})
        assert RuleProposal.objects.get().changes == [{"rule": "P1-R-ASB-b", "value": None}]

    @pytest.mark.parametrize("rule", ["P1-ID-3b", "P1-M-2013-CAE", "P1-R-CE-b", "P1-M-7", "P1-ID-2c", "P1-M-1"])
    def test_every_sort_of_figure_comes_back_as_it_was(self, data, rule):
        form = data.get(page("propose_rule", "P1", rule)).context["form"]
        sent = {name: field.initial for name, field in form.fields.items() if name.startswith("figure_")}
        data.post(page("propose_rule", "P1", rule), sent | {"document": DOCUMENT})
        proposed = RuleProposal.objects.first()
        assert (proposed and proposed.changes[0]["value"]) is None

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            pytest.param({"figure_months": "0", "document": DOCUMENT}, "must be 1 or more", id="out of bounds"),
            pytest.param({"figure_months": "9", "document": ""}, "document", id="no document"),
        ],
    )
    def test_what_cannot_be_says_why_and_keeps_what_was_typed(self, data, sent, sentence):
        text = text_of(data.post(page("propose_rule", "P1", "P1-R-ASB-b"), sent))
        assert "govuk-error-summary" in text
        assert sentence in text
        assert f'value="{sent["figure_months"]}"' in text
        assert not RuleProposal.objects.exists()

    def test_several_by_one_document(self, data):
        sent = {"rules": ["P1-ID-3b", "P1-ID-1c"], "document": DOCUMENT}
        data.post(page("propose_several_rules", "P1"), sent)
        assert RuleProposal.objects.get().rules == ["P1-ID-3b", "P1-ID-1c"]

    def test_can_be_taken_back(self, data):
        row = proposal()
        assert "Taken back" in text_of(data.post(page("take_back_rules", row.uid), follow=True))
        row.refresh_from_db()
        assert not row.is_waiting


class TestForPrograms:
    def test_a_scheme_comes_with_every_rule_as_it_was_on_a_day(self, data):
        confirmed(CHANGES)
        now = data.get("/api/v1/schemes/P1/").json()
        then = data.get("/api/v1/schemes/P1/?on=2013-01-01").json()
        values = [
            next(rule for rule in each["rules"] if rule["id"] == "P1-R-ASB-b")["value"]["months"]
            for each in (now, then)
        ]
        assert (now["number"], then["number"], values) == (2, 1, [12, 6])

    def test_a_proposal_is_made_and_confirmed(self, data, head):
        body = {"changes": CHANGES, "document": DOCUMENT}
        made = data.post("/api/v1/schemes/P1/proposals/", body, content_type="application/json")
        assert (made.status_code, made.json()["changes"]) == (201, CHANGES)
        again = data.post("/api/v1/schemes/P1/proposals/", body, content_type="application/json")
        assert again.status_code == 409
        version = head.post(f"/api/v1/schemes/proposals/{made.json()['uid']}/confirm/")
        assert (version.status_code, version.json()["number"]) == (200, 2)

    @pytest.mark.parametrize(
        "change",
        [
            {"rule": "P1-X"},
            {"rule": "P1-R-ASB-b", "value": [12]},
            {"rule": "P1-ID-1c", "value": {"names": ["\ud800"]}},
            {"rule": "P1-ID-1c", "value": {"names": ["A\x00"]}},
            {"rule": "P1-M-2012-AF", "value": {"pounds": "1E2"}},
        ],
        ids=["no rule", "no object", "half a letter", "no letter", "no pounds"],
    )
    def test_what_cannot_be_is_a_422(self, data, change):
        body = {"changes": [change], "document": DOCUMENT}
        made = data.post("/api/v1/schemes/P1/proposals/", body, content_type="application/json")
        assert made.status_code == 422
