"""Attaching a file to a draft, and taking it off again."""

from typing import BinaryIO

from django.core.files.storage import default_storage
from django.db import transaction

from referrals.attachments import rules
from referrals.attachments.models import Attachment
from referrals.intake.models import Referral
from referrals.intake.services import open_draft
from slf.accounts.models import User
from slf.files.services import keep, take


@transaction.atomic
def attach_file(draft: Referral, *, by: User, file: BinaryIO, name: str) -> Attachment:
    """Attach one file, told by its content. The same content again is the same attachment.

    Of a picture only the picture is kept, not where it was taken.
    """
    taken = take(file, name=name, what="Attachment of a referral", by=by)
    draft = open_draft(draft, by=by)
    held: Attachment | None = draft.attachments.filter(digest=taken.digest).first()
    if held is not None:
        return held
    rules.check_number(draft.attachments.count())
    attachment = Attachment(referral=draft, added_by=by, **taken.row)
    keep(attachment.content, taken)
    attachment.save()
    return attachment


@transaction.atomic
def take_off(attachment: Attachment, *, by: User) -> None:
    """Take a file off a draft. Its content goes when that is certain."""
    open_draft(attachment.referral, by=by)
    stored = str(attachment.content.name)
    attachment.delete()
    transaction.on_commit(lambda: default_storage.delete(stored))
