"""Attaching a file to a draft, taking it off again, and sweeping away content that belongs to no row.

The content is stored before its row and taken away after it: what can be left over is content without a row, which
the sweep finds; a row without its content cannot.
"""

import hashlib
import logging
from datetime import timedelta
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from referrals.attachments import rules
from referrals.attachments.models import FOLDER, Attachment
from referrals.attachments.pictures import without_whereabouts
from referrals.intake.models import Referral
from referrals.intake.services import open_draft
from slf.accounts.models import User

log = logging.getLogger(__name__)
LEFT_FOR = timedelta(days=1)
"""How long content may be without a row: longer than any request that is still to commit one."""


@transaction.atomic
def attach_file(draft: Referral, *, by: User, file: BinaryIO, name: str) -> Attachment:
    """Attach one file, told by its content. The same content again is the same attachment.

    Of a picture only the picture is kept, not where it was taken.
    """
    content = file.read(rules.LARGEST + 1)
    kind = rules.kind_of(content)
    if kind.is_picture:
        content = without_whereabouts(content, kind)
    draft, digest = open_draft(draft, by=by), hashlib.sha256(content).hexdigest()
    held: Attachment | None = draft.attachments.filter(digest=digest).first()
    if held is not None:
        return held
    rules.check_number(draft.attachments.count())
    attachment = Attachment(
        referral=draft, name=rules.safe_name(name, kind), content_type=kind.content_type, size=len(content),
        digest=digest, added_by=by,
    )  # fmt: skip
    attachment.content.save(name, ContentFile(content), save=False)
    attachment.save()
    return attachment


@transaction.atomic
def take_off(attachment: Attachment, *, by: User) -> None:
    """Take a file off a draft. Its content goes when that is certain."""
    open_draft(attachment.referral, by=by)
    stored = str(attachment.content.name)
    attachment.delete()
    transaction.on_commit(lambda: default_storage.delete(stored))


def sweep_content() -> int:
    """Delete content that has had no row for a day; return how much."""
    if not default_storage.exists(FOLDER):
        return 0
    _, files = default_storage.listdir(FOLDER)
    before = timezone.now() - LEFT_FOR
    stored = [FOLDER + name for name in files]
    old = [name for name in stored if default_storage.get_modified_time(name) < before]
    left = _without_row(old)
    for name in left:
        log.warning("Stored file %s belongs to no attachment and is deleted.", name)
        default_storage.delete(name)
    return len(left)


def _without_row(names: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select slf.files_without_row(%s::text[])", [names])
        return [name for (name,) in cursor.fetchall()]
