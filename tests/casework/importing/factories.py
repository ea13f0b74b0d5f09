"""Lists as a locality keeps them."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from openpyxl import Workbook

from casework.importing.models import ImportFile
from casework.importing.rules.columns import names_of, sheet_of
from casework.importing.services import NOTHING_TO_MAKE, confirm_list, receive_list
from slf.web.errors import NotAllowed
from slf.work.services import run

DONNA = {
    "Family reference": "CH-014", "Given names": "Donna Louise", "Surname": "Palmer", "Date of birth": "04/05/1980",
    "Sex": "Female", "Place in the household": "Parent or carer", "Address": "12 Mill Lane, Loughborough",
    "Postcode": "le11 2ab", "Telephone": "01509 555012", "Joined on": "07/01/2013",
}  # fmt: skip
TYLER = DONNA | {
    "Given names": "Tyler", "Date of birth": "01/09/2004", "Sex": "Male", "Place in the household": "Child",
    "School": "Rendell Primary School", "Telephone": "",
}  # fmt: skip
JODIE = TYLER | {
    "Given names": "Jodie", "Date of birth": "03/02/2008", "Sex": "Female", "Place in the household": "Child in care",
    "Responsible for a child in care": "Leicestershire County Council", "In care since": "03/03/2014",
    "Address": "", "Postcode": "", "School": "",
}  # fmt: skip
BABY = {
    "Family reference": "CH-014", "Surname": "Palmer", "Place in the household": "Expected baby",
    "Baby expected on": "24/12/2014",
}  # fmt: skip
CASE = {
    "Family reference": "CH-014", "Case opened on": "14/02/2014", "Referred by": "Rawlins Academy",
    "Referred on": "20/01/2014", "Agreement given on": "10/02/2014", "How it agreed": "In writing",
    "Last visit on": "01/10/2014", "Need: Poor or overcrowded housing, homelessness": "14/02/2014",
    "Need: Poor parenting": "2014-03-01",
}  # fmt: skip
LIST = "Charnwood family list"


def as_csv(*rows, columns=None, name="people.csv", encoding="utf-8-sig") -> SimpleUploadedFile:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns or names_of(sheet_of(list(rows[0]))), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile(name, text.getvalue().encode(encoding), content_type="text/csv")


def as_book(people=(), cases=(), name="list.xlsx") -> SimpleUploadedFile:
    """Return a spreadsheet with both sheets; cells may be days, numbers or text."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in (("People", people), ("Cases", cases)):
        if rows:
            page = book.create_sheet(title)
            columns = names_of(sheet_of(list(rows[0])))
            page.append(list(columns))
            for row in rows:
                page.append([row.get(column) for column in columns])
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile(name, content.getvalue())


def receive(upload, *, locality, by, source=LIST) -> ImportFile:
    return receive_list(upload, locality=locality, source=source, by=by)


def tried(upload, *, locality, by, source=LIST) -> ImportFile:
    """Receive a list and try it as a worker would; return it as it is then."""
    file = receive(upload, locality=locality, by=by, source=source)
    if not file.is_confirmed:
        run(file.check_job.uid)
    return again(file)


def made(upload, *, locality, by, source=LIST) -> ImportFile:
    """Receive a list, try it, confirm it and make it; return it as it is then."""
    file = tried(upload, locality=locality, by=by, source=source)
    with transaction.atomic():
        file = confirm_list(file, by=by)
    if not file.is_made:
        run(file.make_job.uid)
    return again(file)


def again(file) -> ImportFile:
    with transaction.atomic():
        return ImportFile.objects.select_related("check_job", "make_job", "locality").get(pk=file.pk)


def rows_of(file):
    """Return ``{(sheet, number): row}``."""
    with transaction.atomic():
        rows = file.rows.select_related("family", "person", "case").in_order()
        return {(row.sheet, row.number): row for row in rows}


def states(file):
    return {place: row.state for place, row in rows_of(file).items()}


def bring_known(bring, upload):
    """Try a list of which nothing can be made; confirming it is refused."""
    with pytest.raises(NotAllowed, match=NOTHING_TO_MAKE):
        bring(upload)
    with transaction.atomic():
        return ImportFile.objects.order_by("-pk").first()
