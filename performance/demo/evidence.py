"""Files as agencies would send them about the made-up families, received and loaded as in life."""

import csv
import io
import random
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from families.hub.rules import FEEDS, WHOLE_COUNTY
from families.hub.services import receive_file
from performance.claims.models import SchoolTerm
from performance.demo.found import asb_of_others, benefits_of_others
from performance.demo.identifiers import made_up_upn
from performance.demo.people import Made
from performance.rulebook.reading import scheme_in_use
from performance.rulebook.services import confirm, propose
from slf.access.acting import acting_as
from slf.accounts.models import User
from slf.work.services import run

FIRST, LAST = date(2011, 9, 1), date(2014, 10, 14)
DEMONSTRATION = "Demonstration only: no document stands behind this"


def confirm_for_the_demonstration(*, by: User, second: User) -> None:
    """Confirm the rules of P1 without a source for the demonstration, and say so wherever they show."""
    with acting_as(by), transaction.atomic():
        left = [{"rule": row.id} for row in scheme_in_use("P1").rows.values() if not row.settled]
        proposal = propose("P1", left, by=by, document=DEMONSTRATION)
    with acting_as(second), transaction.atomic():
        confirm(proposal, by=second)


def send_files(chance: random.Random, families: list[Made], others: list[Made], *, by: User) -> None:
    """Send one file of each feed for the families worked with, with a few rows of others and of nobody."""
    terms = list(SchoolTerm.objects.filter(ends_on__lte=LAST))
    attendance = [row for each in families for row in attendance_rows(chance, each, terms)]
    stranger = attendance[0] | {"UPN": made_up_upn(0), "Surname": "Unknown"}
    unreadable = attendance[0] | {"Possible sessions": "many"}
    send("attendance", [*attendance, stranger, unreadable], by=by)
    send("asb", [*(row for each in families for row in asb_rows(chance, each)), *asb_of_others(others)], by=by)
    send("offences", [row for each in families[::9] for row in offence_rows(each)], by=by)
    benefits = [row for each in families for row in benefit_rows(chance, each)]
    send("benefits", [*benefits, *benefits_of_others(others)], by=by)


def send(feed: str, rows: list[dict[str, str]], *, by: User) -> None:
    """Send what an agency found. In a small county it may have found nothing: a file without a row is refused."""
    if not rows:
        return
    text = io.StringIO()
    writer = csv.DictWriter(text, FEEDS[feed].columns)
    writer.writeheader()
    writer.writerows(rows)
    content = text.getvalue().encode("utf-8-sig")
    upload = SimpleUploadedFile(f"{feed}-{LAST:%Y-%m}.csv", content, content_type="text/csv")
    file = receive_file(upload, feed=FEEDS[feed], covers=(FIRST, LAST), area=WHOLE_COUNTY, by=by)
    run(file.job.uid)


def who(person) -> dict[str, str]:
    return {
        "Surname": person.family_name,
        "Forename": person.given_names,
        "Date of birth": f"{person.born_on:%d/%m/%Y}",
    }


def attendance_rows(chance: random.Random, each: Made, terms: list[SchoolTerm]):
    """Yield sessions per child and term: many missed until a year before the end, then few if the family improves."""
    for child in each.children:
        for term in terms:
            age = (term.starts_on - child.born_on).days / 365.25
            if not 5 <= age <= 15 or child.upn is None:
                continue
            better = each.improves and term.starts_on >= date(2013, 8, 1)
            missed = chance.randint(0, 8) if better else chance.randint(14, 34)
            yield who(child) | {
                "UPN": child.upn, "School": "County school", "Term": term.name,
                "Term starts": f"{term.starts_on:%d/%m/%Y}", "Term ends": f"{term.ends_on:%d/%m/%Y}",
                "Possible sessions": "124", "Attended sessions": str(120 - missed),
                "Unauthorised absences": str(missed),
                "Fixed exclusions": str(0 if better else chance.choice((0, 0, 0, 1, 2))),
            }  # fmt: skip


def asb_rows(chance: random.Random, each: Made):
    if not each.complex or each.adults[0].ni_number is None:
        return
    for n in range(chance.randint(2, 5)):
        day = each.row.known_since - timedelta(days=15 + 30 * n)
        yield who(each.adults[0]) | {
            "NI number": each.adults[0].ni_number, "UPN": "", "Intervention date": f"{max(day, FIRST):%d/%m/%Y}",
            "Instrument": "ABC", "Case reference": f"ASB{each.row.pk}-{n}",
        }  # fmt: skip


def offence_rows(each: Made):
    older = [child for child in each.children if child.upn and child.born_on < date(2000, 1, 1)]
    for child in older[:1]:
        day = each.row.known_since - timedelta(days=60)
        yield who(child) | {
            "NI number": "",
            "UPN": child.upn,
            "Offence date": f"{day:%d/%m/%Y}",
            "Offence": "Theft from a shop",
        }


def benefit_rows(chance: random.Random, each: Made):
    for adult in each.adults[:1]:
        if adult.ni_number and chance.random() < 0.75:
            yield who(adult) | {"NI number": adult.ni_number, "Benefit": chance.choice(("JSA", "ESA", "IS")),
                                "Start date": f"{date(2011, 10, 3):%d/%m/%Y}", "End date": ""}  # fmt: skip
