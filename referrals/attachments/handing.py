"""Finding one file for whoever may have it, and handing its content out, by page and by program alike."""

from django.http import HttpRequest, HttpResponse

from referrals.attachments.models import Attachment
from referrals.intake.models import Referral
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.files import handing


def of_draft(request: HttpRequest, uid, file) -> Attachment:
    """Return a file of the referrer's own draft; any other is the same 404."""
    drafts = Referral.objects.visible_to(request.user, can=Can.REFER).drafts_of(request.user).filter(uid=uid)
    rows = Attachment.objects.visible_to(request.user, can=Can.REFER).filter(referral__in=drafts)
    return get_or_refuse(rows.select_related("referral"), request.user, can=Can.REFER, uid=file)


def of_referral(request: HttpRequest, uid, file) -> Attachment:
    rows = Attachment.objects.visible_to(request.user).filter(referral__uid=uid).exclude(referral__sent_on=None)
    return get_or_refuse(rows.select_related("referral"), request.user, can=Can.TRIAGE, uid=file)


def handed_out(request: HttpRequest, attachment: Attachment) -> HttpResponse:
    """Give the content to be saved, and keep that somebody had it."""
    became = attachment.referral.family_id
    log_view(request, f"Attachment {attachment.name}", families=[became] if became else [])
    return handing.handed_out(attachment)
