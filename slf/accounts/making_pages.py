"""An account made, a mail address changed: the administrator's two pages beside ``people``."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from slf.access.doors import requires
from slf.access.rules import Can
from slf.accounts import making
from slf.accounts.making_forms import AccountForm, AddressForm
from slf.accounts.people import done, person_or_404
from slf.accounts.reauth import recent_sign_in_required
from slf.web.errors import NotAllowed
from slf.web.forms import sent
from slf.work.once import once_only


@requires(Can.MANAGE_POSTS)
@require_http_methods(["GET", "POST"])
@recent_sign_in_required
@once_only
def make(request: HttpRequest) -> HttpResponse:
    """Make an account; the next thing is to give it a post."""
    form = AccountForm(sent(request))
    if form.is_valid():
        try:
            made = making.make_account(**form.cleaned_data, by=request.user, site=request.build_absolute_uri("/"))
        except NotAllowed as refusal:
            form.add_error("username" if refusal.message == making.NAME_TAKEN else "email", refusal.message.rstrip("."))
        else:
            messages.success(request, "The account is made. It opens nothing until it holds a post.")
            return redirect("account_person", made.uid)
    return render(request, "account/make.html", {"form": form})


@requires(Can.MANAGE_POSTS)
@require_http_methods(["GET", "POST"])
@recent_sign_in_required
@once_only
def address(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change the mail address of somebody else."""
    found = person_or_404(uid)
    form = AddressForm(sent(request), initial={"email": found.email})

    def act(**answers: Any) -> None:
        making.change_address(found, by=request.user, **answers)

    if done(request, form, act, "The mail address is changed, and both addresses are told."):
        return redirect("account_person", uid)
    return render(request, "account/change_address.html", {"person": found, "form": form})
