"""The verbs of identification: look over the data, by night or now; delete for good what is past its day."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from families.hub.services import data_office
from families.register.rules import Purpose
from families.register.services import use_on
from performance.claims.whole_run import ask
from performance.identification.models import IdentificationRun
from performance.identification.rules import delete_on
from performance.identification.settings import KEPT
from performance.pbr.rules import ENGINE
from performance.rulebook.reading import schemes_in_use
from slf.access.acting import acting_as
from slf.access.models import Post, Scope
from slf.access.rules import Role
from slf.access.services import give_post
from slf.accounts.models import User
from slf.accounts.services import service_account
from slf.clock import LONDON, today
from slf.policy.models import value_of
from slf.web.errors import NotAllowed
from slf.work.services import promise

LOOK = "identification.look"
ONE_ALREADY = "Identification is running already. Look at the page again in a few minutes."


@transaction.atomic
def look_now(*, by: User, on: date) -> IdentificationRun:
    """Begin a run and promise its work. Raises ``NotAllowed`` while another one is running."""
    office = data_office()
    Scope.objects.select_for_update(no_key=True).get(pk=office.pk)  # two who ask at once take turns
    latest = IdentificationRun.objects.visible_to(by).filter(finished_at__isnull=True).order_by("-pk").first()
    if latest is not None and latest.is_running:
        raise NotAllowed(ONE_ALREADY)
    run: IdentificationRun = IdentificationRun.objects.create(
        scope=office, on=on, asked_by=by, engine=ENGINE,
        schemes=[
            {"version": v.scheme, "name": v.name, "number": v.number, "digest": v.as_scheme.digest}
            for v in schemes_in_use(on=on)
        ],
        use=use_on(on, purpose=Purpose.IDENTIFY).as_dict(), delete_on=delete_on(on, kept=value_of(KEPT, on=on)),
    )  # fmt: skip
    run.job = promise(LOOK, by=by, run=str(run.uid), once=str(run.uid))
    run.save(update_fields=["job"])
    return run


def look_by_night() -> tuple[int, IdentificationRun | None]:
    """Delete what is past its day, then begin the run of the night; return how many rows went, and the run."""
    by = night_account()
    with acting_as(by), transaction.atomic():
        gone = delete_past(by=by, on=today())
        try:
            return gone, look_now(by=by, on=today())
        except NotAllowed:
            return gone, None


@transaction.atomic
def delete_past(*, by: User, on: date) -> int:
    """Delete for good what every run found whose day has come; the run stays, with its numbers. Safe twice."""
    runs = IdentificationRun.objects.visible_to(by).past(on).select_for_update(of=("self",), no_key=True)
    gone = 0
    for run in runs:
        gone += int(ask("select slf.delete_identified(%s)", run.pk)[0][0])
        run.deleted_on = on
        run.save(update_fields=["deleted_on"])
    return gone


def night_account() -> User:
    """Return the service account in whose name the night's run is made: it holds a data officer's post and no other."""
    account = service_account("identification", name="Nightly identification")
    day = timezone.localtime(timezone=LONDON).date()
    with acting_as(account), transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=account.pk)
        if not Post.objects.filter(user=account, role=Role.DATA, period__contains=day).exists():
            give_post(account, role=Role.DATA, locality=None, by=account, starts_on=day)
    return account
