"""Referrals on their way: one draft, and some that wait in the queue."""

from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

from families.people.rules import estimated_birth
from referrals.attachments.services import attach_file
from referrals.directory.models import Service
from referrals.intake.models import Referral
from referrals.intake.rules import PersonAnswer
from referrals.intake.services import (
    PersonRow,
    list_people,
    say_agreement,
    say_danger,
    say_home,
    say_needs,
    send_referral,
    start_referral,
)
from referrals.ourselves.rules import Reach
from referrals.ourselves.services import refer_ourselves
from referrals.triage.asking import ask_referrer
from slf.access.acting import acting_as
from slf.access.models import Locality
from slf.accounts.models import User

WAITING = (("Beeby", "LE11 3AB", 1), ("Orton", "LE12 5AB", 4), ("Tailby", "LE13 1AB", 2), ("Pegg", "LE12 8AB", 5))


SERVICES = (
    ("charnwood", "Loughborough Toy Library", "Toys to borrow and a play group for children under 5.", "01509 496021"),
    ("charnwood", "Bell Foundry Youth Club", "Evenings for 11 to 16 year olds, Tuesdays and Fridays.", "01509 496022"),
    ("melton", "Melton Parents' Hour", "Parents meet over breakfast, with a health visitor there.", "01664 496023"),
    (None, "County Debt Line", "Free advice about debts, rent arrears and benefits, by telephone.", "0116 496 0124"),
)


def make_services(*, today: date) -> None:
    for slug, name, offers, phone in SERVICES:
        locality = Locality.objects.get(slug=slug) if slug else None
        Service.objects.create(
            name=name, offers=offers, locality=locality, phone=phone, starts_on=today - timedelta(days=400),
            source="Made for the demonstration", **terms_of(name, today=today),
        )  # fmt: skip


TERMS: dict[str, dict[str, Any]] = {
    "Loughborough Toy Library": {"oldest": 4},
    "Bell Foundry Youth Club": {
        "level": 2, "youngest": 11, "oldest": 16, "goes_first": "Young people of families with a plan of this service",
        "agreed": "Locality manager and the club",
    },
    "Melton Parents' Hour": {"level": 3, "sender": "professionals"},
}  # fmt: skip
QUESTIONS = {
    "people": "Does Lola's father live with them, or somewhere else?",
    "needs": "Since when is the rent not paid, and has the landlord written to them?",
}


def terms_of(name: str, *, today: date) -> dict[str, Any]:
    """Return whom a service takes, and who goes first there for a year."""
    terms = TERMS.get(name, {})
    since = today - timedelta(days=120)
    return terms | ({"first_from": since, "first_until": since + timedelta(days=365)} if "goes_first" in terms else {})


def make_referrals(school: User, senior: User, *, today: date) -> None:
    """Let the school start one referral and send four, three of them to Charnwood; about one the senior asks more."""
    with acting_as(school):
        half_done(school)
        for surname, postcode, days in WAITING:
            last = send_referral(whole(school, surname, postcode, today), by=school, on=today - timedelta(days=days))
    with acting_as(senior):
        asked = Referral.objects.visible_to(senior).get(uid=last.uid)
        ask_referrer(asked, by=senior, on=today - timedelta(days=2), questions=QUESTIONS)
    refer_itself(today=today)


def refer_itself(*, today: date) -> None:
    """Let a family of Charnwood ask for help itself, from her phone, in school hours only."""
    with acting_as(None):
        refer_ourselves(
            sender=PersonAnswer("Natalie", "Pochin", "parent", estimated_birth(31, on=today), born_estimated=True),
            others=[
                PersonAnswer(name, "Pochin", "child", estimated_birth(age, on=today), born_estimated=True)
                for name, age in (("Mason", 9), ("Evie", 6), ("Alfie", 1))
            ],
            reach=Reach(
                "07700 900461", may_ring=True, days=(0, 1, 3), after=time(9, 30), before=time(14, 45),
                other_way="Through Mrs Chauhan at the school office, Mountfields Lodge",
            ),
            address="", postcode="LE11 4AB", district="", needs=["poverty", "domestic_violence", "parenting"],
            words="The rent is three months behind and he shouts at the little ones. I do not know where to begin.",
            told_to_ring_at=None, on=today - timedelta(days=1),
        )  # fmt: skip


def half_done(school: User) -> Referral:
    draft = start_referral(by=school)
    say_danger(draft, by=school, in_danger=False)
    return list_people(draft, by=school, people=people("Wardle")[:2])


NEEDS = {
    "education": "Attendance is 78% this term.",
    "parenting": "Mornings are hard.",
    "poverty": "Arrears of rent.",
    "health": "Mum is waiting for counselling.",
}


WHY = "School, rent and health pull in different directions, and nobody speaks to all of them."


REPORT = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 57>>stream
BT /F1 14 Tf 20 100 Td (Attendance report, made up) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def whole(school: User, surname: str, postcode: str, today: date) -> Referral:
    draft = start_referral(by=school)
    say_danger(draft, by=school, in_danger=False)
    list_people(draft, by=school, people=people(surname))
    say_home(draft, by=school, address="14 Mill Lane", postcode=postcode, phone="01509 496001")
    say_needs(draft, by=school, needs=NEEDS, whole_family=True, whole_family_why=WHY)
    attach_file(draft, by=school, file=BytesIO(REPORT), name=f"Attendance {surname}.pdf")
    adult = draft.people.get(position=0)
    return say_agreement(
        draft, by=school, family_knows=True, agreement="given", agreed_on=today - timedelta(days=6), agreed_by=adult.uid
    )


def people(surname: str) -> list[PersonRow]:
    family = (
        ("Kerry", "parent", date(1983, 3, 9)),
        ("Wayne", "parent", date(1981, 8, 30)),
        ("Tia", "child", date(2002, 5, 17)),
        ("Reece", "child", date(2005, 12, 1)),
        ("Lola", "child", date(2010, 2, 11)),
    )
    return [
        PersonRow(None, PersonAnswer(given_names=name, family_name=surname, part=part, born_on=born))
        for name, part, born in family
    ]
