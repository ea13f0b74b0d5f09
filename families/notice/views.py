"""What we do with what families tell us, in plain words, for anybody: nobody signs in to read it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from families.notice.rules import tellers
from families.register.models import Gateway
from slf.clock import today


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show the privacy notice; who tells us what today comes from the register."""
    rows = Gateway.objects.counting().on(today())
    shares = {(row.agency, row.category, row.by_consent) for row in rows}
    return render(request, "families/notice/privacy.html", {"tellers": tellers(shares)})
