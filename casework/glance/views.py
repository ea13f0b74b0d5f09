"""A family's page, one's own families, and the families of one's localities."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.assessments.page import stand
from casework.cases.services import closed_and_not_referred_again
from casework.chronology.around import there_is
from casework.chronology.assessed import rows_of
from casework.chronology.sources import chronology, evidence_left_out, use_today
from casework.closing.models import Closing
from casework.glance.cards import card, cards_for, to_allocate, with_allocation
from casework.glance.places import coded_notes, kept_back_from, places_of, safe_notes, safe_to_ring
from casework.glance.sight import Sight
from casework.plans.models import Action
from casework.stages.services import standing_of
from families.addresses.services import how_they_were_reached, kept_back, where_they_lived
from families.contact.services import rules_of
from families.contesting.marks import marks_of
from families.contesting.rules import About, key_of
from families.households.page import detail_of
from families.needs.models import Need
from families.needs.rules import band_for
from families.needs.services import each_once
from families.opening.forms import ReasonForm
from families.opening.services import opens_only_card
from families.people.models import Family, Membership
from families.search.rules import as_logged, tidy
from families.search.services import Hit, answer_all, search, shown
from families.sharing.use import in_total
from families.twice.page import also_known_as
from referrals.allocation.models import Allocation, current_on
from slf.access.doors import get_or_refuse, log_view, may_work_with, requires
from slf.access.models import Share
from slf.access.rights import rights_of
from slf.access.rules import NAMED_ONLY, Can, RecordClass
from slf.accounts.models import User
from slf.clock import today
from slf.web.cards import FamilyCard
from slf.web.charts import Spark
from slf.work.once import as_uuid

PAGE = 25
LATEST = 4
NEXT_STEPS = 3


@require_safe
def family(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a family: in full to those whose record it is to open, else its card and the way to open it."""
    twice = Exists(Family.objects.visible_to(request.user).filter(merged_into=OuterRef("pk")))
    there = {"is_known_twice": twice, **there_is(request.user)}
    families = Family.objects.select_related("scope__locality").annotate(**there)
    found = get_or_refuse(families, request.user, uid=uid)
    sight = Sight.of([found], user=request.user, on=today())
    if found.uid != uid:
        return redirect(found)
    log_view(request, "Family" if found.pk in sight.opened else "Family card", family=found)
    shown = card(found, sight)
    again = shown.closed_on is not None and not closed_and_not_referred_again(found, on=today())
    context = {
        "family": found,
        "card": shown,
        "again": again,
        **may(request.user, found),
        **to_allocate(shown, found, user=request.user, again=again),
    }
    if found.pk not in sight.opened:
        rights = rights_of(request.user)
        opens_meetings = rights.opens(RecordClass.MEETING, scope_id=found.scope_id, family_id=found.pk)
        form = ReasonForm() if opens_only_card(request.user, found) else None
        return render(
            request, "casework/glance/card_only.html", {**context, "form": form, "opens_meetings": opens_meetings}
        )
    return render(request, "casework/glance/family.html", {**context, **in_full(found, sight, shown, request.user)})


def in_full(family: Family, sight: Sight, shown: FamilyCard, user: User) -> dict:
    """Return what the page shows beyond the card."""
    needs = each_once(
        Need.objects.visible_to(user).filter(family=family).open_on(sight.on).select_related("person__merged_into")
    )
    steps = (
        Action.objects.visible_to(user).to_do().filter(family=family).select_related("person__merged_into", "worker")
    )
    marks, assessed, use = marks_of(family, user=user), rows_of(family, user), use_today()
    return {
        "marks": marks,
        "people": people(family, sight.households.get(family.pk, []), shown),
        **reach(family, sight, user, marks),
        "spark": trend(shown),
        "needs": needs,
        "band": band_for(len({need.kind for need in needs})),
        "assessed": stand(assessed, opened_on(family, sight), on=sight.on),
        "visit": sight.contacts.get(family.pk),
        "steps": steps[:NEXT_STEPS],
        "latest": chronology(family, user=user, most=LATEST, marks=marks, assessed=assessed, use=use),
        "left_out": in_total(evidence_left_out(family, user=user, use=use)),
        "today": sight.on,
        "also": also_known_as(family, user=user) if family.is_known_twice else [],
        "stands": standing_of(family, user=user, on=sight.on),
        "closing": last_closing(family, user) if shown.closed_on else None,
    }


def opened_on(family: Family, sight: Sight) -> date | None:
    """Return when the case that is open was opened, as far as somebody works with the family."""
    given = None if family.pk in sight.closed else sight.work.get(family.pk)
    return given and given.began


def last_closing(family: Family, user: User) -> Closing | None:
    """Return why the case was closed last, where this service knows."""
    return Closing.objects.visible_to(user).in_force().filter(family=family).order_by("-closes_on", "-pk").first()


