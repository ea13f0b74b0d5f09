"""Every way out of the service, in one list: what somebody must not learn is not in what they get.

A new print or file fails here until it has a row: either how it is proved, or why nothing of a family's entries is in
it. Who works here goes on reading all of it.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as site
from django.db import connection

from casework.assessments.services import finish_assessment, sign_off
from casework.chronology.rules import printed_for
from casework.chronology.sources import chronology
from casework.interventions.models import HelpSession
from casework.plans.rules import How, Said
from casework.plans.services import add_action, add_goal, record_answer, start_plan
from casework.provenance.models import Provenance, withheld
from casework.transfers.services import accept_transfer
from casework.visits.models import Sighting
from families.needs.models import Need
from families.needs.services import state_again
from slf.access.rules import Role
from slf.access.services import move_family, shared_scope
from slf.accounts.models import User
from tests.casework.assessments.factories import complete, said, started
from tests.casework.closing.factories import EARLIER, TODAY
from tests.casework.copies.factories import asked as asked_copy
from tests.casework.copies.factories import released as released_copy
from tests.casework.interventions.factories import begun, held
from tests.casework.own_page.factories import released
from tests.casework.provenance.factories import WORDS, marked
from tests.casework.safeguarding.factories import WORDS as CONCERN
from tests.casework.safeguarding.factories import acting, raised
from tests.casework.transfers.factories import offered
from tests.slf.paper.reading import words

pytestmark = pytest.mark.django_db
SECRET, OPEN = "We want him out of the house", "We want mornings without shouting"
GIVES = {
    "pdf_response", "render_pdf", "csv_response", "xlsx_response", "book_response", "download", "handed_out",
    "previewed",
}  # fmt: skip


@dataclass
class World:
    """A family of which one parent must not learn of a visit, a need, a reading, and what a goal is for."""

    family: object
    reader: object
    other: object
    worker: User
    senior: User
    client: Callable

    def get(self, address: str, by: User | None = None, **query) -> str:
        answer = self.client(by or self.worker).get(f"/casework/{address}", query)
        assert answer.status_code == 200, address
        return words(answer.content) if answer["Content-Type"] == "application/pdf" else answer.content.decode()


def of_family(world: World, page: str) -> str:
    return f"families/{world.family.uid}/{page}"


def plan(world: World) -> Iterator[tuple[bool, str]]:
    """The plan for all who live there and for one of them; all of it for the file, which says so."""
    address = of_family(world, "plan/print/")
    yield False, world.get(address)
    yield False, world.get(address, **{"for": world.reader.uid})
    whole = world.get(address, **{"for": "file"})
    assert "For the file of the service" in whole
    yield True, whole
    yield True, world.get(address, **{"for": world.other.uid})


def own_page(world: World) -> Iterator[tuple[bool, str]]:
    """The easy plan of an own page, which the page by a link shows in the same words."""
    for who, has in ((world.reader, False), (world.other, True)):
        page = released(world.family, world.worker, world.senior, person=who)
        yield has, world.get(f"own-pages/{page.uid}/print/")


def assessment(world: World) -> Iterator[tuple[bool, str]]:
    made = started(world.family, world.worker)
    said(made, "issues", world.worker, needs="domestic_violence education")
    made = complete(made, world.worker)
    with acting(world.worker):
        made = finish_assessment(made, by=world.worker, on=TODAY)
    with acting(world.senior):
        sign_off(made, by=world.senior, on=TODAY)
    for who, has in ((world.reader, False), (world.other, True)):
        text = world.get(f"assessments/{made.uid}/print/", **{"for": who.uid})
        assert ("Domestic violence" in text) is has
        yield False, text


def story(world: World) -> Iterator[tuple[bool, str]]:
    for who in (world.reader, world.other):
        copy = released_copy(asked_copy(world.family, who, world.worker), world.senior)
        text = world.get(f"chronology-copies/{copy.uid}/document/")
        assert any(said in text for said in WORDS.values()) is (who == world.other)
        yield False, text


def shown_to_partners(world: World) -> Iterator[tuple[bool, str]]:
    answer = world.client(world.senior).get(f"/families/{world.family.uid}/sharing/shown.csv")
    yield False, answer.content.decode()


STAFF = "Money, for who works here: what was asked for and paid, and none of the record's entries."
PAPER_OF = "What somebody sent or scanned, as it came, for who works with the family."
FIGURES = "Figures, or rows that an agency sent itself."
CLAIM = "Evidence of a claim, for auditors and the department: facts, not entries."
LISTS = "What agencies' files say of whom, for data officers: facts, not entries."
SHEETS = "Sheets to bring families over with, and what became of their rows."
MINUTES = "Its own marks by who is invited: tests/casework/meetings."
WAYS: dict[str, Callable[[World], Iterator[tuple[bool, str]]] | str] = {
    "casework.assessments.views.print_assessment": assessment,
    "casework.budget.api.get": STAFF,
    "casework.budget.doors.handed_out": STAFF,
    "casework.budget.lists.ledger_file": STAFF,
    "casework.budget.lists.spendings_file": STAFF,
    "casework.budget.views.receipt_file": STAFF,
    "casework.calendar.views.feed": "Days and hours of a worker's visits, without names.",
    "casework.chronology.views.print_chronology": "For those whose work needs it; for one person it is a copy (below).",
    "casework.copies.views.document": story,
    "casework.documents.api.get": PAPER_OF,
    "casework.documents.views.document_file": PAPER_OF,
    "casework.documents.views.document_preview": PAPER_OF,
    "casework.importing.views.report": SHEETS,
    "casework.importing.views.report_csv": SHEETS,
    "casework.importing.views.template": SHEETS,
    "casework.importing.views.template_csv": SHEETS,
    "casework.importing.views.to_mend": SHEETS,
    "casework.meetings.views.copy": MINUTES,
    "casework.meetings.views.print_minutes": "For the record: it says so, and is handed to nobody.",
    "casework.own_page.views.print_easy": own_page,
    "casework.plans.scan_views.scan": PAPER_OF,
    "casework.plans.views.print_plan": plan,
    "casework.requests.figures.request_file": FIGURES,
    "families.hub.views.rows_in": FIGURES,
    "families.shown.views.download": shown_to_partners,
    "performance.audit.pack.answer": CLAIM,
    "performance.audit.pack.pdf_of": CLAIM,
    "performance.audit.views.frame_file": CLAIM,
    "performance.audit.views.pack": CLAIM,
    "performance.audit.views.population_file": "The families of a claim without names, as codes.",
    "performance.claims.payments.views.as_csv": CLAIM,
    "performance.claims.views.case_file": CLAIM,
    "performance.claims.views.submission": CLAIM,
    "performance.identification.views.identification_csv": LISTS,
    "performance.outcomes.views.figure_csv": FIGURES,
    "performance.reports.shown.as_pdf": FIGURES,
    "performance.reports.views.file": FIGURES,
    "referrals.attachments.api.get": PAPER_OF,
    "referrals.attachments.handing.handed_out": PAPER_OF,
    "referrals.attachments.views.file_of_draft": PAPER_OF,
    "referrals.attachments.views.file_of_referral": PAPER_OF,
}


def ways_out() -> set[str]:
    """Return every function of a door that gives a document or a file."""
    found = set()
    for floor in ("casework", "families", "referrals", "performance"):
        for path in sorted((Path(site.BASE_DIR) / floor).rglob("*.py")):
            if {"migrations", "demo"} & set(path.parts):
                continue
            name = ".".join(path.relative_to(site.BASE_DIR).with_suffix("").parts)
            tree = ast.parse(path.read_text())
            found |= {f"{name}.{one.name}" for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and gives(one)}
    return found


def gives(function: ast.FunctionDef) -> bool:
    parts = list(ast.walk(function))
    names = {one.id for one in parts if isinstance(one, ast.Name)} | {
        one.attr for one in parts if isinstance(one, ast.Attribute)
    }
    asks = {word.arg for one in parts if isinstance(one, ast.Call) for word in one.keywords}
    texts = {one.value for one in parts if isinstance(one, ast.Constant)}
    return bool(names & GIVES or ("HttpResponse" in names and "content_type" in asks) or "Content-Disposition" in texts)


def test_every_way_out_has_a_row():
    assert ways_out() == set(WAYS)


@pytest.fixture
def world(family, worker, senior, people, entries, signed_in):
    mother, father = people[:2]
    with acting(worker):
        need = Need.objects.create(
            family=family, kind="domestic_violence", started_on=family.known_since, source="Health visitor"
        )
    for about, entry in [*entries.items(), ("need", need)]:
        marked(about, entry, worker, kept_from=frozenset({father.pk}))
    raised(worker, family)
    with acting(worker):
        plan_for(family, need, mother, worker)
    return World(family, father, mother, worker, senior, signed_in)


def plan_for(family, need, mother, worker):
    made = start_plan(family, by=worker, on=EARLIER)
    other = Need.objects.create(
        family=family, kind="education", started_on=family.known_since, source="The school"
    )  # fmt: skip
    for words_, tie in ((SECRET, need), (OPEN, other)):
        goal = add_goal(made, words=words_, needs=[tie], by=worker)
        add_action(goal, what="Ring the school", owner=mother, due_on=TODAY, by=worker)
    made.refresh_from_db()
    record_answer(
        made, person=mother, said=Said.AGREED, how=How.PAPER, said_on=EARLIER, revision=made.revision, by=worker
    )


@pytest.mark.parametrize("way", sorted(name for name, row in WAYS.items() if callable(row)))
def test_gives_nobody_what_they_must_not_learn(world, way):
    for has_it, text in WAYS[way](world):
        assert (SECRET in text) is has_it
        assert CONCERN not in text


class TestTheProvider:
    """A partner who reads the record: PostgreSQL itself leaves out what they must not learn."""

    TABLES = ("casework_visit", "casework_reading", "families_need", "casework_sighting", "families_statement",
              "casework_goalneed", "casework_provenance", "casework_visitevent", "families_needevent")  # fmt: skip

    @pytest.fixture
    def provider(self, world, post, charnwood, everything):
        move_family(world.family, to=shared_scope(charnwood, role=Role.ESF), by=everything)
        return post(Role.ESF, charnwood)

    def rows(self, by) -> dict[str, int]:
        with acting(by), connection.cursor() as cursor:
            found = {}
            for table in self.TABLES:
                cursor.execute(f"select count(*) from {table}")
                found[table] = cursor.fetchone()[0]
            return found

    def test_reads_nothing_of_what_is_kept_from_it(self, world, provider, entries, people):
        with acting(world.worker):
            state_again(entries["need"], words="Said again.", source="School", by=world.worker, said_on=EARLIER)
            Sighting.objects.create(family=world.family, visit=entries["visit"], person=people[0], how="seen")
        before = self.rows(provider)
        for about, entry in entries.items():
            marked(about, entry, world.worker, kept_from_agencies=frozenset({"esf"}))
        after = self.rows(provider)
        less = {table: before[table] - after[table] for table in self.TABLES}
        assert less["casework_visit"] == less["casework_reading"] == less["families_need"] == 1
        assert less["casework_sighting"] == less["families_statement"] == 1
        assert self.rows(world.worker)["casework_visit"] == before["casework_visit"]
        with acting(provider):
            told = str(chronology(world.family, user=provider))
            assert not any(said in told for said in WORDS.values())
            marks = Provenance.objects.visible_to(provider).filter(family=world.family)
            assert not marks.filter(entry__in=[entry.uid for entry in entries.values()]).exists()

    def test_reads_no_session_of_a_visit_that_is_kept_from_it(self, world, provider, entries):
        held(begun(world.family, world.worker), world.worker, EARLIER, visit=entries["visit"])
        with acting(provider):
            assert HelpSession.objects.exists()
        marked("visit", entries["visit"], world.worker, kept_from_agencies=frozenset({"esf"}))
        with acting(provider):
            assert not HelpSession.objects.exists()
            assert not apps.get_model("casework", "HelpSessionEvent").objects.exists()
        with acting(world.worker):
            assert HelpSession.objects.exists()

    def test_opens_the_pages_of_such_a_family(self, world, provider, entries, signed_in):
        marked("need", entries["need"], world.worker, kept_from_agencies=frozenset({"esf"}))
        for page in ("", "needs/", "chronology/", "visits/", "star/", "plan/"):
            there = "families" if page == "" else "casework/families"
            assert signed_in(provider).get(f"/{there}/{world.family.uid}/{page}").status_code == 200


def test_a_family_that_is_handed_over_takes_its_marks_along(world, melton, post):
    there = post(Role.SENIOR, melton, username="there")
    arrival = offered(world.family)
    with acting(there):
        accept_transfer(arrival, by=there, on=TODAY)
    with acting(there):
        kept = withheld(world.family, world.reader, user=there)
        shown = printed_for(chronology(world.family, user=there), withheld=kept)
    assert not any(said in str(shown) for said in WORDS.values())
    assert kept
