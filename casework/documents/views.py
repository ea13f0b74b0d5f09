"""The documents of a family: the list, one with its versions, its file, and what is added or said of it."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from casework.documents import services
from casework.documents.doors import (
    document_or_refuse,
    documents_of,
    family_or_refuse,
    held_of,
    may_add,
    version_or_refuse,
)
from casework.documents.forms import DocumentForm, MistakeForm, VersionForm
from casework.documents.rules import IN_ERROR
from casework.provenance.models import marks_in
from families.people.models import Family
from slf.access.doors import log_view, signed_in
from slf.access.rules import Can
from slf.clock import today
from slf.files.handing import handed_out, previewed
from slf.web.errors import NotAllowed
from slf.web.forms import did, sent
from slf.work.once import once_only

BAD_REQUEST = 400


@require_safe
def documents(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what is kept with a family, the newest date first."""
    user = signed_in(request)
    family = family_or_refuse(user, uid)
    rows = documents_of(family, user=user)
    log_view(request, "Documents", family=family)
    shown = {"family": family, "documents": rows, "held": held_of(rows), "may_add": may_add(family, user)}
    return render(request, "casework/documents/list.html", shown)


@require_safe
def document(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one document with all its versions."""
    user = signed_in(request)
    found = document_or_refuse(user, uid)
    log_view(request, found.logged, family=found.family)
    family = found.family.shown
    shown = {"document": found, "family": family, "held": held_of([found]), "may_add": may_add(family, user)}
    shown["provenances"] = marks_in(family, user=user)
    return render(request, "casework/documents/document.html", shown)


@require_safe
def document_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a version to be saved."""
    found = version_or_refuse(signed_in(request), uid)
    log_view(request, f"{found.document.logged}, version {found.number}", family=found.family)
    return handed_out(found)


@require_safe
def document_preview(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a smaller picture to look at; of what is no picture there is none."""
    found = version_or_refuse(signed_in(request), uid)
    if not found.is_picture:
        raise Http404
    log_view(request, f"{found.document.logged}, version {found.number}, looked at", family=found.family)
    return previewed(found)


@require_http_methods(["GET", "POST"])
@once_only
def keep_document(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep a document with a family."""
    user = signed_in(request)
    family = family_or_refuse(user, uid, can=Can.WORK_FAMILY)
    form = DocumentForm(sent(request), request.FILES or None, family=family, user=user)
    if form.is_valid():
        keep = partial(services.keep_document, family, form.told, file=form.given, name=form.given.name)
        if made := did(form, partial(keep, by=user, on=today())):
            messages.success(request, f"“{made.title}” is kept.")
            return redirect(made)
    log_view(request, "Keep a document", family=family)
    return page(request, "keep", form, family)


@require_http_methods(["GET", "POST"])
@once_only
def add_version(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep a new version beside those before."""
    user = signed_in(request)
    found = document_or_refuse(user, uid, can=Can.WORK_FAMILY)
    if found.is_mistaken:
        raise NotAllowed(IN_ERROR)
    form = VersionForm(sent(request), request.FILES or None)
    if form.is_valid():
        keep = partial(services.add_version, found, file=form.given, name=form.given.name, why=form.cleaned_data["why"])
        if made := did(form, partial(keep, by=user, on=today())):
            messages.success(request, f"Version {made.number} is kept. Those before stay.")
            return redirect(found)
    log_view(request, f"New version: {found.logged}", family=found.family)
    return page(request, "version", form, found.family.shown, document=found)


@require_http_methods(["GET", "POST"])
@once_only
def say_mistake(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that a document was entered in error."""
    user = signed_in(request)
    found = document_or_refuse(user, uid, can=Can.WORK_FAMILY)
    form = MistakeForm(sent(request))
    if form.is_valid() and did(
        form, partial(services.say_mistake, found, because=form.cleaned_data["because"], by=user, on=today())
    ):
        messages.success(request, "The document is marked as entered in error. It is hidden, and not deleted.")
        return redirect(found)
    log_view(request, f"Entered in error: {found.logged}", family=found.family)
    return page(request, "mistake", form, found.family.shown, document=found)


def page(request: HttpRequest, name: str, form: forms.Form, family: Family, **more: Any) -> HttpResponse:
    shown = {"form": form, "family": family, **more}
    return render(request, f"casework/documents/{name}.html", shown, status=BAD_REQUEST if form.errors else 200)
