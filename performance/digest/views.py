"""One's own choice about the mail of the day."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from performance.digest import services
from performance.digest.forms import OFF, ON, ChoiceForm
from performance.digest.rules import HOUR
from slf.access.doors import signed_in
from slf.policy.models import setting_on
from slf.web.forms import sent

BAD_REQUEST = 400


@require_http_methods(["GET", "POST"])
def digest(request: HttpRequest) -> HttpResponse:
    """Say what the mail is, and ask whether it is wanted."""
    user = signed_in(request)
    form = ChoiceForm(sent(request), initial={"wanted": OFF if services.is_off(user) else ON})
    if form.is_valid():
        made = services.choose(is_off=form.cleaned_data["wanted"] == OFF, by=user)
        messages.success(request, "The mail is turned off." if made.is_off else "The mail is turned on.")
        return redirect("home")
    context = {"form": form, "hour": setting_on(HOUR), "address": user.email}
    return render(request, "performance/digest/digest.html", context, status=BAD_REQUEST if form.errors else 200)
