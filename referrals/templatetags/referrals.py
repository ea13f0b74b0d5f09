"""What a page of a referral says of families that are known: to staff, of those they may see."""

from typing import Any

from django import template

from referrals.triage.known import families_like
from slf.access.doors import log_view

register = template.Library()


@register.inclusion_tag("referrals/triage/known.html", takes_context=True)
def known_families(context: template.Context, draft: Any) -> dict[str, Any]:
    """Warn of like families that the reader may see; what is shown is written in the view log."""
    request: Any = context["request"]
    likes = families_like(draft, user=request.user)
    if likes:
        log_view(request, "Families like a draft", families=[like.family.pk for like in likes])
    return {"likes": likes}
