"""How an adult signs: drawn, typed, on paper with a scan; and what is no signature."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from casework.plans.models import AnswerScan, PlanAnswer
from casework.plans.rules import How, Said, WrongSignature, check_signature
from casework.plans.scans import add_scan
from casework.plans.services import record_answer
from slf.access.rules import Role
from slf.access.services import hold_family
from slf.web.errors import Conflict, NotAllowed
from tests.casework.plans.factories import AGREED, agreed, draft, parents
from tests.factories import FamilyFactory
from tests.referrals.intake.factories import in_the_name_of

LINES = "M10 20 L30 40 L50 60 M100 20 L120 140"
PDF = b"%PDF-1.7 signed"


class TestASignature:
    def test_is_lines_in_the_box_or_a_name(self):
        assert check_signature(How.DRAWN, LINES) == LINES
        assert check_signature(How.TYPED, "  Donna   Reid ") == "Donna Reid"
        assert check_signature(How.PAPER, "whatever") == ""

    @pytest.mark.parametrize(
        ("how", "wrong"),
        [
            (How.DRAWN, ""),
            (How.DRAWN, "M1 1 L2 2"),
            (How.DRAWN, "M10 20 L30 40 L500 60"),
            (How.DRAWN, f'{LINES} "/><script>'),
            (How.DRAWN, "L10 20 L30 40 L50 60"),
            (How.TYPED, "   "),
            (How.TYPED, "x" * 121),
        ],
    )
    def test_is_nothing_else(self, how, wrong):
        with pytest.raises(WrongSignature):
            check_signature(how, wrong)


@pytest.fixture
def family(everything):
    return FamilyFactory(household=True)


@pytest.fixture
def worker(post, charnwood, family, everything):
    worker = post(Role.FSW, charnwood)
    hold_family(family, user=worker, kind="worker", by=everything)
    return worker


def sent(plan, **other):
    day = {"said_on_day": 12, "said_on_month": 3, "said_on_year": 2014}
    person = str(parents(plan.family)[0].uid)
    return {"person": person, "said": "agreed", "revision": plan.revision, **day, **other}


@pytest.mark.django_db
class TestOnThePage:
    def answer(self, client, plan, **other):
        return client.post(reverse("casework:record_answer", args=[plan.family.uid]), sent(plan, **other), follow=True)

    def test_what_was_drawn_is_shown_as_it_was_drawn(self, family, worker, signed_in):
        said = self.answer(signed_in(worker), draft(family), how="drawn", drawing=LINES).content.decode()
        assert f'<path d="{LINES}"' in said
        assert "Signed on the screen" in said

    def test_a_name_is_typed_where_nothing_can_be_drawn(self, family, worker, signed_in):
        said = self.answer(signed_in(worker), draft(family), how="typed", typed_name="Priya Reid").content.decode()
        assert "“Priya Reid”" in said

    def test_paper_comes_with_its_scan_or_later(self, family, worker, signed_in, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        mine = signed_in(worker)
        scan = SimpleUploadedFile("plan.pdf", PDF, "application/pdf")
        assert "The scan" in self.answer(mine, draft(family), how="paper", scan=scan).content.decode()
        answer = PlanAnswer.objects.get()
        given = mine.get(reverse("casework:plan_scan", args=[answer.uid]))
        assert (given.content, "attachment" in given["Content-Disposition"]) == (PDF, True)
        other = agreed(FamilyFactory(household=True)).answers.get()
        hold_family(other.family, user=worker, kind="worker", by=other.recorded_by)
        page = reverse("casework:add_plan_scan", args=[other.uid])
        later = SimpleUploadedFile("later.pdf", PDF, "application/pdf")
        assert mine.post(page, {"scan": later}).status_code == 302

    @pytest.mark.parametrize(
        ("how", "other", "said"),
        [
            ("drawn", {}, "Have them sign in the box"),
            ("typed", {}, "Have them type their name"),
            ("paper", {"scan": SimpleUploadedFile("a.exe", b"MZ rubbish")}, "Attach a PDF"),
        ],
    )
    def test_says_beside_the_box_what_is_missing(self, family, worker, signed_in, how, other, said):
        plan = draft(family)
        answer = self.answer(signed_in(worker), plan, how=how, **other)
        assert answer.status_code == 400
        assert said in answer.content.decode()
        assert not PlanAnswer.objects.exists()


@pytest.mark.django_db
class TestAScan:
    def test_is_kept_once_and_of_paper_alone(self, family, everything, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        answer = agreed(family).answers.get()
        one, same = (add_scan(answer, file=BytesIO(PDF), name="a.pdf", by=everything) for _ in range(2))
        assert one == same
        with pytest.raises(Conflict):
            add_scan(answer, file=BytesIO(PDF + b"!"), name="a.pdf", by=everything)
        typed = record_answer(
            answer.plan, person=parents(family)[1], said=Said.AGREED, how=How.TYPED, signature="Wayne", said_on=AGREED,
            revision=answer.plan.revision, by=everything,
        )  # fmt: skip
        with pytest.raises(NotAllowed):
            add_scan(typed, file=BytesIO(PDF), name="a.pdf", by=everything)

    def test_is_not_changed_and_not_in_another_name(self, family, worker, everything, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        answer = agreed(family).answers.get()
        scan = add_scan(answer, file=BytesIO(PDF), name="a.pdf", by=everything)
        with pytest.raises(ProgrammingError), in_the_name_of(worker), transaction.atomic():
            AnswerScan.objects.filter(pk=scan.pk).update(name="b.pdf")

    def test_in_the_database_a_drawn_answer_has_its_lines(self, family, everything):
        answer = agreed(family).answers.get()
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanAnswer.objects.create(
                family=family, plan=answer.plan, revision=answer.revision, person=answer.person, said="agreed",
                how="drawn", said_on=AGREED, recorded_by=everything,
            )  # fmt: skip
