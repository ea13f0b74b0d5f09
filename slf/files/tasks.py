"""Telling the administrators that the scanner found something: at once, because the refusal undoes the request."""

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from slf.accounts.models import User
from slf.files.models import FoundFile

SENTENCE = (
    "The virus scanner found {found} in a file that was sent as “{what}” by the account {who}. The file was not kept. "
    "Speak to them: it is still on the device it came from."
)


@shared_task(name="slf.files.note_found")  # type: ignore[untyped-decorator]  # Celery has no types
def note_found(*, found: str, what: str, sender: int | None) -> None:
    """Note what was found and tell those who look after accounts. Nothing of the file, nothing of a family."""
    with transaction.atomic():
        who = User.objects.filter(pk=sender).first()
        FoundFile.objects.create(sender=who, what=what, found=found)
        addresses = administrators()
    said = SENTENCE.format(found=found, what=what, who=who.username if who else "of nobody")
    for address in addresses:
        send_mail(f"{settings.SERVICE_NAME}: a harmful file was refused", said, None, [address])


def administrators() -> list[str]:
    people = User.objects.filter(is_active=True, posts__role="admin", posts__period__contains=timezone.localdate())
    return sorted(set(people.exclude(email="").values_list("email", flat=True)))
