"""Lists that two localities kept by hand: one that was brought over, one that was tried and has rows to mend."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from casework.importing.models import ImportFile
from casework.importing.rules import columns as c
from casework.importing.rules.columns import Sheet, names_of
from casework.importing.services import confirm_list, receive_list
from performance.demo.people import Made
from slf.access.acting import acting_as
from slf.access.models import Locality
from slf.accounts.models import User
from slf.paper.sheets import Page, book_bytes
from slf.work.services import run

Row = dict[str, str]
HOUSING = "Need: Poor or overcrowded housing, homelessness"
PARENTING = "Need: Poor parenting"


def person(reference: str, name: str, born: str, part: str, **more: str) -> Row:
    given, surname = name.rsplit(" ", 1)
    said = {c.REFERENCE: reference, c.GIVEN: given, c.SURNAME: surname, c.BORN: born, c.PART: part}
    return said | {getattr(c, column): cell for column, cell in more.items()}


MELTON_PEOPLE = [
    person(
        "MEL-07",
        "Gail Wragg",
        "11/03/1981",
        "Parent or carer",
        SEX="Female",
        ADDRESS="4 Nottingham Street, Melton Mowbray",
        POSTCODE="LE13 1NW",
        PHONE="01664 555019",
        JOINED="02/09/2013",
    ),
    person(
        "MEL-07",
        "Kyle Wragg",
        "19/06/2003",
        "Child",
        SEX="Male",
        SCHOOL="Ash Field Academy",
        ADDRESS="4 Nottingham Street, Melton Mowbray",
        POSTCODE="LE13 1NW",
        JOINED="02/09/2013",
    ),
    person(
        "MEL-12",
        "Osman Yusuf",
        "30/12/1976",
        "Parent or carer",
        SEX="Male",
        ADDRESS="18 Scalford Road, Melton Mowbray",
        POSTCODE="LE13 1JY",
        JOINED="14/01/2014",
    ),
    person("MEL-12", "Hodan Yusuf", "07/08/2008", "Child", SEX="Female", JOINED="14/01/2014"),
    person("MEL-12", "Ilyas Yusuf", "", "Child", SEX="Male", JOINED="14/01/2014"),
]
MELTON_CASES = [
    {
        c.REFERENCE: "MEL-07",
        c.OPENED: "16/09/2013",
        c.WORKER: "fsw.melton",
        c.REFERRED_BY: "Ash Field Academy",
        c.REFERRED_ON: "02/09/2013",
        c.AGREED_ON: "10/09/2013",
        c.AGREED_HOW: "In writing",
        c.LAST_VISIT: "08/10/2014",
        HOUSING: "16/09/2013",
        PARENTING: "04/11/2013",
    },
    {
        c.REFERENCE: "MEL-12",
        c.OPENED: "27/01/2014",
        c.WORKER: "J. Smith (left)",
        c.REFERRED_BY: "Latham House Surgery",
        c.REFERRED_ON: "14/01/2014",
        c.AGREED_ON: "22/01/2014",
        c.LAST_VISIT: "30/09/2014",
        HOUSING: "27/01/2014",
    },
]
CHARNWOOD_PEOPLE = [
    person(
        "CH-201", "Beth Ingle", "22/05/1984", "Parent or carer", SEX="Female", POSTCODE="LE11 3", JOINED="01/04/2014"
    ),
    person("CH-201", "Alfie Ingle", "29/02/2013", "Child", SEX="Male", JOINED="01/04/2014"),
    person("CH-202", "Sunita Rao", "41000", "Parent or carer", SEX="Female", JOINED="12/05/2014"),
    person("CH-203", "Wes Tomlin", "03/10/79", "Dad", SEX="Male", JOINED="12/05/2014"),
    person(
        "CH-204", "Maureen Clegg", "17/01/1959", "Other adult", SEX="Female", PHONE="1509555077", JOINED="20/06/2014"
    ),
    person("CH-204", "Dean Clegg", "", "Child", SEX="Male", JOINED="20/06/2014"),
]
CHARNWOOD_CASES = [
    {c.REFERENCE: "CH-204", c.OPENED: "07/07/2014", c.WORKER: "fsw.charnwood", c.AGREED_ON: "01/07/2014"},
    {c.REFERENCE: "CH-201", c.OPENED: "14/04/2014", c.AGREED_ON: "10/04/2014"},
    {c.REFERENCE: "CH-209", c.OPENED: "14/04/2014"},
]


def bring_lists(charnwood: list[Made], *, by: User) -> None:
    """Bring the list of Melton over, and try the one of Charnwood, in which somebody is who is known."""
    with acting_as(by):
        melton = send("melton", "Melton family list", "melton-families.xlsx", MELTON_PEOPLE, MELTON_CASES, by=by)
        with transaction.atomic():
            job = confirm_list(melton, by=by).make_job
        run(job.uid)
        known = charnwood[:5][-1].adults[0]
        born = "" if known.born_on is None else known.born_on.isoformat()
        again = person("CH-205", f"{known.given_names} {known.family_name}", born, "Parent or carer")
        people = [*CHARNWOOD_PEOPLE, again]
        send("charnwood", "Charnwood case book", "charnwood-case-book.xlsx", people, CHARNWOOD_CASES, by=by)


def send(place: str, source: str, name: str, people: list[Row], cases: list[Row], *, by: User) -> ImportFile:
    """Send a list and try it as a worker would."""
    sheets = ((Sheet.PEOPLE, people), (Sheet.CASES, cases))
    pages = [
        Page(sheet.label, names_of(sheet), [[row.get(column, "") for column in names_of(sheet)] for row in rows])
        for sheet, rows in sheets
    ]
    upload = SimpleUploadedFile(name, book_bytes(pages, title=source))
    with transaction.atomic():
        locality = Locality.objects.get(slug=place)
        file = receive_list(upload, locality=locality, source=source, by=by)
    run(file.check_job.uid)
    with transaction.atomic():
        return ImportFile.objects.visible_to(by).get(pk=file.pk)
