"""A person's page as one family knows them, and the small pages that change what it says."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from families.about.rules import QUESTIONS
from families.about.services import answer, in_force
from families.contact.services import not_taken_over
from families.contesting.marks import marks_of
from families.identifiers.rules import KINDS
from families.names.models import PersonName
from families.names.services import add_name, change_name, correct_name, remove_name
from families.people.models import Membership
from families.profile import page, services
from families.profile.forms import SLIP, AboutForm, BirthForm, IdentifiersForm, NameForm, OtherNameForm, Revised
from families.profile.history import history_of
from families.profile.members import is_open, member_or_refuse
from slf.access.doors import get_or_refuse, log_view, may_work_with, signed_in
from slf.access.rules import Can
from slf.clock import today
from slf.web.errors import Conflict
from slf.work.once import once_only

BAD_REQUEST, CONFLICT = 400, 409


@require_safe
def person(request: HttpRequest, uid: UUID, person: UUID) -> HttpResponse:
    """Show a person: what the card tells to those who see the card, the rest to those who may open the record."""
    user = signed_in(request)
    member = member_or_refuse(user, uid, person)
    opened = is_open(member, user)
    log_view(request, "Person" if opened else "Person, card", family=member.family)
    context = {
        "member": member,
        "family": member.family.shown,
        "person": member.person,
        "birth": page.birth_of(member.person),
        "names": page.names_of(member, user),
        "opened": opened,
        "marks": marks_of(member.family, user=user),
        "may_work": (may_work := may_work_with(member.family, user)),
        "edit": page.edits(member, may_work=may_work),
    }
    if opened:
        context |= {
            "numbers": page.numbers_of(member.person),
            "about": page.about(member, may_work=may_work),
            "contact_rules": page.contact_rules_of(member, user),
            "is_rule": not not_taken_over(member, by=user, on=today()),
        }
    return render(request, "families/profile/person.html", context)


@require_safe
def history(request: HttpRequest, uid: UUID, person: UUID) -> HttpResponse:
    """Show who changed what about a person, to those who may open the record."""
    user = signed_in(request)
    member = member_or_refuse(user, uid, person)
    if not is_open(member, user):
        raise Http404
    log_view(request, "Person, who changed what", family=member.family)
    context = {"member": member, "family": member.family.shown, "changes": history_of(member, user)}
    return render(request, "families/profile/history.html", context)


@require_http_methods(["GET", "POST"])
@once_only
def name(request: HttpRequest, uid: UUID, person: UUID) -> HttpResponse:
    """Ask for the name in use, and why it changes."""
    member = to_change(request, uid, person)
    who = member.person
    initial = {part: getattr(who, part) for part in ("given_names", "family_name", "known_as", "revision")}
    form = NameForm(request.POST or None, initial=initial)
    return answered(request, form, member, _change_name, heading="Change the name", now=str(who))


def _change_name(member: Membership, said: dict[str, Any], *, by) -> None:
    if said.pop("why") == SLIP:
        correct_name(member, said["called"], revision=said["revision"], by=by)
    else:
        change_name(member, **said, by=by)


@require_http_methods(["GET", "POST"])
@once_only
def add_other_name(request: HttpRequest, uid: UUID, person: UUID) -> HttpResponse:
    """Ask for another name."""
    member = to_change(request, uid, person)
    form = OtherNameForm(request.POST or None)
    return answered(request, form, member, lambda m, said, by: add_name(m, **said, by=by), heading="Add another name")


@require_POST
@once_only
def remove_other_name(request: HttpRequest, uid: UUID, person: UUID, name: UUID) -> HttpResponse:
    """Take away a name that was told in error, in this family."""
    member = to_change(request, uid, person)
    rows = PersonName.objects.filter(family=member.family, person=member.person)
    found = get_or_refuse(rows, request.user, can=Can.WORK_FAMILY, uid=name)
    remove_name(found, by=signed_in(request))
    messages.success(request, f"{found} is taken away. It stays in the history.")
    return redirect("families:person", uid, person)


@require_http_methods(["GET", "POST"])
@once_only
def birth(request: HttpRequest, uid: UUID, person: UUID) -> HttpResponse:
    """Ask for birth, gender and death."""
    member = to_change(request, uid, person)
    initial = BirthForm.answers_of(member.person) | {"revision": member.person.revision}
    form = BirthForm(request.POST or None, initial=initial)
    now = page.birth_of(member.person)
    save = _with(services.say_birth)
    return answered(request, form, member, save, heading="Birth, gender and death", now=now)


@require_http_methods(["GET", "POST"])
@once_only
def identifiers(request: HttpRequest, uid: UUID, person: UUID) -> HttpResponse:
    """Ask for the numbers others know this person by."""
    member = to_change(request, uid, person)
    initial = {field: getattr(member.person, field) or "" for field in KINDS} | {"revision": member.person.revision}
    form = IdentifiersForm(request.POST or None, initial=initial, person=member.person, user=signed_in(request))

    def save(member: Membership, said: dict[str, Any], *, by) -> None:
        for words in services.say_identifiers(member, **said, by=by, on=today()):
            message = f"{words} is not kept before somebody has checked it. What you typed stays on the record."
            messages.warning(request, message)

    now = ", ".join(f"{label} {value}" for label, value in page.numbers_of(member.person) if value)
    return answered(request, form, member, save, heading="Numbers", now=now)


@require_http_methods(["GET", "POST"])
@once_only
def about(request: HttpRequest, uid: UUID, person: UUID, kind: str) -> HttpResponse:
    """Ask one question about a person. Whatever was answered before stays readable."""
    member = to_change(request, uid, person)
    if (question := QUESTIONS.get(kind)) is None:
        raise Http404
    last = in_force(member.family, member.person).get(kind)
    seen = {"seen": str(last.uid)} if last else {}
    initial = seen | ({"answer": last.answer, "words": last.words} if last else {})
    form = AboutForm(request.POST or None, initial=initial, question=question)

    def save(member: Membership, said: dict[str, Any], *, by) -> None:
        told = vars(said.pop("told"))
        try:
            answer(member, kind, said=said.pop("answer"), **said, **told, by=by)
        except Conflict:
            form.show_again(seen.get("seen", ""))
            raise

    return answered(request, form, member, save, heading=question.label, now=str(last or ""))


# Parts of the pages above


def to_change(request: HttpRequest, uid: UUID, person: UUID) -> Membership:
    return member_or_refuse(signed_in(request), uid, person, can=Can.WORK_FAMILY)


def _with(verb: Callable[..., Any]) -> Callable[..., None]:
    return lambda member, said, by: verb(member, **said, by=by)


def answered(
    request: HttpRequest, form, member: Membership, save: Callable[..., None], *, heading: str, **more: str
) -> HttpResponse:
    """Save a form that is right and go back to the person; else show it, beside what was changed meanwhile.

    ``more``: ``now``, what stands there; ``told``, what was told of it.
    """
    lost, now = None, more.pop("now", "")
    if form.is_valid():
        try:
            save(member, form.cleaned_data, by=signed_in(request))
        except Conflict as conflict:
            lost = conflict
            form.add_error(None, conflict.message)
            show_again(form, member)
        else:
            messages.success(request, f"What you changed about {member.name} is saved.")
            return redirect("families:person", member.family.uid, member.person.uid)
    log_view(request, heading, family=member.family)
    status = CONFLICT if lost else BAD_REQUEST if form.errors else 200
    context = {
        "form": form,
        "member": member,
        "family": member.family.shown,
        "heading": heading,
        "now": now if lost else "",
        "told": more.get("told", ""),
    }
    return render(request, "families/profile/form.html", context, status=status)


def show_again(form, member: Membership) -> None:
    if isinstance(form, Revised):
        form.show_again(member.person)
