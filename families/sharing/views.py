"""What a family agreed to: the service, and each use that rests on consent; and what is left out today."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from families.people.models import Family, Membership, Person
from families.register.rules import Purpose
from families.register.services import asked_of_families, use_on
from families.sharing.forms import ConsentForm, in_words
from families.sharing.models import Agreement, Consent
from families.sharing.services import record_consent
from families.sharing.use import left_out
from slf.access.doors import get_or_refuse, log_view, may_work_with
from slf.access.rules import Can, RecordClass
from slf.accounts.models import User
from slf.clock import today
from slf.work.once import once_only


@require_safe
def sharing(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what the family said, newest first, what is used by consent only, and what is left out today."""
    families = Family.objects.open_to(request.user, record_class=RecordClass.EVIDENCE)
    family = get_or_refuse(families, request.user, uid=uid)
    log_view(request, "Sharing and consent", family=family)
    use = use_on(today(), purpose=Purpose.SUPPORT)
    said = Consent.objects.visible_to(request.user).filter(family=family)
    agreed = Agreement.objects.visible_to(request.user).filter(family=family)
    context = {
        "family": family,
        "agreements": agreed.select_related("person__merged_into", "recorded_by"),
        "consents": said.select_related("person__merged_into", "said_by__merged_into", "recorded_by"),
        "asked": [in_words(*each) for each in asked_of_families(today())],
        "left_out": left_out(family, use, user=request.user),
        "may_work": may_work_with(family, request.user),
    }
    return render(request, "families/sharing/sharing.html", context)


@require_http_methods(["GET", "POST"])
@once_only
def new_consent(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down that somebody consents, does not, or takes it back."""
    family = get_or_refuse(Family, request.user, can=Can.WORK_FAMILY, uid=uid)
    log_view(request, "Consent, written down", family=family)
    asked, people = asked_of_families(today()), people_of(family, user=request.user)
    form = ConsentForm(request.POST or None, asked=asked, people=people, initial={"said_on": today()})
    if form.is_valid():
        record_consent(family, by=request.user, **form.statement())
        messages.success(request, "What they said is kept, and counts from the day they said it.")
        return redirect("families:sharing", uid=family.uid)
    return render(request, "families/sharing/new_consent.html", {"family": family, "form": form, "asked": asked})


def people_of(family: Family, *, user: User) -> list[Person]:
    """Return who is in the family today."""
    rows = Membership.objects.visible_to(user).filter(family=family).on(today()).select_related("person__merged_into")
    return [row.person for row in rows.in_order()]
