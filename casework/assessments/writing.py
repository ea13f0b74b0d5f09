"""Writing an assessment page by page: each is a draft until it is saved, and carried on where it was left."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from casework.assessments import page, rules, services
from casework.assessments.forms import PageForm, as_kept, initial_of, written_in
from casework.assessments.models import Assessment
from casework.assessments.page import KIND
from casework.assessments.rules import Act, Answer, Question
from casework.assessments.services import Page, Saved
from casework.assessments.views import BAD_REQUEST, assessment_or_refuse
from families.people.models import Membership
from slf.access.doors import log_view, signed_in
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.drafts.models import Draft
from slf.drafts.rules import Verdict, Written, cleaned
from slf.drafts.services import save_draft, start_draft
from slf.web.errors import DomainError
from slf.web.forms import whole_number
from slf.web.together import still_untouched
from slf.work.once import as_uuid

CONFLICT = 409
NOT_ANSWERS = {"csrfmiddlewaretoken", "action", "draft-writer", "draft-seq", "draft-base"}


class Writing:
    """One page of an assessment that somebody writes, with what is known of it."""

    def __init__(self, assessment: Assessment, at: Page, members: list[Membership], user: User, draft: Draft) -> None:
        self.assessment, self.at, self.members, self.user, self.draft = assessment, at, members, user, draft
        self.said = assessment.said()
        self.theirs: dict[str, Answer] = self.said.get(at.subject, {})
        self.known = page.known_of(assessment.family, by=user, on=today(), household=members)

    @property
    def may_ask(self) -> list[Question]:
        """All that this page may ask, whatever is answered."""
        wanted = (rules.Asked.ALL, rules.Asked.CHILDREN if self.at.is_child else rules.Asked.ADULTS)
        return [q for q in self.at.section.questions if self.at.is_child is None or q.asked in wanted]

    def asked(self, answers: dict[str, Answer]) -> list[Question]:
        before = {**self.said.get("", {}), **self.theirs, **answers}
        return rules.asked_of(self.at.section.questions, before, is_child=self.at.is_child)

    def form(self, **given: Any) -> PageForm:
        return PageForm(questions=self.may_ask, members=self.members, known=self.known.of(self.at), **given)

    def fresh(self) -> dict[str, Any]:
        return initial_of(self.theirs, self.may_ask, revision=self.assessment.revision)

    @property
    def next(self) -> Page | None:
        pages = services.pages_of(self.assessment, self.members)
        place = [one.key for one in pages].index(self.at.key)
        return pages[place + 1] if place + 1 < len(pages) else None

    @property
    def place(self) -> str:
        pages = services.pages_of(self.assessment, self.members)
        return f"Part {[one.key for one in pages].index(self.at.key) + 1} of {len(pages)}"


@require_POST
def write(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open a page to write on: what was begun there and not saved opens again."""
    user = signed_in(request)
    found = assessment_or_refuse(user, uid, can=Can.WORK_FAMILY)
    rules.next_state(found.state, Act.WRITE)
    members = services.members_of(found, by=user, on=today())
    return redirect(open_page(found, page_at(found, members, request.POST.get("page", "")), by=user))


def page_at(found: Assessment, members: list[Membership], key: str) -> Page:
    at = next((one for one in services.pages_of(found, members) if one.key == key), None)
    if at is None:
        raise Http404
    return at


def open_page(found: Assessment, at: Page, *, by: User) -> Draft:
    return start_draft(KIND, by=by, family=found.family, about=f"{found.uid}:{at.key}")


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one page to write on, or save it."""
    user = signed_in(request)
    held = get_object_or_404(Draft.objects.of(user).filter(kind=KIND, thrown_away_at=None), uid=uid)
    try:
        found, writing = reach(held, user)
    except (Http404, PermissionDenied):
        return out_of_reach(request, held)
    if held.sent_at:
        return already_saved(request, held, found)
    if not found.is_open:
        return show(request, writing, carried_on(writing), closed=rules.REFUSALS[rules.State(found.state)])
    return save(request, writing) if request.method == "POST" else show(request, writing, carried_on(writing))


def reach(held: Draft, user: User) -> tuple[Assessment, Writing]:
    """Return the assessment a draft is a page of, and that page, as far as both are the writer's."""
    about, _, key = held.about.partition(":")
    found = assessment_or_refuse(user, as_uuid(about) or uuid4(), can=Can.WORK_FAMILY)
    members = services.members_of(found, by=user, on=today())
    return found, Writing(found, page_at(found, members, key), members, user, held)


def out_of_reach(request: HttpRequest, held: Draft) -> HttpResponse:
    """Show what was typed on a page that cannot be saved any more, to be copied."""
    texts = [text for name, values in held.content.items() if name.startswith("a-") for text in values]
    return render(request, "casework/assessments/out_of_reach.html", {"draft": held, "texts": texts})


def carried_on(writing: Writing) -> PageForm:
    """Return the page as it was left: the draft where there is one, else what the assessment says."""
    held, fresh = writing.draft, writing.fresh()
    initial = fresh | written_in(held.content, writing.form()) if held.revision and held.content else fresh
    if not initial.get("was"):
        initial |= {"was": fresh["was"], "revision": fresh["revision"]}
    form = writing.form(initial=initial)
    form.show(writing.asked(typed(form)))
    return form


def typed(form: PageForm) -> dict[str, Answer]:
    """Return the answers that a page shows before it is sent, as far as they open others."""
    found = {}
    for question in form.questions:
        value = form[f"a-{question.code}"].value() or ""
        found[question.code] = Answer(value if isinstance(value, str) else " ".join(value))
    return found


