"""Files as agencies send them."""

import csv
import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from families.hub.models import FeedRetry
from families.hub.rules import FEEDS, WHOLE_COUNTY
from families.hub.services import receive_file
from performance.demo.identifiers import made_up_upn
from slf.work.services import run

ATTENDANCE = {
    "UPN": made_up_upn(1), "Surname": "Palmer", "Forename": "Jo", "Date of birth": "01/09/2000", "School": "Rawlins",
    "Term": "2013-14 autumn", "Term starts": "02/09/2013", "Term ends": "20/12/2013", "Possible sessions": "140",
    "Attended sessions": "110", "Unauthorised absences": "25", "Fixed exclusions": "0",
}  # fmt: skip

COVERS = (date(2013, 9, 1), date(2014, 7, 31))


def as_csv(rows, columns=None, *, encoding="utf-8-sig") -> SimpleUploadedFile:
    """Return an uploaded file of these rows."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns or list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile("attendance.csv", text.getvalue().encode(encoding), content_type="text/csv")


def receive(upload, *, by, feed="attendance", covers=COVERS, area=WHOLE_COUNTY):
    """Receive a file, of the whole county unless another area is given."""
    return receive_file(upload, feed=FEEDS[feed], covers=covers, area=area, by=by)


def load(upload, *, by, **more):
    """Receive a file and load it as a worker would; return the file."""
    file = receive(upload, by=by, **more)
    run(file.job.uid)
    return file


def send_again(upload, *, by, feed="attendance"):
    """Receive a file that is loaded, and try its rows again as a worker would; return the retry."""
    file = receive(upload, by=by, feed=feed)
    with transaction.atomic():
        retry = FeedRetry.objects.select_related("job").filter(file=file).last()
    if retry.job:
        run(retry.job.uid)
    with transaction.atomic():
        retry.refresh_from_db()
    return retry
