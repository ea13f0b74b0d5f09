"""When it is safe to get in touch with somebody: one more rule, one ended."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from families.contact.forms import RuleForm
from families.contact.models import ContactRule
from families.contact.services import end_rule, not_taken_over, set_rule
from families.people.models import Membership
from families.profile.views import answered, to_change
from slf.access.doors import get_or_refuse, signed_in
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import once_only


@require_http_methods(["GET", "POST"])
@once_only
def add_rule(request: HttpRequest, uid: UUID, person: UUID) -> HttpResponse:
    """Ask for one more rule."""
    member = to_change(request, uid, person)
    told = not_taken_over(member, by=signed_in(request), on=today())
    form = RuleForm(request.POST or None, told=told)

    def save(member: Membership, said: dict[str, Any], *, by) -> None:
        set_rule(member, **said, by=by, on=today())

    return answered(request, form, member, save, heading="Add a rule for safe contact", told=told)


@require_POST
@once_only
def end(request: HttpRequest, uid: UUID, person: UUID, rule: UUID) -> HttpResponse:
    """End a rule from today on."""
    member = to_change(request, uid, person)
    rows = ContactRule.objects.filter(family=member.family, membership__person=member.person)
    found = get_or_refuse(rows, request.user, can=Can.WORK_FAMILY, uid=rule)
    end_rule(found, by=signed_in(request), on=today())
    messages.success(request, "The rule is ended. It stays on the record.")
    return redirect("families:person", uid, person)