def save(request: HttpRequest, writing: Writing) -> HttpResponse:
    """Save the page and go on; where something is wrong, opens more questions, or was changed by two, say so first."""
    written, form = as_written(request.POST), writing.form(data=request.POST)
    on_page = set(request.POST.get("asked", "").split())
    if not form.is_valid():
        form.show([question for question in form.questions if question.code in on_page])
        return kept(request, writing, form, written, status=BAD_REQUEST)
    answers, touched = form.settled(writing.theirs)
    asked = writing.asked(answers)
    if new := [question.code for question in asked if question.code not in on_page]:
        form.show(asked, new=new)
        return kept(request, writing, form, written)
    there = {question.code for question in asked}
    answers = {code: answer if code in there else rules.NOTHING for code, answer in answers.items()}
    form.show(asked)
    try:
        saved = services.save_from_draft(
            writing.draft.uid, writing.assessment, writing.at, written=written, answers=answers, by=writing.user,
            revision=form.cleaned_data["revision"] or 0, touched=touched | (set(answers) - there),
        )  # fmt: skip
    except DomainError as refused:
        form.add_error(None, refused.message)
        return kept(request, writing, form, written, status=BAD_REQUEST)
    if saved.copy is not None:
        return both_kept(request, saved.copy)
    return choose(request, writing, form, saved, touched) if saved.differing else go_on(request, writing)


def go_on(request: HttpRequest, writing: Writing) -> HttpResponse:
    """Open the next page; after the last, and for whoever wants to, the list of all pages."""
    messages.success(request, f"Saved: {writing.at.title}.")
    if request.POST.get("action") == "leave" or writing.next is None:
        return redirect(writing.assessment)
    return redirect(open_page(writing.assessment, writing.next, by=writing.user))


def kept(request: HttpRequest, writing: Writing, form: PageForm, written: Written, status: int = 200) -> HttpResponse:
    """Show the page again with what was typed; it is in the draft first."""
    saved = save_draft(writing.draft.uid, by=writing.user, written=written)
    if saved.verdict is Verdict.CONFLICT:
        return both_kept(request, saved.draft)
    writing.draft = saved.draft
    return show(request, writing, form, status=status)


def show(
    request: HttpRequest, writing: Writing, form: PageForm, *, status: int = 200, closed: str = ""
) -> HttpResponse:
    """Show one page to write on. ``closed``: why it can only be read and copied."""
    log_view(request, f"Write {writing.assessment.kind_name.lower()} {writing.assessment.number}",
             family=writing.assessment.family)  # fmt: skip
    context = {
        "draft": writing.draft, "assessment": writing.assessment, "family": writing.assessment.family.shown,
        "at": writing.at, "place": writing.place, "form": form, "writer": uuid4(), "known": writing.known,
        "closed": closed, "is_last": writing.next is None,
    }  # fmt: skip
    return render(request, "casework/assessments/draft.html", context, status=status)


def choose(request: HttpRequest, writing: Writing, form: PageForm, saved: Saved, touched: set[str]) -> HttpResponse:
    """Ask, of each answer that two people changed, which one stands. What was typed is carried along."""
    log_view(request, "Choose between two answers", family=writing.assessment.family)
    names = {str(member.person.uid): member.name for member in writing.members}
    mine = form.answers
    differing = [
        {
            "question": question,
            "mine": page.values(question, mine[question.code]),
            "mine_marks": page.marks(mine[question.code], names),
            "theirs": page.of_row(saved.standing[question.code], question, names),
        }
        for question in form.questions
        if question.code in saved.differing
    ]
    left_out = {"was", "revision", "csrfmiddlewaretoken", "action", *(f"keep-{q.code}" for q in form.questions)}
    carried = [
        (name, value) for name in request.POST if name not in left_out and not name.startswith("draft-")
        for value in request.POST.getlist(name)
    ]  # fmt: skip
    now = Assessment.objects.visible_to(writing.user).in_full().get(pk=writing.assessment.pk)
    writing.draft.refresh_from_db()
    context = {
        "draft": writing.draft, "assessment": now, "family": now.family.shown, "at": writing.at,
        "differing": differing, "carried": carried, "was": still_untouched(as_kept(mine), touched), "writer": uuid4(),
        "action": request.POST.get("action", ""),
    }  # fmt: skip
    return render(request, "casework/assessments/choose.html", context, status=CONFLICT)


def both_kept(request: HttpRequest, copy: Draft) -> HttpResponse:
    """Show that one person wrote the same page in two places: both are kept, each to be carried on."""
    return render(
        request, "casework/assessments/both_kept.html", {"copy": copy, "other": copy.conflict_of}, status=CONFLICT
    )


def already_saved(request: HttpRequest, held: Draft, found: Assessment) -> HttpResponse:
    """Lead from a page that is saved to its assessment; other words than it was saved in are kept beside it."""
    if request.method == "POST":
        saved = save_draft(held.uid, by=signed_in(request), written=as_written(request.POST))
        if saved.verdict is Verdict.CONFLICT:
            return both_kept(request, saved.draft)
    messages.info(request, "This page is already saved.")
    return redirect(found)


def as_written(sent: QueryDict) -> Written:
    """Return the state of the page that a form holds. A form that does not say what it builds on replaces nothing."""
    answers = {name: sent.getlist(name) for name in sent if name not in NOT_ANSWERS and not name.startswith("keep-")}
    writer = as_uuid(sent.get("draft-writer")) or uuid4()
    base, seq = (whole_number(sent.get(f"draft-{name}", ""), other=0) for name in ("base", "seq"))
    return Written(base, writer, seq, cleaned(answers))
