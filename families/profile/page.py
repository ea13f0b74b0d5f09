"""What the page of a person shows, in words."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from families.about.models import AboutAnswer
from families.about.rules import NO_ANSWER, NOT_ASKED, QUESTIONS, Question
from families.about.services import in_force
from families.contact.models import ContactRule
from families.identifiers.rules import KINDS
from families.names.models import PersonName
from families.people.models import Membership, Person
from families.people.rules import age_on
from slf.accounts.models import User
from slf.clock import today
from slf.web.words import day_in_words

EDITS = {
    "name": "families:person_name",
    "add_name": "families:person_add_name",
    "birth": "families:person_birth",
    "numbers": "families:person_numbers",
    "add_rule": "families:person_add_rule",
}


def edits(member: Membership, *, may_work: bool) -> dict[str, str]:
    """Return where each part is changed; nowhere to those who only read."""
    where = [member.family.uid, member.person.uid]
    return {part: reverse(name, args=where) if may_work else "" for part, name in EDITS.items()}


@dataclass(frozen=True)
class NameLine:
    """One of the other names; its source only where it was told."""

    name: PersonName
    kind: str
    dates: str
    source: str
    told_here: bool

    @property
    def who(self) -> str:
        return "Only in this family" if self.name.protected else ""


def names_of(member: Membership, user: User) -> list[NameLine]:
    rows = PersonName.objects.visible_to(user).filter(person__in=member.person.rows()).told_in(member.family)
    return [name_line(row, member) for row in rows]


def name_line(name: PersonName, member: Membership) -> NameLine:
    told_here = name.family_id == member.family_id
    source = f"{name.source} ({name.get_told_by_display().lower()})" if told_here else ""
    kind = "What they are called here" if name.called_here else name.get_kind_display()
    return NameLine(name, kind, dates_of(name), source, told_here)


def dates_of(name: PersonName) -> str:
    began = f"from {day_in_words(name.began_on)}" if name.began_on else ""
    ended = f"until {day_in_words(name.ended_on)}" if name.ended_on else ""
    return " ".join(filter(None, (began, ended)))


@dataclass(frozen=True)
class AnswerLine:
    """A question with what was answered, when and on whose word; and where it is answered anew."""

    label: str
    said: str
    source: str
    href: str


def about(member: Membership, *, may_work: bool) -> list[AnswerLine]:
    """Return what was said of somebody in this family; what nobody asked is said to be so."""
    said = in_force(member.family, member.person)
    return [answer_line(question, said.get(code), member, may_work=may_work) for code, question in QUESTIONS.items()]


def answer_line(question: Question, row: AboutAnswer | None, member: Membership, *, may_work: bool) -> AnswerLine:
    where = [member.family.uid, member.person.uid, question.code]
    href = reverse("families:person_about", args=where) if may_work else ""
    if row is None:
        return AnswerLine(question.label, NO_ANSWER[NOT_ASKED], "", href)
    source = f"{row.source} ({row.get_told_by_display().lower()}), {day_in_words(row.said_on)}"
    return AnswerLine(question.label, str(row), source, href)


def contact_rules_of(member: Membership, user: User) -> QuerySet[ContactRule]:
    rows = ContactRule.objects.visible_to(user).on(today())
    return rows.filter(family=member.family, membership__person__in=member.person.rows())


def birth_of(person: Person) -> str:
    if person.born_on is None:
        return "Not known"
    age = age_on(person.born_on, person.died_on or today())
    if person.born_estimated:
        return f"About {age} years old"
    born = f"Born {day_in_words(person.born_on)}"
    return f"{born}, died at {age}" if person.died_on else f"{born}, {age} years old"


def numbers_of(person: Person) -> list[tuple[str, str]]:
    entries = Person.objects.filter(pk__in=person.rows()).order_by("pk")  # not a door: behind the membership
    numbers = {field: [number for one in entries if (number := getattr(one, field))] for field in KINDS}
    return [
        (kind.label, " and ".join(spaced(field, number) for number in numbers[field]) or spaced(field, ""))
        for field, kind in KINDS.items()
    ]


def spaced(field: str, value: str) -> str:
    """Return a number as people write it."""
    if field == "nhs_number" and value:
        return f"{value[:3]} {value[3:6]} {value[6:]}"
    if field == "ni_number" and value:
        return f"{value[:2]} {value[2:4]} {value[4:6]} {value[6:8]} {value[8:]}"
    return value