def reach(family: Family, sight: Sight, user: User, marks: Collection[str]) -> dict:
    """Return where they live and how to reach them, as far as this reader may know."""
    household = sight.households.get(family.pk, [])
    homes = where_they_lived(family, on=sight.on, by=user)
    places = places_of(household, homes, how_they_were_reached(family, on=sight.on, by=user))
    rules = rules_of(family, by=user, on=sight.on)
    return {
        "contested_places": {
            ", ".join(filter(None, (home.address, home.postcode)))
            for home in homes
            if key_of(About.ADDRESS, home.uid) in marks
        },
        "places": safe_to_ring(places, household, rules, timezone.localtime()),
        "safe_notes": [*safe_notes(household, places, rules), *coded_notes(household, rules)],
        "kept_back": kept_back_from(household, whose_is(kept_back(family, on=sight.on), user=user)),
    }


def whose_is(times: Collection[int], *, user: User) -> set[int]:
    """Return whose some times in a household are: the one person's, under whichever entry they stand."""
    rows = Membership.objects.visible_to(user).filter(pk__in=times) if times else Membership.objects.none()
    return {row.person.pk for row in rows.select_related("person__merged_into")}


def trend(shown: FamilyCard) -> Spark | None:
    """Return the way the star goes; one reading goes nowhere yet."""
    title = f"Star: {shown.star_words}"
    return Spark(shown.star, top=shown.star_top, title=title) if len(shown.star) > 1 else None


def people(family: Family, household: Sequence[Membership], shown: FamilyCard) -> list[dict]:
    """Return the household as the page shows it: the card's line and what belongs to the place."""
    return [
        {
            "part": membership.get_part_display(),
            "detail": detail_of(membership),
            "href": reverse("families:person", args=[family.uid, membership.person.uid]),
            **vars(member),
            "name": membership.name,
            "uid": membership.person.uid,
            "seen": member.seen,
        }
        for membership, member in zip(household, shown.household, strict=True)
    ]


def may(user: User, family: Family) -> dict[str, bool]:
    """Return what this person may do here, for the buttons."""
    rights = rights_of(user)
    return {
        "may_add_contact": rights.may(Can.ADD_CONTACT, family.scope_id),
        "may_work": may_work_with(family, user),
    }


@requires(Can.READ)
@require_safe
def my_families(request: HttpRequest) -> HttpResponse:
    """Show the families this person works with, covers or is shared, the most pressing first."""
    found = mine(request.user)
    log_view(request, "My families", families=[family.pk for family in found])
    pairs = zip(found, cards_for(found, user=request.user, on=today()), strict=True)
    rows = sorted(pairs, key=lambda pair: pressing(pair[1]))
    return render(request, "casework/glance/my_families.html", {"rows": rows})


def mine(user: User) -> list[Family]:
    covers = Q(shares__user=user, shares__kind=Share.Kind.COVER, shares__period__contains=timezone.now())
    works = Q(allocations__worker=user) & current_on(today(), through="allocations__")
    shared = Q(scope__in=[scope for role, scope in rights_of(user).reaches if role in NAMED_ONLY])
    rows = Family.objects.open_to(user).standing().filter(works | covers | shared)
    return list(rows.select_related("scope__locality").distinct())


def pressing(card: FamilyCard) -> tuple[bool, bool, int]:
    """Sort a late next step first, then a late contact, then the longest since contact."""
    days = card.days_since_contact
    return not card.next_step_overdue, not card.contact_overdue, -(9999 if days is None else days)


@requires(Can.READ)
@require_safe
def families(request: HttpRequest) -> HttpResponse:
    """List the families of one's localities, all or those asked for."""
    user, asked = request.user, tidy(request.GET.get("q", ""))
    rows, narrowed = narrow(Family.objects.visible_to(user).standing(), request.GET.get("worker"), user=user)
    listed = among(rows, search(asked, on=today()), all_of_them=not narrowed) if asked else for_list(rows)
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    found = shown(page.object_list, by=user) if asked else []
    on_page = [one.family for one in found] if asked else list(page.object_list)
    what = as_logged(page.paginator.count) if asked else "Families"
    log_view(request, what, families=[f.pk for f in on_page])
    cards = with_allocation(cards_for(on_page, user=user, on=today()), on_page, user=user)
    if asked:
        pairs = zip(cards, found, strict=True)
        cards = [replace(card, reference=one.family.reference, why=one.why) for card, one in pairs]
    in_part = bool(found) and not answer_all(asked, listed, on=today())
    context = {"page": page, "cards": cards, "asked": asked, "narrowed": narrowed, "in_part": in_part}
    return render(request, "casework/glance/families.html", context)


def for_list(rows: QuerySet[Family]) -> QuerySet[Family]:
    return rows.select_related("scope__locality")


def among(rows: QuerySet[Family], found: Sequence[Hit], *, all_of_them: bool) -> Sequence[Hit]:
    """Keep of what was found the families of a list that was narrowed, in the order of the search."""
    if all_of_them:
        return found
    kept = set(rows.filter(pk__in=[hit.family for hit in found]).values_list("pk", flat=True))
    return [hit for hit in found if hit.family in kept]


def narrow(rows: QuerySet[Family], worker: str | None, *, user: User) -> tuple[QuerySet[Family], str]:
    """Narrow the list to one worker's; say in words to what."""
    now = Allocation.objects.visible_to(user).current(on=today())
    if (uid := as_uuid(worker)) and (found := User.objects.filter(uid=uid).first()):
        return rows.filter(pk__in=now.filter(worker=found).values("family")), f"With {found}"
    return rows, ""
