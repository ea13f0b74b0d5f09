"""Files: of a draft theirs who wrote it; of a referral that was sent theirs who triage it."""

from django.core.files.uploadedfile import SimpleUploadedFile

from referrals.intake.models import Referral
from referrals.intake.services import send_referral
from referrals.triage.services import accept_referral
from slf.access.rules import Role
from slf.accounts.models import User
from tests.access_table import Row, all_of
from tests.referrals.attachments.factories import PDF, attach
from tests.referrals.intake.access_rows import MAY_NOT, OWNERS, a_referrer, of_draft, owner
from tests.referrals.intake.factories import SENT_ON, full_draft, in_the_name_of, joining
from tests.referrals.triage.access_rows import NOT_THEIRS, TRIAGE


def of_draft_with_file(family):
    user = a_referrer(family)
    draft = full_draft(user)
    OWNERS[draft.uid] = user
    return {"uid": draft.uid, "file": attach(draft, user).uid}


def of_family(family):
    """Make a referral with a file that became this family."""
    user, everything = a_referrer(family), User.objects.get(username="everything")
    draft = full_draft(user)
    file = attach(draft, user)
    with in_the_name_of(user):
        send_referral(draft, by=user, on=SENT_ON)
    referral = Referral.objects.get(pk=draft.pk)
    accept_referral(referral, by=everything, on=SENT_ON, join=joining(referral, family, everything))
    return {"uid": referral.uid, "file": file.uid}


def a_file(kwargs):
    return {"file": SimpleUploadedFile("report.pdf", PDF)}


def theirs(name, subject, **methods):
    return Row(name, subject, owner=owner, not_their_job=MAY_NOT, **methods)


ROWS = [
    theirs(
        "referrals:files", of_draft, get={Role.REFERRER: 200}, post={Role.REFERRER: 302}, post_body=a_file,
    ),
    theirs("referrals:file_of_draft", of_draft_with_file, get={Role.REFERRER: 200}),
    theirs("referrals:take_off", of_draft_with_file, post={Role.REFERRER: 302}),
    Row("referrals:file_of_referral", of_family, get=all_of(*TRIAGE), not_their_job=NOT_THEIRS),
    theirs("api-referral-files", of_draft, get={Role.REFERRER: 200}),
    theirs("api-referral-file", of_draft_with_file, get={Role.REFERRER: 200}, delete={Role.REFERRER: 204}),
    Row("api-triage-file", of_family, get=all_of(*TRIAGE), not_their_job=NOT_THEIRS),
]  # fmt: skip
